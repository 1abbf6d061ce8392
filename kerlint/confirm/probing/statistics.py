"""Layers that behave otherwise in training: whether they did."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.probing.feeding import inputs_for
from kerlint.confirm.probing.saying import told
from kerlint.confirm.probing.tracing import Called, traced
from kerlint.confirm.recording import layers_of

FEW = 0.15
MODE = "training"


def unchanged_statistics(case: Case) -> Outcome:
    """Layers that do in training what they do in inference: nothing is dropped, no statistic is updated."""
    found = unseen("no model with such a layer could be called as its training calls it")
    for passes in _passes(case):
        for layer in _subjects(case, passes.model):
            found = _idle(layer, passes)
            if found.status == "confirmed":
                return found
    return found


@dataclass(frozen=True, slots=True)
class _Passes:
    """Two passes through a model, and the statistics of each layer (by `id`) before and after them."""

    model: Any
    calls: list[Called]
    again: list[Called]
    before: Mapping[int, list[Any]]
    after: Mapping[int, list[Any]]


def _passes(case: Case) -> Iterator[_Passes]:
    """Two passes through each model in the mode in which its training calls it."""
    direct = [event for event in case.events if event.kind == "call"]
    for event in direct:
        keywords = {name: value for name, value in event.arguments.items() if name != "inputs"}
        yield _passed(case, event.model, keywords)
    for model in () if direct else _trained(case):
        written = _written(case.text)
        fits_so = {"training": True} if _takes_training(case, model) else {}
        yield _passed(case, model, fits_so if written is None else written)


def _passed(case: Case, model: Any, keywords: dict[str, Any]) -> _Passes:
    before = _all_statistics(model)
    calls, again = (_called(case, model, keywords) for _ in range(2))
    return _Passes(model, calls, again, before, _all_statistics(model))


def _all_statistics(model: Any) -> dict[int, list[Any]]:
    return {id(layer): _statistics(layer) for layer in (model, *layers_of(model))}


def _trained(case: Case) -> list[Any]:
    """The models of the flagged class, else all it speaks of: those that the program trains, if it trains any.

    Raises ValueError for one that trains in a way of its own.
    """
    about = [thing for thing in case.of_class if hasattr(thing, "fit")] or case.models
    models = [model for model in about if any(event.own for event in case.trainings(model))] or about
    for model in models:
        if has_own_step(model):
            raise ValueError(f"{named(model)} has a training step of its own")
    return models


def has_own_step(model: Any) -> bool:
    """Whether a model's class says itself what a training step is."""
    step = getattr(type(model), "train_step", None)
    return str(getattr(step, "__module__", "keras")).partition(".")[0] not in ("keras", "tf_keras")


def _written(text: str) -> dict[str, Any] | None:
    """The literal keywords of a flagged call; None where the flagged text is no call.

    Raises ValueError where it says its mode by a name.
    """
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(node, ast.Call):
        return None
    if any(not isinstance(keyword.value, ast.Constant) for keyword in node.keywords if keyword.arg == MODE):
        raise ValueError("the mode of the flagged call is known when it runs only")
    return {
        keyword.arg: keyword.value.value
        for keyword in node.keywords
        if keyword.arg is not None and isinstance(keyword.value, ast.Constant)
    }


def _called(case: Case, model: Any, keywords: dict[str, Any]) -> list[Called]:
    with traced(case.recording) as calls:
        model(inputs_for(case.recording, model), **keywords)
    return calls


def _takes_training(case: Case, model: Any) -> bool:
    """Whether training tells the model so: `fit` asks its `call` for the parameter; a loop may do so itself."""
    told = [
        event.arguments.get("training") for event in case.recording.events_of(model) if event.kind == "call"
    ]
    known = getattr(model, "_call_has_training_arg", None)
    return True in told or known is None or bool(known)


def _subjects(case: Case, model: Any) -> list[Any]:
    wanted = [made.object for made in case.others if made.kind in ("layer", "model")]
    inside = list(layers_of(model))
    named_by_finding = [layer for layer in inside if any(layer is one for one in wanted)]
    return [layer for layer in named_by_finding or inside if _has_modes(layer)]


def _has_modes(layer: Any) -> bool:
    """Whether a layer drops or keeps statistics, itself or by a layer inside."""
    return any(
        "Dropout" in type(one).__name__
        or hasattr(one, "moving_mean")
        or any(getattr(one, name, 0) for name in ("dropout", "recurrent_dropout"))
        for one in (layer, *layers_of(layer))
    )


def _idle(layer: Any, passes: _Passes) -> Outcome:
    import numpy as np

    here, there = (_call_of(layer, calls) for calls in (passes.calls, passes.again))
    if here is None or there is None:
        return unseen(f"{named(layer)} was not called")
    after = passes.after[id(layer)]
    if after:
        if _differ(passes.before.get(id(layer)) or _initial_statistics(layer), after):
            return fails(f"the moving statistics of {named(layer)} moved")
        layer(here.inputs[0], training=True)
        if _differ(after, _statistics(layer)):
            return holds(f"moving mean of {named(layer)} is still {_first(after)} after two training passes")
        return fails(f"the moving statistics of {named(layer)} cannot move")
    one, two = np.asarray(here.outputs[0]), np.asarray(there.outputs[0])
    if np.array_equal(np.asarray(here.inputs[0]), one) or np.array_equal(one, two):
        if np.array_equal(one, np.asarray(layer(here.inputs[0], training=True))):
            return fails(f"{named(layer)} drops nothing in training either")
        return holds(f"{named(layer)} dropped nothing: two training passes give the same output")
    return fails(f"{named(layer)} drops: two training passes differ")


def _call_of(layer: Any, calls: list[Called]) -> Called | None:
    return next((call for call in calls if call.layer is layer and call.outputs), None)


def _differ(one: list[Any], other: list[Any]) -> bool:
    import numpy as np

    return any(not np.array_equal(a, b) for a, b in zip(one, other, strict=False))


def _statistics(layer: Any) -> list[Any]:
    import numpy as np

    return [
        np.asarray(getattr(one, name))
        for one in (layer, *layers_of(layer))
        for name in ("moving_mean", "moving_variance")
        if hasattr(one, name)
    ]


def _initial_statistics(layer: Any) -> list[Any]:
    import numpy as np

    return [
        np.full_like(np.asarray(getattr(one, name)), value)
        for one in (layer, *layers_of(layer))
        for name, value in (("moving_mean", 0.0), ("moving_variance", 1.0))
        if hasattr(one, name)
    ]


def _first(statistics: list[Any]) -> str:
    return f"{float(statistics[0].reshape(-1)[0]):g}"


def drops_most(case: Case) -> Outcome:
    """A layer that hands on less than a fifth of what it gets in training."""
    import numpy as np

    found = unseen("no layer of the flagged call was made")
    for layer in case.layers:
        if "Dropout" not in type(layer).__name__:
            continue
        ones = np.ones((4, 10, 100), "float32")
        try:
            out = np.asarray(layer(ones, training=True))
        except ZeroDivisionError as error:
            return holds(f"calling {named(layer)} in training raised {told(error)}")
        kept = float(np.mean(np.abs(out) > 1e-9))
        shares = f"{named(layer)} hands on {kept:.0%} of its inputs in training"
        if kept < FEW:
            return holds(shares)
        found = fails(shares)
    return found
