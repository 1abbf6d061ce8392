"""What functions that make arrays fill them with: dtype and range, by the function that makes the shape."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape
from kerlint.model.data.arrays import ArrayValue, dtype_name, fact_of, fresh, is_number, unknown_array
from kerlint.model.data_facts import ArrayFact, Labels
from kerlint.python.arguments import Arguments
from kerlint.python.values import Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain

CONSTANT = {"zeros": 0, "ones": 1, "zeros_like": 0, "ones_like": 1}
UNIT = frozenset({"rand", "random", "random_sample", "ranf"})
GAUSSIAN = frozenset({"randn", "standard_normal", "normal", "random_normal", "truncated_normal"})


def filled(symbol: str, shape: Shape | None, arguments: Arguments) -> ArrayValue:
    """The array that a creating function makes in this shape."""
    home, _, name = symbol.rpartition(".")
    fact = ArrayFact(shape, _dtype(home, name, arguments), source=symbol)
    if name in CONSTANT:
        value = CONSTANT[name]
        return fresh(replace(fact, low=value, high=value))
    if name in UNIT:
        return fresh(replace(fact, low=0.0, high=1.0, tight=True))
    if name == "uniform":
        return fresh(_bounded(fact, arguments, ("low", "minval"), ("high", "maxval")))
    if name == "randint":
        return fresh(_whole(fact, arguments, inclusive=0))
    if name == "arange" or name == "range":
        return fresh(_counted(fact, arguments))
    return fresh(fact)


def _dtype(home: str, name: str, arguments: Arguments) -> str | None:
    told = arguments.keywords.get("dtype")
    if told is not None:
        return dtype_name(told.value)
    if name in ("zeros", "ones", "empty") and len(arguments.positional) > 1:
        return dtype_name(arguments.positional[1].value)
    if name in ("randint", "arange", "range", "full", "eye"):
        return "int64" if home == "numpy.random" else None
    return "float64" if home.startswith("numpy") else "float32"


def _bounded(
    fact: ArrayFact, arguments: Arguments, lows: tuple[str, ...], highs: tuple[str, ...]
) -> ArrayFact:
    at = 0 if fact.source is not None and fact.source.startswith("numpy") else 1
    low = _named(arguments, at, lows, 0.0)
    high = _named(arguments, at + 1, highs, 1.0)
    if not is_number(low) or not is_number(high):
        return fact
    return replace(fact, low=float(low), high=float(high), tight=True)


def _named(arguments: Arguments, position: int, names: tuple[str, ...], default: Value) -> Value:
    for name in names:
        if name in arguments.keywords:
            return arguments.keywords[name].value
    return arguments.get(position, names[0], default)


def _whole(fact: ArrayFact, arguments: Arguments, *, inclusive: int) -> ArrayFact:
    """`randint(high)`, `randint(low, high)`; numpy excludes the end."""
    at = 0 if fact.source is not None and fact.source.startswith("numpy") else 1
    low, high = (
        _named(arguments, at, ("low", "minval"), None),
        _named(arguments, at + 1, ("high", "maxval"), None),
    )
    if high is None:
        low, high = 0, low
    if not is_size(low) or not is_size(high) or high <= low:
        return fact
    last = high - 1 + inclusive
    labels = (
        Labels("integer", last - low + 1, low)
        if (fact.rank in (1, None) or fact.shape is None or fact.shape[1:] == (1,))
        else None
    )
    return replace(fact, low=low, high=last, tight=True, labels=labels)


def _is_spread(given: list[Value]) -> bool:
    """Whether `arange` is given two ends and a step of which one is a float."""
    numbers = len(given) == 3 and all(is_number(value) for value in given)
    return numbers and any(isinstance(value, float) for value in given) and given[2] > 0


def _counted(fact: ArrayFact, arguments: Arguments) -> ArrayFact:
    """`arange` of whole numbers."""
    given = [arg.value for arg in arguments.positional]
    if fact.source == "numpy.arange" and _is_spread(given) and not arguments.keywords:
        return replace(fact, dtype="float64", low=float(given[0]), high=float(given[1]), tight=True)
    if not given or not all(is_size(value) for value in given) or arguments.keywords:
        return replace(
            fact,
            dtype=dtype_name(arguments.keywords["dtype"].value) if "dtype" in arguments.keywords else None,
        )
    span = range(*given[:3]) if 0 not in given[2:] else range(0)
    if not span:
        return fact
    dtype = "int64" if fact.source == "numpy.arange" else "int32"
    return replace(fact, dtype=dtype, low=min(span[0], span[-1]), high=max(span[0], span[-1]), tight=True)


def from_literal(domain: KerasDomain, arguments: Arguments) -> Value:
    """`np.array(values)`, `np.asarray(x)`: the data of a list, or that of an array."""
    value = arguments.get(0, "object", arguments.get(0, "a", Unknown("nothing")))
    told = arguments.get(1, "dtype")
    fact = fact_of(value)
    if fact is None:
        return unknown_array()
    if told is not None:
        fact = replace(fact, dtype=dtype_name(told))
    return ArrayValue(fact) if fact.rows is not None else fresh(fact)


def like(arguments: Arguments, value: float | None) -> Value:
    """`np.zeros_like(x)` and the like."""
    fact = fact_of(arguments.get(0, "a", arguments.get(0, "x")))
    if fact is None:
        return unknown_array()
    told = arguments.keywords.get("dtype")
    dtype = fact.dtype if told is None else dtype_name(told.value)
    return fresh(ArrayFact(fact.shape, dtype, value, value))


def full(domain: KerasDomain, arguments: Arguments) -> Value:
    """`np.full(shape, value)`."""
    value = arguments.get(1, "fill_value")
    bound = value if is_number(value) else None
    fact = ArrayFact(domain.shape_of(arguments.get(0, "shape")), None, bound, bound)
    told = arguments.keywords.get("dtype")
    if told is not None:
        return fresh(replace(fact, dtype=dtype_name(told.value)))
    kinds = {int: "int64", float: "float64"}
    return fresh(replace(fact, dtype=kinds.get(type(value))))


def linspace(arguments: Arguments) -> Value:
    """`np.linspace(start, stop, num)`."""
    start, stop = arguments.get(0, "start"), arguments.get(1, "stop")
    count = arguments.get(2, "num", 50)
    fact = ArrayFact((count if is_size(count) else UNKNOWN_DIM,), "float64")
    if is_number(start) and is_number(stop) and "endpoint" not in arguments.keywords:
        fact = replace(fact, low=float(min(start, stop)), high=float(max(start, stop)), tight=True)
    elif not is_number(start) or not is_number(stop):
        fact = replace(fact, shape=None) if fact_of(start) is None or fact_of(stop) is None else fact
    return fresh(fact)
