"""The program's syntax tree with marks in it: which rows are reached, and loops that train are cut short.

Positions are kept, so that frames still tell where in the original text they are.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import CodeType
from typing import Any

ROWS, ROUNDS, AGAIN, STAND_IN, FAILED = (
    "__kerlint_rows__",
    "__kerlint_rounds__",
    "__kerlint_again__",
    "__kerlint_stand_in__",
    "__kerlint_failed__",
)
"""Names under which the program finds the marks."""
MOST_ROUNDS = 2
"""Rounds of a loop that trains: the second shows what the first left behind."""

SOFT = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Import, ast.ImportFrom)
"""Statements that can be done without."""
Region = tuple[int, int, int, int]


def compiled(
    text: str, path: str, stand_ins: Mapping[Region, int], soft: frozenset[int] = frozenset()
) -> CodeType:
    """The program with marks, ready to run. Raises SyntaxError as `compile` does.

    Statements that start in the rows `soft` may fail: their targets are stand-ins then.
    """
    tree = ast.parse(text, path)
    marked = _Marks(stand_ins, soft, text.split("\n")).visit(tree)
    return compile(ast.fix_missing_locations(marked), path, "exec")


class _Marks(ast.NodeTransformer):
    def __init__(self, stand_ins: Mapping[Region, int], soft: frozenset[int], lines: list[str]) -> None:
        self.stand_ins = stand_ins
        self.soft = soft
        self.lines = lines

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                setattr(node, name, list(_marked(block, self.soft)))
        return node

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.expr) and self.stand_ins:
            index = self.stand_ins.get(self._region(node))
            if index is not None:
                return _call(STAND_IN, node, ast.Constant(index))
        return super().visit(node)

    def visit_For(self, node: ast.For) -> ast.AST:
        """Take the loop's items from what stops after some rounds that trained."""
        self.generic_visit(node)
        node.iter = _call(ROUNDS, node.iter, node.iter)
        return node

    def visit_While(self, node: ast.While) -> ast.AST:
        """Ask, beside the loop's own condition, whether it has trained enough."""
        self.generic_visit(node)
        asked = _call(AGAIN, node.test, ast.Constant(node.lineno))
        node.test = ast.copy_location(ast.BoolOp(ast.And(), [asked, node.test]), node.test)
        return node

    def _region(self, node: ast.expr) -> Region:
        end_row = node.end_lineno or node.lineno
        return (
            node.lineno,
            self._column(node.lineno, node.col_offset),
            end_row,
            self._column(end_row, node.end_col_offset or 0),
        )

    def _column(self, row: int, offset: int) -> int:
        line = self.lines[row - 1]
        return (offset if line.isascii() else len(line.encode()[:offset].decode(errors="ignore"))) + 1


def _marked(block: list[ast.stmt], soft: frozenset[int]) -> Iterator[ast.stmt]:
    """The statements, each behind a mark; what has to stand first stays first."""
    is_head = True
    for statement in block:
        is_head = is_head and _stands_first(statement)
        if not is_head:
            yield _mark(statement)
        if statement.lineno in soft:
            yield from map(_softened, _each_import(statement))
        else:
            yield statement


def _each_import(statement: ast.stmt) -> Iterator[ast.stmt]:
    """An import as one statement a name, so that a name that is not there costs none of the others."""
    if not isinstance(statement, ast.Import | ast.ImportFrom) or len(statement.names) == 1:
        yield statement
        return
    for alias in statement.names:
        one: ast.stmt = ast.Import([alias])
        if isinstance(statement, ast.ImportFrom):
            one = ast.ImportFrom(statement.module, [alias], statement.level)
        yield ast.copy_location(one, statement)


def _softened(statement: ast.stmt) -> ast.stmt:
    """The statement in a `try` that binds its names to stand-ins."""
    if not isinstance(statement, SOFT) or _stands_first(statement):
        return statement
    error = "__kerlint_error__"
    names = list(dict.fromkeys(_bound_names(statement)))
    bound: list[ast.stmt] = [
        ast.Assign([ast.Name(name, ast.Store())], _failed(statement, error, name)) for name in names
    ]
    bound = bound or [ast.Expr(_failed(statement, error, ""))]
    handler = ast.ExceptHandler(ast.Name("Exception", ast.Load()), error, bound)
    made = ast.Try([statement], [handler], [], [])
    for node in (made, *ast.walk(handler)):
        if "lineno" in node._attributes and not hasattr(node, "lineno"):
            ast.copy_location(node, statement)
    return made


def _failed(statement: ast.stmt, error: str, name: str) -> ast.expr:
    """The call that says what a name stands for after its statement failed; it may ask what it stood for before."""
    nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    before = ast.Lambda(nothing, ast.Name(name, ast.Load()) if name else ast.Constant(None))
    row = ast.Constant(statement.lineno)
    return _call(FAILED, statement, ast.Name(error, ast.Load()), row, ast.Constant(name), before)


def _bound_names(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
        return
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    for target in targets:
        if target is not None:
            for node in ast.walk(target):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id


def _stands_first(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _mark(statement: ast.stmt) -> ast.stmt:
    last = statement.end_lineno or statement.lineno
    body = getattr(statement, "body", None)
    if isinstance(body, list) and body:
        last = max(statement.lineno, body[0].lineno - 1)
    rows = ast.Tuple([ast.Constant(row) for row in range(statement.lineno, last + 1)], ast.Load())
    return ast.copy_location(ast.Expr(_call(ROWS, statement, rows)), statement)


def _call(name: str, at: ast.AST, *arguments: ast.expr) -> ast.Call:
    made = ast.Call(ast.Name(name, ast.Load()), list(arguments), [])
    for node in ast.walk(made):
        if not hasattr(node, "lineno") and isinstance(node, ast.expr):
            ast.copy_location(node, at)
    return made


class Rounds:
    """Ends loops that have trained in each of some rounds; `work` counts what was trained so far."""

    def __init__(self, work: Callable[[], int]) -> None:
        self._work = work
        self._known: dict[tuple[int, int], tuple[object, int, int]] = {}

    def items(self, source: Iterable[Any]) -> Iterator[Any]:
        """The items of a `for`, no more of them once two rounds have trained."""
        trained = 0
        for item in source:
            before = self._work()
            yield item
            trained += self._work() > before
            if trained >= MOST_ROUNDS:
                return

    def again(self, frame: Any, row: int) -> bool:
        """Whether a `while` of a frame may go on."""
        key = (id(frame), row)
        known = self._known.get(key)
        now = self._work()
        trained, last = (known[1], known[2]) if known is not None and known[0] is frame else (0, now)
        trained += now > last
        self._known[key] = (frame, trained, now)
        if trained >= MOST_ROUNDS:
            del self._known[key]
        return trained < MOST_ROUNDS
