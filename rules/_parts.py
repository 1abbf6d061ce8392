"""Models that stand on their own, unlike the small blocks that a larger model is put together from."""

from __future__ import annotations

from collections import Counter

from kerlint.model.facts import Model, Program
from kerlint.model.questions import once_a_program

SEVERAL = 2
"""Weight layers that a model of its own has at least."""
MANY = 4
"""Weight layers beyond which it is one even where there are several of its kind."""


def _kind(model: Model) -> object:
    """What is one kind of block: instances of one class, or models built at one place."""
    return model.cls if model.kind == "subclassed" else model.place


def _weight_layers(model: Model) -> int:
    return sum(node.operation.has("weighted") for node in model.flat.nodes)


@once_a_program
def parts(program: Program) -> tuple[Model, ...]:
    """Encoders, backbones, generators and whole models: several weight layers, and not one of a kind.

    What leaves such a model leaves a unit of the design (a code, an embedding, a score), so that rules
    on neighbouring layers do not look across its border.
    """
    identities: dict[object, set[int]] = {}
    for model in program.models:
        identities.setdefault(_kind(model), set()).add(model.identity)
    copies = Counter({kind: len(found) for kind, found in identities.items()})
    return tuple(
        model
        for model in program.models
        if _weight_layers(model) >= (MANY if copies[_kind(model)] > 1 else SEVERAL)
    )
