"""What trains what: compile, fit and the like, in the order of the program."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kerlint.frozen import fact
from kerlint.keras_api import signatures
from kerlint.keras_api.traits import traits
from kerlint.model.acts import Deed
from kerlint.model.data.feeding import fed
from kerlint.model.data.hooks import data_of
from kerlint.model.deeds import note as note_act
from kerlint.model.fits import history_of
from kerlint.model.members import children_of, members_of
from kerlint.model.predictions import Prediction
from kerlint.model.sites import method_site
from kerlint.model.states import LayerState, ModelState, ObjectState, Variables
from kerlint.model.tapes import Swapped
from kerlint.python.arguments import Arg, Arguments
from kerlint.python.paths import alternatives
from kerlint.python.values import (
    DictValue,
    Instance,
    ListValue,
    Path,
    Unknown,
    Value,
    next_serial,
)

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.data_facts import PipelineFact, TrainingData
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

KINDS = {
    "compile": "compile",
    "fit": "fit",
    "fit_generator": "fit",
    "train_on_batch": "train_on_batch",
    "evaluate": "evaluate",
    "evaluate_generator": "evaluate",
    "test_on_batch": "evaluate",
    "predict": "predict",
    "predict_generator": "predict",
    "predict_on_batch": "predict",
}
WEIGHTLESS = (
    "dropout_like",
    "noise",
    "pool",
    "reshape",
    "padding",
    "cropping",
    "upsampling",
    "merge",
    "input",
    "rescaling",
    "augmentation",
    "identity",
)


@fact
class Event:
    """One training call as it was evaluated."""

    kind: str
    order: int
    model: ModelState | None
    site: CallSite
    optimizer: Value
    variables: frozenset[int] | None
    path: Path
    repeated: bool
    function: str | None
    label: str | None
    data: TrainingData | None = None
    looped: PipelineFact | None = None


def train(domain: KerasDomain, state: ModelState, name: str, arguments: Arguments, place: Place) -> Value:
    """Record `model.compile`, `model.fit`, ... with the optimizer in force; gives what the call gives."""
    known = signatures.method("keras.Model", name, domain.target) is not None
    target = domain.target if known else "keras2"
    site = domain.recorded(method_site("keras.Model", name, snapshot(arguments), place, target))
    if KINDS[name] == "predict" and domain.tapes:
        note_act(domain, Deed.PREDICT, name, place, layer=state)
    if KINDS[name] == "compile":
        domain.interpreter.trail.touch(state)
        state.compiled, state.compiled_by = site.value("optimizer"), site
    data = None if KINDS[name] == "compile" else data_of(site)
    if data is not None:
        data = fed(domain, state, data, place)
    for optimizer, path in alternatives(state.compiled):
        with domain.interpreter.on_path(path):
            note(domain, KINDS[name], site, optimizer, state, model_variables(domain, state), data)
    if KINDS[name] == "compile":
        return None
    if KINDS[name] == "predict":
        domain.interpreter.doubts += 1
        return Prediction(state.serial)
    return history_of(domain, state, site) if KINDS[name] == "fit" else Unknown(f"the result of {name}")


def snapshot(arguments: Arguments) -> Arguments:
    """The call with its lists and dicts as they are now: the program may go on to change them."""
    positional = [Arg(_copied(arg.value), arg.node, arg.origin) for arg in arguments.positional]
    keywords = {
        name: Arg(_copied(arg.value), arg.node, arg.origin) for name, arg in arguments.keywords.items()
    }
    made = Arguments(positional, keywords)
    made.open_positional, made.open_keywords = arguments.open_positional, arguments.open_keywords
    return made


def _copied(value: Value, depth: int = 0) -> Value:
    if depth > DEEPEST_COPY:
        return value
    if type(value) is ListValue:
        return ListValue(
            [_copied(item, depth + 1) for item in value.items], open=value.open, loose=value.loose
        )
    if type(value) is DictValue:
        items = {key: _copied(item, depth + 1) for key, item in value.items.items()}
        return DictValue(items, open=value.open)
    return tuple(_copied(item, depth + 1) for item in value) if isinstance(value, tuple) else value


DEEPEST_COPY = 4
"""Levels of nesting in losses, metrics and callbacks; a list may also hold itself."""


def note(
    domain: KerasDomain,
    kind: str,
    site: CallSite,
    optimizer: Value,
    state: ModelState | None,
    variables: frozenset[int] | None,
    data: TrainingData | None = None,
) -> None:
    """Append one event."""
    interpreter = domain.interpreter
    if len(domain.events) > 5_000:
        return
    domain.events.append(
        Event(
            kind,
            next_serial(),
            state,
            site,
            optimizer,
            variables,
            interpreter.path,
            bool(interpreter.loops),
            interpreter.calls[-1].name if interpreter.calls else None,
            state.variable if state is not None else None,
            data,
            next((domain.looped[one] for one in reversed(interpreter.loops) if one in domain.looped), None),
        )
    )


def apply_gradients(
    domain: KerasDomain, optimizer: Instance, name: str, arguments: Arguments, place: Place
) -> None:
    """`optimizer.apply_gradients(zip(gradients, variables))`, `optimizer.apply`, `optimizer.minimize`."""
    state = optimizer.native
    assert isinstance(state, ObjectState)
    site = domain.recorded(method_site(state.symbol, name, arguments, place, domain.target))
    given = [value for value in arguments.values() if isinstance(value, Variables)]
    if any(isinstance(value, Swapped) for value in given):
        note_act(domain, Deed.SWAP, name, place)
    model = variables = None
    if given:
        variables = owned(domain, given[-1])
        owners = [owner for owner in given[-1].owners if isinstance(owner, Instance)]
        if len(owners) == 1 and isinstance(owners[0].native, ModelState):
            model = owners[0].native
    note(domain, "apply_gradients", site, optimizer, model, variables)


def owned(domain: KerasDomain, value: Variables) -> frozenset[int] | None:
    """The identities of the layers that hold these variables; None when not all are known."""
    if not value.certain:
        return None
    found: set[int] = set()
    for owner in value.owners:
        part = variables_of(domain, owner, value.trainable_only)
        if part is None:
            return None
        found |= part
    return frozenset(found)


def model_variables(domain: KerasDomain, state: ModelState) -> frozenset[int] | None:
    """The identities of a model's trainable layers; None when not all are known."""
    return None if state.instance is None else variables_of(domain, state.instance, True)


def variables_of(domain: KerasDomain, owner: Value, trainable_only: bool) -> frozenset[int] | None:
    """The identities of the layers below `owner` that hold (trainable) variables."""
    found: set[int] = set()
    return frozenset(found) if _collect(domain, owner, trainable_only, found, 0) else None


def _collect(domain: KerasDomain, owner: Value, trainable_only: bool, found: set[int], depth: int) -> bool:
    if not isinstance(owner, Instance) or not isinstance(owner.native, LayerState) or depth > 40:
        return False
    state = owner.native
    if trainable_only and state.trainable is not True:
        return state.trainable is False
    if isinstance(state, ModelState):
        return _collect_model(domain, state, trainable_only, found, depth)
    if state.is_custom:
        children = children_of(owner)
        found.add(state.serial)
        return children is not None and all(
            _collect(domain, child, trainable_only, found, depth + 1) for child in children
        )
    if _may_have_weights(state.symbol):
        found.add(state.serial)
    return True


@lru_cache(maxsize=1024)
def _may_have_weights(symbol: str) -> bool:
    known = traits(symbol)
    return known.isdisjoint(WEIGHTLESS) or "weighted" in known


def _collect_model(
    domain: KerasDomain, state: ModelState, trainable_only: bool, found: set[int], depth: int
) -> bool:
    if state.kind == "application":
        found.add(state.serial)
        return True
    children = members_of(domain, state)
    return children is not None and all(
        _collect(domain, child, trainable_only, found, depth + 1) for child in children
    )
