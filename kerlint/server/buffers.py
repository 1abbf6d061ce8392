"""What is open in the editor: text documents and notebooks, and what of them is handed to the linter."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lsprotocol import types
from pygls.uris import to_fs_path

from kerlint.findings import Location
from kerlint.server.positions import Rows, Units, changed
from kerlint.text.encoding import encoding_of

NOTEBOOK = ".ipynb"


@dataclass(frozen=True, eq=False)
class Part:
    """A text that has an address of its own: a file, or a cell of a notebook."""

    uri: str
    version: int | None
    text: str
    units: Units

    @cached_property
    def rows(self) -> Rows:
        """The text by its rows."""
        return Rows(self.text, self.units)


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A buffer as it was at one moment: plain data that another thread may read."""

    uri: str
    path: str
    revision: int
    """Counts what changed: the text, or what holds for it."""
    data: bytes
    parts: Mapping[int | None, Part]
    """By the number of the cell; a file is its only part, None."""

    @property
    def is_notebook(self) -> bool:
        """Whether it is joined from cells."""
        return None not in self.parts

    def part(self, location: Location) -> Part | None:
        """The part that holds a location; None for another file's."""
        return self.parts.get(location.cell) if location.filename == self.path else None

    def part_of(self, uri: str) -> tuple[int | None, Part] | None:
        """The part with this address, and its cell."""
        return next(((cell, part) for cell, part in self.parts.items() if part.uri == uri), None)


@dataclass(slots=True)
class TextBuffer:
    """An open text document."""

    uri: str
    path: str
    version: int | None
    text: str
    units: Units
    revision: int = 0

    def change(self, version: int | None, changes: Sequence[types.TextDocumentContentChangeEvent]) -> None:
        """Take on changes."""
        self.text = changed(self.text, changes, self.units)
        self.version = version
        self.revision += 1

    def snapshot(self) -> Snapshot:
        """The document as it is now."""
        part = Part(self.uri, self.version, self.text, self.units)
        return Snapshot(self.uri, self.path, self.revision, as_bytes(self.text), {None: part})

    @property
    def uris(self) -> tuple[str, ...]:
        """The addresses of its parts."""
        return (self.uri,)


@dataclass(slots=True)
class Cell:
    """A cell of an open notebook."""

    uri: str
    is_code: bool
    text: str = ""
    version: int | None = None
    count: int | None = None
    """The number of its last execution."""


@dataclass(slots=True)
class NotebookBuffer:
    """An open notebook."""

    uri: str
    path: str
    version: int | None
    units: Units
    cells: list[Cell] = field(default_factory=list)
    revision: int = 0

    def change(self, version: int | None, event: types.NotebookDocumentChangeEvent) -> None:
        """Take on changes of its cells: which there are, what is in them, what is known of them."""
        self.version = version
        self.revision += 1
        changes = event.cells
        if changes is None:
            return
        if changes.structure is not None:
            self._restructure(changes.structure)
        for given in changes.data or ():
            if (cell := self._cell(given.document)) is not None:
                cell.is_code, cell.count = _kind_and_count(given)
        for content in changes.text_content or ():
            if (cell := self._cell(content.document.uri)) is not None:
                cell.text = changed(cell.text, content.changes, self.units)
                cell.version = content.document.version

    def _restructure(self, structure: types.NotebookDocumentCellChangeStructure) -> None:
        array = structure.array
        new = [cell_of(cell) for cell in array.cells or ()]
        known = {cell.uri: cell for cell in self.cells}
        for cell in new:
            if (before := known.get(cell.uri)) is not None:
                cell.text, cell.version = before.text, before.version
        self.cells[array.start : array.start + array.delete_count] = new
        self.fill(structure.did_open or ())

    def fill(self, documents: Iterable[types.TextDocumentItem]) -> None:
        """Put the texts into the cells."""
        for document in documents:
            if (cell := self._cell(document.uri)) is not None:
                cell.text, cell.version = document.text, document.version

    def _cell(self, uri: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.uri == uri), None)

    def snapshot(self) -> Snapshot:
        """The notebook as it is now; as a file it would be this JSON."""
        cells: list[dict[str, object]] = [
            {"cell_type": "code", "source": cell.text, "execution_count": cell.count, "outputs": []}
            if cell.is_code
            else {"cell_type": "markdown", "source": cell.text}
            for cell in self.cells
        ]
        data = json.dumps({"cells": cells}, ensure_ascii=True).encode()
        parts: dict[int | None, Part] = {
            number: Part(cell.uri, cell.version, cell.text, self.units)
            for number, cell in enumerate(self.cells, start=1)
        }
        return Snapshot(self.uri, self.path, self.revision, data, parts)

    @property
    def uris(self) -> tuple[str, ...]:
        """The addresses of its cells."""
        return tuple(cell.uri for cell in self.cells)


Buffer = TextBuffer | NotebookBuffer


def cell_of(cell: types.NotebookCell) -> Cell:
    """A cell as the client describes it, without its text."""
    is_code, count = _kind_and_count(cell)
    return Cell(cell.document, is_code, count=count)


def _kind_and_count(cell: types.NotebookCell) -> tuple[bool, int | None]:
    summary = cell.execution_summary
    return cell.kind == types.NotebookCellKind.Code, None if summary is None else summary.execution_order


def path_of(uri: str, folder: str, ending: str = "") -> str:
    """The file that an address means; for what is on no disk, a name in `folder`."""
    path = to_fs_path(uri)
    if path is None:
        name = uri.partition(":")[2].rpartition("/")[2] or "untitled"
        path = os.path.join(folder, name)
    return path if path.endswith(ending) else path + ending


def as_bytes(text: str) -> bytes:
    """The text as a file would hold it, in the encoding that its coding comment names."""
    data = text.encode("utf-8", "surrogatepass")
    encoding = encoding_of(data)
    if encoding in ("utf-8", "utf-8-sig"):
        return data
    return text.encode(encoding, "replace")
