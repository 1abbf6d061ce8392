"""A program's top-level statements as the slice sees them: what each binds, reads, changes, and where it stands.

The body of `if __name__ == "__main__":` counts as top level. Nothing here knows Keras.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

_SETTING = re.compile(
    r"seed|policy|environ|set_\w|enable_|disable_|\bconfig\b|filterwarnings|custom_objects|register",
    re.IGNORECASE,
)
"""Words of statements that set something for the whole process."""


@dataclass(frozen=True, eq=False)
class Piece:
    """One statement that is kept or left out as a whole."""

    node: ast.stmt
    index: int
    first_row: int
    last_row: int
    guard: ast.If | None = None
    """The `if __name__ == ...` around it."""
    modules: frozenset[str] = field(default=frozenset(), repr=False)
    """Names that imports of the program bind."""

    @property
    def is_import(self) -> bool:
        """Whether it is an import and nothing else."""
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_definition(self) -> bool:
        """Whether it defines a function or class."""
        return isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)

    @property
    def is_simple(self) -> bool:
        """Whether no other statement is in it."""
        return not hasattr(self.node, "body")

    @cached_property
    def binds(self) -> frozenset[str]:
        """Names that it binds at top level."""
        return frozenset(_bound(self.node))

    @cached_property
    def rebinds(self) -> frozenset[str]:
        """Names that are certainly new after it, whatever they were before."""
        if self.is_definition or self.is_import:
            return self.binds
        if isinstance(self.node, ast.Assign | ast.AnnAssign):
            targets = self.node.targets if isinstance(self.node, ast.Assign) else [self.node.target]
            whole = {name for target in targets for name in _names_of_target(target)}
            return frozenset(whole - self.reads)
        return frozenset()

    @cached_property
    def reads(self) -> frozenset[str]:
        """Names that it, or a function in it, may read from the top level."""
        return frozenset(
            node.id for node in ast.walk(self.node) if isinstance(node, ast.Name) and not _is_store(node)
        )

    @cached_property
    def changes(self) -> frozenset[str]:
        """Names whose objects it may change; modules are told apart by `is_setting`."""
        if self.is_definition or self.is_import:
            return frozenset()
        return frozenset(_changed(self.node) - self.modules)

    @cached_property
    def assigns(self) -> bool:
        """Whether it sets an attribute or item of an object."""
        return not self.is_definition and any(
            isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store)
            for node in ast.walk(self.node)
        )

    @cached_property
    def is_setting(self) -> bool:
        """Whether it sets something for the whole process: a seed, a policy, a variable of the environment."""
        if self.is_definition:
            decorators = getattr(self.node, "decorator_list", [])
            return any("register" in ast.unparse(one) for one in decorators)
        if self.is_import or not self.reads & self.modules:
            return False
        return self.is_simple and not self.binds and _SETTING.search(ast.unparse(self.node)) is not None


def pieces(text: str) -> list[Piece]:
    """The top-level statements, in order. Raises SyntaxError."""
    tree = ast.parse(text)
    modules = frozenset(
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in _imported(node)
    )
    found: list[Piece] = []
    for node in tree.body:
        guard = node if isinstance(node, ast.If) and _is_main_guard(node) else None
        for inner in [node] if guard is None else guard.body:
            found.append(_piece(inner, len(found), guard, modules))
    return found


def undefined(known: list[Piece]) -> set[str]:
    """Names that are read and that nothing in the program binds; none where an import may bind any."""
    if any(alias.name == "*" for one in known if one.is_import for alias in getattr(one.node, "names", ())):
        return set()
    bound = {name for one in known for name in one.binds} | set(dir(builtins)) | {"__file__", "__name__"}
    read: set[str] = set()
    for one in known:
        inner = {node.arg for node in ast.walk(one.node) if isinstance(node, ast.arg)}
        inner |= {node.id for node in ast.walk(one.node) if isinstance(node, ast.Name) and _is_store(node)}
        inner |= {
            name
            for node in ast.walk(one.node)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler)
            and (name := node.name)
        }
        inner |= {
            name
            for node in ast.walk(one.node)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in _imported(node)
        }
        read |= one.reads - inner
    return read - bound


def _piece(node: ast.stmt, index: int, guard: ast.If | None, modules: frozenset[str]) -> Piece:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(one.lineno for one in decorators)])
    return Piece(node, index, first, node.end_lineno or node.lineno, guard, modules)


def _is_main_guard(node: ast.If) -> bool:
    if node.orelse or not isinstance(node.test, ast.Compare):
        return False
    return any(isinstance(one, ast.Name) and one.id == "__name__" for one in ast.walk(node.test))


def _is_store(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        yield alias.asname or alias.name.partition(".")[0]


def _bound(node: ast.AST) -> Iterator[str]:
    """Names bound by a statement, not looking into functions and classes but for `global`."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
        for inner in ast.walk(node):
            if isinstance(inner, ast.Global):
                yield from inner.names
        return
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from _imported(node)
    if isinstance(node, ast.ExceptHandler) and node.name:
        yield node.name
    if isinstance(node, ast.Name) and _is_store(node):
        yield node.id
    if not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        for child in ast.iter_child_nodes(node):
            yield from _bound(child)


def _names_of_target(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for item in target.elts:
            yield from _names_of_target(item)
    elif isinstance(target, ast.Starred):
        yield from _names_of_target(target.value)


def _changed(node: ast.stmt) -> set[str]:
    found: set[str] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute | ast.Subscript) and isinstance(inner.ctx, ast.Store | ast.Del):
            found.update(_roots(inner))
        elif isinstance(inner, ast.AugAssign):
            found.update(_roots(inner.target))
        elif isinstance(inner, ast.Call):
            if isinstance(inner.func, ast.Attribute):
                found.update(_roots(inner.func))
            if isinstance(node, ast.Expr) or isinstance(inner.func, ast.Name):
                for argument in (*inner.args, *(keyword.value for keyword in inner.keywords)):
                    found.update(_roots(argument))
        elif isinstance(inner, ast.For) and isinstance(inner.target, ast.Name):
            found.update(_roots(inner.iter))
    return found


def _roots(node: ast.expr) -> Iterator[str]:
    """The names at the beginning of `a.b[c].d`."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Tuple | ast.List):
        for item in node.elts:
            yield from _roots(item)
