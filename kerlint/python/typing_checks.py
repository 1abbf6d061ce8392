"""`isinstance`, `issubclass` and `type` without pretending to know the unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.values import (
    Builtin,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    OneOf,
    SetValue,
    Symbol,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

_TYPES: dict[str, type | tuple[type, ...]] = {
    "int": int,
    "float": float,
    "complex": complex,
    "str": str,
    "bytes": bytes,
    "bool": bool,
    "tuple": tuple,
    "list": ListValue,
    "dict": DictValue,
    "set": SetValue,
    "range": range,
    "slice": slice,
}
_ABSTRACT: dict[str, tuple[type, ...]] = {
    "Iterable": (str, bytes, tuple, ListValue, DictValue, SetValue, range),
    "Sequence": (str, bytes, tuple, ListValue, range),
    "Mapping": (DictValue,),
    "MutableMapping": (DictValue,),
    "Integral": (int,),
    "Number": (int, float, complex),
    "Real": (int, float),
}


def is_instance(interpreter: Interpreter, value: Value, classes: Value) -> bool | None:
    """`isinstance(value, classes)`; None where that is not known."""
    if isinstance(classes, tuple):
        answers = [is_instance(interpreter, value, cls) for cls in classes]
        if True in answers:
            return True
        return None if None in answers else False
    if isinstance(value, Unknown | OneOf) or isinstance(classes, Unknown | OneOf):
        return None
    if isinstance(classes, Builtin):
        return _of_builtin(value, classes.name)
    if isinstance(classes, ClassValue):
        return _of_class(value, classes)
    if isinstance(classes, Symbol):
        return _of_symbol(interpreter, value, classes)
    return None


def _of_builtin(value: Value, name: str) -> bool | None:
    if name == "object":
        return True
    kinds = _TYPES.get(name)
    if kinds is not None:
        if isinstance(value, Instance) and isinstance(value.cls, ClassValue):
            return None if any(isinstance(base, Unknown) for base in value.cls.mro) else False
        return isinstance(value, kinds)
    return None


def _of_class(value: Value, cls: ClassValue) -> bool | None:
    if not isinstance(value, Instance):
        return False
    if not isinstance(value.cls, ClassValue):
        return False
    if cls in value.cls.mro:
        return True
    return None if any(isinstance(base, Unknown) for base in value.cls.mro) else False


def _of_symbol(interpreter: Interpreter, value: Value, cls: Symbol) -> bool | None:
    if cls.dotted.startswith(("collections.abc.", "collections.", "typing.", "numbers.")):
        kinds = _ABSTRACT.get(cls.name)
        return isinstance(value, kinds) if kinds is not None and not isinstance(value, Instance) else None
    if cls.dotted in ("types.FunctionType", "types.LambdaType"):
        return isinstance(value, FunctionValue)
    return interpreter.domain.is_instance(value, cls)


def is_subclass(interpreter: Interpreter, cls: Value, bases: Value) -> bool | None:
    """`issubclass(cls, bases)`; None where that is not known."""
    if isinstance(cls, ClassValue) and isinstance(bases, ClassValue | Symbol):
        if any(base is bases or base == bases for base in cls.mro):
            return True
        return None
    return None


def type_of(value: Value) -> Value:
    """`type(value)`."""
    if isinstance(value, Instance):
        return value.cls
    from kerlint.python.builtins import BUILTINS

    for name, kinds in _TYPES.items():
        if type(value) is kinds:
            return BUILTINS.get(name, Unknown("a type"))
    return Unknown("an unknown type")
