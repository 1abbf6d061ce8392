"""The graph of a Sequential: its layers on its own input, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape
from kerlint.model.apply import apply_operation, call_layer
from kerlint.model.states import LayerState, ModelState, SequentialGraph, TensorValue
from kerlint.python.arguments import Arguments
from kerlint.python.iteration import iterate
from kerlint.python.values import Instance, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.source import Place


def run_sequential(domain: KerasDomain, layers: list[Value], tensor: Value, place: Place) -> Value:
    """The layers on a tensor; what is not known to be a layer is an opaque operation."""
    current = tensor
    for layer in layers:
        if isinstance(layer, TensorValue):
            continue
        if isinstance(layer, Instance) and isinstance(layer.native, LayerState):
            if layer.native.symbol != "keras.layers.InputLayer":
                current = call_layer(domain, layer, Arguments.of(current), layer.native.place)
        else:
            current = apply_operation(domain, "unknown", Arguments.of(current), place, opaque=True)
    return current


def sequential_graph(domain: KerasDomain, state: ModelState, layers: list[Value]) -> SequentialGraph:
    """The graph of these layers, made once; calls inside do not belong to any outer trace."""
    key = tuple(id(layer) for layer in layers)
    known = state.ends.get(key)
    if known is not None:
        return known
    start = _start(domain, layers)
    before = domain.begin_trace()
    result = run_sequential(domain, layers, start, state.place)
    nodes = domain.end_trace(before)
    outputs = (result,) if isinstance(result, TensorValue) else ()
    complete = bool(outputs) and not any(isinstance(layer, Unknown) for layer in layers)
    made = SequentialGraph(layers[:], (start,), outputs, nodes, complete)
    state.ends[key] = made
    return made


def _start(domain: KerasDomain, layers: list[Value]) -> TensorValue:
    """The input: an Input given as the first layer, else of the shape that the first layer was told."""
    if not layers:
        return TensorValue(None)
    first = layers[0]
    if isinstance(first, TensorValue):
        return first
    if isinstance(first, Instance) and isinstance(first.native, LayerState):
        return TensorValue(_told_shape(domain, first.native))
    return TensorValue(None)


def _told_shape(domain: KerasDomain, layer: LayerState) -> Shape | None:
    """From `batch_shape`, `input_shape` or `input_dim` of the first layer (or of what it wraps or nests)."""
    if isinstance(layer, ModelState):
        inner = layer.variants[0][0] if layer.variants[0] else None
        if isinstance(inner, TensorValue):
            return inner.keras_shape
        if isinstance(inner, Instance) and isinstance(inner.native, LayerState):
            return _told_shape(domain, inner.native)
        return layer.inputs[0].keras_shape if layer.inputs else None
    site = layer.site
    if site is None:
        return None
    for name in ("batch_shape", "batch_input_shape"):
        whole = site.arguments.get(name)
        if whole is not None and whole.is_given:
            return _shape(domain, whole.value)
    for name in ("input_shape", "shape"):
        rest = site.arguments.get(name)
        if rest is not None and rest.is_given:
            shape = _shape(domain, rest.value)
            return None if shape is None else (None, *shape)
    size = site.arguments.get("input_dim")
    if size is not None and size.is_given and layer.cls != "Embedding":
        return (None, size.value if isinstance(size.value, int) else UNKNOWN_DIM)
    return None


def _shape(domain: KerasDomain, value: Value) -> Shape | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    if isinstance(value, Unknown) or value is None:
        return None
    items, complete = iterate(domain.interpreter, value)
    return tuple(_dim(item) for item in items) if complete else None


def _dim(value: Value) -> Dim:
    return value if value is None or isinstance(value, int) else UNKNOWN_DIM
