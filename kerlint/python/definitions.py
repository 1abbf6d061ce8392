"""`def` and `class`: functions with their decorators, classes with their resolution order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.arguments import Arguments
from kerlint.python.attributes import linearize
from kerlint.python.scope import Frame, Scope
from kerlint.python.values import (
    Builtin,
    ClassValue,
    FunctionValue,
    OneOf,
    Partial,
    Symbol,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

NORMAL = 0

_WRAPPERS = {
    "property": "property",
    "staticmethod": "staticmethod",
    "classmethod": "classmethod",
    "functools.cached_property": "property",
    "abc.abstractproperty": "property",
    "contextlib.contextmanager": "contextmanager",
}


def function_definition(interpreter: Interpreter, node: cst.FunctionDef, frame: Frame) -> int:
    """Make the function, pass it through its decorators, bind its name."""
    from kerlint.python.expressions import make_function

    function = make_function(interpreter, node.name.value, node, frame)
    if interpreter.modules.is_main(frame.scope.filename):
        interpreter.functions.append(function)
    value: Value = function
    for decorator in reversed(node.decorators):
        if _is_setter(decorator, node):
            function.wrapper = "setter"
            _bind(interpreter, frame, f"{node.name.value}.setter", function)
            return NORMAL
        value = _decorated(interpreter, decorator, value, frame)
    _bind(interpreter, frame, node.name.value, value)
    return NORMAL


def _bind(interpreter: Interpreter, frame: Frame, name: str, value: Value) -> None:
    scope = frame.scope.home(name)
    interpreter.trail.touch(scope)
    scope.names[name] = value


def _is_setter(decorator: cst.Decorator, node: cst.FunctionDef) -> bool:
    inner = decorator.decorator
    return (
        isinstance(inner, cst.Attribute)
        and inner.attr.value == "setter"
        and isinstance(inner.value, cst.Name)
        and inner.value.value == node.name.value
    )


def _decorated(interpreter: Interpreter, decorator: cst.Decorator, value: Value, frame: Frame) -> Value:
    """What a decorator makes of a function. Library decorators are transparent; a user's is called."""
    wrapper = interpreter.evaluate(decorator.decorator, frame)
    name = wrapper.dotted if isinstance(wrapper, Symbol) else getattr(wrapper, "name", "")
    kind = _WRAPPERS.get(name)
    if kind is not None:
        if isinstance(value, FunctionValue):
            value.wrapper = kind
        return value
    if isinstance(wrapper, FunctionValue):
        from kerlint.python.calls import call

        made = call(interpreter, wrapper, Arguments.of(value), interpreter.place(decorator, frame))
        return made if isinstance(made, FunctionValue | ClassValue | Partial) else value
    return value


def class_definition(interpreter: Interpreter, node: cst.ClassDef, frame: Frame) -> int:
    """Run the class body in a scope of its own and make the class."""
    bases = tuple(_base(interpreter.evaluate(base.value, frame)) for base in node.bases if base.star == "")
    scope = Scope(frame.scope, is_class=True)
    inner = Frame(scope, frame.statement, frame.chain, frame.function)
    interpreter.execute(tuple(node.body.body) if isinstance(node.body, cst.IndentedBlock) else (), inner)
    cls = ClassValue(node.name.value, bases, scope.names, node, frame.statement)
    cls.mro = linearize(bases, cls)
    for value in cls.namespace.values():
        if isinstance(value, FunctionValue) and value.owner is None:
            value.owner = cls
    interpreter.domain.defined(cls, interpreter.place(node, frame))
    value = _decorated_class(interpreter, node, cls, frame)
    _bind(interpreter, frame, node.name.value, value)
    return NORMAL


def _base(value: Value) -> Value:
    if isinstance(value, Builtin):
        return Symbol("builtins.object") if value.name == "object" else Unknown(f"derives from {value.name}")
    if isinstance(value, OneOf):
        return value.alternatives[0]
    return value if isinstance(value, ClassValue | Symbol) else Unknown("derives from something unknown")


def _decorated_class(interpreter: Interpreter, node: cst.ClassDef, cls: ClassValue, frame: Frame) -> Value:
    for decorator in reversed(node.decorators):
        wrapper = interpreter.evaluate(decorator.decorator, frame)
        if _is_dataclass(wrapper, decorator):
            from kerlint.python.records import add_initializer

            add_initializer(cls, node)
    return cls


def _is_dataclass(wrapper: Value, decorator: cst.Decorator) -> bool:
    if isinstance(wrapper, Symbol):
        return wrapper.dotted in ("dataclasses.dataclass", "attr.s", "attrs.define")
    inner = decorator.decorator
    return isinstance(inner, cst.Call) and isinstance(wrapper, Unknown) and "dataclass" in wrapper.reason
