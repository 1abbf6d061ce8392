"""Where a new argument goes in a call, in the way the call is already written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from kerlint.source import Statement

Insertion = tuple[int, str]
"""Offset in the statement's text, and what to write there."""


def insertions(statement: Statement, call: cst.CSTNode, argument: str, name: str) -> list[Insertion] | None:
    """The insertions that add `argument` (`name=text`) to `call`; None where it cannot be added.

    It goes last, but before `**kwargs`; on a row of its own where every argument has one. A call with
    `*args` is left alone, for they may already give it by position.
    """
    if not isinstance(call, cst.Call):
        return None
    for each in call.args:
        if each.star == "*" or (each.keyword is not None and each.keyword.value == name):
            return None
    if not call.args:
        return [(_opening(statement, call) + 1, argument)]
    layout = _Layout(statement, call)
    unpacked = next((each for each in call.args if each.star == "**"), None)
    if unpacked is not None:
        return layout.before(unpacked, argument)
    last = call.args[-1]
    if isinstance(last.value, cst.GeneratorExp) and not last.value.lpar:
        start, end = statement.span(last.value)
        return [(start, "("), (end, f"), {argument}")]
    return layout.after_last(argument)


class _Layout:
    """How a call's arguments are laid out in the text."""

    def __init__(self, statement: Statement, call: cst.Call) -> None:
        self.statement = statement
        self.text = statement.text
        self.call = call
        self.starts = [statement.span(each)[0] for each in call.args]
        self.indent = self._indent()

    def _indent(self) -> str | None:
        """The indentation of the last argument when each argument starts a row of its own."""
        rows = [self.text.rfind("\n", 0, start) + 1 for start in self.starts]
        before = self.text[rows[-1] : self.starts[-1]]
        if before.strip() or len(set(rows)) < len(rows):
            return None
        return before

    def before(self, argument: cst.Arg, new: str) -> list[Insertion]:
        start = self.starts[self.call.args.index(argument)]
        between = ", " if self.indent is None else ",\n" + self.indent
        return [(start, new + between)]

    def after_last(self, new: str) -> list[Insertion]:
        last = self.call.args[-1]
        content = self.statement.span(last)[1]
        comma = isinstance(last.comma, cst.Comma)
        if comma:
            content = _skip_space(self.text, content) + 1
        if self.indent is None:
            return [(content, f" {new}," if comma else f", {new}")]
        row = f"\n{self.indent}{new}"
        row_end = self._end_of_row(content)
        if comma:
            return [(row_end, row + ",")]
        return [(content, "," + row)] if row_end == content else [(content, ","), (row_end, row)]

    def _end_of_row(self, offset: int) -> int:
        """Past a comment that follows on the row; `offset` itself when anything else does."""
        newline = self.text.find("\n", offset)
        rest = self.text[offset:newline] if newline >= 0 else self.text[offset:]
        return offset + len(rest) if rest.lstrip().startswith("#") else offset


_SPACE = re.compile(r"(?:\s|\\\n|#[^\n]*)*")


def _skip_space(text: str, offset: int) -> int:
    """Past whitespace, continuations and comments."""
    found = _SPACE.match(text, offset)
    return offset if found is None else found.end()


def _opening(statement: Statement, call: cst.Call) -> int:
    """The offset of the call's opening parenthesis."""
    offset = statement.span(call.func)[1]
    for _ in call.func.rpar:
        offset = _skip_space(statement.text, offset) + 1
    return _skip_space(statement.text, offset)
