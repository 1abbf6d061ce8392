"""Operators with Python's own semantics on what is known, and Unknown for all else.

`unknown is None`, `unknown in x` and `not unknown` are silent booleans in Python; here they never reach
Python's operators.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kerlint.python.domain import MISSING
from kerlint.python.formatting import percent
from kerlint.python.paths import alternatives, both, join, same
from kerlint.python.values import (
    CONSTANTS,
    BoundMethod,
    Builtin,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    ModuleValue,
    OneOf,
    SetValue,
    Symbol,
    Unknown,
    Value,
    is_constant,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.source import Place

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add,
    "Subtract": operator.sub,
    "Multiply": operator.mul,
    "Divide": operator.truediv,
    "FloorDivide": operator.floordiv,
    "Modulo": operator.mod,
    "Power": operator.pow,
    "LeftShift": operator.lshift,
    "RightShift": operator.rshift,
    "BitAnd": operator.and_,
    "BitOr": operator.or_,
    "BitXor": operator.xor,
    "MatrixMultiply": operator.matmul,
}
UNARY: dict[str, Callable[[Any], Any]] = {
    "Minus": operator.neg,
    "Plus": operator.pos,
    "BitInvert": operator.invert,
}
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "LessThan": operator.lt,
    "LessThanEqual": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEqual": operator.ge,
}
_NUMBERS = (int, float, complex)
_SEQUENCES = (*CONSTANTS, tuple)


def truth(value: Value) -> bool | None:
    """Whether a value counts as true; None where that is not known."""
    if isinstance(value, CONSTANTS):
        return bool(value)
    match value:
        case tuple() | range():
            return bool(value)
        case ListValue() | DictValue() | SetValue():
            return None if value.open and not value.items else bool(value.items)
        case OneOf():
            answers = {truth(one) for one in value.alternatives}
            return answers.pop() if len(answers) == 1 else None
        case Symbol() | Builtin() | ClassValue() | FunctionValue() | BoundMethod() | ModuleValue():
            return True
        case Instance():
            return None if _defines_truth(value) else True
    return None


def _defines_truth(instance: Instance) -> bool:
    if not isinstance(instance.cls, ClassValue):
        return instance.native is None
    return any(
        "__bool__" in base.namespace or "__len__" in base.namespace
        if isinstance(base, ClassValue)
        else isinstance(base, Unknown | Builtin)
        for base in instance.cls.mro
    )


def apply_binary(
    interpreter: Interpreter, name: str, left: Value, right: Value, place: Place
) -> Value:
    """`left <operator> right`, by the operator's libcst name."""
    if isinstance(left, OneOf) or isinstance(right, OneOf):
        return _each_pair(interpreter, name, left, right, place)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        found = interpreter.domain.operate(name, (left, right), place)
        return Unknown("an operand is unknown") if found is MISSING else found
    if isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS):
        return _arithmetic(interpreter, name, left, right)
    if isinstance(left, ListValue) or isinstance(right, ListValue):
        return _lists(interpreter, name, left, right)
    if isinstance(left, str) and name == "Modulo":
        return percent(left, right)
    if isinstance(left, _SEQUENCES) and isinstance(right, _SEQUENCES):
        return _sequences(interpreter, name, left, right)
    if isinstance(left, DictValue) and isinstance(right, DictValue) and name == "BitOr":
        return DictValue({**left.items, **right.items}, open=left.open or right.open)
    if isinstance(left, SetValue) and isinstance(right, SetValue):
        return _sets(name, left, right)
    found = interpreter.domain.operate(name, (left, right), place)
    return Unknown("operands of unknown kinds") if found is MISSING else found


def _each_pair(
    interpreter: Interpreter, name: str, left: Value, right: Value, place: Place
) -> Value:
    pairs = [
        (a, b, way)
        for a, p in alternatives(left)
        for b, q in alternatives(right)
        if (way := both(p, q)) is not None
    ]
    if len(pairs) > 8:
        return Unknown("differs between too many paths")
    results = []
    for a, b, path in pairs:
        with interpreter.on_path(path):
            results.append(apply_binary(interpreter, name, a, b, place))
    return join(results, [path for _, _, path in pairs])


def _arithmetic(interpreter: Interpreter, name: str, left: Any, right: Any) -> Value:
    bits = interpreter.budget.bits
    if isinstance(left, int) and isinstance(right, int):
        if name == "Power" and abs(right) * max(left.bit_length(), 1) > bits:
            return Unknown("a very large number")
        if name == "LeftShift" and right > bits:
            return Unknown("a very large number")
    try:
        result = BINARY[name](left, right)
    except (ArithmeticError, TypeError, ValueError):
        return Unknown("arithmetic that fails")
    if isinstance(result, int) and result.bit_length() > bits:
        return Unknown("a very large number")
    return result


def _lists(interpreter: Interpreter, name: str, left: Value, right: Value) -> Value:
    if name == "Add" and isinstance(left, ListValue) and isinstance(right, ListValue):
        if len(left.items) + len(right.items) > interpreter.budget.items:
            return ListValue([], open=True)
        return ListValue(left.items + right.items, open=left.open or right.open)
    if name == "Multiply":
        items, times = (left, right) if isinstance(left, ListValue) else (right, left)
        if isinstance(times, int) and times * len(items.items) <= interpreter.budget.items:
            return ListValue(items.items * times, open=items.open)
        return ListValue([], open=True)
    return Unknown("a list with something else")


def _sequences(interpreter: Interpreter, name: str, left: Any, right: Any) -> Value:
    if _size(name, left, right) > interpreter.budget.text:
        return Unknown("a very long text")
    function = BINARY.get(name)
    if function is None or not _elementary(name, left, right):
        return Unknown("operands of different kinds")
    try:
        return function(left, right)
    except (TypeError, ValueError, ArithmeticError):
        return Unknown("an operation that fails")


def _elementary(name: str, left: Any, right: Any) -> bool:
    """Tuples may only be joined and repeated: their items can be of any kind."""
    return name in ("Add", "Multiply") or not (isinstance(left, tuple) or isinstance(right, tuple))


def _size(name: str, left: Any, right: Any) -> int:
    """How long the result would be of joining or repeating; 0 for other operations."""
    match name, left, right:
        case "Add", str() | bytes() | tuple(), str() | bytes() | tuple():
            return len(left) + len(right)
        case "Multiply", str() | bytes() | tuple(), int():
            return len(left) * right
        case "Multiply", int(), str() | bytes() | tuple():
            return left * len(right)
    return 0


def _sets(name: str, left: SetValue, right: SetValue) -> Value:
    opened = left.open or right.open
    if name == "BitOr":
        return SetValue({**left.items, **right.items}, open=opened)
    if opened:
        return Unknown("an operation on an open set")
    if name == "BitAnd":
        return SetValue({key: None for key in left.items if key in right.items})
    if name == "Subtract":
        return SetValue({key: None for key in left.items if key not in right.items})
    return Unknown("an operation on sets")


def apply_unary(interpreter: Interpreter, name: str, value: Value, place: Place) -> Value:
    """`<operator> value`."""
    if name == "Not":
        known = truth(value)
        return Unknown("an unknown condition") if known is None else not known
    if isinstance(value, _NUMBERS):
        try:
            return UNARY[name](value)
        except TypeError:
            return Unknown("an operation that fails")
    found = interpreter.domain.operate(name, (value,), place)
    return Unknown("an operand is unknown") if found is MISSING else found


def apply_comparison(interpreter: Interpreter, name: str, left: Value, right: Value) -> Value:
    """`left <comparison> right`: True, False or Unknown."""
    if isinstance(left, OneOf) or isinstance(right, OneOf):
        return _compare_each(interpreter, name, left, right)
    if name in ("Is", "IsNot"):
        return _maybe_not(_is(left, right), name == "IsNot")
    if name in ("Equal", "NotEqual"):
        return _maybe_not(equal(left, right), name == "NotEqual")
    if name in ("In", "NotIn"):
        return _maybe_not(contains(left, right), name == "NotIn")
    if is_constant(left) and is_constant(right):
        try:
            return bool(COMPARISONS[name](left, right))
        except (TypeError, KeyError):
            return Unknown("a comparison that fails")
    return Unknown("an unknown comparison")


def _compare_each(interpreter: Interpreter, name: str, left: Value, right: Value) -> Value:
    answers = [
        apply_comparison(interpreter, name, a, b)
        for a, _ in alternatives(left)
        for b, _ in alternatives(right)
    ]
    if all(answer is True for answer in answers):
        return True
    return False if all(answer is False for answer in answers) else Unknown("depends on the path")


def _maybe_not(answer: bool | None, negated: bool) -> Value:
    if answer is None:
        return Unknown("an unknown comparison")
    return answer is not negated


def _is(left: Value, right: Value) -> bool | None:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    if left is right:
        return True
    if isinstance(left, CONSTANTS) or isinstance(right, CONSTANTS):
        return type(left) is type(right) and bool(left == right)
    if isinstance(left, Symbol) and isinstance(right, Symbol):
        return left == right or None
    return False


def equal(left: Value, right: Value) -> bool | None:
    """Whether two values are equal in Python's sense; None where that is not known."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    if is_constant(left) and is_constant(right):
        return bool(left == right)
    if left is right:
        return True
    if isinstance(left, ListValue) and isinstance(right, ListValue):
        return _equal_items(left.items, right.items) if not (left.open or right.open) else None
    if isinstance(left, tuple) and isinstance(right, tuple):
        return _equal_items(list(left), list(right))
    if isinstance(left, Symbol) and isinstance(right, Symbol):
        return True if same(left, right) else None
    if is_constant(left) and isinstance(right, ListValue | DictValue | SetValue | Symbol | FunctionValue):
        return False
    if is_constant(right) and isinstance(left, ListValue | DictValue | SetValue | Symbol | FunctionValue):
        return False
    return None


def _equal_items(left: list[Value], right: list[Value]) -> bool | None:
    if len(left) != len(right):
        return False
    answers = [equal(a, b) for a, b in zip(left, right, strict=True)]
    if any(answer is False for answer in answers):
        return False
    return None if None in answers else True


def contains(item: Value, container: Value) -> bool | None:
    """`item in container`; None where that is not known."""
    if isinstance(item, Unknown) or isinstance(container, Unknown):
        return None
    if isinstance(container, str):
        return item in container if isinstance(item, str) else None
    if isinstance(container, range):
        return item in container if isinstance(item, int) else None
    if isinstance(container, tuple):
        members, opened = list(container), False
    elif isinstance(container, ListValue):
        members, opened = container.items, container.open
    elif isinstance(container, DictValue | SetValue):
        members, opened = list(container.items), container.open
    else:
        return None
    answers = [equal(item, member) for member in members]
    if any(answer is True for answer in answers):
        return True
    return None if opened or None in answers else False
