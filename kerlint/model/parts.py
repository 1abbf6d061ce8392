"""Evaluating a part of a file: which of its uncalled functions and classes.

What is left out leaves its marks nevertheless, those it left when the whole file was evaluated: a function that
it calls is no root of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kerlint.python.values import ClassValue, FunctionValue

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.python.interpreter import Interpreter

Key = tuple[str, str, str]
"""A definition: the top-level statement that it is in, its class, its own name."""


MODULE: Key = ("", "", "")


@dataclass(frozen=True, slots=True)
class Marks:
    """What one root did to definitions that others look at."""

    called: frozenset[Key] = frozenset()
    futile: frozenset[Key] = frozenset()
    made: frozenset[Key] = frozenset()


class Ground:
    """What the module left in the evaluation itself, beside values, which are put back when a root ends."""

    def __init__(self, interpreter: Interpreter, domain: KerasDomain) -> None:
        self._kept = [(one, _copied(vars(one))) for one in _ledgers(interpreter, domain)]
        self._results = dict(interpreter.results)
        self._looped, self._adapted = dict(domain.looped), set(domain.adapted)

    def restore(self, interpreter: Interpreter, domain: KerasDomain) -> None:
        """Put it back."""
        for one, kept in self._kept:
            vars(one).update(_copied(kept))
        interpreter.results = dict(self._results)
        domain.looped, domain.adapted = dict(self._looped), set(self._adapted)


def _ledgers(interpreter: Interpreter, domain: KerasDomain) -> tuple[object, ...]:
    return interpreter.conditions, interpreter.suppositions, domain.randomness, domain.handed


def _copied(value: Any) -> Any:
    """The same with copies of the containers that change."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return value.copy() if isinstance(value, list | set) else value


@dataclass(slots=True)
class Part:
    """What is to be evaluated of a file. The default is all of it, and keeps the marks of each root."""

    names: frozenset[str] | None = None
    """The top-level definitions whose roots are evaluated; None for all."""
    marks: dict[Key, Marks] = field(default_factory=dict)
    """By root, what it left when all was evaluated; under `MODULE` what the module did."""
    steps: dict[Key, int] = field(default_factory=dict)
    """By root, what it cost."""
    ground: Ground | None = None
    """Where to go on from when the module is not run again."""

    def skips(self, root: FunctionValue | ClassValue) -> bool:
        """Whether the root is left out."""
        return self.names is not None and root.statement.name not in self.names

    def note(self, root: Key, before: Marks, after: Marks, steps: int) -> None:
        """Keep what the evaluation of a root has changed, and cost."""
        if self.names is None:
            self.steps[root] = steps
            self.marks[root] = Marks(
                after.called - before.called, after.futile - before.futile, after.made - before.made
            )

    def replay(self, root: Key, interpreter: Interpreter, domain: KerasDomain) -> None:
        """Leave the marks of a root that is left out."""
        marks = self.marks.get(root, Marks())
        for function in interpreter.functions if marks.called or marks.futile else ():
            key = key_of(function)
            function.is_called = function.is_called or key in marks.called
            function.is_futile = function.is_futile or key in marks.futile
        for cls in domain.classes if marks.made else ():
            cls.is_made = cls.is_made or key_of(cls) in marks.made


def marks_of(interpreter: Interpreter, domain: KerasDomain) -> Marks:
    """What is marked now."""
    return Marks(
        frozenset(key_of(one) for one in interpreter.functions if one.is_called),
        frozenset(key_of(one) for one in interpreter.functions if one.is_futile),
        frozenset(key_of(one) for one in domain.classes if one.is_made),
    )


def key_of(definition: FunctionValue | ClassValue) -> Key:
    """What tells a definition from others in texts that are alike."""
    owner = definition.owner if isinstance(definition, FunctionValue) else None
    return (definition.statement.name, owner.name if owner is not None else "", definition.name)
