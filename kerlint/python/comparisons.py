"""Truth and comparison, with three answers: True, False, or None where it is not known.

`unknown is None`, `unknown in x` and `not unknown` are silent booleans in Python; here they never reach
Python's operators.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from kerlint.python.containers import DictValue, IteratorValue, ListValue, SetValue, ViewValue
from kerlint.python.domain import MISSING
from kerlint.python.joining import alternatives, both, same
from kerlint.python.records import RECORD
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.special import has_special, special
from kerlint.python.truth import is_object, truth
from kerlint.python.values import (
    CONSTANTS,
    BoundMethod,
    Builtin,
    ClassValue,
    FunctionValue,
    Instance,
    ModuleValue,
    Partial,
    Symbol,
    is_constant,
)

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

ORDERS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "LessThan": operator.lt,
    "LessThanEqual": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEqual": operator.ge,
}
_ORDER_METHODS = {
    "LessThan": ("__lt__", "__gt__"),
    "LessThanEqual": ("__le__", "__ge__"),
    "GreaterThan": ("__gt__", "__lt__"),
    "GreaterThanEqual": ("__ge__", "__le__"),
}
_CONTAINERS = (ListValue, DictValue, SetValue)
_SINGLETONS = (bool, type(None), type(Ellipsis))
_OBJECTS = (FunctionValue, ClassValue, ModuleValue, BoundMethod, Builtin, Partial)
_DEEPEST = 40


# Identity


def is_same(interpreter: Interpreter, left: Value, right: Value) -> bool | None:
    """`left is right`."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return interpreter.domain.compare("Is", left, right)
    if isinstance(left, Symbol) or isinstance(right, Symbol):
        return _is_symbol(interpreter, left, right)
    if isinstance(left, _SINGLETONS) or isinstance(right, _SINGLETONS):
        return left is right
    if isinstance(left, Builtin) and isinstance(right, Builtin):
        return left.name == right.name
    if isinstance(left, BoundMethod) or isinstance(right, BoundMethod):
        return None
    if isinstance(left, (*CONSTANTS, tuple)):
        return None if same(left, right) else False
    return left is right


def _is_symbol(interpreter: Interpreter, left: Value, right: Value) -> bool | None:
    if isinstance(left, Symbol) and isinstance(right, Symbol):
        return True if left == right else None
    symbol, other = (left, right) if isinstance(left, Symbol) else (right, left)
    return False if isinstance(other, _SINGLETONS) and is_object(interpreter, symbol) else None


# Equality


def equal(interpreter: Interpreter, left: Value, right: Value, place: Place, depth: int = 0) -> bool | None:
    """Whether two values are equal in Python's sense."""
    if depth > _DEEPEST:
        return None
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return interpreter.domain.compare("Equal", left, right)
    if isinstance(left, OneOf) or isinstance(right, OneOf):
        return _agreed(equal(interpreter, a, b, place, depth + 1) for a, b in _pairs(left, right))
    if is_constant(left) and is_constant(right):
        return bool(left == right)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Instance):
            return _equal_instance(interpreter, one, other, place)
    if isinstance(left, Symbol) or isinstance(right, Symbol):
        return _equal_symbol(interpreter, left, right)
    if left is right:
        return True if not isinstance(left, tuple) else _equal_items(interpreter, left, right, place, depth)
    if isinstance(left, _CONTAINERS) or isinstance(right, _CONTAINERS):
        return _equal_containers(interpreter, left, right, place, depth)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return _equal_items(interpreter, left, right, place, depth)
    if isinstance(left, range) and isinstance(right, range):
        return left == right
    if isinstance(left, Builtin) and isinstance(right, Builtin):
        return left.name == right.name
    if isinstance(left, BoundMethod | Partial) and isinstance(right, BoundMethod | Partial):
        return None
    known = (*CONSTANTS, tuple, range, slice, *_OBJECTS)
    if isinstance(left, known) and isinstance(right, known):
        return False
    found = interpreter.domain.operate("Equal", (left, right), place)
    return found if isinstance(found, bool) else None


def _equal_instance(interpreter: Interpreter, one: Instance, other: Value, place: Place) -> bool | None:
    if one.cls == RECORD:
        fields = (
            tuple(other.attributes.values()) if isinstance(other, Instance) and other.cls == RECORD else other
        )
        return equal(interpreter, tuple(one.attributes.values()), fields, place)
    for method in ("__eq__",):
        defined = has_special(one, method)
        if defined:
            return truth(interpreter, special(interpreter, one, method, (other,), place))
        if defined is None:
            return True if one is other and one.native is not None else None
    if one is other:
        return True
    if isinstance(other, Instance):
        return False if has_special(other, "__eq__") is False else None
    return False if isinstance(other, (*CONSTANTS, tuple, range, *_CONTAINERS, *_OBJECTS)) else None


def _equal_symbol(interpreter: Interpreter, left: Value, right: Value) -> bool | None:
    if isinstance(left, Symbol) and isinstance(right, Symbol):
        return True if left == right else None
    symbol, other = (left, right) if isinstance(left, Symbol) else (right, left)
    if not is_object(interpreter, symbol) or other == symbol.name:
        return None
    return False if is_constant(other) or isinstance(other, _CONTAINERS) else None


def _equal_containers(
    interpreter: Interpreter, left: Value, right: Value, place: Place, depth: int
) -> bool | None:
    if isinstance(left, ViewValue) or isinstance(right, ViewValue):
        return None
    if type(left) is not type(right) and not (isinstance(left, DictValue) and isinstance(right, DictValue)):
        python = (*CONSTANTS, tuple, range, *_CONTAINERS, *_OBJECTS)
        return False if isinstance(left, python) and isinstance(right, python) else None
    if isinstance(left, IteratorValue):
        return False
    if isinstance(left, ListValue):
        if left.open or right.open:
            return None
        return _equal_items(interpreter, left.items, right.items, place, depth)
    if left.open or right.open:
        return None
    if len(left.items) != len(right.items) or any(key not in right.items for key in left.items):
        return False
    if isinstance(left, SetValue):
        return True
    return _all(
        equal(interpreter, value, right.items[key], place, depth + 1) for key, value in left.items.items()
    )


def _equal_items(interpreter: Interpreter, left: Any, right: Any, place: Place, depth: int) -> bool | None:
    if len(left) != len(right):
        return False
    return _all(
        True if a is b and not isinstance(a, Unknown | OneOf) else equal(interpreter, a, b, place, depth + 1)
        for a, b in zip(left, right, strict=True)
    )


# Membership


def contains(interpreter: Interpreter, item: Value, container: Value, place: Place) -> bool | None:
    """`item in container`."""
    if isinstance(item, Unknown) or isinstance(container, Unknown):
        return None
    if isinstance(item, OneOf) or isinstance(container, OneOf):
        return _agreed(contains(interpreter, a, b, place) for a, b in _pairs(item, container))
    match container:
        case str():
            return item in container if isinstance(item, str) else None
        case range():
            return item in container if isinstance(item, int | float) else None
        case bytes():
            return item in container if isinstance(item, int | bytes) else None
        case IteratorValue():
            interpreter.trail.touch(container)
            members = container.items
            container.forget()
            return _any_equal(interpreter, item, members, False, place)
        case tuple():
            return _any_equal(interpreter, item, container, False, place)
        case ListValue():
            members = container.items[: container.steady]
            return _any_equal(interpreter, item, members, container.open, place)
        case DictValue() | SetValue():
            return _has_key(interpreter, item, container, place)
        case Instance():
            found = special(interpreter, container, "__contains__", (item,), place)
            if found is MISSING:
                found = interpreter.domain.operate("Contains", (container, item), place)
            return None if found is MISSING else truth(interpreter, found)
    return None


def _has_key(
    interpreter: Interpreter, item: Value, container: DictValue | SetValue, place: Place
) -> bool | None:
    if is_constant(item) and all(is_constant(key) for key in container.items):
        try:
            return True if item in container.items else None if container.open else False
        except TypeError:
            return None
    return _any_equal(interpreter, item, list(container.items), container.open, place)


def _any_equal(
    interpreter: Interpreter, item: Value, members: Any, opened: bool, place: Place
) -> bool | None:
    interpreter.charge(len(members))
    certain = not opened
    for member in members:
        answer = True if member is item else equal(interpreter, item, member, place)
        if answer is True:
            return True
        certain = certain and answer is not None
    return False if certain else None


# Order


def ordered(interpreter: Interpreter, name: str, left: Value, right: Value, place: Place) -> Value:
    """`left < right` and the like: a boolean, Unknown, or what a special method gives."""
    for one, other, method in ((left, right, 0), (right, left, 1)):
        if isinstance(one, Instance):
            found = special(interpreter, one, _ORDER_METHODS[name][method], (other,), place)
            return Unknown("a comparison of objects") if found is MISSING else found
    if is_constant(left) and is_constant(right):
        try:
            return bool(ORDERS[name](left, right))
        except TypeError:
            from kerlint.python.exceptions import fail

            return fail(interpreter, "TypeError", "a comparison that fails")
    if isinstance(left, SetValue) and isinstance(right, SetValue) and not (left.open or right.open):
        return bool(ORDERS[name](left.items.keys(), right.items.keys()))
    if type(left) is type(right) and isinstance(left, ListValue | tuple):
        return _ordered_items(name, left, right)
    return Unknown("an unknown comparison")


def _ordered_items(name: str, left: Value, right: Value) -> Value:
    from kerlint.python.formatting import plain

    try:
        return bool(ORDERS[name](plain(left), plain(right)))
    except (LookupError, TypeError):
        return Unknown("an unknown comparison")


# Three-valued logic


def _pairs(left: Value, right: Value) -> list[tuple[Value, Value]]:
    return [(a, b) for a, p in alternatives(left) for b, q in alternatives(right) if both(p, q) is not None]


def _agreed(answers: Any) -> bool | None:
    """The answer that all give."""
    known = set(answers)
    return known.pop() if len(known) == 1 else None


def _all(answers: Any) -> bool | None:
    given = list(answers)
    if False in given:
        return False
    return None if None in given else True
