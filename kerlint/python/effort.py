"""Whether a loop is worth its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

IDLE_ROUNDS = 50
"""Rounds that any loop may take before its effort is looked at."""


class Effort:
    """What a loop has cost without anything happening in the domain."""

    __slots__ = ("activity", "interpreter", "rounds", "steps")

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.steps = interpreter.steps
        self.activity = interpreter.domain.activity()
        self.rounds = 0

    def is_wasted(self) -> bool:
        """Whether the loop should count as one of unknown length from here on."""
        self.rounds += 1
        interpreter = self.interpreter
        if self.rounds < IDLE_ROUNDS or self.steps - interpreter.steps < interpreter.budget.patience:
            return False
        return interpreter.domain.activity() == self.activity
