"""Edits to the JSON text of a notebook: only the edited characters of a cell's source change.

Indentation, key order, escapes, outputs and metadata keep their bytes, because the file is never written
anew from parsed data: the JSON strings that hold a cell's source are found in the text and edited there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kerlint.editing.files import CannotEdit, Replacement
from kerlint.findings import Location


class Span(NamedTuple):
    """A stretch of the JSON text: offsets of its first character and after its last."""

    start: int
    end: int


_VALUE = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[{\]}]|[^\s,:\[\]{}"]+', re.DOTALL)
_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)


def cell_sources(text: str) -> tuple[tuple[Span, ...] | None, ...]:
    """For each cell the JSON strings that hold its source, quotes included; None when it has no source.

    Knows nbformat 4 (`cells`, `source`) and 3 (`worksheets`, `input`). Raises CannotEdit when the text is
    not JSON or no notebook.
    """
    try:
        json.loads(text)
        return tuple(_source(text, cell) for cell in _cells(text))
    except (ValueError, RecursionError) as error:
        raise CannotEdit(f"it is not a notebook: {error}") from error


def _cells(text: str) -> Iterator[Span]:
    top = _members(text, _value(text, 0))
    if "cells" in top:
        yield from _items(text, top["cells"])
    elif "worksheets" in top:
        for sheet in _items(text, top["worksheets"]):
            yield from _items(text, _members(text, sheet)["cells"])


def _source(text: str, cell: Span) -> tuple[Span, ...] | None:
    members = _members(text, cell)
    found = members.get("source") or members.get("input")
    if found is None:
        return None
    strings = tuple(_items(text, found)) if text[found.start] == "[" else (found,)
    return strings if all(text[string.start] == '"' for string in strings) else None


def _value(text: str, position: int) -> Span:
    """The JSON value that starts at or after the position."""
    first = _VALUE.search(text, position)
    if first is None:
        raise CannotEdit("it is not a notebook: a value is missing")
    if first[0] not in ("{", "["):
        return Span(first.start(), first.end())
    depth = 0
    for match in _BRACKET.finditer(text, first.start()):
        depth += (match["open"] is not None) - (match["close"] is not None)
        if not depth:
            return Span(first.start(), match.end())
    raise CannotEdit("it is not a notebook: a bracket is open")


def _items(text: str, array: Span) -> Iterator[Span]:
    """The values of an array; those of an object are its keys and values in turn."""
    position = array.start + 1
    while (match := _VALUE.search(text, position)) is not None and match.end() < array.end:
        item = _value(text, position)
        yield item
        position = item.end


def _members(text: str, thing: Span) -> dict[str, Span]:
    """The values of an object by key, the last one of equal keys as in Python's json; else nothing."""
    if text[thing.start] != "{":
        return {}
    parts = list(_items(text, thing))
    keys = [json.loads(text[key.start : key.end]) for key in parts[::2]]
    return dict(zip(keys, parts[1::2], strict=True))


class Glyph(NamedTuple):
    """One code point of a cell's source: as decoded, as written in the JSON, and what follows it there.

    `border` is the text between two strings of the source's list, after the last code point of one.
    """

    char: str
    raw: str
    border: str | None = None


_RAW = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u.{4}|\\.|.", re.DOTALL)
_ESCAPED_LETTER = re.compile(r"\\u(?!00[01])")


@dataclass(slots=True)
class _Cell:
    """The source of one cell as glyphs."""

    span: Span
    glyphs: list[Glyph]
    border: str | None
    """What to write between two strings; None when the source is a single string, not a list."""

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)

    def written(self, replacements: Sequence[Replacement], ascii_only: bool) -> str:
        """The JSON strings of the source after the replacements."""
        places = [index for index, glyph in enumerate(self.glyphs) if glyph.char] + [len(self.glyphs)]
        glyphs: list[Glyph] = []
        position = 0
        for item in sorted(replacements, key=lambda item: (item.start, item.end)):
            glyphs += self.glyphs[position : places[item.start]]
            glyphs += self._encoded(item.content, ascii_only)
            position = places[item.end]
        return _strings([*glyphs, *self.glyphs[position:]])

    def _encoded(self, content: str, ascii_only: bool) -> Iterator[Glyph]:
        for index, char in enumerate(content):
            ends = char == "\n" or (char == "\r" and content[index + 1 : index + 2] != "\n")
            raw = json.dumps(char, ensure_ascii=ascii_only)[1:-1]
            yield Glyph(char, raw, self.border if ends else None)


def _strings(glyphs: list[Glyph]) -> str:
    pieces = ['"']
    for index, glyph in enumerate(glyphs):
        pieces.append(glyph.raw)
        if glyph.border is not None and index + 1 < len(glyphs):
            pieces.append(f'"{glyph.border}"')
    return "".join([*pieces, '"'])


class NotebookDocument:
    """A notebook: every cell is a unit, numbered from 1 among all cells."""

    def __init__(self, data: bytes) -> None:
        """Raises CannotEdit for bytes that are no notebook in UTF-8."""
        self.encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
        try:
            self.json = data.decode(self.encoding)
        except UnicodeDecodeError as error:
            raise CannotEdit(f"it cannot be decoded: {error}") from error
        self.sources = cell_sources(self.json)
        self._cells: dict[int, _Cell] = {}

    def text(self, unit: int) -> str:
        """The source of a cell."""
        return self._cell(unit).text

    def unit(self, location: Location) -> int:
        """The number of the location's cell; CannotEdit when the notebook has no such cell with a source."""
        number = location.cell
        if number is None or not 1 <= number <= len(self.sources) or not self.sources[number - 1]:
            raise CannotEdit(f"there is no cell {number} with a source")
        return number

    def written(self, replacements: Sequence[Replacement]) -> bytes:
        """The edited notebook."""
        ascii_only = self.json.isascii() and _ESCAPED_LETTER.search(self.json) is not None
        pieces, position = [], 0
        for unit in sorted({item.unit for item in replacements}):
            cell = self._cell(unit)
            pieces.append(self.json[position : cell.span.start])
            pieces.append(cell.written([item for item in replacements if item.unit == unit], ascii_only))
            position = cell.span.end
        return "".join([*pieces, self.json[position:]]).encode(self.encoding)

    def _cell(self, number: int) -> _Cell:
        if number not in self._cells:
            self._cells[number] = self._read(self.sources[number - 1] or ())
        return self._cells[number]

    def _read(self, strings: Sequence[Span]) -> _Cell:
        whole = Span(strings[0].start, strings[-1].end)
        gaps = [self.json[left.end : right.start] for left, right in pairwise(strings)]
        glyphs: list[Glyph] = []
        for string, gap in zip(strings, [*gaps, None], strict=True):
            found = list(_glyphs(self.json[string.start + 1 : string.end - 1])) or [Glyph("", "")]
            glyphs += [*found[:-1], found[-1]._replace(border=gap)]
        return _Cell(whole, glyphs, gaps[0] if gaps else self._first_gap(whole.start))

    def _first_gap(self, start: int) -> str | None:
        """What would stand between the only string of a list and another: as before the first."""
        before = self.json[:start].rstrip()
        return "," + (self.json[len(before) : start] or " ") if before.endswith("[") else None


def _glyphs(raw: str) -> Iterator[Glyph]:
    for match in _RAW.finditer(raw):
        piece = match[0]
        yield Glyph(json.loads(f'"{piece}"') if piece.startswith("\\") else piece, piece)
