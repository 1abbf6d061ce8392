"""Operators with Python's own semantics on what is known, and Unknown for all else."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from kerlint.python.choices import each, each_pair
from kerlint.python.comparisons import ORDERS, contains, equal, is_same, ordered
from kerlint.python.containers import DequeValue, DictValue, IteratorValue, ListValue, SetValue, ViewValue
from kerlint.python.domain import MISSING
from kerlint.python.exceptions import fail
from kerlint.python.formatting import percent
from kerlint.python.likely import Likely, computed
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.special import special
from kerlint.python.truth import truth
from kerlint.python.values import CONSTANTS, Instance

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

BINARY: Final[dict[str, Callable[[Any, Any], Any]]] = {
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
UNARY: Final[dict[str, Callable[[Any], Any]]] = {
    "Minus": operator.neg,
    "Plus": operator.pos,
    "BitInvert": operator.invert,
}
_METHODS = {
    "Add": "add",
    "Subtract": "sub",
    "Multiply": "mul",
    "Divide": "truediv",
    "FloorDivide": "floordiv",
    "Modulo": "mod",
    "Power": "pow",
    "LeftShift": "lshift",
    "RightShift": "rshift",
    "BitAnd": "and",
    "BitOr": "or",
    "BitXor": "xor",
    "MatrixMultiply": "matmul",
}
_UNARY_METHODS = {"Minus": "__neg__", "Plus": "__pos__", "BitInvert": "__invert__"}
_NUMBERS = (int, float, complex)
_SEQUENCES = (*CONSTANTS, tuple)
_CONTAINERS = (ListValue, DictValue, SetValue)


def apply_binary(interpreter: Interpreter, name: str, left: Value, right: Value, place: Place) -> Value:
    """`left <operator> right`, by the operator's libcst name."""
    if isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS):
        return _arithmetic(interpreter, name, left, right)
    if isinstance(left, OneOf) or isinstance(right, OneOf):
        return each_pair(interpreter, left, right, lambda a, b: apply_binary(interpreter, name, a, b, place))
    if isinstance(left, Likely) or isinstance(right, Likely):
        return computed(interpreter, (left, right), lambda a, b: apply_binary(interpreter, name, a, b, place))
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        found = interpreter.domain.operate(name, (left, right), place)
        return Unknown("an operand is unknown") if found is MISSING else found
    if isinstance(left, str) and name == "Modulo":
        return percent(left, right)
    if isinstance(left, _SEQUENCES) and isinstance(right, _SEQUENCES):
        return _sequences(interpreter, name, left, right)
    if isinstance(left, _CONTAINERS) or isinstance(right, _CONTAINERS):
        found = _of_containers(interpreter, name, left, right)
        if found is not MISSING:
            return found
    found = interpreter.domain.operate(name, (left, right), place)
    if found is not MISSING:
        return found
    return _by_method(interpreter, name, left, right, place)


def _by_method(interpreter: Interpreter, name: str, left: Value, right: Value, place: Place) -> Value:
    for prefix, one, other in (("", left, right), ("r", right, left)):
        if isinstance(one, Instance):
            found = special(interpreter, one, f"__{prefix}{_METHODS[name]}__", (other,), place)
            if found is not MISSING:
                return found
    return Unknown("operands of unknown kinds")


def _arithmetic(interpreter: Interpreter, name: str, left: Any, right: Any) -> Value:
    bits = interpreter.budget.bits
    if isinstance(left, int) and isinstance(right, int):
        if name == "Power" and abs(right) * max(left.bit_length(), 1) > bits:
            return Unknown("a very large number")
        if name == "LeftShift" and right > bits:
            return Unknown("a very large number")
    try:
        result = BINARY[name](left, right)
    except ZeroDivisionError:
        return fail(interpreter, "ZeroDivisionError", "a division by zero")
    except OverflowError:
        return fail(interpreter, "OverflowError", "a number too large")
    except ValueError:
        return fail(interpreter, "ValueError", "arithmetic that fails")
    except TypeError:
        return fail(interpreter, "TypeError", "arithmetic that fails")
    if isinstance(result, int) and result.bit_length() > bits:
        return Unknown("a very large number")
    return result


def _sequences(interpreter: Interpreter, name: str, left: Any, right: Any) -> Value:
    if _size(name, left, right) > interpreter.budget.text:
        return Unknown("a very long text")
    try:
        return BINARY[name](left, right)
    except (TypeError, ValueError):
        return fail(interpreter, "TypeError", "an operation that fails")


def _size(name: str, left: Any, right: Any) -> int:
    """How long the result would be of joining or repeating; 0 for other operations."""
    match name, left, right:
        case "Add", str() | bytes() | tuple(), str() | bytes() | tuple():
            return len(left) + len(right)
        case "Multiply", str() | bytes() | tuple(), int():
            return len(left) * right
        case "Multiply", int(), str() | bytes() | tuple():
            return left * len(right)
        case "Modulo", bytes(), _:
            return 1 << 60
    return 0


# Containers


def _of_containers(interpreter: Interpreter, name: str, left: Value, right: Value) -> Value:
    if any(isinstance(one, IteratorValue | ViewValue | DequeValue) for one in (left, right)):
        return Unknown("an operation on a view or deque")
    if name == "Add" and isinstance(left, ListValue) and isinstance(right, ListValue):
        return _concatenated(interpreter, left, right)
    if name == "Multiply":
        for items, times in ((left, right), (right, left)):
            if isinstance(items, ListValue) and isinstance(times, int):
                return _repeated(interpreter, items, times)
    if isinstance(left, DictValue) and isinstance(right, DictValue) and name == "BitOr":
        return united(left, right)
    if isinstance(left, SetValue) and isinstance(right, SetValue):
        return _sets(interpreter, name, left, right)
    known = (*_CONTAINERS, *CONSTANTS, tuple)
    if isinstance(left, known) and isinstance(right, known):
        return fail(interpreter, "TypeError", "operands of different kinds")
    return MISSING


def _concatenated(interpreter: Interpreter, left: ListValue, right: ListValue) -> ListValue:
    if len(left.items) + len(right.items) > interpreter.budget.items:
        return ListValue([], open=True)
    made = ListValue(left.items[:], open=left.open, loose=left.loose)
    made.add(right.items)
    if right.open and not made.open:
        made.open, made.loose = True, right.loose
    return made


def _repeated(interpreter: Interpreter, items: ListValue, times: int) -> ListValue:
    if times * len(items.items) > interpreter.budget.items or (items.open and times > 0):
        return ListValue([], open=True)
    return ListValue(items.items * times)


def united(left: DictValue, right: DictValue) -> DictValue:
    """`left | right`: what is unknown on the right may replace anything."""
    made = DictValue(dict(left.items), open=left.open, factory=left.factory)
    update(made, right)
    return made


def update(target: DictValue, other: Value) -> None:
    """`target.update(other)`, for a dict or for something unknown. The caller has touched the trail."""
    if isinstance(other, DictValue) and not other.open:
        target.items.update(other.items)
        return
    known = other.items if isinstance(other, DictValue) else {}
    lost = Unknown("may be replaced by an unknown dict")
    target.items = dict.fromkeys(target.items, lost)
    target.items.update(known)
    target.open = True


def _sets(interpreter: Interpreter, name: str, left: SetValue, right: SetValue) -> Value:
    opened = left.open or right.open
    if name == "BitOr":
        return SetValue({**left.items, **right.items}, open=opened, frozen=left.frozen)
    if name == "BitAnd":
        common = {key: None for key in left.items if key in right.items}
        return SetValue(common, open=opened, frozen=left.frozen)
    if opened or name not in ("Subtract", "BitXor"):
        return Unknown("an operation on sets")
    rest = {key: None for key in left.items if key not in right.items}
    if name == "BitXor":
        rest |= {key: None for key in right.items if key not in left.items}
    return SetValue(rest, frozen=left.frozen)


# Unary operators and comparisons


def apply_unary(interpreter: Interpreter, name: str, value: Value, place: Place) -> Value:
    """`<operator> value`."""
    if isinstance(value, Likely):
        return computed(interpreter, (value,), lambda one: apply_unary(interpreter, name, one, place))
    if name == "Not":
        return _negated(interpreter, value, place)
    if isinstance(value, OneOf):
        return each(interpreter, value, lambda one: apply_unary(interpreter, name, one, place))
    if isinstance(value, _NUMBERS):
        try:
            return UNARY[name](value)
        except TypeError:
            return fail(interpreter, "TypeError", "an operation that fails")
    found = interpreter.domain.operate(name, (value,), place)
    if found is MISSING and isinstance(value, Instance):
        found = special(interpreter, value, _UNARY_METHODS[name], (), place)
    interpreter.doubts += found is MISSING
    return Unknown("an operand is unknown") if found is MISSING else found


def _negated(interpreter: Interpreter, value: Value, place: Place) -> Value:
    known = truth(interpreter, value)
    if known is not None:
        return not known
    if isinstance(value, OneOf):
        answers = [truth(interpreter, one) for one in value.alternatives]
        if None not in answers:
            return OneOf(tuple(not answer for answer in answers), value.paths)
    interpreter.domain.asked("not", value, place)
    return Unknown("an unknown condition")


def apply_comparison(interpreter: Interpreter, name: str, left: Value, right: Value, place: Place) -> Value:
    """`left <comparison> right`: True, False, Unknown, or what a special method gives."""
    if isinstance(left, OneOf) or isinstance(right, OneOf):
        return each_pair(
            interpreter, left, right, lambda a, b: apply_comparison(interpreter, name, a, b, place)
        )
    if isinstance(left, Likely) or isinstance(right, Likely):
        return computed(
            interpreter, (left, right), lambda a, b: apply_comparison(interpreter, name, a, b, place)
        )
    match name:
        case "Is" | "IsNot":
            return _maybe_not(is_same(interpreter, left, right), name == "IsNot")
        case "Equal" | "NotEqual":
            answer = equal(interpreter, left, right, place)
            if answer is None:
                return _compared(interpreter, name, left, right, place)
            return _maybe_not(answer, name == "NotEqual")
        case "In" | "NotIn":
            return _maybe_not(contains(interpreter, left, right, place), name == "NotIn")
    if name not in ORDERS:
        return Unknown("an unknown comparison")
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _compared(interpreter, name, left, right, place)
    found = ordered(interpreter, name, left, right, place)
    return _compared(interpreter, name, left, right, place) if isinstance(found, Unknown) else found


def _compared(interpreter: Interpreter, name: str, left: Value, right: Value, place: Place) -> Value:
    """A comparison of values of the domain's: one answer for each item of an array or tensor."""
    found = interpreter.domain.operate(name, (left, right), place)
    if isinstance(found, Unknown) and name in ("Equal", "NotEqual"):
        found = interpreter.domain.operate(f"Is{name}", (left, right), place)
    return Unknown("an unknown comparison") if found is MISSING else found


def _maybe_not(answer: bool | None, negated: bool) -> Value:
    if answer is None:
        return Unknown("an unknown comparison")
    return answer is not negated


__all__ = ["BINARY", "apply_binary", "apply_comparison", "apply_unary", "truth", "united", "update"]
