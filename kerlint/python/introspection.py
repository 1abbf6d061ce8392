"""Built-in functions that ask what a value is and has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.arguments import Arguments
from kerlint.python.attributes import load_attribute, namespace_of, surely_lacks
from kerlint.python.choices import each
from kerlint.python.containers import DictValue, ListValue, SetValue
from kerlint.python.domain import MISSING
from kerlint.python.formatting import format_value
from kerlint.python.inheritance import find_in_class
from kerlint.python.refs import ABSENT, OneOf, Unknown, Value
from kerlint.python.storing import delete_attribute, store_attribute
from kerlint.python.truth import truth
from kerlint.python.typing_checks import is_instance, is_subclass, type_of
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

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


def isinstance_of(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`isinstance(obj, class_or_tuple)`."""
    answer = is_instance(interpreter, arguments.get(0, "obj"), arguments.get(1, "class_or_tuple"))
    return Unknown("an unknown type") if answer is None else answer


def issubclass_of(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`issubclass(cls, class_or_tuple)`."""
    answer = is_subclass(interpreter, arguments.get(0, "cls"), arguments.get(1, "class_or_tuple"))
    return Unknown("an unknown type") if answer is None else answer


def type_call(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`type(object)`."""
    return type_of(arguments.get(0, "object")) if len(arguments.positional) == 1 else Unknown("a made class")


def get_attribute(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`getattr(object, name, default)`."""
    value, name = arguments.get(0, "object"), arguments.get(1, "name")
    if isinstance(value, OneOf):
        rest = arguments.positional[1:]
        return each(
            interpreter,
            value,
            lambda one: get_attribute(
                interpreter, Arguments([Arguments.of(one).positional[0], *rest]), place
            ),
        )
    if not isinstance(name, str):
        return Unknown("an attribute of unknown name")
    if len(arguments.positional) <= 2:
        return load_attribute(interpreter, value, name, place)
    if surely_lacks(value, name) or _library_lacks(interpreter, value, name):
        return arguments.positional[2].value
    before, interpreter.trying = interpreter.trying, 0
    try:
        found = load_attribute(interpreter, value, name, place)
    finally:
        interpreter.trying = before
    return Unknown("an attribute that may exist") if found is ABSENT else found


def _library_lacks(interpreter: Interpreter, value: Value, name: str) -> bool:
    """Whether an object of a user's class has an attribute neither of its own nor from its library base."""
    if not isinstance(value, Instance) or value.open or value.native is None or name in value.attributes:
        return False
    if not isinstance(value.cls, ClassValue) or value.cls.has_metaclass or name.startswith("__"):
        return False
    own = [base for base in value.cls.mro if isinstance(base, ClassValue)]
    others = [base for base in value.cls.mro if not isinstance(base, ClassValue)]
    if any(name in base.namespace or "__getattr__" in base.namespace for base in own):
        return False
    is_one_library = len(others) == 1 and isinstance(others[0], Symbol)
    return is_one_library and interpreter.domain.lacks(value, name)


def has_attribute(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`hasattr(object, name)`."""
    value, name = arguments.get(0, "object"), arguments.get(1, "name")
    if isinstance(value, OneOf):
        return each(
            interpreter, value, lambda one: has_attribute(interpreter, Arguments.of(one, name), place)
        )
    if not isinstance(name, str):
        return Unknown("an attribute of unknown name")
    if surely_lacks(value, name) or _library_lacks(interpreter, value, name):
        return False
    if isinstance(value, Instance):
        found = value.attributes.get(name, MISSING)
        if found is not MISSING:
            return Unknown("an attribute that may exist") if isinstance(found, Unknown) else True
        if isinstance(value.cls, ClassValue):
            method = find_in_class(value.cls, name)
            if isinstance(method, FunctionValue) and method.wrapper != "property":
                return True
        is_of_library = isinstance(value.cls, Symbol) and value.native is not None and not value.open
        if is_of_library and interpreter.domain.attribute(value, name) is MISSING:
            return False
    if isinstance(value, Symbol) and interpreter.domain.has(value, name):
        return True
    before, interpreter.trying = interpreter.trying, 0
    try:
        known = load_attribute(interpreter, value, name, place)
    finally:
        interpreter.trying = before
    unsure = isinstance(known, Unknown | Symbol) or isinstance(value, Builtin)
    return Unknown("an attribute that may exist") if unsure else True


def set_attribute(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`setattr(object, name, value)`."""
    target, name = arguments.get(0, "object"), arguments.get(1, "name")
    if isinstance(name, str):
        store_attribute(interpreter, target, name, arguments.get(2, "value"), place)
    elif isinstance(target, Instance):
        interpreter.trail.touch(target)
        target.open = True
        lost = "may be set under an unknown name"
        target.attributes = {other: Unknown(lost) for other in target.attributes}
    return None


def remove_attribute(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`delattr(object, name)`."""
    target, name = arguments.get(0, "object"), arguments.get(1, "name")
    if isinstance(name, str):
        delete_attribute(interpreter, target, name)
    return None


def variables(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`vars(object)`."""
    value = arguments.get(0, "object")
    plain = isinstance(value, Instance) and value.native is None
    return namespace_of(value) if plain else Unknown("vars()")


def is_callable(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`callable(obj)`."""
    value = arguments.get(0, "obj")
    if isinstance(value, FunctionValue | ClassValue | Builtin | BoundMethod | Partial):
        return True
    if isinstance(value, (*CONSTANTS, tuple, range, ListValue, DictValue, SetValue, ModuleValue)):
        return False
    if isinstance(value, Instance) and isinstance(value.cls, ClassValue):
        method = find_in_class(value.cls, "__call__")
        if isinstance(method, FunctionValue):
            return True
        if method is MISSING:
            return False
    if isinstance(value, Symbol | Instance):
        known = (
            interpreter.domain.owns(value.dotted) if isinstance(value, Symbol) else value.native is not None
        )
        return interpreter.domain.is_callable(value) if known else Unknown("may be callable")
    return Unknown("may be callable")


def text_of(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`str(object)`."""
    if not arguments.positional:
        return ""
    value = arguments.positional[0].value
    if isinstance(value, OneOf):
        return each(interpreter, value, lambda one: text_of(interpreter, Arguments.of(one), place))
    text = format_value(interpreter, value, "s", "", place) if len(arguments.values()) == 1 else None
    return Unknown("text of something unknown") if text is None else text


def shown(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`repr(object)`."""
    text = format_value(interpreter, arguments.get(0, "object"), "r", "", place)
    return Unknown("text of something unknown") if text is None else text


def truth_of(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`bool(object)`."""
    value = arguments.get(0, "object", False)
    if isinstance(value, OneOf):
        return each(interpreter, value, lambda one: truth_of(interpreter, Arguments.of(one), place))
    answer = truth(interpreter, value)
    if answer is None:
        interpreter.domain.asked("bool", value, place)
        return Unknown("an unknown condition")
    return answer
