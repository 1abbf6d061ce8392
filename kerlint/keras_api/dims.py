"""Arithmetic on extents that may be free (`None`) or not known.

Keras computes with `None` as "any size here": nearly every formula gives `None` as soon as one operand is
free. An extent that is merely not known to kerlint stays not known, unless a free one decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeGuard

from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError, UnknownDim
from kerlint.keras_api.sizes import SizeDim, SizeValue, Undecided, must_be_equal
from kerlint.python.values import Value


def is_size(value: Value) -> TypeGuard[int]:
    """Whether `value` is an integer proper (a bool is not one)."""
    return isinstance(value, int) and not isinstance(value, bool)


def as_dim(value: Value) -> Dim:
    """A config value as an extent: integers stand for themselves, everything else is not known."""
    if is_size(value):
        return value
    return value.dim if isinstance(value, SizeValue) else UNKNOWN_DIM


def as_dims(value: Value, rank: int) -> tuple[Dim, ...]:
    """A config value as `rank` extents; all unknown when it is not a tuple of that length."""
    if isinstance(value, tuple) and len(value) == rank:
        return tuple(as_dim(item) for item in value)
    return (UNKNOWN_DIM,) * rank


def combine(function: Callable[..., int], *dims: Dim) -> Dim:
    """`function` of the extents; None if one is free, else unknown if one is not known."""
    if None in dims:
        return None
    sizes = [dim for dim in dims if isinstance(dim, int)]
    return function(*sizes) if len(sizes) == len(dims) else _combine_unknown(function, dims)


def _combine_unknown(function: Callable[..., int], dims: Sequence[Dim]) -> Dim:
    """The same where some are not known: a `SizeDim` computes like a number."""
    if not all(isinstance(dim, int | SizeDim) for dim in dims):
        return UNKNOWN_DIM
    try:
        return function(*dims)
    except Undecided:
        return UNKNOWN_DIM


def add(*dims: Dim) -> Dim:
    """The sum."""
    return combine(lambda *sizes: sum(sizes), *dims)


def multiply(*dims: Dim) -> Dim:
    """The product; 1 for none."""
    return combine(_product, *dims)


def size_of(shape: Iterable[Dim]) -> Dim:
    """The number of elements."""
    return multiply(*shape)


def _product(*sizes: int) -> int:
    result = 1
    for size in sizes:
        result *= size
    return result


def join_dims(dims: Iterable[Dim]) -> Dim:
    """The extent that all alternatives agree on, else unknown."""
    first, *others = dims
    if any(other != first for other in others):
        return UNKNOWN_DIM
    for other in others:
        if isinstance(first, SizeDim) and isinstance(other, SizeDim):
            first = first.weakened(other)
    return first


def plain_shape(shape: Shape | None) -> Shape | None:
    """A shape as those see it who do not compute with it: what is not known is unknown and nothing else."""
    if shape is None or SizeDim not in map(type, shape):
        return shape
    return tuple(UNKNOWN_DIM if isinstance(dim, SizeDim) else dim for dim in shape)


def join_shapes(shapes: Sequence[Shape | None]) -> Shape | None:
    """What alternatives have in common: None when not even the rank."""
    known = [shape for shape in shapes if shape is not None]
    if len(known) < len(shapes) or len({len(shape) for shape in known}) != 1:
        return None
    return tuple(join_dims(dims) for dims in zip(*known, strict=True))


def show(shape: Iterable[Dim]) -> str:
    """A shape as Keras prints it, unknown extents as `?`."""
    items = [str(dim) for dim in shape]
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def index_axis(axis: int, shape: Shape) -> int:
    """The axis counted from the front. Raises ShapeError when the shape has no such axis."""
    if not -len(shape) <= axis < len(shape):
        raise ShapeError(f"Axis {axis} is out of bounds for input shape {show(shape)}.")
    return axis % len(shape)


def defined(dim: Dim, shape: Shape) -> int | UnknownDim:
    """The extent of an axis that a weight hangs on. Raises ShapeError when it is free."""
    if dim is None:
        raise ShapeError(
            f"The axis that the layer's weights depend on must be defined. Found `None`. "
            f"Full input shape received: {show(shape)}"
        )
    return dim


def broadcast(first: Shape, second: Shape) -> Shape:
    """The shape of an elementwise operation on two tensors, as `keras.ops` computes it.

    Raises ShapeError when two extents do not go together.
    """
    rank = max(len(first), len(second))
    left = (1,) * (rank - len(first)) + first
    right = (1,) * (rank - len(second)) + second
    return tuple(_broadcast_dim(a, b, first, second) for a, b in zip(left, right, strict=True))


def _broadcast_dim(a: Dim, b: Dim, first: Shape, second: Shape) -> Dim:
    if a == 1:
        return b
    if b == 1 or a == b:
        return a
    if isinstance(a, UnknownDim) or isinstance(b, UnknownDim):
        return a if must_be_equal(a, b) else next((dim for dim in (a, b) if is_size(dim)), UNKNOWN_DIM)
    if a is None or b is None:
        return b if a is None else a
    raise ShapeError(
        f"Cannot broadcast shape, the failure dim has value {a}, which cannot be broadcasted to {b}. "
        f"Input shapes are: {show(first)} and {show(second)}."
    )
