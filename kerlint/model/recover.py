"""One source in, its `Program` out: run the module, then everything that nobody called."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kerlint.model.domain import KerasDomain
from kerlint.model.facts import Program
from kerlint.model.freeze import Freezer
from kerlint.model.roots import evaluate_root
from kerlint.model.uncalled import Uncalled
from kerlint.places import Place
from kerlint.python.budget import Budget
from kerlint.python.interpreter import Interpreter
from kerlint.python.modules import Loader, Modules, NoLoader
from kerlint.python.scope import Scope
from kerlint.python.values import ModuleValue, next_serial

if TYPE_CHECKING:
    from kerlint.source import Source

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
        try:
            return Freezer(domain).program(source)
        except RecursionError:
            interpreter.give_up(Place(source.statements[0]), "values nest too deeply")
            return Freezer(domain).without_models(source)


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
    place = Place(statements[0])
    evaluate_root(interpreter, domain, place, lambda: interpreter.run_module(source, scope), whole=True)
    Uncalled(interpreter, domain, scope, branch).evaluate(statements)
