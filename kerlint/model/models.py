"""Models: `Sequential(...)`, `Model(inputs, outputs)`, `super().__init__` of both, applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api import names
from kerlint.model.layers import name_it, value_of
from kerlint.model.sequential import rebuilt
from kerlint.model.sites import class_site
from kerlint.model.states import MOST_VARIANTS, LayerState, ModelState, TensorValue
from kerlint.model.structure import choices, has_tensor, has_unknown, tensors_in
from kerlint.model.tracing import clone_graph
from kerlint.python.iteration import iterate
from kerlint.python.paths import alternatives, both, join
from kerlint.python.values import Instance, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place
    from kerlint.python.arguments import Arguments

MODEL_CLASSES = frozenset({"keras.Model", "keras.Sequential", "keras.Functional", "keras.models.Functional"})


def make_model(domain: KerasDomain, symbol: str, arguments: Arguments, place: Place) -> Value:
    """`keras.Sequential(...)` or `keras.Model(...)`; tensors that differ by path give a model a path."""
    spread = choices(arguments, domain.interpreter.path)
    if spread is not None:
        made = []
        for one, path, cut in spread:
            with domain.interpreter.on_path(path):
                made.append(_make(domain, symbol, one, place, doubtful=cut))
        return join(made, [path for _, path, _ in spread])
    return _make(domain, symbol, arguments, place)


def _make(
    domain: KerasDomain, symbol: str, arguments: Arguments, place: Place, *, doubtful: bool = False
) -> Instance:
    state = ModelState("subclassed", symbol, symbol.rpartition(".")[2], place, domain.interpreter.path)
    instance = Instance(Symbol(symbol), state)
    initialize_model(domain, instance, state, symbol, arguments, place)
    state.uncertain = state.uncertain or doubtful
    return instance


def initialize_model(
    domain: KerasDomain, instance: Instance, state: ModelState, base: str, arguments: Arguments, place: Place
) -> None:
    """What `__init__` of a library model class does with its arguments."""
    site = domain.recorded(class_site(base, arguments, place, domain.target))
    interpreter = domain.interpreter
    interpreter.trail.touch(state)
    known = state.site is not None
    state.site = site
    state.instance = instance
    if not known:
        domain.models.append(instance)
        state.repeated, state.loops = bool(interpreter.loops), tuple(interpreter.loops)
        state.builder = interpreter.calls[-1].name if interpreter.calls else None
    if names.is_subclass(base, "keras.Sequential", domain.target) or base == "keras.Sequential":
        state.kind = "sequential"
        state.cls = "Sequential" if not state.is_custom else state.cls
    elif _given_tensors(arguments, site):
        state.kind = "functional"
        state.is_custom = False
        state.cls = "Functional" if state.cls in ("Model", "Functional") else state.cls
        _connect(domain, state, site)
    if not known:
        name_it(domain, state, value_of(site, "name", None))
    if state.kind == "sequential":
        _fill(domain, state, site)


def _given_tensors(arguments: Arguments, site: CallSite) -> bool:
    return any(has_tensor(value) for value in arguments.values()) or (
        "outputs" in site.arguments and site.arguments["outputs"].is_given
    )


def _connect(domain: KerasDomain, state: ModelState, site: CallSite) -> None:
    state.entry, state.structure = _nested(site, "inputs"), _nested(site, "outputs")
    state.inputs, state.outputs = tuple(tensors_in(state.entry)), tuple(tensors_in(state.structure))
    open_ends = has_unknown(state.entry) or has_unknown(state.structure)
    state.uncertain = open_ends or not state.inputs or not state.outputs
    if any(tensor.producer is not None and tensor.producer.edges for tensor in state.inputs):
        clone_graph(domain, state)


def _nested(site: CallSite, name: str) -> Value:
    """The inputs or outputs as they were given (Keras 1 wrote `input=`)."""
    value = site.value(name)
    if value is None or isinstance(value, Unknown):
        former = name.rstrip("s")
        given = [arg for arg in (*site.arguments.values(), *site.unexpected) if arg.name == former]
        return given[0].value if given else value
    return value


def _fill(domain: KerasDomain, state: ModelState, site: CallSite) -> None:
    layers = site.value("layers")
    if layers is None:
        return
    items, complete = iterate(domain.interpreter, layers)
    state.uncertain = state.uncertain or not complete
    for item in items:
        append_layer(domain, state, item)
    if items:
        rebuilt(domain, state)


def add_layer(domain: KerasDomain, state: ModelState, layer: Value) -> None:
    """`model.add(layer)`."""
    append_layer(domain, state, layer)
    rebuilt(domain, state)


def append_layer(domain: KerasDomain, state: ModelState, layer: Value) -> None:
    """One layer more, on every variant of the model."""
    domain.interpreter.trail.touch(state)
    loops = domain.interpreter.loops
    if loops and state.serial < loops[-1]:
        state.uncertain = True
    here = domain.interpreter.path
    grown = [
        ([*variant, _layer_or_unknown(one, state)], way)
        for variant, path in zip(state.variants, state.paths, strict=True)
        for one, own in alternatives(layer)
        if (way := both(both(path, here) or path, own)) is not None
    ]
    state.uncertain = state.uncertain or len(grown) > MOST_VARIANTS or not grown
    if grown:
        state.variants = [variant for variant, _ in grown[:MOST_VARIANTS]]
        state.paths = [way for _, way in grown[:MOST_VARIANTS]]


def _layer_or_unknown(layer: Value, state: ModelState) -> Value:
    if _holds(layer, state):
        return Unknown("a model inside itself")
    known = isinstance(layer, TensorValue) or (
        isinstance(layer, Instance) and isinstance(layer.native, LayerState)
    )
    return layer if known else Unknown("an unknown layer")


def _holds(layer: Value, state: ModelState) -> bool:
    """Whether a layer is this model, or a Sequential that has it somewhere inside (Keras refuses both)."""
    seen: set[int] = set()
    waiting = [layer]
    while waiting:
        native = getattr(waiting.pop(), "native", None)
        if native is state:
            return True
        if isinstance(native, ModelState) and id(native) not in seen:
            seen.add(id(native))
            waiting += [inner for variant in native.variants for inner in variant]
    return False
