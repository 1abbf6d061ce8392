"""The method resolution order of user classes, and what is found along it."""

from __future__ import annotations

from kerlint.python.domain import MISSING
from kerlint.python.refs import Unknown, Value
from kerlint.python.values import ClassValue, Symbol


def find_holder(cls: ClassValue, name: str, after: ClassValue | None = None) -> Value:
    """The first class along the method resolution order, from after `after`, that has `name`.

    The first library base (Symbol) or unknown base answers for everything; None if nothing has it.
    """
    mro = cls.mro
    if after is not None and after in mro:
        mro = mro[mro.index(after) + 1 :]
    for base in mro:
        if not isinstance(base, ClassValue) or name in base.namespace:
            return base
    return None


def find_in_class(cls: ClassValue, name: str, after: ClassValue | None = None) -> Value:
    """What `find_holder` finds: the value in a user class, or the Symbol or Unknown that answers for it.

    MISSING when only `object` is left.
    """
    holder = find_holder(cls, name, after)
    if isinstance(holder, ClassValue):
        return holder.namespace[name]
    return MISSING if holder is None else holder


def linearize(bases: tuple[Value, ...], cls: ClassValue) -> tuple[Value, ...]:
    """The method resolution order: Python's own (C3), or the bases' in turn where that has none."""
    known = [
        base if isinstance(base, ClassValue | Symbol) else Unknown("a base that is no class")
        for base in bases
    ]
    lines = [list(base.mro) if isinstance(base, ClassValue) else [base] for base in known]
    merged = _merge([*lines, list(known)])
    if merged is None:
        merged = list({id(base): base for line in lines for base in line}.values())
    return (cls, *merged)


def _merge(lines: list[list[Value]]) -> list[Value] | None:
    """The C3 merge: None when the bases contradict each other."""
    order: list[Value] = []
    while lines := [line for line in lines if line]:
        for line in lines:
            head = line[0]
            if not any(_is_in(head, other[1:]) for other in lines):
                break
        else:
            return None
        order.append(head)
        lines = [line[1:] if _is_one(line[0], head) else line for line in lines]
    return order


def _is_in(value: Value, line: list[Value]) -> bool:
    return any(_is_one(value, other) for other in line)


def _is_one(left: Value, right: Value) -> bool:
    return left is right or (isinstance(left, Symbol) and left == right)
