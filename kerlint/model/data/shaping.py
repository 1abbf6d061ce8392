"""Functions that give an array another shape, or put arrays together: numpy's, and those of `tf` and `keras.ops`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING

from kerlint.keras_api.dims import add, is_size, multiply, size_of
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape
from kerlint.model.data.arrays import ArrayValue, common, fact_of, fresh, unknown_array
from kerlint.model.data_facts import ArrayFact, Labels
from kerlint.model.states import TensorValue
from kerlint.python.arguments import Arguments
from kerlint.python.iteration import iterate
from kerlint.python.values import ListValue, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

Function = Callable[["KerasDomain", Arguments, "Place"], Value]


def first_fact(arguments: Arguments) -> ArrayFact | None:
    """What is known of the array that a function is given first."""
    values = arguments.values()
    return fact_of(values[0]) if values else None


def reshaped(fact: ArrayFact, target: tuple[Dim, ...] | None) -> ArrayFact:
    """The same data in another shape; the rows stay rows where the first extent does."""
    shape = None if target is None else _resolved(fact.shape, target)
    same = shape is not None and fact.shape is not None and shape[:1] == fact.shape[:1] and shape != ()
    likely = same or (shape is not None and not is_size(shape[0] if shape else 0))
    return replace(fact, shape=shape, rows=fact.rows if likely else None, labels=_flat_labels(fact, shape))


def _flat_labels(fact: ArrayFact, shape: Shape | None) -> Labels | None:
    """Integer codes stay codes in any shape of one label a row."""
    if fact.labels is None or shape is None:
        return None
    is_column = len(shape) == 1 or (len(shape) == 2 and shape[1] == 1)
    if fact.labels.encoding == "integer":
        return fact.labels if is_column else None
    return fact.labels if shape == fact.shape else None


def _resolved(source: Shape | None, target: tuple[Dim, ...]) -> Shape | None:
    """The target shape with its -1 computed."""
    if any(dim == -1 for dim in target):
        rest = size_of(dim for dim in target if dim != -1)
        whole = UNKNOWN_DIM if source is None else size_of(source)
        missing: Dim = UNKNOWN_DIM
        if is_size(rest) and is_size(whole) and rest > 0 and whole % rest == 0:
            missing = whole // rest
        return tuple(missing if dim == -1 else dim for dim in target)
    return target


def target_of(domain: KerasDomain, values: list[Value]) -> tuple[Dim, ...] | None:
    """The target of `reshape`, given as a tuple or as several numbers."""
    if len(values) == 1 and not is_size(values[0]):
        return domain.shape_of(values[0])
    return tuple(value if is_size(value) else UNKNOWN_DIM for value in values) if values else None


def _reshape(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    fact = first_fact(arguments)
    target = arguments.get(1, "shape", arguments.get(1, "newshape"))
    return ArrayValue(reshaped(fact or ArrayFact(), target_of(domain, [target])))


def expanded(shape: Shape | None, axis: Value) -> Shape | None:
    """A new axis of one."""
    if shape is None or not is_size(axis):
        return None
    at = axis if axis >= 0 else len(shape) + 1 + axis
    return (*shape[:at], 1, *shape[at:]) if 0 <= at <= len(shape) else None


def _expand_dims(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    fact = first_fact(arguments) or ArrayFact()
    axis = arguments.get(1, "axis", arguments.get(1, "dim"))
    shape = expanded(fact.shape, axis)
    kept = isinstance(axis, int) and axis != 0
    labels = _flat_labels(fact, shape) if kept else None
    return ArrayValue(replace(fact, shape=shape, rows=fact.rows if kept else None, labels=labels))


def squeezed(shape: Shape | None, axis: Value) -> Shape | None:
    """Axes of one taken away."""
    if shape is None:
        return None
    if axis is None:
        return None if any(not is_size(dim) for dim in shape) else tuple(dim for dim in shape if dim != 1)
    axes = axis if isinstance(axis, tuple) else (axis,)
    if not all(is_size(one) and -len(shape) <= one < len(shape) for one in axes):
        return None
    gone = {one % len(shape) for one in axes}
    if any(is_size(shape[one]) and shape[one] != 1 for one in gone):
        return None
    return tuple(dim for index, dim in enumerate(shape) if index not in gone)


def _squeeze(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    fact = first_fact(arguments) or ArrayFact()
    shape = squeezed(fact.shape, arguments.get(1, "axis"))
    return ArrayValue(replace(fact, shape=shape, labels=_flat_labels(fact, shape)))


def transposed(shape: Shape | None, axes: Value) -> Shape | None:
    """Axes in another order."""
    if shape is None or axes is None:
        return None if shape is None else shape[::-1]
    items = list(axes.items) if isinstance(axes, ListValue) else list(axes) if isinstance(axes, tuple) else []
    if not all(is_size(one) for one in items) or sorted(one % len(shape) for one in items) != list(
        range(len(shape))
    ):
        return None
    return tuple(shape[one] for one in items)


def _transpose(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    fact = first_fact(arguments) or ArrayFact()
    shape = transposed(fact.shape, arguments.get(1, "axes", arguments.get(1, "perm")))
    kept = shape is not None and fact.shape is not None and shape[:1] == fact.shape[:1] and is_size(shape[0])
    return ArrayValue(replace(fact, shape=shape, labels=None, rows=fact.rows if kept else None))


def raveled(fact: ArrayFact) -> ArrayFact:
    """All in one row."""
    shape = None if fact.shape is None else (size_of(fact.shape),)
    is_column = fact.rank == 1 or (fact.rank == 2 and fact.shape is not None and fact.shape[1] == 1)
    shape = (UNKNOWN_DIM,) if shape is None else shape
    return replace(fact, shape=shape, rows=fact.rows if is_column else None, labels=_flat_labels(fact, shape))


def _ravel(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    return ArrayValue(raveled(first_fact(arguments) or ArrayFact()))


# Putting together


def parts_of(domain: KerasDomain, value: Value) -> list[ArrayFact] | None:
    """The arrays of a list or tuple; None when not all are known to be there."""
    if not isinstance(value, ListValue | tuple):
        return None
    items, complete = iterate(domain.interpreter, value)
    facts = [fact_of(item) for item in items]
    return [fact for fact in facts if fact is not None] if complete and None not in facts and facts else None


def concatenated(parts: list[ArrayFact], axis: int, *, repeated: bool) -> ArrayFact:
    """Arrays one after the other; in a loop nobody knows how often."""
    whole = common(parts)
    rank = parts[0].rank
    if rank is None or any(part.rank != rank for part in parts) or not -rank <= axis < rank:
        return replace(whole, shape=None)
    shapes = [part.shape for part in parts if part.shape is not None]
    at = axis % rank
    extents = [
        add(*(shape[index] for shape in shapes))
        if index == at
        else _agreed([shape[index] for shape in shapes])
        for index in range(rank)
    ]
    if repeated:
        extents[at] = UNKNOWN_DIM
    return replace(
        whole,
        shape=tuple(extents),
        labels=whole.labels if at == 0 else None,
        tight=all(part.tight for part in parts),
    )


def _agreed(dims: list[Dim]) -> Dim:
    known = [dim for dim in dims if is_size(dim)]
    return known[0] if known and all(dim == known[0] for dim in known) else UNKNOWN_DIM


def _concatenate(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    parts = parts_of(domain, arguments.get(0, "arrays", arguments.get(0, "values", arguments.get(0, "xs"))))
    axis = arguments.get(1, "axis", 0)
    if parts is None or not is_size(axis):
        return unknown_array()
    return fresh(concatenated(parts, axis, repeated=bool(domain.interpreter.loops)))


def _vstack(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    parts = parts_of(domain, arguments.get(0, "tup"))
    if parts is None or any(part.rank is None for part in parts):
        return unknown_array()
    rows = [
        replace(part, shape=(1, *part.shape)) if part.shape and part.rank == 1 else part for part in parts
    ]
    return fresh(concatenated(rows, 0, repeated=bool(domain.interpreter.loops)))


def _hstack(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    parts = parts_of(domain, arguments.get(0, "tup"))
    if parts is None or any(part.rank is None for part in parts):
        return unknown_array()
    axis = 0 if all(part.rank == 1 for part in parts) else 1
    return fresh(concatenated(parts, axis, repeated=bool(domain.interpreter.loops)))


def _stack(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    parts = parts_of(domain, arguments.get(0, "arrays", arguments.get(0, "values", arguments.get(0, "x"))))
    axis = arguments.get(1, "axis", 0)
    if parts is None or not is_size(axis):
        return unknown_array()
    whole = common(parts)
    shape = expanded(whole.shape, axis)
    if shape is not None:
        at = axis % len(shape)
        shape = (*shape[:at], len(parts), *shape[at + 1 :])
    return fresh(replace(whole, shape=shape, labels=None))


def _repeat(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    fact = first_fact(arguments) or ArrayFact()
    times, axis = arguments.get(1, "repeats"), arguments.get(2, "axis")
    if not is_size(times) or fact.shape is None:
        return unknown_array()
    if axis is None:
        return fresh(replace(raveled(fact), shape=(multiply(size_of(fact.shape), times),)))
    if not is_size(axis) or not -len(fact.shape) <= axis < len(fact.shape):
        return unknown_array()
    at = axis % len(fact.shape)
    shape = (*fact.shape[:at], multiply(fact.shape[at], times), *fact.shape[at + 1 :])
    return fresh(replace(fact, shape=shape, labels=fact.labels if at == 0 else None))


def _tile(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    fact = first_fact(arguments) or ArrayFact()
    times = target_of(domain, [arguments.get(1, "reps", arguments.get(1, "multiples"))])
    if times is None or fact.shape is None:
        return unknown_array()
    rank = max(len(times), len(fact.shape))
    left, right = (1,) * (rank - len(fact.shape)) + fact.shape, (1,) * (rank - len(times)) + times
    return fresh(
        replace(fact, shape=tuple(multiply(a, b) for a, b in zip(left, right, strict=True)), labels=None)
    )


def _append(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    left, right = fact_of(arguments.get(0, "arr")), fact_of(arguments.get(1, "values"))
    axis = arguments.get(2, "axis")
    if left is None or right is None or not (is_size(axis) or axis is None):
        return unknown_array()
    parts = [left, right] if axis is not None else [raveled(left), raveled(right)]
    return fresh(concatenated(parts, axis or 0, repeated=bool(domain.interpreter.loops)))


def _product(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`np.prod(shape)`: a plain number where all are known."""
    value = arguments.get(0, "a")
    items = value.items if isinstance(value, ListValue) and not value.open else value
    if (
        len(arguments.values()) == 1
        and isinstance(items, tuple | list)
        and all(is_size(item) for item in items)
    ):
        return prod(items)
    return Unknown("a product")


def _split(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`np.split(x, n)`: the pieces."""
    fact = first_fact(arguments) or ArrayFact()
    sections, axis = arguments.get(1, "indices_or_sections"), arguments.get(2, "axis", 0)
    if not is_size(sections) or fact.shape is None or not is_size(axis) or not 0 < sections <= 20:
        return Unknown("pieces of an array")
    at = axis % len(fact.shape)
    extent = fact.shape[at]
    piece = extent // sections if is_size(extent) and extent % sections == 0 else UNKNOWN_DIM
    shape = (*fact.shape[:at], piece, *fact.shape[at + 1 :])
    return ListValue(
        [fresh(replace(fact, shape=shape, labels=fact.labels if at == 0 else None)) for _ in range(sections)]
    )


def _swapaxes(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    return _with_axes(arguments, ("axis1", "axis2"), _swapped)


def _moveaxis(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    return _with_axes(arguments, ("source", "destination"), _moved)


def _swapped(rank: int, one: int, other: int) -> list[int]:
    order = list(range(rank))
    order[one], order[other] = order[other], order[one]
    return order


def _moved(rank: int, source: int, to: int) -> list[int]:
    order = [axis for axis in range(rank) if axis != source]
    order.insert(to, source)
    return order


def _with_axes(
    arguments: Arguments, names: tuple[str, str], ordered: Callable[[int, int, int], list[int]]
) -> Value:
    """An array whose axes are put in the order that two of them, given by number, ask for."""
    fact = first_fact(arguments) or ArrayFact()
    one, other = (arguments.get(position, name) for position, name in enumerate(names, start=1))
    rank = fact.rank
    if rank is None or not all(is_size(axis) and -rank <= axis < rank for axis in (one, other)):
        return unknown_array(fact.source)
    order = tuple(ordered(rank, one % rank, other % rank))
    return ArrayValue(replace(fact, shape=transposed(fact.shape, order), labels=None, rows=None))


SHAPING: dict[str, Function] = {
    "reshape": _reshape,
    "expand_dims": _expand_dims,
    "squeeze": _squeeze,
    "transpose": _transpose,
    "ravel": _ravel,
    "concatenate": _concatenate,
    "concat": _concatenate,
    "vstack": _vstack,
    "row_stack": _vstack,
    "hstack": _hstack,
    "stack": _stack,
    "repeat": _repeat,
    "tile": _tile,
    "append": _append,
    "prod": _product,
    "split": _split,
    "swapaxes": _swapaxes,
    "moveaxis": _moveaxis,
}
"""By the function's short name; numpy's only, but for those that `tf` and `keras.ops` have alike."""
ALSO_TENSORFLOW = frozenset({"reshape", "expand_dims", "squeeze", "transpose", "concat", "stack", "tile"})
ALSO_KERAS = frozenset(
    {"reshape", "expand_dims", "squeeze", "transpose", "ravel", "stack", "tile", "moveaxis"}
)


def shaping(symbol: str) -> Function | None:
    """The function behind a dotted name, if it is one of these."""
    home, _, name = symbol.rpartition(".")
    if (
        home == "numpy"
        or (home == "tensorflow" and name in ALSO_TENSORFLOW)
        or (home == "keras.ops" and name in ALSO_KERAS)
    ):
        return SHAPING.get(name)
    return None


def is_data(arguments: Arguments) -> bool:
    """Whether an array is given, in a list or not."""
    return any(_holds_data(value) for value in arguments.values())


def _holds_data(value: Value) -> bool:
    if isinstance(value, TensorValue):
        return value.constant
    items = value.items if isinstance(value, ListValue) else value if isinstance(value, tuple) else ()
    return any(isinstance(item, TensorValue) and item.constant for item in items)
