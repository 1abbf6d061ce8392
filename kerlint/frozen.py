"""Records that nobody changes, cheap to make."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from reprlib import recursive_repr
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(eq_default=False, frozen_default=True, field_specifiers=(field,))
def fact(cls: type[_T]) -> type[_T]:
    """A dataclass that the type checker holds to be frozen; with slots, equal to itself alone.

    What holds while it runs is left to the checker: a frozen dataclass takes three times as long to make, and
    an evaluation makes tens of thousands.
    """
    return dataclass(slots=True, eq=False, repr=False)(_shown(cls))


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[_T]) -> type[_T]:
    """The same, but equal to another one with equal fields.

    Modules full of such classes are what starting kerlint takes its time for: of each, a frozen dataclass
    compiles seven functions, and this three.
    """
    return dataclass(slots=True, unsafe_hash=True, repr=False)(_shown(cls))


def _shown(cls: type[_T]) -> type[_T]:
    if "__repr__" not in vars(cls):
        cls.__repr__ = _repr  # type: ignore[method-assign]
    return cls


@recursive_repr()
def _repr(self: object) -> str:
    """As dataclasses are shown, for those who debug."""
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)  # type: ignore[arg-type]
    return f"{type(self).__qualname__}({', '.join(shown)})"
