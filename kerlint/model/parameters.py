"""The parameters of the user function around a call, and whether its body reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.model.call_sites import CallSite, UserParameter
from kerlint.places import Place
from kerlint.python.values import UNKNOWN, FunctionValue

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

SENSITIVE = (
    "Dense",
    "Pooling1D",
    "Pooling2D",
    "Pooling3D",
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "DTranspose",
    ".compile",
)
"""Calls whose rules ask for the parameters around them."""


def enclosing(interpreter: Interpreter, site: CallSite) -> CallSite:
    """The same call with the parameters of the innermost user function around it."""
    if not interpreter.calls:
        return site
    function = interpreter.calls[-1]
    known = _cache.get(id(function.node))
    if known is None or known[0] is not function.node:
        known = (function.node, _parameters(function))
        _cache[id(function.node)] = known
        if len(_cache) > 1_000:
            _cache.clear()
    return CallSite(site.symbol, site.arguments, site.place, site.exact, site.unexpected, known[1])


_cache: dict[int, tuple[cst.CSTNode, tuple[UserParameter, ...]]] = {}


def _parameters(function: FunctionValue) -> tuple[UserParameter, ...]:
    node, statement = function.node, function.statement
    params = [*node.params.posonly_params, *node.params.params, *node.params.kwonly_params]
    if function.owner is not None:
        params = params[1:]
    body = statement.code(node.body)
    owner = function.owner.name if function.owner is not None else None
    return tuple(
        UserParameter(
            param.name.value,
            function.name,
            owner,
            Place(statement, param),
            re.search(rf"\b{re.escape(param.name.value)}\b", body) is not None,
            function.defaults.get(param.name.value, UNKNOWN),
        )
        for param in params
    )
