"""What iterating over a value gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.values import (
    Builtin,
    DictValue,
    ListValue,
    OneOf,
    SetValue,
    Symbol,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter


def iterate(interpreter: Interpreter, value: Value) -> tuple[list[Value], bool]:
    """The items of an iterable in order, and whether these are all of them.

    An unknown iterable gives no items and False.
    """
    match value:
        case ListValue():
            return value.items[:], not value.open
        case tuple():
            return list(value), True
        case DictValue() | SetValue():
            return list(value.items), not value.open
        case range():
            return _bounded(interpreter, value)
        case str() | bytes():
            return list(value[: interpreter.budget.items]), len(value) <= interpreter.budget.items
        case Unknown() | OneOf() | Symbol() | Builtin():
            return [], False
    found = interpreter.domain.attribute(value, "__iter__")
    if isinstance(found, tuple):
        return list(found), True
    return [], False


def _bounded(interpreter: Interpreter, value: range) -> tuple[list[Value], bool]:
    limit = interpreter.budget.items
    if len(value) <= limit:
        return list(value), True
    return list(value[:limit]), False
