"""Whether the part of a network between two layers with weights is an affine map."""

from __future__ import annotations

from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named
from kerlint.confirm.probing.tracing import Called, again, chain_to_weights, has_kernel
from kerlint.confirm.probing.walking import at_calls

CLOSE = 1e-3


def affine(case: Case) -> Outcome:
    """From the flagged layer to the next one with weights, f(a + b) + f(0) is f(a) + f(b)."""
    return _measured(case, without_pooling=False)


def pooling_alone(case: Case) -> Outcome:
    """The same, when max pooling between them is left out."""
    return _measured(case, without_pooling=True)


def _measured(case: Case, *, without_pooling: bool) -> Outcome:
    return at_calls(case, lambda calls, call: _of_call(calls, call, without_pooling))


def _of_call(calls: list[Called], call: Called, without_pooling: bool) -> Outcome:
    if not has_kernel(call.layer):
        return fails(f"{named(call.layer)} has no kernel")
    chain, last = chain_to_weights(calls, call)
    if last is None:
        return fails(f"no layer with weights comes right after {named(call.layer)}")
    kept = [one for one in chain if not (without_pooling and is_max_pooling(one.layer))]
    if without_pooling and len(kept) == len(chain):
        return fails(f"no max pooling lies between {named(call.layer)} and {named(last.layer)}")
    between = " > ".join(named(one.layer) for one in (*chain, last))
    if not _is_affine(kept):
        return fails(f"not affine: {between}")
    activation = _activation(call.layer)
    linear = f"{named(call.layer)}.activation is {activation}; " if activation else ""
    if without_pooling:
        return holds(f"{linear}but for max pooling f(a+b)+f(0) = f(a)+f(b) through {between}")
    return holds(f"{linear}f(a+b)+f(0) = f(a)+f(b) through {between}")


def _is_affine(chain: list[Called]) -> bool:
    import numpy as np

    shape = tuple(chain[0].inputs[0].shape)
    random = np.random.default_rng(0)
    a, b = (random.normal(size=shape).astype("float32") for _ in range(2))
    both, zero, one, other = (_through(chain, value) for value in (a + b, np.zeros_like(a), a, b))
    scale = float(np.abs(both).max()) + 1e-6
    return bool(np.abs(both + zero - one - other).max() <= CLOSE * scale)


def _through(chain: list[Called], value: Any) -> Any:
    import numpy as np

    for call in chain:
        value = again(call, value)
    return np.asarray(value)


def is_max_pooling(layer: Any) -> bool:
    """Whether a layer takes maxima of windows."""
    return "MaxPool" in type(layer).__name__


def _activation(layer: Any) -> str | None:
    function = getattr(layer, "activation", None)
    return getattr(function, "__name__", None)
