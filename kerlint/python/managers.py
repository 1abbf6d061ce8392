"""`with`: what managers give, and which of them keep exceptions to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.arguments import Arguments
from kerlint.python.assignment import assign
from kerlint.python.attributes import find_in_class, load_attribute
from kerlint.python.budget import Raised
from kerlint.python.calls import call
from kerlint.python.exceptions import catches
from kerlint.python.guarding import guarded
from kerlint.python.refs import Unknown, Value
from kerlint.python.scope import Frame
from kerlint.python.truth import truth
from kerlint.python.values import BoundMethod, ClassValue, FunctionValue, Instance, Symbol

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

NORMAL = 0


def run_suite(interpreter: Interpreter, suite: cst.BaseSuite, frame: Frame) -> int:
    """Run the body of a compound statement."""
    from kerlint.python.statements import run_suite as run

    return run(interpreter, suite, frame)


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

    def body() -> int:
        return _with(interpreter, node, index + 1, frame)

    def leave(signal: int, raised: Raised | None) -> int:
        if raised is not None:
            if _suppresses(interpreter, manager, raised, item, frame) is not True:
                raise raised
            return NORMAL
        result = frame.result
        _exit(interpreter, manager, (None, None, None), item, frame)
        frame.result = result
        return signal

    if not _may_suppress(manager):
        interpreter.domain.entered(manager)
        try:
            signal = body()
        finally:
            interpreter.domain.left(manager)
        return leave(signal, None)
    return guarded(interpreter, frame, body, leave, lambda: NORMAL)


def _enter(interpreter: Interpreter, manager: Value, item: cst.WithItem, frame: Frame) -> Value:
    place = interpreter.place(item, frame)
    user_made = isinstance(manager, Instance) and isinstance(manager.cls, ClassValue)
    if user_made and isinstance(find_in_class(manager.cls, "__enter__"), FunctionValue):
        enter = load_attribute(interpreter, manager, "__enter__", place)
        return call(interpreter, enter, Arguments(), place)
    if isinstance(manager, Instance) and manager.cls == Symbol("contextlib.nullcontext"):
        return manager.attributes["enter_result"]
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
