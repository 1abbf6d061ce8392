"""What the rules on recurrent layers have in common: who gives sequences, and who was meant to."""

from __future__ import annotations

from kerlint.keras_api.layer_rule import LayerSpec
from kerlint.model.call_sites import Argument
from kerlint.model.facts import Graph, Node, Operation
from kerlint.python.values import UNKNOWN, Value

STEPPED_OVER = ("dropout_like", "norm", "activation", "transparent", "noise", "identity", "dense")
WRAPPERS = ("Bidirectional",)


def recurrent_value(operation: Operation, name: str) -> Value:
    """An argument of a recurrent layer, or of the one that Bidirectional holds."""
    if operation.cls in WRAPPERS:
        inside = operation.value("layer")
        return inside.config.get(name, UNKNOWN) if isinstance(inside, LayerSpec) else UNKNOWN
    return operation.value(name)


def recurrent_argument(operation: Operation, name: str) -> Argument | None:
    """The argument as it was given to the layer itself; None for what a wrapper holds."""
    return None if operation.site is None or operation.cls in WRAPPERS else operation.site.argument(name)


def last_recurrent(graph: Graph, node: Node) -> Node | None:
    """The recurrent layer whose output reaches a node through layers that keep the number of axes."""
    above = graph.sole_producer(node)
    while above is not None:
        if above.operation.has("recurrent"):
            return above
        if above.operation.kind != "layer" or not above.operation.has(*STEPPED_OVER):
            return None
        if above.operation.has("reshape"):
            return None
        above = graph.sole_producer(above)
    return None


def gives_last_step(node: Node) -> bool:
    """Whether a recurrent layer certainly gives its last step only."""
    return recurrent_value(node.operation, "return_sequences") is False


def gives_sequence(node: Node) -> bool:
    """Whether a recurrent layer certainly gives all steps."""
    return recurrent_value(node.operation, "return_sequences") is True
