"""Whether a test holds, and on which paths it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.checks import learnt
from kerlint.python.formulas import formula_of
from kerlint.python.joining import alternatives, narrowed
from kerlint.python.refs import OneOf, Path
from kerlint.python.scope import Frame
from kerlint.python.truth import truth

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

Decision = tuple[bool | None, tuple[Path, Path]]


def decide(interpreter: Interpreter, node: cst.BaseExpression, frame: Frame) -> Decision:
    """Evaluate a test: whether it holds, and the paths on which alone it does, and does not."""
    test = interpreter.evaluate(node, frame)
    if isinstance(test, OneOf):
        test = narrowed(test, interpreter.path)
        interpreter.conditions.answers += not isinstance(test, OneOf)
    known = truth(interpreter, test)
    if known is not None:
        return known, ((), ())
    interpreter.domain.asked("if", test, interpreter.place(node, frame))
    ways = _ways(interpreter, test) if isinstance(test, OneOf) else ((), ())
    if ways != ((), ()):
        return None, ways
    known, ways = supposed(interpreter, node, frame)
    if known is None and ways == ((), ()):
        known = learnt(interpreter, node, frame)
    return known, ways


def supposed(interpreter: Interpreter, node: cst.BaseExpression, frame: Frame) -> Decision:
    """What the path says of a test that was just evaluated and is not known, and where it will say so."""
    formula = formula_of(interpreter, node, frame)
    if formula is None:
        return None, ((), ())
    decided = interpreter.conditions.decided(formula, interpreter.path)
    if decided is not None:
        interpreter.conditions.answers += 1
        return decided, ((), ())
    return None, interpreter.conditions.ways(formula)


def _ways(interpreter: Interpreter, test: OneOf) -> tuple[Path, Path]:
    """The paths on which alone a choice is true, and is false."""
    ways: dict[bool, Path] = {}
    for one, path in alternatives(test):
        answer = truth(interpreter, one)
        if answer is None:
            return (), ()
        known = ways.get(answer)
        ways[answer] = path if known is None else tuple(pair for pair in known if pair in path)
    return ways.get(True, ()), ways.get(False, ())
