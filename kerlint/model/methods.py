"""Methods of Keras objects: `model.add`, `layer.add_weight`, `optimizer.apply_gradients`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kerlint.keras_api import behaviour
from kerlint.keras_api.shapes import ShapeError
from kerlint.model import savings
from kerlint.model.apply import apply_operation, call_base, call_layer, defines
from kerlint.model.arrays import as_list
from kerlint.model.attributes import FORMER_BUILD, layers_of
from kerlint.model.constants import constant
from kerlint.model.counting import weights_of
from kerlint.model.deeds import constructed
from kerlint.model.fits import HistoryState, history_method
from kerlint.model.layers import BASE_LAYERS, as_flag, value_of
from kerlint.model.models import add_layer
from kerlint.model.projections import ATTEND, PROJECTIONS, project
from kerlint.model.sequential import built_on, rebuilt
from kerlint.model.sites import method_site
from kerlint.model.states import (
    LayerState,
    ModelState,
    ObjectState,
    TensorValue,
    Variables,
    Weight,
)
from kerlint.model.structure import has_symbolic
from kerlint.model.tapes import TapeState, gradient
from kerlint.model.trainings import KINDS, apply_gradients, owned, train
from kerlint.python.arguments import Arguments
from kerlint.python.domain import MISSING
from kerlint.python.values import Instance, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

Method = Callable[["KerasDomain", Instance, Arguments, "Place"], Value]


def call_method(domain: KerasDomain, receiver: Value, name: str, arguments: Arguments, place: Place) -> Value:
    """A method of a Keras object or a tensor."""
    if isinstance(receiver, TensorValue):
        if name == "tolist" and (items := as_list(receiver)) is not None:
            return items
        return apply_operation(domain, f"keras.Tensor.{name}", arguments.prepended(receiver), place)
    if not isinstance(receiver, Instance):
        return Unknown(f"method {name}")
    native = receiver.native
    if isinstance(native, ModelState) and name in KINDS:
        return train(domain, native, name, arguments, place)
    if isinstance(native, HistoryState):
        return history_method(receiver, native, name, arguments.values())
    if isinstance(native, ObjectState):
        return _object_method(domain, receiver, native, name, arguments, place)
    if isinstance(native, LayerState):
        return _layer_method(domain, receiver, native, name, arguments, place)
    if isinstance(native, TapeState) and name == "gradient":
        return gradient(domain, native, arguments, place)
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
    if name in TEACHING:
        domain.adapted.add(state.serial)
    if isinstance(state, ModelState) and name in savings.METHODS:
        savings.note_method(domain, state, name, arguments, place)
    if name in RECORDED:
        domain.recorded(method_site(state.symbol, name, arguments, place, domain.target))
    if handler is not None:
        return handler(domain, receiver, arguments, place)
    if name in PROJECTIONS or name == ATTEND:
        projected = project(domain, receiver, name, arguments, place)
        if projected is not None:
            return projected
    domain.recorded(method_site(state.symbol, name, arguments, place, domain.target))
    if any(has_symbolic(value) for value in arguments.values()):
        return apply_operation(domain, f"{state.symbol}.{name}", arguments, place, opaque=True)
    return Unknown(f"the result of {name}")


TEACHING = frozenset(
    {"adapt", "build_from_config", "set_vocabulary", "set_weights", "update_state", "load_own_variables"}
)
"""Methods that give a preprocessing layer what it must know."""


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
    if any(has_symbolic(value) for value in arguments.values()):
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
    if not isinstance(state, ModelState):
        return Unknown("pop")
    domain.interpreter.trail.touch(state)
    popped = [variant.pop() for variant in state.variants if variant]
    if all(state.variants):
        rebuilt(domain, state)
    return popped[0] if len(popped) == 1 else Unknown("the popped layer")


def _get_layer(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    state = receiver.native
    name, index = arguments.get(0, "name"), arguments.get(1, "index")
    if not isinstance(state, ModelState):
        return Unknown("get_layer")
    layers = layers_of(domain, state)
    items = [] if layers.open else layers.items
    if isinstance(index, int) and -len(items) <= index < len(items):
        return items[index]
    for layer in items:
        if isinstance(layer, Instance) and isinstance(layer.native, LayerState) and layer.native.name == name:
            return layer
    return Unknown("a layer by name")


def _call(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    return call_layer(domain, receiver, arguments, place)


def _call_base(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    return call_base(domain, receiver, arguments, place)


def _build(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    """`model.build(input_shape)` fixes the input of a Sequential.

    Keras 2 runs a user's `call` once; Keras 3 runs nothing (it warns), yet the shapes are what they would be.
    """
    state = receiver.native
    shape = domain.shape_of(arguments.get(0, "input_shape"))
    if isinstance(state, ModelState) and state.kind == "sequential":
        built_on(domain, state, shape)
    elif isinstance(state, ModelState) and not state.calls and not defines(receiver, "build"):
        with domain.tracing(inside=True, supposed=domain.target == "keras3"):
            call_layer(domain, receiver, Arguments.of(TensorValue(shape)), place)
    elif isinstance(state, LayerState) and _is_built_here(receiver, state):
        domain.interpreter.trail.touch(state)
        state.built_with = tuple(domain.shape_of(value) for value in arguments.values())
    return None


def _is_built_here(receiver: Instance, state: LayerState) -> bool:
    """Whether the library's own `build` makes the layer's weights, for the first time."""
    if state.is_custom and (state.symbol in BASE_LAYERS or defines(receiver, "build")):
        return False
    return not state.calls and not state.built_with


def _add_weight(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    """A weight of a user's layer, by the shape it is given (Keras 2 took the name first)."""
    state = receiver.native
    assert isinstance(state, LayerState)
    site = domain.recorded(method_site(state.symbol, "add_weight", arguments, place, domain.target))
    shape, name = site.value("shape"), site.value("name")
    trainable = as_flag(value_of(site, "trainable", True))
    known = () if shape is None else domain.shape_of(shape)
    constructed(domain, "add_weight", place)
    domain.interpreter.trail.touch(state)
    if isinstance(trainable, Unknown) or domain.interpreter.loops:
        state.uncounted = True
    if not domain.is_supposed:
        weight = Weight(name if isinstance(name, str) else "", known, trainable is not False)
        state.weights = (*state.weights, weight)
    return constant(known)


def _add_loss(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    """Keras 2 takes what leads to a symbolic loss into the functional model: its layers are not known then."""
    state = receiver.native
    is_functional = isinstance(state, ModelState) and state.kind == "functional"
    if domain.target == "keras2" and is_functional and any(map(has_symbolic, arguments.values())):
        domain.interpreter.trail.touch(state)
        state.uncertain = True
    return None


def _count_params(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    state = receiver.native
    return weights_of(domain, state).total if isinstance(state, LayerState) else Unknown("count_params")


def _nothing(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    return None


def _output_shape(domain: KerasDomain, receiver: Instance, arguments: Arguments, place: Place) -> Value:
    """`layer.compute_output_shape(shape)` of a library layer."""
    state = receiver.native
    given = domain.shape_of(arguments.get(0, "input_shape"))
    if not isinstance(state, LayerState) or state.is_custom or isinstance(state, ModelState):
        return Unknown("a computed shape")
    try:
        shapes = behaviour.output_shape(state.symbol, state.config, (given,))
    except ShapeError:
        shapes = None
    if shapes is None or len(shapes) != 1 or shapes[0] is None:
        return Unknown("a computed shape")
    return domain.shape_value(shapes[0])


RECORDED = frozenset({"summary", "save", "save_weights", "load_weights", "add_metric"})
"""Methods without an effect here that rules ask for all the same."""
METHODS: dict[str, Method] = {
    "add": _add,
    "pop": _pop,
    "get_layer": _get_layer,
    "call": _call_base,
    "__call__": _call,
    "summary": _nothing,
    "build": _build,
    FORMER_BUILD: _build,
    "load_weights": _nothing,
    "set_weights": _nothing,
    "save": _nothing,
    "save_weights": _nothing,
    "add_loss": _add_loss,
    "add_metric": _nothing,
    "add_weight": _add_weight,
    "count_params": _count_params,
    "compute_output_shape": _output_shape,
}
