"""Expressions whose value depends on the path: every alternative is walked, what they do is joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from kerlint.python.budget import Raised
from kerlint.python.joining import alternatives, both, join, joined_changes
from kerlint.python.refs import OneOf, Path, Unknown, Value, next_serial
from kerlint.python.trail import Changes

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

MOST_PAIRS: Final = 8


def each_path(interpreter: Interpreter, arms: Sequence[tuple[Callable[[], Value], Path]]) -> Value:
    """The value of an expression that depends on the path: every arm is walked, what they did is joined.

    No arm splits the activation: its path ends with the expression.
    """
    frame = interpreter.frames[-1] if interpreter.frames else None
    if frame is None or frame.pending is None:
        return _each_path(interpreter, arms)
    pending, frame.pending = frame.pending, None
    try:
        return _each_path(interpreter, arms)
    finally:
        frame.pending = pending


def _each_path(interpreter: Interpreter, arms: Sequence[tuple[Callable[[], Value], Path]]) -> Value:
    values: list[Value] = []
    outcomes: list[tuple[Changes, Path]] = []
    left = [arm for arm in arms if both(interpreter.path, arm[1]) is not None]
    interpreter.conditions.answers += 0 < len(left) < len(arms)
    for arm, path in left or arms:
        interpreter.trail.mark()
        try:
            with interpreter.on_path(path):
                value = arm()
        except Raised:
            interpreter.may_raise(interpreter.trail.undo())
            continue
        except BaseException:
            interpreter.trail.commit()
            raise
        values.append(value)
        outcomes.append((interpreter.trail.undo(), path))
    if not outcomes:
        raise Raised("every alternative raises")
    interpreter.trail.redo(joined_changes(outcomes))
    return join(values, [path for _, path in outcomes])


def each_pair(
    interpreter: Interpreter, left: Value, right: Value, run: Callable[[Value, Value], Value]
) -> Value:
    """`run` for every two alternatives that can be at once."""
    pairs = [
        (partial(run, a, b), way)
        for a, p in alternatives(left)
        for b, q in alternatives(right)
        if (way := both(p, q)) is not None
    ]
    if not 0 < len(pairs) <= MOST_PAIRS:
        return Unknown("differs between too many paths")
    return each_path(interpreter, pairs)


def each(interpreter: Interpreter, value: OneOf, run: Callable[[Value], Value]) -> Value:
    """`run` for every alternative."""
    return each_path(interpreter, [(partial(run, one), path) for one, path in alternatives(value)])


def either(
    interpreter: Interpreter,
    first: Callable[[], Value],
    second: Callable[[], Value],
    ways: tuple[Path, Path] = ((), ()),
) -> Value:
    """One of two expressions, and nobody knows which; `ways` are paths on which alone each is."""
    branch = next_serial()
    paths = ((branch, 0), *ways[0]), ((branch, 1), *ways[1])
    return each_path(interpreter, ((first, paths[0]), (second, paths[1])))
