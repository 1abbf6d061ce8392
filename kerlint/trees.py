"""Statement text to libcst trees, and where in the text each node stands.

Trees are kept by statement text, so that an edited file parses only what changed. Positions come from
one run of libcst's own code generation through a state that only counts characters: no metadata
provider, about a tenth of its cost, the same answer.
"""

from __future__ import annotations

import gc
import sys
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from types import TracebackType
from typing import Any

import libcst as cst
from libcst._nodes.base import CSTNode
from libcst._nodes.internal import CodegenState

KEPT_CHARACTERS = 2_000_000
"""How much statement text the process keeps trees of."""

_RECURSION = 20_000
"""Frames that code generation may use on a chain of `kerlint.depth.MAX_LINKS` links, with room."""


class Unparsable(Exception):
    """libcst has no tree for a statement; row (1-based) and column (0-based) are within its text."""

    def __init__(self, message: str, row: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.row = row
        self.column = column


class Tree:
    """The tree of one statement's text, with the spans of its nodes computed at the first request."""

    __slots__ = ("_spans", "module", "text")

    def __init__(self, text: str, module: cst.Module) -> None:
        self.text = text
        self.module = module
        self._spans: dict[int, tuple[int, int]] | None = None

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Start and end of a node as offsets in the text; equal to libcst's PositionProvider.

        Raises KeyError if the node is not of this tree.
        """
        if self._spans is None:
            self._spans = _spans(self.module)
        return self._spans[id(node)]


_kept: OrderedDict[tuple[str, int], Tree] = OrderedDict()
_kept_characters = 0
_lock = Lock()


def parse(text: str, occurrence: int = 0) -> Tree:
    """The tree of a top-level statement, from the cache when the same text was parsed before.

    `occurrence` tells equal statements of one file apart: they must not share nodes. The text must have
    passed `kerlint.depth`. Raises Unparsable.
    """
    global _kept_characters
    key = (text, occurrence)
    with _lock:
        if (kept := _kept.get(key)) is not None:
            _kept.move_to_end(key)
            return kept
    tree = Tree(text, _parsed(text))
    with _lock:
        if key not in _kept:
            _kept[key] = tree
            _kept_characters += len(text)
        while _kept_characters > KEPT_CHARACTERS and len(_kept) > 1:
            (old, _), _ = _kept.popitem(last=False)
            _kept_characters -= len(old)
    return tree


def forget_trees() -> None:
    """Empty the cache (for measurements and tests)."""
    global _kept_characters
    with _lock:
        _kept.clear()
        _kept_characters = 0


def _parsed(text: str) -> cst.Module:
    try:
        with _hurry():
            return cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        raise Unparsable(error.message.strip(), error.raw_line, error.raw_column) from None
    except (cst.CSTValidationError, RecursionError, ValueError, MemoryError) as error:
        raise Unparsable(str(error) or type(error).__name__, 1, 0) from None


_validate = CSTNode.__post_init__


def _trust(node: CSTNode) -> None:
    """In place of `__post_init__`: what the native parser gives need not be validated again."""


@contextmanager
def _hurry() -> Iterator[None]:
    """Pause the garbage collector and libcst's validation of each new node (a fifth of its time)."""
    collecting = gc.isenabled()
    gc.disable()
    CSTNode.__post_init__ = _trust  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        CSTNode.__post_init__ = _validate  # type: ignore[method-assign]
        if collecting:
            gc.enable()


class _Counter(CodegenState):
    """Code generation that counts characters instead of collecting them.

    It is its own context manager for `record_syntactic_position`, one object for the whole run.
    """

    def __init__(self, module: cst.Module) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self.offset = 0
        self.indent = 0
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


def _spans(module: cst.Module) -> dict[int, tuple[int, int]]:
    state = _Counter(module)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _RECURSION))
    try:
        module._codegen(state)
    finally:
        sys.setrecursionlimit(limit)
    return state.spans
