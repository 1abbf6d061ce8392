"""`match`: cases over constants, sequences and captures, as far as they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.iteration import iterate
from kerlint.python.operators import apply_comparison, truth
from kerlint.python.paths import undecided
from kerlint.python.scope import Frame
from kerlint.python.values import ListValue, Unknown, Value, is_known

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter


def match_statement(interpreter: Interpreter, node: cst.Match, frame: Frame) -> int:
    """Run the first case that matches; where that is not known, walk the cases as an `if` chain."""
    subject = interpreter.evaluate(node.subject, frame)
    return _cases(interpreter, list(node.cases), subject, frame)


def _cases(interpreter: Interpreter, cases: list[cst.MatchCase], subject: Value, frame: Frame) -> int:
    from kerlint.python.statements import run_suite

    for index, case in enumerate(cases):
        verdict = _matches(interpreter, case.pattern, subject, frame)
        if verdict and case.guard is not None:
            verdict = truth(interpreter.evaluate(case.guard, frame))
        if verdict is True:
            return run_suite(interpreter, case.body, frame)
        if verdict is None:
            rest = cases[index + 1 :]
            return undecided(
                interpreter,
                frame,
                (
                    lambda body=case.body: run_suite(interpreter, body, frame),  # type: ignore[misc]
                    lambda: _cases(interpreter, rest, subject, frame),
                ),
            )
    return 0


def _matches(
    interpreter: Interpreter, pattern: cst.MatchPattern, subject: Value, frame: Frame
) -> bool | None:
    match pattern:
        case cst.MatchAs(pattern=inner, name=name):
            verdict = True if inner is None else _matches(interpreter, inner, subject, frame)
            if name is not None and verdict is not False:
                interpreter.store(name.value, subject, frame)
            return verdict
        case cst.MatchValue(value=value):
            answer = apply_comparison(interpreter, "Equal", subject, interpreter.evaluate(value, frame))
            return None if isinstance(answer, Unknown) else bool(answer)
        case cst.MatchSingleton(value=name):
            answer = apply_comparison(interpreter, "Is", subject, interpreter.evaluate(name, frame))
            return None if isinstance(answer, Unknown) else bool(answer)
        case cst.MatchOr(patterns=patterns):
            return _any([_matches(interpreter, item.pattern, subject, frame) for item in patterns])
        case cst.MatchList() | cst.MatchTuple():
            return _sequence(interpreter, pattern, subject, frame)
    return None


def _any(verdicts: list[bool | None]) -> bool | None:
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _sequence(
    interpreter: Interpreter, pattern: cst.MatchList | cst.MatchTuple, subject: Value, frame: Frame
) -> bool | None:
    if not is_known(subject) or not isinstance(subject, tuple | ListValue):
        return None
    items, complete = iterate(interpreter, subject)
    patterns = [item for item in pattern.patterns if isinstance(item, cst.MatchSequenceElement)]
    if not complete or len(patterns) != len(pattern.patterns):
        return None
    if len(patterns) != len(items):
        return False
    verdicts = [
        _matches(interpreter, part.value, item, frame)
        for part, item in zip(patterns, items, strict=True)
    ]
    if False in verdicts:
        return False
    return None if None in verdicts else True
