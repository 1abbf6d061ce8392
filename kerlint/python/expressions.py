"""What each kind of expression means: a table from libcst's node types to functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

import libcst as cst

from kerlint.places import Place
from kerlint.python.arguments import Arg, Arguments
from kerlint.python.attributes import Super, load_attribute, member_of
from kerlint.python.calls import call
from kerlint.python.choices import each_path, either
from kerlint.python.comprehensions import dict_comp, generator, list_comp, set_comp
from kerlint.python.deciding import decide, supposed
from kerlint.python.displays import dict_display, list_display, set_display, tuple_display
from kerlint.python.functions import make_function
from kerlint.python.iteration import iterate
from kerlint.python.literals import concatenated, constant, formatted
from kerlint.python.operators import apply_binary, apply_comparison, apply_unary
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.scope import Deferred, DeferredImport, Frame, attribute_name
from kerlint.python.subscripts import load_subscript
from kerlint.python.truth import truth
from kerlint.python.values import ClassValue, DictValue, Symbol

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

# Names and attributes

_NAMED: Final = {"True": True, "False": False, "None": None}
_MORE_THAN_READ: Final = frozenset({Deferred, DeferredImport, OneOf, Unknown})
"""Kinds of values of names that using the name may change, or may fail for."""


def _name(interpreter: Interpreter, node: cst.Name, frame: Frame) -> Value:
    text, scope = node.value, frame.scope
    if scope.redirected is None and text in scope.names:
        value = scope.names[text]
        if type(value) not in _MORE_THAN_READ:
            return value
    elif text in _NAMED:
        return _NAMED[text]
    return interpreter.load(text, frame)


def _attribute(interpreter: Interpreter, node: cst.Attribute, frame: Frame) -> Value:
    value = interpreter.evaluate(node.value, frame)
    name = node.attr.value
    if type(value) is Symbol:
        return member_of(interpreter, value, name)
    if name.startswith("__"):
        name = attribute_name(name, frame)
    found = load_attribute(interpreter, value, name, interpreter.place(node, frame))
    if type(found) is Unknown:
        interpreter.doubts += 1
    return found


def _subscript(interpreter: Interpreter, node: cst.Subscript, frame: Frame) -> Value:
    value = interpreter.evaluate(node.value, frame)
    index = subscript_index(interpreter, node, frame)
    found = load_subscript(interpreter, value, index, interpreter.place(node, frame))
    if type(found) is Unknown:
        interpreter.doubts += 1
    return found


def subscript_index(interpreter: Interpreter, node: cst.Subscript, frame: Frame) -> Value:
    """The value between the brackets: an index, a slice, or a tuple of them."""
    parts = [_slice_part(interpreter, element.slice, frame) for element in node.slice]
    return parts[0] if len(parts) == 1 and type(node.slice[0].comma) is not cst.Comma else tuple(parts)


def _slice_part(interpreter: Interpreter, part: cst.BaseSlice, frame: Frame) -> Value:
    if type(part) is cst.Index:
        return interpreter.evaluate(part.value, frame)
    assert isinstance(part, cst.Slice)
    bounds = [
        None if bound is None else interpreter.evaluate(bound, frame)
        for bound in (part.lower, part.upper, part.step)
    ]
    return slice(*bounds)


# Operators


def _binary(interpreter: Interpreter, node: cst.BinaryOperation, frame: Frame) -> Value:
    left = interpreter.evaluate(node.left, frame)
    right = interpreter.evaluate(node.right, frame)
    name = type(node.operator).__name__
    found = apply_binary(interpreter, name, left, right, interpreter.place(node, frame))
    if type(found) is Unknown:
        interpreter.doubts += 1
    return found


def _boolean(interpreter: Interpreter, node: cst.BooleanOperation, frame: Frame) -> Value:
    left = interpreter.evaluate(node.left, frame)
    known = truth(interpreter, left)
    wants = isinstance(node.operator, cst.And)
    if known is not None:
        return interpreter.evaluate(node.right, frame) if known is wants else left
    word = "and" if wants else "or"
    interpreter.domain.asked(word, left, interpreter.place(node.left, frame))

    def right() -> Value:
        return interpreter.evaluate(node.right, frame)

    if isinstance(left, OneOf):
        decided = [truth(interpreter, one) for one in left.alternatives]
        if None not in decided:
            choices = zip(decided, left.alternatives, left.paths, strict=True)
            arms = [(right if true is wants else partial(_itself, one), path) for true, one, path in choices]
            return each_path(interpreter, arms)
    rest = not wants if _is_boolean(node.left) else left
    answer, (yes, no) = supposed(interpreter, node.left, frame)
    if answer is not None:
        return right() if answer is wants else rest
    return either(interpreter, right, lambda: rest, (yes, no) if wants else (no, yes))


def _is_boolean(node: cst.BaseExpression) -> bool:
    """Whether an expression gives nothing but True or False (comparisons of objects apart)."""
    return isinstance(node, cst.Comparison) or (
        isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Not)
    )


def _itself(value: Value) -> Value:
    return value


def _unary(interpreter: Interpreter, node: cst.UnaryOperation, frame: Frame) -> Value:
    value = interpreter.evaluate(node.expression, frame)
    return apply_unary(interpreter, type(node.operator).__name__, value, interpreter.place(node, frame))


def _comparison(interpreter: Interpreter, node: cst.Comparison, frame: Frame) -> Value:
    left = interpreter.evaluate(node.left, frame)
    place = interpreter.place(node, frame)
    known = True
    for target in node.comparisons:
        name = type(target.operator).__name__
        right = interpreter.evaluate(target.comparator, frame)
        answer = apply_comparison(interpreter, name, left, right, place)
        if isinstance(answer, Unknown) and name not in _NEVER_RAISE:
            interpreter.doubts += 1
        if target is node.comparisons[-1]:
            break
        decided = truth(interpreter, answer)
        if decided is False:
            break
        known = known and decided is True
        left = right
    if answer is False and _is_misspelt_guard(node):
        return Unknown("a test of `__name__` that never holds")
    return answer if known else Unknown("an unknown comparison")


def _is_misspelt_guard(node: cst.Comparison) -> bool:
    """`__name__ == "main"`: what never holds guards what was meant to run, as what nobody calls."""
    sides = (node.left, *(target.comparator for target in node.comparisons))
    is_name = any(isinstance(side, cst.Name) and side.value == "__name__" for side in sides)
    is_equal = all(isinstance(target.operator, cst.Equal) for target in node.comparisons)
    is_right = any(isinstance(side, cst.SimpleString) and "__main__" in side.value for side in sides)
    return is_name and is_equal and not is_right


_NEVER_RAISE: Final = ("Is", "IsNot", "Equal", "NotEqual")


def _conditional(interpreter: Interpreter, node: cst.IfExp, frame: Frame) -> Value:
    known, ways = decide(interpreter, node.test, frame)
    if known is not None:
        return interpreter.evaluate(node.body if known else node.orelse, frame)
    return either(
        interpreter,
        lambda: interpreter.evaluate(node.body, frame),
        lambda: interpreter.evaluate(node.orelse, frame),
        ways,
    )


def _named(interpreter: Interpreter, node: cst.NamedExpr, frame: Frame) -> Value:
    value = interpreter.evaluate(node.value, frame)
    if isinstance(node.target, cst.Name):
        outer = frame.around if frame.around is not None else frame
        interpreter.store(node.target.value, value, outer)
    return value


# Calls and functions


def _call(interpreter: Interpreter, node: cst.Call, frame: Frame) -> Value:
    func = node.func
    if type(func) is cst.Name and func.value == "super":
        return _super(interpreter, node, frame)
    function = interpreter.evaluate(func, frame)
    arguments = evaluate_arguments(interpreter, node, frame)
    found = call(interpreter, function, arguments, Place(frame.statement, node, None, frame.chain))
    if type(found) is Unknown:
        interpreter.doubts += 1
    return found


def evaluate_arguments(interpreter: Interpreter, node: cst.Call, frame: Frame) -> Arguments:
    """The arguments of a call, unpacked as far as they are known."""
    made = Arguments()
    for arg in node.args:
        written, keyword = arg.value, arg.keyword
        value = interpreter.evaluate(written, frame)
        if keyword is not None:
            made.keywords[keyword.value] = Arg(value, written)
        elif arg.star:
            _unpack(interpreter, value, arg, made)
        elif made.open_positional:
            made.open_keywords = True
        else:
            made.positional.append(Arg(value, written))
    return made


def _unpack(interpreter: Interpreter, value: Value, arg: cst.Arg, made: Arguments) -> None:
    if arg.star == "**":
        _unpack_keywords(value, arg.value, made)
        return
    known, complete = iterate(interpreter, value)
    if not made.open_positional:
        made.positional.extend(Arg(item, arg.value, "unpacked") for item in known)
    made.open_positional = made.open_positional or not complete


def _unpack_keywords(value: Value, node: cst.BaseExpression, made: Arguments) -> None:
    if not isinstance(value, DictValue):
        made.open_keywords = True
        return
    for name, item in value.items.items():
        if isinstance(name, str):
            made.keywords[name] = Arg(item, node, "unpacked")
    made.open_keywords = made.open_keywords or value.open


def _super(interpreter: Interpreter, node: cst.Call, frame: Frame) -> Value:
    owner = frame.function.owner if frame.function is not None else None
    receiver = frame.receiver
    if len(node.args) >= 2:
        owner = interpreter.evaluate(node.args[0].value, frame)
        receiver = interpreter.evaluate(node.args[1].value, frame)
    if isinstance(owner, ClassValue) and receiver is not None:
        return Super(receiver, owner)
    return Unknown("super() outside a method")


def _lambda(interpreter: Interpreter, node: cst.Lambda, frame: Frame) -> Value:
    return make_function(interpreter, "<lambda>", node, frame)


def _await(interpreter: Interpreter, node: cst.Await, frame: Frame) -> Value:
    return interpreter.evaluate(node.expression, frame)


def _yield(interpreter: Interpreter, node: cst.Yield, frame: Frame) -> Value:
    if isinstance(node.value, cst.From):
        given, complete = iterate(interpreter, interpreter.evaluate(node.value.item, frame))
    else:
        given, complete = [None if node.value is None else interpreter.evaluate(node.value, frame)], True
    if frame.yielded is not None:
        interpreter.trail.touch(frame.yielded)
        frame.yielded.add(given)
        frame.yielded.open = frame.yielded.open or not complete
    return Unknown("what is sent to a generator")


def _ellipsis(interpreter: Interpreter, node: cst.Ellipsis, frame: Frame) -> Value:
    return ...


EXPRESSIONS: Final[dict[type[cst.CSTNode], Callable[..., Value]]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Integer: constant,
    cst.Float: constant,
    cst.Imaginary: constant,
    cst.SimpleString: constant,
    cst.ConcatenatedString: concatenated,
    cst.FormattedString: formatted,
    cst.Tuple: tuple_display,
    cst.List: list_display,
    cst.Set: set_display,
    cst.Dict: dict_display,
    cst.ListComp: list_comp,
    cst.GeneratorExp: generator,
    cst.SetComp: set_comp,
    cst.DictComp: dict_comp,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.Comparison: _comparison,
    cst.IfExp: _conditional,
    cst.NamedExpr: _named,
    cst.Subscript: _subscript,
    cst.Lambda: _lambda,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.Ellipsis: _ellipsis,
}
