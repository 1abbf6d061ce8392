"""Bare operations that move, join, cut or pad. One small function each: a call in, one shape per output out.

None inside the tuple is an unknown rank, None instead of it an unknown number of outputs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kerlint.keras_api.dims import (
    add,
    as_dim,
    broadcast,
    combine,
    index_axis,
    is_size,
    multiply,
    show,
    size_of,
)
from kerlint.keras_api.merging import concatenate as concatenated
from kerlint.keras_api.op_arguments import OpCall, Outputs, axes_of, dims_of, of_first, reduced
from kerlint.keras_api.reshaping import reshape
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError, UnknownDim
from kerlint.python.values import UNKNOWN, Value, is_known


def concatenate(call: OpCall) -> Outputs:
    """Tensors end to end, along the first axis (the old backend: the last) unless said otherwise."""
    axis = call.get(1, "axis", default=-1 if call.library == "backend" else 0)
    return (concatenated(axis, call.inputs),)


def stack(call: OpCall) -> Outputs:
    """Tensors side by side along a new axis."""
    axis = call.get(1, "axis", default=0)
    shapes = [shape for shape in call.inputs if shape is not None]
    if not shapes:
        return (None,)
    first = shapes[0]
    if any(len(shape) != len(first) for shape in shapes):
        raise ShapeError(
            f"Every value in `x` must have the same shape. Received: {[show(s) for s in shapes]}"
        )
    if not is_size(axis):
        return ((UNKNOWN_DIM,) * (len(first) + 1),)
    position = index_axis(axis, (*first, None))
    return ((*first[:position], len(call.inputs), *first[position:]),)


@of_first
def reshape_op(call: OpCall, shape: Shape) -> Shape | None:
    """`reshape(x, newshape)`, batch axis included."""
    target = dims_of(call.get(1, "newshape", "shape", default=UNKNOWN))
    if target is None:
        return None
    return reshape(shape, target, "newshape")


@of_first
def batch_flatten(call: OpCall, shape: Shape) -> Shape | None:
    """All but the first axis in one."""
    return (shape[0], size_of(shape[1:])) if shape else None


@of_first
def ravel(call: OpCall, shape: Shape) -> Shape:
    """All axes in one."""
    return (size_of(shape),)


@of_first
def transpose(call: OpCall, shape: Shape) -> Shape:
    """Axes permuted, reversed where nothing is said."""
    axes = call.get(1, "axes", "perm", "pattern")
    if axes is None:
        return shape[::-1]
    order = axes_of(axes)
    if order is None:
        return (UNKNOWN_DIM,) * len(shape)
    positions = [index_axis(axis, shape) for axis in order]
    if sorted(positions) != list(range(len(shape))):
        raise ShapeError(
            f"axis must be a permutation of the input's axes. Received: axes={axes}, {show(shape)}"
        )
    return tuple(shape[position] for position in positions)


@of_first
def expand_dims(call: OpCall, shape: Shape) -> Shape | None:
    """A new axis of extent 1 (or several)."""
    axes = axes_of(call.get(1, "axis", default=-1))
    if axes is None:
        return None
    rank = len(shape) + len(axes)
    new = {index_axis(axis, (None,) * rank) for axis in axes}
    old = iter(shape)
    return tuple(1 if position in new else next(old) for position in range(rank))


@of_first
def squeeze(call: OpCall, shape: Shape) -> Shape | None:
    """Axes of extent 1 dropped."""
    axis = call.get(1, "axis", "squeeze_dims")
    if axis is None:
        known = all(not isinstance(dim, UnknownDim) for dim in shape)
        return tuple(dim for dim in shape if dim != 1) if known else None
    axes = axes_of(axis)
    if axes is None:
        return None
    for position in axes:
        dim = shape[index_axis(position, shape)]
        if is_size(dim) and dim != 1:
            raise ShapeError(f"Cannot squeeze axis {position}, because the dimension is not 1.")
    return reduced(shape, axes, False)


@of_first
def swapaxes(call: OpCall, shape: Shape) -> Shape:
    """Two axes exchanged."""
    first, second = call.get(1, "axis1"), call.get(2, "axis2")
    if not is_size(first) or not is_size(second):
        return (UNKNOWN_DIM,) * len(shape)
    order = list(range(len(shape)))
    a, b = index_axis(first, shape), index_axis(second, shape)
    order[a], order[b] = b, a
    return tuple(shape[position] for position in order)


@of_first
def moveaxis(call: OpCall, shape: Shape) -> Shape:
    """Some axes taken elsewhere, the others in their order."""
    source, target = axes_of(call.get(1, "source")), axes_of(call.get(2, "destination"))
    if source is None or target is None or len(source) != len(target):
        return (UNKNOWN_DIM,) * len(shape)
    moved = {index_axis(t, shape): index_axis(s, shape) for s, t in zip(source, target, strict=True)}
    rest = iter([position for position in range(len(shape)) if position not in moved.values()])
    return tuple(shape[moved[i] if i in moved else next(rest)] for i in range(len(shape)))


@of_first
def broadcast_to(call: OpCall, shape: Shape) -> Shape | None:
    """The given shape."""
    target = dims_of(call.get(1, "shape", default=UNKNOWN))
    if target is not None:
        broadcast(shape, target)
    return target


@of_first
def tile(call: OpCall, shape: Shape) -> Shape | None:
    """The tensor repeated along each axis."""
    repeats = dims_of(call.get(1, "repeats", "multiples", "n", default=UNKNOWN))
    if repeats is None:
        return None
    rank = max(len(shape), len(repeats))
    sizes, times = (1,) * (rank - len(shape)) + shape, (1,) * (rank - len(repeats)) + repeats
    return tuple(multiply(*pair) for pair in zip(sizes, times, strict=True))


@of_first
def repeat(call: OpCall, shape: Shape) -> Shape | None:
    """Each element repeated along one axis; the old backend's makes a sequence of a vector."""
    if call.library == "backend" and "axis" not in call.arguments and len(shape) == 2:
        return (shape[0], as_dim(call.get(1, "n", default=UNKNOWN)), shape[1])
    times, axis = call.get(1, "repeats", "rep"), call.get(2, "axis")
    number = as_dim(times) if is_size(times) or not is_known(times) else UNKNOWN_DIM
    if axis is None:
        return (multiply(size_of(shape), number),)
    if not is_known(axis):
        return None
    if not is_size(axis):
        return (UNKNOWN_DIM,) * len(shape)
    position = index_axis(axis, shape)
    return (*shape[:position], multiply(shape[position], number), *shape[position + 1 :])


@of_first
def pad(call: OpCall, shape: Shape) -> Shape:
    """Borders added: one pair for all axes, or a pair per axis."""
    widths = call.get(1, "pad_width", "paddings", default=UNKNOWN)
    if is_size(widths):
        widths = ((widths, widths),)
    if not isinstance(widths, tuple):
        return (UNKNOWN_DIM,) * len(shape)
    if len(widths) == 2 and all(is_size(item) for item in widths):
        widths = (widths,)
    pairs = widths * len(shape) if len(widths) == 1 else widths
    if len(pairs) != len(shape):
        raise ShapeError(
            f"`pad_width` must have the same length as `x.shape`. Received: pad_width={widths} and {show(shape)}"
        )
    return tuple(add(dim, *_pair(pair)) for dim, pair in zip(shape, pairs, strict=True))


def _pair(value: Value) -> Sequence[Dim]:
    pair = dims_of(value)
    if pair is None or len(pair) > 2:
        return (UNKNOWN_DIM,)
    return pair * 2 if len(pair) == 1 else pair


def split_op(call: OpCall) -> Outputs | None:
    """Keras splits at indices, TensorFlow into sizes; both into a number of equal parts."""
    how = call.get(1, "indices_or_sections", "num_or_size_splits", default=UNKNOWN)
    axis = call.get(2, "axis", default=0)
    if is_size(how):
        count = how
    elif isinstance(how, tuple):
        count = len(how) + (call.library == "keras")
    else:
        return None
    if call.first is None:
        return (None,) * count
    if not is_size(axis):
        return ((UNKNOWN_DIM,) * len(call.first),) * count
    position = index_axis(axis, call.first)
    extents = _parts(call.first[position], how, by_index=call.library == "keras")
    return tuple((*call.first[:position], part, *call.first[position + 1 :]) for part in extents)


def _parts(size: Dim, how: int | tuple[Value, ...], *, by_index: bool) -> list[Dim]:
    if isinstance(how, int):
        if is_size(size) and (how <= 0 or size % how):
            raise ShapeError(
                f"`x` size on the split axis must be divisible by the number of parts: {size}, {how}"
            )
        return [combine(lambda number: number // how, size)] * how
    marks = [as_dim(item) for item in how]
    if not by_index:
        return [UNKNOWN_DIM if mark == -1 else mark for mark in marks]
    edges: list[Dim] = [0, *marks, size]
    return [combine(lambda low, high: high - low, low, high) for low, high in pairwise(edges)]


def unstack(call: OpCall) -> Outputs | None:
    """One tensor per position along an axis."""
    number, axis = call.get(1, "num"), call.get(2, "axis", default=0)
    if call.first is None or not is_size(axis):
        return None
    position = index_axis(axis, call.first)
    count = call.first[position] if number is None else as_dim(number)
    if not is_size(count):
        return None
    return (reduced(call.first, (position,), False),) * count


def get_item(call: OpCall) -> Outputs:
    """Basic indexing: integers, slices, new axes and an ellipsis."""
    return of_first(_indexed)(call)


def _indexed(call: OpCall, shape: Shape) -> Shape | None:
    key = call.get(1, "key", default=UNKNOWN)
    parts = list(key) if isinstance(key, tuple) else [key]
    if not all(
        item is None or item is Ellipsis or is_size(item) or isinstance(item, slice) for item in parts
    ):
        return None
    if not any(item is Ellipsis for item in parts):
        parts.append(Ellipsis)
    taken = sum(item is not None and item is not Ellipsis for item in parts)
    if taken > len(shape):
        raise ShapeError(f"Array has shape {show(shape)} but slice has too many indices. Received: `{key}`")
    result: list[Dim] = []
    position = 0
    for item in parts:
        if item is None:
            result.append(1)
        elif item is Ellipsis:
            result += shape[position : position + len(shape) - taken]
            position += len(shape) - taken
        else:
            result += _picked(shape[position], item, shape)
            position += 1
    return tuple(result)


def _picked(dim: Dim, item: int | slice, shape: Shape) -> tuple[Dim, ...]:
    if isinstance(item, int):
        if is_size(dim) and not -dim <= item < dim:
            raise ShapeError(f"Array has shape {show(shape)} but out-of-bounds index {item} was requested.")
        return ()
    edges = (item.start, item.stop, item.step)
    if edges == (None, None, None):
        return (dim,)
    if not is_size(dim) or not all(edge is None or is_size(edge) for edge in edges):
        return (None if dim is None else UNKNOWN_DIM,)
    return (len(range(*item.indices(dim))),)
