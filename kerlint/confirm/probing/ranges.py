"""The range of the values that reach the first layer with weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.probing.shapes import batch_of
from kerlint.confirm.probing.tracing import Called, following, has_kernel, passed
from kerlint.confirm.recording import Event

LARGEST, SMALLEST = 20.0, 0.02
EMBEDDING = "Embedding"


def range_differs(case: Case) -> Outcome:
    """Values far from the size that initial weights are made for: raw pixels, or pixels scaled twice."""
    found = unseen("no data with values reached the flagged model")
    for event in _fed(case):
        x, _ = batch_of(event)
        if not hasattr(x, "shape"):
            continue
        calls = passed(case.recording, event.model, x, True)
        first = next((call for call in calls if _is_first(call)), None)
        if first is None:
            continue
        after = following(calls, first)
        if after is not None and _evens_out(case, after.layer):
            return fails(f"{named(after.layer)} comes right after {named(first.layer)}")
        low, high = _ends(first.inputs[0])
        largest = max(abs(low), abs(high))
        told = f"{named(first.layer)}, the first layer with weights, gets values from {low:.3g} to {high:.3g}"
        if largest > LARGEST or 0 < largest < SMALLEST:
            return holds(told)
        found = fails(told)
    return found


def _evens_out(case: Case, layer: Any) -> bool:
    """Whether a layer learns the size of what reaches it; one of a model that came with its weights does not."""
    if "Normalization" not in type(layer).__name__:
        return False
    holders = {id(model) for model in case.recording.models_with(layer)}
    return not any(made.kind == "model" and id(made.object) in holders for made in case.subjects)


def rows_missing(case: Case) -> Outcome:
    """Ids beyond the last row of the flagged embedding, in what a training or prediction gives the model."""
    found = unseen("no ids reached the flagged embedding")
    for event in _fed(case):
        x, _ = batch_of(event)
        for layer in case.layers:
            rows = getattr(layer, "input_dim", None)
            if rows is None or not hasattr(x, "shape"):
                continue
            low, high = _ends(event.arguments["x"] if _is_array(event.arguments.get("x")) else x)
            told = f"{named(layer)} has the rows 0 to {rows - 1}, the ids go from {low:g} to {high:g}"
            if high >= rows or low < 0:
                return holds(told)
            found = fails(told)
    return found


def _is_array(value: Any) -> bool:
    return hasattr(value, "shape") and hasattr(value, "min")


def _fed(case: Case) -> Iterator[Event]:
    kinds = ("fit", "train_on_batch", "evaluate", "predict")
    direct = [event for event in case.events if event.kind in kinds]
    if direct:
        yield from direct
        return
    for model in case.models or [made.object for made in case.recording.models]:
        yield from (event for event in case.recording.events_of(model) if event.kind in kinds)


def _is_first(call: Called) -> bool:
    is_model = hasattr(call.layer, "fit")
    return not is_model and has_kernel(call.layer) and type(call.layer).__name__ != EMBEDDING


def _ends(tensor: Any) -> tuple[float, float]:
    import numpy as np

    values = np.asarray(tensor)
    return float(values.min()), float(values.max())
