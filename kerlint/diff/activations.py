"""One word for an activation, however it is applied: `Activation("relu")`, `ReLU()`, `tf.nn.relu(x)`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kerlint.diff.values import OPEN, canonical
from kerlint.keras_api import names
from kerlint.model.facts import Operation
from kerlint.model.states import TensorValue
from kerlint.python.values import Symbol, Value

LAYERS = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu", "Softmax": "softmax"}
"""Layers that apply a function of `keras.activations` with the arguments of the layer."""
_HOMES = ("keras.activations.", "keras.ops.", "keras.backend.", "tensorflow.nn.", "tensorflow.math.")
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "relu": {"negative_slope": 0.0, "max_value": None, "threshold": 0.0},
    "leaky_relu": {"negative_slope": 0.2},
    "elu": {"alpha": 1.0},
    "softmax": {"axis": -1},
    "log_softmax": {"axis": -1},
    "gelu": {"approximate": False},
}
"""Arguments of `keras.activations` that say nothing new when they have these values."""
_LAYER_OWN = ("activity_regularizer", "trainable", "dtype", "autocast", "name", "input_dim", "input_shape")


def word_of(value: Value) -> Any:
    """The function that an `activation` argument names; OPEN when that is not known."""
    if value is None:
        return "linear"
    if isinstance(value, Symbol):
        value = _function(value.dotted) or value
    found = names.alias("activation", value) if isinstance(value, str) else None
    return canonical(value) if found is None else found.rpartition(".")[2]


def _function(dotted: str) -> str | None:
    """The name of the function of `keras.activations` that this one is, if it is one."""
    home = dotted[: dotted.rfind(".") + 1]
    name = dotted.rpartition(".")[2]
    is_known = home in _HOMES or dotted in ("tensorflow.tanh", "tensorflow.sigmoid")
    return name if is_known and names.alias("activation", name) is not None else None


def activation_of(operation: Operation) -> dict[str, Any] | None:
    """The word and the arguments other than its defaults, of what does nothing but activate; else None."""
    if operation.cls == "Activation" and operation.kind == "layer":
        return {"activation": word_of(operation.value("activation"))}
    if operation.kind == "layer" and operation.cls in LAYERS:
        word, given = LAYERS[operation.cls], dict(operation.config)
        for own in _LAYER_OWN:
            given.pop(own, None)
    elif operation.kind == "operation" and (called := _function(operation.symbol or "")) is not None:
        word, given = str(word_of(called)), _arguments(operation)
    else:
        return None
    defaults = _DEFAULTS.get(word, {})
    told = {name: canonical(value) for name, value in given.items()}
    rest = {name: value for name, value in told.items() if name not in defaults or defaults[name] != value}
    if word == "relu" and rest == {"max_value": 6}:
        return {"activation": "relu6"}
    return {"activation": word, **rest}


def _arguments(operation: Operation) -> dict[str, Value]:
    """What a function is given beside the tensor and a name."""
    if operation.site is None:
        return {"?": OPEN}
    return {
        {"alpha": "negative_slope"}.get(name, name) if "leaky" in operation.cls else name: one.value
        for name, one in operation.site.arguments.items()
        if not isinstance(one.value, TensorValue) and name not in ("x", "0", "features", "logits", "name")
    }
