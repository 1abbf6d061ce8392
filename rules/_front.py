"""What data meet first in a model: the layers between an input and the first one that weighs them."""

from __future__ import annotations

from dataclasses import dataclass

from kerlint.model.facts import Model, Node

HANDED_ON = (
    "reshape",
    "padding",
    "cropping",
    "augmentation",
    "noise",
    "resizing",
    "identity",
    "input",
    "dropout_like",
)


@dataclass(frozen=True, slots=True, eq=False)
class Front:
    """The layers that data pass, and the first that does more than move, cut or disturb them."""

    passed: tuple[Node, ...]
    first: Node | None
    after: Node | None
    """What takes the output of `first`, where that is one layer."""


def front(model: Model) -> Front | None:
    """The front of a model with one input; None where it branches or is not known."""
    if len(model.flat.inputs) != 1:
        return None
    tensor = model.flat.inputs[0]
    passed: list[Node] = []
    users = [node for node in model.flat.nodes if any(one is tensor for one in node.inputs)]
    while len(users) == 1 and not users[0].opaque_inputs:
        node = users[0]
        following = model.flat.sole_consumer(node)
        if node.operation.kind != "layer" or not node.operation.has(*HANDED_ON, "rescaling"):
            return Front(tuple(passed), node, following)
        passed.append(node)
        users = [] if following is None else [following]
    return None


def scales(node: Node) -> bool:
    """Whether a layer makes small numbers of pixels."""
    scale = node.operation.value("scale")
    return node.operation.has("rescaling") and isinstance(scale, int | float) and 0 < scale < 0.1
