"""Activations that undo one another, or stand where they do harm."""

from __future__ import annotations

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named
from kerlint.confirm.probing.heads import activation_of
from kerlint.confirm.probing.tracing import Called, following, has_kernel, producer
from kerlint.confirm.probing.walking import at_calls

SQUASHING = ("softmax", "sigmoid")
SATURATING = ("sigmoid", "tanh", "hard_sigmoid")
MANY = 3


def squeezed(case: Case) -> Outcome:
    """A squashing of squashed values, a softmax before the next layer with weights, or many in a row."""
    return at_calls(case, _judged)


def _judged(calls: list[Called], call: Called) -> Outcome:
    name = activation_of(call.layer)
    before = producer(calls, call)
    if before is not None and not has_kernel(call.layer) and name in SQUASHING:
        first = activation_of(before.layer)
        if first in SQUASHING:
            return holds(f"{named(call.layer)} is a {name} of the {first} of {named(before.layer)}")
    after = _after(calls, call)
    if name == "softmax" and after is not None and has_kernel(after.layer):
        return holds(
            f"{named(call.layer)} ends in softmax, and {named(after.layer)} has weights and takes it"
        )
    chain = _saturating(calls, call)
    if len(chain) >= MANY:
        return holds(
            f"{' > '.join(named(one.layer) for one in chain)} all end in {name}, and a layer follows"
        )
    return fails(f"{named(call.layer)} ends in {name}, and nothing around it repeats or undoes it")


def _after(calls: list[Called], call: Called) -> Called | None:
    """The next layer that is more than a change of shape."""
    after = following(calls, call)
    while after is not None and len(after.inputs) == 1 and _passes(after):
        after = following(calls, after)
    return after if after is not None and len(after.inputs) == 1 else None


def _passes(call: Called) -> bool:
    return call.is_identity or type(call.layer).__name__ in ("Flatten", "BatchNormalization")


def _saturating(calls: list[Called], call: Called) -> list[Called]:
    """Hidden layers with weights that saturate, from one on: the last of a model is not hidden."""
    chain: list[Called] = []
    here: Called | None = call
    while here is not None and has_kernel(here.layer) and activation_of(here.layer) in SATURATING:
        chain.append(here)
        here = following(calls, here)
    return chain if here is not None else chain[:-1]
