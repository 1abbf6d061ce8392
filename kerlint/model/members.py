"""The layers that a model or a user's layer holds, in the order in which Keras lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kerlint.model.apply import ancestors
from kerlint.model.order import layers_in_order
from kerlint.model.sequential import is_input
from kerlint.model.states import LayerState, ModelState, NodeState, OperationState
from kerlint.python.values import DictValue, Instance, ListValue, OneOf, SetValue, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain


def members_of(domain: KerasDomain, state: LayerState) -> list[Value] | None:
    """`model.layers`; of a user's layer the layers that are its attributes. None when not all are known."""
    if not isinstance(state, ModelState):
        return None if state.instance is None else children_of(state.instance)
    if state.uncertain or len(state.variants) > 1 or state.kind == "application":
        return None
    if state.kind == "sequential":
        return [layer for layer in state.variants[0] if not is_input(layer)]
    if state.kind == "functional" and not is_settled(state):
        return None
    if state.kind == "functional":
        return [domain.instance_of(layer) for layer in layers_in_order(state)]
    return None if state.instance is None else children_of(state.instance)


def is_followed(nodes: list[NodeState], loops: tuple[int, ...]) -> bool:
    """Whether everything that went on between the ends of a graph is known, and each of it once."""
    for node in nodes:
        if node.opaque_inputs or (node.loop and node.loop not in loops):
            return False
        if isinstance(node.layer, OperationState) and node.layer.opaque:
            return False
    return True


def is_settled(state: ModelState, nodes: list[NodeState] | None = None) -> bool:
    """Whether all that leads to the outputs of a functional model is known; found once for the same ends.

    `nodes` are those between its ends, if they were found before.
    """
    ends = (state.inputs, state.outputs)
    if state.settled is None or state.settled[0] != ends:
        between = ancestors(state.outputs, state.inputs) if nodes is None else nodes
        state.settled = (ends, _is_settled(state, between))
    return state.settled[1]


def _is_settled(state: ModelState, nodes: list[NodeState]) -> bool:
    """Whether all that leads to the outputs of a functional model is known, back to its inputs."""
    ends = [tensor for node in nodes for tensor in node.edges if tensor.producer is None]
    ends += [tensor for tensor in state.outputs if tensor.producer is None]
    stop = {id(tensor) for tensor in state.inputs}
    loose = any(not tensor.constant and id(tensor) not in stop for tensor in ends)
    return not loose and is_followed(nodes, state.loops)


def children_of(instance: Instance) -> list[Value] | None:
    """The layers that are attributes of a user's model or layer, in the order they were set.

    None when there may be others: attributes that differ by path, containers of unknown length. Keras
    tracks a layer when it is set as an attribute or put into a list that is one.
    """
    if instance.open:
        return None
    native = instance.native
    times = native.tracked if isinstance(native, LayerState) else {}
    found: dict[int, tuple[int, Value]] = {}
    for name, value in instance.attributes.items():
        if _may_hide_layers(value):
            return None
        time = times.get(name, 0)
        for layer in _layers_in(value):
            later = time if layer is value else max(time, layer.serial)
            found.setdefault(id(layer), (later, layer))
    return [layer for _, layer in sorted(found.values(), key=lambda entry: entry[0])]


def _layers_in(value: Value) -> Iterator[Instance]:
    if isinstance(value, Instance):
        if isinstance(value.native, LayerState):
            yield value
    elif isinstance(value, ListValue | tuple | DictValue):
        for item in _items(value):
            yield from _layers_in(item)


def _items(value: Value) -> list[Value]:
    if isinstance(value, DictValue):
        return list(value.items.values())
    return list(value.items if isinstance(value, ListValue) else value)


def _may_hide_layers(value: Value) -> bool:
    """Whether layers may be in it that are not seen; a plain unknown value is taken for a number or the like."""
    if isinstance(value, OneOf):
        return any(_may_hide_layers(one) or any(_layers_in(one)) for one in value.alternatives)
    if isinstance(value, ListValue | DictValue):
        return value.open or any(_may_hide_layers(item) for item in _items(value))
    if isinstance(value, SetValue):
        return value.open
    return isinstance(value, tuple) and any(_may_hide_layers(item) for item in value)
