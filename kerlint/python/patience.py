"""How long an activation is followed that never touches the domain, and results that need no second walk.

Most functions of a file have nothing to do with Keras. Each activation may take `Budget.patience` steps of
its own without anything happening in the domain; then it is given up, and the function is not entered again.
A function that did nothing but compute gives the same again for the same plain arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kerlint.python.budget import OutOfBudget
from kerlint.python.likely import Likely
from kerlint.python.values import Unknown, Value, is_constant

if TYPE_CHECKING:
    from kerlint.python.arguments import Arguments
    from kerlint.python.interpreter import Interpreter
    from kerlint.python.scope import Scope
    from kerlint.python.values import FunctionValue

_SOMETHING = object()


class Futile(Exception):
    """An activation took all its patience without touching the domain."""


class Patience:
    """The alarm of the running activation: the number of steps left at which someone must look."""

    __slots__ = ("activity", "alarm", "idle", "seen", "since")

    def __init__(self) -> None:
        self.alarm = 0
        self.activity = 0
        self.idle = 0
        """Steps that the running root may take in all without anything happening."""
        self.seen = -1
        self.since = 0

    def start_root(self, interpreter: Interpreter, idle: int) -> None:
        """Begin a root (the module, or something nobody calls) that may idle for so many steps."""
        self.alarm = 0
        self.idle = idle
        self.seen = interpreter.domain.activity()
        self.since = interpreter.steps

    def start(self, interpreter: Interpreter) -> tuple[int, int, int]:
        """Enter an activation; hand back what `stop` needs."""
        interpreter.check_time()
        before = (self.alarm, self.activity, interpreter.steps)
        self.alarm = max(interpreter.steps - interpreter.budget.patience, 0)
        self.activity = now = interpreter.domain.activity()
        if now != self.seen:
            self.seen, self.since = now, interpreter.steps
        elif self.since - interpreter.steps > self.idle > 0:
            raise OutOfBudget
        return before

    def stop(self, interpreter: Interpreter, before: tuple[int, int, int]) -> None:
        """Leave an activation: its steps do not count against the one around it."""
        alarm, self.activity, steps = before
        self.alarm = max(alarm - (steps - interpreter.steps), 0)

    def look(self, interpreter: Interpreter) -> None:
        """The alarm went off: raise Futile, or wait on if something happened meanwhile."""
        now = interpreter.domain.activity()
        if now == self.activity and interpreter.calls:
            raise Futile
        self.activity = now
        self.alarm = max(interpreter.steps - interpreter.budget.patience, 0)


class Remembered(NamedTuple):
    """The result of a call that only computed: good as long as the outer names it used have not changed."""

    result: Value
    reads: tuple[tuple[Scope, str, Value], ...]
    doubts: int

    @property
    def is_current(self) -> bool:
        """Whether all it used is as it was."""
        return all(scope.names.get(name) is value for scope, name, value in self.reads)


def plain_key(function: FunctionValue, arguments: Arguments) -> tuple[Value, ...] | None:
    """What tells calls with plain arguments apart (all unknowns are one); None if an argument has identity
    (an option is itself)."""
    parts: list[Value] = [function.serial, len(arguments.positional), arguments.exact]
    for value in arguments.values():
        if isinstance(value, Likely):
            return None
        if isinstance(value, Unknown):
            parts.append(_SOMETHING)
        elif is_constant(value):
            parts.append(_exactly(value))
        else:
            return None
    parts += arguments.keywords
    return tuple(parts)


def _exactly(value: Value) -> Value:
    """A constant with its types: `1`, `1.0` and `True` are equal, and so are `0.0` and `-0.0`."""
    if isinstance(value, tuple):
        return tuple(_exactly(item) for item in value)
    return (type(value).__name__, repr(value) if isinstance(value, float | complex) else value)


def is_plain(value: Value) -> bool:
    """Whether a result can be handed out again: it has no identity."""
    return isinstance(value, Unknown) or is_constant(value)


def remember(
    interpreter: Interpreter,
    key: tuple[Value, ...],
    result: Value,
    reads: list[tuple[Scope, str, Value]],
    doubts: int,
) -> None:
    """Keep a result, unless it hung on something with contents of its own."""
    if all(is_plain(value) for _, _, value in reads):
        interpreter.results[key] = Remembered(result, tuple(reads), doubts)
