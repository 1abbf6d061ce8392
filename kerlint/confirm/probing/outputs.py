"""What comes out of a layer or a model, whatever goes in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import INCONCLUSIVE, Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.probing.feeding import first_samples, inputs_for
from kerlint.confirm.probing.heads import activation_of, heads_of, loss_words
from kerlint.confirm.probing.tracing import Called, again, calls_of, following, has_kernel, passed, producer
from kerlint.confirm.probing.walking import at_calls
from kerlint.confirm.recording import UNKNOWN_VALUES, layers_of

MANY = 32
CLOSE = 1e-6
NEAR = 0.05
MADE_UP = ("missing package", UNKNOWN_VALUES)
AXIS = re.compile(r"axis\s*=\s*(-?\d+)|,\s*(-?\d+)\s*\)\s*$")
"""The axis of an `argmax`, by keyword or in second place."""
SQUASHING = ("softmax", "sigmoid")
BOUNDED = ("sigmoid", "tanh", "softmax", "hard_sigmoid", "softsign", "relu", "relu6")


def constant_output(case: Case) -> Outcome:
    """Outputs that are the same for other inputs; for a prediction, of which only the place of the largest is taken."""
    predictions = [event for event in case.events if event.kind in ("predict", "predict_on_batch", "call")]
    predictions += [event for event in case.related_events if event.kind in ("predict", "predict_on_batch")]
    predictions = [event for event in predictions if hasattr(event.model, "fit")]
    if predictions:
        return _one_place(case, predictions[0].model)
    found = unseen("the flagged layer was not called")
    for model in case.models:
        calls = passed(case.recording, model)
        for layer in case.layers:
            for call in calls_of(calls, layer)[:1]:
                found = _constant(call)
                if found.status == "confirmed":
                    return found
    return _alone(case) if found.status == INCONCLUSIVE else found


def _alone(case: Case) -> Outcome:
    """The flagged layer on inputs of its own, where no model has it."""
    import numpy as np

    for layer in case.layers:
        for shape in ((2, 8), (2, 6, 8), (2, 12, 12, 8)):
            try:
                call = Called(layer, [np.ones(shape, "float32")], None, 0)
                return _constant(call)
            except (ValueError, TypeError):
                continue
    return unseen("the flagged layer was not called")


def _one_place(case: Case, model: Any) -> Outcome:
    import numpy as np

    output = np.asarray(_last_output(passed(case.recording, model), model))
    found = AXIS.search(case.text)
    if found is None and "argmax" in case.text:
        return unseen("no axis is written: the place among all outputs is taken")
    axis = int(found[1] or found[2]) if found is not None else -1
    if axis >= output.ndim:
        return unseen(f"the axis {axis} is none of the output of {named(model)}")
    told = f"{named(model)} gives {output.shape[axis]} along the axis {axis}"
    if output.shape[axis] == 1:
        return holds(f"{told}: argmax of it is {sorted(set(np.argmax(output, axis).ravel().tolist()))}")
    return fails(told)


def _last_output(calls: list[Called], model: Any) -> Any:
    whole = next(call for call in calls if call.layer is model)
    return whole.outputs[0]


def _constant(call: Called) -> Outcome:
    import numpy as np

    mode = bool(_drops(call.layer))
    random = np.random.default_rng(1)
    like = np.asarray(call.inputs[0])
    if like.dtype.kind != "f":
        return unseen(f"{named(call.layer)} takes no numbers")
    fed = [random.normal(size=like.shape).astype("float32") * scale for scale in (1.0, 5.0)]
    one, other = (np.asarray(_first(again(call, value, mode))) for value in fed)
    if np.allclose(one, other, atol=CLOSE, equal_nan=True):
        values = np.unique(np.round(one, 6))[:3]
        return holds(f"{named(call.layer)} gives {', '.join(f'{v:g}' for v in values)} whatever goes in")
    return fails(f"{named(call.layer)} gives other outputs for other inputs")


def _drops(layer: Any) -> bool:
    inner = getattr(layer, "cell", None)
    return "Dropout" in type(layer).__name__ or any(
        getattr(one, "dropout", 0) or getattr(one, "recurrent_dropout", 0) for one in (layer, inner) if one
    )


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list | tuple) else value


def bounded_output(case: Case) -> Outcome:
    """Targets outside of the range that outputs have for small and huge inputs alike."""
    found = unseen("no training with targets of the flagged model was reached")
    for model in case.models:
        targets = _targets(case, model)
        if targets is None:
            continue
        low, high = _range_of(case, model)
        told = f"outputs of {named(model)} stay within {low:.3g} to {high:.3g}, "
        told += f"the targets go from {targets[0]:.3g} to {targets[1]:.3g}"
        if (targets[0] < low - NEAR or targets[1] > high + NEAR) and _is_bounded(case, model):
            return holds(told)
        found = fails(told)
    return found


def _targets(case: Case, model: Any) -> tuple[float, float] | None:
    """The range of what the model is trained to give: as the program says, else as its loss does."""
    import numpy as np

    made_up = next((one for one in case.recording.replaced if one.why in MADE_UP), None)
    if made_up is not None:
        raise ValueError(f"the values of the targets are not known: {made_up.name} is {made_up.why}")
    for event in case.trainings(model):
        if event.made_up is not None:
            raise ValueError(f"the values of the targets are not known: nothing is of {event.made_up}")
        values = first_samples(event.arguments.get("y"), most=10_000)
        if values is not None and not isinstance(values, list | dict):
            return float(np.min(values)), float(np.max(values))
    for event in case.recording.events_of(model):
        word, _ = loss_words(case.recording.keras, event.arguments.get("loss"))
        if event.kind == "compile" and word is not None and "crossentropy" in word:
            return 0.0, 1.0
    return None


def _range_of(case: Case, model: Any) -> tuple[float, float]:
    outputs = list(_outputs(case, model))
    return min(float(out.min()) for out in outputs), max(float(out.max()) for out in outputs)


def _outputs(case: Case, model: Any) -> Iterator[Any]:
    """Outputs for usual inputs and for huge ones of both signs."""
    import numpy as np

    fed = inputs_for(case.recording, model)
    for scale in (1.0, 1e3, -1e3, 1e6, -1e6):
        yield np.asarray(_first(model(_scaled(fed, scale))))


def _scaled(fed: Any, scale: float) -> Any:
    import numpy as np

    if isinstance(fed, list | tuple):
        return [_scaled(item, scale) for item in fed]
    if isinstance(fed, dict):
        return {key: _scaled(item, scale) for key, item in fed.items()}
    values = np.asarray(fed)
    return values * np.float32(scale) if values.dtype.kind == "f" else values


def _is_bounded(case: Case, model: Any) -> bool:
    """Whether the last activation has bounds, and inputs a thousand times larger do not lead further out."""
    heads = heads_of(passed(case.recording, model), model)
    if not all(head.activation in BOUNDED for head in heads):
        return False
    outputs = list(_outputs(case, model))
    return bool(abs(outputs[3]).max() <= abs(outputs[1]).max() * 2 + 1)


def output_disturbed(case: Case) -> Outcome:
    """A layer that changes, in training, what the last layer with weights gave a softmax or sigmoid, or they gave."""
    inside = {id(layer) for made in case.recording.models for layer in layers_of(made.object)}
    return at_calls(case, _disturbs, (model for model in case.models if id(model) not in inside))


def _disturbs(calls: list[Called], call: Called) -> Outcome:
    import numpy as np

    rest = _rest(calls, call)
    weighted = [one for one in rest if has_kernel(one.layer)]
    if weighted:
        return fails(f"{named(weighted[0].layer)} comes after {named(call.layer)}")
    before = producer(calls, call)
    after = [] if "Normalization" in type(call.layer).__name__ else rest[:1]  # scores may well be normalised
    around = [activation_of(one.layer) for one in (before, *after) if one is not None]
    given = np.asarray(call.inputs[0])
    out = np.asarray(again(call, call.inputs[0], True))
    told = f"in training {named(call.layer)} makes {_span(given)} of the output {_span(out)}"
    is_changed = out.shape == given.shape and not np.allclose(out, given, atol=1e-4)
    if is_changed and any(name in SQUASHING for name in around):
        return holds(
            f"{told}, next to a {next(name for name in around if name in SQUASHING)}, and no weights follow"
        )
    return fails(told)


def _rest(calls: list[Called], call: Called) -> list[Called]:
    """What takes the output of a call, one after another."""
    found: list[Called] = []
    after = following(calls, call)
    while after is not None:
        found.append(after)
        after = following(calls, after)
    return found


def _span(values: Any) -> str:
    return f"{float(values.min()):.3g} to {float(values.max()):.3g}"
