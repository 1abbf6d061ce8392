"""Special methods of user classes: `__len__`, `__eq__`, `__getitem__` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.domain import MISSING
from kerlint.python.refs import Unknown, Value
from kerlint.python.values import BoundMethod, Builtin, ClassValue, FunctionValue, Instance, Symbol

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


def special_method(instance: Instance, name: str) -> Value:
    """What the object's class has under this name: MISSING when surely nothing, Unknown when perhaps something.

    A library base answers as Symbol.
    """
    cls = instance.cls
    if isinstance(cls, Symbol):
        return cls
    for base in cls.mro:
        if isinstance(base, ClassValue):
            if name in base.namespace:
                return base.namespace[name]
        elif isinstance(base, Symbol):
            return base
        else:
            return Unknown(f"{name} of an unknown base")
    return MISSING


def special(
    interpreter: Interpreter, instance: Instance, name: str, given: tuple[Value, ...], place: Place
) -> Value:
    """Call a special method; MISSING when the class surely has none, or only a library could have it."""
    from kerlint.python.arguments import Arguments
    from kerlint.python.calls import call

    method = special_method(instance, name)
    if isinstance(method, FunctionValue):
        return call(interpreter, BoundMethod(instance, method), Arguments.of(*given), place)
    if isinstance(method, Builtin) and method.is_method:
        return method.function(interpreter, Arguments.of(instance, *given), place)
    if method is MISSING or isinstance(method, Symbol):
        return MISSING
    return Unknown(f"{name} of something unknown")


def has_special(value: Value, name: str) -> bool | None:
    """Whether an object's class has such a method; None where a base is not known, or a library's."""
    if not isinstance(value, Instance):
        return None
    method = special_method(value, name)
    if method is MISSING:
        return False
    return (
        True
        if isinstance(method, FunctionValue) or (isinstance(method, Builtin) and method.is_method)
        else None
    )


__all__ = ["has_special", "special", "special_method"]
