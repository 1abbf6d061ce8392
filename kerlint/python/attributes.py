"""Attribute access on every kind of value."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from kerlint.python.aliasing import attribute_of
from kerlint.python.arguments import Arguments
from kerlint.python.choices import each
from kerlint.python.containers import DequeValue, DictValue, IteratorValue, ListValue, SetValue, ViewValue
from kerlint.python.domain import MISSING
from kerlint.python.exceptions import fail
from kerlint.python.inheritance import find_holder, find_in_class
from kerlint.python.likely import Likely
from kerlint.python.records import RECORD, record_member
from kerlint.python.refs import ABSENT, OneOf, Unknown, Value
from kerlint.python.scope import Deferred, DeferredImport
from kerlint.python.values import (
    BoundMethod,
    Builtin,
    ClassValue,
    FunctionValue,
    Instance,
    ModuleValue,
    NamespaceValue,
    Partial,
    Symbol,
    is_constant,
)

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


class Super:
    """`super()`: the receiver, and the class after which its method resolution goes on."""

    __slots__ = ("after", "receiver")

    def __init__(self, receiver: Value, after: ClassValue) -> None:
        self.receiver = receiver
        self.after = after


class LibraryMethod:
    """A method of a library base class reached through `super()`."""

    __slots__ = ("base", "name", "receiver")

    def __init__(self, receiver: Value, base: Symbol, name: str) -> None:
        self.receiver = receiver
        self.base = base
        self.name = name


def load_attribute(interpreter: Interpreter, value: Value, name: str, place: Place) -> Value:
    """The value of `value.name`."""
    match value:
        case Instance():
            return _of_instance(interpreter, value, name, place)
        case Symbol():
            return member_of(interpreter, value, name)
        case ModuleValue():
            return module_member(interpreter, value, name)
        case ClassValue():
            return _of_class(interpreter, value, name)
        case Super():
            return _of_super(interpreter, value, name, place)
        case Likely() if callable(getattr(python_type(value.value), name, None)):
            return BoundMethod(value, name)
        case Unknown():
            found = MISSING if type(value) is Unknown else interpreter.domain.attribute(value, name)
            return attribute_of(value, name) if found is MISSING else found
        case OneOf():
            return each(interpreter, value, lambda one: load_attribute(interpreter, one, name, place))
        case FunctionValue():
            return _of_function(interpreter, value, name)
        case Partial() if name == "func":
            return value.function
        case Builtin(name="object") if name in OBJECT:
            return OBJECT[name]
        case Builtin():
            return value.name if name == "__name__" else BoundMethod(value, name)
        case None:
            return fail(interpreter, "AttributeError", "an attribute of None")
    found = interpreter.domain.attribute(value, name)
    return _of_python(interpreter, value, name) if found is MISSING else found


def member_of(interpreter: Interpreter, symbol: Symbol, name: str) -> Value:
    """An attribute of a library's name; of absl's `FLAGS` a flag."""
    if interpreter.flags.items and symbol.dotted.endswith("flags.FLAGS") and name in interpreter.flags.items:
        return interpreter.flags.items[name]
    return interpreter.domain.member(symbol, name)


_PYTHON_TYPES: Final[dict[type, type]] = {
    IteratorValue: type(_ for _ in ()),
    ViewValue: type({}.keys()),
    ListValue: list,
    DequeValue: deque,
    DictValue: dict,
    NamespaceValue: dict,
    SetValue: set,
    **{kind: kind for kind in (str, bytes, int, bool, float, complex, tuple, range, slice)},
}


def python_type(value: Value) -> type | None:
    """The Python type whose methods a value has; None if that is not known."""
    if isinstance(value, SetValue) and value.frozen:
        return frozenset
    return _PYTHON_TYPES.get(type(value))


def _of_python(interpreter: Interpreter, value: Value, name: str) -> Value:
    kind = python_type(value)
    if kind is None:
        return Unknown(f"attribute {name}")
    if isinstance(value, DictValue) and (value.factory is not None or name == "move_to_end"):
        return BoundMethod(value, name)
    if not hasattr(kind, name):
        return fail(interpreter, "AttributeError", f"no attribute {name}")
    if isinstance(value, int | float | complex) and name in ("real", "imag", "numerator", "denominator"):
        return getattr(value, name)
    if isinstance(value, range | slice) and name in ("start", "stop", "step"):
        return getattr(value, name)
    return BoundMethod(value, name) if callable(getattr(kind, name)) else Unknown(f"attribute {name}")


def _of_function(interpreter: Interpreter, function: FunctionValue, name: str) -> Value:
    if name in function.attributes:
        return function.attributes[name]
    if name in ("__name__", "__qualname__") and function.owner is None:
        return function.name
    if name == "__name__":
        return function.name
    if name.startswith("__"):
        return Unknown(name)
    return fail(interpreter, "AttributeError", f"a function without {name}")


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
    found = instance.attributes.get(name, MISSING)
    if found is not MISSING:
        if found is ABSENT:
            interpreter.doubts += 1
        return found
    if name == "__class__":
        return instance.cls
    if name == "__dict__":
        return namespace_of(instance)
    if isinstance(instance.cls, ClassValue):
        holder = find_holder(instance.cls, name)
        if isinstance(holder, ClassValue):
            member = holder.namespace[name]
            if instance.open and is_constant(member):
                return Unknown(f"{name}, which may have been set")
            return bind(interpreter, instance, instance.cls, member, place)
        if not isinstance(holder, Symbol):
            return _missing(interpreter, instance, name, holder, place)
    if instance.native is not None:
        interpreter.domain.read(instance, name, place)
    if instance.cls == RECORD:
        return _of_record(interpreter, instance, name)
    answer = interpreter.domain.attribute(instance, name)
    return Unknown(f"attribute {name}") if answer is MISSING else answer


def _of_record(interpreter: Interpreter, record: Instance, name: str) -> Value:
    found = record_member(record, name)
    return Unknown(f"attribute {name}") if found is MISSING else found


def namespace_of(instance: Instance) -> Value:
    """`instance.__dict__`; what may be in it only on some paths is not told apart."""
    if ABSENT in instance.attributes.values():
        return Unknown("a namespace", (instance,), acts=True)
    return NamespaceValue(instance)


def _missing(interpreter: Interpreter, instance: Instance, name: str, holder: Value, place: Place) -> Value:
    """An attribute that neither the object nor a class of its own has."""
    assert isinstance(instance.cls, ClassValue)
    fallback = find_in_class(instance.cls, "__getattr__")
    if isinstance(fallback, FunctionValue):
        from kerlint.python.calls import call_function

        return call_function(interpreter, fallback, Arguments.of(instance, name), place)
    reason = f"{instance.cls.name} has no known {name}"
    if surely_lacks(instance, name):
        return fail(interpreter, "AttributeError", reason)
    if holder is None and name in OBJECT:
        return BoundMethod(instance, OBJECT[name])
    return Unknown(reason)


def surely_lacks(value: Value, name: str) -> bool:
    """Whether a value certainly has no such attribute."""
    kind = python_type(value)
    if kind is not None or value is None:
        return not hasattr(kind or value, name)
    if not isinstance(value, Instance) or value.open or value.native is not None or name.startswith("__"):
        return False
    if not isinstance(value.cls, ClassValue) or name in value.attributes:
        return False
    line = value.cls.mro
    return all(
        isinstance(base, ClassValue) and name not in base.namespace and "__getattr__" not in base.namespace
        for base in line
    )


def bind(interpreter: Interpreter, receiver: Value, cls: ClassValue, found: Value, place: Place) -> Value:
    """What a class attribute is when it is reached through an object."""
    if isinstance(found, OneOf):
        return each(interpreter, found, lambda one: bind(interpreter, receiver, cls, one, place))
    if isinstance(found, Instance) and isinstance(found.cls, ClassValue):
        descriptor = isinstance(find_in_class(found.cls, "__get__"), FunctionValue)
        return Unknown("what a descriptor gives") if descriptor else found
    if isinstance(found, Builtin) and found.is_method:
        return BoundMethod(receiver, found)
    if not isinstance(found, FunctionValue):
        return found
    if found.wrapper == "property":
        from kerlint.python.calls import call_function

        return call_function(interpreter, found, Arguments.of(receiver), place)
    if found.wrapper == "cached" and isinstance(receiver, Instance):
        return _compute_once(interpreter, receiver, found, place)
    if found.wrapper == "staticmethod":
        return found
    return BoundMethod(cls if found.wrapper == "classmethod" else receiver, found)


def _compute_once(interpreter: Interpreter, receiver: Instance, found: FunctionValue, place: Place) -> Value:
    """`functools.cached_property`: computed at the first use, an attribute from then on."""
    from kerlint.python.calls import call_function

    value = call_function(interpreter, found, Arguments.of(receiver), place)
    interpreter.trail.touch(receiver)
    receiver.attributes[found.name] = value
    return value


def _of_class(interpreter: Interpreter, cls: ClassValue, name: str) -> Value:
    if name == "__name__":
        return cls.name
    holder = find_holder(cls, name)
    if isinstance(holder, Symbol):
        return interpreter.domain.member(holder, name)
    if not isinstance(holder, ClassValue):
        if holder is None and not name.startswith("__") and not cls.has_metaclass:
            return fail(interpreter, "AttributeError", f"{cls.name} has no {name}")
        return OBJECT.get(name, Unknown(f"{cls.name} has no known {name}"))
    found = holder.namespace[name]
    if isinstance(found, FunctionValue):
        if found.wrapper == "classmethod":
            return BoundMethod(cls, found)
        return Unknown("a property") if found.wrapper in ("property", "cached") else found
    return found


def _of_super(interpreter: Interpreter, value: Super, name: str, place: Place) -> Value:
    cls = value.receiver.cls if isinstance(value.receiver, Instance) else value.receiver
    if not isinstance(cls, ClassValue):
        return Unknown("super() of something unknown")
    found = find_in_class(cls, name, after=value.after)
    if isinstance(found, Symbol):
        return LibraryMethod(value.receiver, found, name)
    if isinstance(found, FunctionValue) and name == "__new__":
        return found
    if found is MISSING:
        if name == "__new__":
            return OBJECT[name]
        if name in OBJECT:
            return BoundMethod(value.receiver, OBJECT[name])
        return fail(interpreter, "AttributeError", f"super() has no {name}")
    if isinstance(value.receiver, ClassValue):
        is_method = isinstance(found, FunctionValue) and found.wrapper == "classmethod"
        return BoundMethod(cls, found) if is_method else found
    return bind(interpreter, value.receiver, cls, found, place)


def _init(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return None


def _new(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    cls = arguments.get(0, "cls")
    if not isinstance(cls, ClassValue):
        return Unknown("a new object of something unknown")
    return Instance(cls, interpreter.domain.native(cls, place))


def _set(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    from kerlint.python.storing import set_plainly

    target, name = arguments.get(0, "self"), arguments.get(1, "name")
    if isinstance(target, Instance) and isinstance(name, str):
        set_plainly(interpreter, target, name, arguments.get(2, "value"), place)
    return None


OBJECT: Final[dict[str, Builtin]] = {
    "__init__": Builtin("object.__init__", _init),
    "__new__": Builtin("object.__new__", _new),
    "__setattr__": Builtin("object.__setattr__", _set),
    "__init_subclass__": Builtin("object.__init_subclass__", _init),
}


__all__ = ["LibraryMethod", "Super", "find_in_class", "load_attribute", "module_member"]
