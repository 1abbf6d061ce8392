"""Which layers the program trains at some time, whatever is frozen in the end."""

from __future__ import annotations

from kerlint.model.facts import Operation, Program


def learned(program: Program) -> frozenset[int]:
    """Identities of the layers whose variables some compile or training updates."""
    return frozenset().union(*(event.variables or () for event in program.trainings))


def is_frozen(operation: Operation, trained: frozenset[int]) -> bool:
    """Whether a layer is not trainable in the end, and never was trained before.

    The discriminator of a GAN is: it is trained, and frozen for the sake of the combined model.
    """
    return operation.trainable is not True and operation.identity not in trained
