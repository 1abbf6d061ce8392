"""Assignment to any target: names, attributes, subscripts, and tuples of them with a star."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.choices import each
from kerlint.python.containers import IteratorValue, ListValue
from kerlint.python.exceptions import fail
from kerlint.python.iteration import iterate
from kerlint.python.joining import alternatives, join
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.scope import Frame, attribute_name
from kerlint.python.storing import store_attribute
from kerlint.python.subscripts import load_subscript, store_subscript

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

Elements = Sequence[cst.BaseElement]


def assign(interpreter: Interpreter, target: cst.CSTNode, value: Value, frame: Frame) -> None:
    """Bind `value` to a target."""
    if type(target) is cst.Name:
        interpreter.store(target.value, value, frame)
    elif type(target) is cst.Tuple or type(target) is cst.List:
        _unpack(interpreter, target, value, frame)
    elif type(target) is cst.Attribute:
        owner = interpreter.evaluate(target.value, frame)
        name = attribute_name(target.attr.value, frame)
        store_attribute(interpreter, owner, name, value, interpreter.place(target, frame))
    elif type(target) is cst.Subscript:
        from kerlint.python.expressions import subscript_index

        owner = interpreter.evaluate(target.value, frame)
        index = subscript_index(interpreter, target, frame)
        store_subscript(interpreter, owner, index, value, interpreter.place(target, frame))
    elif type(target) is cst.StarredElement:
        assign(interpreter, target.value, value, frame)


def _unpack(interpreter: Interpreter, target: cst.Tuple | cst.List, value: Value, frame: Frame) -> None:
    elements = target.elements
    for element, item in zip(elements, _parts(interpreter, elements, value, frame), strict=True):
        assign(interpreter, element.value, item, frame)


def _parts(interpreter: Interpreter, elements: Elements, value: Value, frame: Frame) -> list[Value]:
    wanted = len(elements)
    if isinstance(value, OneOf):
        return _columns(
            each(interpreter, value, lambda one: tuple(_parts(interpreter, elements, one, frame))), wanted
        )
    used_up = isinstance(value, IteratorValue)
    items, complete = iterate(interpreter, value)
    stars = [index for index, element in enumerate(elements) if type(element) is cst.StarredElement]
    least = wanted - len(stars)
    if complete and (len(items) == least or (stars and len(items) > least)):
        return _spread(items, stars, wanted)
    if complete and (items or isinstance(value, tuple | ListValue)):
        fail(interpreter, "ValueError", "the wrong number of values to unpack")
        return [Unknown("the wrong number of values to unpack") for _ in elements]
    interpreter.doubts += 1
    if used_up or stars:
        return _of_open(elements, items)
    return [
        load_subscript(interpreter, value, index, interpreter.place(element, frame))
        for index, element in enumerate(elements)
    ]


def _columns(rows: Value, wanted: int) -> list[Value]:
    """The parts of a tuple, or of one of several."""
    if isinstance(rows, Unknown):
        return [Unknown(rows.reason, rows.hides) for _ in range(wanted)]
    choices = alternatives(rows)
    paths = [path for _, path in choices]
    return [join([row[index] for row, _ in choices], paths) for index in range(wanted)]


def _spread(items: list[Value], stars: list[int], wanted: int) -> list[Value]:
    if not stars:
        return items
    first, after = stars[0], wanted - stars[0] - 1
    middle = ListValue(items[first : len(items) - after])
    return [*items[:first], middle, *items[len(items) - after :]]


def _of_open(elements: Elements, items: list[Value]) -> list[Value]:
    """The parts of something of unknown length: what stands before a star is known as far as the items are."""
    parts: list[Value] = []
    starred = False
    for index, element in enumerate(elements):
        if type(element) is cst.StarredElement:
            starred = True
            parts.append(ListValue([], open=True))
        else:
            known = not starred and index < len(items)
            parts.append(items[index] if known else Unknown("unpacked from something unknown"))
    return parts
