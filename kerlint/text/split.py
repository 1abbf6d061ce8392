"""Logical lines to top-level statements, each with the verdict whether a parser may see it.

Costs less than a microsecond a line, the logical lines included.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kerlint.text.depth import EASY, excess_of_line, excess_of_statement
from kerlint.text.lines import logical_lines


class Piece(NamedTuple):
    """One top-level statement with the comments and blank lines that follow it."""

    start: int
    """Offset in the text."""
    row: int
    """Row of its first line, decorators included."""
    text: str
    excess: str | None
    """Why it must not be given to a parser (`kerlint.text.depth`), in words; None for all that people write."""


_INERT = frozenset(" \t\n#\f\\")
_CONTINUES = re.compile(r"(?:else|elif|except|finally)\b|[)\]}]")
_BLANK = re.compile(r"[ \t\f]*(?:#|\n|\Z)")
_FORM_FED = re.compile(r"\f+[^ \t\f\n#]")


def split(text: str, first_row: int = 1) -> tuple[str, list[Piece]]:
    """What stands before the first statement, and the top-level statements in order.

    The first part and the pieces' texts, joined, are `text`. Decorators belong to their definition;
    `else`, `elif`, `except` and `finally` to the statement they continue. A form feed before a statement
    belongs to what stands before it.
    """
    starts: list[int] = []
    heavy: dict[int, str] = {}
    offset, decorated = 0, False
    for line in logical_lines(text):
        first = line[0]
        if (
            first in _INERT
            and (starts or _BLANK.match(line))
            and (first != "\f" or not _FORM_FED.match(line))
        ):
            opens = False
        else:
            code = line.lstrip("\f")
            opens = not starts or not (decorated or _CONTINUES.match(code))
            decorated = code[0] == "@"
        if opens:
            starts.append(offset + len(line) - len(code))
        if len(line) > EASY and starts and (excess := excess_of_line(line)):
            heavy.setdefault(len(starts) - 1, excess)
        offset += len(line)
    if not starts:
        return text, []
    return text[: starts[0]], _pieces(text, starts, heavy, first_row)


def _pieces(text: str, starts: list[int], heavy: dict[int, str], row: int) -> list[Piece]:
    pieces = []
    before = 0
    for index, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
        row += text.count("\n", before, start)
        before = start
        code = text[start:end]
        pieces.append(Piece(start, row, code, heavy.get(index) or excess_of_statement(code)))
    return pieces
