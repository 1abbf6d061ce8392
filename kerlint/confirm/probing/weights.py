"""What trainings did to weights, and what weights were to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.probing.statistics import has_own_step
from kerlint.confirm.probing.stepping import gradients_of
from kerlint.confirm.probing.tracing import calls_of, has_kernel, passed
from kerlint.confirm.recording import Event, Made, layers_of

SAME = 1e-7
MATRIX = 2


def unchanged_weights(case: Case) -> Outcome:
    """A training step that leaves all weights that should train where they were."""
    found = unseen("no training step of the flagged model was run")
    for event in trained(case):
        moves = [_moved(*pair) for pair in _pairs(event) if pair[2]]
        if not moves:
            found = unseen(f"{event.kind} of {named(event.model)} has no weights to train")
            continue
        most = max(moves)
        told = f"line {_line(event)}: {event.kind} moved the weights of {named(event.model)}"
        if most <= SAME and not _has_gradient(case, event.model):
            found = unseen(f"{told} by nothing, for its gradients are 0 whatever the learning rate")
            continue
        if most <= SAME:
            return holds(f"{told} by {most:.1e} at most")
        found = fails(f"{told} by up to {most:.1e}")
    return found


def _has_gradient(case: Case, model: Any) -> bool:
    """Whether there is something to move weights by."""
    import numpy as np

    _, gradients = gradients_of(case, model)
    return any(np.any(np.asarray(one) != 0) for one in gradients if one is not None)


def wild_step(case: Case) -> Outcome:
    """A training step that moves weights by more than their own size, or ten that only raise the loss."""
    import numpy as np

    found = unseen("no training step of the flagged model was run")
    for event in trained(case):
        for variable, before, trainable, after in _values(event):
            size = float(np.sqrt(np.mean(np.square(before)))) if trainable and before.ndim >= MATRIX else 0.0
            if not size:
                continue
            moved = float(np.sqrt(np.mean(np.square(after - before))))
            told = (
                f"line {_line(event)}: one {event.kind} moved {_path(variable)} by {moved / size:.3g} times"
            )
            if not np.isfinite(moved) or moved > size:
                return holds(f"{told} its own size")
            found = fails(f"{told} its own size")
    return found


def trainable_ignored(case: Case) -> Outcome:
    """A training after which weights moved that were not to train when the model was compiled, or the reverse."""
    found = unseen("no training step after it was run")
    for event in _later_trainings(case):
        found = _judged(case, event) or found
        if found.status == "confirmed":
            return found
    return found


def _later_trainings(case: Case) -> Iterator[Event]:
    """The program's own trainings that the finding names, else those of its models."""
    wanted = [event for event in case.related_events if event.trains and event.ran and event.own]
    models = {id(event.model) for event in (*case.related_events, *case.events)}
    yield from wanted or (
        event
        for event in case.recording.events
        if event.trains and event.ran and event.own and id(event.model) in models
    )


def _judged(case: Case, event: Event) -> Outcome | None:
    compiled = _trainable_when_compiled(case, event)
    what = f"line {_line(event)}: {event.kind} of {named(event.model)}"
    weights = [one for one in _values(event) if _is_weight(one[0])]
    has_moved, goes_by_now = _could_move(event), hasattr(case.recording.keras, "ops")
    for variable, before, now, after in weights:
        moved = _moved(before, after) > SAME
        then = compiled.get(id(variable), now)
        if then != moved and now == moved and (moved or not has_moved):
            verb = "moved" if moved else "did not move"
            was = "trainable" if then else "frozen"
            return holds(f"{what} {verb} {_path(variable)}, {was} when it was compiled")
        if goes_by_now and now != moved and (moved or has_moved):
            state = "trainable" if now else "frozen"
            return holds(f"{what} {'moved' if moved else 'did not move'} {_path(variable)}, {state} by now")
    return fails(f"{what} moved what is trainable, and nothing else") if weights else None


def _could_move(event: Event) -> bool:
    """Whether the step moved anything at all: a gradient of zero tells nothing."""
    return any(_moved(before, after) > SAME for _, before, _, after in _values(event))


def _trainable_when_compiled(case: Case, event: Event) -> dict[int, bool]:
    """What was trainable when the model was compiled last."""
    compiles = [
        one
        for one in case.recording.events_of(event.model)
        if one.kind == "compile" and one.order < event.order
    ]
    if not compiles:
        return {}
    last = compiles[-1]
    return {
        id(variable): flag
        for variable, flag in zip(last.variables, last.trainable, strict=False)
        if _is_weight(variable)
    }


def handed_on(case: Case) -> Outcome:
    """A second training of one model that begins where the first ended."""
    import numpy as np

    found = unseen("the flagged training was run once only")
    by_model: dict[int, list[Event]] = {}
    for event in case.events:
        if event.trains and event.ran:
            by_model.setdefault(id(event.model), []).append(event)
    for events in by_model.values():
        for first, second in pairwise(events):
            if not first.after or len(first.after) != len(second.before):
                continue
            same = all(np.array_equal(a, b) for a, b in zip(first.after, second.before, strict=True))
            moved = any(_moved(a, b) > SAME for a, b in zip(first.before, first.after, strict=True))
            told = f"line {_line(first)}: the second {second.kind} of {named(second.model)}"
            if same and moved:
                return holds(f"{told} begins with the weights that the first left")
            found = fails(f"{told} begins with other weights than the first left")
    return found


def equal_weights(case: Case) -> Outcome:
    """Two layers, each at one of the related places, with equal weights."""
    import numpy as np

    layers = [made.object for made in case.others if made.kind in ("layer", "model")]
    weights = [(layer, weight) for layer in layers for weight in _matrices(layer)]
    for position, (layer, weight) in enumerate(weights):
        for other, second in weights[position + 1 :]:
            if other is layer or tuple(weight.shape) != tuple(second.shape):
                continue
            if np.array_equal(np.asarray(weight), np.asarray(second)):
                return holds(f"the weights of {named(layer)} and {named(other)} are equal")
            return fails(f"the weights of {named(layer)} and {named(other)} differ")
    return unseen("no two weights of one shape are there to compare")


def equal_units(case: Case) -> Outcome:
    """A hidden layer whose units all begin with the same weights."""
    found = unseen("the flagged layer is no part of a model that could be called")
    for model in case.models:
        calls = passed(case.recording, model)
        for layer in case.layers:
            for call in calls_of(calls, layer):
                hidden = any(has_kernel(other.layer) for other in calls[call.index + 1 :])
                found = _units(layer) if hidden else fails(f"{named(layer)} is the last with weights")
                if found.status == "confirmed":
                    return found
    return found


def _units(layer: Any) -> Outcome:
    import numpy as np

    for weight in _matrices(layer) if layer.trainable else ():
        values = np.asarray(weight)
        told = f"the {values.shape[-1]} units of {named(layer)} begin with"
        if values.shape[-1] >= MATRIX and np.array_equal(
            values, np.broadcast_to(values[..., :1], values.shape)
        ):
            return holds(f"{told} equal weights, {values.ravel()[0]:g} first")
        return fails(f"{told} weights of their own")
    return unseen(f"{named(layer)} has no weights")


def different_weights(case: Case) -> Outcome:
    """Two runs of the program under its own seeds that begin with other weights."""
    import numpy as np

    if not case.recording.models and not any(made.kind == "layer" for made in case.recording.made):
        return unseen("no model was built")
    second = case.recording.again()
    if second is None or second.raised is not None:
        return unseen("the program could not be run twice")
    mine, theirs = (list(_first_weights(recording.made)) for recording in (case.recording, second))
    if not mine or len(mine) != len(theirs):
        return unseen("the two runs have no weights to compare")
    for (path, one), (_, other) in zip(mine, theirs, strict=True):
        if one.shape == other.shape and not np.array_equal(one, other):
            return holds(f"two runs under the program's seeds: {path} differs by {_moved(one, other):.2g}")
    return fails(f"two runs under the program's seeds begin with the same {len(mine)} weights")


def _first_weights(made: list[Made]) -> Iterator[tuple[str, Any]]:
    import numpy as np

    for item in made:
        for weight in _matrices(item.object) if item.kind == "layer" else ():
            yield _path(weight), np.asarray(weight)


def missing_weights(case: Case) -> Outcome:
    """A variable or layer of the flagged place that no model has among its weights."""
    owners = [made.object for made in case.recording.made if made.kind in ("model", "layer")]
    name = case.text.rpartition(".")[2]
    found = unseen("the flagged variable was not made")
    for owner in owners:
        value = vars(owner).get(name) if name.isidentifier() else None
        if value is None or not hasattr(value, "assign"):
            continue
        if has_own_step(owner):
            return unseen(f"{named(owner)} has a training step of its own")
        mine = {id(weight) for weight in _variables(owner)}
        told = f"{name} of {named(owner)} is {type(value).__name__}"
        if id(value) not in mine:
            return holds(f"{told}, and not among its {len(mine)} variables")
        found = fails(f"{told}, one of its {len(mine)} variables")
    holders = [
        owner for owner in owners if next(layers_of(owner), None) is not None or owner in case.of_class
    ]
    for layer in case.layers if holders else ():
        known = {id(weight) for owner in holders if owner is not layer for weight in _variables(owner)}
        weights = _variables(layer)
        if not weights:
            found = unseen(f"{named(layer)} has no weights")
        elif not {id(weight) for weight in weights} & known:
            return holds(
                f"the {len(weights)} weights of {named(layer)} are in no model and no layer around it"
            )
        else:
            found = fails(f"the weights of {named(layer)} are among those of what is around it")
    return found


def trained(case: Case) -> list[Event]:
    """The trainings that ran of the models that the finding speaks of; a step of them where there are none.

    One that Keras refused tells nothing: it left everything as it was.
    """
    direct = [event for event in (*case.events, *case.related_events) if event.trains]
    found = direct or [event for model in case.models for event in case.trainings(model)]
    return [event for event in found if event.ran and event.error is None]


def _values(event: Event) -> Iterator[tuple[Any, Any, bool, Any]]:
    yield from zip(event.variables, event.before, event.trainable, event.after, strict=False)


def _pairs(event: Event) -> Iterator[tuple[Any, Any, bool]]:
    for _, before, trainable, after in _values(event):
        yield before, after, trainable


def _moved(before: Any, after: Any, _: bool = True) -> float:
    import numpy as np

    if not getattr(before, "size", 0) or before.dtype.kind not in "fc":
        return 0.0
    return float(np.max(np.abs(after - before)))


def _matrices(owner: Any) -> list[Any]:
    return [weight for weight in getattr(owner, "weights", ()) if len(weight.shape) >= MATRIX]


def _variables(owner: Any) -> list[Any]:
    found = list(getattr(owner, "variables", ()))
    for layer in layers_of(owner):
        found += list(getattr(layer, "variables", ()))
    return found


def _is_weight(variable: Any) -> bool:
    """Whether training may move it: no moving statistic, no state of a seed generator."""
    path = _path(variable)
    return "moving_" not in path and "seed" not in path


def _path(variable: Any) -> str:
    return str(getattr(variable, "path", None) or getattr(variable, "name", "a weight"))


def _line(event: Event) -> str:
    return str(event.region[0]) if event.region else "?"
