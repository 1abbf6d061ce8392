"""Calling things: user functions with bound arguments, classes, methods, partials, library symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.activation import call_function, open_containers
from kerlint.python.aliasing import disturb
from kerlint.python.arguments import Arguments
from kerlint.python.attributes import OBJECT, LibraryMethod, find_in_class
from kerlint.python.choices import each
from kerlint.python.containers import DictValue, ListValue, SetValue
from kerlint.python.domain import MISSING
from kerlint.python.enumerations import enum_kinds, member_of_value
from kerlint.python.exceptions import PREFIX, fail
from kerlint.python.likely import Likely, called, has_likely
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.values import (
    CONSTANTS,
    BoundMethod,
    Builtin,
    ClassValue,
    FunctionValue,
    Instance,
    Partial,
    Symbol,
)

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


def call(interpreter: Interpreter, function: Value, arguments: Arguments, place: Place) -> Value:
    """Call any value with arguments; what cannot be followed is Unknown."""
    if type(function) is Symbol:
        return _call_symbol(interpreter, function, arguments, place)
    match function:
        case Instance():
            return call_instance(interpreter, function, arguments, place)
        case FunctionValue():
            return call_function(interpreter, function, arguments, place)
        case BoundMethod(receiver=receiver, function=FunctionValue() as method):
            return call_function(interpreter, method, arguments.prepended(receiver), place)
        case BoundMethod(receiver=receiver, function=Builtin() as method):
            return _call_builtin(interpreter, method, arguments.prepended(receiver), place)
        case BoundMethod(receiver=receiver, function=str() as name):
            return call_named_method(interpreter, receiver, name, arguments, place)
        case Builtin():
            return _call_builtin(interpreter, function, arguments, place)
        case ClassValue():
            return instantiate(interpreter, function, arguments, place)
        case Partial():
            return call(interpreter, function.function, arguments.after(function.arguments), place)
        case OneOf():
            return _call_each(interpreter, function, arguments, place)
        case LibraryMethod():
            return _call_library_method(interpreter, function, arguments, place)
        case Unknown():
            interpreter.conditions.changes += 1
            if function.acts:
                disturb(interpreter, function)
            open_containers(interpreter, arguments)
            found = interpreter.domain.escaped(arguments, "", place)
            unknown = Unknown(f"calls something unknown: {function.reason}", function.hides)
            return unknown if found is MISSING else found
    if isinstance(function, (*CONSTANTS, tuple, range, ListValue, DictValue, SetValue)):
        return fail(interpreter, "TypeError", "called, but not callable")
    return interpreter.domain.call_instance(function, arguments, place)


def _call_each(interpreter: Interpreter, choice: OneOf, arguments: Arguments, place: Place) -> Value:
    counts = [interpreter.domain.refused()]

    def run(one: Value) -> Value:
        made = call(interpreter, one, arguments, place)
        counts.append(interpreter.domain.refused())
        return made

    result = each(interpreter, choice, run)
    interpreter.domain.tried(counts)
    return result


def _call_library_method(
    interpreter: Interpreter, method: LibraryMethod, arguments: Arguments, place: Place
) -> Value:
    if method.name == "__init__" and isinstance(method.receiver, Instance):
        interpreter.domain.initialize(method.receiver, method.base, arguments, place)
        return None
    if method.name in ("__new__", "__setattr__"):
        given = arguments if method.name == "__new__" else arguments.prepended(method.receiver)
        return _call_builtin(interpreter, OBJECT[method.name], given, place)
    if method.name == "__call__":
        return interpreter.domain.call_instance(method.receiver, arguments, place)
    return interpreter.domain.call_method(method.receiver, method.name, arguments, place)


_TAKES_OPEN = frozenset(
    {"dict", "zip", "print", "functools.partial", "itertools.chain", "types.SimpleNamespace", "set_defaults"}
)
"""Built-in functions that deal with unknown unpacking themselves."""


_COMPUTING = frozenset(
    {"abs", "bool", "divmod", "float", "int", "len", "max", "min", "pow", "range", "reversed", "round"}
    | {"sorted", "str", "sum"}
)
"""Built-in functions that only compute: with the default of an option they give a likely value."""


def _call_builtin(interpreter: Interpreter, function: Builtin, arguments: Arguments, place: Place) -> Value:
    if not arguments.exact and not function.is_method and function.name not in _TAKES_OPEN:
        open_containers(interpreter, arguments)
        return Unknown("unknown arguments")
    interpreter.charge(1)
    if function.name in _COMPUTING and has_likely(arguments):
        return called(interpreter, arguments, lambda plain: function.function(interpreter, plain, place))
    return function.function(interpreter, arguments, place)


_COMPUTING_MODULES = ("math.", "os.path.", "operator.")
_SPEAKING_MODULES = ("logging.", "warnings.")
"""They tell people what they are given, and change none of it."""


def _call_symbol(interpreter: Interpreter, symbol: Symbol, arguments: Arguments, place: Place) -> Value:
    known = interpreter.stdlib.get(symbol.dotted)
    if known is not None and (arguments.exact or symbol.dotted in _TAKES_OPEN):
        if symbol.dotted.startswith(_COMPUTING_MODULES) and has_likely(arguments):
            return called(interpreter, arguments, lambda plain: known(interpreter, plain, place))
        return known(interpreter, arguments, place)
    if not (interpreter.domain.owns(symbol.dotted) or symbol.dotted.startswith(_SPEAKING_MODULES)):
        interpreter.conditions.ran(symbol)
        interpreter.conditions.changes += any(isinstance(value, Unknown) for value in arguments.values())
    return interpreter.domain.call(symbol, arguments, place)


def call_named_method(
    interpreter: Interpreter, receiver: Value, name: str, arguments: Arguments, place: Place
) -> Value:
    """Call a method that the receiver's kind implements: of Python's own types, or of the domain's."""
    from kerlint.python.methods import call_method

    if isinstance(receiver, Likely) or (name in ("get", "format", "join") and has_likely(arguments)):
        given = arguments.prepended(receiver)
        return called(interpreter, given, lambda plain: _of_plain(interpreter, name, plain, place))
    if isinstance(receiver, Instance):
        return interpreter.domain.call_method(receiver, name, arguments, place)
    return call_method(interpreter, receiver, name, arguments, place)


def _of_plain(interpreter: Interpreter, name: str, arguments: Arguments, place: Place) -> Value:
    receiver = arguments.positional[0].value
    return call_named_method(
        interpreter, receiver, name, Arguments(arguments.positional[1:], arguments.keywords), place
    )


def call_instance(interpreter: Interpreter, instance: Instance, arguments: Arguments, place: Place) -> Value:
    """`instance(...)`: a user's own `__call__`, else what the library does."""
    if isinstance(instance.cls, ClassValue):
        method = find_in_class(instance.cls, "__call__")
        if isinstance(method, FunctionValue):
            return call_function(interpreter, method, arguments.prepended(instance), place)
        if method is MISSING and instance.native is None:
            return fail(interpreter, "TypeError", f"{instance.cls.name} cannot be called")
    return interpreter.domain.call_instance(instance, arguments, place)


def instantiate(interpreter: Interpreter, cls: ClassValue, arguments: Arguments, place: Place) -> Value:
    """Make an object of a user class: `__new__` and `__init__` are followed where the user wrote them."""
    cls.is_made = True
    if enum_kinds(cls):
        return member_of_value(cls, arguments)
    maker = find_in_class(cls, "__new__")
    if isinstance(maker, FunctionValue):
        instance = call_function(interpreter, maker, arguments.prepended(cls), place)
        if not isinstance(instance, Instance) or instance.cls is not cls:
            return instance
    else:
        instance = Instance(cls, interpreter.domain.native(cls, place))
    initialize(interpreter, instance, cls, arguments, place)
    return instance


def initialize(
    interpreter: Interpreter, instance: Instance, cls: ClassValue, arguments: Arguments, place: Place
) -> None:
    """Call the `__init__` of a new object, the user's own or the library's."""
    method = find_in_class(cls, "__init__")
    if isinstance(method, FunctionValue):
        call_function(interpreter, method, arguments.prepended(instance), place)
    elif isinstance(method, Builtin):
        method.function(interpreter, arguments.prepended(instance), place)
    elif isinstance(method, Symbol):
        if method.dotted.startswith(PREFIX):
            instance.attributes["args"] = tuple(arg.value for arg in arguments.positional)
        interpreter.domain.initialize(instance, method, arguments, place)
    elif isinstance(method, Unknown | OneOf) or cls.has_metaclass:
        instance.open = True
    elif arguments.values() and method is MISSING and find_in_class(cls, "__new__") is MISSING:
        fail(interpreter, "TypeError", f"{cls.name} takes no arguments")


__all__ = ["call", "call_function", "call_instance", "initialize", "instantiate"]
