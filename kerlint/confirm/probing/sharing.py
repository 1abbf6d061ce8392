"""One object in several places: a layer in a stack, an optimizer of two models, a callback of two trainings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.probing.saying import told
from kerlint.confirm.probing.stepping import batch_of
from kerlint.confirm.probing.tracing import calls_of, comes_from, passed
from kerlint.confirm.recording import Event


def shared_object(case: Case) -> Outcome:
    """A layer whose output comes back to it, or an optimizer of models that it cannot both train."""
    optimizers = list(_optimizers(case))
    if optimizers:
        return _of_optimizers(case, optimizers)
    return _of_layers(case)


def _optimizers(case: Case) -> Iterator[Event]:
    for event in (*case.events, *case.related_events):
        if event.kind == "compile" and getattr(event.model, "optimizer", None) is not None:
            yield event


def _of_optimizers(case: Case, compiles: list[Event]) -> Outcome:
    found = unseen("one model was compiled there only")
    in_order = sorted(compiles, key=lambda event: event.order)
    models = list({id(event.model): event.model for event in in_order}.values())
    for position, first in enumerate(models):
        for second in models[position + 1 :]:
            if first.optimizer is not second.optimizer:
                found = fails(f"{named(first)} and {named(second)} have optimizers of their own")
                continue
            found = _both(case, first, second)
            if found.status == "confirmed":
                return found
    return found


def _both(case: Case, first: Any, second: Any) -> Outcome:
    what = f"{named(first)} and {named(second)} have one {type(first.optimizer).__name__}"
    trained = [[event for event in case.trainings(model) if event.own] for model in (first, second)]
    if any(trained) and not all(trained):
        return fails(f"{what}, and one of them only is trained")
    if _is_nested(case, first, second):
        return fails(f"{what}, and the same weights")
    if all(event.ran for events in trained for event in events) and all(trained):
        for model, events in zip((first, second), trained, strict=True):
            if not any(event.error or event.moved for event in events):
                return unseen(f"{what}, but the steps of {named(model)} move no weight")
        return _state_shared(what, first)
    try:
        for model in (first, second):
            model.train_on_batch(*batch_of(case, model))
    except (ValueError, KeyError) as error:
        return holds(f"{what}; a step of both raised {told(error)}")
    return _state_shared(what, first)


def _state_shared(what: str, model: Any) -> Outcome:
    steps = int(getattr(model.optimizer, "iterations", 0))
    return holds(f"{what}, whose count of steps went on to {steps}")


def _is_nested(case: Case, first: Any, second: Any) -> bool:
    """Whether what the second trains is a part of what the first trains, each as it was compiled."""
    known = _trained_by(case, first)
    return _trained_by(case, second) <= known


def _trained_by(case: Case, model: Any) -> set[int]:
    compiles = [event for event in case.recording.events_of(model) if event.kind == "compile"]
    flags = (
        dict(zip(map(id, compiles[-1].variables), compiles[-1].trainable, strict=False)) if compiles else {}
    )
    if flags:
        return {identity for identity, is_trainable in flags.items() if is_trainable}
    return {id(weight) for weight in model.trainable_variables}


def _of_layers(case: Case) -> Outcome:
    found = unseen("the flagged layer is no part of a model that could be called")
    for model in case.models:
        calls = passed(case.recording, model)
        for layer in (*case.layers, *(one.object for one in case.others if one.kind == "layer")):
            mine = calls_of(calls, layer)
            chained = [call for call in mine[1:] if comes_from(calls, call, mine[0])]
            if chained:
                return holds(f"one pass calls {named(layer)} {len(mine)} times in a row")
            if mine:
                found = fails(f"one pass calls {named(layer)} once, or side by side")
    return found


def state_kept(case: Case) -> Outcome:
    """A callback with a memory, or two with one file, in the trainings of two models."""
    fits = [event for event in (*case.related_events, *case.events) if event.kind == "fit"]
    found = unseen("two trainings with callbacks were not reached")
    for position, first in enumerate(fits):
        for second in fits[position + 1 :]:
            if first.model is second.model:
                continue
            for callback in _callbacks(first):
                for other in _callbacks(second):
                    found = _kept(callback, other, first, second) or found
                    if found.status == "confirmed":
                        return found
    return found


def _callbacks(event: Event) -> list[Any]:
    given = event.arguments.get("callbacks")
    return list(given) if isinstance(given, list | tuple) else [given] if given is not None else []


def _kept(callback: Any, other: Any, first: Event, second: Event) -> Outcome | None:
    if type(callback) is not type(other):
        return None
    what = f"{type(callback).__name__} of {named(first.model)} and {named(second.model)}"
    path = getattr(callback, "filepath", getattr(callback, "filename", None))
    same_file = path is not None and path == getattr(other, "filepath", getattr(other, "filename", None))
    is_appending = bool(getattr(callback, "append", False))
    if callback is other and getattr(callback, "save_best_only", False):
        return holds(f"{what} is one object, and remembers the best {callback.monitor}: {callback.best}")
    if same_file and not is_appending:
        return holds(f"{what} writes both to {path!s}")
    return fails(f"{what} begins anew with each training, or writes to files of their own")
