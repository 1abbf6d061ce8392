"""Attributes of Keras objects as the program reads and sets them: `layer.output`, `model.layers`, `trainable`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api import names, signatures
from kerlint.keras_api.evaluation import PLAIN_POLICY
from kerlint.keras_api.former_members import FORMER_MEMBERS
from kerlint.keras_api.snapshot import load
from kerlint.model.acts import Deed
from kerlint.model.applications import application_ends, open_up
from kerlint.model.deeds import note
from kerlint.model.fits import HistoryState, history_attribute
from kerlint.model.layers import BASE_LAYERS
from kerlint.model.members import members_of
from kerlint.model.projections import ATTEND, OWNER, PROJECTIONS
from kerlint.model.sequential import sequential_graph, start_of
from kerlint.model.sites import class_site
from kerlint.model.states import LayerState, ModelState, ObjectState, TensorValue, Variables
from kerlint.python.arguments import Arguments
from kerlint.python.domain import MISSING
from kerlint.python.values import BoundMethod, Instance, ListValue, Symbol, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Container

    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

VARIABLES = {
    "trainable_variables": True,
    "trainable_weights": True,
    "variables": False,
    "weights": False,
}
"""Attributes that hold variables, and whether only those that train."""
OF_TRAINING = frozenset({"history", "stop_training", "metrics_names", "metrics", "loss"})
OF_LAYERS = frozenset({"built", "losses", "dtype", "compute_dtype", "updates", "dtype_policy"})

FORMER_BUILD = "_build_from_signature"
"""How a MultiHeadAttention of Keras 2, and nothing else, is built by the shapes of its inputs."""


def attribute(domain: KerasDomain, instance: Instance, name: str, methods: Container[str]) -> Value:
    """An attribute of an object with native state, or one of its library methods."""
    native = instance.native
    if isinstance(native, HistoryState):
        found = history_attribute(instance, native, name)
        return BoundMethod(instance, name) if found is MISSING else found
    if name in VARIABLES and isinstance(native, LayerState):
        return Variables((instance,), trainable_only=VARIABLES[name])
    if isinstance(native, ModelState):
        found = _of_model(domain, instance, native, name)
        if found is not MISSING:
            return found
    if isinstance(native, LayerState):
        return _of_layer(domain, instance, native, name, methods)
    if isinstance(native, ObjectState):
        if name in native.site.arguments and names.category(native.symbol) == "optimizer":
            return Unknown(f"attribute {name}")
        return BoundMethod(instance, name)
    return BoundMethod(instance, name) if isinstance(instance.cls, Symbol) else MISSING


def lacks(instance: Instance, name: str, target: str) -> bool:
    """Whether a layer or model that is what the base class makes it has no such attribute."""
    state = instance.native
    if isinstance(state, ModelState):
        return name not in load(target).attributes["model"]
    if not isinstance(state, LayerState):
        return False
    if name == FORMER_BUILD:
        return not _is_built_by_signature(state, target)
    return state.symbol in BASE_LAYERS and name not in load(target).attributes["layer"]


def _is_built_by_signature(state: LayerState, target: str) -> bool:
    return target == "keras2" and state.symbol == OWNER


def _of_model(domain: KerasDomain, instance: Instance, state: ModelState, name: str) -> Value:
    if name == "layers":
        return layers_of(domain, state)
    if name in ("output", "outputs", "input", "inputs"):
        return _ends(domain, instance, state, name)
    if name in ("output_shape", "input_shape") and state.kind != "subclassed":
        return _shapes(domain, _ends(domain, instance, state, name.removesuffix("_shape")))
    if name == "optimizer":
        return _optimizer(domain, state)
    if name in OF_TRAINING:
        return Unknown(f"attribute {name}")
    return MISSING


def _optimizer(domain: KerasDomain, state: ModelState) -> Value:
    """The optimizer in force; one of its own where a string named it."""
    if state.compiled is None:
        return Unknown("not compiled")
    if not isinstance(state.compiled, str):
        return state.compiled
    symbol = names.alias("optimizer", state.compiled, domain.target)
    if symbol is None:
        return Unknown("an unknown optimizer")
    site = class_site(symbol, Arguments(), state.place, domain.target)
    return Instance(Symbol(symbol), ObjectState(symbol, "optimizer", site))


def _of_layer(
    domain: KerasDomain, instance: Instance, state: LayerState, name: str, methods: Container[str]
) -> Value:
    if name == "name":
        return state.name if state.name is not None else Unknown("an automatic name")
    if name == "trainable":
        return state.trainable
    if name in ("output", "input"):
        return _of_call(domain, state, name)
    if name in ("output_shape", "input_shape"):
        return _shapes(domain, _of_call(domain, state, name.removesuffix("_shape")))
    if name in state.config and not state.is_custom and not isinstance(state, ModelState):
        return state.config[name]
    if name == "dtype_policy":
        return _policy(state)
    if name in OF_LAYERS:
        return Unknown(f"attribute {name}")
    if name in ("__len__", "__iter__"):
        return MISSING
    if name == FORMER_BUILD:
        return BoundMethod(instance, name) if _is_built_by_signature(state, domain.target) else MISSING
    if name in PROJECTIONS or name == ATTEND:
        return BoundMethod(instance, name) if state.symbol == OWNER else Unknown(f"attribute {name}")
    is_former = isinstance(state, ModelState) and name in FORMER_MEMBERS["model"]
    is_application = isinstance(state, ModelState) and state.kind == "application"
    owner = "keras.Model" if is_application else state.symbol
    if signatures.method(owner, name, domain.target) is None and name not in methods and not is_former:
        return Unknown(f"attribute {name}")
    return BoundMethod(instance, name)


def _policy(state: LayerState) -> Value:
    """The policy of a layer that was told none, or another layer's: the default one, which is plain."""
    given = state.config.get("dtype", Unknown("a dtype"))
    if given is None:
        return Instance(Symbol("keras.dtype_policies.DTypePolicy"), PLAIN_POLICY)
    is_plain = isinstance(given, Instance) and given.native is PLAIN_POLICY
    return given if is_plain else Unknown("a policy")


def _of_call(domain: KerasDomain, state: LayerState, name: str) -> Value:
    """`layer.output` and `layer.input` are those of its first call in a graph (Operation.output)."""
    if not any(node.symbolic for node in state.calls):
        _build_sequentials_with(domain, state)
    node = next((node for node in state.calls if node.symbolic), None)
    if node is None:
        return Unknown("a layer that was not called")
    tensors = node.outputs if name == "output" else node.inputs
    return tensors[0] if len(tensors) == 1 else ListValue(list(tensors))


def _build_sequentials_with(domain: KerasDomain, state: LayerState) -> None:
    """The calls of a Sequential's layers are made when somebody asks for them."""
    for instance in list(domain.models):
        model = instance.native
        if isinstance(model, ModelState) and model.kind == "sequential" and len(model.variants) == 1:
            layers = model.variants[0]
            held = any(isinstance(layer, Instance) and layer.native is state for layer in layers)
            if held and not model.uncertain and start_of(domain, model, layers) is not None:
                sequential_graph(domain, model, layers)


def _shapes(domain: KerasDomain, value: Value) -> Value:
    """The shapes of a tensor or of a list of them."""
    if isinstance(value, TensorValue):
        shape = value.keras_shape
        return Unknown("an unknown shape") if shape is None else domain.shape_value(shape)
    if isinstance(value, ListValue) and not value.open:
        return ListValue([_shapes(domain, item) for item in value.items])
    return Unknown("an unknown shape")


def layers_of(domain: KerasDomain, state: ModelState) -> ListValue:
    """`model.layers`; an open list when not all are known."""
    domain.interpreter.trail.touch(state)
    state.is_looked_at = True
    open_up(domain, state)
    members = members_of(domain, state)
    return ListValue([], open=True) if members is None else ListValue(members)


def _ends(domain: KerasDomain, instance: Instance, state: ModelState, name: str) -> Value:
    """`model.output` and the like: the tensors of the model's own graph."""
    inputs, outputs = state.inputs, state.outputs
    if state.kind == "sequential" and not (inputs and outputs):
        if state.uncertain or len(state.variants) > 1:
            return TensorValue(None)
        graph = sequential_graph(domain, state, state.variants[0])
        inputs, outputs = graph.inputs, graph.outputs
    if state.kind == "application" and not outputs:
        inputs, outputs = application_ends(domain, state)
    tensors = outputs if name.startswith("output") else inputs
    if not tensors:
        return TensorValue(None)
    if name.endswith("s"):
        return ListValue(list(tensors))
    if state.kind == "functional":
        return state.structure if name == "output" else state.entry
    return tensors[0] if len(tensors) == 1 else ListValue(list(tensors))


def assign(domain: KerasDomain, instance: Value, name: str, value: Value, place: Place) -> bool:
    """`layer.trainable = ...`; a weight or activation set by hand makes the layer uncertain."""
    if isinstance(instance, Unknown) and name == "trainable":
        _set_trainable_of_some_layer(domain)
    if not isinstance(instance, Instance) or not isinstance(instance.native, LayerState):
        return False
    state = instance.native
    domain.interpreter.trail.touch(state)
    if name == "trainable":
        note(domain, Deed.FREEZE, str(value) if isinstance(value, bool) else "", place, layer=state)
        set_trainable(domain, instance, value)
        return True
    if isinstance(value, TensorValue) and value.maker is not None:
        note(domain, Deed.STORE, name, place, layer=state, site=value.maker)
    if name in ("_name", "name") and isinstance(value, str):
        state.name = value
        return True
    if not state.is_custom and name in state.config:
        state.config = {**state.config, name: value}
        return True
    domain.track(state, name)
    return False


def _set_trainable_of_some_layer(domain: KerasDomain) -> None:
    """An unknown object is frozen or thawed: perhaps a layer of a model whose layers the program looked at."""
    for instance in domain.models:
        state = instance.native
        if isinstance(state, ModelState) and state.is_looked_at:
            for layer in members_of(domain, state) or []:
                if isinstance(layer, Instance):
                    set_trainable(domain, layer, Unknown("may have been set"))


def set_trainable(domain: KerasDomain, instance: Instance, value: Value) -> None:
    """Setting `trainable` sets it on every layer inside, as Keras does (`Layer.trainable`)."""
    state = instance.native
    if not isinstance(state, LayerState):
        return
    domain.interpreter.trail.touch(state)
    state.trainable = value if isinstance(value, bool) else Unknown("an unknown trainable")
    children = (members_of(domain, state) or []) if state.is_custom or isinstance(state, ModelState) else []
    for child in children:
        if isinstance(child, Instance) and child is not instance:
            set_trainable(domain, child, value)
