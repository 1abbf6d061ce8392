"""Text made of values: f-strings, `%`, `str.format` and `str()`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kerlint.python.containers import DequeValue, DictValue, IteratorValue, ListValue, ViewValue
from kerlint.python.refs import Unknown, Value
from kerlint.python.values import FunctionValue, Instance, is_constant

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

_WIDEST: Final = 10_000
_DEEPEST: Final = 50
SHOWN: Final = frozenset({str, int})
"""Types whose values an f-string shows as `str` does."""


def plain(value: Value, depth: int = 0) -> object:
    """The Python object that a fully known value stands for, containers included.

    Raises LookupError for a value that is not known through and through.
    """
    if isinstance(value, tuple):
        return tuple(plain(item, depth + 1) for item in value)
    if is_constant(value) or isinstance(value, range):
        return value
    if depth > _DEEPEST or isinstance(value, IteratorValue | ViewValue | DequeValue):
        raise LookupError
    if isinstance(value, ListValue) and not value.open:
        return [plain(item, depth + 1) for item in value.items]
    if isinstance(value, DictValue) and not value.open and value.factory is None:
        return {plain(key, depth + 1): plain(item, depth + 1) for key, item in value.items.items()}
    raise LookupError


def format_value(
    interpreter: Interpreter, value: Value, conversion: str | None, spec: Value, place: Place
) -> str | None:
    """One field of an f-string, or None where its text is not known."""
    if type(value) in SHOWN and spec == "" and conversion is None:
        return str(value)
    if not isinstance(spec, str) or is_too_wide(spec):
        return None
    if isinstance(value, Instance):
        value = _text_of_instance(interpreter, value, conversion, place)
        conversion = None
    try:
        known = plain(value)
        if conversion == "r":
            known = repr(known)
        elif conversion == "s":
            known = str(known)
        elif conversion == "a":
            known = ascii(known)
        return format(known, spec)
    except (LookupError, ValueError, TypeError, OverflowError):
        return None


def _text_of_instance(
    interpreter: Interpreter, value: Instance, conversion: str | None, place: Place
) -> Value:
    """What a user's `__str__` or `__repr__` says."""
    from kerlint.python.special import special, special_method

    names = ("__repr__",) if conversion in ("r", "a") else ("__str__", "__repr__")
    if conversion is None and isinstance(special_method(value, "__format__"), FunctionValue):
        return Unknown("text of an object")
    for name in names:
        if isinstance(special_method(value, name), FunctionValue):
            return special(interpreter, value, name, (), place)
    return Unknown("text of an object")


@lru_cache(maxsize=1024)
def is_too_wide(spec: str) -> bool:
    """Whether a format asks for a width that only costs memory."""
    digits = "".join(char if char.isdecimal() else " " for char in spec).split()
    return any(len(number) > 5 or int(number) > _WIDEST for number in digits)


def percent(template: str, value: Value) -> Value:
    """`template % value`."""
    if is_too_wide(template) or "*" in template:
        return Unknown("a very wide format")
    try:
        return template % plain(value)
    except (LookupError, ValueError, TypeError, OverflowError):
        return Unknown("a string with unknown parts")
