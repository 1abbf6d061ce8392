"""The top level of a module: definitions wait until someone asks for them, the rest runs in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.places import Place
from kerlint.python.budget import Raised
from kerlint.python.paths import run_paths
from kerlint.python.refs import OneOf
from kerlint.python.scope import Deferred, Frame, Scope
from kerlint.python.values import ClassValue, FunctionValue, Instance, Partial

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.source import Source, Statement

_LOCAL = (Deferred, FunctionValue, ClassValue, Instance, Partial, OneOf)
"""Decorators of the module's own: they may do anything when the definition is reached."""


def run_top_level(interpreter: Interpreter, source: Source, scope: Scope) -> None:
    """Run a module's statements on all their paths."""
    statements = source.statements
    if not statements:
        return
    scope.has_hooks = "__init_subclass__" in source.text
    deferred = {one: Deferred(one) for one in statements if one.kind != "other"}
    for statement, value in deferred.items():
        scope.names.setdefault(statement.name, value)
    frame = Frame(scope, statements[0])
    run_paths(interpreter, frame, lambda: _run(interpreter, statements, deferred, frame))


def _run(
    interpreter: Interpreter,
    statements: tuple[Statement, ...],
    deferred: dict[Statement, Deferred],
    frame: Frame,
) -> int:
    frame.scope.waiting.clear()
    for statement in statements:
        frame.statement = statement
        if statement.kind != "other":
            _reach(interpreter, deferred[statement], frame.scope)
            continue
        try:
            interpreter.execute(statement.body, frame)
        except Raised as raised:
            if interpreter.trying:
                raise
            interpreter.give_up(Place(statement), f"the program stops here: {raised.exception}")
        except RecursionError:
            interpreter.give_up(Place(statement), "nests too deeply")
    return 0


def _reach(interpreter: Interpreter, deferred: Deferred, scope: Scope) -> None:
    """The program comes to a definition: from here on the name means it, evaluated or not."""
    name = deferred.statement.name
    value = scope.names.get(name)
    if value is not deferred and (deferred.value is None or value is not deferred.value):
        interpreter.trail.touch(scope)
        scope.names[name] = deferred
    if scope.names[name] is deferred:
        local = any(isinstance(scope.names.get(one), _LOCAL) for one in deferred.decorators)
        if local or deferred.acts or scope.has_hooks:
            interpreter.define(name, deferred, scope)
        else:
            scope.waiting[name] = deferred
