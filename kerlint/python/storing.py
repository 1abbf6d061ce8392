"""Setting and deleting attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.aliasing import disturb
from kerlint.python.arguments import Arguments
from kerlint.python.choices import each
from kerlint.python.inheritance import find_in_class
from kerlint.python.refs import OneOf, Ref, Unknown, Value
from kerlint.python.values import ClassValue, DictValue, FunctionValue, Instance, ModuleValue, Symbol

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


def store_attribute(interpreter: Interpreter, target: Value, name: str, value: Value, place: Place) -> None:
    """Set `target.name = value`."""
    match target:
        case Instance():
            _store_in_instance(interpreter, target, name, value, place)
        case ClassValue():
            interpreter.trail.touch(target)
            target.namespace[name] = value
        case ModuleValue():
            interpreter.trail.touch(target.scope)
            target.scope.names[name] = value
        case FunctionValue():
            interpreter.trail.touch(target)
            target.attributes[name] = value
        case OneOf():
            each(interpreter, target, lambda one: store_attribute(interpreter, one, name, value, place))
        case Symbol():
            interpreter.conditions.ran(target)
            if target.dotted.endswith("flags.FLAGS"):
                interpreter.trail.touch(interpreter.flags)
                interpreter.flags.items[name] = value
        case Ref():
            interpreter.domain.assign(target, name, value, place)  # type: ignore[arg-type]
        case Unknown():
            interpreter.doubts += 1
            disturb(interpreter, target)
            interpreter.domain.assign(target, name, value, place)  # type: ignore[arg-type]


def _store_in_instance(
    interpreter: Interpreter, target: Instance, name: str, value: Value, place: Place
) -> None:
    from kerlint.python.calls import call_function

    if isinstance(target.cls, ClassValue):
        setter = find_in_class(target.cls, f"{name}.setter")
        if isinstance(setter, FunctionValue):
            call_function(interpreter, setter, Arguments.of(target, value), place)
            return
        override = find_in_class(target.cls, "__setattr__")
        if isinstance(override, FunctionValue):
            call_function(interpreter, override, Arguments.of(target, name, value), place)
            return
    set_plainly(interpreter, target, name, value, place)


def set_plainly(interpreter: Interpreter, target: Instance, name: str, value: Value, place: Place) -> None:
    """Set an attribute of the object itself, whatever its class makes of it."""
    interpreter.trail.touch(target)
    if name == "__dict__":
        _replace_all(target, value)
        return
    interpreter.domain.assign(target, name, value, place)
    target.attributes[name] = value
    interpreter.domain.bound(name, value)


def _replace_all(target: Instance, value: Value) -> None:
    """`target.__dict__ = value`: the attributes are the items now, also of what changes them later."""
    items = value.items if isinstance(value, DictValue) else {}
    target.attributes = {name: item for name, item in items.items() if isinstance(name, str)}
    target.open = True


def delete_attribute(interpreter: Interpreter, target: Value, name: str) -> None:
    """`del target.name`."""
    match target:
        case Instance():
            interpreter.trail.touch(target)
            target.attributes.pop(name, None)
        case ClassValue():
            interpreter.trail.touch(target)
            target.namespace.pop(name, None)
        case OneOf():
            each(interpreter, target, lambda one: delete_attribute(interpreter, one, name))
        case Unknown():
            interpreter.doubts += 1
            disturb(interpreter, target)
