"""What Keras makes of data whose shape is not that of a model's input or output.

Asked of Keras 3.15: a functional or sequential model adds or drops a last axis of one, and nothing else; a
functional model compares every extent, a Sequential runs its layers and lets them complain.
"""

from __future__ import annotations

from dataclasses import dataclass

from kerlint.keras_api import behaviour
from kerlint.keras_api.layer_rule import ConfigError
from kerlint.keras_api.shapes import Dim, Shape, ShapeError
from kerlint.model.facts import Model, Node


@dataclass(frozen=True, slots=True)
class Clash:
    """How a shape does not fit: `rank`, `extent`, or `silent` where Keras takes it all the same."""

    kind: str
    adjusted: Shape
    """The shape after Keras put it right as far as it does."""
    by: Node | None = None
    """The layer that refuses it."""


def conformed(given: Shape, expected: Shape) -> Shape | None:
    """The shape with the rank that is expected; None where Keras does not put it right."""
    if len(given) == len(expected):
        return given
    if len(given) == len(expected) + 1 and given[-1] == 1:
        return given[:-1]
    if len(given) == len(expected) - 1 and expected[-1] == 1:
        return (*given, 1)
    return None


def differs(given: Dim, expected: Dim) -> bool:
    """Whether two extents are known to be different ones."""
    return isinstance(given, int) and isinstance(expected, int) and given != expected


def differing(given: Shape, expected: Shape) -> tuple[int, ...]:
    """The axes, that of the samples left out, whose extents differ."""
    return tuple(
        axis
        for axis, (one, other) in enumerate(zip(given, expected, strict=True))
        if axis and differs(one, other)
    )


def clash(model: Model, index: int, given: Shape, target: str) -> Clash | None:
    """How data of this shape, samples first, do not fit an input of a model; None when they do or may."""
    expected = model.inputs[index].shape
    if expected is None:
        return _of_first_layer(model, given) if len(model.inputs) == 1 else None
    adjusted = conformed(given, expected)
    if adjusted is None:
        may_fit = len(given) == len(expected) - 1 and not isinstance(expected[-1], int | None)
        may_fit = may_fit or (len(given) == len(expected) + 1 and not isinstance(given[-1], int | None))
        return None if may_fit else Clash("rank", given)
    if not differing(adjusted, expected):
        return None
    if model.kind == "functional" or target == "keras2":
        return Clash("extent", adjusted)
    return _through(model, adjusted)


def _of_first_layer(model: Model, given: Shape) -> Clash | None:
    """A Sequential that is built by its data: whether its first layer takes this many axes."""
    first = model.graph.nodes[0] if model.kind == "sequential" and model.graph.nodes else None
    if (
        first is None
        or first.operation.kind != "layer"
        or not first.operation.has("dense", "conv", "recurrent")
    ):
        return None
    needed = 2 if first.operation.has("dense") else _rank_of(first)
    wrong = len(given) < needed or (len(given) > needed and not first.operation.has("dense"))
    return Clash("rank", given, first) if needed and wrong else None


def _rank_of(node: Node) -> int:
    """The axes that a convolution or recurrent layer takes; 0 when it is not one of the plain ones."""
    name = node.operation.cls
    if name in ("LSTM", "GRU", "SimpleRNN"):
        return 3
    spatial = [int(char) for char in name if char.isdigit()]
    return spatial[0] + 2 if node.operation.has("conv") and len(spatial) == 1 else 0


def _through(model: Model, given: Shape) -> Clash | None:
    """Run the layers of a Sequential on another shape than the one that it was built for."""
    shape: Shape | None = (None, *given[1:])
    for node in model.graph.nodes:
        operation, built = node.operation, node.input_shape
        if operation.kind != "layer" or operation.symbol is None or built is None or shape is None:
            return None
        weighs = operation.has("dense", "conv", "recurrent")
        if operation.value("data_format") == "channels_first":
            return None
        if weighs and len(shape) == len(built) and differs(shape[-1], built[-1]):
            return Clash("extent", given, node)
        try:
            shapes = behaviour.output_shape(operation.symbol, operation.config, (shape,))
        except (ShapeError, ConfigError):
            return Clash("extent", given, node)
        shape = shapes[0] if shapes else None
    return Clash("silent", given)
