"""Checks that a program made of what is not known: `if test: raise ...` was passed, so the test does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.formulas import formula_of
from kerlint.python.joining import alternatives, narrowed
from kerlint.python.refs import OneOf, Path, Value

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.python.scope import Frame


def raises(body: cst.BaseSuite) -> bool:
    """Whether an arm is nothing but `raise ...`."""
    match body.body:
        case [cst.Raise()] | [cst.SimpleStatementLine(body=[cst.Raise()])]:
            return True
    return False


def passed(interpreter: Interpreter, test: cst.BaseExpression, frame: Frame) -> None:
    """Note that a test was asked whose arm raises, and that the program went on.

    Where the raising may be caught it tells nothing; nor where what is asked about may be another thing in
    the next round of a loop.
    """
    if interpreter.trying or interpreter.loops:
        return
    for path in _choices(interpreter, test, frame):
        with interpreter.on_path(path):
            formula = formula_of(interpreter, test, frame)
            if formula is not None and not isinstance(formula, bool):
                interpreter.conditions.hold(interpreter.path, formula)


def _choices(interpreter: Interpreter, test: cst.BaseExpression, frame: Frame) -> list[Path]:
    """The paths on which what the test asks about is one thing each: that of the first choice among its names."""
    for name in _names(test):
        scope = frame.scope.find(name)
        value: Value = None if scope is None else scope.names[name]
        if isinstance(value, OneOf):
            return [path for _, path in alternatives(narrowed(value, interpreter.path))]
    return [()]


def _names(node: cst.CSTNode) -> list[str]:
    """The names in an expression."""
    if isinstance(node, cst.Name):
        return [node.value]
    return [name for child in node.children for name in _names(child)]
