"""One source in, its `Program` out: run the module, then everything that nobody called."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kerlint.model.apply import call_layer
from kerlint.model.domain import KerasDomain, unknown_arguments
from kerlint.model.facts import Program
from kerlint.model.freeze import Freezer
from kerlint.model.states import LayerState, ModelState, TensorValue
from kerlint.places import Place
from kerlint.python.arguments import Arguments
from kerlint.python.attributes import find_in_class
from kerlint.python.budget import Budget, OutOfBudget, Raised
from kerlint.python.calls import call_function, instantiate
from kerlint.python.interpreter import Interpreter
from kerlint.python.modules import Loader, Modules, NoLoader
from kerlint.python.scope import Deferred, DeferredImport, Scope
from kerlint.python.values import (
    ClassValue,
    FunctionValue,
    Instance,
    ModuleValue,
    Path,
    Symbol,
    Value,
    next_serial,
)

if TYPE_CHECKING:
    from kerlint.source import Source, Statement

_WORD = re.compile(r"[^\W\d]\w*")
_KERAS_2 = re.compile(r"^\s*(?:import|from)\s+tf_keras\b|TF_USE_LEGACY_KERAS", re.MULTILINE)
RECURSION_LIMIT = 20_000
"""Python frames; one call of a user function takes about a dozen, an expression's nesting one each."""


def recover(
    source: Source, *, target: str | None = None, loader: Loader | None = None, budget: Budget | None = None
) -> Program:
    """What the source does with Keras. Never raises on user code; budgets bound the time."""
    chosen = target or ("keras2" if _KERAS_2.search(source.text) else "keras3")
    modules = Modules(loader or NoLoader(), source.filename)
    interpreter = Interpreter(lambda made: KerasDomain(made, chosen), modules, budget)
    domain = interpreter.domain
    assert isinstance(domain, KerasDomain)
    with _deep_recursion():
        _run(interpreter, domain, source)
        return Freezer(domain).program(source)


@contextmanager
def _deep_recursion() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, RECURSION_LIMIT))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _run(interpreter: Interpreter, domain: KerasDomain, source: Source) -> None:
    scope = Scope(None, filename=source.filename)
    statements = source.statements
    if not statements:
        return
    module = ModuleValue("__main__", scope)
    interpreter.modules.loaded[source.filename] = module
    branch = next_serial()
    interpreter.path = ((branch, 0),)
    _root(interpreter, domain, Place(statements[0]), lambda: interpreter.run_module(source, scope))
    _define_relevant(interpreter, domain, scope, statements)
    _call_the_uncalled(interpreter, domain, branch)


def _root(interpreter: Interpreter, domain: KerasDomain, place: Place, run: Callable[[], object]) -> None:
    """Evaluate one root within its budget; what was cut off is marked, not believed."""
    budget = interpreter.budget
    left = interpreter.steps
    interpreter.steps = min(left, budget.root_steps)
    given = interpreter.steps
    models = len(domain.models)
    interpreter.patience.start_root(interpreter, budget.idle * (5 if interpreter.path else 1))
    try:
        run()
    except Raised as raised:
        interpreter.give_up(place, f"the program stops here: {raised.exception}")
    except (OutOfBudget, RecursionError):
        interpreter.give_up(place, "evaluation costs too much")
        for instance in domain.models[models:]:
            if isinstance(instance.native, ModelState):
                instance.native.uncertain = True
    finally:
        interpreter.steps = max(left - (given - max(interpreter.steps, 0)), 0)
        interpreter.calls.clear()
        interpreter.frames.clear()
        interpreter.loops.clear()
        interpreter.trying = 0
        interpreter.path = ()


# Definitions that nobody asked for


def _define_relevant(
    interpreter: Interpreter, domain: KerasDomain, scope: Scope, statements: tuple[Statement, ...]
) -> None:
    """Evaluate the deferred definitions that can have to do with Keras, by the names they mention."""
    waiting = [statement for statement in statements if type(scope.names.get(statement.name)) is Deferred]
    words = {statement: set(_WORD.findall(statement.text)) for statement in waiting}
    names = {name for name, value in scope.names.items() if _concerns_keras(interpreter, value)}
    names |= ROOTS
    grown = True
    chosen: list[Statement] = []
    while grown:
        grown = False
        for statement in [one for one in waiting if one not in chosen]:
            if scope.wild or words[statement] & names:
                chosen.append(statement)
                names.add(statement.name)
                grown = True
    for statement in [one for one in waiting if one in chosen]:
        deferred = scope.names.get(statement.name)
        if type(deferred) is Deferred:
            place = Place(statement)
            _root(interpreter, domain, place, lambda: interpreter.define(statement.name, deferred, scope))


ROOTS = frozenset({"keras", "tensorflow", "tf_keras"})


def _concerns_keras(interpreter: Interpreter, value: Value) -> bool:
    if isinstance(value, Symbol):
        return value.dotted.partition(".")[0] in ROOTS
    if isinstance(value, DeferredImport):
        return interpreter.modules.is_first_party(value)
    if isinstance(value, Instance):
        return value.native is not None
    return isinstance(value, ModuleValue | FunctionValue | ClassValue | TensorValue)


# Functions and classes that nobody called


def _call_the_uncalled(interpreter: Interpreter, domain: KerasDomain, branch: int) -> None:
    """Evaluate builders that the file only offers, the later ones first: they use the earlier ones.

    Each function, and each class with all its methods, is a path of its own, for a program need not call
    them all; and what they change is undone.
    """
    done: set[int] = set()
    arm = 0
    for _ in range(_ROUNDS):
        fresh = [one for one in interpreter.functions if one.serial not in done]
        done.update(one.serial for one in fresh)
        classes = {id(one.owner): one.owner for one in fresh if one.owner is not None}
        alone: list[FunctionValue | ClassValue] = [one for one in fresh if one.owner is None]
        for root in sorted([*alone, *classes.values()], key=lambda one: -one.serial):
            arm += 1
            _evaluate_root(interpreter, domain, root, ((branch, arm),))


_ROUNDS = 3
"""Evaluating a function can define others; so often it is looked for new ones."""


def _evaluate_root(
    interpreter: Interpreter, domain: KerasDomain, root: FunctionValue | ClassValue, path: Path
) -> None:
    place = Place(root.statement, root.node)

    def run() -> None:
        interpreter.path = path
        interpreter.trail.mark()
        try:
            if isinstance(root, ClassValue):
                _exercise(interpreter, domain, root, place)
            elif not root.is_called:
                call_function(interpreter, root, unknown_arguments(root), None)
        finally:
            interpreter.trail.undo()

    _root(interpreter, domain, place, run)


def _exercise(interpreter: Interpreter, domain: KerasDomain, cls: ClassValue, place: Place) -> None:
    """Call the methods that nobody called, on one object of the class made with unknown arguments."""
    methods = [value for value in cls.namespace.values() if isinstance(value, FunctionValue)]
    if all(method.is_called for method in methods):
        return
    instance = _instance_of(interpreter, cls, place)
    for method in methods:
        if method.is_called or method.wrapper == "setter":
            continue
        if method.name == "call" and isinstance(instance.native, LayerState):
            call_layer(domain, instance, Arguments.of(TensorValue(None)), place)
            continue
        skip = 0 if method.wrapper == "staticmethod" else 1
        receiver = () if skip == 0 else (cls if method.wrapper == "classmethod" else instance,)
        arguments = unknown_arguments(method, skip).prepended(*receiver)
        call_function(interpreter, method, arguments, None)


def _instance_of(interpreter: Interpreter, cls: ClassValue, place: Place) -> Instance:
    method = find_in_class(cls, "__init__")
    arguments = unknown_arguments(method, 1) if isinstance(method, FunctionValue) else Arguments()
    instance = instantiate(interpreter, cls, arguments, place)
    assert isinstance(instance, Instance)
    return instance
