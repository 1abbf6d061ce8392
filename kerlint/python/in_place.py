"""Augmented assignment: containers change in place, so that every alias sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.aliasing import disturb
from kerlint.python.containers import DictValue, ListValue, SetValue
from kerlint.python.domain import MISSING
from kerlint.python.iteration import iterate
from kerlint.python.operators import apply_binary
from kerlint.python.refs import Unknown, Value
from kerlint.python.special import special
from kerlint.python.values import Instance

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

_METHODS = {
    "Add": "__iadd__",
    "Subtract": "__isub__",
    "Multiply": "__imul__",
    "Divide": "__itruediv__",
    "FloorDivide": "__ifloordiv__",
    "BitOr": "__ior__",
    "BitAnd": "__iand__",
    "BitXor": "__ixor__",
    "MatrixMultiply": "__imatmul__",
}


def apply_in_place(interpreter: Interpreter, name: str, old: Value, new: Value, place: Place) -> Value:
    """The value that `old <operator>= new` binds again."""
    if type(old) is ListValue and name == "Add":
        return extend(interpreter, old, new)
    if isinstance(old, Instance) and name in _METHODS:
        found = special(interpreter, old, _METHODS[name], (new,), place)
        if found is not MISSING:
            return found
    if isinstance(old, Unknown):
        disturb(interpreter, old)
    value = apply_binary(interpreter, name, old, new, place)
    if isinstance(old, Unknown) and isinstance(value, Unknown):
        return Unknown(value.reason, old.hides)
    if type(old) is type(value) and _is_mutable(old):
        interpreter.trail.touch(old)
        old.restore(value.state())
        return old
    return value


def _is_mutable(value: Value) -> bool:
    return type(value) in (ListValue, DictValue) or (isinstance(value, SetValue) and not value.frozen)


def extend(interpreter: Interpreter, items: ListValue, new: Value) -> ListValue:
    """`items += new`: the same list, longer."""
    more, complete = iterate(interpreter, new)
    interpreter.trail.touch(items)
    if len(items.items) + len(more) <= interpreter.budget.items:
        items.add(more)
    else:
        complete = False
    items.open = items.open or not complete
    return items
