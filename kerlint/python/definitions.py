"""`def` and `class`: functions with their decorators, classes with their resolution order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst

from kerlint.python.arguments import Arguments
from kerlint.python.calls import call
from kerlint.python.enumerations import make_enum
from kerlint.python.exceptions import as_base
from kerlint.python.functions import make_function
from kerlint.python.inheritance import find_in_class, linearize
from kerlint.python.records import make_dataclass, make_named_tuple
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.scope import Frame, Scope
from kerlint.python.values import BoundMethod, Builtin, ClassValue, FunctionValue, Instance, Partial, Symbol

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

NORMAL = 0

_WRAPPERS: Final = {
    "property": "property",
    "staticmethod": "staticmethod",
    "classmethod": "classmethod",
    "functools.cached_property": "cached",
    "abc.abstractproperty": "property",
    "contextlib.contextmanager": "contextmanager",
}
_FOLLOWED = (FunctionValue, ClassValue, BoundMethod, Partial, Builtin, Instance)
"""Decorators whose effect is evaluated. A library's, or an unknown one, is taken to be transparent."""


def function_definition(interpreter: Interpreter, node: cst.FunctionDef, frame: Frame) -> int:
    """Make the function, pass it through its decorators, bind its name."""
    wrappers = [
        interpreter.evaluate(each.decorator, frame)
        for each in node.decorators
        if not _is_accessor(each, node)
    ]
    function = make_function(interpreter, node.name.value, node, frame)
    if interpreter.modules.is_main(frame.scope.filename):
        interpreter.functions.append(function)
    accessor = next((each for each in node.decorators if _is_accessor(each, node)), None)
    if accessor is not None:
        function.wrapper = "setter"
        _bind(interpreter, frame, f"{node.name.value}.{_accessor(accessor)}", function)
        return NORMAL
    value: Value = function
    for wrapper in reversed(wrappers):
        value = _decorated(interpreter, wrapper, value, node, frame)
    _bind(interpreter, frame, node.name.value, value)
    return NORMAL


def _bind(interpreter: Interpreter, frame: Frame, name: str, value: Value) -> None:
    scope = frame.scope.home(name)
    interpreter.trail.touch(scope)
    scope.names[name] = value


def _accessor(decorator: cst.Decorator) -> str:
    inner = decorator.decorator
    return inner.attr.value if isinstance(inner, cst.Attribute) else ""


def _is_accessor(decorator: cst.Decorator, node: cst.FunctionDef) -> bool:
    """Whether this is `@name.setter` (or deleter) over a second `def name`."""
    inner = decorator.decorator
    return (
        isinstance(inner, cst.Attribute)
        and inner.attr.value in ("setter", "deleter")
        and isinstance(inner.value, cst.Name)
        and inner.value.value == node.name.value
    )


def _decorated(
    interpreter: Interpreter, wrapper: Value, value: Value, node: cst.FunctionDef | cst.ClassDef, frame: Frame
) -> Value:
    """What a decorator makes of a function or class."""
    name = (
        wrapper.dotted
        if isinstance(wrapper, Symbol)
        else wrapper.name
        if isinstance(wrapper, Builtin)
        else ""
    )
    kind = _WRAPPERS.get(name)
    if kind is not None:
        if isinstance(value, FunctionValue):
            value.wrapper = kind
        return value
    if not isinstance(wrapper, _FOLLOWED) or (isinstance(wrapper, Instance) and wrapper.native is not None):
        if isinstance(value, FunctionValue):
            value.is_wrapped = not (isinstance(wrapper, Symbol) and interpreter.domain.owns(wrapper.dotted))
        return value
    made = call(interpreter, wrapper, Arguments.of(value), interpreter.place(node, frame))
    return value if isinstance(made, Unknown) else made


def class_definition(interpreter: Interpreter, node: cst.ClassDef, frame: Frame) -> int:
    """Run the class body in a scope of its own and make the class."""
    wrappers = [interpreter.evaluate(each.decorator, frame) for each in node.decorators]
    bases = _bases(interpreter, node, frame)
    keywords = {
        base.keyword.value: interpreter.evaluate(base.value, frame)
        for base in node.keywords
        if base.keyword is not None
    }
    cls = _made(interpreter, node, bases, frame)
    metaclass = keywords.pop("metaclass", None)
    cls.has_metaclass = not (metaclass is None or metaclass == Symbol("abc.ABCMeta")) or any(
        base.has_metaclass for base in cls.mro[1:] if isinstance(base, ClassValue)
    )
    place = interpreter.place(node, frame)
    interpreter.domain.defined(cls, place)
    hook = find_in_class(cls, "__init_subclass__", after=cls)
    if isinstance(hook, FunctionValue):
        call(interpreter, hook, Arguments.of(cls, **keywords), place)
    make_enum(cls)
    make_named_tuple(cls, node)
    value: Value = cls
    for wrapper, decorator in zip(reversed(wrappers), reversed(node.decorators), strict=True):
        if not make_dataclass(cls, node, wrapper, decorator):
            value = _decorated(interpreter, wrapper, value, node, frame)
    _bind(interpreter, frame, node.name.value, value)
    return NORMAL


def _made(interpreter: Interpreter, node: cst.ClassDef, bases: tuple[Value, ...], frame: Frame) -> ClassValue:
    from kerlint.python.statements import run_suite

    scope = Scope(frame.scope, is_class=True)
    inner = Frame(scope, frame.statement, frame.chain, frame.function)
    inner.private = node.name.value
    inner.base = interpreter.trail.depth
    run_suite(interpreter, node.body, inner)
    cls = ClassValue(node.name.value, bases, scope.names, node, frame.statement)
    cls.mro = linearize(bases, cls)
    for value in cls.namespace.values():
        if isinstance(value, FunctionValue) and value.owner is None:
            value.owner = cls
    return cls


_TRANSPARENT_BASES = frozenset({"abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"})
"""Bases that leave a class as it is."""


def _bases(interpreter: Interpreter, node: cst.ClassDef, frame: Frame) -> tuple[Value, ...]:
    bases: list[Value] = []
    for base in node.bases:
        value = interpreter.evaluate(base.value, frame)
        if base.star:
            bases.append(Unknown("unpacked bases"))
        elif isinstance(value, Builtin):
            if value.name != "object":
                bases.append(as_base(value))
        elif isinstance(value, OneOf):
            bases.append(value.alternatives[0])
        elif not (isinstance(value, Symbol) and value.dotted in _TRANSPARENT_BASES):
            bases.append(value)
    return tuple(bases)
