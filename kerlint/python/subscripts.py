"""Subscripts: reading, writing and deleting `value[index]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.aliasing import disturb, hiding
from kerlint.python.arguments import Arguments
from kerlint.python.choices import each_pair
from kerlint.python.containers import DictValue, IteratorValue, ListValue, ViewValue
from kerlint.python.domain import MISSING
from kerlint.python.enumerations import enum_kinds, member_of_name
from kerlint.python.exceptions import fail
from kerlint.python.formulas import operand_for
from kerlint.python.iteration import iterate, size_of
from kerlint.python.joining import MOST_ALTERNATIVES, join
from kerlint.python.keys import is_key, put
from kerlint.python.likely import Likely, computed, supposed
from kerlint.python.refs import UNKNOWN, OneOf, Unknown, Value, next_serial
from kerlint.python.special import special
from kerlint.python.values import ClassValue, Instance, Symbol, is_constant

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


def is_known_slice(index: slice) -> bool:
    """Whether all bounds are known integers or None."""
    return all(bound is None or isinstance(bound, int) for bound in (index.start, index.stop, index.step))


def load_subscript(interpreter: Interpreter, value: Value, index: Value, place: Place) -> Value:
    """`value[index]`."""
    if isinstance(value, OneOf) or isinstance(index, OneOf):
        return each_pair(interpreter, value, index, lambda a, b: load_subscript(interpreter, a, b, place))
    if isinstance(value, Likely) or isinstance(index, Likely):
        return computed(interpreter, (value, index), lambda a, b: load_subscript(interpreter, a, b, place))
    if isinstance(value, Unknown):
        return Unknown(value.reason, value.hides)
    index = supposed(interpreter, index)
    if isinstance(value, ListValue):
        return _from_list(interpreter, value, index)
    if isinstance(value, tuple | str | bytes | range):
        return _from_sequence(interpreter, value, index)
    if isinstance(value, DictValue):
        return _from_dict(interpreter, value, index, place)
    if isinstance(value, Symbol):
        return (
            value
            if value.name[:1].isupper() and not value.name.isupper()
            else Unknown(f"an item of {value.dotted}")
        )
    if isinstance(value, ClassValue):
        return member_of_name(value, index) if enum_kinds(value) else value
    found = interpreter.domain.operate("Subscript", (value, index), place)
    if found is not MISSING:
        return found
    if isinstance(value, Instance):
        return _of_instance(interpreter, value, index, place)
    return Unknown("a subscript of something unknown")


def _of_instance(interpreter: Interpreter, value: Instance, index: Value, place: Place) -> Value:
    if value.cls == Symbol("collections.namedtuple"):
        return _from_sequence(interpreter, tuple(value.attributes.values()), index)
    found = special(interpreter, value, "__getitem__", (index,), place)
    if found is not MISSING:
        return found
    if isinstance(value.cls, Symbol):
        return Unknown("an item of a library object")
    return interpreter.domain.call_method(value, "__getitem__", Arguments.of(index), place)


def _from_list(interpreter: Interpreter, value: ListValue, index: Value) -> Value:
    if isinstance(value, IteratorValue | ViewValue):
        return fail(interpreter, "TypeError", "not subscriptable")
    if isinstance(index, slice):
        return _slice_of_list(value, index)
    if not isinstance(index, int):
        return (
            _any_of(interpreter, value.items, index)
            if not value.open
            else hiding("an unknown index", *value.items)
        )
    if value.open:
        if 0 <= index < value.steady:
            return value.items[index]
        return hiding("an index beyond what is known", *value.items)
    if -len(value.items) <= index < len(value.items):
        return value.items[index]
    return fail(interpreter, "IndexError", "an index out of range")


def _slice_of_list(value: ListValue, index: slice) -> Value:
    if not is_known_slice(index) or index.step == 0:
        return ListValue([], open=True)
    if not value.open:
        return ListValue(value.items[index])
    start, stop = index.start or 0, index.stop
    if index.step not in (None, 1) or start < 0 or (stop is not None and stop < 0):
        return ListValue([], open=True)
    if stop is not None and stop <= value.steady:
        return ListValue(value.items[start:stop])
    return ListValue(value.items[start : value.steady], open=True)


def _any_of(interpreter: Interpreter, items: list[Value], index: Value) -> Value:
    """An item nobody knows which: the same one as wherever the index was used on as many items."""
    interpreter.doubts += 1
    if not 0 < len(items) <= MOST_ALTERNATIVES:
        return hiding("an unknown item", *items)
    operand = operand_for(interpreter, index)
    branch = next_serial() if operand is None else interpreter.conditions.position(operand, len(items))
    return join(items, [((branch, arm),) for arm in range(len(items))])


def _any_value(interpreter: Interpreter, items: dict[Value, Value], key: Value) -> Value:
    """A value nobody knows which: the one of the key that the path leaves, and that other lookups will find."""
    operand = operand_for(interpreter, key)
    if operand is None or not all(map(is_constant, items)):
        return _any_of(interpreter, list(items.values()), UNKNOWN)
    ways = interpreter.conditions.lookups(operand, list(items), interpreter.path)
    left = [(value, way) for value, way in zip(items.values(), ways, strict=True) if way is not None]
    interpreter.conditions.answers += len(left) < len(items)
    interpreter.doubts += 1
    if not 0 < len(left) <= MOST_ALTERNATIVES:
        return hiding("an unknown item", *items.values())
    return join(*zip(*left, strict=True))


def _from_sequence(
    interpreter: Interpreter, value: tuple[Value, ...] | str | bytes | range, index: Value
) -> Value:
    if isinstance(index, slice):
        if not is_known_slice(index) or index.step == 0:
            return Unknown("an unknown slice")
        return value[index]
    if not isinstance(index, int):
        return (
            _any_of(interpreter, list(value), index)
            if isinstance(value, tuple)
            else Unknown("an unknown index")
        )
    if -size_of(value) <= index < size_of(value):
        return value[index]
    return fail(interpreter, "IndexError", "an index out of range")


def _from_dict(interpreter: Interpreter, value: DictValue, index: Value, place: Place) -> Value:
    if not is_key(index):
        if value.open:
            return hiding("an unknown key", *value.items.values())
        return _any_value(interpreter, value.items, index)
    if index in value.items:
        return value.items[index]
    if value.open:
        return Unknown("a key that may exist")
    if value.factory is not None:
        from kerlint.python.calls import call

        made = call(interpreter, value.factory, Arguments(), place)
        interpreter.trail.touch(value)
        value.items[index] = made
        return made
    return fail(interpreter, "KeyError", "a key that does not exist")


# Writing


def store_subscript(interpreter: Interpreter, value: Value, index: Value, item: Value, place: Place) -> None:
    """`value[index] = item`; an unknown index makes everything in the container uncertain."""
    if isinstance(value, OneOf) or isinstance(index, OneOf):
        each_pair(interpreter, value, index, lambda a, b: store_subscript(interpreter, a, b, item, place))
    elif isinstance(value, DictValue):
        interpreter.trail.touch(value)
        put(value, index, item)
    elif isinstance(value, ListValue):
        interpreter.trail.touch(value)
        _store_in_list(interpreter, value, index, item)
    elif isinstance(value, Instance):
        special(interpreter, value, "__setitem__", (index, item), place)
    elif isinstance(value, Symbol):
        interpreter.conditions.ran(value)
    elif isinstance(value, Unknown):
        interpreter.doubts += 1
        disturb(interpreter, value)
    else:
        interpreter.domain.stored(value, index, item, place)


def _store_in_list(interpreter: Interpreter, value: ListValue, index: Value, item: Value) -> None:
    if isinstance(index, slice):
        _store_slice(interpreter, value, index, item)
    elif (isinstance(index, int) and 0 <= index < value.steady) or (
        isinstance(index, int) and not value.open and -len(value.items) <= index < 0
    ):
        value.items[index] = item
    elif isinstance(index, int) and not value.open:
        fail(interpreter, "IndexError", "an index out of range")
        value.forget()
    elif value.open or not isinstance(index, Unknown):
        interpreter.doubts += 1
        value.forget()
    else:
        interpreter.doubts += 1
        lost = Unknown("may be replaced at an unknown index")
        value.items = [lost for _ in value.items]


def _store_slice(interpreter: Interpreter, value: ListValue, index: slice, item: Value) -> None:
    items, complete = iterate(interpreter, item)
    if value.open or not complete or not is_known_slice(index):
        value.forget()
        return
    try:
        value.items[index] = items
    except ValueError:
        value.forget()


def delete_subscript(interpreter: Interpreter, value: Value, index: Value, place: Place) -> None:
    """`del value[index]`."""
    if isinstance(value, OneOf) or isinstance(index, OneOf):
        each_pair(interpreter, value, index, lambda a, b: delete_subscript(interpreter, a, b, place))
    elif isinstance(value, DictValue):
        interpreter.trail.touch(value)
        if not is_key(index):
            interpreter.doubts += 1
            value.forget()
        elif index in value.items:
            del value.items[index]
        elif value.open:
            interpreter.doubts += 1
        else:
            fail(interpreter, "KeyError", "a key that does not exist")
    elif isinstance(value, ListValue):
        interpreter.trail.touch(value)
        _delete_from_list(interpreter, value, index)
    elif isinstance(value, Instance):
        special(interpreter, value, "__delitem__", (index,), place)
    elif isinstance(value, Unknown):
        interpreter.doubts += 1
        disturb(interpreter, value)


def _delete_from_list(interpreter: Interpreter, value: ListValue, index: Value) -> None:
    known = isinstance(index, int) or (isinstance(index, slice) and is_known_slice(index))
    if value.open or not known:
        interpreter.doubts += 1
        value.forget()
        return
    try:
        del value.items[index]
    except IndexError:
        fail(interpreter, "IndexError", "an index out of range")
