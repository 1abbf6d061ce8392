"""Built-in functions that make and walk sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.aliasing import hiding
from kerlint.python.arguments import Arguments
from kerlint.python.calls import call
from kerlint.python.choices import each
from kerlint.python.containers import DictValue, IteratorValue, ListValue, SetValue
from kerlint.python.domain import MISSING
from kerlint.python.enumerations import enum_kinds, enum_members
from kerlint.python.exceptions import fail
from kerlint.python.iteration import iterate, members, size_of
from kerlint.python.keys import make_set, put
from kerlint.python.live import LiveValue
from kerlint.python.operators import update
from kerlint.python.pure import pure
from kerlint.python.records import RECORD
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.special import special
from kerlint.python.truth import truth
from kerlint.python.values import CONSTANTS, ClassValue, Instance

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


def length(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`len(obj)`."""
    return length_of(interpreter, arguments.get(0, "obj"), place)


def length_of(interpreter: Interpreter, value: Value, place: Place) -> Value:
    """The length of a value, as far as it is known."""
    if isinstance(value, OneOf):
        return each(interpreter, value, lambda one: length_of(interpreter, one, place))
    if isinstance(value, IteratorValue) or (
        isinstance(value, CONSTANTS) and not isinstance(value, str | bytes)
    ):
        return fail(interpreter, "TypeError", "something without length")
    if isinstance(value, ListValue | DictValue | SetValue):
        return Unknown("an unknown length") if value.open else len(value.items)
    if isinstance(value, str | bytes | tuple | range):
        return size_of(value)
    if isinstance(value, ClassValue) and enum_kinds(value):
        found = enum_members(value)
        return Unknown("an unknown length") if found is None else len(found)
    if isinstance(value, Instance) and value.cls == RECORD:
        return len(value.attributes)
    found = interpreter.domain.attribute(value, "__len__")
    if isinstance(found, int | Unknown):
        return found
    if isinstance(value, Instance) and isinstance(value.cls, ClassValue):
        answer = special(interpreter, value, "__len__", (), place)
        return Unknown("an unknown length") if answer is MISSING else answer
    interpreter.domain.asked("len", value, place)
    return Unknown("the length of something unknown")


def make_range(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`range(...)`."""
    given = [arg.value for arg in arguments.positional]
    if any(isinstance(bound, OneOf) for bound in given):
        return pure(range)(interpreter, arguments, place)
    if given and all(isinstance(bound, int) for bound in given) and 0 not in given[2:]:
        return range(*given[:3])
    for bound in given:
        interpreter.domain.asked("range", bound, place)
    return Unknown("an unknown range")


def enumerated(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`enumerate(iterable, start)`."""
    value, start = arguments.get(0, "iterable"), arguments.get(1, "start", 0)
    if not isinstance(start, int):
        start = None
    if type(value) is ListValue and not value.open:
        return LiveValue(
            [value], lambda index, item: (Unknown("an index") if start is None else start + index, item)
        )
    items, complete = iterate(interpreter, value)
    pairs: list[Value] = [
        (Unknown("an index") if start is None else start + index, item) for index, item in enumerate(items)
    ]
    made = IteratorValue(pairs, open=not complete)
    if not complete:
        made.add([(Unknown("an index"), hiding("an item of something unknown", value))])
    return made


def zipped(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`zip(...)`."""
    made = interpreter.domain.zipped([arg.value for arg in arguments.positional])
    if made is not MISSING:
        return made
    if not arguments.exact:
        return IteratorValue([], open=True)
    values = [arg.value for arg in arguments.positional]
    if values and all(
        type(value) in (ListValue, tuple) and not getattr(value, "open", False) for value in values
    ):
        sources = [value if isinstance(value, ListValue) else list(value) for value in values]
        return LiveValue(sources, lambda index, *items: items)
    parts = [iterate(interpreter, value) for value in values]
    rows: list[Value] = [tuple(row) for row in zip(*(items for items, _ in parts), strict=False)]
    shortest = min((len(items) for items, complete in parts if complete), default=None)
    complete = not parts or (shortest is not None and shortest <= len(rows))
    made = IteratorValue(rows, open=not complete)
    if not complete:
        made.add([tuple(hiding("an item of something unknown", value) for value in values)])
    return made


def make_list(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`list(iterable)`."""
    if not arguments.positional:
        return ListValue([])
    value = arguments.positional[0].value
    if isinstance(value, OneOf):
        return each(interpreter, value, lambda one: make_list(interpreter, Arguments.of(one), place))
    loose = value.items[value.steady :] if isinstance(value, ListValue) else []
    items, complete = iterate(interpreter, value)
    if complete:
        return ListValue(items)
    return ListValue([*items, *loose], open=True, loose=len(loose))


def make_iterator(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`iter(iterable)`."""
    value = arguments.get(0, "object")
    if len(arguments.positional) != 1 or isinstance(value, Instance):
        return Unknown("an iterator")
    if isinstance(value, IteratorValue):
        return value
    if type(value) is ListValue and not value.open:
        return LiveValue([value], _itself)
    items, complete = iterate(interpreter, value)
    return IteratorValue(items, open=not complete)


def _itself(index: int, item: Value) -> Value:
    return item


def following(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`next(iterator, default)`."""
    value = arguments.get(0, "iterator")
    if isinstance(value, IteratorValue):
        interpreter.trail.touch(value)
        try:
            return value.take()
        except IndexError:
            pass
        if value.open:
            hidden = value.items
            value.items, value.loose = [], 0
            return hiding("the next item", *hidden)
        if len(arguments.positional) > 1:
            return arguments.positional[1].value
        return fail(interpreter, "StopIteration", "no item is left")
    if isinstance(value, Instance) and len(arguments.positional) == 1:
        found = special(interpreter, value, "__next__", (), place)
        return Unknown("the next item") if found is MISSING else found
    return Unknown("the next item")


def make_tuple(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`tuple(iterable)`."""
    if not arguments.positional:
        return ()
    value = arguments.positional[0].value
    if isinstance(value, OneOf):
        return each(interpreter, value, lambda one: make_tuple(interpreter, Arguments.of(one), place))
    items, complete = iterate(interpreter, value)
    return tuple(items) if complete else Unknown("a tuple of unknown length")


def make_set_of(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`set(iterable)`."""
    items, complete = members(interpreter, arguments.get(0, "iterable", ()))
    return make_set(items, not complete)


def make_frozenset(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`frozenset(iterable)`."""
    items, complete = members(interpreter, arguments.get(0, "iterable", ()))
    return make_set(items, not complete, frozen=True)


def make_dict(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`dict(mapping_or_pairs, **names)`."""
    made = DictValue({})
    if arguments.open_positional:
        made.open = True
    elif arguments.positional:
        add_pairs(interpreter, arguments.positional[0].value, made)
    for name, arg in arguments.keywords.items():
        made.items[name] = arg.value
    made.open = made.open or arguments.open_keywords
    return made


def add_pairs(interpreter: Interpreter, source: Value, made: DictValue) -> None:
    """What `dict(source)` and `update(source)` put into a dict; the caller has touched the trail."""
    if isinstance(source, DictValue):
        update(made, source)
        return
    items, complete = iterate(interpreter, source)
    for item in items:
        pair, whole = iterate(interpreter, item)
        if whole and len(pair) == 2:
            put(made, pair[0], pair[1])
        else:
            complete = False
    if not complete:
        update(made, Unknown("unknown pairs"))


def mapped(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`map(function, ...)`."""
    if len(arguments.positional) < 2:
        return Unknown("maps something unknown")
    function = arguments.positional[0].value
    parts = [iterate(interpreter, arg.value) for arg in arguments.positional[1:]]
    complete = all(whole for _, whole in parts)
    rows = zip(*[items for items, _ in parts], strict=False)
    made = IteratorValue([call(interpreter, function, Arguments.of(*row), place) for row in rows])
    made.open = not complete
    return made


def filtered(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`filter(function, iterable)`."""
    function = arguments.get(0, "function")
    items, complete = iterate(interpreter, arguments.get(1, "iterable"))
    made = IteratorValue([])
    for item in items:
        answer = truth(
            interpreter, item if function is None else call(interpreter, function, Arguments.of(item), place)
        )
        made.open = made.open or answer is None
        if answer is not False:
            if made.open:
                made.add([item])
            else:
                made.items.append(item)
    made.open = made.open or not complete
    return made


def reversed_items(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`reversed(sequence)`."""
    value = arguments.get(0, "sequence")
    if type(value) is ListValue and not value.open:
        return LiveValue([value], _itself, backwards=True)
    items, complete = iterate(interpreter, value)
    return IteratorValue(items[::-1]) if complete else IteratorValue([], open=True)
