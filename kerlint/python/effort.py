"""Whether a loop is worth its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

IDLE_ROUNDS = 50
"""Rounds that any loop may take before its effort is looked at."""
STEADY_ROUNDS = 8
"""The same for a loop that does something to what there is in the domain, and makes nothing: a training loop."""


class Effort:
    """What a loop has cost without anything happening, or without anything new, in the domain."""

    __slots__ = ("activity", "interpreter", "rounds", "steps", "stock")

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.steps = interpreter.steps
        self.activity = interpreter.domain.activity()
        self.stock = interpreter.domain.stock()
        self.rounds = 0

    def is_wasted(self) -> bool:
        """Whether the loop should count as one of unknown length from here on."""
        self.rounds += 1
        interpreter = self.interpreter
        if self.rounds < STEADY_ROUNDS or self.steps - interpreter.steps < interpreter.budget.patience:
            return False
        if interpreter.domain.activity() == self.activity:
            return self.rounds >= IDLE_ROUNDS
        return interpreter.domain.stock() == self.stock
