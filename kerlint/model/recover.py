"""One source in, its `Program` out: run the module, then everything that nobody called."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from kerlint.frozen import fact
from kerlint.keras_api.snapshot import DEFAULT_TARGET
from kerlint.model.domain import KerasDomain
from kerlint.model.extents import Wondering
from kerlint.model.facts import Program
from kerlint.model.freeze import Freezer
from kerlint.model.parts import Part
from kerlint.model.roots import evaluate_root
from kerlint.model.uncalled import Uncalled
from kerlint.places import Place
from kerlint.python.budget import Budget
from kerlint.python.interpreter import Interpreter
from kerlint.python.modules import Loader, Modules, NoLoader
from kerlint.python.scope import Deferred, Scope
from kerlint.python.values import ClassValue, FunctionValue, ModuleValue, Value, next_serial

if TYPE_CHECKING:
    from kerlint.source import Source

_KERAS_2 = re.compile(
    r"^\s*(?:from\s+tf_keras\b|import\s[^\n#]*\btf_keras\b)|TF_USE_LEGACY_KERAS", re.MULTILINE
)
MOST_TOLD_APART = 6
"""Axes of inputs that may be free in one form of a model and have a size in another."""
Result = TypeVar("Result")
RECURSION_LIMIT = 20_000
"""Python frames; one call of a user function takes about a dozen, an expression's nesting one each."""


@fact
class Evaluation:
    """One run of a source: who walks it, what is recorded, and the names of its module."""

    interpreter: Interpreter
    domain: KerasDomain
    scope: Scope


def recover(
    source: Source,
    *,
    target: str | None = None,
    loader: Loader | None = None,
    budget: Budget | None = None,
) -> Program:
    """What the source does with Keras. Never raises on user code; budgets bound the time."""

    def run(made: Evaluation) -> Evaluation:
        run_all(made, source)
        return made

    with deep_recursion():
        made = told_apart(lambda: started(source, target=target, loader=loader, budget=budget), run)
        return frozen(made, source)


def recover_part(made: Evaluation, source: Source, part: Part) -> Program:
    """The same for a part, or for all while its marks are noted; `made` has not run yet."""
    with deep_recursion():
        run_all(made, source, part)
        return frozen(made, source)


def recover_again(made: Evaluation, source: Source, part: Part, budget: Budget) -> Program:
    """What some definitions do, after `made` has run a source that differs in them alone.

    The module does not use them, so it is not run again: what it does is not among the facts.
    """
    names = part.names or frozenset()
    interpreter, domain, scope = made.interpreter, made.domain, made.scope
    interpreter.renew(budget)
    if part.ground is not None:
        part.ground.restore(interpreter, domain)
    interpreter.functions = [one for one in interpreter.functions if one.statement.name not in names]
    domain.forget_facts(names)
    for statement in source.statements:
        if statement.name in names and _is_definition(scope.names.get(statement.name), statement.name):
            scope.names[statement.name] = Deferred(statement)
    with deep_recursion():
        Uncalled(interpreter, domain, scope, next_serial(), part).evaluate(source.statements)
        return frozen(made, source)


def _is_definition(value: Value, name: str) -> bool:
    """Whether a name of the module still means the `def` or `class` of that name."""
    return isinstance(value, Deferred | FunctionValue | ClassValue) and value.statement.name == name


def unevaluated(source: Source) -> Program:
    """The program of a source of which no more is wanted than where it is not Python."""
    return Program(source.filename, DEFAULT_TARGET, source.is_notebook, syntax_problems=source.problems)


def target_of(source: Source, wanted: str | None, project: str | None) -> str:
    """`keras2` or `keras3`: what was `wanted`, else an import of tf_keras, else what the `project` requires."""
    return wanted or ("keras2" if _KERAS_2.search(source.text) else project or DEFAULT_TARGET)


def frozen(made: Evaluation, source: Source) -> Program:
    """The facts of an evaluation."""
    try:
        return Freezer(made.domain).program(source)
    except RecursionError:
        made.interpreter.give_up(Place(source.statements[0]), "values nest too deeply")
        return Freezer(made.domain).without_models(source)


def started(
    source: Source, *, target: str | None = None, loader: Loader | None = None, budget: Budget | None = None
) -> Evaluation:
    """An evaluation in which nothing has run yet."""
    chosen = target_of(source, target, None)
    modules = Modules(loader or NoLoader(), source.filename)
    interpreter = Interpreter(lambda made: KerasDomain(made, chosen), modules, budget)
    domain = interpreter.domain
    assert isinstance(domain, KerasDomain)
    scope = Scope(None, filename=source.filename)
    interpreter.modules.loaded[source.filename] = ModuleValue("__main__", scope)
    return Evaluation(interpreter, domain, scope)


def told_apart(start: Callable[[], Evaluation], run: Callable[[Evaluation], Result]) -> Result:
    """What `run` makes of an evaluation, which is started anew where it matters whether an axis is free.

    In the new one that axis of an input is free on one path and has a size on the other.
    """
    axes: frozenset[Hashable] = frozenset()
    while True:
        made = start()
        made.domain.told_apart, made.domain.may_start_anew = axes, len(axes) < MOST_TOLD_APART
        try:
            return run(made)
        except Wondering as question:
            axes |= {question.source}


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Python frames enough for the depths that budgets allow."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, RECURSION_LIMIT))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def run_module(made: Evaluation, source: Source) -> None:
    """Run the top level of the source, which has a statement."""
    interpreter, scope = made.interpreter, made.scope
    place = Place(source.statements[0])
    evaluate_root(interpreter, made.domain, place, lambda: interpreter.run_module(source, scope), whole=True)


def run_all(made: Evaluation, source: Source, part: Part | None = None) -> None:
    """Run the source, then everything in it that nobody called."""
    if not source.statements:
        return
    branch = next_serial()
    made.interpreter.path = ((branch, 0),)
    run_module(made, source)
    Uncalled(made.interpreter, made.domain, made.scope, branch, part).evaluate(source.statements)
