"""`try` and `with`: which handler runs when something raises, or when it may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.arguments import Arguments
from kerlint.python.assignment import assign
from kerlint.python.attributes import find_in_class, load_attribute
from kerlint.python.budget import Raised
from kerlint.python.calls import call
from kerlint.python.exceptions import catches
from kerlint.python.operators import truth
from kerlint.python.paths import undecided
from kerlint.python.refs import Unknown, Value
from kerlint.python.scope import Frame
from kerlint.python.uncertainty import forgotten
from kerlint.python.values import BoundMethod, ClassValue, FunctionValue, Instance, Symbol

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
    if not node.handlers:
        return _body_and_else(interpreter, node, frame)
    doubts = interpreter.doubts
    trail = interpreter.trail
    trail.mark()
    interpreter.trying += 1
    around, interpreter.stopped = interpreter.stopped, []
    raised = None
    signal = NORMAL
    try:
        signal = run_suite(interpreter, node.body, frame)
    except Raised as error:
        raised = error
    except BaseException:
        trail.commit()
        raise
    finally:
        interpreter.trying -= 1
        stops, interpreter.stopped = interpreter.stopped, around
    if interpreter.doubts == doubts:
        trail.commit()
        return _certain(interpreter, node, frame, signal, raised)
    changes, result = trail.undo(), frame.result

    def as_walked() -> int:
        trail.redo(changes)
        frame.result = result
        return _certain(interpreter, node, frame, signal, raised)

    def stopped() -> int:
        for partial in (changes, *stops):
            trail.redo(forgotten(partial))
        return _some_handler(interpreter, list(node.handlers), frame)

    return undecided(interpreter, frame, (as_walked, stopped))


def _certain(
    interpreter: Interpreter, node: cst.Try | cst.TryStar, frame: Frame, signal: int, raised: Raised | None
) -> int:
    """Go on after a body that ended, or raised, in one known way."""
    if raised is not None:
        return _handle(interpreter, list(node.handlers), frame, raised)
    if not signal and node.orelse is not None:
        return run_suite(interpreter, node.orelse.body, frame)
    return signal


def _body_and_else(interpreter: Interpreter, node: cst.Try | cst.TryStar, frame: Frame) -> int:
    signal = run_suite(interpreter, node.body, frame)
    return _certain(interpreter, node, frame, signal, None)


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


# With


def with_statement(interpreter: Interpreter, node: cst.With, frame: Frame) -> int:
    """Enter the managers, run the body, leave them; one may keep an exception to itself."""
    return _with(interpreter, node, 0, frame)


def _with(interpreter: Interpreter, node: cst.With, index: int, frame: Frame) -> int:
    if index == len(node.items):
        return run_suite(interpreter, node.body, frame)
    item = node.items[index]
    manager = interpreter.evaluate(item.item, frame)
    entered = _enter(interpreter, manager, item, frame)
    if item.asname is not None:
        assign(interpreter, item.asname.name, entered, frame)
    try:
        signal = _with_body(interpreter, node, index, manager, frame)
    except Raised as raised:
        if _suppresses(interpreter, manager, raised, item, frame) is not True:
            raise
        return NORMAL
    result = frame.result
    _exit(interpreter, manager, (None, None, None), item, frame)
    frame.result = result
    return signal


def _with_body(interpreter: Interpreter, node: cst.With, index: int, manager: Value, frame: Frame) -> int:
    """The body; where the manager may suppress exceptions, one that only may be raised stops it anywhere."""
    if not _may_suppress(manager):
        return _with(interpreter, node, index + 1, frame)
    trail, doubts = interpreter.trail, interpreter.doubts
    trail.mark()
    interpreter.trying += 1
    around, interpreter.stopped = interpreter.stopped, []
    try:
        signal = _with(interpreter, node, index + 1, frame)
    except BaseException:
        trail.commit()
        raise
    finally:
        interpreter.trying -= 1
        stops, interpreter.stopped = interpreter.stopped, around
    if interpreter.doubts == doubts:
        trail.commit()
        return signal
    changes, result = trail.undo(), frame.result

    def as_walked() -> int:
        trail.redo(changes)
        frame.result = result
        return signal

    def stopped() -> int:
        for partial in (changes, *stops):
            trail.redo(forgotten(partial))
        return NORMAL

    return undecided(interpreter, frame, (as_walked, stopped))


def _enter(interpreter: Interpreter, manager: Value, item: cst.WithItem, frame: Frame) -> Value:
    place = interpreter.place(item, frame)
    user_made = isinstance(manager, Instance) and isinstance(manager.cls, ClassValue)
    if user_made and isinstance(find_in_class(manager.cls, "__enter__"), FunctionValue):
        enter = load_attribute(interpreter, manager, "__enter__", place)
        return call(interpreter, enter, Arguments(), place)
    entered = interpreter.domain.attribute(manager, "__enter__")
    return manager if not isinstance(entered, Unknown) else entered


def _exit_method(manager: Value) -> FunctionValue | None:
    if isinstance(manager, Instance) and isinstance(manager.cls, ClassValue):
        found = find_in_class(manager.cls, "__exit__")
        return found if isinstance(found, FunctionValue) else None
    return None


def _exit(
    interpreter: Interpreter, manager: Value, given: tuple[Value, ...], item: cst.WithItem, frame: Frame
) -> Value:
    method = _exit_method(manager)
    if method is None:
        return None
    place = interpreter.place(item, frame)
    return call(interpreter, BoundMethod(manager, method), Arguments.of(*given), place)


def _may_suppress(manager: Value) -> bool:
    return _exit_method(manager) is not None or _suppressed(manager) is not None


def _suppressed(manager: Value) -> Value:
    """The exceptions that `contextlib.suppress` was given; None for another manager."""
    if isinstance(manager, Instance) and manager.cls == Symbol("contextlib.suppress"):
        return manager.attributes.get("exceptions", Unknown("suppressed exceptions"))
    return None


def _suppresses(
    interpreter: Interpreter, manager: Value, raised: Raised, item: cst.WithItem, frame: Frame
) -> bool | None:
    suppressed = _suppressed(manager)
    if suppressed is not None:
        return catches(suppressed, raised.exception)
    exception = raised.exception
    kind = exception.cls if isinstance(exception, Instance) else Unknown("the class of an exception")
    given = (
        kind,
        exception if isinstance(exception, Instance) else Unknown("an exception"),
        Unknown("a traceback"),
    )
    return truth(interpreter, _exit(interpreter, manager, given, item, frame))
