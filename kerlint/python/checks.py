"""What a program has made sure of: `if test: raise ...` was passed, so the test does not hold.

A test may ask of a name that is one thing on this path and another on that one. What it comes to is noted for
each of them, and asked for each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.formulas import formula_of, negated
from kerlint.python.joining import narrowed
from kerlint.python.refs import OneOf, Value
from kerlint.text.nodes import children

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

    Where the raising may be caught it tells nothing.
    """
    if not interpreter.trying:
        learn(interpreter, test, frame, is_so=False)


def learn(interpreter: Interpreter, test: cst.BaseExpression, frame: Frame, *, is_so: bool) -> None:
    """Note what a test has come to on the running path, for each thing that it may ask about.

    Where that may be another one in the next round of a loop, nothing is learnt.
    """
    if interpreter.loops:
        return
    choice = chosen_name(interpreter, test, frame)
    for path in [()] if choice is None else choice.paths:
        with interpreter.on_path(path):
            formula = formula_of(interpreter, test, frame)
            if formula is not None and not isinstance(formula, bool):
                interpreter.conditions.hold(interpreter.path, negated(formula) if is_so else formula)


def learnt(interpreter: Interpreter, test: cst.BaseExpression, frame: Frame) -> bool | None:
    """What a test comes to by what was learnt, if that is the same for each thing that it may ask about."""
    choice = chosen_name(interpreter, test, frame)
    if choice is None:
        return None
    answers: set[bool | None] = set()
    for path in choice.paths:
        with interpreter.on_path(path):
            formula = formula_of(interpreter, test, frame)
            known = interpreter.conditions.known(interpreter.path)
            answers.add(None if formula is None else interpreter.conditions.decided(formula, known))
    if len(answers) != 1:
        return None
    interpreter.conditions.answers += None not in answers
    return answers.pop()


def chosen_name(interpreter: Interpreter, test: cst.BaseExpression, frame: Frame) -> OneOf | None:
    """The first of the names in a test whose value differs between paths."""
    for name in _names(test):
        scope = frame.scope.find(name)
        value: Value = None if scope is None else scope.names[name]
        if isinstance(value, OneOf) and isinstance(left := narrowed(value, interpreter.path), OneOf):
            return left
    return None


def _names(node: cst.CSTNode) -> list[str]:
    """The names in an expression."""
    if isinstance(node, cst.Name):
        return [node.value]
    return [name for child in children(node) for name in _names(child)]
