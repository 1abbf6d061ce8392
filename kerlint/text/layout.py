"""The lines of a program: its comments, and its statements as stretches of rows.

One regular expression walks the text, so this works on programs that do not parse, costs a few
microseconds a line, and is not fooled by a `#` in a string. Only files that hold a suppression comment,
or that need one written, pay for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kerlint.frozen import record

NEWLINE = re.compile(r"\r\n|\r|\n")
"""What ends a row, to Python: form feeds and Unicode separators do not (so never `str.splitlines`)."""


@record
class Statement:
    """The rows of one logical line; decorators are one with the `def` or `class` line that they decorate.

    A compound statement is its header only: the lines of its body are statements of their own.
    """

    first_row: int
    last_row: int

    def holds(self, row: int) -> bool:
        """Whether the row is one of its own."""
        return self.first_row <= row <= self.last_row


@record
class Comment:
    """A comment from its `#` (row and column are 1-based) to the end of the row."""

    row: int
    column: int
    text: str
    alone: bool
    """Whether nothing but blanks stands before it."""
    target: Statement | None
    """The statement it stands in, or after, or above: what a directive in it speaks about."""


@record
class Layout:
    """Comments and statements in order, and the rows at whose end a comment can be written."""

    comments: tuple[Comment, ...]
    statements: tuple[Statement, ...]
    open_rows: frozenset[int]
    """Rows that end in code: not inside a string, not after a backslash."""

    def statement_at(self, row: int) -> Statement | None:
        """The statement that holds the row."""
        return _holder(self.statements, row)


def split_rows(text: str) -> list[str]:
    """The rows of a text without their newlines, as Python counts rows."""
    return NEWLINE.split(text)


def row_starts(text: str) -> list[int]:
    """The offset at which each row of the text starts."""
    return [0, *(match.end() for match in NEWLINE.finditer(text))]


def read_layout(text: str, cell_rows: Sequence[int] = ()) -> Layout:
    """Find the comments and statements of a program.

    `cell_rows` are the rows (1-based) at which notebook cells start: nothing reaches across them. Never
    raises: in a text that is not Python an open bracket is given up at the next line that can only start
    a statement, and an open string at the end of its row or cell.
    """
    starts = row_starts(text)
    borders = sorted({1, *(row for row in cell_rows if 1 <= row <= len(starts))})
    comments: list[Comment] = []
    statements: list[Statement] = []
    open_rows: set[int] = set()
    for first, following in zip(borders, [*borders[1:], None], strict=True):
        end = len(text) if following is None else starts[following - 1]
        scan = _Scan(text[starts[first - 1] : end], first)
        scan.run()
        found = tuple(scan.joined())
        statements += found
        comments += [Comment(*raw, target=_target(found, raw[0])) for raw in scan.comments]
        open_rows |= scan.open_rows
    return Layout(tuple(comments), tuple(statements), frozenset(open_rows))


def _holder(statements: Sequence[Statement], row: int) -> Statement | None:
    index = bisect_right(statements, row, key=lambda item: item.first_row) - 1
    return statements[index] if index >= 0 and statements[index].holds(row) else None


def _target(statements: Sequence[Statement], row: int) -> Statement | None:
    index = bisect_left(statements, row, key=lambda item: item.last_row)
    return statements[index] if index < len(statements) else None


_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<formatted>(?<!\w)(?:[fFtT][rR]?|[rR][fFtT])(?P<quote>'''|\"""|'|"))
  | (?P<string>'''(?:[^\\']++|\\.|'(?!''))*+(?:'''|\\?\Z)
             | \"""(?:[^\\"]++|\\.|"(?!""))*+(?:\"""|\\?\Z)
             | '(?:[^\\'\r\n]++|\\(?:\r\n|.))*+(?:'|\\?)
             | "(?:[^\\"\r\n]++|\\(?:\r\n|.))*+(?:"|\\?))
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<joined>\\[ \t]*(?:\r\n|\r|\n))
  | (?P<newline>\r\n|\r|\n)
  | (?P<word>\w+)
  | (?P<other>[^\w\s'"\#()\[\]{}\\]+|\\)
    """,
    re.VERBOSE | re.DOTALL,
)

_STATEMENT_WORDS = {"def", "class", "import", "return", "while", "try", "raise", "with", "del", "assert"}
_STATEMENT_WORDS |= {"pass", "break", "continue", "global", "nonlocal"}
"""Reserved words that never start a row inside brackets: an open bracket before one was left open."""


@dataclass(slots=True)
class _Scan:
    """One pass over a program or a cell, whose first row is `row`."""

    text: str
    row: int
    comments: list[tuple[int, int, str, bool]] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    open_rows: set[int] = field(default_factory=set)
    decorators: set[Statement] = field(default_factory=set)
    _row_start: int = 0
    _depth: int = 0
    _statement_row: int | None = None
    _is_decorator: bool = False
    _row_is_empty: bool = True

    def run(self) -> None:
        """Read all tokens."""
        position = 0
        while (match := _TOKEN.search(self.text, position)) is not None:
            position = self._take(match)
        self.open_rows.add(self.row)
        self._end_statement(self.row)

    def joined(self) -> Iterator[Statement]:
        """The statements, with decorators joined to what they decorate."""
        first: int | None = None
        for statement in self.statements:
            first = statement.first_row if first is None else first
            if statement not in self.decorators or statement is self.statements[-1]:
                yield Statement(first, statement.last_row)
                first = None

    def _take(self, match: re.Match[str]) -> int:
        kind = match.lastgroup
        if kind == "newline":
            self._newline(match.end())
        elif kind == "comment":
            column = match.start() - self._row_start + 1
            self.comments.append((self.row, column, match[0], self._row_is_empty))
            self._row_is_empty = False
        else:
            return self._code(kind, match)
        return match.end()

    def _code(self, kind: str | None, match: re.Match[str]) -> int:
        text, end = match[0], match.end()
        if self._depth and self._row_is_empty and text in _STATEMENT_WORDS:
            self._depth = 0
            self._end_statement(self.row - 1)
        if self._statement_row is None:
            self._statement_row = self.row
            self._is_decorator = text.startswith("@")
        self._row_is_empty = False
        if kind == "open":
            self._depth += 1
        elif kind == "close":
            self._depth = max(0, self._depth - 1)
        elif kind in ("formatted", "quote"):
            end = formatted_end(self.text, match)
            self._skip_rows(match.start(), end)
        elif kind in ("string", "joined"):
            self._skip_rows(match.start(), end)
        return end

    def _newline(self, end: int) -> None:
        self.open_rows.add(self.row)
        if not self._depth:
            self._end_statement(self.row)
        self.row += 1
        self._row_start = end
        self._row_is_empty = True

    def _skip_rows(self, start: int, end: int) -> None:
        for match in NEWLINE.finditer(self.text, start, end):
            self.row += 1
            self._row_start = match.end()

    def _end_statement(self, last_row: int) -> None:
        if self._statement_row is None:
            return
        self.statements.append(Statement(self._statement_row, last_row))
        if self._is_decorator:
            self.decorators.add(self.statements[-1])
        self._statement_row = None


def formatted_end(text: str, opening: re.Match[str]) -> int:
    """The offset after an f-string whose prefix and quote were matched.

    Quotes may nest inside a replacement field (PEP 701). A string that does not close that way is read
    as a plain one.
    """
    start, quote = opening.end(), opening["quote"]
    if len(quote) == 3:
        end = _literal_end(text, start, quote)
    else:
        end = _literal_end(text[start : start + _LONGEST_FORMATTED], 0, quote)
        end += start if end >= 0 else 0
    if end >= 0:
        return end
    plain = _TOKEN.match(text, opening.start("quote"))
    return start if plain is None else plain.end()


_LONGEST_FORMATTED = 4000
"""Characters in which a one-quote f-string must close, so that a broken one is not sought to the end."""


_FIELD_PIECE = re.compile(
    r"""
    (?P<formatted>(?<!\w)(?:[fFtT][rR]?|[rR][fFtT])(?P<quote>'''|\"""|'|"))
  | (?P<string>'''.*?''' | \""".*?\""" | '(?:[^\\'\r\n]++|\\.)*+' | "(?:[^\\"\r\n]++|\\.)*+")
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<comment>\#[^\r\n]*)
  | (?P<specification>!=|:)
    """,
    re.VERBOSE | re.DOTALL,
)


def _literal_end(text: str, position: int, quote: str, in_specification: bool = False) -> int:
    """After the closing quote; in a format specification at its closing brace; -1 if neither comes."""
    one_row = len(quote) == 1
    while position < len(text):
        char = text[position]
        if char == "\\" and text[position + 1 : position + 2] not in ("{", "}"):
            position += 3 if text.startswith("\r\n", position + 1) else 2
        elif text.startswith(quote, position):
            return -1 if in_specification else position + len(quote)
        elif char == "}" and in_specification:
            return position
        elif not in_specification and text.startswith(("{{", "}}"), position):
            position += 2
        elif char == "{":
            position = _field_end(text, position + 1, quote)
            if position < 0:
                return -1
        elif one_row and char in "\r\n":
            return -1
        else:
            position += 1
    return -1


def _field_end(text: str, position: int, quote: str) -> int:
    """After the brace that closes a replacement field; -1 if it does not close."""
    depth = 0
    while (match := _FIELD_PIECE.search(text, position)) is not None:
        position = match.end()
        kind = match.lastgroup
        if kind in ("formatted", "quote"):
            position = _literal_end(text, position, match["quote"])
        elif kind == "open":
            depth += 1
        elif kind == "close" and depth:
            depth -= 1
        elif kind == "close":
            return position if match[0] == "}" else -1
        elif kind == "specification" and not depth and match[0] == ":":
            position = _literal_end(text, position, quote, in_specification=True)
        if position < 0:
            return -1
    return -1
