"""Assignment to any target: names, attributes, subscripts, and tuples of them with a star."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.attributes import store_attribute
from kerlint.python.iteration import iterate
from kerlint.python.paths import alternatives, join
from kerlint.python.scope import Frame
from kerlint.python.subscripts import load_subscript, store_subscript
from kerlint.python.values import ListValue, OneOf, Unknown, Value

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter


def assign(interpreter: Interpreter, target: cst.CSTNode, value: Value, frame: Frame) -> None:
    """Bind `value` to a target."""
    if isinstance(target, cst.Name):
        interpreter.store(target.value, value, frame)
    elif isinstance(target, cst.Tuple | cst.List):
        _unpack(interpreter, target, value, frame)
    elif isinstance(target, cst.Attribute):
        owner = interpreter.evaluate(target.value, frame)
        store_attribute(interpreter, owner, target.attr.value, value, interpreter.place(target, frame))
    elif isinstance(target, cst.Subscript):
        from kerlint.python.expressions import subscript_index

        owner = interpreter.evaluate(target.value, frame)
        index = subscript_index(interpreter, target, frame)
        store_subscript(interpreter, owner, index, value, interpreter.place(target, frame))
    elif isinstance(target, cst.StarredElement):
        assign(interpreter, target.value, value, frame)


def _unpack(interpreter: Interpreter, target: cst.Tuple | cst.List, value: Value, frame: Frame) -> None:
    elements = target.elements
    for element, item in zip(elements, _parts(interpreter, elements, value, frame), strict=True):
        assign(interpreter, element.value, item, frame)


def _parts(
    interpreter: Interpreter, elements: tuple[cst.BaseElement, ...] | list[cst.BaseElement], value: Value, frame: Frame
) -> list[Value]:
    wanted = len(elements)
    if isinstance(value, OneOf):
        rows = [_parts(interpreter, elements, one, frame) for one, _ in alternatives(value)]
        return [join([row[index] for row in rows], value.paths) for index in range(wanted)]
    items, complete = iterate(interpreter, value)
    stars = [index for index, element in enumerate(elements) if isinstance(element, cst.StarredElement)]
    if stars and complete and len(items) >= wanted - 1:
        first, after = stars[0], wanted - stars[0] - 1
        middle = items[first : len(items) - after]
        return [*items[:first], ListValue(middle), *items[len(items) - after :]]
    if not stars and complete and len(items) == wanted:
        return items
    if not complete and not items:
        return [_part(interpreter, element, value, index, frame) for index, element in enumerate(elements)]
    return [Unknown("unpacked from something unknown") for _ in elements]


def _part(
    interpreter: Interpreter, element: cst.BaseElement, value: Value, index: int, frame: Frame
) -> Value:
    """An item of something whose length is not known but which the domain can index."""
    if isinstance(element, cst.StarredElement):
        return ListValue([], open=True)
    return load_subscript(interpreter, value, index, interpreter.place(element, frame))
