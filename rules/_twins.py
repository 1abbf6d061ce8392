"""Models that are evidently meant to be the same: one sequence of layer classes, built twice."""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.model.facts import Model, Node, Program
from kerlint.model.questions import once_a_program

KINDS = ("conv", "dense", "recurrent", "pool")
FEWEST = 3
"""Layers that a sequence has at least to be no coincidence."""


def skeleton(model: Model) -> tuple[Node, ...]:
    """The nodes by which models are compared: weight layers and pools, nested models inlined."""
    return tuple(node for node in model.flat.nodes if node.operation.has(*KINDS))


@once_a_program
def twins(program: Program) -> Iterator[tuple[Model, tuple[Node, ...], Model, tuple[Node, ...]]]:
    """Ordered pairs of different models with one sequence of layer classes, each with its skeleton."""
    known = [(model, skeleton(model)) for model in program.models]
    known = [(model, nodes) for model, nodes in known if len(nodes) >= FEWEST]
    alike: dict[tuple[str, ...], list[tuple[Model, tuple[Node, ...]]]] = {}
    for model, nodes in known:
        alike.setdefault(_classes(nodes), []).append((model, nodes))
    for model, mine in known:
        for other, theirs in alike[_classes(mine)]:
            if other.identity != model.identity:
                yield model, mine, other, theirs


def _classes(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    return tuple(node.operation.cls for node in nodes)
