"""Rows and columns: the protocol counts from 0, in units of an encoding; kerlint from 1, in code points.

Rows end with `\\n`, `\\r\\n` or `\\r`, for the protocol as for Python; never with form feeds or Unicode's
separators.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from lsprotocol import types

from kerlint.findings import Region
from kerlint.text.layout import NEWLINE, row_starts, split_rows

_UNITS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_WIDTH = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


class Units:
    """Columns in the encoding that client and server agreed on."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding if encoding in _UNITS else "utf-16"

    def count(self, text: str) -> int:
        """How many units the text takes."""
        if text.isascii():
            return len(text)
        return len(text.encode(_UNITS[self.encoding], "surrogatepass")) // _WIDTH[self.encoding]

    def column(self, row: str, units: int) -> int:
        """The code points in the first `units` of a row; its end if it has not as many."""
        if row.isascii():
            return min(max(units, 0), len(row))
        left = units
        for index, char in enumerate(row):
            if left <= 0:
                return index
            left -= self.count(char)
        return len(row)


class Rows:
    """A text by its rows."""

    def __init__(self, text: str, units: Units) -> None:
        self.units = units
        self.rows: Sequence[str] = split_rows(text)
        self._starts = row_starts(text)

    def place(self, position: types.Position) -> tuple[int, int]:
        """Row and column as kerlint counts them."""
        line = min(max(position.line, 0), len(self.rows) - 1)
        return line + 1, self.units.column(self.rows[line], position.character) + 1

    def position(self, row: int, column: int) -> types.Position:
        """The protocol's position of a row and column, both 1-based; inside the text."""
        line = min(max(row, 1), len(self.rows)) - 1
        return types.Position(line, self.units.count(self.rows[line][: max(column - 1, 0)]))

    def at(self, offset: int) -> types.Position:
        """The protocol's position of an offset."""
        row = bisect_right(self._starts, offset)
        return self.position(row, offset - self._starts[row - 1] + 1)

    def range(self, region: Region) -> types.Range:
        """The protocol's range of a region."""
        return types.Range(
            self.position(region.start_row, region.start_column),
            self.position(region.end_row, region.end_column),
        )

    def region(self, given: types.Range) -> Region:
        """The region of the protocol's range."""
        return Region(*self.place(given.start), *self.place(given.end))


def changed(text: str, changes: Sequence[types.TextDocumentContentChangeEvent], units: Units) -> str:
    """The text after the changes, one after the other."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            start = offset_in(text, change.range.start, units)
            end = max(start, offset_in(text, change.range.end, units))
            text = text[:start] + change.text + text[end:]
        else:
            text = change.text
    return text


def offset_in(text: str, position: types.Position, units: Units) -> int:
    """The offset of a position; what lies beyond a row or the text is its end."""
    start = 0
    if position.line > 0:
        newline = next(islice(NEWLINE.finditer(text), position.line - 1, None), None)
        if newline is None:
            return len(text)
        start = newline.end()
    following = NEWLINE.search(text, start)
    row = text[start : len(text) if following is None else following.start()]
    return start + units.column(row, position.character)
