"""`import` in all its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.attributes import load_attribute
from kerlint.python.scope import Deferred, Frame, Scope
from kerlint.python.values import ModuleValue, Symbol, Unknown, Value

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
        if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
            value = interpreter.modules.load(interpreter, dotted, frame.scope.filename)
            _bind(interpreter, frame, alias.asname.name.value, value)
        else:
            interpreter.modules.load(interpreter, dotted, frame.scope.filename)
            root = dotted.partition(".")[0]
            _bind(interpreter, frame, root, interpreter.modules.load(interpreter, root, frame.scope.filename))
    return NORMAL


def import_from(interpreter: Interpreter, node: cst.ImportFrom, frame: Frame) -> int:
    """`from m import a, b as c`, relative or not, and `from m import *`."""
    dotted, level = dotted_name(node.module), len(node.relative)
    if isinstance(node.names, cst.ImportStar):
        _import_star(interpreter, dotted, level, frame)
        return NORMAL
    for alias in node.names:
        name = dotted_name(alias.name)
        value = imported(interpreter, dotted, level, name, frame)
        bound = alias.asname.name if alias.asname is not None else alias.name
        if isinstance(bound, cst.Name):
            _bind(interpreter, frame, bound.value, value)
    return NORMAL


def imported(interpreter: Interpreter, dotted: str, level: int, name: str, frame: Frame) -> Value:
    """What `from dotted import name` gives: a member, or a submodule."""
    filename = frame.scope.filename
    if level == 0 and interpreter.domain.owns(f"{dotted}.{name}"):
        return interpreter.domain.symbol(f"{dotted}.{name}")
    module = interpreter.modules.load(interpreter, dotted, filename, level)
    if isinstance(module, ModuleValue):
        return load_attribute(interpreter, module, name, interpreter.place(cst.Name(name), frame))
    if isinstance(module, Symbol):
        return interpreter.domain.member(module, name)
    return module


def _import_star(interpreter: Interpreter, dotted: str, level: int, frame: Frame) -> None:
    module = interpreter.modules.load(interpreter, dotted, frame.scope.filename, level)
    scope = frame.scope
    interpreter.trail.touch(scope)
    if isinstance(module, ModuleValue):
        for name in [name for name in module.scope.names if not name.startswith("_")]:
            value = module.scope.names[name]
            scope.names[name] = (
                interpreter.define(name, value, module.scope) if type(value) is Deferred else value
            )
        scope.globals.wild = scope.globals.wild or module.scope.wild
        return
    names = interpreter.domain.star(module) if isinstance(module, Symbol) else None
    if names is None:
        scope.globals.wild = True
        return
    scope.names.update(names)


def _bind(interpreter: Interpreter, frame: Frame, name: str, value: Value) -> None:
    scope: Scope = frame.scope.home(name)
    interpreter.trail.touch(scope)
    scope.names[name] = value


__all__ = ["Unknown", "dotted_name", "import_from", "import_names"]
