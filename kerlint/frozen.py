"""Records that nobody changes, cheap to make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(eq_default=False, frozen_default=True, field_specifiers=(field,))
def fact(cls: type[_T]) -> type[_T]:
    """A dataclass that the type checker holds to be frozen; with slots, equal to itself alone.

    What holds while it runs is left to the checker: a frozen dataclass takes three times as long to make, and
    an evaluation makes tens of thousands.
    """
    return dataclass(slots=True, eq=False)(cls)
