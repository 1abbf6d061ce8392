"""One eager pass through a model, layer by layer: who was called on what, inside whom, and what came out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from kerlint.confirm.probing.feeding import inputs_for
from kerlint.confirm.recording import Recording

KERNELS = ("kernel", "embeddings")
MATRIX = 2
"""Axes from which on a weight mixes features."""


@dataclass(eq=False, slots=True)
class Called:
    """One call of a layer or operation."""

    layer: Any
    inputs: list[Any]
    parent: Called | None
    index: int
    outputs: list[Any] = field(default_factory=list)
    keywords: dict[str, Any] = field(default_factory=dict)

    @property
    def is_identity(self) -> bool:
        """Whether it handed its input on as it was."""
        return len(self.inputs) == 1 and len(self.outputs) == 1 and self.inputs[0] is self.outputs[0]


@contextmanager
def traced(recording: Recording) -> Iterator[list[Called]]:
    """Write down every call of a layer or operation made inside."""
    import tensorflow as tf

    calls: list[Called] = []
    open_calls: list[Called] = []

    def written(original: Any) -> Any:
        def call(self: Any, *args: Any, **kwargs: Any) -> Any:
            if open_calls and open_calls[-1].layer is self and not open_calls[-1].outputs:
                return original(self, *args, **kwargs)
            inputs = [value for value in tf.nest.flatten((args, kwargs)) if hasattr(value, "shape")]
            parent = open_calls[-1] if open_calls else None
            this = Called(self, inputs, parent, len(calls), keywords=kwargs)
            calls.append(this)
            open_calls.append(this)
            try:
                result = original(self, *args, **kwargs)
            finally:
                open_calls.pop()
            this.outputs = [value for value in tf.nest.flatten(result) if hasattr(value, "shape")]
            return result

        return call

    patched = _callables(recording.keras)
    originals = [(owner, owner.__dict__["__call__"]) for owner in patched]
    for owner, original in originals:
        owner.__call__ = written(original)
    try:
        yield calls
    finally:
        for owner, original in originals:
            owner.__call__ = original


def _callables(keras: Any) -> list[Any]:
    owners = [keras.layers.Layer, getattr(keras, "Operation", None), keras.Model, keras.Sequential]
    return [owner for owner in owners if owner is not None and "__call__" in owner.__dict__]


def passed(
    recording: Recording, model: Any, inputs: Any = None, training: bool | None = None
) -> list[Called]:
    """The calls of one eager pass through a model; on inputs made for it where none are given.

    Raises what the model raises; ValueError where nobody knows what it takes.
    """
    fed = inputs_for(recording, model) if inputs is None else inputs
    keywords = {} if training is None else {"training": training}
    with traced(recording) as calls:
        model(fed, **keywords)
    return calls


def recorded(recording: Recording) -> list[Called]:
    """The calls of layers that the program itself made, on tensors with or without values."""
    calls: list[Called] = []
    for event in recording.events:
        if event.kind == "call" and event.own:
            inputs, outputs = event.arguments.get("inputs"), event.result
            call = Called(event.model, _tensors(inputs), None, len(calls), _tensors(outputs))
            calls.append(call)
    return calls


def _tensors(value: Any) -> list[Any]:
    items = value if isinstance(value, list | tuple) else [value]
    return [item for item in items if hasattr(item, "shape")]


def calls_of(calls: list[Called], layer: Any) -> list[Called]:
    """The calls of one layer."""
    return [call for call in calls if call.layer is layer]


def has_kernel(layer: Any) -> bool:
    """Whether a layer mixes features by weights: dense, convolution, recurrent, embedding; no normalisation."""
    return any(
        len(weight.shape) >= MATRIX and any(word in weight.name for word in KERNELS)
        for weight in getattr(layer, "weights", ())
    )


def following(calls: list[Called], call: Called) -> Called | None:
    """The one call that takes a call's output next; None where there is none, or several.

    What leaves a nested model goes on outside of it, and what enters one goes on inside.
    """
    if len(call.outputs) != 1:
        return None
    output, here = call.outputs[0], call
    while True:
        takers = [
            other
            for other in calls
            if other.index > here.index and other.parent is here.parent and _takes(other, output)
        ]
        if takers:
            first = takers[0]
            if len(takers) > 1 and not first.is_identity:
                return None
            return _entered(calls, first, output)
        parent = here.parent
        if parent is None or not parent.outputs or parent.outputs[0] is not output:
            return None
        here = parent


def producer(calls: list[Called], call: Called) -> Called | None:
    """The call right before one, what hands its input on aside."""
    for other in reversed(calls[: call.index]):
        if other.outputs and not other.is_identity and following(calls, other) is call:
            return other
    return None


def _entered(calls: list[Called], call: Called, tensor: Any) -> Called:
    """A call, or the first call inside it where it is a model around others."""
    inner = [other for other in calls if other.parent is call and _takes(other, tensor)]
    is_model = hasattr(call.layer, "layers") and hasattr(call.layer, "fit")
    return _entered(calls, inner[0], tensor) if is_model and len(inner) == 1 else call


def _takes(call: Called, tensor: Any) -> bool:
    return any(value is tensor for value in call.inputs)


def chain_to_weights(calls: list[Called], first: Called) -> tuple[list[Called], Called | None]:
    """The calls from one to right before the next that has weights of its own kind, and that next one."""
    chain, call = [first], following(calls, first)
    while call is not None and not has_kernel(call.layer) and len(call.inputs) == 1:
        chain.append(call)
        call = following(calls, call)
    return chain, call if call is not None and has_kernel(call.layer) else None


def again(call: Called, value: Any, training: bool | None = False) -> Any:
    """The same layer called on something else."""
    is_layer = hasattr(call.layer, "weights")
    return call.layer(value, training=training) if is_layer else call.layer(value)


def comes_from(calls: list[Called], call: Called, first: Called) -> bool:
    """Whether what a call gets was made, by layers, of what an earlier one gave."""
    reached = {id(output) for output in first.outputs}
    for other in calls[first.index + 1 :]:
        if any(id(value) in reached for value in other.inputs):
            if other is call:
                return True
            reached |= {id(output) for output in other.outputs}
    return False
