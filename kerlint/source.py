"""One file as a program: text, top-level statements, notebook cells, and places in it.

`read` turns bytes into a `Source` and parses nothing. Statements come from a scanner and are parsed by
libcst one by one when somebody asks for their body, so that what is not asked for costs nothing and a
syntax error costs its own statement only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from kerlint.findings import Location, Region
from kerlint.gate import concerns_keras
from kerlint.places import Place, SourceEdit
from kerlint.text.encoding import Decoded, SourceError, decode
from kerlint.text.notebook import Cell, Notebook, read_notebook
from kerlint.text.split import Piece, split
from kerlint.text.syntax import SyntaxProblem, find_problems, unread

if TYPE_CHECKING:
    import libcst as cst

    from kerlint.text.trees import Tree

__all__ = [
    "Cell",
    "Place",
    "Source",
    "SourceEdit",
    "SourceError",
    "Statement",
    "SyntaxProblem",
    "concerns_keras",
    "read",
]

MAX_BYTES = 10_000_000
_NOTEBOOK_BYTES = 20
"""Notebooks carry their outputs, so the file may be this many times larger than the program in it."""


def read(data: bytes, filename: str, *, max_bytes: int = MAX_BYTES) -> Source:
    """A file's bytes as a program; notebooks are told by the name's ending `.ipynb`.

    Raises SourceError for what is no program: too large, NUL bytes, wrong encoding, malformed notebook.
    """
    notebook: Notebook | None = None
    is_notebook = filename.endswith(".ipynb")
    _limit(len(data), max_bytes * _NOTEBOOK_BYTES if is_notebook else max_bytes)
    decoded = decode(data)
    if is_notebook:
        notebook = read_notebook(decoded.text)
        _limit(len(notebook.text), max_bytes)
        decoded = decoded._replace(text=notebook.text)
    return Source(filename, data, decoded, notebook)


def _limit(size: int, allowed: int) -> None:
    if size > allowed:
        raise SourceError(f"line 1: {size:,} bytes, more than the {allowed:,} that kerlint reads")


class Source:
    """A program and where it came from. Rows and columns are 1-based, columns count code points."""

    def __init__(
        self, filename: str, data: bytes, decoded: Decoded, notebook: Notebook | None = None
    ) -> None:
        self.filename = filename
        self.data = data
        self.text = decoded.text
        """The program; `\\n` is its only newline, magics of notebooks are masked, the BOM is gone."""
        self.encoding = decoded.encoding
        self.newline = decoded.newline
        self.notebook = notebook

    @property
    def is_notebook(self) -> bool:
        """Whether the program was joined from cells."""
        return self.notebook is not None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The code cells of a notebook, in order; () for a Python file."""
        return self.notebook.cells if self.notebook is not None else ()

    @cached_property
    def _split(self) -> tuple[str, list[Piece]]:
        if self.notebook is None:
            return split(self.text)
        preamble, pieces = "", list[Piece]()
        for cell in self.notebook.cells:
            text = self.text[cell.start : cell.end]
            before, found = split(text, cell.start_row)
            if pieces:
                pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + before)
            else:
                preamble += before
            pieces += [piece._replace(start=piece.start + cell.start) for piece in found]
        return preamble, pieces

    @property
    def preamble(self) -> str:
        """Comments and blank lines before the first statement; with the statements' texts it is `text`."""
        return self._split[0]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The top-level statements in order, not parsed yet."""
        seen: dict[str, int] = {}
        statements = []
        for piece in self._split[1]:
            occurrence = seen.get(piece.text, 0)
            seen[piece.text] = occurrence + 1
            statements.append(Statement(self, piece, occurrence))
        return tuple(statements)

    @cached_property
    def _broken(self) -> tuple[SyntaxProblem, ...]:
        return find_problems(self)

    def assume_sound(self) -> None:
        """Believe that it is Python: whoever knows it spares the compiler."""
        self.__dict__["_broken"] = ()

    @property
    def problems(self) -> tuple[SyntaxProblem, ...]:
        """What is not Python in this file, in order of place; asks the compiler, not libcst.

        Statements that Python reads and libcst does not are added as they are met.
        """
        met = [
            problem for each in self.statements if each.is_unread and (problem := unread(each)) is not None
        ]
        return (
            tuple(sorted((*self._broken, *met), key=lambda problem: problem.place.key))
            if met
            else self._broken
        )

    @cached_property
    def lines(self) -> list[str]:
        """The program's rows without their newlines."""
        return self.text.split("\n")

    def line(self, row: int) -> str:
        """The text of a program row (1-based) without its newline; "" outside the program."""
        return self.lines[row - 1] if 0 < row <= len(self.lines) else ""

    @cached_property
    def _row_starts(self) -> list[int]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def offset(self, row: int, column: int) -> int:
        """The offset in `text` of a program row and column, both 1-based."""
        return self._row_starts[row - 1] + column - 1

    def region(self, start: int, end: int) -> Region:
        """The region between two offsets in `text`."""
        first = bisect_right(self._row_starts, start, hi=len(self.lines))
        last = bisect_right(self._row_starts, end, hi=len(self.lines))
        rows = self._row_starts
        return Region(first, start - rows[first - 1] + 1, last, end - rows[last - 1] + 1)

    def location(self, region: Region) -> Location:
        """A region of the program as people find it: in the file, or in a cell of the notebook."""
        if self.notebook is None:
            return Location(self.filename, region, region, file_row=region.start_row)
        return self.notebook.location(self.filename, region)


class Statement:
    """One top-level statement. `body` parses it at the first request, then keeps it."""

    __slots__ = ("_tree", "excess", "kind", "name", "occurrence", "row", "source", "start", "text")

    def __init__(self, source: Source, piece: Piece, occurrence: int = 0) -> None:
        self.source = source
        self.start = piece.start
        """Offset in the program."""
        self.row = piece.row
        """Program row of its first line, decorators included."""
        self.text = piece.text
        """With the comments and blank lines that follow it."""
        self.excess = piece.excess
        """Why no parser may see it, or None."""
        self.occurrence = occurrence
        self.kind, self.name = _kind_and_name(piece.text)
        self._tree: Tree | bool | None = None

    def __repr__(self) -> str:
        return f"Statement({self.source.filename}:{self.row} {self.kind} {self.name})"

    @property
    def tree(self) -> Tree | None:
        """Its libcst tree; None if it is broken (`Source.problems` tells why) or too deep."""
        if self._tree is None:
            self._tree = self._parse() or False
        return self._tree or None  # type: ignore[return-value]

    def _parse(self) -> Tree | None:
        if self.excess is not None:
            return None
        from kerlint.text.trees import Unparsable, parse

        try:
            return parse(self.text, self.occurrence)
        except Unparsable:
            return None

    @property
    def is_unread(self) -> bool:
        """Whether libcst was asked for its tree and had none."""
        return self._tree is False and self.excess is None

    @property
    def body(self) -> tuple[cst.BaseStatement, ...]:
        """The statement as libcst has it: one node as a rule, none when it is broken."""
        tree = self.tree
        return () if tree is None else tuple(tree.module.body)

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Start and end offset of one of its nodes within `text`."""
        tree = self.tree
        if tree is None:
            raise KeyError("a broken statement has no nodes")
        return tree.span(node)

    def region(self, node: cst.CSTNode) -> Region:
        """Where one of its nodes stands in the program; without surrounding whitespace, as libcst has it."""
        start, end = self.span(node)
        return self.source.region(self.start + start, self.start + end)

    def code(self, node: cst.CSTNode) -> str:
        """The source text of one of its nodes, without parentheses around it."""
        start, end = self.span(node)
        return self.text[start:end]


_DEFINITION = re.compile(r"^(?:(?:async[ \t]+)?(def)|(class))[ \t]+(\w+)", re.MULTILINE)


def _kind_and_name(text: str) -> tuple[str, str]:
    found = _DEFINITION.search(text) if text[0] == "@" else _DEFINITION.match(text)
    return ("other", "") if found is None else (found[1] or found[2], found[3])
