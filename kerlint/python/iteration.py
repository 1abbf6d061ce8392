"""What iterating over a value gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kerlint.python.containers import DictValue, IteratorValue, ListValue, SetValue
from kerlint.python.domain import MISSING
from kerlint.python.enumerations import enum_kinds, enum_members
from kerlint.python.joining import MOST_ALTERNATIVES
from kerlint.python.likely import Likely, supposed
from kerlint.python.refs import GAP, OneOf, Unknown, Value
from kerlint.python.special import special
from kerlint.python.truth import truth
from kerlint.python.values import Builtin, ClassValue, FunctionValue, Instance, ModuleValue, Symbol

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter


def iterate(interpreter: Interpreter, value: Value) -> tuple[list[Value], bool]:
    """The items of an iterable in order, and whether these are all of them; an iterator is used up.

    An unknown iterable gives no items and False. The order of a set is not known, so that each of its items
    is any one of them.
    """
    items, complete = members(interpreter, value)
    if isinstance(value, SetValue) and len(items) > 1:
        some = _any_of(items) if complete else Unknown("an item of a set")
        return [some] * len(items), complete
    return items, complete


def _any_of(items: list[Value]) -> Value:
    if len(items) > MOST_ALTERNATIVES:
        return Unknown("an item of a set")
    return OneOf(tuple(items), tuple(() for _ in items))


def members(interpreter: Interpreter, value: Value) -> tuple[list[Value], bool]:
    """The items of an iterable for those who do not ask for their order."""
    match value:
        case IteratorValue():
            interpreter.trail.touch(value)
            items = value.take_all()
            return items, not value.open
        case ListValue():
            interpreter.charge(len(value.items))
            return value.items[: value.steady], not value.open
        case tuple():
            return list(value), True
        case DictValue() | SetValue():
            return ([], False) if value.open else (list(value.items), True)
        case range() | str() | bytes():
            first = list(value[: interpreter.budget.items])
            interpreter.charge(len(first))
            return first, size_of(value) <= len(first)
        case ClassValue() if enum_kinds(value):
            found = enum_members(value)
            return (found, True) if found is not None else ([], False)
        case Likely() if (plain := supposed(interpreter, value)) is value.value and truth(interpreter, plain):
            return members(interpreter, plain)
        case Unknown() | OneOf() | Symbol() | Builtin() | FunctionValue() | ClassValue() | ModuleValue():
            return [], False
        case Instance():
            return _of_instance(interpreter, value)
    return _of_domain(interpreter, value)


def size_of(value: range | str | bytes | tuple[Value, ...]) -> int:
    """`len(value)`, also for ranges that are longer than Python's `len` can tell."""
    if not isinstance(value, range):
        return len(value)
    return max(0, (value[-1] - value[0]) // value.step + 1) if value else 0


def loose_items(value: Value) -> list[Value]:
    """What may come after the certain items of an open container."""
    if isinstance(value, ListValue):
        return [item for item in value.items[value.steady :] if item is not GAP]
    return list(value.items) if isinstance(value, DictValue | SetValue) and value.open else []


def _of_instance(interpreter: Interpreter, value: Instance) -> tuple[list[Value], bool]:
    if value.cls == Symbol("collections.namedtuple"):
        return list(value.attributes.values()), True
    if isinstance(value.cls, ClassValue) and value.native is None:
        given = special(interpreter, value, "__iter__", (), interpreter.place_of(value))
        if given is not MISSING:
            return ([], False) if isinstance(given, Instance) else members(interpreter, given)
    return _of_domain(interpreter, value)


def _of_domain(interpreter: Interpreter, value: Value) -> tuple[list[Value], bool]:
    found = interpreter.domain.attribute(value, "__iter__")
    return (list(found), True) if isinstance(found, tuple) else ([], False)


class Items:
    """The items of an iterable as a `for` takes them: a list may change on the way."""

    def __init__(self, interpreter: Interpreter, iterable: Value) -> None:
        self.interpreter = interpreter
        self.iterable = iterable
        self._whole = True

    def __iter__(self) -> Iterator[Value]:
        iterable = self.iterable
        if isinstance(iterable, IteratorValue):
            while True:
                self.interpreter.trail.touch(iterable)
                try:
                    item = iterable.take()
                except IndexError:
                    return
                yield item
        elif isinstance(iterable, ListValue):
            index = 0
            while index < iterable.steady:
                yield iterable.items[index]
                index += 1
        else:
            items, self._whole = iterate(self.interpreter, iterable)
            yield from items

    @property
    def are_all(self) -> bool:
        """Whether nothing is left after the known items."""
        return not self.iterable.open if isinstance(self.iterable, ListValue) else self._whole

    @property
    def loose(self) -> list[Value]:
        """Items that may come after the known ones."""
        return loose_items(self.iterable)
