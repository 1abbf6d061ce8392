"""Python's own library as input: nothing but the two exceptions that are promised leaves a module.

`KERLINT_STDLIB_STEP` sets which share of the files is read: every 40th by default, 1 for all.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kerlint.python.budget import Budget, OutOfBudget, Raised
from kerlint.python.interpreter import Interpreter
from kerlint.python.modules import Modules
from kerlint.python.scope import Deferred, Scope
from kerlint.source import read

from .null_domain import Files, NullDomain, deep_recursion

ROOT = Path(os.__file__).parent
FILES = sorted(path for path in ROOT.glob("**/*.py") if not {"site-packages", "lib2to3"} & set(path.parts))
CHOSEN = FILES[:: int(os.environ.get("KERLINT_STDLIB_STEP", "40"))]


@pytest.mark.parametrize("path", CHOSEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_of_the_standard_library_is_evaluated(path: Path) -> None:
    source = read(path.read_bytes(), str(path))
    budget = Budget(steps=40_000)
    interpreter = Interpreter(NullDomain, Modules(Files({}), str(path)), budget)
    scope = Scope(None, filename=str(path))
    with deep_recursion():
        try:
            interpreter.run_module(source, scope)
            for name, value in list(scope.names.items()):
                if isinstance(value, Deferred):
                    interpreter.define(name, value, scope)
        except (OutOfBudget, Raised):
            pass
    assert interpreter.trail.depth == 0
