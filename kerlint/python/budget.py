"""Budgets: every walk is bounded; running out is a recorded fact, never a hang and never a wrong certainty."""

from __future__ import annotations

from time import process_time

from kerlint.frozen import record


@record
class Budget:
    """How much one file may cost. Steps are evaluated expressions and statements."""

    seconds: float = 5.0
    """CPU time of the whole file: joining many paths costs more than the steps on them."""
    steps: int = 400_000
    """For the whole file; about a microsecond or two each."""
    root_steps: int = 160_000
    """For the module."""
    foreign_steps: int = 15_000
    """For functions of other files, all together: this file's own findings are wanted."""
    uncalled_steps: int = 30_000
    """For a function or class that nobody calls."""
    module_idle: int = 40_000
    """Steps of the module in a row, calls included, without anything happening in the domain."""
    idle: int = 3_000
    """The same of a root that nobody calls."""
    patience: int = 4_000
    """Steps of one activation without anything happening in the domain."""
    depth: int = 60
    """Nested calls of user functions."""
    recursion: int = 12
    """Activations of one and the same function at a time."""
    iterations: int = 2_000
    """Rounds of one loop over a known iterable."""
    items: int = 20_000
    """Items of one container."""
    text: int = 200_000
    """Characters of one string."""
    bits: int = 4_096
    """Size of one integer."""
    paths: int = 4
    """Paths walked separately through one activation."""
    splits: int = 48
    """Activations walked again for another path, in all."""
    modules: int = 24
    """First-party modules evaluated for one file."""

    def now(self) -> float:
        """The clock that `seconds` are read from; who wants an evaluation to end lets it jump."""
        return process_time()


class OutOfBudget(Exception):
    """The root being evaluated cost too much; what is known so far stays, marked incomplete."""


class Raised(Exception):
    """The program would raise here, for certain on this path."""

    def __init__(self, exception: object = None) -> None:
        super().__init__(exception)
        self.exception = exception
