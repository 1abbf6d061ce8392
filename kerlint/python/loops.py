"""Loops: unrolled over what is known, run twice as "many" over what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.assignment import assign
from kerlint.python.iteration import iterate
from kerlint.python.operators import truth
from kerlint.python.paths import same
from kerlint.python.scope import Frame, Scope
from kerlint.python.trail import Changes
from kerlint.python.values import (
    DictValue,
    Instance,
    ListValue,
    SetValue,
    Unknown,
    Value,
    is_constant,
    next_serial,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

NORMAL, RETURN, BREAK, CONTINUE = range(4)

IDLE_ROUNDS = 50
"""Rounds that any loop may take before its effort is looked at."""
ENDLESS_ROUNDS = 8
"""Rounds of a `while` whose test stays true, before its length counts as unknown."""


class Effort:
    """What a loop has cost without anything happening in the domain."""

    __slots__ = ("activity", "interpreter", "rounds", "steps")

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.steps = interpreter.steps
        self.activity = interpreter.domain.activity()
        self.rounds = 0

    def is_wasted(self) -> bool:
        """Whether the loop should count as one of unknown length from here on."""
        self.rounds += 1
        interpreter = self.interpreter
        if self.rounds < IDLE_ROUNDS or self.steps - interpreter.steps < interpreter.budget.patience:
            return False
        return interpreter.domain.activity() == self.activity


def for_loop(interpreter: Interpreter, node: cst.For, frame: Frame) -> int:
    """`for`: every known item in turn; an unknown iterable runs the body as "many"."""
    values, complete = iterate(interpreter, interpreter.evaluate(node.iter, frame))
    effort = Effort(interpreter)
    for value in values[: interpreter.budget.iterations]:
        if effort.is_wasted():
            complete = False
            break
        assign(interpreter, node.target, value, frame)
        signal = _body(interpreter, node.body, frame)
        if signal == BREAK:
            return NORMAL
        if signal == RETURN:
            return RETURN
    if len(values) > interpreter.budget.iterations:
        interpreter.give_up(interpreter.place(node, frame), "a loop of too many rounds")
        complete = False
    if not complete:
        item = Unknown("an item of something unknown")
        signal = _many(interpreter, node, frame, lambda: assign(interpreter, node.target, item, frame))
        if signal == RETURN:
            return RETURN
    return _else(interpreter, node, frame)


def while_loop(interpreter: Interpreter, node: cst.While, frame: Frame) -> int:
    """`while`: as long as the test is known to be true, within bounds; else as "many"."""
    literal = isinstance(node.test, cst.Name | cst.Integer)
    rounds = ENDLESS_ROUNDS if literal else interpreter.budget.iterations
    effort = Effort(interpreter)
    for _ in range(rounds):
        if effort.is_wasted():
            break
        known = truth(interpreter.evaluate(node.test, frame))
        if known is False:
            return _else(interpreter, node, frame)
        if known is None:
            break
        signal = _body(interpreter, node.body, frame)
        if signal == BREAK:
            return NORMAL
        if signal == RETURN:
            return RETURN
    else:
        interpreter.give_up(interpreter.place(node, frame), "a loop whose end is not in sight")
    signal = _many(interpreter, node, frame, lambda: None)
    return RETURN if signal == RETURN else NORMAL


def _else(interpreter: Interpreter, node: cst.For | cst.While, frame: Frame) -> int:
    if node.orelse is None:
        return NORMAL
    from kerlint.python.statements import run_suite

    return run_suite(interpreter, node.orelse.body, frame)


def _body(interpreter: Interpreter, suite: cst.BaseSuite, frame: Frame) -> int:
    from kerlint.python.statements import run_suite

    signal = run_suite(interpreter, suite, frame)
    return NORMAL if signal == CONTINUE else signal


def _many(
    interpreter: Interpreter, node: cst.For | cst.While, frame: Frame, start: object
) -> int:
    """A loop of unknown length: two rounds, then what changed on the way is uncertain.

    Two rounds are enough to see what a second one meets: an optimizer used before, a layer added twice. A
    loop inside another such loop has its second round in the outer one's.
    """
    assert callable(start)
    pending, frame.pending = frame.pending, None
    rounds = 1 if interpreter.loops else 2
    interpreter.loops.append(next_serial())
    interpreter.trail.mark()
    first: dict[str, Value] = {}
    signal = NORMAL
    try:
        for turn in range(rounds):
            start()
            signal = _body(interpreter, node.body, frame)
            if turn == 0:
                first = dict(frame.scope.names)
            if signal == RETURN:
                frame.maybe.append((frame.result, ()))
            if signal:
                break
    finally:
        interpreter.loops.pop()
        frame.pending = pending
        changes = interpreter.trail.undo()
        interpreter.trail.redo(blurred(changes))
    _forget_unsteady(interpreter, frame, first)
    return NORMAL


def blurred(changes: Changes) -> Changes:
    """What a loop of unknown length leaves: constants it changed are unknown, containers open."""
    made: Changes = {}
    for key, (mutable, state) in changes.items():
        before = mutable.state()
        if isinstance(mutable, Scope):
            made[key] = (mutable, _blur_names(before, state))
        elif isinstance(mutable, Instance):
            made[key] = (mutable, (_blur_names(before[0], state[0]), state[1]))
        elif isinstance(mutable, ListValue | DictValue | SetValue):
            made[key] = (mutable, (state[0], True))
        else:
            made[key] = (mutable, state)
    return made


def _blur_names(before: dict[str, Value], after: dict[str, Value]) -> dict[str, Value]:
    return {
        name: Unknown("changes in a loop of unknown length")
        if name in before and is_constant(value) and not same(before[name], value)
        else value
        for name, value in after.items()
    }


def _forget_unsteady(interpreter: Interpreter, frame: Frame, first: dict[str, Value]) -> None:
    """A constant that differs between the first and the second round is not known after the loop."""
    names = frame.scope.names
    for name, value in first.items():
        if is_constant(value) and name in names and not same(value, names[name]):
            interpreter.trail.touch(frame.scope)
            names[name] = Unknown("changes in a loop of unknown length")
