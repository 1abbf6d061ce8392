"""`Raises` and `Warns`: whether what Keras said, or stopped with, speaks of the flagged place."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, one_line, unseen
from kerlint.confirm.probing.tracing import passed
from kerlint.confirm.recording import Event, Raised, Spot

TRAINED = ("train", "epoch")
CALLED = ("build", "call")
LATE = 120
"""Characters that may stand before the words that count."""


def raises(
    case: Case, words: str, *, own: bool = False, unaided: bool = False, anywhere: bool = False
) -> Outcome:
    """An exception with these words that came out of the flagged call, or of what was done with its object."""
    raised = case.recording.raised
    for error, chain, is_own in _errors(case):
        if not said_in(words, error) or (own and not is_own):
            continue
        if unaided and not (is_own and _from_the_top(case, chain)):
            continue
        if anywhere or concerns(case, error, chain):
            return holds(f"{at_line(chain)}raised {told(error, words)}")
    if raised is not None:
        return unseen(stopped(raised))
    if not case.recording.reached(case.region):
        return unseen("the flagged line was not reached")
    if case.step in TRAINED and not _has_trained(case):
        return unseen("no training of it was reached")
    for event in (*case.events, *case.related_events, *_trainings(case)):
        if event.made_up is not None:
            return unseen(f"nothing was raised, but what `{event.made_up}` holds is not known")
    if case.step in CALLED:
        return _in_a_pass(case, words)
    absent = _absent(case)
    if absent is not None:
        return unseen(absent)
    left_out = [event.kind for event in case.events if not event.ran]
    return unseen(f"{left_out[0]} was not run") if left_out else fails("nothing was raised")


def _absent(case: Case) -> str | None:
    """What the flagged rows name that a stand-in was put for, with the reason."""
    rows = "\n".join(case.recording.text.split("\n")[case.region[0] - 1 : case.region[2]])
    for one in case.recording.replaced:
        if re.search(rf"\b{re.escape(one.name)}\b", rows):
            return f"`{one.name}` is a stand-in: {one.why}"
    return None


def _from_the_top(case: Case, chain: tuple[Spot, ...]) -> bool:
    """Whether the program itself got there: the outermost place is in no function."""
    if not chain:
        return True
    row = chain[-1][0]
    functions = (
        node
        for node in ast.walk(ast.parse(case.recording.text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return not any(node.lineno < row <= (node.end_lineno or node.lineno) for node in functions)


def _in_a_pass(case: Case, words: str) -> Outcome:
    """The same of a call of the models that the program does not make."""
    found = fails("nothing was raised")
    for thing in case.models:
        try:
            passed(case.recording, thing)
        except Exception as error:
            said = f"calling {named(thing)} raised {told(error, words)}"
            if said_in(words, error):
                return holds(said)
            found = unseen(said)
    return found


def _errors(case: Case) -> Iterator[tuple[BaseException, tuple[Spot, ...], bool]]:
    """What ended the program, and what ended something that it did, with whether it did so itself."""
    raised = case.recording.raised
    if raised is not None:
        yield raised.error, raised.chain, raised.own
    for event in case.recording.events:
        if event.error is not None:
            yield event.error, event.chain, event.own


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
    return _warned_in_a_pass(case, words) if case.step in CALLED else fails(f"no warning says {words!r}")


def _warned_in_a_pass(case: Case, words: str) -> Outcome:
    """The same of a call of the models that the program does not make."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for model in case.models:
            passed(case.recording, model)
    for warning in caught:
        if words.casefold() in str(warning.message).casefold():
            return holds(f"{warning.category.__name__}: {warning.message}")
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
    return any(event.ran for event in _trainings(case))


def _trainings(case: Case) -> Iterator[Event]:
    """What trains the models that the finding speaks of; where it names none, any model."""
    models = {id(model) for model in case.models or [made.object for made in case.recording.models]}
    return (event for event in case.recording.events if event.trains and id(event.model) in models)


def overlap(one: Spot, other: Spot) -> bool:
    """Whether two regions have a place in common."""
    return one[:2] < other[2:] and other[:2] < one[2:]


def stopped(raised: Raised) -> str:
    """What ended the program, in a line."""
    return f"{at_line(raised.chain)}stopped with {told(raised.error)}"


def said_in(words: str, error: BaseException) -> bool:
    """Whether an exception has these words, its class among them."""
    return words.casefold() in _whole(error).casefold()


def told(error: BaseException, words: str = "") -> str:
    """An exception's class and words in a line, from the words that count on where they come late."""
    whole = one_line(_whole(error), most=100_000)
    at = whole.casefold().find(words.casefold())
    late = at > LATE
    return one_line(f"{type(error).__name__}: ... {whole[at:]}" if late else whole)


def _whole(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def at_line(chain: tuple[Spot, ...]) -> str:
    """Where something was said."""
    return f"line {chain[0][0]} " if chain else ""
