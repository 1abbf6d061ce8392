"""Values of arguments in one form, so that two spellings of one thing compare as equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kerlint.keras_api.layer_rule import LayerSpec
from kerlint.model.states import ObjectState
from kerlint.python.values import DictValue, Instance, ListValue, OneOf, Symbol, Unknown, Value

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something that is only known to be itself: a user's function, an array."""

    name: str
    serial: int

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Made:
    """An object of the library by its class and all its arguments: `L2(l2=0.01)`."""

    cls: str
    arguments: tuple[tuple[str, Any], ...]

    def __repr__(self) -> str:
        return f"{self.cls}({', '.join(f'{name}={value!r}' for name, value in self.arguments)})"


class _Open:
    """The one value that is not known."""

    def __repr__(self) -> str:
        return UNKNOWN


OPEN = _Open()


class Verdict(StrEnum):
    """What is known of two values."""

    EQUAL = "equal"
    DIFFERENT = "different"
    OPEN = "open"


def canonical(value: Value, depth: int = 0) -> Any:
    """A value in its one form; `OPEN` where it is not known."""
    if depth > 6 or isinstance(value, Unknown | OneOf):
        return OPEN
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple | ListValue):
        items = value.items if isinstance(value, ListValue) else value
        return tuple(canonical(item, depth + 1) for item in items)
    if isinstance(value, DictValue):
        return _named("dict", {str(key): item for key, item in value.items.items()}, depth)
    if isinstance(value, LayerSpec):
        return _named(value.symbol.rpartition(".")[2], value.config, depth)
    if isinstance(value, Symbol):
        return value.name
    state = value.native if isinstance(value, Instance) else None
    if isinstance(state, ObjectState) and state.site.exact:
        given = {name: one.value for name, one in state.site.arguments.items() if name != "name"}
        return _named(state.symbol.rpartition(".")[2], given, depth)
    name, serial = getattr(value, "name", "something"), getattr(value, "serial", id(value))
    return Opaque(name if isinstance(name, str) else "something", serial)


def _named(cls: str, arguments: Mapping[str, Value], depth: int) -> Made:
    return Made(cls, tuple((name, canonical(arguments[name], depth + 1)) for name in sorted(arguments)))


def compare(left: Any, right: Any) -> Verdict:
    """Whether two canonical values are equal, as far as that is known."""
    if left is OPEN or right is OPEN:
        return Verdict.OPEN
    if isinstance(left, Opaque) or isinstance(right, Opaque):
        return Verdict.EQUAL if left == right else Verdict.OPEN
    if isinstance(left, Made) and isinstance(right, Made) and left.cls == right.cls:
        return _all(dict(left.arguments), dict(right.arguments))
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        return _all(dict(enumerate(left)), dict(enumerate(right)))
    return Verdict.EQUAL if left == right else Verdict.DIFFERENT


def _all(left: Mapping[Any, Any], right: Mapping[Any, Any]) -> Verdict:
    verdicts = {compare(left[name], right[name]) for name in left.keys() & right.keys()}
    if Verdict.DIFFERENT in verdicts or left.keys() != right.keys():
        return Verdict.DIFFERENT
    return Verdict.OPEN if Verdict.OPEN in verdicts else Verdict.EQUAL


def plain(value: Any) -> Any:
    """A canonical value as JSON has it."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float | str) else repr(value)
