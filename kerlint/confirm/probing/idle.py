"""What does nothing: layers that nobody calls or that change nothing, arguments and settings without effect."""

from __future__ import annotations

import re
from inspect import signature
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.probing.tracing import Called, calls_of, passed
from kerlint.confirm.recording import Event
from kerlint.confirm.stubs import Stub

SHAPES = ("input_shape", "input_dim", "batch_input_shape")
KEYWORD = re.compile(r"(\w+)\s*=\s*[(\[]?\s*$")
PASSES = 3
EAGER = "run_eagerly"
ODD = 123.0


def unused(case: Case) -> Outcome:
    """A flagged layer that no model calls or reads, or whose work changes nothing; an argument that none reads."""
    argument = _argument(case)
    if argument in (*SHAPES, EAGER):
        return _argument_of(case, argument)
    if any(event.kind == "compile" for event in case.events):
        return _compiled_again(case)
    if case.text == "call":
        return _gives_nothing(case)
    found = unseen("what it sets leaves no trace on objects")
    built = [made.object for made in case.recording.models]
    for layer in case.layers:
        if not built:
            return unseen("no model was built")
        found = _layer(case, layer, built)
        if found.status == "confirmed":
            return found
    return found


def _gives_nothing(case: Case) -> Outcome:
    """A model whose `call` returns no tensor."""
    found = unseen("no object of the class was made")
    for model in case.models:
        calls = passed(case.recording, model)
        whole = next(call for call in calls if call.layer is model)
        told = f"{named(model)} was called, and gave {len(whole.outputs)} tensors"
        found = fails(told) if whole.outputs else holds(told)
    return found


def _layer(case: Case, layer: Any, models: list[Any]) -> Outcome:
    for model in models:
        passes = [passed(case.recording, model, None, True) for _ in range(PASSES)]
        calls = [calls_of(one, layer) for one in passes]
        if calls[0] and calls[0][0].inputs and calls[0][0].outputs:
            told = f"{named(layer)} in {named(model)}"
            if not _is_read(passes[0], calls[0][0]):
                return holds(f"{told} is called, and nothing takes what it gives")
            if all(_is_idle(found[0]) for found in calls):
                return holds(f"{told} hands its input on as it is")
            return fails(f"{told} is called, and changes what it gets")
    return holds(f"{named(layer)} is not called by {', '.join(named(model) for model in models)}")


def _is_read(calls: list[Called], call: Called) -> bool:
    """Whether a later layer, or what is around it, takes an output of a call. Operations leave no trace."""
    outputs = {id(output) for output in call.outputs}
    around = call.parent
    later = [other for other in calls if other.index > call.index and other.parent is around]
    takers = any(id(value) in outputs for other in later for value in other.inputs)
    ends = around is not None and any(id(value) in outputs for value in around.outputs)
    return takers or ends or not later


def _is_idle(call: Called) -> bool:
    import numpy as np

    one, two = np.asarray(call.inputs[0]), np.asarray(call.outputs[0])
    return one.shape == two.shape and np.array_equal(one, two)


def _argument(case: Case) -> str | None:
    """The keyword whose value is flagged, where it is no call of its own."""
    row, column = case.region[:2]
    before = case.recording.text.split("\n")[row - 1][: column - 1]
    found = KEYWORD.search(before)
    is_part = all(made.region != case.region for made in case.subjects)
    return found[1] if found is not None and is_part else None


def _argument_of(case: Case, name: str) -> Outcome:
    found = unseen(f"what {name} does leaves no trace on objects")
    for model in case.models if name == EAGER else ():
        told = f"{named(model)}.run_eagerly is {model.run_eagerly}"
        return holds(told) if model.run_eagerly else fails(told)
    for layer in case.layers if name in SHAPES else ():
        for model in case.models:
            layers = [one for one in model.layers if type(one).__name__ != "InputLayer"]
            place = next((i for i, one in enumerate(layers) if one is layer), None)
            if place is None:
                continue
            takes = getattr(layer, "input", None)
            told = f"{named(layer)} is layer {place + 1} of {named(model)}"
            told += f", built for {getattr(takes, 'shape', None)}, and given {name}"
            found = holds(told) if place else fails(told)
    return found


def argument_ignored(case: Case) -> Outcome:
    """An argument of a training that its data leaves no room for."""
    name = _argument(case)
    found = unseen(f"what {name or 'the argument'} does leaves no trace on objects")
    for event in (one for one in case.events if one.kind in ("fit", "evaluate", "predict")):
        given: Any = event.arguments.get(name or "")
        data: Any = event.arguments.get("x")
        if name == "class_weight" and isinstance(given, dict):
            words = [key for key in given if isinstance(key, str)]
            told = f"class_weight has the keys {', '.join(map(repr, given))}, and labels are numbers"
            found = holds(told) if words else fails(told)
        elif name == "batch_size" and given is not None:
            size = _batch_size(data)
            if size is not None:
                told = f"batches of {type(data).__name__} have {size} samples, batch_size is {given}"
                found = fails(told) if size == given else holds(told)
        elif name == "shuffle" and isinstance(getattr(data, "shuffle", None), bool):
            found = holds(f"{type(data).__name__} has its own shuffle={data.shuffle}")
    return found


def _batch_size(data: Any) -> int | None:
    """How many samples a batch of a dataset or generator has; None for arrays."""
    if isinstance(data, Stub) or hasattr(data, "dtype"):
        return None
    if hasattr(data, "element_spec"):
        batch = next(iter(data.take(1)), None)
    elif hasattr(data, "__getitem__") and not isinstance(data, list | tuple | dict):
        batch = data[0]
    else:
        return None
    first: Any = batch[0] if isinstance(batch, tuple) else batch
    return len(first) if hasattr(first, "__len__") else None


def _compiled_again(case: Case) -> Outcome:
    """Two compiles with the same arguments and no training between."""
    for event in (one for one in case.events if one.kind == "compile"):
        earlier = [
            one
            for one in case.recording.events_of(event.model)
            if one.order < event.order and one.kind in ("compile", "fit", "train_on_batch", "set_trainable")
        ]
        if not earlier or earlier[-1].kind != "compile":
            return fails(f"{named(event.model)} was not compiled right before")
        if earlier[-1].trainable != event.trainable:
            return fails(f"{named(event.model)} was frozen or thawed between")
        if _words(earlier[-1]) == _words(event):
            return holds(f"{named(event.model)} is compiled twice with {_words(event)}")
        return fails(f"{named(event.model)} is compiled with {_words(event)} after {_words(earlier[-1])}")
    return unseen("the compile was not reached")


def _words(event: Event) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in sorted(event.arguments.items()))


def setting_ignored(case: Case) -> Outcome:
    """An attribute of an optimizer that can be set, and changes no learning rate."""
    name = case.text.rpartition(".")[2].strip()
    optimizers = [made.object for made in case.recording.made if made.kind == "optimizer"]
    optimizers += [getattr(made.object, "optimizer", None) for made in case.recording.models]
    for optimizer in optimizers:
        if not hasattr(optimizer, "learning_rate") or not name.isidentifier():
            continue
        before = _rate(optimizer)
        setattr(optimizer, name, ODD)
        after = _rate(optimizer)
        told = f"{type(optimizer).__name__}.{name} = {ODD:g} leaves the learning rate at {before:g}"
        return (
            holds(told) if after == before else fails(f"{name} = {ODD:g} sets the learning rate to {after:g}")
        )
    return unseen("no optimizer was made")


def _rate(optimizer: Any) -> float:
    rate = optimizer.learning_rate
    return float(rate) if not callable(rate) else float(rate(0))


def misplaced(case: Case) -> Outcome:
    """An argument that stands where another belongs: a number for a switch."""
    found = unseen("no object of the flagged call was made")
    for made in case.subjects:
        found = fails(f"every argument of {type(made.object).__name__} is of its default's kind")
        for name, parameter in signature(type(made.object)).parameters.items():
            given = made.arguments.get(name, parameter.default)
            if isinstance(parameter.default, bool) and not isinstance(given, bool):
                return holds(f"{type(made.object).__name__} took {given!r} for {name}")
    return found
