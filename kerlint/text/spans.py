"""Where the nodes of a tree stand in its text, for the nodes that are asked for.

libcst keeps no positions; it finds them by generating the code again. Here it generates through a state
that only counts characters, and only the one simple statement or header that holds the node: logical
lines tell where that one starts. The answer is that of libcst's PositionProvider, at a fiftieth of its
cost for the few nodes that findings name. Whitespace, brackets and the rarer headers take the long way,
one run over the whole tree.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from types import TracebackType
from typing import Any

import libcst as cst
from libcst._nodes.base import CSTNode
from libcst._nodes.internal import CodegenState

from kerlint.text.lines import logical_lines

Span = tuple[int, int]
_RECURSION = 20_000
"""Frames that code generation may use on a chain of `kerlint.text.depth.MAX_LINKS` links, with room."""


class Spans:
    """The spans of one tree's nodes, as offsets in `text`."""

    def __init__(self, module: cst.Module, text: str) -> None:
        self._module = module
        self._text = text
        self._known: dict[int, Span] = {}
        self._units: dict[int, _Unit] | None = None
        """By statement; None before the first question."""
        self._owners: dict[int, _Unit] = {}
        """By node of a statement, as far as they were looked into."""
        self._unseen: Iterator[_Unit] = iter(())
        """Those that were not yet: the next question may be about a node in the first of them."""

    def of(self, node: cst.CSTNode) -> Span:
        """Start and end of a node. Raises KeyError if it is not of this tree."""
        key = id(node)
        if key not in self._known:
            if isinstance(node, cst.IndentedBlock) and node.body:
                return self.of(node.body[0])[0], self.of(node.body[-1])[1]
            unit = self._unit(key)
            if unit is not None and node is unit.statement and unit.own is not None:
                self._take_whole(unit)
            if unit is not None and key not in self._known:
                self._take(unit, node)
            if key not in self._known:
                self._known = _generated(self._module, _Counter(self._module))
        return self._known[key]

    def _unit(self, key: int) -> _Unit | None:
        """The unit that a node is, or is in: most questions about whole statements need no look into them."""
        if self._units is None:
            self._units = _units(self._module, self._text)
            self._unseen = iter(self._units.values())
        if key in self._units:
            return self._units[key]
        while key not in self._owners and (unit := next(self._unseen, None)) is not None:
            self._owners.update(dict.fromkeys(map(id, _nodes(unit.statement)), unit))
        return self._owners.get(key)

    def _take_whole(self, unit: _Unit) -> None:
        """A compound statement from its own first row to the end of its last line: its header is not needed."""
        last = _last(unit.statement)
        if last is not None and unit.own is not None:
            self._known[id(unit.statement)] = (unit.own, self.of(last)[1])

    def _take(self, unit: _Unit, node: cst.CSTNode) -> None:
        start, spans = unit.spans(self._module)
        self._known.update(spans)
        if node is unit.statement and id(node) not in spans and (last := _last(node)) is not None:
            self._known[id(node)] = (start, self.of(last)[1])


class _Unit:
    """A simple statement, or the header of a compound one, and where it starts."""

    __slots__ = ("indent", "own", "start", "statement")

    def __init__(self, statement: CSTNode, start: int, indent: int, own: int | None = None) -> None:
        self.statement = statement
        self.start = start
        """Offset of its first character, after the indentation; that of its first decorator, if it has one."""
        self.indent = indent
        self.own = own
        """Offset of a compound statement's first character behind its decorators; None for others."""

    def spans(self, module: cst.Module) -> tuple[int, dict[int, Span]]:
        """Where the statement starts, and the spans of its nodes; itself left out if it has a block."""
        generated = _bodiless(self.statement)
        state = _Counter(module, self.indent)
        spans = _generated(generated, state)
        decorators = getattr(generated, "decorators", ())
        shift = self.start - spans[id(decorators[0] if decorators else generated)][0]
        start = spans[id(generated)][0] + shift
        if generated is not self.statement:
            del spans[id(generated)]
        return start, {key: (begin + shift, end + shift) for key, (begin, end) in spans.items()}


_HEADERS = frozenset({cst.FunctionDef, cst.ClassDef, cst.If, cst.For, cst.While, cst.With})


def _bodiless(statement: CSTNode) -> CSTNode:
    """The statement with its block replaced by next to nothing; its header's nodes are the same objects."""
    if type(statement) not in _HEADERS or isinstance(statement.body, cst.SimpleStatementSuite):  # type: ignore[attr-defined]
        return statement
    if isinstance(statement, cst.If | cst.For | cst.While):
        return statement.with_changes(body=_NOTHING, orelse=None)
    return statement.with_changes(body=_NOTHING)


_NOTHING = cst.SimpleStatementSuite([cst.Pass()])


def _units(module: cst.Module, text: str) -> dict[int, _Unit]:
    """The unit that each statement starts; {} when lines and statements do not agree."""
    lines = _code_lines(text)
    units: dict[int, _Unit] = {}
    statements = list(_statements(module))
    if sum(rows for _, rows in statements) != len(lines):
        return {}
    index = 0
    for statement, rows in statements:
        if statement is not None:
            own = lines[index + rows - 1][0] if type(statement) in _HEADERS else None
            units[id(statement)] = _Unit(statement, *lines[index], own)
        index += rows
    return units


def _code_lines(text: str) -> list[tuple[int, int]]:
    """For each logical line that is not blank: offset of its first character, and its indentation."""
    lines = []
    offset = 0
    for line in logical_lines(text):
        code = line.lstrip(" \t\f")
        if code and code[0] not in "#\n":
            indent = len(line) - len(code)
            lines.append((offset + indent, indent))
        offset += len(line)
    return lines


def _statements(module: cst.Module) -> Iterator[tuple[CSTNode | None, int]]:
    """Statements in order of text, with how many logical lines each one's own part takes.

    None stands for headers that are not looked into: `else`, `elif`, `try`, `match` and their like.
    """
    stack: list[tuple[CSTNode, bool]] = [(each, True) for each in reversed(module.body)]
    while stack:
        node, is_statement = stack.pop()
        if type(node) is cst.SimpleStatementLine:
            yield node, 1
            continue
        parts = _parts(node)
        suite = isinstance(getattr(node, "body", None), cst.SimpleStatementSuite)
        is_known = is_statement and type(node) in _HEADERS and not (suite and parts)
        yield (node if is_known else None), len(getattr(node, "decorators", ())) + 1
        orelse = getattr(node, "orelse", None)
        stack.extend((part, part is not orelse) for part in reversed(parts))


def _last(statement: CSTNode) -> CSTNode | None:
    """The last simple statement within a compound one; None if that is not on a row of its own."""
    while type(statement) is not cst.SimpleStatementLine:
        parts = _parts(statement)
        if not parts:
            return None
        statement = parts[-1]
    return statement


def _parts(node: CSTNode) -> list[CSTNode]:
    """What follows a compound statement's header: the statements of its block, then its other clauses."""
    parts: list[CSTNode] = []
    body = getattr(node, "body", None)
    if isinstance(body, cst.IndentedBlock):
        parts += body.body
    for name in ("cases", "handlers"):
        parts += getattr(node, name, ())
    for name in ("orelse", "finalbody"):
        clause = getattr(node, name, None)
        if clause is not None:
            parts.append(clause)
    return parts


_PASSED_OVER = (
    "whitespace",
    "lpar",
    "rpar",
    "comma",
    "semicolon",
    "lines",
    "bracket",
    "brace",
    "body",
    "orelse",
)


@cache
def _child_fields(kind: type[CSTNode]) -> tuple[str, ...]:
    return tuple(
        each.name
        for each in fields(kind)
        if (kind in _INNER_BODY and each.name in ("body", "orelse"))
        or not any(part in each.name for part in _PASSED_OVER)
    )


_NO_NODES = (str, bool, type(None), cst.MaybeSentinel)
"""What else a node's fields hold; to ask for `CSTNode`, an abstract class, is slow."""


_INNER_BODY = (cst.SimpleStatementLine, cst.SimpleStatementSuite, cst.Lambda, cst.IfExp)


def _nodes(unit: CSTNode) -> Iterator[CSTNode]:
    """The nodes of a simple statement or header that people can point at."""
    suite = getattr(unit, "body", None)
    stack = [unit, suite] if isinstance(suite, cst.SimpleStatementSuite) else [unit]
    while stack:
        node = stack.pop()
        yield node
        for name in _child_fields(type(node)):
            value = getattr(node, name)
            if isinstance(value, list | tuple):
                stack.extend(value)
            elif not isinstance(value, _NO_NODES):
                stack.append(value)


def _generated(node: CSTNode, state: _Counter) -> dict[int, Span]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _RECURSION))
    try:
        node._codegen(state)
    finally:
        sys.setrecursionlimit(limit)
    return state.spans


class _Counter(CodegenState):
    """Code generation that counts characters instead of collecting them.

    It is its own context manager for `record_syntactic_position`, one object for the whole run.
    """

    def __init__(self, module: cst.Module, indent: int = 0) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self.offset = 0
        self.indent = indent
        self.spans: dict[int, tuple[int, int]] = {}
        self.open: list[Any] = []
        self.starts: list[int] = []

    def add_token(self, value: str) -> None:
        self.offset += len(value)

    def increase_indent(self, value: str) -> None:
        self.indent_tokens.append(value)
        self.indent += len(value)

    def decrease_indent(self) -> None:
        self.indent -= len(self.indent_tokens.pop())

    def add_indent_tokens(self) -> None:
        self.offset += self.indent

    def before_codegen(self, node: CSTNode) -> None:
        self.starts.append(self.offset)

    def after_codegen(self, node: CSTNode) -> None:
        start = self.starts.pop()
        if id(node) not in self.spans:
            self.spans[id(node)] = (start, self.offset)

    def record_syntactic_position(  # type: ignore[override]
        self, node: CSTNode, *, start_node: CSTNode | None = None, end_node: CSTNode | None = None
    ) -> _Counter:
        self.open.append((node, self.offset, start_node, end_node))
        return self

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        node, start, start_node, end_node = self.open.pop()
        spans = self.spans
        if start_node is not None:
            start = spans[id(start_node)][0]
        spans[id(node)] = (start, self.offset if end_node is None else spans[id(end_node)][1])
