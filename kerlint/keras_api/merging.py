"""Layers that merge several tensors."""

from __future__ import annotations

from collections.abc import Sequence

from kerlint.keras_api.dims import add, as_dim, index_axis, is_size, show
from kerlint.keras_api.layer_rule import Config, ConfigError, LayerRule, Shapes
from kerlint.keras_api.resolve import is_plain
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError, UnknownDim
from kerlint.keras_api.sizes import must_be_equal
from kerlint.python.values import UNKNOWN, Value


def _show_all(shapes: Sequence[Shape]) -> str:
    return f"[{', '.join(show(shape) for shape in shapes)}]"


def _known(inputs: Shapes) -> list[Shape]:
    return [shape for shape in inputs if shape is not None]


def _merge_dim(a: Dim, b: Dim, first: Shape, second: Shape) -> Dim:
    if a is None or b is None:
        return None
    if a == 1:
        return b
    if b == 1 or a == b:
        return a
    if isinstance(a, UnknownDim) or isinstance(b, UnknownDim):
        return a if must_be_equal(a, b) else UNKNOWN_DIM
    raise ShapeError(f"Inputs have incompatible shapes. Received shapes {show(first)} and {show(second)}")


def _merge_pair(first: Shape, second: Shape) -> Shape:
    if len(first) < len(second):
        first, second = second, first
    lead = len(first) - len(second)
    tail = (_merge_dim(a, b, first, second) for a, b in zip(first[lead:], second, strict=True))
    return (*first[:lead], *tail)


def _batch(shapes: Sequence[Shape]) -> Dim:
    sizes = {shape[0] for shape in shapes if shape}
    numbers = {size for size in sizes if isinstance(size, int)}
    if len(numbers) > 1:
        raise ShapeError(
            f"Cannot merge tensors with different batch sizes. Received tensors with shapes {_show_all(shapes)}"
        )
    if numbers:
        return numbers.pop()
    return None if sizes == {None} else UNKNOWN_DIM


def _elementwise(config: Config, inputs: Shapes) -> Shapes:
    shapes = _known(inputs)
    batch = _batch(shapes)
    if not shapes:
        return (None,)
    merged = shapes[0][1:]
    for shape in shapes[1:]:
        merged = _merge_pair(merged, shape[1:])
    return ((batch, *merged),) if len(shapes) == len(inputs) else (None,)


def _subtract(config: Config, inputs: Shapes) -> Shapes:
    _require_two(inputs, "Subtract")
    return _elementwise(config, inputs)


def _require_two(inputs: Shapes, name: str) -> None:
    if len(inputs) != 2:
        raise ShapeError(
            f"A `{name}` layer should be called on exactly 2 inputs. Received: {len(inputs)} inputs"
        )


def concatenate(axis: Value, inputs: Shapes) -> Shape | None:
    """The inputs laid end to end. Raises ShapeError when another axis differs."""
    known = _known(inputs)
    if not known:
        return None
    rank = len(known[0])
    if any(len(shape) != rank for shape in known):
        raise _mismatch(known)
    shapes = [(UNKNOWN_DIM,) * rank if shape is None else shape for shape in inputs]
    if not is_size(axis):
        return _concatenated_somewhere(shapes)
    if len(shapes) == 1 and axis >= rank:
        return shapes[0]
    position = index_axis(axis, shapes[0])
    for other in range(rank):
        sizes = {shape[other] for shape in shapes if isinstance(shape[other], int)}
        if other != position and len(sizes) > 1:
            raise _mismatch(shapes)
    result = list(shapes[0])
    result[position] = add(*(shape[position] for shape in shapes))
    return tuple(result)


def _concatenated_somewhere(shapes: Sequence[Shape]) -> Shape:
    if len(shapes) == 1:
        return shapes[0]
    return tuple(None if dim is None else UNKNOWN_DIM for dim in shapes[0])


def _mismatch(shapes: Sequence[Shape]) -> ShapeError:
    return ShapeError(
        "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. "
        f"Received: input_shape={_show_all(shapes)}"
    )


def _concatenate(config: Config, inputs: Shapes) -> Shapes:
    return (concatenate(config["axis"], inputs),)


def _dot(config: Config, inputs: Shapes) -> Shapes:
    _require_two(inputs, "Dot")
    first, second = inputs
    axes = config["axes"]
    if first is None or second is None or not (is_size(axes) or isinstance(axes, tuple)):
        return (None,)
    pair = axes if isinstance(axes, tuple) else (axes, axes)
    if not all(is_size(axis) for axis in pair):
        rank = len(first) + len(second) - 3
        return ((UNKNOWN_DIM,) * max(rank, 2),)
    left, right = (index_axis(axis, shape) for axis, shape in zip(pair, (first, second), strict=True))
    a, b = first[left], second[right]
    if a != b and not isinstance(a, UnknownDim) and not isinstance(b, UnknownDim):
        raise ShapeError(
            f"Incompatible input shapes: axis values {a} (at axis {left}) != {b} (at axis {right}). "
            f"Full input shapes: {show(first)}, {show(second)}"
        )
    if len(second) == 1:
        raise ShapeError(f"Dot needs a batch axis. Received: {show(first)}, {show(second)}")
    rest = (second[:right] + second[right + 1 :])[1:]
    result = first[:left] + first[left + 1 :] + rest
    return (result if len(result) != 1 else (*result, 1),)


def _configure_dot(config: dict[str, Value]) -> None:
    axes = config.get("axes", UNKNOWN)
    faulty = isinstance(axes, tuple) and (len(axes) != 2 or any(is_plain(a) and not is_size(a) for a in axes))
    if faulty or (is_plain(axes) and not is_size(axes)):
        raise ConfigError(
            f"Invalid format for argument `axes`: it should be an int or two. Received: axes={axes}"
        )


def _configure_concatenate(config: dict[str, Value]) -> None:
    axis = config.get("axis", UNKNOWN)
    config["axis"] = axis if as_dim(axis) is axis else UNKNOWN


_ELEMENTWISE = LayerRule(shape=_elementwise, arity=None, any_rank=True)

RULES = {
    **dict.fromkeys(("Add", "Multiply", "Average", "Maximum", "Minimum"), _ELEMENTWISE),
    "Subtract": LayerRule(shape=_subtract, arity=None, any_rank=True),
    "Concatenate": LayerRule(shape=_concatenate, configure=_configure_concatenate, arity=None, any_rank=True),
    "Dot": LayerRule(shape=_dot, configure=_configure_dot, arity=None, any_rank=True),
}
