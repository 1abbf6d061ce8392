"""Arrays as values of the evaluator: tensors that hold data, with what is known of that data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kerlint.keras_api.dims import join_shapes
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape
from kerlint.model.data_facts import ArrayFact, Rows
from kerlint.model.states import TensorValue
from kerlint.python.containers import IteratorValue
from kerlint.python.values import DictValue, Join, ListValue, Symbol, Unknown, Value

MOST_LITERALS = 5_000
"""Items of a nested list that are looked at."""


class ArrayValue(TensorValue):
    """An array. Its facts change when it is written to, so they are on the trail."""

    __slots__ = ("facts",)

    def __init__(self, facts: ArrayFact) -> None:
        super().__init__(facts.shape)
        self.facts = facts
        self.constant = True

    def state(self) -> Any:
        return self.facts

    def restore(self, state: Any) -> None:
        self.facts = state
        self.keras_shape = state.shape

    def merged(self, states: list[Any], join: Join) -> Any:
        return common(states)

    def __repr__(self) -> str:
        return f"ArrayValue({self.facts})"


def common(facts: Sequence[ArrayFact]) -> ArrayFact:
    """What several arrays have in common."""
    first = facts[0]
    if all(one == first for one in facts):
        return first
    low = [one.low for one in facts]
    high = [one.high for one in facts]
    return ArrayFact(
        join_shapes([one.shape for one in facts]),
        first.dtype if all(one.dtype == first.dtype for one in facts) else None,
        min(bound for bound in low if bound is not None) if None not in low else None,
        max(bound for bound in high if bound is not None) if None not in high else None,
        labels=first.labels if all(one.labels == first.labels for one in facts) else None,
        source=first.source if all(one.source == first.source for one in facts) else None,
    )


def fresh(facts: ArrayFact) -> ArrayValue:
    """A new array whose rows are its own."""
    made = ArrayValue(facts)
    made.facts = replace(facts, rows=Rows(made.serial))
    return made


def unknown_array(source: str | None = None, shape: Shape | None = None) -> ArrayValue:
    """An array of which nothing is known but where it comes from."""
    return fresh(ArrayFact(shape, source=source))


def fact_of(value: Value) -> ArrayFact | None:
    """What is known of a value taken as an array; None when it may not even be one."""
    if isinstance(value, ArrayValue):
        return value.facts
    if isinstance(value, TensorValue):
        return _of_tensor(value)
    if isinstance(value, bool):
        return ArrayFact((), "bool", int(value), int(value))
    if isinstance(value, int | float):
        return ArrayFact((), "int64" if isinstance(value, int) else "float64", value, value)
    if isinstance(value, range):
        ends = (value[0], value[-1]) if value else (0, 0)
        return ArrayFact((len(value),), "int64", min(ends), max(ends), tight=True)
    if isinstance(value, ListValue | tuple) and not isinstance(value, IteratorValue):
        return literal_fact(value)
    return None


def _of_tensor(value: TensorValue) -> ArrayFact | None:
    if value.numbers and not value.is_single:
        low, high = min(value.numbers), max(value.numbers)
        return ArrayFact(value.keras_shape, "float64", low, high, tight=True)
    return ArrayFact(value.keras_shape) if value.constant else None


def as_array(value: Value) -> Value:
    """An array of known numbers as one of which shape, dtype and range are followed; any other value as it is."""
    if type(value) is TensorValue and value.numbers and not value.is_single:
        return ArrayValue(fact_of(value) or ArrayFact())
    return value


_NUMBERS = frozenset({int, float})


def literal_fact(value: Value) -> ArrayFact:
    """Nested lists of numbers, strings or arrays, as `np.array` takes them."""
    if isinstance(value, ListValue) and value.open:
        return ArrayFact(None)
    items = value.items if isinstance(value, ListValue) else list(value)
    if not items:
        return ArrayFact((0,), "float64")
    if len(items) > MOST_LITERALS:
        return ArrayFact((len(items), UNKNOWN_DIM)[:1] if isinstance(items[0], int | float) else None)
    if isinstance(items[0], str | bytes):
        return ArrayFact((len(items),) if all(isinstance(item, str) for item in items) else None, "str")
    kinds = set(map(type, items))
    if kinds <= _NUMBERS:
        dtype = "int64" if kinds == {int} else "float64"
        return ArrayFact((len(items),), dtype, min(items), max(items), tight=True)
    parts = [fact_of(item) for item in items]
    if any(part is None or part.shape is None or part.shape != parts[0].shape for part in parts if parts[0]):
        return ArrayFact(None)
    known = [part for part in parts if part is not None]
    return _stacked(known) if len(known) == len(items) else ArrayFact(None)


def _stacked(parts: list[ArrayFact]) -> ArrayFact:
    whole = common(parts)
    kinds = {part.dtype for part in parts}
    dtype = kinds.pop() if len(kinds) == 1 else "float64" if kinds == {"int64", "float64"} else None
    shape = None if whole.shape is None else (len(parts), *whole.shape)
    return ArrayFact(shape, dtype, whole.low, whole.high, tight=whole.low is not None)


def is_number(value: Value) -> bool:
    """Whether a value is a plain number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def dtype_name(value: Value) -> str | None:
    """The name of a dtype however it is written: `"float32"`, `np.float32`, `float`, `tf.float32`."""
    if isinstance(value, str):
        return {"int": "int64", "float": "float64", "f4": "float32", "uint8": "uint8"}.get(value, value)
    if isinstance(value, Symbol):
        return {"bool_": "bool", "int": "int64", "int_": "int64"}.get(value.name, value.name)
    name = getattr(value, "name", None)
    return {"int": "int64", "float": "float64", "bool": "bool"}.get(name) if isinstance(name, str) else None


def is_float(dtype: str | None) -> bool | None:
    """Whether a dtype is one of floating point numbers; None when it is not known."""
    return None if dtype is None else dtype.startswith(("float", "bfloat"))


def is_integer(dtype: str | None) -> bool:
    """Whether a dtype is certainly one of whole numbers."""
    return dtype is not None and dtype.startswith(("int", "uint", "bool"))


def arrays_in(value: Value) -> list[ArrayValue]:
    """The arrays of a nested structure."""
    match value:
        case ArrayValue():
            return [value]
        case tuple():
            return [found for item in value for found in arrays_in(item)]
        case ListValue():
            return [found for item in value.items for found in arrays_in(item)]
        case DictValue():
            return [found for item in value.items.values() for found in arrays_in(item)]
    return []


def nothing_known(reason: str) -> Unknown:
    """The answer of an operation that is not known."""
    return Unknown(reason)
