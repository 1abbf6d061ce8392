"""`Raises` and `Warns`: whether what Keras said, or stopped with, speaks of the flagged place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, one_line, unseen
from kerlint.confirm.recording import Raised, Spot

TRAINED = ("train", "epoch")


def raises(case: Case, words: str) -> Outcome:
    """An exception with these words that came out of the flagged call, or of what was done with its object."""
    raised = case.recording.raised
    for error, chain in _errors(case):
        said = told(error)
        if words.casefold() in said.casefold() and concerns(case, error, chain):
            return holds(f"{at_line(chain)}raised {said}")
    if raised is not None:
        return unseen(stopped(raised))
    if not case.recording.reached(case.region):
        return unseen("the flagged line was not reached")
    if case.step in TRAINED and not _has_trained(case):
        return unseen("no training of it was reached")
    return fails("nothing was raised")


def _errors(case: Case) -> Iterator[tuple[BaseException, tuple[Spot, ...]]]:
    """What ended the program, and what ended something that it did."""
    if case.recording.raised is not None:
        yield case.recording.raised.error, case.recording.raised.chain
    for event in case.recording.events:
        if event.error is not None:
            yield event.error, event.chain


def concerns(case: Case, error: BaseException, chain: tuple[Spot, ...]) -> bool:
    """Whether an exception came from a place or an object that the finding names."""
    if any(overlap(spot, place) for spot in chain for place in case.places):
        return True
    subjects = {id(made.object) for made in case.subjects}
    if any(id(thing) in subjects for thing in _selves(error)):
        return True
    models = {id(model) for model in case.models}
    return any(event.error is error and id(event.model) in models for event in case.recording.events)


def _selves(error: BaseException) -> Iterator[Any]:
    """The objects whose methods the exception went through."""
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame.f_locals.get("self")
        trace = trace.tb_next
    for inner in (error.__cause__, error.__context__):
        if inner is not None:
            yield from _selves(inner)


def warns(case: Case, words: str) -> Outcome:
    """A warning or a line on the standard error with these words, said where the finding points."""
    for said in case.recording.said:
        if words.casefold() in said.words.casefold() and _is_ours(case, said.region):
            return holds(f"{at_line((said.region,) if said.region else ())}{said.category}: {said.words}")
    if case.recording.raised is not None:
        return unseen(stopped(case.recording.raised))
    return fails(f"no warning says {words!r}")


def _is_ours(case: Case, region: Spot | None) -> bool:
    if region is None or any(overlap(region, place) for place in case.places):
        return True
    models = {id(model) for model in case.models}
    return any(
        event.region is not None and overlap(event.region, region) and id(event.model) in models
        for event in case.recording.events
    )


def _has_trained(case: Case) -> bool:
    models = case.models or [made.object for made in case.recording.models]
    return any(event.ran for event in case.recording.events if event.trains and event.model in models)


def overlap(one: Spot, other: Spot) -> bool:
    """Whether two regions have a place in common."""
    return one[:2] < other[2:] and other[:2] < one[2:]


def stopped(raised: Raised) -> str:
    """What ended the program, in a line."""
    return f"{at_line(raised.chain)}stopped with {told(raised.error)}"


def told(error: BaseException) -> str:
    """An exception's class and words in a line."""
    return one_line(f"{type(error).__name__}: {error}")


def at_line(chain: tuple[Spot, ...]) -> str:
    """Where something was said."""
    return f"line {chain[0][0]} " if chain else ""
