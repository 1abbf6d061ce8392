"""Methods of sets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kerlint.python.arguments import Arguments
from kerlint.python.containers import SetValue
from kerlint.python.exceptions import fail
from kerlint.python.iteration import members
from kerlint.python.keys import is_key, make_set
from kerlint.python.operators import apply_binary
from kerlint.python.refs import Unknown, Value

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

Method = Callable[["Interpreter", SetValue, Arguments, "Place"], Value]


def _add(interpreter: Interpreter, items: SetValue, arguments: Arguments, place: Place) -> Value:
    interpreter.trail.touch(items)
    item = arguments.get(0, "element")
    if is_key(item):
        items.items[item] = None
    else:
        items.open = True
    return None


def _discard(interpreter: Interpreter, items: SetValue, arguments: Arguments, place: Place) -> Value:
    interpreter.trail.touch(items)
    item = arguments.get(0, "element")
    if is_key(item):
        items.items.pop(item, None)
    else:
        items.forget()
    return None


def _remove(interpreter: Interpreter, items: SetValue, arguments: Arguments, place: Place) -> Value:
    item = arguments.get(0, "element")
    if is_key(item) and item not in items.items and not items.open:
        return fail(interpreter, "KeyError", "is not in the set")
    interpreter.doubts += not is_key(item) or item not in items.items
    return _discard(interpreter, items, arguments, place)


def _pop(interpreter: Interpreter, items: SetValue, arguments: Arguments, place: Place) -> Value:
    interpreter.trail.touch(items)
    if not items.items and not items.open:
        return fail(interpreter, "KeyError", "an empty set")
    if len(items.items) == 1 and not items.open:
        return items.items.popitem()[0]
    items.forget()
    return Unknown("an item of a set")


def _clear(interpreter: Interpreter, items: SetValue, arguments: Arguments, place: Place) -> Value:
    interpreter.trail.touch(items)
    items.items, items.open = {}, False
    return None


def _copy(interpreter: Interpreter, items: SetValue, arguments: Arguments, place: Place) -> Value:
    return SetValue(dict(items.items), open=items.open, frozen=items.frozen)


def _other(interpreter: Interpreter, value: Value) -> SetValue:
    found, complete = members(interpreter, value)
    return make_set(found, not complete)


def _combined(operator: str) -> Method:
    """`union`, `intersection` and `difference`, with any number of iterables."""

    def run(interpreter: Interpreter, items: SetValue, arguments: Arguments, place: Place) -> Value:
        result: Value = SetValue(dict(items.items), open=items.open, frozen=items.frozen)
        for arg in arguments.positional:
            result = apply_binary(interpreter, operator, result, _other(interpreter, arg.value), place)
        return result

    return run


def _updated(operator: str) -> Method:
    """`update`, `intersection_update` and `difference_update`."""
    combine = _combined(operator)

    def run(interpreter: Interpreter, items: SetValue, arguments: Arguments, place: Place) -> Value:
        result = combine(interpreter, items, arguments, place)
        interpreter.trail.touch(items)
        if isinstance(result, SetValue):
            items.restore(result.state())
        else:
            items.forget()
        return None

    return run


def _compared(subset: bool) -> Method:
    """`issubset` and `issuperset`."""

    def run(interpreter: Interpreter, items: SetValue, arguments: Arguments, place: Place) -> Value:
        other = _other(interpreter, arguments.get(0, "other"))
        if items.open or other.open:
            return Unknown("a comparison of open sets")
        left, right = (items, other) if subset else (other, items)
        return left.items.keys() <= right.items.keys()

    return run


def _is_disjoint(interpreter: Interpreter, items: SetValue, arguments: Arguments, place: Place) -> Value:
    other = _other(interpreter, arguments.get(0, "other"))
    if items.items.keys() & other.items.keys():
        return False
    return Unknown("a comparison of open sets") if items.open or other.open else True


SET_METHODS: Final[dict[str, Method]] = {
    "add": _add,
    "discard": _discard,
    "remove": _remove,
    "pop": _pop,
    "clear": _clear,
    "copy": _copy,
    "union": _combined("BitOr"),
    "intersection": _combined("BitAnd"),
    "difference": _combined("Subtract"),
    "symmetric_difference": _combined("BitXor"),
    "update": _updated("BitOr"),
    "intersection_update": _updated("BitAnd"),
    "difference_update": _updated("Subtract"),
    "symmetric_difference_update": _updated("BitXor"),
    "issubset": _compared(subset=True),
    "issuperset": _compared(subset=False),
    "isdisjoint": _is_disjoint,
}
