"""Statement text to libcst trees, and where in the text each node stands.

Trees are kept by statement text, so that an edited file parses only what changed.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import libcst as cst
from libcst._nodes.base import CSTNode

from kerlint.text.spans import Spans

KEPT_CHARACTERS = 2_000_000
"""How much statement text the process keeps trees of."""


class Unparsable(Exception):
    """libcst has no tree for a statement; row (1-based) and column (0-based) are within its text."""

    def __init__(self, message: str, row: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.row = row
        self.column = column


class Tree:
    """The tree of one statement's text; where its nodes stand is computed as it is asked for."""

    __slots__ = ("_spans", "age", "module", "text")

    def __init__(self, text: str, module: cst.Module) -> None:
        self.text = text
        self.age = 0
        """When it was last asked for, in calls of `forget_older_trees`."""
        self.module = module
        self._spans = Spans(module, text)

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Start and end of a node as offsets in the text; equal to libcst's PositionProvider.

        Raises KeyError if the node is not of this tree.
        """
        return self._spans.of(node)


_kept: OrderedDict[tuple[str, int], Tree] = OrderedDict()
_kept_characters = 0
_age = 0
_lock = Lock()


def parse(text: str, occurrence: int = 0) -> Tree:
    """The tree of a top-level statement, from the cache when the same text was parsed before.

    `occurrence` tells equal statements of one file apart: they must not share nodes. The text must have
    passed `kerlint.text.depth`. Raises Unparsable.
    """
    global _kept_characters
    key = (text, occurrence)
    with _lock:
        if (kept := _kept.get(key)) is not None:
            _kept.move_to_end(key)
            kept.age = _age
            return kept
    tree = Tree(text, _parsed(text))
    tree.age = _age
    with _lock:
        if key not in _kept:
            _kept[key] = tree
            _kept_characters += len(text)
        while _kept_characters > KEPT_CHARACTERS and len(_kept) > 1:
            _drop_oldest()
    return tree


def _drop_oldest() -> None:
    global _kept_characters
    (old, _), _ = _kept.popitem(last=False)
    _kept_characters -= len(old)


def forget_older_trees(calls: int) -> None:
    """Drop the trees that nobody asked for since so many calls of this function.

    For a process that lives long and sees a text again and again, a little changed each time: a tree
    takes a thousand times the room of its text.
    """
    global _age
    with _lock:
        _age += 1
        while _kept and next(iter(_kept.values())).age < _age - calls:
            _drop_oldest()


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
_is_trusted = False


def _after_init(node: CSTNode) -> None:
    """In place of `__post_init__`: what the native parser gives need not be validated again.

    Set once, and told by a flag when to hold its tongue: to change a base class is to make Python forget what it
    has learnt about the attributes of every node's class, and the evaluator lives on that.
    """
    if not _is_trusted:
        _validate(node)


CSTNode.__post_init__ = _after_init  # type: ignore[assignment, method-assign]


@contextmanager
def _hurry() -> Iterator[None]:
    """Pause the garbage collector and libcst's validation of each new node (a fifth of its time)."""
    global _is_trusted
    collecting = gc.isenabled()
    gc.disable()
    _is_trusted = True
    try:
        yield
    finally:
        _is_trusted = False
        if collecting:
            gc.enable()
