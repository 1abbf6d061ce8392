"""Dataclasses and named tuples: constructors that nobody wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.arguments import Arguments
from kerlint.python.attributes import store_attribute
from kerlint.python.values import Builtin, ClassValue, Instance, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.source import Place


def annotated_fields(node: cst.ClassDef) -> tuple[str, ...]:
    """The annotated names of a class body, in order."""
    names = []
    for line in node.body.body:
        if isinstance(line, cst.SimpleStatementLine):
            for small in line.body:
                if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
                    names.append(small.target.value)
    return tuple(names)


def add_initializer(cls: ClassValue, node: cst.ClassDef) -> None:
    """Give a dataclass the `__init__` that the decorator would write."""
    if "__init__" in cls.namespace:
        return
    fields = _inherited_fields(cls) + annotated_fields(node)
    cls.namespace["__dataclass_fields__"] = fields
    cls.namespace["__init__"] = Builtin(f"{cls.name}.__init__", _initializer(cls, fields))


def _inherited_fields(cls: ClassValue) -> tuple[str, ...]:
    for base in cls.mro[1:]:
        if isinstance(base, ClassValue) and "__dataclass_fields__" in base.namespace:
            found = base.namespace["__dataclass_fields__"]
            return found if isinstance(found, tuple) else ()
    return ()


def _initializer(cls: ClassValue, fields: tuple[str, ...]):  # type: ignore[no-untyped-def]
    def initialize(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        instance = arguments.positional[0].value
        for position, name in enumerate(fields, start=1):
            fallback = Unknown(f"field {name}") if not arguments.exact else _default(cls, name)
            value = arguments.get(position, name, fallback)
            store_attribute(interpreter, instance, name, value, place)
        method = cls.namespace.get("__post_init__")
        if method is not None and isinstance(instance, Instance):
            from kerlint.python.calls import call

            call(interpreter, method, Arguments.of(instance), place)
        return None

    return initialize


def _default(cls: ClassValue, name: str) -> Value:
    for base in cls.mro:
        if isinstance(base, ClassValue) and name in base.namespace:
            value = base.namespace[name]
            return Unknown(f"field {name}") if isinstance(value, Symbol) else value
    return Unknown(f"field {name}")
