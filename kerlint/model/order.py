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
    inside = {id(node) for node in finished}
    depths: dict[int, int] = {}
    node_depths: dict[int, int] = {}
    by_identity = {id(node.layer): node.layer for node in finished}
    for node in reversed(finished):
        depth = max(node_depths.get(id(node), 0), depths.get(id(node.layer), 0))
        depths[id(node.layer)] = node_depths[id(node)] = depth
        for tensor in node.edges:
            if tensor.producer is not None and id(tensor.producer) in inside:
                above = id(tensor.producer)
                node_depths[above] = max(depth + 1, node_depths.get(above, 0))
    _add_unused_inputs(inputs, depths, met, by_identity)
    order = sorted(by_identity, key=lambda key: (-depths[key], met[key]))
    return [by_identity[key] for key in order]


def _add_unused_inputs(
    inputs: tuple[TensorValue, ...], depths: dict[int, int], met: dict[int, int], layers: dict[int, Layer]
) -> None:
    """Inputs that reach no output are listed last."""
    for tensor in inputs:
        node = tensor.producer
        if node is not None and not node.edges and id(node.layer) not in depths:
            depths[id(node.layer)], met[id(node.layer)] = 0, -1
            layers[id(node.layer)] = node.layer


def _walk(
    inputs: tuple[TensorValue, ...], outputs: tuple[TensorValue, ...]
) -> tuple[list[NodeState], dict[int, int]]:
    """Depth first from the outputs: the nodes as they are left, and when each layer was met first."""
    stop = {id(tensor) for tensor in inputs}
    left: list[NodeState] = []
    met: dict[int, int] = {}
    seen: set[int] = set()
    stack: list[tuple[TensorValue, NodeState | None]] = [(tensor, None) for tensor in reversed(outputs)]
    while stack:
        tensor, leaving = stack.pop()
        if leaving is not None:
            left.append(leaving)
            continue
        node = tensor.producer
        if node is None or id(node) in seen or (id(tensor) in stop and node.edges):
            continue
        seen.add(id(node))
        met.setdefault(id(node.layer), len(met))
        stack.append((tensor, node))
        stack += [(source, None) for source in reversed(node.edges)]
    return left, met
