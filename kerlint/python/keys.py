"""Keys of dicts and items of sets: which can be told apart, and what an unknown one does."""

from __future__ import annotations

from kerlint.python.containers import DictValue, SetValue
from kerlint.python.refs import Ref, Unknown, Value
from kerlint.python.special import has_special
from kerlint.python.values import (
    CONSTANTS,
    BoundMethod,
    Builtin,
    ClassValue,
    Instance,
    ListValue,
    Partial,
    Symbol,
)


def is_key(value: Value) -> bool:
    """Whether a value can be a dict key that is told apart from others."""
    if isinstance(value, CONSTANTS):
        return True
    if isinstance(value, tuple):
        return all(is_key(item) for item in value)
    if isinstance(value, Instance):
        plain = isinstance(value.cls, ClassValue) and has_special(value, "__eq__") is False
        return plain or value.native is not None
    if isinstance(value, ListValue | DictValue | SetValue | BoundMethod | Partial):
        return False
    return isinstance(value, Ref | Symbol | Builtin)


def make_set(items: list[Value], opened: bool, *, frozen: bool = False) -> SetValue:
    """A set of the items that can be told apart."""
    known: dict[Value, None] = {}
    for item in items:
        if is_key(item):
            known[item] = None
        else:
            opened = True
    return SetValue(known, open=opened, frozen=frozen)


def put(target: DictValue, key: Value, value: Value) -> None:
    """`target[key] = value`; the caller has touched the trail."""
    if is_key(key):
        target.items[key] = value
    else:
        lose(target, key)


def lose(target: DictValue, key: Value) -> None:
    """Something unknown is stored under a key, or perhaps it is."""
    lost = Unknown("may be replaced under an unknown key")
    if is_key(key):
        target.items.pop(key, None)
    else:
        target.items = dict.fromkeys(target.items, lost)
    target.open = True
