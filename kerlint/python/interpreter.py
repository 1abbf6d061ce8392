"""The partial evaluator: one walk of the syntax per activation, over values that may be unknown.

`Interpreter` holds what a whole file shares: the trail, the budgets, the current path and the domain. What
each kind of expression and statement means stands in tables in `expressions` and `statements`; how paths
are split and joined in `paths`; how functions and classes are called in `calls`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import libcst as cst

from kerlint.python.budget import Budget, OutOfBudget, Raised
from kerlint.python.patience import Patience
from kerlint.python.scope import Deferred, DeferredImport, Frame, Scope
from kerlint.python.trail import Trail
from kerlint.python.values import UNKNOWN, FunctionValue, Path, Symbol, Unknown, Value
from kerlint.places import Place

if TYPE_CHECKING:
    from kerlint.python.domain import Domain
    from kerlint.python.modules import Modules
    from kerlint.source import Source, Statement

NORMAL, RETURN, BREAK, CONTINUE = range(4)
"""How a block ended."""


class MakesDomain(Protocol):
    """Builds the domain for an interpreter."""

    def __call__(self, interpreter: Interpreter) -> Domain:
        """The domain that will answer this interpreter's questions."""


class Interpreter:
    """Evaluates one source with everything it calls and imports."""

    def __init__(self, domain: MakesDomain, modules: Modules, budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self.steps = self.budget.steps
        self.splits = self.budget.splits
        self.foreign_steps = self.budget.foreign_steps
        self.patience = Patience()
        self.results: dict[tuple[Value, ...], Value] = {}
        """Results of functions that only compute, by plain arguments."""
        self.trail = Trail()
        self.path: Path = ()
        self.loops: list[int] = []
        """Serials of the loops of unknown length around this point."""
        self.calls: list[FunctionValue] = []
        """User functions being evaluated, outermost first."""
        self.frames: list[Frame] = []
        self.trying = 0
        self.gave_up: list[tuple[Place, str]] = []
        self.functions: list[FunctionValue] = []
        """Every user function of the linted file, as it was defined."""
        self.modules = modules
        self.domain: Domain = domain(self)
        self.expressions = _expressions()
        self.statements = _statements()

    # What every construct uses

    def evaluate(self, node: cst.CSTNode, frame: Frame) -> Value:
        """The value of an expression."""
        self.steps -= 1
        if self.steps <= self.patience.alarm:
            self.look()
        handler = self.expressions.get(type(node))
        if handler is None:
            return Unknown(f"{type(node).__name__} is not evaluated")
        return handler(self, node, frame)

    def execute(self, body: Iterator[cst.CSTNode] | tuple[cst.CSTNode, ...], frame: Frame) -> int:
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

    def place(self, node: cst.CSTNode, frame: Frame) -> Place:
        """The place of a node of the running activation."""
        return Place(frame.statement, node, None, frame.chain)

    def give_up(self, place: Place, reason: str) -> Unknown:
        """Record that knowledge ends here; returns the Unknown that says so."""
        if len(self.gave_up) < 1_000:
            self.gave_up.append((place, reason))
        return Unknown(reason)

    @contextmanager
    def on_path(self, path: Path) -> Iterator[None]:
        """Everything recorded inside holds only on `path` (on top of the current one)."""
        from kerlint.python.paths import both

        before = self.path
        self.path = both(before, path) or before
        try:
            yield
        finally:
            self.path = before

    # Names

    def load(self, name: str, frame: Frame) -> Value:
        """The value of a name, evaluating a deferred definition on first use."""
        scope = frame.scope.find(name)
        if scope is None:
            return _builtin(name, frame)
        value = scope.names[name]
        if type(value) is Deferred:
            return self.define(name, value, scope)
        if type(value) is DeferredImport:
            from kerlint.python.imports import resolve_in

            return resolve_in(self, scope, name, value)
        return value

    def define(self, name: str, deferred: Deferred, scope: Scope) -> Value:
        """Evaluate a deferred `def` or `class` in its module's scope."""
        scope.names[name] = Unknown("defined in terms of itself")
        frame = Frame(scope, deferred.statement)
        steps = self.steps
        try:
            self.execute(deferred.statement.body, frame)
        except Raised:
            scope.names[name] = Unknown("its definition raises")
        except OutOfBudget:
            scope.names[name] = Unknown("its definition costs too much")
            if steps < 0:
                raise
        return scope.names.get(name, UNKNOWN)

    def store(self, name: str, value: Value, frame: Frame) -> None:
        """Bind a name in the running scope (or where `global`/`nonlocal` say)."""
        scope = frame.scope.home(name)
        self.trail.touch(scope)
        scope.names[name] = value
        self.domain.bound(name, value)

    # Modules

    def run_module(self, source: Source, scope: Scope) -> None:
        """Run the top level of a source: definitions are deferred, the rest runs in order."""
        from kerlint.python.paths import run_paths

        statements = source.statements
        for statement in statements:
            if statement.kind != "other":
                scope.names.setdefault(statement.name, Deferred(statement))
        if not statements:
            return
        frame = Frame(scope, statements[0])
        run_paths(self, frame, lambda: self._run_top(statements, scope, frame))

    def _run_top(self, statements: tuple[Statement, ...], scope: Scope, frame: Frame) -> int:
        seen: set[str] = set()
        for statement in statements:
            frame.statement = statement
            if statement.kind != "other":
                if statement.name in seen:
                    self.trail.touch(scope)
                    scope.names[statement.name] = Deferred(statement)
                seen.add(statement.name)
                continue
            try:
                self.execute(statement.body, frame)
            except Raised as raised:
                if self.trying:
                    raise
                self._note_raise(statement, raised)
        return NORMAL

    def _note_raise(self, statement: Statement, raised: Raised) -> None:
        place = Place(statement, None)
        self.give_up(place, f"the program stops here: {raised.exception}")


def _builtin(name: str, frame: Frame) -> Value:
    from kerlint.python.builtins import BUILTINS

    found = BUILTINS.get(name)
    if found is not None:
        return found
    if frame.scope.globals.wild:
        return Unknown(f"{name} may come from a star import")
    if name == "__name__":
        return "__main__"
    if name == "__file__":
        return Unknown("__file__")
    return Unknown(f"{name} is not defined here")


Handler = Callable[[Interpreter, "cst.CSTNode", Frame], Value]


def _expressions() -> dict[type[cst.CSTNode], Callable[..., Value]]:
    from kerlint.python.expressions import EXPRESSIONS

    return EXPRESSIONS


def _statements() -> dict[type[cst.CSTNode], Callable[..., int]]:
    from kerlint.python.statements import STATEMENTS

    return STATEMENTS


__all__ = ["BREAK", "CONTINUE", "NORMAL", "RETURN", "Interpreter", "Symbol"]
