"""Findings on the layers they speak of: a finding belongs to the layers whose construction holds its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kerlint.findings import Finding, Location
from kerlint.summary.table import Row, Table

Hazards = Mapping[int, tuple[Finding, ...]]
"""By the identity of a row."""


def hazards_of(table: Table, findings: Iterable[Finding]) -> Hazards:
    """The findings on each row of a table; those inside a nested block also count for the block."""
    known = list(findings)
    return {row.identity: found for row in table.rows if (found := tuple(_on(row, known)))}


def _on(row: Row, findings: list[Finding]) -> Iterator[Finding]:
    for finding in findings:
        if any(_holds(location, finding.location) for location in _locations(row)):
            yield finding


def _locations(row: Row) -> Iterator[Location]:
    if row.location is not None:
        yield row.location
    for inner in row.inside:
        yield from _locations(inner)


def _holds(outer: Location, inner: Location) -> bool:
    """Whether a place lies within another of the same file, which is more than its first line."""
    if (outer.filename, outer.cell) != (inner.filename, inner.cell):
        return False
    start, at = outer.region, inner.region
    first, last = (start.start_row, start.start_column), (start.end_row, start.end_column)
    return first <= (at.start_row, at.start_column) and (at.end_row, at.end_column) <= last
