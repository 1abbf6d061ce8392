"""Shapes that do not fit, maps that were left over, and windows that see nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.probing.feeding import first_samples
from kerlint.confirm.probing.heads import loss_words
from kerlint.confirm.probing.tracing import Called, calls_of, comes_from, following, passed, recorded
from kerlint.confirm.recording import Event
from kerlint.confirm.stubs import Stub

MAP, LABELS = 3, 2
HUGE = 2**20
HALVING = 2


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
    if event.made_up is not None:
        return
    x, y = batch_of(event)
    model = event.model
    if hasattr(x, "shape") and getattr(model, "built", False):
        wanted = getattr(model, "input_shape", None)
        if isinstance(wanted, tuple):
            yield (None, *tuple(x.shape)[1:]), wanted, "inputs"
    is_known = all(one.why != "missing package" for one in case.recording.replaced)
    if hasattr(y, "shape") and is_known:
        outputs = passed(case.recording, model, x if hasattr(x, "shape") else None)
        whole = next(call for call in outputs if call.layer is model)
        if len(whole.outputs) == 1:
            wanted = (None, *tuple(whole.outputs[0].shape)[1:])
            yield (None, *tuple(y.shape)[1:]), _target_shape(case, event, wanted), "targets"


def _target_shape(case: Case, event: Event, output: tuple[Any, ...]) -> tuple[Any, ...]:
    """The shape of the targets for an output: numbers of classes have an axis less."""
    compiles = [one for one in case.recording.events_of(event.model) if one.kind == "compile"]
    word, _ = (
        loss_words(case.recording.keras, compiles[-1].arguments.get("loss")) if compiles else (None, None)
    )
    return output[:-1] if word is not None and word.startswith("sparse") else output


def batch_of(event: Event) -> tuple[Any, Any]:
    """The first samples and targets of what a training was given, as far as they can be had."""
    x: Any = event.arguments.get("x")
    y = event.arguments.get("y")
    if isinstance(x, Stub):
        return None, None
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
    """Two convolutions in line of which one keeps its map as it is, strides aside, and the other does not."""
    found = unseen("the flagged layer is no part of a model that could be called")
    traces = [passed(case.recording, model) for model in case.models]
    for calls in traces or [recorded(case.recording)]:
        mine = [call for layer in case.layers for call in calls_of(calls, layer)]
        mine = [call for call in mine if call.inputs and call.outputs]
        others = [call for made in case.others for call in calls_of(calls, made.object) if call.outputs]
        for call in mine:
            found = fails(f"{_told(call)}, and no convolution in line with it is otherwise")
            for other in (*others, *mine):
                if _cuts(other) == _cuts(call) or not _in_line(calls, call, other):
                    continue
                if _is_by_default(case, call, other):
                    return holds(f"{_told(call)}; {_told(other)}")
    return found


def _is_by_default(case: Case, one: Called, other: Called) -> bool:
    """Whether one of two paddings is nobody's choice: left out, or a helper's own default."""
    first, second = (case.recording.made_of(call.layer) for call in (one, other))
    if first is None or second is None or first.region == second.region:
        return True
    return ("padding" in first.arguments) != ("padding" in second.arguments)


def _told(call: Called) -> str:
    maps = f"{_extents(call.inputs[0])} {_extents(call.outputs[0])}"
    return f"{named(call.layer)} with padding {call.layer.padding!r} makes {maps}"


def _cuts(call: Called) -> bool:
    """Whether the edges are treated otherwise than the strides alone would."""
    steps = getattr(call.layer, "strides", ())
    pairs = zip(_extents(call.inputs[0]), _extents(call.outputs[0]), steps, strict=False)
    if "Transpose" in type(call.layer).__name__:
        return any(out != extent * step for extent, out, step in pairs)
    return any(out != -(-extent // step) for extent, out, step in pairs)


def _in_line(calls: list[Called], one: Called, other: Called) -> bool:
    """Whether what leaves the earlier call comes to the later one."""
    first, second = sorted((one, other), key=lambda call: call.index)
    return comes_from(calls, second, first)


def _extents(tensor: Any) -> tuple[int, ...]:
    return tuple(int(extent or 0) for extent in tuple(tensor.shape)[1:-1])


def map_left(case: Case) -> Outcome:
    """A dense layer on a map smaller than the image, behind which nothing pools it before the output."""
    found = unseen("the flagged layer is no part of a model that could be called")
    for model in case.models:
        calls = passed(case.recording, model)
        whole = next(call for call in calls if call.layer is model)
        if _fits_targets(case, model, whole):
            return fails(f"the targets of {named(model)} are maps, too")
        for layer in case.layers:
            for call in calls_of(calls, layer):
                found = _left(calls, call, whole)
                if found.status == "confirmed":
                    return found
    return found


def _fits_targets(case: Case, model: Any, whole: Called) -> bool:
    """Whether the program's own targets have as many axes as the output."""
    for event in case.trainings(model):
        _, y = batch_of(event)
        if event.own and hasattr(y, "shape") and whole.outputs:
            wanted = _target_shape(case, event, tuple(whole.outputs[0].shape))
            return len(y.shape) == len(wanted) > LABELS
    return False


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
        for layer in case.layers:
            for call in calls_of(calls, layer):
                found = _wasted(call, calls[0])
                if found.status == "confirmed":
                    return found
    if not case.models:
        for layer in case.layers:
            found = _skips(layer) or found
    return found


def _wasted(call: Called, whole: Called) -> Outcome:
    layer, extents = call.layer, _extents(call.inputs[0])
    window = getattr(layer, "kernel_size", getattr(layer, "pool_size", None))
    skips = _skips(layer)
    if skips is not None:
        return skips
    is_cell = bool(extents) and all(extent == 1 for extent in extents)
    had_more = any(extent > 1 for extent in _extents(whole.inputs[0]))
    if window and is_cell and had_more and any(size > 1 for size in window):
        return holds(f"the {window} window of {named(layer)} slides over a map of {extents}")
    features = int(call.inputs[0].shape[-1])
    if not extents and features > HUGE:
        return holds(f"{named(layer)} gets {features:,} features")
    return fails(f"{named(layer)} gets {tuple(call.inputs[0].shape)[1:]}, its window is {window}")


def _skips(layer: Any) -> Outcome | None:
    window = getattr(layer, "kernel_size", getattr(layer, "pool_size", None))
    strides = getattr(layer, "strides", None)
    if window and strides and any(_steps_over(*pair) for pair in zip(strides, window, strict=False)):
        return holds(f"{named(layer)} takes steps of {strides} under a window of {window}")
    return None


def _steps_over(step: int, size: int) -> bool:
    """Whether a window skips cells; a window of one cell with a step of 2 halves a shortcut on purpose."""
    return step > size and (size > 1 or step > HALVING)
