"""Loops: unrolled over what is known, walked a few times as "many" over what is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.aliasing import hiding
from kerlint.python.assignment import assign
from kerlint.python.budget import Raised
from kerlint.python.domain import MISSING
from kerlint.python.effort import Effort
from kerlint.python.iteration import Items
from kerlint.python.joining import joined_changes
from kerlint.python.paths import choose, leave
from kerlint.python.refs import Path, Value, next_serial
from kerlint.python.scope import Frame
from kerlint.python.truth import truth
from kerlint.python.uncertainty import Widening

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.python.trail import Changes

NORMAL, RETURN, BREAK, CONTINUE = range(4)

ENDLESS_ROUNDS = 8
"""Rounds of a `while` whose test stays true, before its length counts as unknown."""
LEAST_ROUNDS, MOST_ROUNDS = 2, 4
"""Rounds of a loop of unknown length. Two show what a second one meets: an optimizer used before, a layer
added twice; a loop inside another one has its second round there. More are walked only as long as they take
away knowledge."""


class _Loop:
    """A running loop: where its trail began, and the early exits that wait for its end."""

    def __init__(self, interpreter: Interpreter, node: cst.For | cst.While, frame: Frame) -> None:
        self.interpreter = interpreter
        self.node = node
        self.frame = frame
        self.effort = Effort(interpreter)
        self.depth = interpreter.trail.depth
        interpreter.trail.mark()
        frame.loops.append((self.depth, self.depth))

    def _exits(self, signal: int) -> list[tuple[Changes, Path]]:
        """Take the early exits of this loop that wait for `signal`."""
        own = len(self.frame.loops)
        found = [left for left in self.frame.exits if left.loop == own and left.signal == signal]
        if found:
            self.frame.exits = [left for left in self.frame.exits if left not in found]
        return [(left.changes, left.path) for left in found]

    @property
    def may_break(self) -> bool:
        """Whether an undecided `break` was met."""
        own = len(self.frame.loops)
        return any(left.loop == own and left.signal == BREAK for left in self.frame.exits)

    def body(self) -> int:
        """One round, on a mark of its own that is left for the caller; undecided `continue`s are joined."""
        from kerlint.python.statements import run_suite

        trail = self.interpreter.trail
        self.frame.loops[-1] = (self.depth, trail.depth)
        trail.mark()
        try:
            signal = run_suite(self.interpreter, self.node.body, self.frame)
        except Raised:
            going_on = self._exits(CONTINUE)
            if not going_on:
                trail.commit()
                raise
            self.interpreter.may_raise(trail.changes_since(trail.depth - 1))
            return self._join(going_on, [])
        except BaseException:
            trail.commit()
            raise
        going_on = self._exits(CONTINUE)
        if signal == CONTINUE:
            signal = NORMAL
        if not going_on:
            return signal
        if signal != NORMAL:
            leave(self.interpreter, self.frame, signal, {}, self.frame.result, ())
            return self._join(going_on, [])
        return self._join(going_on, [()])

    def _join(self, exits: list[tuple[Changes, Path]], here: list[Path]) -> int:
        """Join what early exits did since the last mark with the state now (if the walk goes on from it)."""
        trail = self.interpreter.trail
        changes = trail.undo()
        outcomes = [*((changes, path) for path in here), *exits]
        trail.mark()
        trail.redo(joined_changes(outcomes))
        return NORMAL

    def round(self) -> int:
        """One round of a loop whose course is known."""
        signal = self.body()
        self.interpreter.trail.commit()
        return signal

    def many(self, start: Callable[[int], None], distinct: int = 0) -> int:
        """All the rounds of a loop of unknown length, perhaps none; RETURN is left to an early exit.

        The first `distinct` rounds are different from each other: each may come or not.
        """
        interpreter, frame, trail = self.interpreter, self.frame, self.interpreter.trail
        pending, frame.pending = frame.pending, None
        least = max(distinct + 1, LEAST_ROUNDS - bool(interpreter.loops))
        most = max(least, MOST_ROUNDS)
        interpreter.loops.append(next_serial())
        interpreter.doubts += 1
        asked = len(interpreter.conditions)
        try:
            for turn in range(most):
                trail.mark()
                interpreter.conditions.forget_since(asked)
                try:
                    start(turn)
                    signal = self._tried_body(waits=turn < distinct)
                except BaseException:
                    trail.commit()
                    raise
                widening = Widening(force=turn + 1 >= most)
                trail.redo(widening.changes(trail.undo()) if signal != RETURN else self._dropped())
                if turn >= distinct and (signal or (turn + 1 >= least and not widening.grew)):
                    break
        finally:
            interpreter.loops.pop()
            interpreter.conditions.forget_since(asked)
            frame.pending = pending
        return NORMAL

    def _tried_body(self, *, waits: bool) -> int:
        """One round of many; a certain `return` waits as an early exit, and so may a `break`."""
        try:
            signal = self.round()
        except Raised:
            trail = self.interpreter.trail
            self.interpreter.may_raise(trail.changes_since(trail.depth - 1))
            return RETURN
        leaves = waits or self.may_break or self.node.orelse is not None
        if signal == RETURN or (signal == BREAK and leaves):
            leave(self.interpreter, self.frame, signal, {}, self.frame.result, ())
            return RETURN
        return signal

    def _dropped(self) -> Changes:
        self.interpreter.trail.undo()
        return {}

    def end(self, signal: int) -> int:
        """Leave the loop; undecided `break`s are joined with its other ends."""
        breaks = self._exits(BREAK)
        if breaks:
            if signal == RETURN:
                leave(self.interpreter, self.frame, RETURN, {}, self.frame.result, ())
            self._join(breaks, [] if signal == RETURN else [()])
            signal = NORMAL
        self.drop()
        return signal

    def abandon(self, raised: Raised) -> int:
        """The body raises for certain: another end of the loop is taken, if there is one."""
        breaks = self._exits(BREAK)
        if not breaks:
            self.drop()
            raise raised
        self.interpreter.may_raise(self.interpreter.trail.changes_since(self.depth))
        self._join(breaks, [])
        self.drop()
        return NORMAL

    def drop(self) -> None:
        """The loop is over; what it did stays."""
        self.interpreter.trail.commit()
        self.frame.loops.pop()


def for_loop(interpreter: Interpreter, node: cst.For, frame: Frame) -> int:
    """`for`: every known item in turn; an unknown iterable runs the body as "many"."""
    iterable = interpreter.evaluate(node.iter, frame)
    return choose(interpreter, frame, iterable, lambda one: _for(interpreter, node, one, frame))


def _for(interpreter: Interpreter, node: cst.For, iterable: Value, frame: Frame) -> int:
    loop = _Loop(interpreter, node, frame)
    try:
        signal = _for_rounds(loop, node, Items(interpreter, iterable))
    except Raised as raised:
        return loop.abandon(raised)
    except BaseException:
        loop.drop()
        raise
    return loop.end(signal)


def _for_rounds(loop: _Loop, node: cst.For, items: Items) -> int:
    interpreter, frame = loop.interpreter, loop.frame
    complete = True
    for turn, item in enumerate(items):
        if turn >= interpreter.budget.iterations:
            interpreter.give_up(interpreter.place(node, frame), "a loop of too many rounds")
            complete = False
            break
        if loop.effort.is_wasted():
            complete = False
            break
        assign(interpreter, node.target, item, frame)
        signal = loop.round()
        if signal:
            return NORMAL if signal == BREAK else signal
    if not (complete and items.are_all):
        interpreter.domain.asked("for", items.iterable, interpreter.place(node.iter, frame))
        loose = items.loose
        unknown = hiding("an item of something unknown", items.iterable)

        def start(turn: int) -> None:
            item = loose[turn] if turn < len(loose) else interpreter.domain.item_of(items.iterable)
            assign(interpreter, node.target, unknown if item is MISSING else item, frame)

        loop.many(start, min(len(loose), interpreter.budget.iterations))
    return _else(interpreter, node, frame)


def while_loop(interpreter: Interpreter, node: cst.While, frame: Frame) -> int:
    """`while`: as long as the test is known to be true, within bounds; else as "many"."""
    loop = _Loop(interpreter, node, frame)
    try:
        signal = _while_rounds(loop, node)
    except Raised as raised:
        return loop.abandon(raised)
    except BaseException:
        loop.drop()
        raise
    return loop.end(signal)


def _while_rounds(loop: _Loop, node: cst.While) -> int:
    interpreter, frame = loop.interpreter, loop.frame
    literal = isinstance(node.test, cst.Name | cst.Integer)
    for _ in range(ENDLESS_ROUNDS if literal else interpreter.budget.iterations):
        if loop.effort.is_wasted() or (literal and loop.may_break):
            break
        test = interpreter.evaluate(node.test, frame)
        known = truth(interpreter, test)
        if known is False:
            return _else(interpreter, node, frame)
        if known is None:
            interpreter.domain.asked("while", test, interpreter.place(node.test, frame))
            break
        signal = loop.round()
        if signal:
            return NORMAL if signal == BREAK else signal
    else:
        interpreter.give_up(interpreter.place(node, frame), "a loop whose end is not in sight")

    def start(turn: int) -> None:
        interpreter.evaluate(node.test, frame)

    loop.many(start)
    return _else(interpreter, node, frame)


def _else(interpreter: Interpreter, node: cst.For | cst.While, frame: Frame) -> int:
    if node.orelse is None:
        return NORMAL
    from kerlint.python.statements import run_suite

    return run_suite(interpreter, node.orelse.body, frame)
