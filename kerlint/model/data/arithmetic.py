"""Operators on arrays: the shape broadcasts, the dtype promotes, the range follows the bounds."""

from __future__ import annotations

import math
from dataclasses import replace

from kerlint.keras_api.dims import broadcast
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape, ShapeError
from kerlint.model.data.arrays import ArrayValue, fact_of, is_float, is_integer
from kerlint.model.data_facts import ArrayFact, Labels
from kerlint.python.values import Unknown, Value

Range = tuple[float | None, float | None]

BINARY = {
    "Add": "add",
    "Subtract": "subtract",
    "Multiply": "multiply",
    "Divide": "true_divide",
    "FloorDivide": "floor_divide",
    "Modulo": "mod",
    "Power": "power",
}
COMPARISONS = frozenset({"Equal", "NotEqual", "LessThan", "LessThanEqual", "GreaterThan", "GreaterThanEqual"})
PIXELS = (127.0, 128.0, 127.5, 255.0, 256.0)
"""What images are divided by."""
LIMITS = {"uint8": (0, 255), "int8": (-128, 127), "uint16": (0, 65535), "bool": (0, 1)}
"""What small whole numbers hold; a result beyond wraps around."""


def operate(operator: str, left: Value, right: Value, *, repeated: bool) -> Value | None:
    """`left <operator> right` where at least one is an array; None when it is no affair of arrays."""
    mine, other = fact_of(left), fact_of(right)
    if not isinstance(left, ArrayValue) and not isinstance(right, ArrayValue):
        return None
    known = [fact for fact in (mine, other) if fact is not None]
    main = max(known, key=lambda fact: (fact.rank or 0, fact.rows is not None))
    if mine is None or other is None:
        return ArrayValue(_carried(main, ArrayFact(None)))
    shape = broadcast_shapes(mine.shape, other.shape)
    if operator in COMPARISONS and shape == ():
        return Unknown("a comparison of numbers that only the run knows")
    if operator in COMPARISONS:
        return ArrayValue(_carried(main, ArrayFact(shape, "bool", 0, 1)))
    name = BINARY.get(operator)
    if name is None:
        return ArrayValue(_carried(main, ArrayFact(shape)))
    made = ArrayFact(shape, promoted(name, mine, other, left, right))
    if not repeated:
        made = replace(made, labels=_shifted(operator, mine, right))
        low, high = bounds(name, mine, other, made.dtype)
        made = replace(made, low=low, high=high, tight=_keeps_tight(name, main, other))
    return ArrayValue(_carried(main, made, scaled=_scaling(operator, mine, right)))


def _carried(main: ArrayFact, made: ArrayFact, *, scaled: str | None = None) -> ArrayFact:
    """The rows and origin of an operand go on in a result of as many rows."""
    keeps_rows = made.shape is None or main.shape is None or made.shape[:1] == main.shape[:1]
    return replace(
        made,
        rows=main.rows if keeps_rows else None,
        source=main.source,
        scaled=scaled or main.scaled,
        shuffled=main.shuffled,
        is_likely=main.is_likely,
    )


def elementwise(fact: ArrayFact, *, dtype: str | None = None, span: Range = (None, None)) -> ArrayFact:
    """A function of each element."""
    return _carried(fact, ArrayFact(fact.shape, dtype, *span))


def _keeps_tight(name: str, main: ArrayFact, other: ArrayFact) -> bool:
    return (
        main.tight
        and other.rank == 0
        and other.low == other.high
        and name in ("add", "subtract", "multiply", "true_divide", "power")
    )


def _scaling(operator: str, mine: ArrayFact, right: Value) -> str | None:
    if operator == "Divide" and isinstance(right, int | float) and float(right) in PIXELS:
        return "divided"
    if operator == "Multiply" and isinstance(right, float) and right > 0 and round(1 / right, 3) in PIXELS:
        return "divided"
    return None


def _shifted(operator: str, mine: ArrayFact, right: Value) -> Labels | None:
    """`y - 1` are labels still."""
    if mine.labels is None or mine.labels.encoding != "integer" or not isinstance(right, int):
        return None
    step = {"Add": right, "Subtract": -right}.get(operator)
    return None if step is None else replace(mine.labels, first=mine.labels.first + step)


def broadcast_shapes(left: Shape | None, right: Shape | None) -> Shape | None:
    """numpy's broadcasting; None where it is not known or fails."""
    if left == ():
        return right
    if right == ():
        return left
    if left is None or right is None:
        return None
    try:
        found = broadcast(left, right)
    except ShapeError:
        return None
    return tuple(dim if isinstance(dim, int) else UNKNOWN_DIM for dim in found)


def promoted(name: str, left: ArrayFact, right: ArrayFact, one: Value, other: Value) -> str | None:
    """The dtype of a result, numbers of Python being weak (NEP 50); None where tables differ."""
    if left.dtype is None or right.dtype is None:
        return None
    weak_left, weak_right = not isinstance(one, ArrayValue), not isinstance(other, ArrayValue)
    if weak_left != weak_right:
        strong, weak = (right.dtype, left.dtype) if weak_left else (left.dtype, right.dtype)
        result = strong if is_float(strong) or (is_integer(weak) and strong != "bool") else "float64"
        if strong == "bool" and is_integer(weak):
            result = "int64"
    elif left.dtype == right.dtype:
        result = left.dtype
    elif is_float(left.dtype) != is_float(right.dtype):
        whole, real = (left.dtype, right.dtype) if is_float(right.dtype) else (right.dtype, left.dtype)
        small = whole in ("bool", "uint8", "int8", "int16", "uint16")
        result = real if real == "float64" or (small and real == "float32") else "float64"
    elif is_float(left.dtype):
        result = "float64" if "float64" in (left.dtype, right.dtype) else "float32"
    elif "int64" in (left.dtype, right.dtype) and "uint64" not in (left.dtype, right.dtype):
        result = "int64"
    else:
        return None
    if "str" in (left.dtype, right.dtype) or "object" in (left.dtype, right.dtype):
        return None
    if result == "bool" or (name == "power" and "bool" in (left.dtype, right.dtype)):
        return None
    return "float64" if name == "true_divide" and is_integer(result) else result


def bounds(name: str, left: ArrayFact, right: ArrayFact, dtype: str | None) -> Range:
    """The range of a result; nothing where it may wrap around or is not a simple function of the ends."""
    if left.low is None or left.high is None or right.low is None or right.high is None:
        return (None, None)
    if name == "power":
        return _power(left, right.low if right.low == right.high else None)
    ends = [
        found
        for a in (left.low, left.high)
        for b in (right.low, right.high)
        if (found := _value(name, a, b, right)) is not None
    ]
    if len(ends) < 4:
        return (None, None)
    low, high = min(ends), max(ends)
    if is_integer(dtype):
        limits = LIMITS.get(dtype or "", (-(2**31), 2**31 - 1))
        if low < limits[0] or high > limits[1]:
            return (None, None)
    return (low, high)


def _power(left: ArrayFact, exponent: float | None) -> Range:
    """Squares and cubes; of floats only, for whole numbers wrap around."""
    if is_float(left.dtype) is not True or exponent not in (2, 3) or left.low is None or left.high is None:
        return (None, None)
    low, high = left.low**exponent, left.high**exponent
    if exponent == 3 or left.low >= 0:
        return (low, high)
    return (0.0, max(low, high)) if left.high >= 0 else (high, low)


def _value(name: str, a: float, b: float, right: ArrayFact) -> float | None:
    if any(math.isinf(end) or math.isnan(end) for end in (a, b)):
        return None
    match name:
        case "add":
            return a + b
        case "subtract":
            return a - b
        case "multiply":
            return a * b
        case "true_divide" if right.low is not None and right.high is not None:
            return a / b if right.low > 0 or right.high < 0 else None
    return None


def negated(fact: ArrayFact) -> ArrayFact:
    """`-x`."""
    if fact.low is None or fact.high is None or (fact.dtype or "uint").startswith(("uint", "bool")):
        return elementwise(fact, dtype=fact.dtype)
    return elementwise(fact, dtype=fact.dtype, span=(-fact.high, -fact.low))


def unary(operator: str, value: ArrayValue) -> Value:
    """`-x`, `+x`, `~x`."""
    if operator == "Minus":
        return ArrayValue(negated(value.facts))
    if operator == "Plus":
        return value
    return (
        ArrayValue(elementwise(value.facts, dtype=value.facts.dtype))
        if operator == "BitInvert"
        else Unknown(operator)
    )
