"""What each kind of statement means: a table from libcst's node types to functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.assignment import assign
from kerlint.python.attributes import load_attribute, store_attribute
from kerlint.python.budget import Raised
from kerlint.python.definitions import class_definition, function_definition
from kerlint.python.imports import import_from, import_names
from kerlint.python.loops import for_loop, while_loop
from kerlint.python.matching import match_statement
from kerlint.python.operators import apply_binary, truth
from kerlint.python.paths import undecided
from kerlint.python.scope import Frame
from kerlint.python.subscripts import delete_subscript, load_subscript, store_subscript
from kerlint.python.values import ListValue, Unknown, Value

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

NORMAL, RETURN, BREAK, CONTINUE = range(4)


def _line(interpreter: Interpreter, node: cst.SimpleStatementLine, frame: Frame) -> int:
    for small in node.body:
        handler = _SMALL.get(type(small))
        if handler is not None:
            interpreter.steps -= 1
            signal = handler(interpreter, small, frame)
            if signal:
                return signal
    return NORMAL


def run_suite(interpreter: Interpreter, suite: cst.BaseSuite, frame: Frame) -> int:
    """Run the body of a compound statement, on lines of its own or behind the colon."""
    if isinstance(suite, cst.IndentedBlock):
        return interpreter.execute(tuple(suite.body), frame)
    assert isinstance(suite, cst.SimpleStatementSuite)
    for small in suite.body:
        handler = _SMALL.get(type(small))
        if handler is not None:
            signal = handler(interpreter, small, frame)
            if signal:
                return signal
    return NORMAL


# Small statements


def _expression(interpreter: Interpreter, node: cst.Expr, frame: Frame) -> int:
    if not isinstance(node.value, cst.SimpleString | cst.ConcatenatedString):
        interpreter.evaluate(node.value, frame)
    return NORMAL


def _assign(interpreter: Interpreter, node: cst.Assign, frame: Frame) -> int:
    value = interpreter.evaluate(node.value, frame)
    for target in node.targets:
        assign(interpreter, target.target, value, frame)
    return NORMAL


def _annotated(interpreter: Interpreter, node: cst.AnnAssign, frame: Frame) -> int:
    if node.value is not None:
        assign(interpreter, node.target, interpreter.evaluate(node.value, frame), frame)
    elif frame.scope.is_class and isinstance(node.target, cst.Name):
        frame.scope.names.setdefault("__annotations__", {})
    return NORMAL


def _augmented(interpreter: Interpreter, node: cst.AugAssign, frame: Frame) -> int:
    name = type(node.operator).__name__.removesuffix("Assign")
    place = interpreter.place(node, frame)
    target = node.target
    if isinstance(target, cst.Subscript):
        from kerlint.python.expressions import subscript_index

        owner = interpreter.evaluate(target.value, frame)
        index = subscript_index(interpreter, target, frame)
        old = load_subscript(interpreter, owner, index, place)
        value = _updated(interpreter, name, old, interpreter.evaluate(node.value, frame), node, frame)
        store_subscript(interpreter, owner, index, value, place)
    elif isinstance(target, cst.Attribute):
        owner = interpreter.evaluate(target.value, frame)
        old = load_attribute(interpreter, owner, target.attr.value, place)
        value = _updated(interpreter, name, old, interpreter.evaluate(node.value, frame), node, frame)
        store_attribute(interpreter, owner, target.attr.value, value, place)
    else:
        old = interpreter.evaluate(target, frame)
        value = _updated(interpreter, name, old, interpreter.evaluate(node.value, frame), node, frame)
        assign(interpreter, target, value, frame)
    return NORMAL


def _updated(
    interpreter: Interpreter, name: str, old: Value, new: Value, node: cst.AugAssign, frame: Frame
) -> Value:
    """`old <operator>= new`: a list grows in place, everything else is made anew."""
    if name == "Add" and isinstance(old, ListValue):
        from kerlint.python.iteration import iterate

        items, complete = iterate(interpreter, new)
        interpreter.trail.touch(old)
        old.items = [*old.items, *items]
        old.open = old.open or not complete
        return old
    return apply_binary(interpreter, name, old, new, interpreter.place(node, frame))


def _return(interpreter: Interpreter, node: cst.Return, frame: Frame) -> int:
    frame.result = None if node.value is None else interpreter.evaluate(node.value, frame)
    return RETURN


def _raise(interpreter: Interpreter, node: cst.Raise, frame: Frame) -> int:
    exception = None if node.exc is None else interpreter.evaluate(node.exc, frame)
    raise Raised(exception)


def _break(interpreter: Interpreter, node: cst.Break, frame: Frame) -> int:
    return BREAK


def _continue(interpreter: Interpreter, node: cst.Continue, frame: Frame) -> int:
    return CONTINUE


def _assert(interpreter: Interpreter, node: cst.Assert, frame: Frame) -> int:
    interpreter.evaluate(node.test, frame)
    return NORMAL


def _global(interpreter: Interpreter, node: cst.Global, frame: Frame) -> int:
    redirected = frame.scope.redirected or {}
    for item in node.names:
        redirected[item.name.value] = frame.scope.globals
    frame.scope.redirected = redirected
    for item in node.names:
        frame.scope.globals.names.setdefault(item.name.value, Unknown("a global not set yet"))
    return NORMAL


def _nonlocal(interpreter: Interpreter, node: cst.Nonlocal, frame: Frame) -> int:
    redirected = frame.scope.redirected or {}
    for item in node.names:
        outer = frame.scope.outer.find(item.name.value) if frame.scope.outer is not None else None
        if outer is not None:
            redirected[item.name.value] = outer
    frame.scope.redirected = redirected
    return NORMAL


def _delete(interpreter: Interpreter, node: cst.Del, frame: Frame) -> int:
    targets = (
        [element.value for element in node.target.elements]
        if isinstance(node.target, cst.Tuple | cst.List)
        else [node.target]
    )
    for target in targets:
        if isinstance(target, cst.Name):
            scope = frame.scope.home(target.value)
            interpreter.trail.touch(scope)
            scope.names.pop(target.value, None)
        elif isinstance(target, cst.Subscript):
            from kerlint.python.expressions import subscript_index

            owner = interpreter.evaluate(target.value, frame)
            delete_subscript(interpreter, owner, subscript_index(interpreter, target, frame))
    return NORMAL


# Compound statements


def _if(interpreter: Interpreter, node: cst.If, frame: Frame) -> int:
    known = truth(interpreter.evaluate(node.test, frame))
    if known is True:
        return run_suite(interpreter, node.body, frame)
    if known is False:
        return _otherwise(interpreter, node, frame)
    return undecided(
        interpreter,
        frame,
        (
            lambda: run_suite(interpreter, node.body, frame),
            lambda: _otherwise(interpreter, node, frame),
        ),
    )


def _otherwise(interpreter: Interpreter, node: cst.If, frame: Frame) -> int:
    if isinstance(node.orelse, cst.If):
        return _if(interpreter, node.orelse, frame)
    if isinstance(node.orelse, cst.Else):
        return run_suite(interpreter, node.orelse.body, frame)
    return NORMAL


def _try(interpreter: Interpreter, node: cst.Try | cst.TryStar, frame: Frame) -> int:
    signal = NORMAL
    interpreter.trying += 1
    try:
        signal = run_suite(interpreter, node.body, frame)
        raised = False
    except Raised as error:
        raised = True
        reason = error
    finally:
        interpreter.trying -= 1
    if raised:
        signal = _handle(interpreter, node, frame, reason)
    elif not signal and node.orelse is not None:
        signal = run_suite(interpreter, node.orelse.body, frame)
    if node.finalbody is not None:
        signal = run_suite(interpreter, node.finalbody.body, frame) or signal
    return signal


def _handle(interpreter: Interpreter, node: cst.Try | cst.TryStar, frame: Frame, reason: Raised) -> int:
    """Run the first handler: which one fits is not followed."""
    for handler in node.handlers:
        if handler.name is not None:
            assign(interpreter, handler.name.name, Unknown("an exception"), frame)
        return run_suite(interpreter, handler.body, frame)
    if interpreter.trying:
        raise reason
    return NORMAL


def _with(interpreter: Interpreter, node: cst.With, frame: Frame) -> int:
    for item in node.items:
        manager = interpreter.evaluate(item.item, frame)
        if item.asname is not None:
            entered = interpreter.domain.attribute(manager, "__enter__")
            value = manager if not isinstance(entered, Unknown) else entered
            assign(interpreter, item.asname.name, value, frame)
    return run_suite(interpreter, node.body, frame)


_SMALL: dict[type[cst.CSTNode], Callable[..., int]] = {
    cst.Expr: _expression,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Break: _break,
    cst.Continue: _continue,
    cst.Assert: _assert,
    cst.Global: _global,
    cst.Nonlocal: _nonlocal,
    cst.Del: _delete,
    cst.Import: import_names,
    cst.ImportFrom: import_from,
}

STATEMENTS: dict[type[cst.CSTNode], Callable[..., int]] = {
    cst.SimpleStatementLine: _line,
    cst.If: _if,
    cst.For: for_loop,
    cst.While: while_loop,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.With: _with,
    cst.FunctionDef: function_definition,
    cst.ClassDef: class_definition,
    cst.Match: match_statement,
    **_SMALL,
}
