"""Comprehensions and generator expressions: loops that give values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.iteration import iterate
from kerlint.python.operators import truth
from kerlint.python.scope import Frame, Scope
from kerlint.python.values import Unknown, Value, next_serial

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter


def comprehend(
    interpreter: Interpreter, loop: cst.CompFor, element: cst.BaseExpression, frame: Frame
) -> tuple[list[Value], bool]:
    """The items of a list, set or generator comprehension, and whether these are all."""
    items: list[Value] = []
    complete = _run(
        interpreter, loop, _inner(frame), lambda inner: items.append(interpreter.evaluate(element, inner))
    )
    return items, complete


def comprehend_dict(
    interpreter: Interpreter, node: cst.DictComp, frame: Frame
) -> tuple[list[tuple[Value, Value]], bool]:
    """The pairs of a dict comprehension, and whether these are all."""
    pairs: list[tuple[Value, Value]] = []

    def add(inner: Frame) -> None:
        key = interpreter.evaluate(node.key, inner)
        pairs.append((key, interpreter.evaluate(node.value, inner)))

    return pairs, _run(interpreter, node.for_in, _inner(frame), add)


def _inner(frame: Frame) -> Frame:
    inner = Frame(Scope(frame.scope), frame.statement, frame.chain, frame.function, frame.receiver)
    inner.yielded = frame.yielded
    return inner


def _run(
    interpreter: Interpreter, loop: cst.CompFor, frame: Frame, give: Callable[[Frame], None]
) -> bool:
    from kerlint.python.assignment import assign

    values, complete = iterate(interpreter, interpreter.evaluate(loop.iter, frame))
    rounds = values if complete else [*values, Unknown("an item of something unknown")]
    everything = complete
    if not complete:
        interpreter.loops.append(next_serial())
    try:
        for value in rounds[: interpreter.budget.iterations]:
            assign(interpreter, loop.target, value, frame)
            chosen = _passes(interpreter, loop, frame)
            everything = everything and chosen is not None
            if chosen is False:
                continue
            if loop.inner_for_in is not None:
                everything = _run(interpreter, loop.inner_for_in, frame, give) and everything
            else:
                give(frame)
    finally:
        if not complete:
            interpreter.loops.pop()
    return everything and len(rounds) <= interpreter.budget.iterations


def _passes(interpreter: Interpreter, loop: cst.CompFor, frame: Frame) -> bool | None:
    """Whether an item passes the comprehension's conditions; None if that cannot be told."""
    result: bool | None = True
    for condition in loop.ifs:
        known = truth(interpreter.evaluate(condition.test, frame))
        if known is False:
            return False
        if known is None:
            result = None
    return result
