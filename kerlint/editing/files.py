"""Files that can be edited in place: everything outside an edit keeps its bytes.

A Python file is one unit of text; in a notebook every cell is one (kerlint/editing/notebooks.py).
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from kerlint.findings import Edit, Location, Region
from kerlint.text.layout import NEWLINE, row_starts


class CannotEdit(ValueError):
    """The file, or the place in it, cannot be edited without harm. One line for the user."""


class Replacement(NamedTuple):
    """Put `content` where `start` to `end` (code-point offsets) of a unit's text is now."""

    unit: int
    start: int
    end: int
    content: str


class Document(Protocol):
    """A file's bytes as units of text that can be edited."""

    def text(self, unit: int) -> str:
        """The text of a unit."""

    def unit(self, location: Location) -> int:
        """The unit that holds the location; CannotEdit when there is none."""

    def written(self, replacements: Sequence[Replacement]) -> bytes:
        """The file with these replacements, which do not overlap; CannotEdit when it has no such bytes."""


class PythonDocument:
    """A Python file: encoding, byte order mark, newlines and a missing last newline stay as they are."""

    def __init__(self, data: bytes) -> None:
        """Raises CannotEdit for bytes that do not come back the same after decoding and encoding."""
        try:
            self.encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
            self._text = data.decode(self.encoding)
            if self._text.encode(self.encoding) != data:
                raise CannotEdit(f"its encoding {self.encoding} does not give the same bytes back")
        except (SyntaxError, LookupError, UnicodeError) as error:
            raise CannotEdit(f"it cannot be decoded: {error}") from error

    def text(self, unit: int) -> str:
        """The whole file, without its byte order mark."""
        return self._text

    def unit(self, location: Location) -> int:
        """Always 0: the file; CannotEdit for a place in a notebook cell."""
        if location.cell is not None:
            raise CannotEdit("a Python file has no cells")
        return 0

    def written(self, replacements: Sequence[Replacement]) -> bytes:
        """The edited file; CannotEdit when new text does not exist in the file's encoding."""
        try:
            return replaced(self._text, replacements).encode(self.encoding)
        except UnicodeEncodeError as error:
            raise CannotEdit(f"the new text does not exist in {self.encoding}") from error


def replaced(text: str, replacements: Sequence[Replacement]) -> str:
    """The text with replacements that do not overlap; those at one place come in the order given."""
    pieces, position = [], 0
    for item in sorted(replacements, key=lambda item: (item.start, item.end)):
        pieces += [text[position : item.start], item.content]
        position = item.end
    return "".join([*pieces, text[position:]])


class Resolver:
    """Turns edits into replacements; rows are counted once for each unit."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts: dict[int, Sequence[int]] = {}

    def resolve(self, edit: Edit) -> Replacement:
        """The edit in offsets, its newlines those of the row it stands in.

        Raises CannotEdit when its location is outside the file.
        """
        unit = self._document.unit(edit.location)
        text = self._document.text(unit)
        start, end = self._offsets(unit, text, edit.location.region)
        content = edit.content
        if "\n" in content:
            content = re.sub(r"\r?\n", newline_at(text, start), content)
        return Replacement(unit, start, end, content)

    def _offsets(self, unit: int, text: str, region: Region) -> tuple[int, int]:
        if unit not in self._starts:
            self._starts[unit] = row_starts(text)
        start = _offset(text, self._starts[unit], region.start_row, region.start_column)
        end = _offset(text, self._starts[unit], region.end_row, region.end_column)
        if start > end:
            raise CannotEdit("it ends before it starts")
        return start, end


def _offset(text: str, starts: Sequence[int], row: int, column: int) -> int:
    if not (1 <= row <= len(starts) and column >= 1):
        raise CannotEdit(f"there is no row {row}, column {column}")
    newline = NEWLINE.search(text, starts[row - 1])
    row_end = len(text) if newline is None else newline.start()
    offset = starts[row - 1] + column - 1
    if offset > row_end:
        raise CannotEdit(f"row {row} has no column {column}")
    return offset


def newline_at(text: str, offset: int) -> str:
    """The newline that ends the row at this offset; on the last row the first one of the text."""
    found = NEWLINE.search(text, offset) or NEWLINE.search(text)
    return "\n" if found is None else found[0]
