"""A Sequential: its input, its graph, and the names Keras 3 takes while it is put together.

Keras builds a Functional anew at every `add` once the input is known, and makes an InputLayer where nobody
gave one (`Sequential.add` and `build` in keras/src/models/sequential.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.shapes import Shape
from kerlint.model.apply import apply_operation, call_layer
from kerlint.model.naming import consume, generated
from kerlint.model.states import LayerState, ModelState, SequentialGraph, TensorValue
from kerlint.model.told_shapes import told_shape
from kerlint.python.arguments import Arguments
from kerlint.python.values import Instance, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place


def input_tensor(
    domain: KerasDomain, shape: Shape | None, name: str | None, place: Place, site: CallSite | None = None
) -> TensorValue:
    """The output of a new InputLayer."""
    state = LayerState("keras.layers.InputLayer", "InputLayer", place)
    state.site = site
    state.name = name
    state.instance = Instance(Symbol(state.symbol), state)
    with domain.tracing(inside=False):
        node = domain.node(state, (), place)
    node.outputs = (TensorValue(shape, node),)
    state.calls.append(node)
    return node.outputs[0]


def is_input(layer: Value) -> bool:
    """Whether an item of a Sequential is its Input: a tensor of one, or an InputLayer object."""
    if isinstance(layer, TensorValue):
        return True
    return (
        isinstance(layer, Instance)
        and isinstance(layer.native, LayerState)
        and layer.native.symbol == "keras.layers.InputLayer"
    )


def run_sequential(domain: KerasDomain, layers: list[Value], tensor: Value, place: Place) -> Value:
    """The layers on a tensor; what is not known to be a layer is an opaque operation."""
    current = tensor
    for layer in layers:
        if is_input(layer):
            continue
        if isinstance(layer, Instance) and isinstance(layer.native, LayerState):
            current = call_layer(domain, layer, Arguments.of(current), layer.native.place)
        else:
            current = apply_operation(domain, "unknown", Arguments.of(current), place, opaque=True)
    return current


def sequential_graph(domain: KerasDomain, state: ModelState, layers: list[Value]) -> SequentialGraph:
    """The graph of these layers, made once; calls inside do not belong to any outer trace."""
    start = start_of(domain, state, layers)
    key = (id(start), *(id(layer) for layer in layers))
    known = state.ends.get(key)
    if known is not None:
        return known
    first = start if start is not None else TensorValue(None)
    with domain.tracing(inside=start is None) as nodes:
        result = run_sequential(domain, layers, first, state.place)
    outputs = (result,) if isinstance(result, TensorValue) else ()
    complete = bool(outputs) and not any(isinstance(layer, Unknown) for layer in layers)
    made = SequentialGraph(layers[:], (first,), outputs, nodes, complete)
    state.ends[key] = made
    return made


# The input


def start_of(domain: KerasDomain, state: ModelState, layers: list[Value]) -> TensorValue | None:
    """The tensor that data enters by: given, told by the first layer, or known since a call; else None.

    Each model keeps its own, whatever is added later.
    """
    if not layers:
        return None
    first = layers[0]
    if isinstance(first, TensorValue):
        return first
    if not (isinstance(first, Instance) and isinstance(first.native, LayerState)):
        return None
    if is_input(first):
        return _given_input(domain, first.native)
    known = state.starts.get(id(first))
    if known is None:
        shape = told_shape(domain, first.native)
        if shape is None and len(layers) > 1:
            shape = _nested_shape(domain, first.native)
        if shape is None:
            shape = state.given
        if shape is None:
            return None
        known = input_tensor(domain, shape, _input_name(domain, first.native), state.place)
        state.starts[id(first)] = known
    return known


def _given_input(domain: KerasDomain, layer: LayerState) -> TensorValue:
    """The tensor of an InputLayer object, made at its first use."""
    if not layer.calls:
        with domain.tracing(inside=False):
            node = domain.node(layer, (), layer.place)
        node.outputs = (TensorValue(told_shape(domain, layer), node),)
        domain.interpreter.trail.touch(layer)
        layer.calls.append(node)
    return layer.calls[0].outputs[0]


def _input_name(domain: KerasDomain, first: LayerState) -> str | None:
    """Keras 2 names the input after the first layer, Keras 3 by count."""
    if domain.target == "keras2":
        return None if first.name is None else f"{first.name}_input"
    return generated(domain, "InputLayer")


def _nested_shape(domain: KerasDomain, first: LayerState) -> Shape | None:
    """The input shape of a model that is the first layer of another."""
    if not isinstance(first, ModelState):
        return None
    if first.kind == "functional" and len(first.inputs) == 1:
        return first.inputs[0].keras_shape
    if first.application is not None:
        return first.application.input
    if first.kind == "sequential" and len(first.variants) == 1:
        inner = start_of(domain, first, first.variants[0])
        return inner.keras_shape if inner is not None else None
    return None


# While it is put together


def rebuilt(domain: KerasDomain, state: ModelState) -> None:
    """Keras makes the model's Functional again after a change of its layers, when its input is known."""
    layers = state.variants[0]
    start = start_of(domain, state, layers)
    if start is not None and len(layers) + (not is_input(layers[0])) > 1:
        consume(domain, "Functional")


def built_on(domain: KerasDomain, state: ModelState, shape: Shape | None) -> None:
    """A Sequential without input is called or built: it takes this shape for good."""
    if state.is_built or state.uncertain or len(state.variants) > 1 or not state.variants[0]:
        return
    if start_of(domain, state, state.variants[0]) is not None:
        return
    domain.interpreter.trail.touch(state)
    state.is_built, state.given = True, shape
    if shape is None:
        consume(domain, "InputLayer")
    else:
        sequential_graph(domain, state, state.variants[0])
    consume(domain, "Functional")
