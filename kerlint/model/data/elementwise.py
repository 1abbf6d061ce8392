"""Functions of each element, and of all of them: what is known of the result's range and shape."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape
from kerlint.model.data.arithmetic import elementwise, operate
from kerlint.model.data.arrays import (
    ArrayValue,
    dtype_name,
    fact_of,
    fresh,
    is_float,
    is_number,
    unknown_array,
)
from kerlint.model.data_facts import ArrayFact, Labels
from kerlint.python.arguments import Arguments
from kerlint.python.values import ListValue, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

Function = Callable[["KerasDomain", Arguments, "Place"], Value]

WAVES = frozenset({"sin", "cos", "tanh"})
SAME_SHAPE = frozenset(
    """
    abs absolute exp expm1 floor ceil rint round sign fabs cbrt sqrt square log log1p log2 log10 sin cos tan
    tanh sinh cosh arctan nan_to_num clip flip fliplr flipud roll cumsum copy ascontiguousarray asfortranarray
    isnan isfinite logical_not negative cast sort
    """.split()  # noqa: SIM905
)
OPERATORS = {
    "add": "Add",
    "subtract": "Subtract",
    "multiply": "Multiply",
    "divide": "Divide",
    "true_divide": "Divide",
    "power": "Power",
    "mod": "Modulo",
    "equal": "Equal",
    "not_equal": "NotEqual",
    "greater": "GreaterThan",
    "less": "LessThan",
}
REDUCTIONS = frozenset(
    [
        "sum",
        "mean",
        "std",
        "var",
        "max",
        "min",
        "amax",
        "amin",
        "median",
        "any",
        "all",
        "nanmean",
        "argmax",
        "argmin",
        "nanmax",
        "nanmin",
        "ptp",
    ]
)

KEEPING = frozenset({"max", "min", "amax", "amin", "mean", "median"})
"""Reductions that stay within the range."""


def cast(fact: ArrayFact, dtype: str | None) -> ArrayFact:
    """`astype`: floats and wide integers keep the values."""
    keeps = is_float(dtype) is True or (dtype in ("int64", "int32") and is_float(fact.dtype) is False)
    if keeps:
        return replace(fact, dtype=dtype)
    known = dtype == fact.dtype and dtype is not None
    if (
        dtype == "uint8"
        and fact.low is not None
        and fact.high is not None
        and fact.low >= 0
        and fact.high <= 255
    ):
        keep = math.floor(fact.low), math.floor(fact.high)
        return replace(fact, dtype=dtype, low=keep[0], high=keep[1])
    return fact if known else replace(fact, dtype=dtype, low=None, high=None, tight=False)


def same_shape(name: str) -> Function:
    """A function whose result has the shape of what it is given."""

    def run(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
        values = arguments.values()
        fact = fact_of(values[0]) if values else None
        if fact is None or fact.rank == 0:
            return Unknown(f"the result of {name}")
        return ArrayValue(_mapped(name, fact, arguments))

    return run


def _mapped(name: str, fact: ArrayFact, arguments: Arguments) -> ArrayFact:
    if name in ("copy", "ascontiguousarray", "asfortranarray", "nan_to_num"):
        return fact
    if name in ("flip", "flipud", "roll", "sort", "cumsum"):
        return replace(elementwise(fact, dtype=None), rows=None)
    if name == "clip":
        low, high = arguments.get(1, "a_min"), arguments.get(2, "a_max")
        return elementwise(fact, span=(low, high) if is_number(low) and is_number(high) else (None, None))
    if name == "cast":
        return cast(fact, dtype_name(arguments.get(1, "dtype")))
    if name in WAVES:
        return elementwise(fact, span=(-1.0, 1.0))
    if name in ("abs", "absolute", "fabs", "square", "sqrt", "exp"):
        return elementwise(fact, dtype=fact.dtype if name.endswith("abs") else None)
    return elementwise(fact)


def _binary(operator: str) -> Function:
    def run(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
        values = arguments.values()
        if len(values) < 2:
            return Unknown("one operand")
        found = operate(operator, values[0], values[1], repeated=bool(domain.interpreter.loops))
        return Unknown("operands that are no arrays") if found is None else found

    return run


def reduced(shape: Shape | None, axis: Value, keepdims: Value) -> Shape | None:
    """The shape after a reduction; None when it is not known, `()` for a single number."""
    if axis is None:
        return () if keepdims is False else None
    axes = axis if isinstance(axis, tuple) else (axis,)
    if shape is None or not all(is_size(one) and -len(shape) <= one < len(shape) for one in axes):
        return None
    gone = {one % len(shape) for one in axes}
    if keepdims is True:
        return tuple(1 if index in gone else dim for index, dim in enumerate(shape))
    return tuple(dim for index, dim in enumerate(shape) if index not in gone) if keepdims is False else None


def reduce(name: str, fact: ArrayFact, axis: Value, keepdims: Value) -> Value:
    """A reduction; a single number is known for the largest code of a known data set."""
    shape = reduced(fact.shape, axis, keepdims)
    if shape == ():
        return _number(name, fact)
    keeps_rows = isinstance(axis, int) and axis not in (0,) and (fact.rank is None or axis != -fact.rank)
    made = ArrayFact(shape, rows=fact.rows if keeps_rows else None, source=fact.source)
    if name in ("argmax", "argmin"):
        labels = None
        if (
            name == "argmax"
            and fact.labels is not None
            and fact.labels.encoding == "one-hot"
            and axis in (1, -1)
        ):
            labels = Labels("integer", fact.labels.classes)
        return ArrayValue(replace(made, dtype="int64", labels=labels))
    if name in KEEPING:
        made = replace(made, low=fact.low, high=fact.high)
    return ArrayValue(made)


def _number(name: str, fact: ArrayFact) -> Value:
    labels = fact.labels
    is_whole = (
        fact.rows is not None and fact.rows.is_whole and fact.rows.start is None and fact.rows.stop is None
    )
    known = labels is not None and labels.encoding == "integer" and labels.classes is not None and is_whole
    if (
        known
        and labels is not None
        and labels.classes is not None
        and (fact.source or "").startswith("keras.datasets.")
    ):
        if name in ("max", "amax"):
            return labels.first + labels.classes - 1
        if name in ("min", "amin"):
            return labels.first
    keeps = name in KEEPING
    return ArrayValue(ArrayFact((), None, *((fact.low, fact.high) if keeps else (None, None))))


def _reduction(name: str) -> Function:
    def run(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
        values = arguments.values()
        fact = fact_of(values[0]) if values else None
        if fact is None or not arguments.exact:
            return Unknown(f"the {name} of something unknown")
        return reduce(name, fact, axis_of(arguments, 1), arguments.get(9, "keepdims", False))

    return run


def axis_of(arguments: Arguments, position: int) -> Value:
    """The axis of a reduction, lists as tuples."""
    axis = arguments.get(position, "axis")
    return tuple(axis.items) if isinstance(axis, ListValue) and not axis.open else axis


def unique(fact: ArrayFact) -> Value:
    """`np.unique(y)`: as many as there are classes, where that is known."""
    labels = fact.labels
    known = labels is not None and (fact.source or "").startswith("keras.datasets.")
    count = labels.classes if known and labels is not None and labels.encoding == "integer" else None
    return fresh(ArrayFact((UNKNOWN_DIM if count is None else count,), fact.dtype, fact.low, fact.high))


def _unique(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    values = arguments.values()
    fact = fact_of(values[0]) if values else None
    if fact is None:
        return unknown_array(None, (UNKNOWN_DIM,)) if len(values) == 1 else Unknown("unique values")
    return unique(fact) if len(values) == 1 else Unknown("unique values and more")


def _dot(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    left, right = fact_of(arguments.get(0, "a")), fact_of(arguments.get(1, "b"))
    return ArrayValue(product(left or ArrayFact(), right or ArrayFact()))


def product(left: ArrayFact, right: ArrayFact) -> ArrayFact:
    """The matrix product of a matrix with a matrix or vector."""
    shape = None
    if left.shape is not None and right.shape is not None and left.rank == 2 and right.rank in (1, 2):
        shape = (left.shape[0], *right.shape[1:])
    return ArrayFact(shape, rows=left.rows)


def _where(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    if len(arguments.values()) != 3:
        return Unknown("positions")
    test, one, other = (fact_of(value) for value in arguments.values())
    if test is None or test.rank is None or one is None or other is None:
        return unknown_array()
    low = None if one.low is None or other.low is None else min(one.low, other.low)
    high = None if one.high is None or other.high is None else max(one.high, other.high)
    whole = all(fact.dtype == "int64" and fact.rank == 0 for fact in (one, other)) and (low, high) == (0, 1)
    labels = Labels("integer", 2) if whole and test.rank == 1 else None
    shape = test.shape if one.rank == 0 and other.rank == 0 else None
    return ArrayValue(ArrayFact(shape, "int64" if whole else None, low, high, labels=labels, rows=test.rows))


ELEMENTWISE: dict[str, Function] = {
    **{name: same_shape(name) for name in SAME_SHAPE},
    **{name: _binary(operator) for name, operator in OPERATORS.items()},
    **{name: _reduction(name) for name in REDUCTIONS},
    "unique": _unique,
    "dot": _dot,
    "matmul": _dot,
    "where": _where,
}
"""numpy's, by short name."""
