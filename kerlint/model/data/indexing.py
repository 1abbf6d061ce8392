"""Reading and writing `x[...]`: what the shape becomes, and which rows are left."""

from __future__ import annotations

from dataclasses import replace

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape
from kerlint.model.data.arrays import ArrayValue, fact_of
from kerlint.model.data_facts import ArrayFact, Labels, Rows
from kerlint.python.subscripts import is_known_slice
from kerlint.python.values import ListValue, Value

TABLES = frozenset({"numpy.loadtxt", "numpy.genfromtxt"})
"""Readers of tables: what is indexed by rows and columns has both."""


def indexed(value: ArrayValue, index: Value) -> ArrayValue:
    """`value[index]`."""
    fact = value.facts
    parts = list(index) if isinstance(index, tuple) else [index]
    if isinstance(index, str) or any(isinstance(part, str) for part in parts):
        return ArrayValue(ArrayFact(None, source=fact.source, rows=fact.rows))
    if not parts:
        return value
    shape, sure = _indexed_shape(fact, parts)
    made = replace(fact, shape=shape, rows=_rows(fact, parts[0]), is_likely=fact.is_likely or not sure)
    picker = fact_of(parts[0]) if not isinstance(parts[0], slice) else None
    if picker is not None and picker.shuffled:
        made = replace(made, shuffled=(*fact.shuffled, *picker.shuffled))
    if not _keeps_labels(fact, parts):
        made = replace(made, labels=None)
    if parts[0] is not None and parts[0] is not Ellipsis and not _is_all(parts[0]):
        made = replace(made, tight=fact.tight and isinstance(parts[0], slice))
    return ArrayValue(made)


def _is_all(part: Value) -> bool:
    return isinstance(part, slice) and (part.start, part.stop, part.step) == (None, None, None)


def _keeps_labels(fact: ArrayFact, parts: list[Value]) -> bool:
    """Picking rows keeps an encoding; picking columns does not."""
    if fact.labels is None:
        return False
    if len(parts) == 1:
        return parts[0] is not None
    columns = [part for part in parts[1:] if part is not None and part is not Ellipsis and not _is_all(part)]
    return not columns or (fact.labels.encoding == "integer" and columns == [0])


def _indexed_shape(fact: ArrayFact, parts: list[Value]) -> tuple[Shape | None, bool]:
    """The shape, and whether it is certain rather than what the file should hold."""
    shape = fact.shape
    if shape is None and fact.source in TABLES and len(parts) == 2:
        shape = (UNKNOWN_DIM, UNKNOWN_DIM)
    if shape is None:
        return None, True
    parts = _spread(parts, shape)
    if parts is None or any(not _is_basic(part) for part in parts):
        return _fancy(shape, parts), True
    result: list[Dim] = []
    position, sure = 0, True
    for part in parts:
        if part is None:
            result.append(1)
            continue
        if position >= len(shape):
            return None, True
        if isinstance(part, slice):
            dim, certain = _sliced(shape[position], part, is_batch=position == 0)
            result.append(dim)
            sure = sure and certain
        position += 1
    return (*result, *shape[position:]), sure


def _spread(parts: list[Value], shape: Shape) -> list[Value]:
    """An ellipsis written out."""
    where = next((index for index, part in enumerate(parts) if part is Ellipsis), None)
    if where is None:
        return parts
    taken = sum(part is not None and part is not Ellipsis for part in parts)
    return [*parts[:where], *[slice(None)] * (len(shape) - taken), *parts[where + 1 :]]


def _is_basic(part: Value) -> bool:
    if isinstance(part, bool):
        return False
    return part is None or isinstance(part, int | slice) or fact_rank(part) == 0


def fact_rank(value: Value) -> int | None:
    """The number of axes of an index that is an array or a list."""
    fact = fact_of(value) if not isinstance(value, slice) else None
    return None if fact is None else fact.rank


def _fancy(shape: Shape, parts: list[Value] | None) -> Shape | None:
    """Indexing by one array or list of integers, or by one mask, beside slices."""
    if parts is None:
        return None
    others = [part for part in parts if not _is_basic(part)]
    if len(others) != 1 or any(not isinstance(part, slice) for part in parts if part is not others[0]):
        return None
    at = parts.index(others[0])
    picker = fact_of(others[0])
    if picker is None or picker.rank is None:
        return None
    before = [_sliced(shape[i], parts[i], is_batch=i == 0)[0] for i in range(min(at, len(shape)))]
    after = [
        _sliced(shape[i], parts[i], is_batch=False)[0] if i < len(parts) else shape[i]
        for i in range(at + 1, len(shape))
    ]
    if picker.dtype == "bool":
        return (*before, UNKNOWN_DIM, *after) if picker.rank == 1 else None
    if picker.dtype is None and not isinstance(others[0], ListValue | tuple):
        return (*before, UNKNOWN_DIM, *after) if picker.rank == 1 else None
    return (*before, *(picker.shape or ()), *after)


def _sliced(dim: Dim, part: slice, *, is_batch: bool) -> tuple[Dim, bool]:
    if _is_all(part):
        return dim, True
    if not is_known_slice(part):
        return UNKNOWN_DIM, True
    if is_size(dim):
        return len(range(*part.indices(dim))), True
    if is_batch or part.stop is None or part.step not in (None, 1):
        return UNKNOWN_DIM, True
    start, stop = part.start or 0, part.stop
    same_side = (start < 0) == (stop < 0) or start == 0 <= stop
    return (max(0, stop - start), False) if same_side and not start < 0 else (UNKNOWN_DIM, True)


def _rows(fact: ArrayFact, part: Value) -> Rows | None:
    """The rows that are left of the origin's."""
    rows = fact.rows
    if rows is None or part is Ellipsis or (isinstance(part, slice) and _is_all(part)):
        return rows
    if part is None:
        return None
    plain = isinstance(part, slice) and is_known_slice(part) and part.step in (None, 1)
    if not plain or rows.start is not None or rows.stop is not None or not rows.is_whole:
        return replace(rows, is_whole=False, start=None, stop=None)
    count = fact.count
    if not is_size(count) and ((part.start or 0) < 0 or (part.stop or 0) < 0):
        return replace(rows, is_whole=False)
    if is_size(count):
        start, stop, _ = part.indices(count)
        return replace(rows, start=start, stop=stop)
    return replace(rows, start=part.start or 0, stop=part.stop)


def written(value: ArrayValue, index: Value, item: Value) -> ArrayFact:
    """What is known of an array after `value[index] = item`."""
    fact, given = value.facts, fact_of(item)
    low, high = fact.low, fact.high
    if given is None or None in (given.low, given.high, low, high):
        low = high = None
    else:
        assert given.low is not None and given.high is not None and low is not None and high is not None
        low, high = min(low, given.low), max(high, given.high)
    labels = fact.labels if isinstance(fact.labels, Labels) and (low, high) == (fact.low, fact.high) else None
    shape = None if isinstance(index, str) else fact.shape
    return replace(fact, shape=shape, low=low, high=high, labels=labels, tight=False, scaled=None)
