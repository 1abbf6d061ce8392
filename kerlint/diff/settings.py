"""The arguments of an operation in one form, and the class by which operations are matched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kerlint.diff.activations import word_of
from kerlint.diff.values import OPEN, canonical
from kerlint.keras_api.layer_rule import LayerSpec
from kerlint.model.call_sites import Argument, Origin
from kerlint.model.facts import Operation
from kerlint.model.states import TensorValue
from kerlint.places import Place
from kerlint.python.values import ListValue, Unknown, Value

MERGES = {
    "add": "Add",
    "subtract": "Subtract",
    "multiply": "Multiply",
    "maximum": "Maximum",
    "minimum": "Minimum",
    "concatenate": "Concatenate",
    "concat": "Concatenate",
    "divide": "Divide",
    "true_divide": "Divide",
}
"""Operations that do what a merging layer does, and division, by the last part of their names."""
COMMUTATIVE = frozenset(["Add", "Multiply", "Maximum", "Minimum", "Average"])
_OPERANDS = {
    "x": "left",
    "x1": "left",
    "a": "left",
    "0": "left",
    "y": "right",
    "x2": "right",
    "b": "right",
    "1": "right",
}
"""The parameters of `keras.ops.subtract`, `tf.subtract` and `-` by what they are for."""
_HOMES = ("keras.ops.", "tensorflow.", "tensorflow.math.", "keras.backend.")
"""Where functions of one name do one thing."""
_ASIDE = frozenset(["name", "autocast", "batch_input_shape", "batch_shape", "batch_size", "input_shape"])
"""Arguments that change nothing of what a layer computes."""
_LENGTHS = frozenset(["input_dim", "input_length"])
"""Shapes of inputs in other classes than Embedding."""


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """One argument of a step in its one form, how it came about, and where it was written."""

    value: Any
    origin: str
    place: Place | None = None


def step_class(operation: Operation) -> str:
    """The class by which steps are matched: of a bare operation, that of the layer that does the same."""
    if operation.kind == "operation":
        name = operation.cls.rpartition(".")[2]
        is_known = operation.cls[: -len(name)] in _HOMES
        return MERGES.get(name, name if is_known else operation.cls)
    inner = held_dense(operation)
    return inner.symbol.rpartition(".")[2] if inner is not None else operation.cls


def held_dense(operation: Operation) -> LayerSpec | None:
    """The Dense in a TimeDistributed: it does by itself what the wrapper makes it do."""
    held = operation.config.get("layer") if operation.cls == "TimeDistributed" else None
    return held if isinstance(held, LayerSpec) and held.symbol == "keras.layers.Dense" else None


def settings_of(operation: Operation) -> dict[str, Setting]:
    """The arguments that bear on what a step does, wrapped layers' included."""
    held = held_dense(operation)
    if held is not None:
        made = {name: Setting(_in_one_form(name, value), "written") for name, value in held.config.items()}
        return {name: one for name, one in made.items() if not _is_aside(operation, name)}
    if operation.site is None or operation.kind == "custom":
        return {}
    found: dict[str, Setting] = {}
    for name, argument in operation.site.arguments.items():
        if not _is_aside(operation, name) and not _holds_tensor(argument.value):
            found.update(_setting(operation, name, argument))
    if operation.kind == "operation" and step_class(operation) in MERGES.values():
        is_even = step_class(operation) in COMMUTATIVE
        return {"with" if is_even else _OPERANDS.get(name, name): one for name, one in found.items()}
    if operation.is_layer and "trainable" in found:
        found["trainable"] = _trainable(operation, found["trainable"])
    return found


def _is_aside(operation: Operation, name: str) -> bool:
    return name in _ASIDE or (name in _LENGTHS and not operation.has("embedding"))


def _trainable(operation: Operation, written: Setting) -> Setting:
    now = canonical(operation.trainable)
    return written if now == written.value else Setting(now, "set later", operation.place)


def _setting(operation: Operation, name: str, argument: Argument) -> Iterator[tuple[str, Setting]]:
    if not argument.is_given and operation.site is not None and not operation.site.exact:
        yield name, Setting(OPEN, "unknown")
        return
    value = operation.config.get(name, argument.value)
    if isinstance(value, LayerSpec):
        yield name, Setting(value.symbol.rpartition(".")[2], str(argument.origin), argument.place)
        for inner, item in value.config.items():
            if inner not in _ASIDE | _LENGTHS:
                yield (
                    f"{name}.{inner}",
                    Setting(_in_one_form(inner, item), str(argument.origin), argument.place),
                )
        return
    origin = str(Origin(argument.origin))
    is_left = argument.value is None and not name.endswith("activation")
    if is_left and value is not None and not isinstance(value, Unknown):
        origin = "resolved from None"
    yield name, Setting(_in_one_form(name, value), origin, argument.place)


def _in_one_form(name: str, value: Value) -> Any:
    return word_of(value) if name.endswith("activation") else canonical(value)


def _holds_tensor(value: Value) -> bool:
    items = value.items if isinstance(value, ListValue) else value
    if isinstance(items, list | tuple):
        return any(isinstance(item, TensorValue) for item in items)
    return isinstance(value, TensorValue)
