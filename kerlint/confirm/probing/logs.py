"""What a training logs, and what callbacks and readers of its history ask of the logs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.recording import Event

PLACEHOLDER = re.compile(r"\{(\w+)")
LESS_IS_BETTER = re.compile("loss|error|mae$|mse$")
MORE_IS_BETTER = re.compile("acc|auc|precision|recall|f1")


def key_missing(case: Case) -> Outcome:
    """A key that the finding speaks of and no training logged."""
    found = unseen("no training with logs was run")
    asked: dict[str, list[Event]] = {}
    for event, key in _asked(case):
        if event.history:
            asked.setdefault(key, []).append(event)
    for key, events in asked.items():
        logged = [name for event in events for name in event.history]
        told = f"{key!r} is {'' if key in logged else 'not '}among the logs of {named(events[0].model)}: "
        told += ", ".join(dict.fromkeys(logged))
        if key not in (*logged, "epoch", "batch"):
            return holds(told)
        found = fails(told)
    return found


def _asked(case: Case) -> Iterator[tuple[Event, str]]:
    """The trainings with the keys that a callback, or the flagged text, asks of them."""
    fits = [event for event in (*case.related_events, *case.events) if event.kind == "fit" and event.ran]
    fits = fits or [event for event in case.recording.events if event.kind == "fit" and event.ran]
    callbacks = [made.object for made in (*case.subjects, *case.others) if made.kind == "callback"]
    for event in fits:
        given = event.arguments.get("callbacks") or ()
        for callback in callbacks:
            if isinstance(given, list | tuple) and not any(one is callback for one in given):
                continue
            yield from ((event, key) for key in _keys_of(callback, case.text))
        if not callbacks:
            yield from ((event, key) for key in _read_keys(case.text))


def _keys_of(callback: Any, text: str) -> Iterator[str]:
    path = str(getattr(callback, "filepath", ""))
    if PLACEHOLDER.search(text):
        yield from PLACEHOLDER.findall(path)
    elif isinstance(getattr(callback, "monitor", None), str):
        yield callback.monitor


def _read_keys(text: str) -> Iterator[str]:
    """The keys that a flagged `history["val_acc"]` is read by."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            yield str(node.slice.value)


def never_acts(case: Case) -> Outcome:
    """A callback whose mode is against its monitor, or whose patience is longer than the training."""
    found = unseen("the flagged callback was not made")
    for made in case.subjects:
        callback = made.object
        if made.kind != "callback":
            continue
        for outcome in (_against(callback), _too_patient(case, callback), _on_training_data(case, callback)):
            if outcome is None:
                continue
            found = outcome
            if found.status == "confirmed":
                return found
    return found


def _against(callback: Any) -> Outcome | None:
    monitor, mode = getattr(callback, "monitor", None), getattr(callback, "mode", None)
    if not isinstance(monitor, str) or mode not in ("min", "max"):
        return None
    wrong = (LESS_IS_BETTER if mode == "max" else MORE_IS_BETTER).search(monitor)
    told = f"{type(callback).__name__} takes the {mode}imum of {monitor} for the best"
    return holds(told) if wrong else fails(told)


def _trainings_with(case: Case, callback: Any) -> Iterator[Event]:
    for event in case.recording.events:
        given = event.arguments.get("callbacks") if event.kind == "fit" else None
        if isinstance(given, list | tuple) and any(one is callback for one in given):
            yield event


def _too_patient(case: Case, callback: Any) -> Outcome | None:
    patience = getattr(callback, "patience", None)
    for event in _trainings_with(case, callback):
        epochs = event.arguments.get("epochs", 1)
        if isinstance(patience, int) and isinstance(epochs, int):
            told = f"{type(callback).__name__} waits {patience} epochs, and the training has {epochs}"
            return holds(told) if patience >= epochs else fails(told)
    return None


def _on_training_data(case: Case, callback: Any) -> Outcome | None:
    monitor = getattr(callback, "monitor", None)
    for event in _trainings_with(case, callback):
        validated = any(
            event.arguments.get(name) is not None for name in ("validation_data", "validation_split")
        )
        if validated and isinstance(monitor, str) and not monitor.startswith("val_"):
            return holds(f"{type(callback).__name__} monitors {monitor}, and the training logs val_{monitor}")
    return None
