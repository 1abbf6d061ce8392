"""Methods of dicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kerlint.python.arguments import Arguments
from kerlint.python.choices import each
from kerlint.python.containers import DictValue, ViewValue
from kerlint.python.exceptions import fail
from kerlint.python.keys import is_key
from kerlint.python.operators import update
from kerlint.python.refs import GAP, OneOf, Unknown, Value

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

Method = Callable[["Interpreter", DictValue, Arguments, "Place"], Value]


def _get(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    key, fallback = arguments.get(0, "key"), arguments.get(1, "default")
    if isinstance(key, OneOf):
        return each(
            interpreter, key, lambda one: _get(interpreter, items, Arguments.of(one, fallback), place)
        )
    if not is_key(key):
        return Unknown("an unknown key")
    if key in items.items:
        return items.items[key]
    return Unknown("a key that may exist") if items.open else fallback


def _pop(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    key = arguments.get(0, "key")
    interpreter.trail.touch(items)
    if not is_key(key):
        items.forget()
        return Unknown("an unknown key")
    if key in items.items:
        return items.items.pop(key)
    if items.open:
        return Unknown("a key that may exist")
    if len(arguments.values()) > 1:
        return arguments.values()[1]
    return fail(interpreter, "KeyError", "a key that does not exist")


def _pop_item(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    interpreter.trail.touch(items)
    if items.open:
        items.forget()
        return Unknown("an unknown item")
    if not items.items:
        return fail(interpreter, "KeyError", "an empty dict")
    last = arguments.get(0, "last", True)
    if not isinstance(last, bool):
        items.forget()
        return Unknown("an unknown item")
    key = list(items.items)[-1 if last else 0]
    return (key, items.items.pop(key))


def _set_default(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    key, fallback = arguments.get(0, "key"), arguments.get(1, "default")
    interpreter.trail.touch(items)
    if not is_key(key):
        items.open = True
        return Unknown("an unknown key")
    if items.open and key not in items.items:
        items.items[key] = Unknown("a key that may have existed")
    return items.items.setdefault(key, fallback)


def _update(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    from kerlint.python.sequences import add_pairs

    interpreter.trail.touch(items)
    for arg in arguments.positional:
        add_pairs(interpreter, arg.value, items)
    given = {name: arg.value for name, arg in arguments.keywords.items()}
    update(items, DictValue(given, open=not arguments.exact))
    return None


def _keys(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    return _view(items, list(items.items), Unknown("an unknown key"))


def _values(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    return _view(items, list(items.items.values()), Unknown("an unknown value"))


def _items(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    unknown = (Unknown("an unknown key"), Unknown("an unknown value"))
    return _view(items, list(items.items.items()), unknown)


def _view(items: DictValue, known: list[Value], unknown: Value) -> ViewValue:
    """The parts of a dict; those of an open one in unknown order, with one that stands for the others."""
    if not items.open:
        return ViewValue(known)
    return ViewValue([GAP, *known, unknown], open=True, loose=len(known) + 2)


def _move_to_end(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    key, last = arguments.get(0, "key"), arguments.get(1, "last", True)
    interpreter.trail.touch(items)
    if items.open or not is_key(key) or key not in items.items or not isinstance(last, bool):
        items.forget()
        return None
    moved = {key: items.items.pop(key)}
    items.items = {**items.items, **moved} if last else {**moved, **items.items}
    return None


def _copy(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    return DictValue(dict(items.items), open=items.open, factory=items.factory)


def _clear(interpreter: Interpreter, items: DictValue, arguments: Arguments, place: Place) -> Value:
    interpreter.trail.touch(items)
    items.items, items.open = {}, False
    return None


DICT_METHODS: Final[dict[str, Method]] = {
    "get": _get,
    "pop": _pop,
    "popitem": _pop_item,
    "setdefault": _set_default,
    "update": _update,
    "keys": _keys,
    "values": _values,
    "items": _items,
    "copy": _copy,
    "move_to_end": _move_to_end,
    "clear": _clear,
}
