"""`import` in all its forms."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import libcst as cst

from kerlint.python.attributes import module_member
from kerlint.python.joining import join
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.scope import DeferredImport, Frame, Scope
from kerlint.python.values import ModuleValue, Symbol

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

NORMAL = 0


def dotted_name(node: cst.BaseExpression | None) -> str:
    """The text of a dotted name; empty for anything else."""
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        return f"{dotted_name(node.value)}.{node.attr.value}"
    return ""


def import_names(interpreter: Interpreter, node: cst.Import, frame: Frame) -> int:
    """`import a.b.c` binds `a`; `import a.b.c as d` binds the module itself."""
    for alias in node.names:
        dotted = dotted_name(alias.name)
        bound = dotted.partition(".")[0]
        if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
            bound = alias.asname.name.value
        else:
            dotted = bound
        _bind(interpreter, frame, bound, _module(interpreter, dotted, frame))
    return NORMAL


def _module(interpreter: Interpreter, dotted: str, frame: Frame) -> Value:
    if interpreter.domain.owns(dotted):
        return interpreter.domain.symbol(dotted)
    return DeferredImport(dotted, 0, None, frame.scope.filename)


def import_from(interpreter: Interpreter, node: cst.ImportFrom, frame: Frame) -> int:
    """`from m import a, b as c`, relative or not, and `from m import *`."""
    dotted, level = dotted_name(node.module), len(node.relative)
    if isinstance(node.names, cst.ImportStar):
        _import_star(interpreter, dotted, level, frame)
        return NORMAL
    for alias in node.names:
        name = dotted_name(alias.name)
        if level == 0 and interpreter.domain.owns(f"{dotted}.{name}"):
            value: Value = interpreter.domain.symbol(f"{dotted}.{name}")
        else:
            value = DeferredImport(dotted, level, name, frame.scope.filename)
        bound = alias.asname.name if alias.asname is not None else alias.name
        if isinstance(bound, cst.Name):
            _bind(interpreter, frame, bound.value, value)
    return NORMAL


def resolve_in(interpreter: Interpreter, scope: Scope, name: str, deferred: DeferredImport) -> Value:
    """Put what an imported name stands for in its place.

    Meanwhile the name is not there: what a package imports from itself is its submodule, and modules that
    import each other do not go round in a circle.
    """
    del scope.names[name]
    value: Value = Unknown("imported in a circle")
    try:
        value = _resolve(interpreter, deferred)
    finally:
        scope.names[name] = value
    return value


def resolve_each(interpreter: Interpreter, value: OneOf) -> Value:
    """The same choice, with what imported names among the alternatives stand for."""
    if DeferredImport not in map(type, value.alternatives):
        return value
    resolved = [
        _resolve(interpreter, one) if isinstance(one, DeferredImport) else one for one in value.alternatives
    ]
    return join(resolved, value.paths)


def _resolve(interpreter: Interpreter, deferred: DeferredImport) -> Value:
    """What an imported name stands for: a module, a member of one, or a submodule."""
    module = interpreter.modules.load(interpreter, deferred.dotted, deferred.importer, deferred.level)
    if deferred.name is None:
        return module
    if isinstance(module, ModuleValue):
        return module_member(interpreter, module, deferred.name)
    if isinstance(module, Symbol):
        return interpreter.domain.member(module, deferred.name)
    return module


_STANDARD: Final = frozenset(
    {
        *("math", "itertools", "functools", "collections", "operator", "typing", "random", "time", "os"),
        *("copy", "string", "enum", "dataclasses"),
    }
)
"""Modules of the standard library that a star import may name, and that kerlint itself has in memory."""


def _public(dotted: str) -> list[str]:
    """What `from module import *` brings of a standard module."""
    module = import_module(dotted)
    return getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]


def _import_star(interpreter: Interpreter, dotted: str, level: int, frame: Frame) -> None:
    module = interpreter.modules.load(interpreter, dotted, frame.scope.filename, level)
    scope = frame.scope
    interpreter.trail.touch(scope)
    if isinstance(module, ModuleValue):
        for name in module.scope.names:
            if not name.startswith("_"):
                scope.names[name] = DeferredImport(dotted, level, name, scope.filename)
        scope.globals.wild = scope.globals.wild or module.scope.wild
        return
    names = interpreter.domain.star(module) if isinstance(module, Symbol) else None
    if names is None and dotted in _STANDARD:
        names = {name: interpreter.domain.symbol(f"{dotted}.{name}") for name in _public(dotted)}
    if names is None:
        scope.globals.wild = True
        return
    scope.names.update(names)


def _bind(interpreter: Interpreter, frame: Frame, name: str, value: Value) -> None:
    scope: Scope = frame.scope.home(name)
    interpreter.trail.touch(scope)
    scope.names[name] = value
