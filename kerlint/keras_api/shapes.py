"""Shapes with three kinds of extent: a number, Keras's free axis (`None`), and one that is not known."""

from __future__ import annotations

from typing import Final, TypeAlias


class UnknownDim:
    """An extent that the evaluator could not find out; printed as `?`. Only `UNKNOWN_DIM` exists."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "?"

    def __reduce__(self) -> str:
        return "UNKNOWN_DIM"


UNKNOWN_DIM: Final = UnknownDim()

Dim: TypeAlias = int | UnknownDim | None
Shape: TypeAlias = tuple[Dim, ...]
"""A shape with the batch axis. An unknown rank is not a Shape: `None` stands for it where it may occur."""


class ShapeError(ValueError):
    """Keras would refuse these shapes; the text is close to Keras's own words."""


def is_static(shape: Shape | None) -> bool:
    """Whether rank and every extent are known (free axes count as known)."""
    return shape is not None and not any(isinstance(dim, UnknownDim) for dim in shape)
