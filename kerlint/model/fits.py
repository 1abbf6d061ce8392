"""Trainings by `fit`: the compile in force, the callbacks as they were then, and what is read of the history."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kerlint.frozen import fact
from kerlint.keras_api import names
from kerlint.model.losses import items
from kerlint.model.states import ModelState, ObjectState
from kerlint.python.domain import MISSING
from kerlint.python.values import (
    ClassValue,
    FunctionValue,
    Instance,
    Path,
    Symbol,
    Unknown,
    Value,
    next_serial,
)

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.domain import KerasDomain
    from kerlint.model.facts import LibraryObject
    from kerlint.places import Place

HISTORY = Symbol("keras.callbacks.History")
RECORDS = Symbol("keras.callbacks.History.history")
"""The dict in a History, and views of its keys."""
OWN_STEPS = frozenset(
    ["train_step", "test_step", "metrics", "compute_metrics", "make_train_function", "make_test_function"]
)
"""Methods with which a user's model decides itself what is logged."""
_WRITES_LOGS = re.compile(r"\blogs\s*(\[[^\]]*\]\s*[-+*/]?=(?!=)|\.\s*(update|setdefault|__setitem__)\b)")


@fact
class Callback:
    """One callback of a fit. `symbol` is the library class it is or derives from."""

    identity: int
    symbol: str
    site: CallSite | None
    """Its construction, where it is an object of the library's own class."""
    variable: str | None
    is_custom: bool
    may_log: bool
    """Whether its code may add keys to the logs."""

    @property
    def cls(self) -> str:
        """The short name of the library class."""
        return self.symbol.rpartition(".")[2]


@fact
class Key:
    """A key read from a fit's history. `is_guarded` in a `try`, or where the program asks for it first."""

    text: str
    place: Place
    is_guarded: bool


@fact
class Fit:
    """One `fit`, beside its `Training` (of the same `site`)."""

    order: int
    site: CallSite
    model: int
    label: str
    compiled: CallSite | None
    """The compile in force; None when there was none, or which it is depends on the path."""
    callbacks: tuple[Callback, ...]
    callbacks_known: bool
    """False when there may be others."""
    is_plain: bool
    """Keras's own training step logs what compile asked for, and nothing else."""
    keys: tuple[Key, ...]
    path: Path
    repeated: bool


@dataclass(slots=True, eq=False)
class FitState:
    """One fit as it was evaluated."""

    order: int
    site: CallSite
    model: ModelState
    compiled: Value
    path: Path
    repeated: bool
    keys: list[Key] = field(default_factory=list)
    tested: set[str] = field(default_factory=set)
    is_open: bool = False
    """The program may have put keys of its own into the history, or asks which there are."""


@dataclass(slots=True, eq=False)
class HistoryState:
    """What a History object, or the dict in it, knows of its fit."""

    fit: FitState


def history_of(domain: KerasDomain, state: ModelState, site: CallSite) -> Instance:
    """Record a fit; gives the History that it returns."""
    interpreter = domain.interpreter
    made = FitState(next_serial(), site, state, state.compiled_by, interpreter.path, bool(interpreter.loops))
    if len(domain.fits) < MOST_FITS:
        domain.fits.append(made)
    return Instance(HISTORY, HistoryState(made))


MOST_FITS = 2_000


def history_attribute(instance: Instance, state: HistoryState, name: str) -> Value:
    """`history.history` is the dict; all else of it is not followed."""
    if instance.cls == HISTORY:
        return Instance(RECORDS, state) if name == "history" else Unknown(f"history.{name}")
    return MISSING


def history_method(receiver: Instance, state: HistoryState, name: str, values: list[Value]) -> Value:
    """Methods of the dict: views stand for it, and what may change it opens it."""
    if receiver.cls == RECORDS and name == "keys":
        return receiver
    if name == "get" and values and isinstance(values[0], str):
        state.fit.tested.add(values[0])
    elif name in ("update", "setdefault", "pop", "__setitem__"):
        state.fit.is_open = True
    return Unknown(f"history.{name}")


def history_operation(domain: KerasDomain, operator: str, operands: tuple[Value, ...], place: Place) -> Value:
    """`history.history["loss"]` and `"loss" in history.history`; MISSING for all else."""
    records = operands[0]
    if not isinstance(records, Instance) or not isinstance(records.native, HistoryState):
        return MISSING
    fit, key = records.native.fit, operands[1] if len(operands) > 1 else None
    if records.cls == RECORDS and operator == "Subscript" and isinstance(key, str):
        fit.keys.append(Key(key, place, domain.interpreter.trying > 0))
    elif operator == "Contains":
        if isinstance(key, str):
            fit.tested.add(key)
        else:
            fit.is_open = True
    return Unknown(f"{operator} of a history")


# Freezing


def frozen_fit(fit: FitState, objects: dict[int, LibraryObject], label: str, target: str) -> Fit:
    """The fact of one fit. `objects` are the library's objects by identity."""
    callbacks, callbacks_known = _callbacks(fit.site, objects, target)
    keys = tuple(
        Key(key.text, key.place, key.is_guarded or fit.is_open or key.text in fit.tested) for key in fit.keys
    )
    return Fit(
        order=fit.order,
        site=fit.site,
        model=fit.model.serial,
        label=label,
        compiled=_site(fit.compiled),
        callbacks=callbacks,
        callbacks_known=callbacks_known,
        is_plain=_is_plain(fit.model),
        keys=keys,
        path=fit.path,
        repeated=fit.repeated,
    )


def _site(value: Value) -> CallSite | None:
    from kerlint.model.call_sites import CallSite

    return value if isinstance(value, CallSite) else None


def _callbacks(
    site: CallSite, objects: dict[int, LibraryObject], target: str
) -> tuple[tuple[Callback, ...], bool]:
    given = site.value("callbacks")
    if given is None:
        return (), is_surely_none(site, "callbacks")
    values = items(given)
    values = (given,) if values is None else values
    found = [_callback(value, objects, target) for value in values]
    known = tuple(one for one in found if one is not None)
    return known, len(known) == len(found)


def is_surely_none(site: CallSite, name: str) -> bool:
    """Whether an argument is None whoever calls: left out, or written so, and not a parameter's default."""
    argument = site.argument(name)
    if argument is None:
        return name not in site.arguments and site.exact
    return argument.value is None and (not argument.is_given or argument.text == "None")


def _callback(value: Value, objects: dict[int, LibraryObject], target: str) -> Callback | None:
    if not isinstance(value, Instance):
        return None
    if isinstance(value.native, ObjectState) and isinstance(value.cls, Symbol):
        made = objects.get(value.native.serial)
        identity, site = value.native.serial, value.native.site
        variable = made.variable if made is not None else value.native.variable
        is_silent = value.native.symbol not in FREE_LOGS
        return Callback(identity, value.native.symbol, site, variable, False, not is_silent)
    base = _library_base(value, target)
    if base is None:
        return None
    return Callback(value.serial, base, None, None, True, _writes_logs(value))


FREE_LOGS = frozenset(["keras.callbacks.LambdaCallback"])
"""Callbacks of the library that run the user's code."""


def _library_base(value: Instance, target: str) -> str | None:
    if not isinstance(value.cls, ClassValue):
        return None
    symbols = [base.dotted for base in value.cls.mro if isinstance(base, Symbol)]
    return next((one for one in symbols if names.category(one, target) == "callback"), None)


def _writes_logs(value: Instance) -> bool:
    """Whether the class assigns to its `logs`; True also where a part of it is not seen."""
    assert isinstance(value.cls, ClassValue)
    for base in value.cls.mro:
        if isinstance(base, ClassValue):
            if _WRITES_LOGS.search(base.statement.code(base.node)):
                return True
        elif not isinstance(base, Symbol):
            return True
    return False


def _is_plain(state: ModelState) -> bool:
    cls = state.instance.cls if state.instance is not None else None
    if isinstance(cls, ClassValue):
        return all(_has_no_steps(base) for base in cls.mro)
    return True


def _has_no_steps(base: Value) -> bool:
    if isinstance(base, ClassValue):
        own = base.namespace.keys()
        return not (OWN_STEPS & own) and not any(_holds_metric(value) for value in base.namespace.values())
    return isinstance(base, Symbol)


def _holds_metric(value: Value) -> bool:
    return isinstance(value, FunctionValue) and "add_metric" in value.statement.code(value.node)
