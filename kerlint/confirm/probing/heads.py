"""What a compiled model ends in: its loss, and the activation that its output went through last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.probing.tracing import Called, passed
from kerlint.confirm.recording import Event

SHAPING = re.compile(
    "Reshape|Flatten|Dropout|Permute|Identity|InputLayer|Cropping|ZeroPadding|UpSampling|Pool"
)
"""Layers that keep what an activation said of the values."""
VERSION = re.compile(r"_v\d$")
"""TensorFlow's functions have one: `softmax_v2`."""
OWN_WORDS = {
    "Softmax": "softmax",
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "PReLU": "prelu",
    "ELU": "elu",
}


@dataclass(frozen=True)
class Head:
    """One output: the layer that made its values, and the last activation (None: an operation unknown)."""

    layer: Any
    activation: str | None
    units: int | None


def compiled(case: Case, wanted: Mapping[str, Any]) -> Outcome:
    """Whether a model of the finding was compiled like that."""
    found = unseen("no compile of the flagged model was reached")
    for event in _compiles(case):
        for loss, measured, head in _pairs(case, event):
            found = _judged(case, event, loss, measured, head, wanted)
            if found.status == "confirmed":
                return found
    return found


def _compiles(case: Case) -> Iterator[Event]:
    direct = [
        event
        for event in (*case.events, *case.related_events)
        if event.kind == "compile" and (not case.layers or _has_any(case, event.model))
    ]
    if direct:
        yield from direct
        return
    for model in case.models:
        yield from (event for event in case.recording.events_of(model) if event.kind == "compile")


def _has_any(case: Case, model: Any) -> bool:
    """Whether a model holds a flagged layer."""
    return any(model in case.recording.models_with(layer) for layer in case.layers)


def _pairs(case: Case, event: Event) -> Iterator[tuple[Any, list[str], Head]]:
    """For each output: its loss, the words of its metrics, and what it ends in."""
    heads = heads_of(passed(case.recording, event.model), event.model)
    names = list(getattr(event.model, "output_names", None) or [])
    metrics = _metrics(event.arguments)
    is_nested = isinstance(metrics, dict) or any(isinstance(one, list) for one in metrics or ())
    for index, head in enumerate(heads):
        loss = _part(event.arguments.get("loss"), names, index)
        mine = _part(metrics, names, index) if is_nested else metrics
        yield loss, [metric_word(metric) for metric in _flat(mine)], head


def _part(given: Any, names: list[str], index: int) -> Any:
    """What was given for one output, by its name or its place; what is no collection is for all."""
    if isinstance(given, dict):
        return given.get(names[index]) if index < len(names) else None
    if isinstance(given, list | tuple):
        return given[index] if index < len(given) else None
    return given


def heads_of(calls: list[Called], model: Any) -> list[Head]:
    """The heads of a model's outputs, from one pass through it."""
    whole = next(call for call in calls if call.layer is model)
    return [_head(calls, whole, output) for output in whole.outputs]


def _head(calls: list[Called], whole: Called, output: Any) -> Head:
    units = int(output.shape[-1]) if len(output.shape) else None
    maker = _maker(calls, output, len(calls))
    while maker is not None and SHAPING.search(type(maker.layer).__name__) and maker.inputs:
        maker = _maker(calls, maker.inputs[0], maker.index)
    if maker is None or maker is whole:
        return Head(None, _by_values(output), units)
    return Head(maker.layer, activation_of(maker.layer), units)


def _by_values(output: Any) -> str | None:
    """What an operation that is no layer must have been: rows of positive numbers that sum to 1."""
    import numpy as np

    values = np.asarray(output)
    is_softmax = values.shape[-1] > 1 and values.min() >= 0 and np.allclose(values.sum(-1), 1, atol=1e-4)
    return "softmax" if is_softmax else None


def _maker(calls: list[Called], tensor: Any, before: int) -> Called | None:
    """The innermost call that gave a tensor."""
    made = [
        call
        for call in calls
        if call.index < before and not call.is_identity and any(one is tensor for one in call.outputs)
    ]
    return made[-1] if made else None


def activation_of(layer: Any) -> str | None:
    """The name of the function that a layer applies last."""
    inner = getattr(layer, "layer", None)
    own = OWN_WORDS.get(type(layer).__name__)
    if own is not None:
        return own
    function = getattr(layer, "activation", None) or getattr(inner, "activation", None)
    if function is not None:
        word = getattr(function, "__name__", None) or OWN_WORDS.get(type(function).__name__)
        return None if word is None else VERSION.sub("", word)
    word = type(layer).__name__.lower()
    return word if word in ("softmax", "sigmoid", "relu", "tanh") else None


def _judged(
    case: Case, event: Event, loss: Any, measured: list[str], head: Head, wanted: Mapping[str, Any]
) -> Outcome:
    word, from_logits = loss_words(case.recording.keras, loss)
    made = named(head.layer) if head.layer is not None else "an operation"
    made += f" ({head.activation}, {head.units} units)"
    logits = "" if from_logits is None else f"(from_logits={from_logits})"
    told = f"{named(event.model)}: loss {word}{logits}"
    told += f", metrics {', '.join(measured)}" if wanted["metrics"] else ""
    told += f", output of {made}"
    is_so = (
        (not wanted["losses"] or word in wanted["losses"])
        and (not wanted["heads"] or head.activation in wanted["heads"])
        and wanted["from_logits"] in (None, bool(from_logits))
        and (not wanted["metrics"] or any(one in wanted["metrics"] for one in measured))
        and wanted["units"] in (None, head.units)
        and not (wanted["several"] and head.units == 1)
        and wanted["one_hot"] in (None, _has_one_hot_targets(case, event.model))
    )
    if not is_so and wanted["heads"] and head.activation is None:
        return unseen(f"{told}, of which the activation is not known")
    return holds(told) if is_so else fails(told)


def loss_words(keras: Any, loss: Any) -> tuple[str | None, bool | None]:
    """A loss by the name of its function, and whether it takes scores."""
    if loss is None:
        return None, None
    real = keras.losses.get(loss) if isinstance(loss, str) else loss
    function = getattr(real, "fn", real)
    options = getattr(real, "_fn_kwargs", {})
    from_logits = options.get("from_logits", getattr(real, "from_logits", None))
    name = getattr(function, "__name__", type(real).__name__)
    return name if _is_of_keras(function) else f"{name} of the program", from_logits


def _is_of_keras(thing: Any) -> bool:
    module = getattr(thing, "__module__", None) or type(thing).__module__
    return str(module).partition(".")[0] in ("keras", "tf_keras", "tensorflow")


def metric_word(metric: Any) -> str:
    """A metric by the name of its function, or of its class."""
    if isinstance(metric, str):
        return metric.lower()
    return str(getattr(metric, "__name__", None) or type(metric).__name__)


def _metrics(arguments: Mapping[str, Any]) -> Any:
    """The metrics, also where they were given in their former, third, place."""
    third = arguments.get("loss_weights")
    is_former = isinstance(third, list) and third and all(isinstance(item, str) for item in third)
    return third if is_former else arguments.get("metrics")


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    elif value is not None:
        yield value


def _has_one_hot_targets(case: Case, model: Any) -> bool:
    import numpy as np

    for event in case.trainings(model):
        targets = event.arguments.get("y")
        if isinstance(targets, np.ndarray) and targets.ndim > 1 and targets.shape[-1] > 1:
            return bool(np.isin(targets, (0, 1)).all() and (targets.sum(-1) == 1).all())
    return False
