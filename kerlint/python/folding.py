"""Built-in functions that make one thing of many: sorting, sums, extremes, quantifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.arguments import Arguments
from kerlint.python.calls import call
from kerlint.python.containers import ListValue
from kerlint.python.exceptions import fail
from kerlint.python.formatting import plain
from kerlint.python.iteration import iterate, members
from kerlint.python.operators import apply_binary
from kerlint.python.pure import Function, pure
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.truth import truth

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


def sorted_items(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`sorted(iterable, key=, reverse=)`."""
    items, complete = members(interpreter, arguments.get(0, "iterable"))
    key, reverse = arguments.get(9, "key"), arguments.get(9, "reverse", False)
    if not complete or not isinstance(reverse, bool | int):
        return ListValue([], open=True)
    order = sorted_order(interpreter, items, key, bool(reverse), place)
    if order is None:
        interpreter.doubts += 1
        return ListValue([Unknown("an item in unknown order") for _ in items])
    return ListValue([items[index] for index in order])


def sorted_order(
    interpreter: Interpreter, items: list[Value], key: Value, reverse: bool, place: Place
) -> list[int] | None:
    """The indices of the items in sorted order; None where the order is not known."""
    keys = items if key is None else [call(interpreter, key, Arguments.of(item), place) for item in items]
    try:
        known: list[object] = [plain(one) for one in keys]
        return sorted(range(len(items)), key=lambda index: known[index], reverse=reverse)  # type: ignore[arg-type,return-value]
    except LookupError:
        return None
    except TypeError:
        fail(interpreter, "TypeError", "items that cannot be ordered")
        return None


def summed(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`sum(iterable, start)`."""
    items, complete = iterate(interpreter, arguments.get(0, "iterable"))
    if not complete:
        return Unknown("sums something unknown")
    total = arguments.get(1, "start", 0)
    for item in items:
        total = apply_binary(interpreter, "Add", total, item, place)
    return total


def any_true(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`any(iterable)`."""
    return _quantified(interpreter, arguments, decisive=True)


def all_true(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`all(iterable)`."""
    return _quantified(interpreter, arguments, decisive=False)


def _quantified(interpreter: Interpreter, arguments: Arguments, *, decisive: bool) -> Value:
    items, complete = members(interpreter, arguments.get(0, "iterable"))
    answers = [truth(interpreter, item) for item in items]
    if decisive in answers:
        return decisive
    return not decisive if complete and None not in answers else Unknown("an unknown condition")


def extreme(name: str) -> Function:
    """`min` and `max`, with `key` and `default`."""

    def run(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        given = [arg.value for arg in arguments.positional]
        if len(given) == 1:
            items, complete = members(interpreter, given[0])
        else:
            items, complete = given, bool(given)
        if not complete:
            return Unknown(f"the {name} of something unknown")
        if not items:
            known = "default" in arguments.keywords
            return (
                arguments.get(9, "default")
                if known
                else fail(interpreter, "ValueError", "nothing to compare")
            )
        best = None
        if not any(isinstance(item, OneOf) for item in items):
            order = sorted_order(interpreter, items, arguments.get(9, "key"), name == "max", place)
            best = Unknown(f"the {name} of unknowns") if order is None else items[order[0]]
        return (
            best if best is not None else pure(min if name == "min" else max)(interpreter, arguments, place)
        )

    return run
