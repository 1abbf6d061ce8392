"""Exceptions as values: their classes, what raising gives, and which handler fits."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Final

from kerlint.python.budget import Raised
from kerlint.python.refs import Unknown, Value
from kerlint.python.values import Builtin, ClassValue, Instance, Symbol

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.arguments import Arguments
    from kerlint.python.interpreter import Interpreter

BUILTIN_EXCEPTIONS: Final[dict[str, type[BaseException]]] = {
    name: found
    for name, found in vars(builtins).items()
    if isinstance(found, type) and issubclass(found, BaseException)
}
PREFIX: Final = "builtins."


def make_exception(name: str, *args: Value) -> Instance:
    """An object of a built-in exception class."""
    made = Instance(Symbol(PREFIX + name))
    made.attributes["args"] = args
    return made


def exception_class(name: str) -> Builtin:
    """A built-in exception class: calling it makes an exception."""

    def construct(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        return make_exception(name, *(arg.value for arg in arguments.positional))

    return Builtin(name, construct)


def as_base(value: Builtin) -> Value:
    """What a class that derives from one of Python's own types has as its base."""
    return (
        Symbol(PREFIX + value.name)
        if value.name in BUILTIN_EXCEPTIONS
        else Unknown(f"derives from {value.name}")
    )


def fail(interpreter: Interpreter, kind: str, reason: str) -> Unknown:
    """An operation that raises for certain: inside a `try` it does, elsewhere the walk goes on.

    On a path that was told apart without the program asking, it shows that the program does not come here.
    """
    if interpreter.raises_on:
        raise Raised(make_exception(kind, reason))
    return Unknown(reason)


def catches(handler: Value, exception: Value) -> bool | None:
    """Whether `except handler:` catches what was raised; None where that is not known."""
    if isinstance(handler, tuple):
        answers = [catches(one, exception) for one in handler]
        return True if True in answers else None if None in answers else False
    cls = exception.cls if isinstance(exception, Instance) else exception
    wanted = _builtin_name(handler)
    if wanted in ("BaseException", "Exception") and not isinstance(
        exception, Instance | Builtin | ClassValue
    ):
        return True
    line = [cls, *cls.mro] if isinstance(cls, ClassValue) else [cls]
    if any(one is handler or one == handler for one in line):
        return True
    names = [name for name in map(_builtin_name, line) if name is not None]
    if wanted is not None and any(
        issubclass(BUILTIN_EXCEPTIONS[name], BUILTIN_EXCEPTIONS[wanted]) for name in names
    ):
        return True
    certain = bool(names) and isinstance(handler, Builtin | ClassValue)
    return (
        False if certain and all(isinstance(one, ClassValue) or _builtin_name(one) for one in line) else None
    )


def _builtin_name(value: Value) -> str | None:
    name = value.name if isinstance(value, Builtin) else value.dotted if isinstance(value, Symbol) else ""
    name = name.removeprefix(PREFIX)
    return name if name in BUILTIN_EXCEPTIONS else None
