"""`try`: which handler runs when something raises, or when it may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.assignment import assign
from kerlint.python.budget import Raised
from kerlint.python.exceptions import catches
from kerlint.python.guarding import guarded
from kerlint.python.paths import undecided
from kerlint.python.refs import Unknown, Value
from kerlint.python.scope import Frame
from kerlint.python.uncertainty import forgotten
from kerlint.python.values import Instance
from kerlint.text.nodes import children

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.python.trail import Changes

NORMAL, RETURN = 0, 1


def run_suite(interpreter: Interpreter, suite: cst.BaseSuite, frame: Frame) -> int:
    """Run the body of a compound statement."""
    from kerlint.python.statements import run_suite as run

    return run(interpreter, suite, frame)


def try_statement(interpreter: Interpreter, node: cst.Try | cst.TryStar, frame: Frame) -> int:
    """Run the body; then the handler that fits what it raises, or any of them where it only may raise."""
    if node.finalbody is None:
        return _guarded(interpreter, node, frame)
    final = node.finalbody.body
    exits = len(frame.exits)
    try:
        signal = _guarded(interpreter, node, frame)
    except Raised:
        if run_suite(interpreter, final, frame) == RETURN:
            return RETURN
        raise
    result = frame.result
    interpreter.trail.mark()
    try:
        last = run_suite(interpreter, final, frame)
    except BaseException:
        interpreter.trail.commit()
        raise
    _finish_exits(interpreter, frame, exits)
    interpreter.trail.commit()
    if last:
        return last
    frame.result = result
    return signal


def _finish_exits(interpreter: Interpreter, frame: Frame, first: int) -> None:
    """What `finally` changed is not certain for arms that left early before it."""
    late = frame.exits[first:]
    if not late:
        return
    changes = forgotten_on_top(interpreter)
    for left in late:
        left.changes = {**left.changes, **changes}


def forgotten_on_top(interpreter: Interpreter) -> Changes:
    """What changed since the last mark, as something uncertain; the state now stays as it is."""
    trail = interpreter.trail
    changes = trail.undo()
    lost = forgotten(changes)
    trail.mark()
    trail.redo(changes)
    return lost


def _guarded(interpreter: Interpreter, node: cst.Try | cst.TryStar, frame: Frame) -> int:
    def body() -> int:
        return run_suite(interpreter, node.body, frame)

    if not node.handlers:
        return _certain(interpreter, node, frame, body(), None)
    handlers: Handlers = list(node.handlers)
    return guarded(
        interpreter,
        frame,
        body,
        lambda signal, raised: _certain(interpreter, node, frame, signal, raised),
        lambda: _some_handler(interpreter, handlers, frame),
        may_stop=not _only_misses_modules(node),
    )


_MISSING = ("ImportError", "ModuleNotFoundError")


def _only_misses_modules(node: cst.Try | cst.TryStar) -> bool:
    """Whether nothing but a missing module is caught, and the body calls nothing that may look for one.

    Imports are taken to succeed, and what else is in doubt there (`tf.__version__ > "2"`) raises other errors.
    """
    kinds = [kind for handler in node.handlers for kind in _caught(handler.type)]
    named = all(isinstance(kind, cst.Name) and kind.value in _MISSING for kind in kinds)
    return named and not _has_call(node.body)


def _caught(kind: cst.BaseExpression | None) -> list[cst.BaseExpression | None]:
    """The classes that a handler names; None for one that catches all."""
    return [one.value for one in kind.elements] if isinstance(kind, cst.Tuple) else [kind]


def _has_call(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) or any(map(_has_call, children(node)))


def _certain(
    interpreter: Interpreter, node: cst.Try | cst.TryStar, frame: Frame, signal: int, raised: Raised | None
) -> int:
    """Go on after a body that ended, or raised, in one known way."""
    if raised is not None:
        return _handle(interpreter, list(node.handlers), frame, raised)
    if not signal and node.orelse is not None:
        return run_suite(interpreter, node.orelse.body, frame)
    return signal


Handlers = list[cst.ExceptHandler | cst.ExceptStarHandler]


def _handle(interpreter: Interpreter, handlers: Handlers, frame: Frame, raised: Raised) -> int:
    """Run the first handler that catches what was raised."""
    if not handlers:
        raise raised
    handler, rest = handlers[0], handlers[1:]
    wanted = interpreter.evaluate(handler.type, frame) if handler.type is not None else None
    fits = True if handler.type is None else catches(wanted, raised.exception)
    if fits is None:
        arms = (
            lambda: _run(interpreter, handler, frame, raised),
            lambda: _handle(interpreter, rest, frame, raised),
        )
        return undecided(interpreter, frame, arms)
    if fits:
        return _run(interpreter, handler, frame, raised)
    return _handle(interpreter, rest, frame, raised)


def _run(
    interpreter: Interpreter,
    handler: cst.ExceptHandler | cst.ExceptStarHandler,
    frame: Frame,
    raised: Raised | None,
) -> int:
    exception: Value = Unknown("an exception")
    if raised is not None and isinstance(raised.exception, Instance):
        exception = raised.exception
    if handler.name is not None:
        assign(interpreter, handler.name.name, exception, frame)
    before = interpreter.handled
    interpreter.handled = raised
    try:
        return run_suite(interpreter, handler.body, frame)
    finally:
        interpreter.handled = before
        if handler.name is not None and isinstance(handler.name.name, cst.Name):
            interpreter.delete(handler.name.name.value, frame)


def _some_handler(interpreter: Interpreter, handlers: Handlers, frame: Frame) -> int:
    """Run one of the handlers, nobody knows which."""
    first, rest = handlers[0], handlers[1:]
    if not rest:
        return _run(interpreter, first, frame, None)
    return undecided(
        interpreter,
        frame,
        (
            lambda: _run(interpreter, first, frame, None),
            lambda: _some_handler(interpreter, rest, frame),
        ),
    )
