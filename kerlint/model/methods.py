"""Attributes and methods of Keras objects: `model.add`, `layer.output`, `optimizer.apply_gradients`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kerlint.keras_api import names, signatures
from kerlint.model.apply import ancestors, apply_operation, call_layer
from kerlint.model.models import add_layer, application_ends
from kerlint.model.sequential import sequential_graph
from kerlint.model.sites import method_site
from kerlint.model.states import LayerState, ModelState, ObjectState, TensorValue, Variables
from kerlint.model.structure import has_tensor
from kerlint.model.trainings import KINDS, apply_gradients, children_of, owned, train
from kerlint.python.arguments import Arguments
from kerlint.python.domain import MISSING
from kerlint.python.values import (
    BoundMethod,
    Instance,
    ListValue,
    Symbol,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.source import Place

Method = Callable[["KerasDomain", Instance, Arguments, "Place"], Value]

VARIABLES = {
    "trainable_variables": True,
    "trainable_weights": True,
    "variables": False,
    "weights": False,
}


# Attributes


def attribute(domain: KerasDomain, instance: Instance, name: str) -> Value:
    """An attribute of an object with native state, or one of its library methods."""
    native = instance.native
    if name in VARIABLES and isinstance(native, LayerState):
        return Variables((instance,), trainable_only=VARIABLES[name])
    if isinstance(native, ModelState):
        found = _model_attribute(domain, instance, native, name)
        if found is not MISSING:
            return found
    if isinstance(native, LayerState):
        return _layer_attribute(domain, instance, native, name)
    if isinstance(native, ObjectState):
        if name in native.site.arguments and names.category(native.symbol) == "optimizer":
            return Unknown(f"attribute {name}")
        return BoundMethod(instance, name)
    return BoundMethod(instance, name) if isinstance(instance.cls, Symbol) else MISSING


def _model_attribute(domain: KerasDomain, instance: Instance, state: ModelState, name: str) -> Value:
    if name == "layers":
        return _layers(domain, instance, state)
    if name in ("output", "outputs", "input", "inputs"):
        return _ends(domain, instance, state, name)
    if name == "optimizer":
        return Unknown("not compiled") if state.compiled is None else state.compiled
    if name in ("history", "stop_training", "metrics_names", "metrics", "loss"):
        return Unknown(f"attribute {name}")
    return MISSING


def _layer_attribute(domain: KerasDomain, instance: Instance, state: LayerState, name: str) -> Value:
    if name == "name":
        return state.name if state.name is not None else Unknown("an automatic name")
    if name == "trainable":
        return state.trainable
    if name in ("output", "input"):
        return _of_call(state, name)
    if name in state.config and not state.is_custom and not isinstance(state, ModelState):
        return state.config[name]
    if name in ("output_shape", "input_shape", "built", "losses", "dtype", "compute_dtype", "updates"):
        return Unknown(f"attribute {name}")
    if name == "__len__" or name == "__iter__":
        return MISSING
    if signatures.method(state.symbol, name, domain.target) is None and name not in METHODS:
        return Unknown(f"attribute {name}")
    return BoundMethod(instance, name)


def _of_call(state: LayerState, name: str) -> Value:
    if not state.calls:
        return Unknown("a layer that was not called")
    tensors = state.calls[-1].outputs if name == "output" else state.calls[-1].inputs
    return tensors[0] if len(tensors) == 1 else ListValue(list(tensors))


def _layers(domain: KerasDomain, instance: Instance, state: ModelState) -> Value:
    if state.uncertain or len(state.variants) > 1 or state.kind == "application":
        return ListValue([], open=True)
    if state.kind == "sequential":
        return ListValue([layer for layer in state.variants[0] if not isinstance(layer, TensorValue)])
    if state.kind == "functional":
        from kerlint.model.order import layers_in_order

        return ListValue([domain.instance_of(layer) for layer in layers_in_order(state)])
    children = children_of(instance)
    return ListValue([], open=True) if children is None else ListValue(children)


def _ends(domain: KerasDomain, instance: Instance, state: ModelState, name: str) -> Value:
    """`model.output` and the like: the tensors of the model's own graph."""
    inputs, outputs = state.inputs, state.outputs
    if state.kind == "sequential" and not (inputs and outputs):
        if state.uncertain or len(state.variants) > 1:
            return TensorValue(None)
        graph = sequential_graph(domain, state, state.variants[0])
        inputs, outputs = graph.inputs, graph.outputs
    if state.kind == "application" and not outputs:
        inputs, outputs = application_ends(domain, instance, state)
    tensors = outputs if name.startswith("output") else inputs
    if not tensors:
        return TensorValue(None)
    if name.endswith("s"):
        return ListValue(list(tensors))
    return tensors[0] if len(tensors) == 1 else ListValue(list(tensors))


def assign(domain: KerasDomain, instance: Value, name: str, value: Value, place: Place) -> bool:
    """`layer.trainable = ...`; a weight or activation set by hand makes the layer uncertain."""
    if not isinstance(instance, Instance) or not isinstance(instance.native, LayerState):
        return False
    state = instance.native
    if name == "trainable":
        set_trainable(domain, instance, value)
        return True
    if name in ("_name", "name") and isinstance(value, str):
        domain.interpreter.trail.touch(state)
        state.name = value
        return True
    if not state.is_custom and name in state.config:
        state.config = {**state.config, name: value}
        return True
    return False


def set_trainable(domain: KerasDomain, instance: Instance, value: Value) -> None:
    """Setting `trainable` on a model sets it on every layer inside, as Keras does."""
    state = instance.native
    if not isinstance(state, LayerState):
        return
    domain.interpreter.trail.touch(state)
    state.trainable = value if isinstance(value, bool) else Unknown("an unknown trainable")
    if isinstance(state, ModelState):
        layers = _layers(domain, instance, state)
        children = layers.items if isinstance(layers, ListValue) else []
    else:
        children = (children_of(instance) or []) if state.is_custom else []
    for child in children:
        if isinstance(child, Instance) and child is not instance:
            set_trainable(domain, child, value)


# Methods


def call_method(domain: KerasDomain, receiver: Value, name: str, arguments: Arguments, place: Place) -> Value:
    """A method of a Keras object or a tensor."""
    if isinstance(receiver, TensorValue):
        return apply_operation(domain, f"keras.Tensor.{name}", arguments.prepended(receiver), place)
    if not isinstance(receiver, Instance):
        return Unknown(f"method {name}")
    native = receiver.native
    if isinstance(native, ModelState) and name in KINDS:
        train(domain, native, name, arguments, place)
        return Unknown(f"the result of {name}")
    if isinstance(native, ObjectState):
        return _object_method(domain, receiver, native, name, arguments, place)
    if isinstance(native, LayerState):
        return _layer_method(domain, receiver, native, name, arguments, place)
    if name in ("gradient", "jacobian"):
        return next(
            (value for value in arguments.values() if isinstance(value, Variables)), Unknown("gradients")
        )
    found = domain.escaped(arguments, f"{receiver.cls!r}.{name}", place)
    return Unknown(f"method {name}") if found is MISSING else found


def _layer_method(
    domain: KerasDomain, receiver: Instance, state: LayerState, name: str, arguments: Arguments, place: Place
) -> Value:
    handler = METHODS.get(name)
    if handler is not None:
        return handler(domain, receiver, arguments, place)
    domain.recorded(method_site(state.symbol, name, arguments, place, domain.target))
    if any(has_tensor(value) for value in arguments.values()):
        return apply_operation(domain, f"{state.symbol}.{name}", arguments, place, opaque=True)
    return Unknown(f"the result of {name}")


def _object_method(
    domain: KerasDomain, receiver: Instance, state: ObjectState, name: str, arguments: Arguments, place: Place
) -> Value:
    if state.category == "optimizer":
        if name in ("apply_gradients", "apply", "minimize"):
            apply_gradients(domain, receiver, name, arguments, place)
            return None
        if name == "build":
            given = [value for value in arguments.values() if isinstance(value, Variables)]
            domain.interpreter.trail.touch(state)
            state.built_for = owned(domain, given[0]) if given else None
            return None
    domain.recorded(method_site(state.symbol, name, arguments, place, domain.target))
    if any(has_tensor(value) for value in arguments.values()):
        return apply_operation(domain, f"{state.symbol}.{name}", arguments, place, opaque=True)
    return Unknown(f"the result of {name}")


def _add(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    state = receiver.native
    if isinstance(state, ModelState) and state.kind == "sequential":
        add_layer(domain, state, arguments.get(0, "layer", Unknown("no layer")))
        return None
    return Unknown("add")


def _pop(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    state = receiver.native
    if isinstance(state, ModelState):
        domain.interpreter.trail.touch(state)
        for variant in state.variants:
            if variant:
                variant.pop()
    return Unknown("the popped layer")


def _get_layer(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    state = receiver.native
    name, index = arguments.get(0, "name"), arguments.get(1, "index")
    if not isinstance(state, ModelState):
        return Unknown("get_layer")
    layers = _layers(domain, receiver, state)
    items = layers.items if isinstance(layers, ListValue) and not layers.open else []
    if isinstance(index, int) and -len(items) <= index < len(items):
        return items[index]
    for layer in items:
        if isinstance(layer, Instance) and isinstance(layer.native, LayerState) and layer.native.name == name:
            return layer
    return Unknown("a layer by name")


def _call(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    return call_layer(domain, receiver, arguments, place)


def _nothing(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    return None


def _output_shape(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    return Unknown("a computed shape")


METHODS: dict[str, Method] = {
    "add": _add,
    "pop": _pop,
    "get_layer": _get_layer,
    "call": _call,
    "__call__": _call,
    "summary": _nothing,
    "build": _nothing,
    "load_weights": _nothing,
    "set_weights": _nothing,
    "add_loss": _nothing,
    "add_metric": _nothing,
    "compute_output_shape": _output_shape,
}

__all__ = ["METHODS", "ancestors", "assign", "attribute", "call_method", "set_trainable"]
