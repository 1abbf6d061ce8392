"""Mutable values that something unknown may stand for: what happens to it may happen to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kerlint.python.containers import DictValue, ListValue, SetValue
from kerlint.python.refs import OneOf, Ref, Unknown, Value
from kerlint.python.values import Instance

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

_MOST = 200
_CHANGING: Final = frozenset(
    {
        *("append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "update", "setdefault"),
        *(
            "popitem",
            "add",
            "discard",
            "intersection_update",
            "difference_update",
            "symmetric_difference_update",
        ),
        *("__setitem__", "__delitem__", "__iadd__", "__ior__", "__next__"),
    }
)
"""Methods of Python's own types that change them."""


def hiding(reason: str, *values: Value) -> Unknown:
    """An Unknown that may be any of these values."""
    return Unknown(reason, reachable(values))


def reachable(values: Iterable[Value]) -> tuple[Ref, ...]:
    """The containers and plain objects among these values and in them."""
    found: dict[int, Ref] = {}
    waiting = list(values)
    while waiting and len(found) < _MOST:
        value = waiting.pop()
        match value:
            case tuple():
                waiting += value
            case OneOf():
                waiting += value.alternatives
            case Unknown():
                found.update({id(one): one for one in value.hides})
            case ListValue() | SetValue() if id(value) not in found:
                found[id(value)] = value
                waiting += value.items
            case DictValue() if id(value) not in found:
                found[id(value)] = value
                waiting += value.items.values()
            case Instance() if id(value) not in found and value.native is None:
                found[id(value)] = value
                waiting += value.attributes.values()
    return tuple(found.values())


def attribute_of(value: Unknown, name: str) -> Unknown:
    """An attribute of something unknown: perhaps a method that changes what it hides."""
    if not value.hides:
        return Unknown(value.reason)
    acts = name in _CHANGING or any(isinstance(one, Instance) for one in value.hides)
    return Unknown(value.reason, value.hides, acts=acts)


def disturb(interpreter: Interpreter, value: Unknown) -> None:
    """Something unknown is changed: what it hides is not known any more."""
    interpreter.conditions.changes += 1
    lost = "may have been changed under another name"
    for one in value.hides:
        interpreter.trail.touch(one)
        if isinstance(one, ListValue | DictValue | SetValue):
            one.forget()
        elif isinstance(one, Instance):
            one.open = True
            one.attributes = {name: Unknown(lost) for name in one.attributes}
