"""Lists, tuples, sets and dicts as they are written, with unpacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.containers import DictValue, ListValue
from kerlint.python.iteration import iterate, members
from kerlint.python.keys import make_set, put
from kerlint.python.operators import update
from kerlint.python.refs import Unknown, Value
from kerlint.python.scope import Frame

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter


def _items(interpreter: Interpreter, node: cst.Tuple | cst.List, frame: Frame) -> ListValue:
    made = ListValue([])
    for element in node.elements:
        value = interpreter.evaluate(element.value, frame)
        if type(element) is not cst.StarredElement:
            _add(made, [value])
            continue
        known, complete = iterate(interpreter, value)
        _add(made, known)
        if not complete:
            made.open = True
            interpreter.doubts += 1
        if len(made.items) > interpreter.budget.items:
            made.open = True
            break
    return made


def _add(made: ListValue, items: list[Value]) -> None:
    if made.open:
        made.add(items)
    else:
        made.items += items


def tuple_display(interpreter: Interpreter, node: cst.Tuple, frame: Frame) -> Value:
    """`(a, *b)`."""
    made = _items(interpreter, node, frame)
    return Unknown("a tuple of unknown length") if made.open else tuple(made.items)


def list_display(interpreter: Interpreter, node: cst.List, frame: Frame) -> Value:
    """`[a, *b]`."""
    return _items(interpreter, node, frame)


def set_display(interpreter: Interpreter, node: cst.Set, frame: Frame) -> Value:
    """`{a, *b}`."""
    items: list[Value] = []
    opened = False
    for element in node.elements:
        value = interpreter.evaluate(element.value, frame)
        if type(element) is cst.StarredElement:
            known, complete = members(interpreter, value)
            items.extend(known)
            opened = opened or not complete
        else:
            items.append(value)
    return make_set(items, opened)


def dict_display(interpreter: Interpreter, node: cst.Dict, frame: Frame) -> Value:
    """`{a: b, **c}`."""
    made = DictValue({})
    for element in node.elements:
        if type(element) is cst.DictElement:
            key = interpreter.evaluate(element.key, frame)
            put(made, key, interpreter.evaluate(element.value, frame))
        else:
            update(made, interpreter.evaluate(element.value, frame))
    return made
