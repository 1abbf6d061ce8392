"""Attribute access on every kind of value, and the method resolution of user classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.arguments import Arguments
from kerlint.python.domain import MISSING
from kerlint.python.paths import alternatives, join
from kerlint.python.scope import Deferred, DeferredImport, Frame
from kerlint.python.values import (
    BoundMethod,
    Builtin,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    ModuleValue,
    OneOf,
    Partial,
    Ref,
    SetValue,
    Symbol,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.source import Place


class Super:
    """`super()`: the receiver, and the class after which its method resolution goes on."""

    __slots__ = ("after", "receiver")

    def __init__(self, receiver: Value, after: ClassValue) -> None:
        self.receiver = receiver
        self.after = after


def load_attribute(interpreter: Interpreter, value: Value, name: str, place: Place) -> Value:
    """The value of `value.name`."""
    match value:
        case Instance():
            return _of_instance(interpreter, value, name, place)
        case Symbol():
            return interpreter.domain.member(value, name)
        case ModuleValue():
            return module_member(interpreter, value, name)
        case ClassValue():
            return _of_class(interpreter, value, name)
        case Super():
            return _of_super(value, name)
        case Unknown():
            return Unknown(value.reason)
        case OneOf():
            results = [load_attribute(interpreter, one, name, place) for one, _ in alternatives(value)]
            return join(results, value.paths)
        case FunctionValue():
            return value.attributes.get(name, value.name if name == "__name__" else Unknown(name))
        case Partial() if name == "func":
            return value.function
        case str() | bytes() | int() | float() | tuple() | ListValue() | DictValue() | SetValue():
            return BoundMethod(value, name)
        case Builtin():
            return BoundMethod(value, name)
        case None:
            return Unknown("an attribute of None")
    found = interpreter.domain.attribute(value, name)
    return Unknown(f"attribute {name}") if found is MISSING else found


def module_member(interpreter: Interpreter, module: ModuleValue, name: str) -> Value:
    """A name of a first-party module, or its submodule."""
    value = module.scope.names.get(name)
    if type(value) is Deferred:
        return interpreter.define(name, value, module.scope)
    if type(value) is DeferredImport:
        from kerlint.python.imports import resolve_in

        return resolve_in(interpreter, module.scope, name, value)
    if value is None and name not in module.scope.names:
        return interpreter.modules.submodule(interpreter, module, name)
    return value


def _of_instance(interpreter: Interpreter, instance: Instance, name: str, place: Place) -> Value:
    if name in instance.attributes:
        return instance.attributes[name]
    if name == "__class__":
        return instance.cls
    if isinstance(instance.cls, ClassValue):
        holder = find_holder(instance.cls, name)
        if isinstance(holder, ClassValue):
            return _bind(interpreter, instance, instance.cls, holder.namespace[name], place)
        if not isinstance(holder, Symbol):
            return Unknown(f"{instance.cls.name} has no known {name}")
    answer = interpreter.domain.attribute(instance, name)
    return Unknown(f"attribute {name}") if answer is MISSING else answer


def _bind(
    interpreter: Interpreter, receiver: Value, cls: ClassValue, found: Value, place: Place
) -> Value:
    if not isinstance(found, FunctionValue):
        return found
    if found.wrapper == "property":
        from kerlint.python.calls import call_function

        return call_function(interpreter, found, Arguments.of(receiver), place)
    if found.wrapper == "staticmethod":
        return found
    return BoundMethod(cls if found.wrapper == "classmethod" else receiver, found)


def _of_class(interpreter: Interpreter, cls: ClassValue, name: str) -> Value:
    if name == "__name__":
        return cls.name
    holder = find_holder(cls, name)
    if isinstance(holder, Symbol):
        return interpreter.domain.member(holder, name)
    if not isinstance(holder, ClassValue):
        return Unknown(f"{cls.name} has no known {name}")
    found = holder.namespace[name]
    if isinstance(found, FunctionValue) and found.wrapper == "classmethod":
        return BoundMethod(cls, found)
    return found


def _of_super(value: Super, name: str) -> Value:
    cls = value.receiver.cls if isinstance(value.receiver, Instance) else value.receiver
    if not isinstance(cls, ClassValue):
        return Unknown("super() of something unknown")
    found = find_in_class(cls, name, after=value.after)
    if isinstance(found, FunctionValue):
        if found.wrapper == "classmethod":
            return BoundMethod(cls, found)
        return found if found.wrapper == "staticmethod" else BoundMethod(value.receiver, found)
    if isinstance(found, Symbol):
        return LibraryMethod(value.receiver, found, name)
    if name == "__init__" and isinstance(found, Builtin):
        return BoundMethod(value.receiver, found)
    return found


class LibraryMethod:
    """A method of a library base class reached through `super()`."""

    __slots__ = ("base", "name", "receiver")

    def __init__(self, receiver: Value, base: Symbol, name: str) -> None:
        self.receiver = receiver
        self.base = base
        self.name = name


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
    """What `find_holder` finds: the value in a user class, or the Symbol or Unknown that answers for it."""
    holder = find_holder(cls, name, after)
    if isinstance(holder, ClassValue):
        return holder.namespace[name]
    if holder is None:
        return _OBJECT.get(name, Unknown(f"{cls.name} has no {name}"))
    return holder


def _no_init(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return None


_OBJECT: dict[str, Value] = {"__init__": Builtin("object.__init__", _no_init)}


def linearize(bases: tuple[Value, ...], cls: ClassValue) -> tuple[Value, ...]:
    """The method resolution order: depth first, each class after all that derive from it."""
    order: list[Value] = []
    for base in bases:
        match base:
            case ClassValue():
                order.extend(base.mro)
            case Symbol() | Builtin() | Unknown():
                order.append(base)
            case _:
                order.append(Unknown("a base that is no class"))
    last: list[Value] = []
    for index, base in enumerate(order):
        if not any(base is later or base == later for later in order[index + 1 :]):
            last.append(base)
    return (cls, *last)


def store_attribute(
    interpreter: Interpreter, target: Value, name: str, value: Value, place: Place
) -> None:
    """Set `target.name = value`."""
    match target:
        case Instance():
            setter = _setter(target, name)
            if setter is not None:
                from kerlint.python.calls import call_function

                call_function(interpreter, setter, Arguments.of(target, value), place)
                return
            interpreter.trail.touch(target)
            interpreter.domain.assign(target, name, value, place)
            target.attributes[name] = value
            interpreter.domain.bound(name, value)
        case ClassValue():
            interpreter.trail.touch(target)
            target.namespace[name] = value
        case ModuleValue():
            interpreter.trail.touch(target.scope)
            target.scope.names[name] = value
        case FunctionValue():
            target.attributes[name] = value
        case OneOf():
            for one, path in alternatives(target):
                with interpreter.on_path(path):
                    store_attribute(interpreter, one, name, value, place)
        case Ref():
            interpreter.domain.assign(target, name, value, place)


def _setter(instance: Instance, name: str) -> FunctionValue | None:
    if not isinstance(instance.cls, ClassValue):
        return None
    found = find_in_class(instance.cls, f"{name}.setter")
    return found if isinstance(found, FunctionValue) else None


__all__ = ["Frame", "LibraryMethod", "Super", "find_in_class", "linearize", "load_attribute", "store_attribute"]
