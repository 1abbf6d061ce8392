"""The table of a model object of Keras 2 or 3, as plain data; nothing is imported for it."""

from __future__ import annotations

from math import prod
from typing import Any


def table_of(model: Any) -> dict[str, Any]:
    """Class, name, parameters and the rows of `model.layers`; counts are None where nothing is built."""
    return {
        "class": type(model).__name__,
        "name": model.name,
        "params": _count(model.weights) if model.built else None,
        "trainable": _count(model.trainable_weights) if model.built else None,
        "layers": [_row(layer) for layer in model.layers],
    }


def _row(layer: Any) -> list[Any]:
    """Class, name, output shapes and parameters, as `summary()` has them (None where it prints `?`)."""
    count = _count(layer.weights) if layer.built else None
    return [type(layer).__name__, layer.name, _shapes(layer), count]


def _shapes(layer: Any) -> list[Any] | None:
    """The shapes of what the layer's last call gave."""
    if not layer._inbound_nodes:
        return None
    node = layer._inbound_nodes[-1]
    outputs = node.output_tensors if hasattr(node, "output_tensors") else node.outputs
    return [list(tensor.shape) for tensor in _flat(outputs)]


def _flat(nested: Any) -> list[Any]:
    """The tensors of nested outputs, as Keras 2 keeps them."""
    if isinstance(nested, list | tuple):
        return [tensor for item in nested for tensor in _flat(item)]
    if isinstance(nested, dict):
        return [tensor for key in sorted(nested) for tensor in _flat(nested[key])]
    return [nested]


def _count(weights: list[Any]) -> int:
    distinct = {id(weight): weight for weight in weights}.values()
    return int(sum(prod(weight.shape) for weight in distinct))
