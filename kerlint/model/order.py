"""`model.layers` in Keras's own order.

By falling depth, where the depth of a layer is its longest distance to an output; within one depth by the
order in which a depth-first walk from the outputs meets the layers. Source: `map_graph` in
keras/src/ops/function.py; held by the oracle tests.
"""

from __future__ import annotations

from kerlint.model.states import LayerState, ModelState, NodeState, OperationState, TensorValue

Layer = LayerState | OperationState


def layers_in_order(state: ModelState) -> list[LayerState]:
    """The layers of a functional model as `model.layers` lists them."""
    return [layer for layer in order_of(state) if isinstance(layer, LayerState)]


def order_of(state: ModelState) -> list[Layer]:
    """All layers and operations of a functional model in order; found once for the same ends."""
    ends = (state.inputs, state.outputs)
    if state.ordered is None or state.ordered[0] != ends:
        state.ordered = (ends, in_order(*ends))
    return state.ordered[1]


def in_order(inputs: tuple[TensorValue, ...], outputs: tuple[TensorValue, ...]) -> list[Layer]:
    """All layers and operations between `inputs` and `outputs`, by depth."""
    finished, met = _walk(inputs, outputs)
    inside = set(finished)
    depths: dict[Layer, int] = {}
    node_depths = dict.fromkeys(finished, 0)
    for node in reversed(finished):
        depth = max(node_depths[node], depths.get(node.layer, 0))
        depths[node.layer] = node_depths[node] = depth
        for tensor in node.edges:
            above = tensor.producer
            if above in inside and node_depths[above] <= depth:
                node_depths[above] = depth + 1
    _add_unused_inputs(inputs, depths, met)
    return sorted(depths, key=lambda layer: (-depths[layer], met[layer]))


def _add_unused_inputs(
    inputs: tuple[TensorValue, ...], depths: dict[Layer, int], met: dict[Layer, int]
) -> None:
    """Inputs that reach no output are listed last."""
    for tensor in inputs:
        node = tensor.producer
        if node is not None and not node.edges and node.layer not in depths:
            depths[node.layer], met[node.layer] = 0, -1


def _walk(
    inputs: tuple[TensorValue, ...], outputs: tuple[TensorValue, ...]
) -> tuple[list[NodeState], dict[Layer, int]]:
    """Depth first from the outputs: the nodes as they are left, and when each layer was met first."""
    stop = set(inputs)
    left: list[NodeState] = []
    met: dict[Layer, int] = {}
    seen: set[NodeState] = set()
    stack: list[TensorValue | NodeState] = [*reversed(outputs)]
    while stack:
        item = stack.pop()
        if isinstance(item, NodeState):
            left.append(item)
            continue
        node = item.producer
        if node is None or node in seen or (item in stop and node.edges):
            continue
        seen.add(node)
        met.setdefault(node.layer, len(met))
        stack.append(node)
        stack += reversed(node.edges)
    return left, met
