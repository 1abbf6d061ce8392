"""Run a program for real and evaluated, and compare every name of the module."""

from __future__ import annotations

import random
import sys
import types
from dataclasses import dataclass, field
from typing import Any

from kerlint.python.budget import OutOfBudget

from .agreement import EXACT, OPEN, WRONG, Comparison
from .null_domain import Run

_HIDDEN = {"fakelib"}
RAISED = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NameError),
    *(RuntimeError, StopIteration, SyntaxError, TypeError, ValueError),
)
"""What a random program may end with. (Python allows `:=` in some expressions only.)"""


@dataclass
class Outcome:
    """What comparing one program gave."""

    names: int = 0
    exact: int = 0
    wrong: list[str] = field(default_factory=list)
    ran: bool = True


class OutOfTime(BaseException):
    """A random program took too many lines."""


def execute(
    program: str, library: types.ModuleType | None = None, lines: int = 20_000
) -> dict[str, Any] | None:
    """The names after running a program; None if it raised or took too long."""
    names: dict[str, Any] = {"__name__": "__main__"}
    left = lines

    def trace(frame: types.FrameType, event: str, arg: object) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise OutOfTime
        return trace

    before = sys.gettrace()
    if library is not None:
        sys.modules["fakelib"] = library
    sys.settrace(trace)
    try:
        exec(compile(program, "main.py", "exec", dont_inherit=True), names)
    except (*RAISED, OutOfTime):
        return None
    finally:
        sys.settrace(before)
        sys.modules.pop("fakelib", None)
    return names


def compare(program: str, inputs: int = 1, seed: str = "") -> Outcome:
    """Compare the evaluator's one answer with runs of the program, for some values of its unknown inputs."""
    outcome = Outcome()
    runs = [execute(program, fake_library(f"{seed}{index}")) for index in range(inputs)]
    finished = [names for names in runs if names is not None]
    if not finished:
        outcome.ran = False
        return outcome
    try:
        run = Run(program)
    except OutOfBudget:
        outcome.ran = False
        return outcome
    for names in finished:
        comparison = Comparison()
        for name, actual in names.items():
            if name.startswith("__") or name in _HIDDEN:
                continue
            if name not in run.scope.names:
                outcome.wrong.append(f"{name} is not there, but {actual!r:.100}")
                continue
            verdict = comparison.compare(run[name], actual, name)
            outcome.names += 1
            outcome.exact += verdict is EXACT
            if verdict is WRONG:
                outcome.wrong.append(comparison.trouble)
    return outcome


def fake_library(seed: str) -> types.ModuleType:
    """A library whose results the evaluator cannot know."""
    dice = random.Random(seed)
    library = types.ModuleType("fakelib")
    library.number = lambda: dice.choice([0, 1, 2, 3, 5, -1, 40])  # type: ignore[attr-defined]
    library.text = lambda: dice.choice(["", "a", "ab", "kb"])  # type: ignore[attr-defined]
    library.flag = lambda: dice.random() < 0.5  # type: ignore[attr-defined]
    library.numbers = lambda: [dice.randint(0, 5) for _ in range(dice.randint(1, 4))]  # type: ignore[attr-defined]
    library.note = lambda value: None  # type: ignore[attr-defined]
    library.perhaps = lambda: dice.choice([None, 0, 3])  # type: ignore[attr-defined]
    return library


__all__ = ["OPEN", "Outcome", "compare", "execute", "fake_library"]
