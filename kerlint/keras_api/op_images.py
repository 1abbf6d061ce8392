"""Bare operations on images. One small function each: a call in, one shape per output out.

None inside the tuple is an unknown rank, None instead of it an unknown number of outputs.
"""

from __future__ import annotations

from kerlint.keras_api.convolution import window_extent
from kerlint.keras_api.dims import (
    as_dim,
    as_dims,
    combine,
    is_size,
    multiply,
    show,
)
from kerlint.keras_api.op_arguments import OpCall, dims_of, of_first
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape, ShapeError
from kerlint.python.values import UNKNOWN, is_known


@of_first
def resize(call: OpCall, shape: Shape) -> Shape | None:
    """Images brought to `size`."""
    size = dims_of(call.get(1, "size", default=UNKNOWN))
    if size is None or len(size) != 2 or call.get(99, "preserve_aspect_ratio", default=False) is not False:
        size = (UNKNOWN_DIM, UNKNOWN_DIM)
    if len(shape) not in (3, 4):
        raise ShapeError(f"Images must have rank 3 or 4. Received: {show(shape)}")
    layout = call.get(99, "data_format")
    if not is_known(layout):
        return (UNKNOWN_DIM,) * len(shape)
    first = len(shape) - (2 if layout == "channels_first" else 3)
    return (*shape[:first], *size, *shape[first + 2 :])


@of_first
def resize_images(call: OpCall, shape: Shape) -> Shape | None:
    """The old backend's: sides multiplied by factors."""
    factors = as_dim(call.get(1, "height_factor")), as_dim(call.get(2, "width_factor"))
    layout = call.get(3, "data_format", default="channels_last")
    if len(shape) != 4 or layout not in ("channels_last", "channels_first"):
        return None
    first = 2 if layout == "channels_first" else 1
    sides = (multiply(shape[first], factors[0]), multiply(shape[first + 1], factors[1]))
    return (*shape[:first], *sides, *shape[first + 2 :])


@of_first
def space_to_depth(call: OpCall, shape: Shape) -> Shape | None:
    """Blocks of pixels into channels."""
    return _blocks(call, shape, grow=False)


@of_first
def depth_to_space(call: OpCall, shape: Shape) -> Shape | None:
    """Channels into blocks of pixels."""
    return _blocks(call, shape, grow=True)


def _blocks(call: OpCall, shape: Shape, *, grow: bool) -> Shape | None:
    block = as_dim(call.get(1, "block_size", default=UNKNOWN))
    if len(shape) != 4 or "data_format" in call.arguments:
        return None
    up, down = (lambda n, b: n * b), (lambda n, b: n // b)
    side, channel = (up, lambda n, b: n // b // b) if grow else (down, lambda n, b: n * b * b)
    return (
        shape[0],
        combine(side, shape[1], block),
        combine(side, shape[2], block),
        combine(channel, shape[3], block),
    )


@of_first
def grayscale(call: OpCall, shape: Shape) -> Shape | None:
    """One channel, the last axis unless `data_format` says otherwise."""
    return None if call.get(99, "data_format") not in (None, "channels_last") else (*shape[:-1], 1)


@of_first
def to_rgb(call: OpCall, shape: Shape) -> Shape:
    """Three channels."""
    return (*shape[:-1], 3)


@of_first
def extract_patches(call: OpCall, shape: Shape) -> Shape | None:
    """Patches of `size` (TensorFlow: `sizes` with batch and channels), their elements side by side."""
    if call.library == "keras":
        size = call.get(1, "size")
        strides = call.get(2, "strides")
        sides = (size, size) if is_size(size) else size
        steps = sides if strides is None else (strides, strides) if is_size(strides) else strides
        padding = call.get(4, "padding", default="valid")
    else:
        sizes, strides = call.get(1, "sizes"), call.get(2, "strides")
        sides = sizes[1:3] if isinstance(sizes, tuple) else sizes
        steps = strides[1:3] if isinstance(strides, tuple) else strides
        padding = call.get(4, "padding")
    plain = call.get(3, "dilation_rate", "rates", default=1) in (1, (1, 1), (1, 1, 1, 1))
    if len(shape) != 4 or call.get(5, "data_format") not in (None, "channels_last"):
        return None
    rows, columns = as_dims(sides, 2)
    down, right = as_dims(steps, 2)
    if not plain or not isinstance(padding, str):
        return (shape[0], UNKNOWN_DIM, UNKNOWN_DIM, multiply(rows, columns, shape[3]))
    padding = padding.lower()
    height = window_extent(shape[1], rows, down, 1, padding)
    width = window_extent(shape[2], columns, right, 1, padding)
    return (shape[0], height, width, multiply(rows, columns, shape[3]))
