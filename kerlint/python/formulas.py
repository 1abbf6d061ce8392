"""From syntax to formulas: what a test asks of values that are not known, without evaluating it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst

from kerlint.python.conditions import (
    ITEM,
    LENGTH,
    Atom,
    Both,
    Constant,
    Foreign,
    Formula,
    Negated,
    Operand,
    Part,
    answer_of,
)
from kerlint.python.containers import DictValue
from kerlint.python.joining import narrowed
from kerlint.python.likely import Likely
from kerlint.python.refs import ABSENT, GAP, UNKNOWN, OneOf, Unknown, Value
from kerlint.python.scope import Frame, attribute_name
from kerlint.python.values import ClassValue, Instance, Symbol, is_constant

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

_SHARED: Final = (UNKNOWN, ABSENT, GAP)
_POSITIVE: Final = {"NotEqual": "Equal", "IsNot": "Is", "NotIn": "In"}


def formula_of(interpreter: Interpreter, node: cst.BaseExpression, frame: Frame) -> Formula | None:
    """The formula of a test that was just evaluated; None if it asks for more than formulas can say."""
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Not):
        inner = formula_of(interpreter, node.expression, frame)
        return None if inner is None else negated(inner)
    if isinstance(node, cst.BooleanOperation):
        left = formula_of(interpreter, node.left, frame)
        right = formula_of(interpreter, node.right, frame) if left is not None else None
        return _both(left, right, wanted=isinstance(node.operator, cst.And))
    if isinstance(node, cst.Comparison):
        return _comparison(interpreter, node, frame)
    if isinstance(node, cst.Call):
        return _kind(interpreter, node, frame)
    operand = operand_of(interpreter, node, frame)
    if isinstance(operand, Constant):
        return bool(operand.value)
    return None if operand is None else Atom("Truth", operand, Constant("", interpreter.conditions.changes))


def _kind(interpreter: Interpreter, node: cst.Call, frame: Frame) -> Formula | None:
    """`isinstance(value, classes)` or `callable(value)`: what kind of object something is never changes."""
    asked = node.func.value if isinstance(node.func, cst.Name) else ""
    given = [arg.value for arg in node.args if arg.keyword is None and not arg.star]
    if (asked, len(given)) not in (("isinstance", 2), ("callable", 1)) or frame.scope.find(asked) is not None:
        return None
    left = operand_of(interpreter, given[0], frame)
    classes = ",".join(_named(interpreter, one, frame) or "?" for one in given[1:])
    if left is None or isinstance(left, Constant) or "?" in classes:
        return None
    return Atom(asked, left, Constant(classes, None))


def _named(interpreter: Interpreter, node: cst.BaseExpression, frame: Frame) -> str:
    """A class, or a tuple of classes, as a word that says which it is; empty where that is not known."""
    if isinstance(node, cst.Tuple):
        names = [_named(interpreter, element.value, frame) for element in node.elements]
        return ",".join(names) if all(names) else ""
    if isinstance(node, cst.Name) and frame.scope.find(node.value) is None:
        return node.value
    value = _peek(interpreter, node, frame)
    if isinstance(value, ClassValue):
        return f"{value.name}#{value.serial}"
    return value.dotted if isinstance(value, Symbol) else ""


def negated(formula: Formula) -> Formula:
    """`not formula`."""
    if isinstance(formula, Negated):
        return formula.inner
    return not formula if isinstance(formula, bool) else Negated(formula)


def _both(left: Formula | None, right: Formula | None, *, wanted: bool) -> Formula | None:
    """Two formulas as one; a side that is known decides, or leaves it to the other."""
    if left is None or right is None:
        return None
    for one, other in ((left, right), (right, left)):
        if isinstance(one, bool):
            return other if one is wanted else one
    return Both(left, right, wanted)


def _comparison(interpreter: Interpreter, node: cst.Comparison, frame: Frame) -> Formula | None:
    if len(node.comparisons) != 1:
        return None
    (target,) = node.comparisons
    left = operand_of(interpreter, node.left, frame)
    right = operand_of(interpreter, target.comparator, frame)
    if left is None or right is None:
        return None
    question = type(target.operator).__name__
    atom = Atom(_POSITIVE.get(question, question), left, right)
    known = answer_of(left.value, atom, "Is") if isinstance(left, Constant) else None
    formula: Formula = atom if known is None else known
    return negated(formula) if question in _POSITIVE else formula


def operand_of(interpreter: Interpreter, node: cst.CSTNode, frame: Frame) -> Operand | None:
    """What stands in a formula for an expression that can be evaluated again without doing anything."""
    return operand_for(interpreter, _peek(interpreter, node, frame))


def operand_for(interpreter: Interpreter, value: Value) -> Operand | None:
    """What stands in a formula for a value; None for one that may be another each time."""
    if isinstance(value, Unknown):
        return None if any(value is shared for shared in _SHARED) else value
    if isinstance(value, Symbol):
        return Foreign(value, interpreter.conditions.runs(value.dotted))
    if isinstance(value, Part):
        return value
    return Constant(repr(value), value) if is_constant(value) else None


def _peek(interpreter: Interpreter, node: cst.CSTNode, frame: Frame) -> Value:
    """The value of a name, attribute, item or literal; UNKNOWN where looking might do something."""
    match node:
        case cst.Name(value="None" | "True" | "False"):
            return interpreter.evaluate(node, frame)
        case cst.Name():
            scope = frame.scope.find(node.value)
            value = UNKNOWN if scope is None else scope.names[node.value]
            return narrowed(value, interpreter.path) if isinstance(value, OneOf) else value
        case cst.Attribute():
            owner = _peek(interpreter, node.value, frame)
            return _peek_attribute(interpreter, owner, attribute_name(node.attr.value, frame))
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=inner))]):
            index = _peek(interpreter, inner, frame)
            return _peek_item(interpreter, _peek(interpreter, node.value, frame), index)
        case cst.Integer() | cst.Float() | cst.SimpleString():
            return interpreter.evaluate(node, frame)
        case cst.Tuple() | cst.List():
            parts = [_peek(interpreter, element.value, frame) for element in node.elements]
            return tuple(parts) if all(is_constant(part) for part in parts) else UNKNOWN
        case cst.Call(func=cst.Name(value="len"), args=[cst.Arg(value=inner, keyword=None, star="")]):
            if frame.scope.find("len") is None:
                return _part(interpreter, _peek(interpreter, inner, frame), LENGTH, LENGTH)
    return UNKNOWN


def _peek_attribute(interpreter: Interpreter, owner: Value, name: str) -> Value:
    if isinstance(owner, Instance):
        return owner.attributes.get(name, UNKNOWN)
    if isinstance(owner, Symbol):
        from kerlint.python.attributes import member_of

        found = member_of(interpreter, owner, name)
        return found if isinstance(found, Symbol | Likely) else UNKNOWN
    return _part(interpreter, owner, name, "attribute")


def _peek_item(interpreter: Interpreter, owner: Value, index: Value) -> Value:
    if not is_constant(index):
        return UNKNOWN
    if isinstance(owner, DictValue):
        return owner.items.get(index, UNKNOWN)
    return _part(interpreter, owner, index, ITEM)


def _part(interpreter: Interpreter, owner: Value, name: Value, how: str) -> Value:
    operand = operand_for(interpreter, owner) if isinstance(owner, Unknown | Part | Symbol) else None
    return UNKNOWN if operand is None else part_of(interpreter, operand, name, how)


def part_of(interpreter: Interpreter, owner: Operand, name: Value, how: str) -> Part:
    """The attribute, item or `LENGTH` of an operand, as it is now."""
    return Part(owner, Constant(repr(name), name), how, interpreter.conditions.changes)
