"""The calls of a layer that count for its table: one decides, unless others exclude it.

A layer called on tensors that differ between paths has a call on each. It is one layer to all that look at
it, so what these calls do not agree on is not known.
"""

from __future__ import annotations

from kerlint.keras_api.dims import join_shapes
from kerlint.keras_api.shapes import Shape, UnknownDim
from kerlint.model.facts import exclude_each_other
from kerlint.model.states import LayerState, NodeState


def last_shapes(state: LayerState) -> tuple[Shape | None, ...]:
    """What the last call gave, as `summary()` prints it; calls inside other layers only where no other is."""
    calls = state.calls
    if len(calls) == 1:
        return shapes_of(calls[0])
    calls = [node for node in calls if node.symbolic] or calls
    if not calls:
        return ()
    shapes = [shapes_of(calls[-1]), *map(shapes_of, rivals(calls, calls[-1]))]
    if len(shapes) == 1:
        return shapes[0]
    if any(len(one) != len(shapes[0]) for one in shapes):
        return (None,) * len(shapes[0])
    return tuple(join_shapes(column) for column in zip(*shapes, strict=True))


def shapes_of(node: NodeState) -> tuple[Shape | None, ...]:
    """The shapes that a call gave."""
    return tuple([tensor.keras_shape for tensor in node.outputs])


def rivals(calls: list[NodeState], chosen: NodeState) -> list[NodeState]:
    """The calls that happen only where the chosen one does not."""
    path = chosen.path
    return [node for node in calls if node.path != path and exclude_each_other(node.path, path)]


def is_settled_call(node: NodeState) -> bool:
    """Whether a call was followed, on inputs whose shapes are known."""
    if node.inner is None:
        return False
    return all(_is_known(tensor.keras_shape) for tensor in node.inner.inputs)


def _is_known(shape: Shape | None) -> bool:
    return shape is not None and not any(isinstance(dim, UnknownDim) for dim in shape[1:])
