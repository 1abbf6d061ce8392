"""Binding the arguments of a call to a user function's parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.arguments import Arguments
from kerlint.python.containers import DictValue
from kerlint.python.refs import Unknown, Value
from kerlint.python.scope import Scope
from kerlint.python.values import FunctionValue

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter


def bind(interpreter: Interpreter, function: FunctionValue, arguments: Arguments, scope: Scope) -> bool:
    """Bind arguments to a user function's parameters in `scope`; False where Python would refuse.

    With unknown unpacking in the call, parameters that nothing known reaches become Unknown.
    """
    params = function.node.params
    names = scope.names
    positional = [*params.posonly_params, *params.params]
    given = list(arguments.positional)
    keywords = dict(arguments.keywords)
    for index, param in enumerate(positional):
        name = param.name.value
        if given:
            names[name] = given.pop(0).value
        elif name in keywords and index >= len(params.posonly_params):
            names[name] = keywords.pop(name).value
        elif not _fall_back(function, name, arguments, names):
            return False
    for param in params.kwonly_params:
        name = param.name.value
        if name in keywords:
            names[name] = keywords.pop(name).value
        elif not _fall_back(function, name, arguments, names):
            return False
    if isinstance(params.star_arg, cst.Param):
        rest = tuple(arg.value for arg in given)
        names[params.star_arg.name.value] = Unknown("unknown *args") if arguments.open_positional else rest
    elif given:
        return False
    if params.star_kwarg is not None:
        items = {name: arg.value for name, arg in keywords.items()}
        names[params.star_kwarg.name.value] = DictValue(items, open=arguments.open_keywords)
    elif keywords:
        return False
    return True


def _fall_back(function: FunctionValue, name: str, arguments: Arguments, names: dict[str, Value]) -> bool:
    if not arguments.exact:
        names[name] = Unknown(f"{name} may be given by unpacking")
        return True
    if name in function.defaults:
        names[name] = function.defaults[name]
        return True
    return False
