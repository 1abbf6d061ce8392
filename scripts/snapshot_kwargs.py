"""What a function's body does with its `**kwargs`, read from its source."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any


def body_of(function: Callable[..., Any] | CodeType) -> ast.AST | None:
    """The parsed source of a live function, or None where there is none."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None


class KwargsUses:
    """The uses of one dict of keywords in one body.

    `popped` and `read` are keywords with their fallbacks, `validated` the names a check lets pass, `closed`
    whether anything else raises, `passed_on` the calls that get `**kwargs`, `handed_over` the calls that get
    the dict itself, with its position.
    """

    def __init__(self, body: ast.AST, kwargs: str) -> None:
        self.kwargs = kwargs
        self.popped: dict[str, Any] = {}
        self.read: dict[str, Any] = {}
        self.validated: dict[str, Any] = {}
        self.closed = False
        self.passed_on: list[ast.Call] = []
        self.handed_over: list[tuple[ast.Call, int]] = []
        self._sets: dict[str, list[str]] = {}
        self._leftovers = {kwargs}
        nodes = list(_in_scope(body, kwargs))
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self._assign(node.targets[0].id, node.value)
        for node in nodes:
            self._visit(node)

    def absorb(self, other: KwargsUses) -> None:
        """Add what another body, which was handed the dict, does with it."""
        self.popped |= other.popped
        self.read |= other.read
        self.validated |= other.validated
        self.closed |= other.closed

    def _visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            self._call(node)
        elif isinstance(node, ast.If | ast.For):
            self._branch(node)
        elif isinstance(node, ast.Compare) and self._is_kwargs(node.comparators[0]):
            self._keep(self.read, node.left, None)

    def _assign(self, name: str, value: ast.expr) -> None:
        """Remember sets of names, and what is left of the keywords after such a set was taken away."""
        strings = _strings(value, self._sets)
        if any(self._is_kwargs(item) for item in ast.walk(value)):
            if isinstance(value, ast.BinOp | ast.SetComp | ast.ListComp | ast.DictComp):
                self._leftovers.add(name)
                self.validated |= dict.fromkeys(strings)
        elif isinstance(value, ast.Set | ast.List | ast.Tuple):
            self._sets[name] = strings

    def _is_kwargs(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id == self.kwargs

    def _keep(self, table: dict[str, Any], node: ast.expr, default: Any) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            table.setdefault(node.value, default)

    def _call(self, node: ast.Call) -> None:
        if any(item.arg is None and self._is_kwargs(item.value) for item in node.keywords):
            self.passed_on.append(node)
        function = node.func
        if isinstance(function, ast.Attribute) and self._is_kwargs(function.value) and node.args:
            default = node.args[1] if len(node.args) > 1 else None
            value = default.value if isinstance(default, ast.Constant) else None
            self._keep(self.popped if function.attr == "pop" else self.read, node.args[0], value)
        called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        for position, item in enumerate(node.args):
            if self._is_kwargs(item) and called == "validate_kwargs":
                self.closed = True
                self.validated |= dict.fromkeys(_strings(node.args[1], self._sets))
            elif self._is_kwargs(item):
                self.handed_over.append((node, position))

    def _branch(self, node: ast.If | ast.For) -> None:
        """`if kwargs: raise` and `for key in kwargs: if ...: raise` close the signature."""
        head = node.test if isinstance(node, ast.If) else node.iter
        parts = list(ast.walk(head))
        asks_for_one = any(isinstance(item, ast.Constant) and isinstance(item.value, str) for item in parts)
        if not asks_for_one and any(
            isinstance(item, ast.Name) and item.id in self._leftovers for item in parts
        ):
            self.closed |= any(isinstance(item, ast.Raise) for part in node.body for item in ast.walk(part))


def _in_scope(node: ast.AST, name: str) -> Iterator[ast.AST]:
    """The nodes below, less the inner functions that have a parameter of that name themselves."""
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.Module) or not _rebinds(child, name):
            yield child
            yield from _in_scope(child, name)


def _rebinds(node: ast.AST, name: str) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.Lambda):
        return False
    names = [node.args.kwarg, node.args.vararg, *node.args.args, *node.args.kwonlyargs]
    return any(item is not None and item.arg == name for item in names)


def _strings(node: ast.expr, sets: dict[str, list[str]]) -> list[str]:
    """The strings in an expression, with those of the named sets it mentions."""
    found: list[str] = []
    for item in ast.walk(node):
        if isinstance(item, ast.Constant) and isinstance(item.value, str):
            found.append(item.value)
        elif isinstance(item, ast.Name):
            found += sets.get(item.id, [])
    return found
