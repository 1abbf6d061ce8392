"""What is still known of a state after code that ran an unknown number of times, or only in part.

Values of the domain's (layers, models, tensors) keep what the code did last: rules ask what a loop does to a
model, and a loop is taken to run. Python's own values keep only what holds however often it ran.
"""

from __future__ import annotations

from typing import Any

from kerlint.python.aliasing import hiding
from kerlint.python.containers import DictValue, ListValue, SetValue
from kerlint.python.joining import join, same
from kerlint.python.live import NOTHING_KNOWN, LiveValue
from kerlint.python.refs import GAP, OneOf, Unknown, Value, next_serial
from kerlint.python.scope import Deferred, DeferredImport, Scope
from kerlint.python.trail import Changes
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
)

_PYTHON = (
    *CONSTANTS,
    *(tuple, range, slice, Unknown, ListValue, DictValue, SetValue, FunctionValue, ClassValue, ModuleValue),
    *(Partial, BoundMethod, Builtin, Symbol, Deferred, DeferredImport),
)
_DEEPEST = 12


def is_foreign(value: Value) -> bool:
    """Whether a value is the domain's, or has a part of the domain's to lose."""
    if isinstance(value, OneOf):
        return any(is_foreign(one) for one in value.alternatives)
    if isinstance(value, Instance):
        return value.native is not None or isinstance(value.cls, Symbol)
    return not isinstance(value, _PYTHON)


def equivalent(left: Value, right: Value, depth: int = 0) -> bool:
    """Whether two values cannot be told apart but by identity."""
    if same(left, right):
        return True
    if type(left) is not type(right) or depth > _DEEPEST:
        return False
    match left:
        case tuple():
            return _all_equivalent(left, right, depth)
        case ListValue():
            return (left.open, left.loose) == (right.open, right.loose) and _all_equivalent(
                left.items, right.items, depth
            )
        case DictValue():
            return (
                left.open == right.open
                and list(left.items) == list(right.items)
                and _all_equivalent(list(left.items.values()), list(right.items.values()), depth)
            )
        case SetValue():
            return bool(left.open == right.open and left.items.keys() == right.items.keys())
        case FunctionValue():
            return bool(left.node is right.node)
        case BoundMethod():
            return equivalent(left.function, right.function, depth + 1) and equivalent(
                left.receiver, right.receiver, depth + 1
            )
        case OneOf():
            return _all_equivalent(left.alternatives, right.alternatives, depth)
        case Instance():
            return left.cls == right.cls and _same_attributes(left, right, depth)
    return False


def _all_equivalent(left: Any, right: Any, depth: int) -> bool:
    return len(left) == len(right) and all(
        equivalent(a, b, depth + 1) for a, b in zip(left, right, strict=True)
    )


def _same_attributes(left: Instance, right: Instance, depth: int) -> bool:
    names = left.attributes
    if left.native is not None or left.open != right.open or names.keys() != right.attributes.keys():
        return False
    return all(equivalent(value, right.attributes[name], depth + 1) for name, value in names.items())


def forgotten(changes: Changes) -> Changes:
    """The changes of code that may have stopped anywhere: run where the trail stands before it."""
    return {
        key: (mutable, _forgotten_state(mutable, mutable.state(), after))
        for key, (mutable, after) in changes.items()
    }


def _forgotten_state(mutable: Any, before: Any, after: Any) -> Any:
    match mutable:
        case Scope() | ClassValue() | FunctionValue():
            return _forgotten_names(before, after)
        case Instance():
            return (_forgotten_names(before[0], after[0]), before[1] or after[1])
        case LiveValue():
            return NOTHING_KNOWN
        case ListValue():
            return ([], True, 0)
        case DictValue() | SetValue():
            return ({}, True)
    return after


def _forgotten_names(before: dict[str, Value], after: dict[str, Value]) -> dict[str, Value]:
    lost = Unknown("set by code that may have stopped before")
    return {
        name: after[name]
        if name in after and _stays(before.get(name, lost), after[name])
        else hiding(lost.reason, before.get(name), after.get(name))
        for name in before | after
    }


def _stays(before: Value, after: Value) -> bool:
    return isinstance(before, Deferred | DeferredImport) or (
        not isinstance(before, Unknown) and same(before, after)
    )


class Widening:
    """What a round of a loop changed, made to hold for any number of rounds.

    `grew` tells whether this took away knowledge that the next round would still have used.
    """

    def __init__(self, *, force: bool = False) -> None:
        self.grew = False
        self.force = force
        """Forget at once what differs, for no other round will look at it."""

    def changes(self, changes: Changes) -> Changes:
        """The widened changes of a round; the trail stands before it."""
        return {
            key: (mutable, self._state(mutable, mutable.state(), after))
            for key, (mutable, after) in changes.items()
        }

    def _state(self, mutable: Any, before: Any, after: Any) -> Any:
        match mutable:
            case Scope() | ClassValue() | FunctionValue():
                return self._names(before, after)
            case Instance():
                return (self._names(before[0], after[0]), before[1] or after[1])
            case LiveValue():
                self.grew = self.grew or before != NOTHING_KNOWN
                return NOTHING_KNOWN
            case ListValue():
                return self._list(before, after)
            case DictValue():
                return self._dict(before, after)
            case SetValue():
                common = {key: None for key in before[0] if key in after[0]}
                self.grew = self.grew or not before[1]
                return (common, True)
        return after

    def _names(self, before: dict[str, Value], after: dict[str, Value]) -> dict[str, Value]:
        names = {
            name: self.value(before[name], value) if name in before else value
            for name, value in after.items()
        }
        gone = "deleted in a loop of unknown length"
        names.update({name: Unknown(gone) for name in before if name not in after})
        return names

    def _list(self, before: Any, after: Any) -> Any:
        first, opened, loose = before
        steady = len(first) - loose if opened else len(first)
        items, now_open, now_loose = after
        still = len(items) - now_loose if now_open else len(items)
        if still < steady:
            self.grew = self.grew or bool(steady) or not opened
            return ([], True, 0)
        kept = [self.value(a, b) for a, b in zip(first[:steady], items[:steady], strict=True)]
        if not opened and not now_open and len(items) == len(first):
            return (kept, False, 0)
        self.grew = self.grew or not opened
        rest = [item for item in items[steady:] if item is not GAP]
        return ([*kept, GAP, *rest], True, len(rest) + 1)

    def _dict(self, before: Any, after: Any) -> Any:
        first, opened = before
        items, now_open = after
        kept = {
            key: self.value(first[key], value) if key in first else value
            for key, value in items.items()
            if key in first or is_foreign(value)
        }
        same_keys = list(items) == list(first)
        self.grew = self.grew or not (same_keys or opened)
        return (kept, opened or now_open or not same_keys)

    def value(self, before: Value, after: Value) -> Value:
        """What a name or item can be that was `before` and is `after` one more round."""
        if isinstance(before, OneOf) and before is not after and _covers(before, after):
            return _unpathed(before)
        if is_foreign(after) or equivalent(before, after) or isinstance(before, Deferred | DeferredImport):
            return after
        if isinstance(before, Unknown):
            return hiding(before.reason, before, after)
        self.grew = True
        lost = hiding("changes in a loop of unknown length", before, after)
        if self.force or isinstance(before, OneOf) or isinstance(after, Unknown) or _counts(before, after):
            return lost
        branch = next_serial()
        return join([before, after], [((branch, 0),), ((branch, 1),)])


def _unpathed(choice: OneOf) -> OneOf:
    """The same choice, made once more: on other paths than before."""
    branch = next_serial()
    return OneOf(choice.alternatives, tuple(((branch, arm),) for arm in range(len(choice.alternatives))))


def _covers(choice: OneOf, value: Value) -> bool:
    """Whether a choice has all that a value can be."""
    return all(
        any(equivalent(one, other) for one in choice.alternatives)
        for other in (value.alternatives if isinstance(value, OneOf) else (value,))
    )


def _counts(before: Value, after: Value) -> bool:
    """Whether both are numbers: the next round will bring another one."""
    return all(isinstance(one, int | float) and not isinstance(one, bool) for one in (before, after))
