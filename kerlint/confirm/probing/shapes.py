"""Shapes that do not fit, maps that were left over, and windows that see nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.probing.tracing import Called, calls_of, first_samples, following, passed
from kerlint.confirm.recording import Event

MAP = 3
HUGE = 2**20


def shape_differs(case: Case) -> Outcome:
    """Data that a training gives a model, and what the model takes and gives, in other shapes."""
    found = unseen("no data with a shape reached the flagged model")
    for event in _fed(case):
        for given, wanted, what in _compared(case, event):
            told = f"{named(event.model)} gets {what} of the shape {given}, and has {wanted}"
            if _differ(given, wanted):
                return holds(told)
            found = fails(told)
    return found


def _fed(case: Case) -> Iterator[Event]:
    kinds = ("fit", "train_on_batch", "evaluate", "predict")
    direct = [event for event in (*case.events, *case.related_events) if event.kind in kinds]
    if direct:
        yield from direct
        return
    for model in case.models:
        yield from (event for event in case.recording.events_of(model) if event.kind in kinds)


def _compared(case: Case, event: Event) -> Iterator[tuple[Any, Any, str]]:
    x, y = batch_of(event)
    model = event.model
    if hasattr(x, "shape") and getattr(model, "built", False):
        wanted = getattr(model, "input_shape", None)
        if isinstance(wanted, tuple):
            yield (None, *tuple(x.shape)[1:]), wanted, "inputs"
    if hasattr(y, "shape"):
        outputs = passed(case.recording, model, x if hasattr(x, "shape") else None)
        whole = next(call for call in outputs if call.layer is model)
        if len(whole.outputs) == 1:
            yield (None, *tuple(y.shape)[1:]), (None, *tuple(whole.outputs[0].shape)[1:]), "targets"


def batch_of(event: Event) -> tuple[Any, Any]:
    x: Any = event.arguments.get("x")
    y = event.arguments.get("y")
    if hasattr(x, "element_spec"):
        batch = next(iter(x.take(1)), None)
        return batch if isinstance(batch, tuple) and len(batch) > 1 else (batch, y)
    if hasattr(x, "__getitem__") and hasattr(x, "__len__") and not hasattr(x, "shape") and not _is_plain(x):
        batch = x[0]
        return (batch[0], batch[1]) if isinstance(batch, tuple) and len(batch) > 1 else (batch, y)
    return first_samples(x), first_samples(y)


def _is_plain(value: Any) -> bool:
    return isinstance(value, list | tuple | dict | str)


def _differ(given: Any, wanted: Any) -> bool:
    if len(given) != len(wanted):
        return not _only_ones(given, wanted)
    return any(a is not None and b is not None and a != b for a, b in zip(given, wanted, strict=True))


def _only_ones(given: Any, wanted: Any) -> bool:
    """Whether the shapes differ by an axis of one unit, which losses take out: `(n,)` and `(n, 1)`."""
    longer, shorter = sorted((tuple(given), tuple(wanted)), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and longer[-1] == 1 and longer[:-1] == shorter


def edges_lost(case: Case) -> Outcome:
    """A convolution that cuts the edges off, without being told to, where another keeps them."""
    found = unseen("the flagged layer is no part of a model that could be called")
    for model in case.models:
        calls = passed(case.recording, model)
        lost = [call for made in case.layers() for call in calls_of(calls, made.object) if _cuts(call)]
        kept = [call for made in case.others for call in calls_of(calls, made.object) if not _cuts(call)]
        for call in lost:
            told = f"{named(call.layer)} makes {_extents(call.inputs[0])} {_extents(call.outputs[0])}"
            told += f", its padding is {call.layer.padding!r}"
            if kept and _in_line(calls, call, kept[0]):
                other = kept[0]
                told += (
                    f"; {named(other.layer)} keeps {_extents(other.inputs[0])} with {other.layer.padding!r}"
                )
                return holds(told)
            found = fails(f"{told}, and no convolution in line with it keeps its map")
        if not lost and calls:
            found = fails("the flagged convolution cuts nothing off")
    return found


def _cuts(call: Called) -> bool:
    strides = getattr(call.layer, "strides", None)
    before, after = _extents(call.inputs[0]), _extents(call.outputs[0])
    return any(
        out < -(-extent // step) for extent, out, step in zip(before, after, strides or (), strict=False)
    )


def _in_line(calls: list[Called], one: Called, other: Called) -> bool:
    """Whether what leaves the earlier call comes to the later one."""
    first, second = sorted((one, other), key=lambda call: call.index)
    reached = {id(output) for output in first.outputs}
    for call in calls[first.index + 1 :]:
        if any(id(value) in reached for value in call.inputs):
            if call is second:
                return True
            reached |= {id(output) for output in call.outputs}
    return False


def _extents(tensor: Any) -> tuple[int, ...]:
    return tuple(int(extent) for extent in tuple(tensor.shape)[1:-1])


def map_left(case: Case) -> Outcome:
    """A dense layer on a map smaller than the image, behind which nothing pools it before the output."""
    found = unseen("the flagged layer is no part of a model that could be called")
    for model in case.models:
        calls = passed(case.recording, model)
        whole = next(call for call in calls if call.layer is model)
        for made in case.layers():
            for call in calls_of(calls, made.object):
                found = _left(calls, call, whole)
                if found.status == "confirmed":
                    return found
    return found


def _left(calls: list[Called], call: Called, whole: Called) -> Outcome:
    shape = tuple(call.outputs[0].shape)
    told = f"{named(call.layer)} gives {shape[1:]} a sample"
    if len(shape) < MAP:
        return fails(told)
    image = _extents(whole.inputs[0])
    if len(shape) - 2 == len(image) and all(a >= b for a, b in zip(shape[1:-1], image, strict=True)):
        return fails(f"{told}, a value for each place of the input")
    after = following(calls, call)
    while after is not None:
        if type(after.layer).__name__ == "Flatten":
            return holds(f"{told}, and {named(after.layer)} comes after it")
        if len(after.outputs[0].shape) < len(shape):
            return fails(f"{told}, and {named(after.layer)} comes after it")
        after = following(calls, after)
    output = tuple(whole.outputs[0].shape)
    if len(output) == len(shape):
        return holds(f"{told}, and the output of {named(whole.layer)} is {output[1:]}")
    return fails(f"{told}, and the output of {named(whole.layer)} is {output[1:]}")


def window_wasted(case: Case) -> Outcome:
    """A window on a map of one cell, a stride that is longer than the window, or a huge flattened map."""
    found = unseen("the flagged layer is no part of a model that could be called")
    for model in case.models:
        calls = passed(case.recording, model)
        for made in case.layers():
            for call in calls_of(calls, made.object):
                found = _wasted(call)
                if found.status == "confirmed":
                    return found
    if not case.models:
        for made in case.layers():
            found = _skips(made.object) or found
    return found


def _wasted(call: Called) -> Outcome:
    layer, extents = call.layer, _extents(call.inputs[0])
    window = getattr(layer, "kernel_size", getattr(layer, "pool_size", None))
    skips = _skips(layer)
    if skips is not None:
        return skips
    if window and extents and all(extent == 1 for extent in extents) and any(size > 1 for size in window):
        return holds(f"the {window} window of {named(layer)} slides over a map of {extents}")
    features = int(call.inputs[0].shape[-1])
    if not extents and features > HUGE:
        return holds(f"{named(layer)} gets {features:,} features")
    return fails(f"{named(layer)} gets {tuple(call.inputs[0].shape)[1:]}, its window is {window}")


def _skips(layer: Any) -> Outcome | None:
    window = getattr(layer, "kernel_size", getattr(layer, "pool_size", None))
    strides = getattr(layer, "strides", None)
    if window and strides and any(step > size > 1 for step, size in zip(strides, window, strict=False)):
        return holds(f"{named(layer)} takes steps of {strides} under a window of {window}")
    return None
