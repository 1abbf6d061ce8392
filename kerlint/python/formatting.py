"""Text made of values: f-strings, `%`, `str.format` and `str()`."""

from __future__ import annotations

from kerlint.python.values import DictValue, ListValue, Unknown, Value, is_constant

_WIDEST = 10_000


def plain(value: Value) -> object:
    """The Python object that a fully known value stands for, containers included.

    Raises LookupError for a value that is not known through and through.
    """
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if is_constant(value) or isinstance(value, range):
        return value
    if isinstance(value, ListValue) and not value.open:
        return [plain(item) for item in value.items]
    if isinstance(value, DictValue) and not value.open:
        return {plain(key): plain(item) for key, item in value.items.items()}
    raise LookupError


def format_value(value: Value, conversion: str | None, spec: Value) -> str | None:
    """One field of an f-string, or None where its text is not known."""
    if not isinstance(spec, str) or _too_wide(spec):
        return None
    try:
        known = plain(value)
        if conversion == "r":
            known = repr(known)
        elif conversion == "s":
            known = str(known)
        elif conversion == "a":
            known = ascii(known)
        return format(known, spec)
    except (LookupError, ValueError, TypeError):
        return None


def _too_wide(spec: str) -> bool:
    digits = "".join(char if char.isdigit() else " " for char in spec).split()
    return any(len(number) > 5 or int(number) > _WIDEST for number in digits)


def percent(template: str, value: Value) -> Value:
    """`template % value`."""
    if _too_wide(template):
        return Unknown("a very wide format")
    try:
        return template % plain(value)
    except (LookupError, ValueError, TypeError, KeyError):
        return Unknown("a string with unknown parts")
