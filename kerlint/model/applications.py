"""`keras.applications`: functional models whose inside is a table's matter, not the program's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.keras_api import applications
from kerlint.keras_api.applications import APPLICATIONS, Application
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape
from kerlint.model.naming import consume_names, lose_count
from kerlint.model.sites import class_site
from kerlint.model.states import ApplicationFacts, ModelState, NodeState, TensorValue
from kerlint.python.arguments import Arguments
from kerlint.python.values import Instance, Symbol, Value

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

PLAIN = ("alpha", "depth_multiplier", "minimalistic", "include_preprocessing")
"""Arguments whose defaults the counts hold for."""


def application(domain: KerasDomain, dotted: str, arguments: Arguments, place: Place) -> Value:
    """`keras.applications.X(...)`."""
    site = domain.recorded(class_site(dotted, arguments, place, domain.target))
    state = another_model(domain, dotted, "Functional", place)
    state.site = site
    known = APPLICATIONS.get(dotted.rpartition(".")[2])
    if known is None:
        lose_count(domain)
    else:
        shape = _input_shape(domain, site, known)
        state.application = _facts(dotted.rpartition(".")[2], known, site, shape)
        state.name = _name(dotted.rpartition(".")[2], site, shape)
        _take_names(domain, dotted.rpartition(".")[2], known, site)
    assert state.instance is not None
    return state.instance


def another_model(domain: KerasDomain, symbol: str, cls: str, place: Place) -> ModelState:
    """A model of its own whose layers are not followed."""
    state = ModelState("application", symbol, cls, place, domain.interpreter.path)
    state.repeated, state.loops = bool(domain.interpreter.loops), tuple(domain.interpreter.loops)
    state.instance = Instance(Symbol("keras.Model"), state)
    domain.models.append(state.instance)
    return state


def _input_shape(domain: KerasDomain, site: CallSite, known: Application) -> Shape | None:
    """The shape of the input: the tensor's, the one given, or the default."""
    tensor, given = site.value("input_tensor"), site.value("input_shape")
    if isinstance(tensor, TensorValue):
        return tensor.keras_shape
    if tensor is not None:
        return None
    if given is not None:
        shape = domain.shape_of(given)
        return None if shape is None else (None, *shape)
    include_top = site.value("include_top")
    if not isinstance(include_top, bool):
        return (None, UNKNOWN_DIM, UNKNOWN_DIM, 3)
    side = known.size if include_top else None
    return (None, side, side, 3)


def _facts(name: str, known: Application, site: CallSite, shape: Shape | None) -> ApplicationFacts:
    include_top, pooling, classes = (site.value(word) for word in ("include_top", "pooling", "classes"))
    made = ApplicationFacts(shape, None)
    if not _is_plain(site):
        return made
    if include_top is False:
        return _counted(replace(made, output=_features(name, known, shape, pooling)), name, known, 0)
    if include_top is True and isinstance(classes, int):
        head = known.head_size(classes)
        is_default = known.head is None or shape == (None, known.size, known.size, 3)
        return _counted(replace(made, output=(None, classes)), name, known, head if is_default else None)
    return made


def _is_plain(site: CallSite) -> bool:
    """Whether the arguments that change widths and layers are left alone."""
    return site.exact and all(site.is_omitted(name) for name in PLAIN if name in site.arguments)


def _counted(facts: ApplicationFacts, name: str, known: Application, head: int | None) -> ApplicationFacts:
    fits = facts.input is not None and facts.input[-1] == 3 and not name.startswith(applications.SIZED)
    if not fits or head is None:
        return facts
    return replace(facts, trainable=known.trainable + head, non_trainable=known.non_trainable)


def _features(name: str, known: Application, shape: Shape | None, pooling: Value) -> Shape | None:
    """What leaves the network without its top."""
    if pooling in ("avg", "max"):
        return (None, known.channels)
    if pooling is not None:
        return None
    sides = shape[1:3] if shape is not None and len(shape) == 4 else (UNKNOWN_DIM, UNKNOWN_DIM)
    return (None, *(_side(name, side) for side in sides), known.channels)


def _side(name: str, side: Dim) -> Dim:
    if not isinstance(side, int):
        return side
    found = applications.stride_32(name, side)
    return UNKNOWN_DIM if found is None else found


def _name(name: str, site: CallSite, shape: Shape | None) -> str | None:
    given = site.value("name")
    if isinstance(given, str):
        return given
    after_side = applications.SIDES_IN_NAMES.get(name)
    if given is not None or after_side is None or shape is None:
        return None
    stem, sides = after_side
    alpha, side, weights = site.value("alpha"), shape[1], site.value("weights")
    if not isinstance(alpha, int | float) or not (side is None or isinstance(side, int)):
        return None
    if weights == "imagenet" and side not in sides:
        side = 224
    return f"{stem}_{alpha:0.2f}_{side}" if weights in (None, "imagenet") else None


def _take_names(domain: KerasDomain, name: str, known: Application, site: CallSite) -> None:
    include_top, pooling = site.value("include_top"), site.value("pooling")
    tensor, weights = site.value("input_tensor"), site.value("weights")
    settled = all(value is None or isinstance(value, bool | str) for value in (include_top, pooling, weights))
    if not settled or not _is_plain(site) or name.startswith(applications.SIZED) or domain.target == "keras2":
        lose_count(domain)
        return
    names = known.names_taken(include_top=include_top is True)
    if tensor is None:
        names["input_layer"] = names.get("input_layer", 0) + 1
    if pooling is not None and include_top is False and applications.pool_is_unnamed(name):
        stem = "global_average_pooling2d" if pooling == "avg" else "global_max_pooling2d"
        names[stem] = names.get(stem, 0) + 1
    if weights == "imagenet" and name.startswith(applications.RESCALED_WITH_WEIGHTS):
        names["rescaling"] = names.get("rescaling", 0) + 1
    consume_names(domain, names)


def applied(state: ModelState, node: NodeState) -> Shape | None:
    """What the model makes of other inputs than its own."""
    facts = state.application
    if facts is None or facts.output is None:
        return None
    given = node.inputs[0].keras_shape if len(node.inputs) == 1 else None
    own = facts.input
    if len(facts.output) != 4 or own is None or own[1:3] != (None, None):
        return facts.output
    name = state.symbol.rpartition(".")[2]
    sides = given[1:3] if given is not None and len(given) == 4 else (UNKNOWN_DIM, UNKNOWN_DIM)
    return (facts.output[0], *(_side(name, side) for side in sides), facts.output[3])


def application_ends(
    domain: KerasDomain, state: ModelState
) -> tuple[tuple[TensorValue, ...], tuple[TensorValue, ...]]:
    """The input and output tensors of an application used as the start of another model.

    Kept, so that `base.input` and `base.output` belong to one graph: a single node stands for the inside.
    """
    from kerlint.model.sequential import input_tensor

    if not state.outputs:
        domain.interpreter.trail.touch(state)
        facts = state.application
        tensor = state.site.value("input_tensor") if state.site is not None else None
        if not isinstance(tensor, TensorValue):
            tensor = input_tensor(domain, facts.input if facts is not None else None, None, state.place)
        with domain.tracing(inside=False):
            node = domain.node(state, (tensor,), state.place)
        node.is_inside = True
        node.outputs = (TensorValue(facts.output if facts is not None else None, node),)
        state.inputs, state.outputs = (tensor,), node.outputs
    return state.inputs, state.outputs


def open_up(domain: KerasDomain, state: ModelState) -> None:
    """The program reached for layers inside: what it does to them is not followed."""
    if state.application is not None and not state.application.is_opened:
        domain.interpreter.trail.touch(state)
        state.application = replace(state.application, is_opened=True)
