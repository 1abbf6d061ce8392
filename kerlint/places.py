"""Places in a program, and the smallest edits of its text.

A `Place` ties a fact to a node of a statement (or to a bare region) and is cheap to make: positions are
computed when a finding asks. `SourceEdit`s hold offsets in the program and become `findings.Edit`s.
Edits only insert or replace; nothing is reformatted. Their text uses `\\n`; who writes a file turns it
into the file's own newline.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.findings import Edit, Location, Region
from kerlint.frozen import fact, record

if TYPE_CHECKING:
    import libcst as cst

    from kerlint.source import Source, Statement

Key = tuple[str, int, int, int, int]


@record
class SourceEdit:
    """Replacements of stretches of a program: (start offset, end offset, new text), in order."""

    source: Source
    replacements: tuple[tuple[int, int, str], ...]

    def edits(self) -> tuple[Edit, ...]:
        """The replacements as rows and columns of the file or cell."""
        return tuple(
            Edit(self.source.location(self.source.region(start, end)), text)
            for start, end, text in self.replacements
        )


@fact
class Place:
    """A node of a statement, or a region of it; `chain` are the calls that led here, outermost first.

    Places are equal when they name the same node (or the same region) of the same statement; the chain
    does not count.
    """

    statement: Statement
    node: cst.CSTNode | None = None
    override: Region | None = None
    """The region in the program, for places that are no node."""
    chain: tuple[Place, ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Place):
            return NotImplemented
        return (
            self.statement is other.statement and self.node is other.node and self.override == other.override
        )

    def __hash__(self) -> int:
        return hash((id(self.statement), id(self.node), self.override))

    @property
    def region(self) -> Region:
        """Where it is in the program; the whole statement's first row when nothing closer is known."""
        if self.override is not None:
            return self.override
        if self.node is not None:
            return self.statement.region(self.node)
        start = self.statement.start
        width = len(self.statement.text.partition("\n")[0])
        return self.statement.source.region(start, start + width)

    @property
    def location(self) -> Location:
        """Where people find it."""
        return self.statement.source.location(self.region)

    @property
    def key(self) -> Key:
        """Filename and region: the same for two runs over the same text; sorts by place."""
        region = self.region
        return (
            self.statement.source.filename,
            region.start_row,
            region.start_column,
            region.end_row,
            region.end_column,
        )

    @property
    def text(self) -> str:
        """The source text."""
        start, end = self._offsets
        return self.statement.source.text[start:end]

    @property
    def _offsets(self) -> tuple[int, int]:
        if self.node is not None and self.override is None:
            start, end = self.statement.span(self.node)
            return self.statement.start + start, self.statement.start + end
        source, region = self.statement.source, self.region
        return source.offset(region.start_row, region.start_column), source.offset(
            region.end_row, region.end_column
        )

    def with_chain(self, chain: tuple[Place, ...]) -> Place:
        """The same place, reached through these calls."""
        return replace(self, chain=chain)

    def replacing(self, text: str) -> SourceEdit:
        """An edit that writes `text` in place of what stands here."""
        start, end = self._offsets
        return SourceEdit(self.statement.source, ((start, end, text),))

    def adding_argument(self, name: str, text: str) -> SourceEdit | None:
        """An edit that writes `name=text` as the last argument of this call.

        None when this is no call, the keyword is there already, or `*args` may give it by position.
        """
        from kerlint.editing.arguments import insertions

        if self.node is None:
            return None
        inserted = insertions(self.statement, self.node, f"{name}={text}", name)
        if inserted is None:
            return None
        base = self.statement.start
        return SourceEdit(
            self.statement.source, tuple((base + start, base + start, new) for start, new in inserted)
        )
