"""Bare operations that compute: elementwise, reductions, products, lookups. One small function each: a call in, one shape per output out.

None inside the tuple is an unknown rank, None instead of it an unknown number of outputs.
"""

from __future__ import annotations

from functools import reduce as fold

from kerlint.keras_api.dims import (
    as_dim,
    broadcast,
    combine,
    index_axis,
    is_size,
    show,
)
from kerlint.keras_api.op_arguments import OpCall, Outputs, axes_of, literal_shape, of_first, reduced
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError
from kerlint.python.values import UNKNOWN, Value


def elementwise(call: OpCall) -> Outputs:
    """The shape of the first tensor."""
    return (call.first,)


def complex_pair(call: OpCall) -> Outputs:
    """Keras passes complex numbers as a pair of their real and imaginary parts."""
    if call.library != "keras" or len(call.inputs) != 2:
        return (None,)
    return (call.first, call.first)


def unknown_rank_kept(call: OpCall) -> Outputs:
    """Only the rank survives."""
    return (None if call.first is None else (UNKNOWN_DIM,) * len(call.first),)


def binary(call: OpCall) -> Outputs:
    """Operands broadcast; an operand that is neither tensor nor number leaves the shape open."""
    literals = [shape for shape in call.literals() if shape is not None]
    operands = _operand_count(call)
    shapes = [*call.inputs, *literals]
    if len(shapes) < operands or any(shape is None for shape in shapes):
        return (None,)
    return (fold(broadcast, [shape for shape in shapes if shape is not None]),)


_OPERANDS = ("condition", "x1", "x2", "x", "y", "a", "b", "0", "1", "2")


def _operand_count(call: OpCall) -> int:
    given = [name for name in _OPERANDS if name in call.arguments]
    return max(len(given), 2)


def _reduce(call: OpCall, shape: Shape, first_option: int = 1, default: Value = None) -> Shape | None:
    axis = call.get(first_option, "axis", "axes", "dim", "reduction_indices")
    axis = default if axis is None else axis
    keep = call.get(first_option + 1, "keepdims", "keep_dims", default=False)
    if not isinstance(keep, bool):
        return None
    axes = axes_of(axis)
    if axis is not None and axes is None:
        return (UNKNOWN_DIM,) * len(shape) if keep else None
    return reduced(shape, axes, keep)


def reduce(call: OpCall) -> Outputs:
    """Means, sums and their like over `axis`."""
    return of_first(_reduce)(call)


def arg_reduce(call: OpCall) -> Outputs:
    """Where the extremes are; TensorFlow takes the first axis where Keras takes all, its old backend the last."""
    default = {"tensorflow": 0, "backend": -1}.get(call.library)
    return of_first(lambda call, shape: _reduce(call, shape, default=default))(call)


def reduce_norm(call: OpCall) -> Outputs:
    """`norm(x, ord, axis, keepdims)`."""
    return of_first(lambda call, shape: _reduce(call, shape, 2))(call)


def moments(call: OpCall) -> Outputs:
    """Mean and variance over `axes`."""
    mean = reduce(call)[0] if "keepdims" in call.arguments or "axes" in call.arguments else None
    return (mean, mean)


def matmul(call: OpCall) -> Outputs:
    """Matrix products over the last two axes, leading axes broadcast."""
    transposed = any(call.arguments.get(name) not in (None, False) for name in ("transpose_a", "transpose_b"))
    if len(call.inputs) != 2 or transposed:
        return (None,)
    first, second = call.inputs
    if first is None or second is None or not first or not second:
        return (None,)
    left = (1, *first) if len(first) == 1 else first
    right = (*second, 1) if len(second) == 1 else second
    if is_size(left[-1]) and is_size(right[-2]) and left[-1] != right[-2]:
        raise ShapeError(
            "Inner dimensions (`x1.shape[-1]` and `x2.shape[-2]`) must be equal, but received "
            f"`x1.shape={show(first)}` and `x2.shape={show(second)}`."
        )
    rows, columns = left[-2:-1] if len(first) > 1 else (), right[-1:] if len(second) > 1 else ()
    return ((*broadcast(left[:-2], right[:-2]), *rows, *columns),)


def dot(call: OpCall) -> Outputs:
    """The product over the last axis of one and the second to last of the other."""
    if len(call.inputs) != 2:
        return (None,)
    first, second = call.inputs
    if first is None or second is None or len(first) < 1 or len(second) < 2:
        return (None,)
    if is_size(first[-1]) and is_size(second[-2]) and first[-1] != second[-2]:
        raise ShapeError(
            "Shape must match on the last axis of `x1` and second last axis of `x2`, but received "
            f"`x1.shape={show(first)}` and x2.shape=`{show(second)}`."
        )
    return ((*first[:-1], *second[:-2], second[-1]),)


def einsum(call: OpCall) -> Outputs:
    """Explicit equations without `...`: each output letter's extent is that of an input's."""
    equation = call.get(0, "subscripts", "equation", default=UNKNOWN)
    text = equation.replace(" ", "") if isinstance(equation, str) else ""
    left, arrow, right = text.partition("->")
    terms = left.split(",")
    if not arrow or "." in text or len(terms) != len(call.inputs):
        return (None,)
    extents: dict[str, list[Dim]] = {}
    for term, shape in zip(terms, call.inputs, strict=True):
        if shape is not None and len(term) != len(shape):
            raise ShapeError(f"The equation {equation!r} does not fit an input of shape {show(shape)}.")
        for letter, dim in zip(term, shape or (UNKNOWN_DIM,) * len(term), strict=True):
            extents.setdefault(letter, []).append(dim)
    return (tuple(_common(extents.get(letter, [UNKNOWN_DIM])) for letter in right),)


def _common(dims: list[Dim]) -> Dim:
    sizes = {dim for dim in dims if is_size(dim) and dim != 1}
    if len(sizes) > 1:
        raise ShapeError(f"Einsum operands disagree about an extent: {sorted(sizes)}")
    if sizes:
        return sizes.pop()
    return dims[0] if len(set(dims)) == 1 else UNKNOWN_DIM


def take(call: OpCall) -> Outputs:
    """Elements (or slices along an axis) by index."""
    position = 3 if call.library == "tensorflow" else 2
    axis = call.get(position, "axis", default=None if call.library == "keras" else 0)
    indices = (
        call.inputs[1] if len(call.inputs) > 1 else literal_shape(call.get(1, "indices", default=UNKNOWN))
    )
    if call.first is None or indices is None or not (axis is None or is_size(axis)):
        return (None,)
    if axis is None:
        return (indices,)
    position = index_axis(axis, call.first)
    return ((*call.first[:position], *indices, *call.first[position + 1 :]),)


@of_first
def one_hot(call: OpCall, shape: Shape) -> Shape | None:
    """A new axis of `num_classes`, the last unless said otherwise."""
    classes = as_dim(call.get(1, "num_classes", "depth", default=UNKNOWN))
    axis = call.get(4 if call.library == "tensorflow" else 2, "axis", default=-1)
    if not is_size(axis):
        return (UNKNOWN_DIM,) * (len(shape) + 1)
    position = index_axis(axis, (*shape, None))
    return (*shape[:position], classes, *shape[position:])


def top_k(call: OpCall) -> Outputs:
    """Values and indices of the k largest along the last axis."""
    if not call.first:
        return (None, None)
    found = (*call.first[:-1], as_dim(call.get(1, "k", default=1)))
    return (found, found)


@of_first
def glu(call: OpCall, shape: Shape) -> Shape | None:
    """Half of an axis gates the other half."""
    axis = call.get(1, "axis", default=-1)
    if not is_size(axis):
        return (UNKNOWN_DIM,) * len(shape)
    position = index_axis(axis, shape)
    return (*shape[:position], combine(lambda n: n // 2, shape[position]), *shape[position + 1 :])
