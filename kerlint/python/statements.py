"""What each kind of statement means: a table from libcst's node types to functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.arguments import Arguments
from kerlint.python.assignment import assign
from kerlint.python.attributes import load_attribute
from kerlint.python.budget import Raised
from kerlint.python.calls import call
from kerlint.python.checks import chosen_name, learn, passed, raises
from kerlint.python.choices import each
from kerlint.python.deciding import decide
from kerlint.python.definitions import class_definition, function_definition
from kerlint.python.exceptions import fail
from kerlint.python.expressions import subscript_index
from kerlint.python.imports import import_from, import_names
from kerlint.python.in_place import apply_in_place
from kerlint.python.loops import for_loop, while_loop
from kerlint.python.managers import with_statement
from kerlint.python.matching import match_statement
from kerlint.python.paths import Arm, undecided
from kerlint.python.refs import ABSENT, OneOf, Ref, Value
from kerlint.python.scope import Frame, attribute_name
from kerlint.python.storing import delete_attribute, store_attribute
from kerlint.python.subscripts import delete_subscript, load_subscript, store_subscript
from kerlint.python.truth import truth
from kerlint.python.trying import try_statement
from kerlint.python.values import Builtin, ClassValue

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
        return interpreter.execute(suite.body, frame)
    assert isinstance(suite, cst.SimpleStatementSuite)
    for small in suite.body:
        handler = _SMALL.get(type(small))
        if handler is not None:
            signal = handler(interpreter, small, frame)
            if signal:
                return signal
    return NORMAL


# Small statements

_TEXTS = frozenset({cst.SimpleString, cst.ConcatenatedString})


def _expression(interpreter: Interpreter, node: cst.Expr, frame: Frame) -> int:
    if type(node.value) not in _TEXTS:
        value = interpreter.evaluate(node.value, frame)
        if isinstance(value, Ref):
            interpreter.domain.asked("statement", value, interpreter.place(node.value, frame))
    return NORMAL


def _assign(interpreter: Interpreter, node: cst.Assign, frame: Frame) -> int:
    value = interpreter.evaluate(node.value, frame)
    for each_target in node.targets:
        target = each_target.target
        if type(target) is cst.Name:
            interpreter.store(target.value, value, frame)
        else:
            assign(interpreter, target, value, frame)
    return NORMAL


def _annotated(interpreter: Interpreter, node: cst.AnnAssign, frame: Frame) -> int:
    if node.value is not None:
        assign(interpreter, node.target, interpreter.evaluate(node.value, frame), frame)
    return NORMAL


def _augmented(interpreter: Interpreter, node: cst.AugAssign, frame: Frame) -> int:
    name = type(node.operator).__name__.removesuffix("Assign")
    place = interpreter.place(node, frame)
    target = node.target
    if isinstance(target, cst.Subscript):
        owner = interpreter.evaluate(target.value, frame)
        index = subscript_index(interpreter, target, frame)
        old = load_subscript(interpreter, owner, index, place)
        value = _updated(interpreter, name, old, interpreter.evaluate(node.value, frame), node, frame)
        store_subscript(interpreter, owner, index, value, place)
    elif isinstance(target, cst.Attribute):
        owner = interpreter.evaluate(target.value, frame)
        attribute = attribute_name(target.attr.value, frame)
        old = load_attribute(interpreter, owner, attribute, place)
        value = _updated(interpreter, name, old, interpreter.evaluate(node.value, frame), node, frame)
        store_attribute(interpreter, owner, attribute, value, place)
    else:
        old = interpreter.evaluate(target, frame)
        value = _updated(interpreter, name, old, interpreter.evaluate(node.value, frame), node, frame)
        assign(interpreter, target, value, frame)
    return NORMAL


def _updated(
    interpreter: Interpreter, name: str, old: Value, new: Value, node: cst.AugAssign, frame: Frame
) -> Value:
    """`old <operator>= new`: containers change in place, everything else is made anew."""
    place = interpreter.place(node, frame)
    if isinstance(old, OneOf):
        return each(interpreter, old, lambda one: apply_in_place(interpreter, name, one, new, place))
    return apply_in_place(interpreter, name, old, new, place)


def _return(interpreter: Interpreter, node: cst.Return, frame: Frame) -> int:
    frame.result = None if node.value is None else interpreter.evaluate(node.value, frame)
    return RETURN


def _raise(interpreter: Interpreter, node: cst.Raise, frame: Frame) -> int:
    if node.exc is None:
        raise interpreter.handled or Raised(None)
    exception = interpreter.evaluate(node.exc, frame)
    if isinstance(exception, Builtin | ClassValue):
        exception = call(interpreter, exception, Arguments(), interpreter.place(node, frame))
    raise Raised(exception)


def _break(interpreter: Interpreter, node: cst.Break, frame: Frame) -> int:
    return BREAK


def _continue(interpreter: Interpreter, node: cst.Continue, frame: Frame) -> int:
    return CONTINUE


def _assert(interpreter: Interpreter, node: cst.Assert, frame: Frame) -> int:
    test = interpreter.evaluate(node.test, frame)
    known = truth(interpreter, test)
    if known is False:
        fail(interpreter, "AssertionError", "an assertion fails")
    if known is None:
        interpreter.domain.asked("assert", test, interpreter.place(node.test, frame))
        interpreter.doubts += 1
    return NORMAL


def _global(interpreter: Interpreter, node: cst.Global, frame: Frame) -> int:
    scope = frame.scope
    redirected = dict(scope.redirected or {})
    for item in node.names:
        redirected[item.name.value] = scope.globals
        scope.globals.names.setdefault(item.name.value, ABSENT)
    scope.redirected = redirected
    return NORMAL


def _nonlocal(interpreter: Interpreter, node: cst.Nonlocal, frame: Frame) -> int:
    scope = frame.scope
    redirected = dict(scope.redirected or {})
    for item in node.names:
        outer = scope.outer.find(item.name.value) if scope.outer is not None else None
        if outer is not None:
            redirected[item.name.value] = outer
    scope.redirected = redirected
    return NORMAL


def _delete(interpreter: Interpreter, node: cst.Del, frame: Frame) -> int:
    _delete_target(interpreter, node.target, frame)
    return NORMAL


def _delete_target(interpreter: Interpreter, target: cst.CSTNode, frame: Frame) -> None:
    match target:
        case cst.Tuple() | cst.List():
            for element in target.elements:
                _delete_target(interpreter, element.value, frame)
        case cst.Name():
            interpreter.delete(target.value, frame)
        case cst.Subscript():
            owner = interpreter.evaluate(target.value, frame)
            index = subscript_index(interpreter, target, frame)
            delete_subscript(interpreter, owner, index, interpreter.place(target, frame))
        case cst.Attribute():
            owner = interpreter.evaluate(target.value, frame)
            delete_attribute(interpreter, owner, attribute_name(target.attr.value, frame))


# Compound statements


def _if(interpreter: Interpreter, node: cst.If, frame: Frame) -> int:
    known, ways = decide(interpreter, node.test, frame)
    if known is True:
        return run_suite(interpreter, node.body, frame)
    if known is False:
        return _otherwise(interpreter, node, frame)
    arms: tuple[Arm, Arm] = (
        lambda: run_suite(interpreter, node.body, frame),
        lambda: _otherwise(interpreter, node, frame),
    )
    if ways == ((), ()) and chosen_name(interpreter, node.test, frame) is not None:
        arms = _learning(interpreter, node.test, frame, arms)
    signal = undecided(interpreter, frame, arms, ways)
    if node.orelse is None and raises(node.body):
        passed(interpreter, node.test, frame)
    return signal


def _learning(
    interpreter: Interpreter, test: cst.BaseExpression, frame: Frame, arms: tuple[Arm, Arm]
) -> tuple[Arm, Arm]:
    """The arms of a test that asks of several things, which tell of each of them."""

    def taken() -> int:
        learn(interpreter, test, frame, is_so=True)
        return arms[0]()

    def not_taken() -> int:
        learn(interpreter, test, frame, is_so=False)
        return arms[1]()

    return taken, not_taken


def _otherwise(interpreter: Interpreter, node: cst.If, frame: Frame) -> int:
    orelse = node.orelse
    if orelse is None:
        return NORMAL
    if type(orelse) is cst.If:
        return _if(interpreter, orelse, frame)
    return run_suite(interpreter, orelse.body, frame)


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
    cst.Try: try_statement,
    cst.TryStar: try_statement,
    cst.With: with_statement,
    cst.FunctionDef: function_definition,
    cst.ClassDef: class_definition,
    cst.Match: match_statement,
    **_SMALL,
}
