"""Whether a value counts as true, as far as that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.containers import DictValue, IteratorValue, ListValue, SetValue
from kerlint.python.refs import OneOf, Value
from kerlint.python.special import has_special, special
from kerlint.python.values import (
    CONSTANTS,
    BoundMethod,
    Builtin,
    ClassValue,
    FunctionValue,
    Instance,
    ModuleValue,
    Partial,
    Symbol,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

_OBJECTS = (FunctionValue, ClassValue, ModuleValue, BoundMethod, Builtin, Partial)


def truth(interpreter: Interpreter, value: Value) -> bool | None:
    """Whether a value counts as true; None where that is not known."""
    if isinstance(value, CONSTANTS):
        return bool(value)
    match value:
        case tuple() | range():
            return bool(value)
        case IteratorValue():
            return True
        case ListValue():
            return None if value.open and not value.steady else bool(value.items)
        case DictValue() | SetValue():
            return None if value.open and not value.items else bool(value.items)
        case OneOf():
            answers = {truth(interpreter, one) for one in value.alternatives}
            return answers.pop() if len(answers) == 1 else None
        case Symbol():
            return True if is_object(interpreter, value) else None
        case Instance():
            return _truth_of_instance(interpreter, value)
    return True if isinstance(value, _OBJECTS) else None


def _truth_of_instance(interpreter: Interpreter, value: Instance) -> bool | None:
    if isinstance(value.cls, Symbol):
        return None if value.native is None and not value.cls.dotted.startswith("builtins.") else True
    for name in ("__bool__", "__len__"):
        defined = has_special(value, name)
        if defined:
            place = interpreter.place_of(value)
            return truth(interpreter, special(interpreter, value, name, (), place))
        if defined is None and value.native is None:
            return None
    return True


def is_object(interpreter: Interpreter, symbol: Symbol) -> bool:
    """Whether a library name surely means a module, class or function: never None, never false."""
    return (
        "." not in symbol.dotted
        or (symbol.name[:1].isupper() and not symbol.name.isupper())
        or interpreter.domain.owns(symbol.dotted)
    )
