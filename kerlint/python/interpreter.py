"""The partial evaluator: one walk of the syntax per activation, over values that may be unknown.

`Interpreter` holds what a whole file shares: the trail, the budgets, the current path and the domain. What
each kind of expression and statement means stands in tables in `expressions` and `statements`; how paths
are split and joined in `paths`; how functions and classes are called in `calls`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

import libcst as cst

from kerlint.places import Place
from kerlint.python.budget import Budget, OutOfBudget, Raised
from kerlint.python.conditions import Conditions
from kerlint.python.containers import DictValue
from kerlint.python.exceptions import fail
from kerlint.python.joining import both, narrowed, same
from kerlint.python.likely import Suppositions
from kerlint.python.patience import Patience
from kerlint.python.refs import ABSENT, UNKNOWN, OneOf, Path, Unknown, Value
from kerlint.python.scope import Deferred, DeferredImport, Frame, Scope
from kerlint.python.trail import Trail
from kerlint.python.values import Builtin, ClassValue, FunctionValue, Instance, Symbol

if TYPE_CHECKING:
    from kerlint.python.domain import Domain
    from kerlint.python.modules import Modules
    from kerlint.python.patience import Remembered
    from kerlint.python.trail import Changes
    from kerlint.source import Source

Expressions = dict[type[cst.CSTNode], Callable[..., Value]]
Statements = dict[type[cst.CSTNode], Callable[..., int]]
Functions = Mapping[str, Callable[..., Value]]
NORMAL, RETURN, BREAK, CONTINUE = range(4)
"""How a block ended."""


class MakesDomain(Protocol):
    """Builds the domain for an interpreter."""

    def __call__(self, interpreter: Interpreter) -> Domain:
        """The domain that will answer this interpreter's questions."""


class Interpreter:
    """Evaluates one source with everything it calls and imports."""

    def __init__(self, domain: MakesDomain, modules: Modules, budget: Budget | None = None) -> None:
        self.renew(budget or Budget())
        self.patience = Patience()
        self.results: dict[tuple[Value, ...], Remembered] = {}
        """Results of functions that only compute, by plain arguments."""
        self.trail = Trail()
        self.conditions = Conditions()
        self.suppositions = Suppositions()
        """The options whose defaults were taken."""
        self.flags = DictValue({})
        """The flags of absl that were defined, by name."""
        self.path: Path = ()
        self.loops: list[int] = []
        """Serials of the loops of unknown length around this point."""
        self.calls: list[FunctionValue] = []
        """User functions being evaluated, outermost first."""
        self.frames: list[Frame] = []
        self.trying = 0
        """How many `try` bodies are running."""
        self.doubts = 0
        """How often something was met that may raise, or may not."""
        self.stopped: list[Changes] = []
        """What code had changed that may have raised inside the running `try` body."""
        self.handled: Raised | None = None
        """What the running `except` clause caught."""
        self.reads: list[tuple[Scope, str, Value]] | None = None
        """Values of outer names that were used, where someone wants to know."""
        self.functions: list[FunctionValue] = []
        """Every user function of the linted file, as it was defined."""
        self.modules = modules
        self.domain: Domain = domain(self)
        self.builtins, self.stdlib, self.expressions, self.statements = _tables()

    def renew(self, budget: Budget) -> None:
        """Begin to spend this budget."""
        self.budget = budget
        self.steps = budget.steps
        self.splits = budget.splits
        self.foreign_steps = budget.foreign_steps
        self.deadline = budget.now() + budget.seconds
        self.gave_up: list[tuple[Place, str]] = []

    # What every construct uses

    def evaluate(self, node: cst.CSTNode, frame: Frame) -> Value:
        """The value of an expression."""
        self.steps = steps = self.steps - 1
        if steps <= self.patience.alarm:
            self.look()
        return self.expressions[type(node)](self, node, frame)

    def execute(self, body: Iterable[cst.CSTNode], frame: Frame) -> int:
        """Run statements in order; says how they ended."""
        for node in body:
            self.steps -= 1
            if self.steps <= self.patience.alarm:
                self.look()
            handler = self.statements.get(type(node))
            if handler is not None:
                signal = handler(self, node, frame)
                if signal:
                    return signal
        return NORMAL

    def look(self) -> None:
        """Steps ran out, of the file or of the activation's patience."""
        if self.steps <= 0:
            raise OutOfBudget
        self.patience.look(self)

    def check_time(self) -> None:
        """Raise OutOfBudget once the file has had its time; asked at every call and undecided branch."""
        if self.budget.now() > self.deadline:
            raise OutOfBudget

    def place(self, node: cst.CSTNode, frame: Frame) -> Place:
        """The place of a node of the running activation."""
        return Place(frame.statement, node, None, frame.chain)

    def may_raise(self, changes: Changes) -> None:
        """Some path raises here after it has changed this; the walk goes on along another one."""
        self.doubts += 1
        if self.trying:
            self.stopped.append(changes)

    def place_of(self, value: Instance) -> Place:
        """A place for what an object does by itself: its class."""
        assert isinstance(value.cls, ClassValue)
        return Place(value.cls.statement, value.cls.node, None, self.frames[-1].chain if self.frames else ())

    @property
    def raises_on(self) -> bool:
        """Whether what raises leaves the activation: something may catch it, or the path is a mere supposition."""
        return self.trying > 0 or self.conditions.is_supposed(self.path)

    def charge(self, items: int) -> None:
        """Count the steps of work on so many items, at least one."""
        self.steps -= (items >> 5) + 1
        if self.steps <= self.patience.alarm:
            self.look()

    def give_up(self, place: Place, reason: str) -> Unknown:
        """Record that knowledge ends here; returns the Unknown that says so."""
        if len(self.gave_up) < 1_000:
            self.gave_up.append((place, reason))
        return Unknown(reason)

    def on_path(self, path: Path) -> _OnPath:
        """Everything recorded inside holds only on `path` (on top of the current one)."""
        return _OnPath(self, path)

    # Names

    def load(self, name: str, frame: Frame) -> Value:
        """The value of a name, evaluating a deferred definition on first use."""
        scope = frame.scope
        if scope.redirected is not None or name not in scope.names:
            found = scope.find(name)
            if found is None:
                return self._builtin(name, frame)
            scope = found
        value = scope.names[name]
        kind = type(value)
        if kind is Deferred:
            return self.define(name, value, scope)
        if kind is DeferredImport or kind is OneOf:
            value = self._resolved(name, value, scope)
        if value is ABSENT:
            self.doubts += 1
        if self.reads is not None and scope is not frame.scope and kind not in _STEADY:
            self.reads.append((scope, name, value))
        return value

    def _resolved(self, name: str, value: DeferredImport | OneOf, scope: Scope) -> Value:
        """An imported name that stands for itself now, or what a choice can be on this path."""
        from kerlint.python.imports import resolve_each, resolve_in

        if isinstance(value, DeferredImport):
            return resolve_in(self, scope, name, value)
        resolved = scope.names[name] = resolve_each(self, value)
        return narrowed(resolved, self.path) if isinstance(resolved, OneOf) else resolved

    def _builtin(self, name: str, frame: Frame) -> Value:
        found = self.builtins.get(name)
        if found is not None:
            return found
        if name == "__name__":
            return "__main__"
        if frame.scope.globals.wild:
            self.doubts += 1
            return Unknown(f"{name} may come from a star import")
        if name.startswith("__"):
            return Unknown(name)
        return fail(self, "NameError", f"{name} is not defined here")

    def define(self, name: str, deferred: Deferred, scope: Scope) -> Value:
        """Evaluate a deferred `def` or `class` in its module's scope."""
        scope.waiting.pop(name, None)
        self.trail.touch(scope)
        scope.names[name] = Unknown("defined in terms of itself")
        frame = Frame(scope, deferred.statement)
        steps, known = self.steps, len(self.functions)
        try:
            self.execute(deferred.statement.body, frame)
        except Raised:
            scope.names[name] = Unknown("its definition raises")
        except OutOfBudget:
            scope.names[name] = Unknown("its definition costs too much")
            if steps < 0:
                raise
        value = scope.names.get(name, UNKNOWN)
        if _is_same_function(deferred.value, value):
            del self.functions[known:]
            value = scope.names[name] = deferred.value
        deferred.value = value
        return value

    def store(self, name: str, value: Value, frame: Frame) -> None:
        """Bind a name in the running scope (or where `global`/`nonlocal` say)."""
        scope = frame.scope
        if scope.redirected is not None:
            scope = scope.home(name)
        if scope.waiting and name in scope.names:
            self._define_users(name, scope)
        self.trail.touch(scope)
        scope.names[name] = value
        self.domain.bound(name, value)

    def delete(self, name: str, frame: Frame) -> None:
        """`del name`."""
        scope = frame.scope.home(name)
        if scope.waiting:
            self._define_users(name, scope)
        self.trail.touch(scope)
        if scope.names.pop(name, None) is None and name not in scope.names:
            self.doubts += 1

    def _define_users(self, name: str, scope: Scope) -> None:
        """Evaluate the definitions whose head mentions a name that is about to change."""
        users = [one for one, deferred in scope.waiting.items() if name in deferred.words]
        for user in users:
            deferred = scope.waiting.pop(user)
            if scope.names.get(user) is deferred:
                self.define(user, deferred, scope)

    # Modules

    def run_module(self, source: Source, scope: Scope) -> None:
        """Run the top level of a source: definitions are deferred, the rest runs in order.

        Raises OutOfBudget, and Raised when the program stops inside a `try`; nothing else.
        """
        from kerlint.python.top_level import run_top_level

        run_top_level(self, source, scope)


class _OnPath:
    """A stretch of the walk that holds on one path only."""

    __slots__ = ("before", "interpreter", "path")

    def __init__(self, interpreter: Interpreter, path: Path) -> None:
        self.interpreter = interpreter
        self.path = path
        self.before = interpreter.path

    def __enter__(self) -> None:
        self.interpreter.path = both(self.before, self.path) or self.before

    def __exit__(self, *raised: object) -> None:
        self.interpreter.path = self.before


def _is_same_function(old: Value, new: Value) -> bool:
    """Whether a definition that was evaluated once more gave the same function."""
    if not (isinstance(old, FunctionValue) and isinstance(new, FunctionValue)):
        return False
    return (
        old.node is new.node
        and old.wrapper == new.wrapper
        and old.defaults.keys() == new.defaults.keys()
        and all(same(value, new.defaults[name]) for name, value in old.defaults.items())
    )


_STEADY = frozenset({FunctionValue, Symbol, Builtin})
"""Kinds of values that a name outside can have without a function's result depending on it."""


def _tables() -> tuple[dict[str, Value], Functions, Expressions, Statements]:
    """The built-in names, the functions of the standard library, and what expressions and statements mean:
    modules that need this one.
    """
    from kerlint.python.builtins import BUILTINS
    from kerlint.python.expressions import EXPRESSIONS
    from kerlint.python.statements import STATEMENTS
    from kerlint.python.stdlib import STDLIB

    return BUILTINS, STDLIB, _Meanings(EXPRESSIONS), STATEMENTS


class _Meanings(Expressions):
    """What expressions mean, those too that nobody gave a meaning."""

    def __missing__(self, kind: type[cst.CSTNode]) -> Callable[..., Value]:
        return _not_evaluated


def _not_evaluated(interpreter: Interpreter, node: cst.CSTNode, frame: Frame) -> Value:
    return Unknown(f"{type(node).__name__} is not evaluated")


__all__ = ["BREAK", "CONTINUE", "NORMAL", "RETURN", "Interpreter", "Symbol"]
