"""Which layers do something else in training than at inference, asked of applied layers."""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.keras_api.layer_rule import LayerSpec
from kerlint.model.facts import Graph, Node, Operation
from kerlint.python.values import Value


def switches(operation: Operation) -> bool | None:
    """Whether a layer has a training mode of its own; None where a rate is not known."""
    if operation.kind == "model":
        return _application_switches(operation)
    if operation.kind != "layer":
        return False
    if operation.has("batch_norm"):
        return operation.trainable is True
    if operation.has("dropout_like", "noise"):
        return _is_positive(operation.value("stddev" if "stddev" in operation.config else "rate"))
    if operation.has("recurrent"):
        return _recurrent_switches(operation)
    if operation.has("attention"):
        return "dropout" in operation.config and _is_positive(operation.value("dropout"))
    return operation.has("mode_dependent")


def _is_positive(value: Value) -> bool | None:
    return value > 0 if isinstance(value, int | float) else None


def _recurrent_switches(operation: Operation) -> bool | None:
    held = operation.config.get("layer")
    config = held.config if isinstance(held, LayerSpec) else operation.config
    answers = [_is_positive(config[name]) for name in ("dropout", "recurrent_dropout") if name in config]
    return True if True in answers else None if None in answers else False


WITHOUT = ("VGG", "ConvNeXt")
"""Families of `keras.applications` without batch normalisation, by the beginning of the name."""


def _application_switches(operation: Operation) -> bool:
    """Whether a `keras.applications` model trains batch normalisation."""
    symbol = operation.site.symbol if operation.site is not None else ""
    name = symbol.rpartition(".")[2]
    known = symbol.startswith("keras.applications.") and not name.startswith(WITHOUT)
    return known and operation.trainable is True


def idle(graph: Graph) -> Iterator[tuple[Node, bool]]:
    """The layers that train in inference mode when nobody around says `training`, and whether it is certain."""
    for node in graph.nodes:
        if node.training is None:
            answer = switches(node.operation)
            if answer is not False:
                yield node, answer is True
