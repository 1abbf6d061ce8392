"""Jupyter notebooks as one program: code cells in order, and every row's way back to its cell and file.

Plain `json`, not nbformat: a three-hundredth of the time. Formats 3 and 4 are read. Cells are counted
from 1 among all cells, Markdown included, as ruff counts them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from kerlint.findings import Location, Region
from kerlint.frozen import record
from kerlint.text.encoding import SourceError, unify_newlines
from kerlint.text.magics import mask_magics


@record
class Cell:
    """One code cell."""

    index: int
    """1-based among all cells of the notebook."""
    execution_count: int | None
    source: str
    """As written, magics and all, with `\\n` newlines."""
    start: int
    end: int
    """Offsets in the program, the newline that joins it to the next cell included."""
    start_row: int
    end_row: int
    """First and last row in the program."""


@dataclass(frozen=True)
class Notebook:
    """The joined program of a notebook."""

    text: str
    cells: tuple[Cell, ...]
    json_text: str

    def cell_at(self, row: int) -> Cell:
        """The code cell that holds a program row; rows outside any cell belong to the nearest one."""
        at = bisect_right(self.cells, row, key=lambda cell: cell.start_row)
        return self.cells[max(at - 1, 0)]

    def location(self, filename: str, region: Region) -> Location:
        """A region of the program as a place in its cell, with the row of the JSON that holds its start."""
        if not self.cells:
            return Location(filename, region, region, file_row=1)
        cell = self.cell_at(region.start_row)
        shift = cell.start_row - 1
        within = Region(
            region.start_row - shift, region.start_column, region.end_row - shift, region.end_column
        )
        return Location(filename, within, region, cell.index, self.file_row(cell.index, within.start_row))

    def file_row(self, cell: int, row: int) -> int:
        """The row of the .ipynb file that holds a row (1-based) of a cell's source."""
        rows = self._file_rows.get(cell, [1])
        return rows[min(row, len(rows)) - 1]

    @cached_property
    def _file_rows(self) -> dict[int, list[int]]:
        return {cell: _rows_of(tokens) or [row] for cell, row, tokens in _source_tokens(self.json_text)}


def read_notebook(json_text: str) -> Notebook:
    """A notebook's program; one in another language than Python has no cells.

    Raises SourceError, naming the place, for malformed JSON or structure.
    """
    document = _document(json_text)
    parts: list[str] = []
    cells: list[Cell] = []
    start, row = 0, 1
    for index, cell in enumerate(_raw_cells(document), start=1):
        source = _source(cell, index)
        if source is None or not _is_python(document):
            continue
        text = mask_magics(source)
        text = text if text.endswith("\n") else text + "\n"
        rows = text.count("\n")
        count = cell.get("execution_count", cell.get("prompt_number"))
        cells.append(
            Cell(
                index,
                count if isinstance(count, int) else None,
                source,
                start,
                start + len(text),
                row,
                row + rows - 1,
            )
        )
        parts.append(text)
        start, row = start + len(text), row + rows
    return Notebook("".join(parts), tuple(cells), json_text)


def _document(json_text: str) -> Mapping[str, Any]:
    import json

    try:
        document = json.loads(json_text)
    except json.JSONDecodeError as error:
        raise SourceError(f"line {error.lineno}: not a notebook: {error.msg}") from None
    except (RecursionError, ValueError) as error:
        raise SourceError(f"line 1: not a notebook: {error}") from None
    if not isinstance(document, dict):
        raise SourceError("line 1: not a notebook: the JSON is not an object")
    return document


def _raw_cells(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found: Any = document.get("cells")
    if found is None and isinstance(sheets := document.get("worksheets"), list):
        lists: list[Any] = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        found = list(chain(*lists)) if all(isinstance(each, list) for each in lists) else None
    if not isinstance(found, list):
        raise SourceError("line 1: not a notebook: it has no list of cells")
    for index, cell in enumerate(found, start=1):
        if not isinstance(cell, dict):
            raise SourceError(f"cell {index}: not a notebook: the cell is not an object")
    return found


def _source(cell: Mapping[str, Any], index: int) -> str | None:
    """The cell's source, None when it is not code."""
    if cell.get("cell_type") != "code":
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise SourceError(f"cell {index}: not a notebook: its source is not text")
    if "\0" in source:
        raise SourceError(f"cell {index}: NUL byte")
    try:
        source.encode("utf-8")
    except UnicodeEncodeError:
        raise SourceError(f"cell {index}: half a surrogate pair is not text") from None
    return unify_newlines(source)


def _is_python(document: Mapping[str, Any]) -> bool:
    metadata = document.get("metadata")
    if not isinstance(metadata, dict):
        return True
    for table, key in (("language_info", "name"), ("kernelspec", "language")):
        named = metadata.get(table)
        if isinstance(named, dict) and isinstance(named.get(key), str):
            return bool(named[key].lower() in ("python", "ipython", "python3"))
    return True


_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},]')


def _source_tokens(json_text: str) -> Iterator[tuple[int, int, list[tuple[int, str]]]]:
    """For each cell: its number, the row of its source's key, and the source's strings with their rows."""
    import json

    depth = cells_depth = cell = source_row = 0
    key, in_source, found = "", False, list[tuple[int, str]]()
    row, seen = 1, 0
    for token in _TOKEN.finditer(json_text):
        text = token[0]
        first = text[0]
        if first == '"':
            is_key = _is_key(json_text, token.end())
            if is_key:
                key = text
                in_source = depth == cells_depth + 1 and text in ('"source"', '"input"') and cells_depth > 0
            if in_source:
                row += json_text.count("\n", seen, token.start())
                seen = token.start()
                source_row = row if is_key else source_row
                if not is_key:
                    found.append((row, json.loads(text, strict=False)))
        elif first == ",":
            in_source = in_source and depth > cells_depth + 1
        elif first in "[{":
            depth += 1
            if first == "[" and key == '"cells"' and not cells_depth:
                cells_depth = depth
            elif first == "{" and cells_depth and depth == cells_depth + 1:
                cell, source_row, found = cell + 1, row, []
        else:
            if cells_depth and depth == cells_depth + 1 and first == "}":
                yield cell, source_row, found
                in_source = False
            depth -= 1
            if depth < cells_depth:
                cells_depth, key = 0, ""


def _is_key(json_text: str, end: int) -> bool:
    following = _AFTER.match(json_text, end)
    return following is not None and following[1] == ":"


_AFTER = re.compile(r"[ \t\r\n]*(.)")


def _rows_of(tokens: list[tuple[int, str]]) -> list[int]:
    """The file row of each row of a cell, from its source's strings and the rows they stand on."""
    rows: list[int] = []
    at_start = True
    for file_row, text in tokens:
        for part in re.findall(r"[^\n]*\n|[^\n]+", unify_newlines(text)):
            if at_start:
                rows.append(file_row)
            at_start = part.endswith("\n")
    return rows
