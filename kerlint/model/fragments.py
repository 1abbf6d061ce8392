"""Layer applications outside any model: the bodies of block functions and layers that nobody called."""

from __future__ import annotations

from kerlint.model.states import LayerState, NodeState


def fragments(nodes: list[NodeState], owned: set[int]) -> list[list[NodeState]]:
    """Connected groups of nodes that are part of no model (by `id` in `owned`) and inside no traced call."""
    inside = {id(inner) for node in nodes if node.inner is not None for inner in node.inner.nodes}
    groups: dict[int, list[NodeState]] = {}
    home_of: dict[int, int] = {}
    for node in nodes:
        if id(node) in inside or id(node) in owned:
            continue
        tensors = (*node.inputs, *node.outputs)
        around = {home_of[id(tensor)] for tensor in tensors if id(tensor) in home_of}
        home = min(around, default=node.index)
        members = [node]
        for other in sorted(around - {home}):
            members += groups.pop(other)
        groups.setdefault(home, []).extend(members)
        for member in members:
            home_of.update({id(tensor): home for tensor in (*member.inputs, *member.outputs)})
    return [group for group in groups.values() if any(isinstance(node.layer, LayerState) for node in group)]
