"""A real file as operators see it: its text, its syntax, and which of its calls mean something of Keras."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeVar

Kind = TypeVar("Kind", bound=ast.AST)
Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef


class Program:
    """One parsed file. Offsets count bytes, as `ast` does."""

    def __init__(self, path: Path, data: bytes) -> None:
        """Parse `data`; raises SyntaxError or ValueError where Python would refuse it."""
        self.path = path
        self.data = data
        self.tree = ast.parse(data)
        self._loads: dict[ast.stmt, Counter[str]] = {}
        self._rows = [0, *(found.end() for found in re.finditer(rb"\n", data))]

    def start(self, node: ast.AST) -> int:
        """The offset at which an expression or statement begins."""
        assert isinstance(node, ast.expr | ast.stmt | ast.keyword | ast.arg)
        return self._rows[node.lineno - 1] + node.col_offset

    def end(self, node: ast.AST) -> int:
        """The offset behind an expression or statement."""
        assert isinstance(node, ast.expr | ast.stmt | ast.keyword | ast.arg)
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self._rows[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.AST) -> str:
        """The source of an expression or statement."""
        return self.data[self.start(node) : self.end(node)].decode()

    def row_start(self, node: ast.stmt) -> int:
        """The offset of the first column of the statement's first row."""
        return self._rows[node.lineno - 1]

    @cached_property
    def _by_kind(self) -> dict[type[ast.AST], list[ast.AST]]:
        found: dict[type[ast.AST], list[ast.AST]] = {}
        for node in ast.walk(self.tree):
            found.setdefault(type(node), []).append(node)
        return found

    def all(self, kind: type[Kind]) -> list[Kind]:
        """All nodes of one class of the syntax tree, outer ones first."""
        return [node for node in self._by_kind.get(kind, ()) if isinstance(node, kind)]

    @cached_property
    def imports(self) -> dict[str, str]:
        """What the names that imports bind stand for, dotted; anywhere in the file."""
        found: dict[str, str] = {}
        for plain in self.all(ast.Import):
            for name in plain.names:
                top = name.name.partition(".")[0]
                found[name.asname or top] = name.name if name.asname else top
        for node in self.all(ast.ImportFrom):
            for name in node.names if node.module and not node.level else ():
                found[name.asname or name.name] = f"{node.module}.{name.name}"
        return found

    @cached_property
    def imports_keras(self) -> bool:
        """Whether an import anywhere in the file is one of Keras or TensorFlow."""
        return any(
            dotted.partition(".")[0] == "tensorflow" or is_keras(dotted) for dotted in self.imports.values()
        )

    @cached_property
    def _has_star(self) -> bool:
        return any(name == "*" and is_keras(dotted) for name, dotted in self.imports.items())

    def dotted(self, node: ast.expr) -> str | None:
        """What a name or attribute stands for by the imports, or None."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        base = self.imports.get(node.id)
        if base is None:
            return f"keras.{node.id}" if self._has_star and not parts and node.id[:1].isupper() else None
        return ".".join([base, *reversed(parts)])

    def names_keras(self, text: str) -> bool:
        """Whether a text such as `tf.keras` stands for Keras itself everywhere in the file."""
        base = text.partition(".")[0]
        tops = [one for one in self.tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
        bound = {name.asname or name.name.partition(".")[0] for one in tops for name in one.names}
        dotted = self.dotted(ast.parse(text, mode="eval").body)
        return base in bound and dotted in ("keras", "tensorflow.keras", "tf_keras")

    def keras_name(self, node: ast.AST) -> str | None:
        """The last part of the name, `Conv2D`, of a call of something of Keras; else None."""
        if not isinstance(node, ast.Call):
            return None
        dotted = self.dotted(node.func)
        if dotted is None or not is_keras(dotted):
            return None
        return dotted.rpartition(".")[2]

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node around each node."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def scope(self, node: ast.AST) -> Scope:
        """The function, or else the module, that a node is in."""
        above = self.parents[node]
        while not isinstance(above, Scope):
            above = self.parents[above]
        return above

    @cached_property
    def calls(self) -> list[ast.Call]:
        """All calls, in the order of the text."""
        return sorted(self.all(ast.Call), key=lambda call: (call.lineno, call.col_offset))

    @cached_property
    def _methods(self) -> dict[str, list[tuple[str, ast.Call]]]:
        found: dict[str, list[tuple[str, ast.Call]]] = {}
        for call in self.calls:
            if isinstance(call.func, ast.Attribute):
                found.setdefault(call.func.attr, []).append((self.text(call.func.value), call))
        return found

    def method_calls(self, name: str, scope: ast.AST | None = None) -> Iterator[tuple[str, ast.Call]]:
        """Calls `receiver.name(...)`, with the text of the receiver; in one scope only if one is given."""
        for receiver, call in self._methods.get(name, ()):
            if scope is None or self.scope(call) is scope:
                yield receiver, call

    @cached_property
    def blocks(self) -> list[list[ast.stmt]]:
        """All lists of statements."""
        fields = (
            getattr(node, name, None)
            for nodes in self._by_kind.values()
            for node in nodes
            for name in ("body", "orelse", "finalbody")
        )
        return [
            block for block in fields if isinstance(block, list) and block and isinstance(block[0], ast.stmt)
        ]

    def loads(self, statement: ast.stmt) -> Counter[str]:
        """How often a statement reads each name."""
        if statement not in self._loads:
            self._loads[statement] = Counter(
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            )
        return self._loads[statement]

    def statement(self, node: ast.AST) -> ast.stmt:
        """The innermost statement around a node."""
        while not isinstance(node, ast.stmt):
            node = self.parents[node]
        return node


def is_keras(dotted: str) -> bool:
    """Whether a dotted name is one of Keras."""
    parts = dotted.split(".")
    return "keras" in parts or parts[0] in ("tf_keras", "keras")


def keyword(call: ast.Call, name: str) -> ast.keyword | None:
    """The keyword argument of a call."""
    return next((one for one in call.keywords if one.arg == name), None)


def argument(call: ast.Call, name: str, position: int | None = None) -> ast.expr | None:
    """The value of an argument given by name, or at a position that no `*` precedes."""
    found = keyword(call, name)
    if found is not None:
        return found.value
    if position is None or position >= len(call.args):
        return None
    before = call.args[: position + 1]
    return None if any(isinstance(one, ast.Starred) for one in before) else before[-1]


def literal(node: ast.expr | None) -> object:
    """The value of a literal; Ellipsis where it is none, None where nothing is written."""
    if node is None:
        return None
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return ...


def has_splat(call: ast.Call) -> bool:
    """Whether `*args` or `**kwargs` may bring arguments that are not seen."""
    return any(one.arg is None for one in call.keywords) or any(isinstance(a, ast.Starred) for a in call.args)
