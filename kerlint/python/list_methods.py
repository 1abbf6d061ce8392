"""Methods of lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kerlint.python.arguments import Arguments
from kerlint.python.comparisons import equal
from kerlint.python.containers import ListValue
from kerlint.python.exceptions import fail
from kerlint.python.folding import sorted_order
from kerlint.python.in_place import extend
from kerlint.python.refs import Unknown, Value

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

Method = Callable[["Interpreter", ListValue, Arguments, "Place"], Value]


def _append(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    interpreter.trail.touch(items)
    item = arguments.get(0, "object")
    if len(items.items) >= interpreter.budget.items:
        items.open = True
    elif items.open:
        items.add([item])
    else:
        items.items.append(item)
    return None


def _extend(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    extend(interpreter, items, arguments.get(0, "iterable"))
    return None


def _insert(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    interpreter.trail.touch(items)
    index = arguments.get(0, "index")
    if isinstance(index, int) and (not items.open or 0 <= index <= items.steady):
        items.items.insert(index, arguments.get(1, "object"))
    else:
        items.forget()
    return None


def _pop(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    index = arguments.get(0, "index", -1)
    interpreter.trail.touch(items)
    if isinstance(index, int) and not items.open:
        if -len(items.items) <= index < len(items.items):
            return items.items.pop(index)
        return fail(interpreter, "IndexError", "pops what is not there")
    if isinstance(index, int) and 0 <= index < items.steady:
        return items.items.pop(index)
    items.forget()
    return Unknown("an item of an uncertain list")


def _remove(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    position = _position(interpreter, items, arguments.get(0, "value"), place)
    interpreter.trail.touch(items)
    if position is None:
        interpreter.doubts += 1
        items.forget()
    elif position < 0:
        fail(interpreter, "ValueError", "removes what is not there")
    else:
        del items.items[position]
    return None


def _position(interpreter: Interpreter, items: ListValue, wanted: Value, place: Place) -> int | None:
    """Where an item is first found; -1 when it surely is nowhere, None when that is not known."""
    interpreter.charge(len(items.items))
    for index, item in enumerate(items.items[: items.steady]):
        answer = equal(interpreter, item, wanted, place)
        if answer:
            return index
        if answer is None:
            return None
    return None if items.open else -1


def _reverse(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    interpreter.trail.touch(items)
    if items.open:
        items.forget()
    else:
        items.items.reverse()
    return None


def _clear(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    interpreter.trail.touch(items)
    items.items, items.open, items.loose = [], False, 0
    return None


def _copy(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    return ListValue(items.items[:], open=items.open, loose=items.loose)


def _sort(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    key, reverse = arguments.get(9, "key"), arguments.get(9, "reverse", False)
    order = None
    if not items.open and isinstance(reverse, bool | int):
        order = sorted_order(interpreter, items.items, key, bool(reverse), place)
    interpreter.trail.touch(items)
    interpreter.doubts += order is None
    if order is not None:
        items.items = [items.items[index] for index in order]
    elif items.open:
        items.forget()
    else:
        items.items = [Unknown("an item in unknown order") for _ in items.items]
    return None


def _index(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    if len(arguments.values()) != 1:
        return Unknown("an unknown position")
    position = _position(interpreter, items, arguments.get(0, "value"), place)
    if position is None:
        return Unknown("an unknown position")
    return position if position >= 0 else fail(interpreter, "ValueError", "is not in the list")


def _count(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    answers = [equal(interpreter, item, arguments.get(0, "value"), place) for item in items.items]
    return Unknown("an unknown count") if items.open or None in answers else answers.count(True)


def _append_left(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    return _insert(interpreter, items, Arguments.of(0, arguments.get(0, "x")), place)


def _pop_left(interpreter: Interpreter, items: ListValue, arguments: Arguments, place: Place) -> Value:
    return _pop(interpreter, items, Arguments.of(0), place)


DEQUE_METHODS: Final[dict[str, Method]] = {
    "append": _append,
    "extend": _extend,
    "pop": _pop,
    "remove": _remove,
    "reverse": _reverse,
    "clear": _clear,
    "count": _count,
    "appendleft": _append_left,
    "popleft": _pop_left,
}
LIST_METHODS: Final[dict[str, Method]] = {
    "append": _append,
    "extend": _extend,
    "insert": _insert,
    "pop": _pop,
    "remove": _remove,
    "reverse": _reverse,
    "clear": _clear,
    "copy": _copy,
    "sort": _sort,
    "index": _index,
    "count": _count,
}
