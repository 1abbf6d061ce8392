"""Subscripts: reading, writing and deleting `value[index]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.domain import MISSING
from kerlint.python.paths import alternatives, join
from kerlint.python.values import DictValue, Instance, ListValue, OneOf, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.source import Place


def slice_value(lower: Value, upper: Value, step: Value) -> Value:
    """A slice; an unknown bound makes it Unknown inside a `slice` object, which consumers check."""
    return slice(lower, upper, step)


def is_known_slice(index: slice) -> bool:
    """Whether all bounds are known integers or None."""
    return all(bound is None or isinstance(bound, int) for bound in (index.start, index.stop, index.step))


def load_subscript(interpreter: Interpreter, value: Value, index: Value, place: Place) -> Value:
    """`value[index]`."""
    if isinstance(value, OneOf):
        results = [load_subscript(interpreter, one, index, place) for one, _ in alternatives(value)]
        return join(results, value.paths)
    if isinstance(value, Unknown):
        return Unknown(value.reason)
    if isinstance(value, ListValue):
        return _from_list(value, index)
    if isinstance(value, tuple | str | bytes | range):
        return _from_sequence(value, index)
    if isinstance(value, DictValue):
        return _from_dict(interpreter, value, index, place)
    if isinstance(value, Symbol):
        return value
    found = interpreter.domain.operate("Subscript", (value, index), place)
    if found is not MISSING:
        return found
    if isinstance(value, Instance):
        return _by_method(interpreter, value, index, place)
    return Unknown("a subscript of something unknown")


def _by_method(interpreter: Interpreter, value: Instance, index: Value, place: Place) -> Value:
    from kerlint.python.arguments import Arguments
    from kerlint.python.attributes import load_attribute
    from kerlint.python.calls import call

    method = load_attribute(interpreter, value, "__getitem__", place)
    return call(interpreter, method, Arguments.of(index), place)


def _from_list(value: ListValue, index: Value) -> Value:
    if isinstance(index, slice):
        if not is_known_slice(index) or (value.open and not _from_start(index)):
            return ListValue([], open=True)
        return ListValue(value.items[index], open=value.open)
    if not isinstance(index, int):
        return Unknown("an unknown index")
    if value.open and (index < 0 or index >= len(value.items)):
        return Unknown("an index beyond what is known")
    if -len(value.items) <= index < len(value.items):
        return value.items[index]
    return Unknown("an index out of range")


def _from_start(index: slice) -> bool:
    return all(bound is None or bound >= 0 for bound in (index.start, index.stop)) and index.step in (None, 1)


def _from_sequence(value: tuple[Value, ...] | str | bytes | range, index: Value) -> Value:
    if isinstance(index, slice):
        if not is_known_slice(index) or index.step == 0:
            return Unknown("an unknown slice")
        return value[index]
    if isinstance(index, int) and -len(value) <= index < len(value):
        return value[index]
    return Unknown("an unknown index")


def _from_dict(interpreter: Interpreter, value: DictValue, index: Value, place: Place) -> Value:
    from kerlint.python.expressions import is_key

    if not is_key(index):
        return _any_of(value)
    if index in value.items:
        return value.items[index]
    if value.open:
        return Unknown("a key that may exist")
    if value.factory is not None:
        from kerlint.python.arguments import Arguments
        from kerlint.python.calls import call

        made = call(interpreter, value.factory, Arguments(), place)
        interpreter.trail.touch(value)
        value.items[index] = made
        return made
    return Unknown("a key that does not exist")


def _any_of(value: DictValue) -> Value:
    return Unknown("an unknown key")


def store_subscript(
    interpreter: Interpreter, value: Value, index: Value, item: Value, place: Place
) -> None:
    """`value[index] = item`; an unknown index makes everything in the container uncertain."""
    from kerlint.python.expressions import is_key

    if isinstance(value, DictValue):
        interpreter.trail.touch(value)
        if is_key(index):
            value.items[index] = item
        else:
            value.open = True
    elif isinstance(value, ListValue):
        interpreter.trail.touch(value)
        if isinstance(index, int) and -len(value.items) <= index < len(value.items):
            value.items[index] = item
        else:
            value.items, value.open = [], True


def delete_subscript(interpreter: Interpreter, value: Value, index: Value) -> None:
    """`del value[index]`."""
    from kerlint.python.expressions import is_key

    if isinstance(value, DictValue):
        interpreter.trail.touch(value)
        if is_key(index):
            value.items.pop(index, None)
        else:
            value.items, value.open = {}, True
    elif isinstance(value, ListValue):
        interpreter.trail.touch(value)
        if isinstance(index, int) and -len(value.items) <= index < len(value.items):
            del value.items[index]
        else:
            value.items, value.open = [], True
