"""What `model.summary()` lists: operations in order, and the connections between them.

Source: `print_summary` in keras/src/utils/summary_utils.py; held by tests/oracle/test_summary.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter

from kerlint.keras_api.dims import plain_shape
from kerlint.model.facts import Link, Listing, Operation
from kerlint.model.order import Layer, order_of
from kerlint.model.states import LayerState, ModelState, NodeState, OperationState, TensorValue

MakesOperation = Callable[[Layer], Operation]
MOST_LEVELS = 8
"""Calls within calls that are listed."""


def listing_of(
    state: ModelState, nodes: list[NodeState], layers: tuple[Operation, ...], operation_of: MakesOperation
) -> Listing:
    """The listing of a model with these nodes and layers; Keras shows the masks it makes, too."""
    nodes = _with_masks(nodes)
    shaped = _with_shapes(nodes, operation_of)
    sources, inside = _sources(nodes, shaped), _inside(nodes, operation_of)
    if state.kind != "functional":
        return Listing(layers, sources, inside=inside)
    listed = tuple([shaped(layer) for layer in order_of(state)])
    return Listing(listed, sources, _is_chain(state, nodes), inside)


def _sources(nodes: list[NodeState], shaped: MakesOperation) -> dict[int, tuple[Link, ...]]:
    sources: dict[int, tuple[Link, ...]] = {}
    for node in nodes:
        links = [
            _link(tensor, tensor.producer, shaped) for tensor in node.edges if tensor.producer is not None
        ]
        before = sources.get(node.layer.serial)
        sources[node.layer.serial] = tuple(links) if before is None else (*before, *links)
    return sources


def _inside(nodes: list[NodeState], operation_of: MakesOperation, depth: int = 0) -> dict[int, Listing]:
    """What goes on in the calls among these nodes, in order of application."""
    found: dict[int, Listing] = {}
    for node in nodes:
        if node.inner is None or depth >= MOST_LEVELS:
            continue
        inner = sorted(node.inner.nodes, key=lambda one: one.index)
        shaped = _with_shapes(inner, operation_of, of_layers=True)
        operations = {one.layer.serial: shaped(one.layer) for one in inner}
        below = _inside(inner, operation_of, depth + 1)
        found[node.layer.serial] = Listing(tuple(operations.values()), _sources(inner, shaped), inside=below)
    return found


def _with_shapes(
    nodes: list[NodeState], operation_of: MakesOperation, *, of_layers: bool = False
) -> MakesOperation:
    """The facts of operations: bare ones, and if wanted layers too, with the shapes they give here."""
    given = {
        node.layer.serial: node.outputs
        for node in nodes
        if of_layers or isinstance(node.layer, OperationState)
    }
    if not given:
        return operation_of

    def shaped(layer: Layer) -> Operation:
        made = operation_of(layer)
        outputs = given.get(layer.serial, ())
        return (
            replace(made, outputs=tuple(plain_shape(tensor.keras_shape) for tensor in outputs))
            if outputs
            else made
        )

    return shaped


def _with_masks(nodes: list[NodeState]) -> list[NodeState]:
    """The nodes, and the hidden ones that make the masks which go into them."""
    found = set(nodes)
    waiting = list(nodes)
    while waiting:
        for tensor in waiting.pop().edges:
            producer = tensor.producer
            if producer is not None and producer.is_hidden and producer not in found:
                found.add(producer)
                waiting.append(producer)
    return sorted(found, key=attrgetter("index"))


def _link(tensor: TensorValue, node: NodeState, operation_of: MakesOperation) -> Link:
    output = 0
    if len(node.outputs) > 1:
        output = next((index for index, one in enumerate(node.outputs) if one is tensor), 0)
    return Link(operation_of(node.layer), _call_number(node), output)


def _call_number(node: NodeState) -> int:
    """Which of the calls of its layer that made a node of a graph it is."""
    if not isinstance(node.layer, LayerState):
        return 0
    if len(node.layer.calls) == 1:
        return 0
    calls = [call for call in node.layer.calls if call.symbolic]
    return next((index for index, call in enumerate(calls) if call is node), 0)


def _is_chain(state: ModelState, nodes: list[NodeState]) -> bool:
    """Whether each node takes one tensor, feeds one node, and is its layer's only one."""
    if len(state.inputs) != 1 or any(len(node.edges) > 1 for node in nodes):
        return False
    taken = [tensor.producer for node in nodes for tensor in node.edges]
    return len(set(taken)) == len(taken) and len({node.layer.serial for node in nodes}) == len(nodes)
