"""Tensors inside arguments and results: nested lists, tuples and dicts of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kerlint.keras_api.shapes import Shape
from kerlint.model.states import TensorValue
from kerlint.python.arguments import Arg, Arguments
from kerlint.python.paths import alternatives, both
from kerlint.python.values import DictValue, Instance, ListValue, OneOf, Path, Unknown, Value

PLAIN: Final = frozenset({int, float, str, bool, type(None), Unknown, Instance, range})
"""Types that hold no tensor: most arguments and items are of them, and need no walk."""
STEADY: Final = PLAIN | {TensorValue}
"""Types of which no value holds tensors that differ by path."""


def tensors_in(value: Value) -> Iterator[TensorValue]:
    """The tensors of a nested structure in Keras's order of flattening: dicts by their sorted keys."""
    if isinstance(value, TensorValue):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            if type(item) not in PLAIN:
                yield from tensors_in(item)
    elif isinstance(value, ListValue):
        for item in value.items:
            if type(item) not in PLAIN:
                yield from tensors_in(item)
    elif isinstance(value, DictValue):
        for item in _in_key_order(value):
            yield from tensors_in(item)


def has_symbolic(value: Value) -> bool:
    """Whether any tensor with a history is in it, on any path."""
    if type(value) in PLAIN:
        return False
    if isinstance(value, TensorValue):
        return not value.constant
    if isinstance(value, OneOf):
        return any(has_symbolic(one) for one in value.alternatives)
    return any(not tensor.constant for tensor in tensors_in(value)) or (has_tensor(value) and _differs(value))


def shapes_in(value: Value) -> Iterator[Shape | None]:
    """The shapes of the tensors in a nested structure."""
    if type(value) not in PLAIN:
        for tensor in tensors_in(value):
            yield tensor.keras_shape


def _in_key_order(value: DictValue) -> list[Value]:
    if all(isinstance(key, str) for key in value.items):
        return [value.items[key] for key in sorted(value.items)]
    return list(value.items.values())


def has_tensor(value: Value) -> bool:
    """Whether any tensor is in it, on any path."""
    if type(value) in PLAIN:
        return False
    if isinstance(value, TensorValue):
        return True
    if isinstance(value, OneOf):
        return any(has_tensor(one) for one in value.alternatives)
    if isinstance(value, tuple):
        return any(type(item) not in PLAIN and has_tensor(item) for item in value)
    if isinstance(value, ListValue):
        return any(type(item) not in PLAIN and has_tensor(item) for item in value.items)
    return isinstance(value, DictValue) and any(has_tensor(item) for item in value.items.values())


def has_unknown(value: Value) -> bool:
    """Whether something unknown is in it that could be a tensor too."""
    if isinstance(value, Unknown | OneOf):
        return True
    if isinstance(value, tuple):
        return any(has_unknown(item) for item in value)
    if isinstance(value, ListValue):
        return value.open or any(has_unknown(item) for item in value.items)
    if isinstance(value, DictValue):
        return value.open or any(has_unknown(item) for item in value.items.values())
    return False


def mapped(value: Value, change: Callable[[TensorValue], Value]) -> Value:
    """The same structure with every tensor replaced."""
    if isinstance(value, TensorValue):
        return change(value)
    if isinstance(value, tuple):
        return tuple(mapped(item, change) for item in value)
    if isinstance(value, ListValue):
        return ListValue([mapped(item, change) for item in value.items], open=value.open)
    if isinstance(value, DictValue):
        return DictValue({key: mapped(item, change) for key, item in value.items.items()}, open=value.open)
    return value


def mapped_arguments(arguments: Arguments, change: Callable[[TensorValue], Value]) -> Arguments:
    """The same call with every tensor replaced."""
    made = Arguments(
        [Arg(mapped(arg.value, change), arg.node, arg.origin) for arg in arguments.positional],
        {
            name: Arg(mapped(arg.value, change), arg.node, arg.origin)
            for name, arg in arguments.keywords.items()
        },
    )
    made.open_positional, made.open_keywords = arguments.open_positional, arguments.open_keywords
    return made


Way = tuple[Arguments, Path, bool]
"""A call on one path; the flag says that there are more ways than are told apart."""


def choices(arguments: Arguments, here: Path) -> list[Way] | None:
    """The calls that tensors differing by path make of one: a choice of arguments a path.

    None when no argument differs by path in a tensor; combinations that exclude each other, or the path
    `here`, are left out.
    """
    if STEADY.issuperset(map(type, arguments.values())):
        return None
    spread: list[tuple[int | str, Value]] = [
        (index, arg.value) for index, arg in enumerate(arguments.positional) if _differs(arg.value)
    ]
    spread += [(name, arg.value) for name, arg in arguments.keywords.items() if _differs(arg.value)]
    if not spread:
        return None
    rows: list[tuple[dict[int | str, Value], Path]] = [({}, ())]
    cut = False
    for key, value in spread:
        rows = [
            ({**chosen, key: one}, way)
            for chosen, path in rows
            for one, own in spread_out(value)
            if (way := both(path, own)) is not None
        ]
        rows = [row for row in rows if both(here, row[1]) is not None] or rows
        cut = cut or len(rows) > MOST_WAYS
        rows = rows[:MOST_WAYS]
    return [(_chosen(arguments, chosen), path, cut) for chosen, path in rows]


MOST_WAYS = 8
"""Ways of one call that are told apart."""


def _chosen(arguments: Arguments, chosen: dict[int | str, Value]) -> Arguments:
    positional = [
        Arg(chosen.get(index, arg.value), arg.node, arg.origin)
        for index, arg in enumerate(arguments.positional)
    ]
    keywords = {
        name: Arg(chosen.get(name, arg.value), arg.node, arg.origin)
        for name, arg in arguments.keywords.items()
    }
    call = Arguments(positional, keywords)
    call.open_positional, call.open_keywords = arguments.open_positional, arguments.open_keywords
    return call


def _differs(value: Value) -> bool:
    if type(value) in PLAIN or isinstance(value, TensorValue):
        return False
    if isinstance(value, OneOf):
        return has_tensor(value)
    if isinstance(value, ListValue):
        return any(_differs(item) for item in value.items)
    return isinstance(value, tuple) and any(_differs(item) for item in value)


def spread_out(value: Value) -> list[tuple[Value, Path]]:
    """Every form a nested value takes on some path."""
    if isinstance(value, OneOf):
        return [
            (one, way)
            for item, path in alternatives(value)
            for one, own in spread_out(item)
            if (way := both(path, own)) is not None
        ][: MOST_WAYS + 1]
    if isinstance(value, ListValue) and _differs(value):
        return [(ListValue(items, open=value.open), path) for items, path in _rows(value.items)]
    if isinstance(value, tuple) and _differs(value):
        return [(tuple(items), path) for items, path in _rows(list(value))]
    return [(value, ())]


def _rows(items: list[Value]) -> list[tuple[list[Value], Path]]:
    rows: list[tuple[list[Value], Path]] = [([], ())]
    for item in items:
        rows = [
            ([*row, one], way)
            for row, path in rows
            for one, own in spread_out(item)
            if (way := both(path, own)) is not None
        ][: MOST_WAYS + 1]
    return rows
