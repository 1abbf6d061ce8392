"""Making functions out of `def` and `lambda`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.refs import Value
from kerlint.python.scope import Frame
from kerlint.python.values import FunctionValue
from kerlint.text.nodes import children

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter


def make_function(
    interpreter: Interpreter, name: str, node: cst.FunctionDef | cst.Lambda, frame: Frame
) -> FunctionValue:
    """A function value with its defaults evaluated now, as Python does."""
    params = node.params
    defaults: dict[str, Value] = {}
    for param in (*params.posonly_params, *params.params, *params.kwonly_params):
        if param.default is not None:
            defaults[param.name.value] = interpreter.evaluate(param.default, frame)
    made = FunctionValue(name, node, frame.scope, frame.statement, defaults)
    made.private = frame.private
    return made


def is_generator(function: FunctionValue) -> bool:
    """Whether the body of a function yields."""
    if function.is_generator is None:
        function.is_generator = "yield" in function.statement.text and _yields(function.node.body)
    return function.is_generator


def _yields(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Yield):
        return True
    if isinstance(node, cst.FunctionDef | cst.Lambda | cst.ClassDef):
        return False
    return any(_yields(child) for child in children(node))
