"""`isinstance`, `issubclass` and `type` without pretending to know the unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kerlint.python.containers import DequeValue, DictValue, IteratorValue, ListValue, SetValue, ViewValue
from kerlint.python.exceptions import BUILTIN_EXCEPTIONS, catches
from kerlint.python.joining import alternatives
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.truth import is_object
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

_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
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
    "frozenset": SetValue,
    "range": range,
    "slice": slice,
}
_FUNCTIONS = (FunctionValue, Builtin, BoundMethod, Partial)
_ABSTRACT: Final[dict[str, tuple[type, ...]]] = {
    "Iterable": (str, bytes, tuple, ListValue, DictValue, SetValue, range),
    "Iterator": (IteratorValue,),
    "Sequence": (str, bytes, tuple, ListValue, range),
    "Sized": (str, bytes, tuple, ListValue, DictValue, SetValue, range),
    "Mapping": (DictValue,),
    "MutableMapping": (DictValue,),
    "Integral": (int,),
    "Number": (int, float, complex),
    "Real": (int, float),
}
_PYTHON = (*CONSTANTS, tuple, range, slice, ListValue, DictValue, SetValue, ModuleValue, *_FUNCTIONS)


def is_instance(interpreter: Interpreter, value: Value, classes: Value) -> bool | None:
    """`isinstance(value, classes)`; None where that is not known."""
    if isinstance(classes, tuple):
        answers = [is_instance(interpreter, value, cls) for cls in classes]
        if True in answers:
            return True
        return None if None in answers else False
    if isinstance(value, OneOf):
        known = {is_instance(interpreter, one, classes) for one, _ in alternatives(value)}
        return known.pop() if len(known) == 1 else None
    if isinstance(value, Unknown) or isinstance(classes, Unknown | OneOf):
        return None
    if isinstance(classes, Builtin):
        return _of_builtin(interpreter, value, classes)
    if isinstance(classes, ClassValue):
        return _of_class(interpreter, value, classes)
    if isinstance(classes, Symbol):
        return _of_symbol(interpreter, value, classes)
    return None


def _of_builtin(interpreter: Interpreter, value: Value, cls: Builtin) -> bool | None:
    if cls.name == "object":
        return True
    if cls.name in BUILTIN_EXCEPTIONS:
        if isinstance(value, _PYTHON):
            return False
        return catches(cls, value) if isinstance(value, Instance) and value.native is None else None
    if cls.name == "type":
        return isinstance(value, ClassValue) or (None if isinstance(value, Symbol | Builtin) else False)
    kinds = _TYPES.get(cls.name)
    if kinds is None:
        return None
    if isinstance(value, Instance):
        return _of_kind(value)
    if isinstance(value, Symbol):
        return False if is_object(interpreter, value) else None
    if isinstance(value, SetValue) and cls.name in ("set", "frozenset"):
        return value.frozen is (cls.name == "frozenset")
    if isinstance(value, IteratorValue | ViewValue | DequeValue):
        return False
    return isinstance(value, kinds)


def _of_kind(value: Instance) -> bool | None:
    """Whether an object can be of one of Python's own types, by its bases."""
    if isinstance(value.cls, Symbol):
        plain = value.native is not None or value.cls.dotted.startswith("builtins.")
        return False if plain else None
    foreign = [base for base in value.cls.mro if not isinstance(base, ClassValue)]
    return (
        None
        if any(isinstance(base, Unknown) for base in foreign) or (foreign and value.native is None)
        else False
    )


def _of_class(interpreter: Interpreter, value: Value, cls: ClassValue) -> bool | None:
    if cls.has_metaclass:
        return None
    if isinstance(value, Symbol):
        return False if is_object(interpreter, value) else None
    if not isinstance(value, Instance) or not isinstance(value.cls, ClassValue):
        return False
    if cls in value.cls.mro:
        return True
    return None if any(isinstance(base, Unknown) for base in value.cls.mro) else False


def _of_symbol(interpreter: Interpreter, value: Value, cls: Symbol) -> bool | None:
    if cls.dotted.startswith(("collections.abc.", "collections.", "typing.", "numbers.")):
        kinds = _ABSTRACT.get(cls.name)
        if kinds is None or isinstance(value, Instance | Symbol) or not isinstance(value, _PYTHON):
            return None
        if isinstance(value, IteratorValue | ViewValue) and cls.name not in ("Iterable", "Iterator"):
            return None
        return isinstance(value, kinds)
    if cls.dotted in ("types.FunctionType", "types.LambdaType"):
        return isinstance(value, FunctionValue)
    return interpreter.domain.is_instance(value, cls)


def is_subclass(interpreter: Interpreter, cls: Value, bases: Value) -> bool | None:
    """`issubclass(cls, bases)`; None where that is not known."""
    if isinstance(bases, tuple):
        answers = [is_subclass(interpreter, cls, base) for base in bases]
        return True if True in answers else None if None in answers else False
    if isinstance(cls, ClassValue) and isinstance(bases, ClassValue | Symbol):
        if any(base is bases or base == bases for base in cls.mro):
            return True
        closed = all(isinstance(base, ClassValue) and not base.has_metaclass for base in (*cls.mro, bases))
        return False if closed else None
    return None


def type_of(value: Value) -> Value:
    """`type(value)`."""
    if isinstance(value, Instance):
        return value.cls
    from kerlint.python.builtins import BUILTINS

    for name, kinds in _TYPES.items():
        if type(value) is kinds and not (isinstance(value, SetValue) and value.frozen):
            return BUILTINS.get(name, Unknown("a type"))
    return Unknown("an unknown type")
