"""The heads of a model: what each output went through since the last layer with weights.

A head is read backwards from an output: dropout, reshapes, casts and poolings are stepped over, the first
activation met is the one in force. Whatever is not understood makes the activation UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Mapping

from kerlint.frozen import fact, record
from kerlint.keras_api.layer_rule import LayerSpec
from kerlint.keras_api.resolve import ACTIVATIONS
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, UnknownDim
from kerlint.keras_api.traits import traits
from kerlint.model.facts import Graph, Model, Node, Operation, Tensor
from kerlint.model.states import LayerState
from kerlint.python.values import UNKNOWN, Instance, Symbol, Unknown, Value

LAYER_ACTIVATIONS: Mapping[str, str] = {
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "PReLU": "prelu",
    "ELU": "elu",
    "Softmax": "softmax",
    "ThresholdedReLU": "threshold",
}
"""Activation layers that are one function, by class."""
STEPPED_OVER = ("dropout_like", "noise", "reshape", "identity", "pool", "upsampling", "cropping")
KEEPS_LAST_AXIS = (
    "dropout_like",
    "noise",
    "identity",
    "activation",
    "norm",
    "upsampling",
    "cropping",
    "pool",
)
MOVING_OPERATIONS = frozenset(
    ["reshape", "squeeze", "expand_dims", "cast", "identity", "transpose", "stop_gradient"]
)
"""Bare operations that change no value (a cast but rounds)."""
MOST_STEPS = 40


@record
class Applied:
    """An activation in force: its name, who applies it, and over which axis where that matters."""

    name: str
    node: Node
    axis: Value = -1
    argument: Value = None
    """The value that was given as the activation, where it is fused into a layer."""


@fact
class Head:
    """One output of a model. `tail` leads from the last layer with weights, which it holds, to the output.

    `weights` is that layer's node; None where something else, or something unknown, comes first.
    """

    output: Tensor
    index: int
    tail: tuple[Node, ...]
    weights: Node | None
    applied: tuple[Applied, ...] | None
    """The non-linearities from the output backwards, as far as they are known; None when not even the last is."""
    name: str | None
    """What Keras calls the output: the name of the layer that gives it."""

    @property
    def activation(self) -> str | Unknown:
        """The last activation, `linear` where there is none; UNKNOWN where that cannot be told."""
        if self.applied is None:
            return UNKNOWN
        return self.applied[0].name if self.applied else "linear"

    @property
    def last(self) -> Node | None:
        """The node that gives the output."""
        return self.tail[-1] if self.tail else None

    @property
    def units(self) -> Dim:
        """The extent of the last axis: classes, targets."""
        shape = self.output.shape
        if shape is not None and len(shape) > 1 and not isinstance(shape[-1], UnknownDim):
            return shape[-1]
        behind = self.tail[1:]
        if self.weights is None or any(not node.operation.has(*KEEPS_LAST_AXIS) for node in behind):
            return UNKNOWN_DIM
        return width(self.weights.operation)

    @property
    def linear_node(self) -> Node | None:
        """The dense or convolutional layer whose own output leaves as it is: logits, or a regression."""
        is_plain = self.weights is not None and core(self.weights.operation).has("dense", "conv")
        return self.weights if is_plain and self.activation == "linear" else None


@record
class Core:
    """A layer as its wrapper (`TimeDistributed`) applies it."""

    symbol: str
    traits: frozenset[str]
    config: Mapping[str, Value]
    operation: Operation

    @property
    def cls(self) -> str:
        """The short class name."""
        return self.symbol.rpartition(".")[2]

    def has(self, *names: str) -> bool:
        """Whether it has any of the traits."""
        return not self.traits.isdisjoint(names)

    def value(self, name: str) -> Value:
        """An attribute, else the bound argument, else UNKNOWN."""
        if self.operation.symbol == self.symbol:
            return self.operation.value(name)
        return self.config.get(name, UNKNOWN)


def core(operation: Operation) -> Core:
    """What an operation does to its input's last axis: the held layer of `TimeDistributed`, else itself."""
    held = operation.value("layer") if operation.has("wrapper") else None
    if operation.cls == "TimeDistributed" and isinstance(held, LayerSpec):
        return Core(held.symbol, traits(held.symbol), held.config, operation)
    return Core(operation.symbol or operation.cls, operation.traits, operation.config, operation)


def width(operation: Operation) -> Dim:
    """The units of a dense layer, the filters of a convolution with the channels last."""
    made = core(operation)
    if made.has("conv") and made.value("data_format") != "channels_last":
        return UNKNOWN_DIM
    found = made.value("filters" if made.has("conv") else "units")
    return found if isinstance(found, int) and not isinstance(found, bool) else UNKNOWN_DIM


def named_activation(value: Value) -> str | Unknown:
    """The name of an activation given as a string, a function, a layer object; UNKNOWN for others."""
    if value is None:
        return "linear"
    if isinstance(value, str):
        return value if value in ACTIVATIONS or value == "crelu" else UNKNOWN
    if isinstance(value, LayerSpec):
        return _layer_activation(value.symbol, value.config)
    if isinstance(value, Instance) and isinstance(value.native, LayerState):
        return _layer_activation(value.native.symbol, value.native.config)
    if isinstance(value, Symbol) and value.name in ACTIVATIONS:
        is_known = value.dotted.startswith(("keras.", "tensorflow."))
        return value.name if is_known else UNKNOWN
    return UNKNOWN


def _layer_activation(symbol: str, config: Mapping[str, Value]) -> str | Unknown:
    name = symbol.rpartition(".")[2]
    if name == "Activation":
        return named_activation(config.get("activation", UNKNOWN))
    if name == "ReLU" and config.get("max_value") is not None:
        return "relu6"
    return LAYER_ACTIVATIONS.get(name, UNKNOWN)


def activation_of(node: Node) -> Applied | Unknown | None:
    """The non-linearity of one node: its own or fused; None when it has none, UNKNOWN when not known."""
    operation = node.operation
    if operation.kind == "operation":
        return _operation_activation(node)
    if operation.kind != "layer":
        return UNKNOWN
    made = core(operation)
    if made.has("activation"):
        name = _layer_activation(made.symbol, {key: made.value(key) for key in ("activation", "max_value")})
        axis = made.value("axis") if made.cls == "Softmax" else -1
    elif made.has("dense", "conv", "recurrent") and not made.has("wrapper"):
        name, axis = named_activation(made.value("activation")), -1
    else:
        return None if made.has(*STEPPED_OVER) else UNKNOWN
    if isinstance(name, Unknown):
        return UNKNOWN
    return None if name == "linear" else Applied(name, node, axis, made.value("activation"))


def _operation_activation(node: Node) -> Applied | Unknown | None:
    name = node.operation.cls.rpartition(".")[2]
    if node.operation.has("activation") and name in ACTIVATIONS:
        axis = _axis(node.operation)
        return Applied("silu" if name == "swish" else name, node, axis)
    return None if name in MOVING_OPERATIONS else UNKNOWN


def _axis(operation: Operation) -> Value:
    site = operation.site
    if site is None or not site.exact:
        return UNKNOWN
    found = site.arguments.get("axis") or site.arguments.get("1")
    return -1 if found is None or found.value is None else found.value


def heads(model: Model) -> tuple[Head, ...]:
    """The heads of a model in the order of its outputs; empty where it was not followed."""
    return tuple(_head(model, output, index) for index, output in enumerate(model.flat.outputs))


def _head(model: Model, output: Tensor, index: int) -> Head:
    tail, weights = _tail(model.flat, output)
    return Head(output, index, tail, weights, _applied(tail), _name(model, index))


def _applied(tail: tuple[Node, ...]) -> tuple[Applied, ...] | None:
    applied: list[Applied] = []
    for node in reversed(tail):
        found = activation_of(node)
        if isinstance(found, Unknown) or node.opaque_inputs:
            return tuple(applied) or None
        if found is not None:
            applied.append(found)
    return tuple(applied) if tail else None


def _name(model: Model, index: int) -> str | None:
    producer = model.outputs[index].producer if index < len(model.outputs) else None
    return producer.operation.name if producer is not None else None


def _tail(graph: Graph, output: Tensor) -> tuple[tuple[Node, ...], Node | None]:
    """The nodes from the last layer with weights to an output, and that layer if all between is one chain."""
    found: list[Node] = []
    node = output.producer
    while node is not None and len(found) < MOST_STEPS:
        found.insert(0, node)
        if core(node.operation).has("weighted") or node.operation.kind in ("custom", "model", "opaque"):
            is_layer = node.operation.kind == "layer"
            return tuple(found), node if is_layer else None
        node = graph.sole_producer(node)
    return tuple(found), None
