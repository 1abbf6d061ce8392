"""Findings of a text, carried over to a later one: those whose rows are all still there.

Used while a buffer does not parse, so that a half-typed statement does not empty the editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec

from kerlint.findings import Edit, Finding, Fix, Location, Region, Related

if TYPE_CHECKING:
    from kerlint.source import Source

MOST_ROWS = 2_000
"""Rows between the first and the last changed one that are compared; where more changed, all of them have."""


def kept(
    findings: Iterable[Finding], old: Source, new: Source, left_out: frozenset[int]
) -> Iterator[Finding]:
    """The findings of `old` at their places in `new`, but for those on rows `left_out` (of `new`)."""
    moves = moved_rows(old.lines, new.lines)
    for finding in findings:
        location = _moved(finding.location, moves, old, new)
        if location is not None and not left_out.intersection(_rows(location.program)):
            yield msgspec.structs.replace(
                finding,
                location=location,
                related=tuple(_related(finding, moves, old, new)),
                fix=_fix(finding.fix, moves, old, new),
            )


def broken_rows(source: Source) -> frozenset[int]:
    """The rows of the statements that are not Python."""
    found: set[int] = set()
    for problem in source.problems:
        statement = problem.place.statement
        rows = statement.text.rstrip().count("\n") + 1
        found.update(range(statement.row, statement.row + rows))
    return frozenset(found)


def moved_rows(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Where the unchanged rows (1-based) of the old text are in the new one."""
    most = min(len(old), len(new))
    head = sum(1 for _ in takewhile(lambda row: old[row] == new[row], range(most)))
    tail = sum(1 for _ in takewhile(lambda back: old[-back] == new[-back], range(1, most - head + 1)))
    moves = {row: row for row in range(1, head + 1)}
    shift = len(new) - len(old)
    moves |= {row: row + shift for row in range(len(old) - tail + 1, len(old) + 1)}
    between = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(map(len, between)) <= MOST_ROWS:
        for block in SequenceMatcher(None, *between, autojunk=False).get_matching_blocks():
            for offset in range(1, block.size + 1):
                moves[head + block.a + offset] = head + block.b + offset
    return moves


def moved_region(region: Region, moves: Mapping[int, int]) -> Region | None:
    """The place of a region; None if a row of it changed, or they are no longer together."""
    first = moves.get(region.start_row)
    if first is None:
        return None
    shift = first - region.start_row
    if any(moves.get(row) != row + shift for row in _rows(region)):
        return None
    return Region(first, region.start_column, region.end_row + shift, region.end_column)


def _rows(region: Region) -> range:
    return range(region.start_row, region.end_row + 1)


def _moved(location: Location, moves: Mapping[int, int], old: Source, new: Source) -> Location | None:
    if location.filename != old.filename:
        return location
    region = moved_region(location.program, moves)
    return None if region is None else new.location(region)


def _related(finding: Finding, moves: Mapping[int, int], old: Source, new: Source) -> Iterator[Related]:
    for related in finding.related:
        location = _moved(related.location, moves, old, new)
        if location is not None:
            yield Related(location, related.message)


def _fix(fix: Fix | None, moves: Mapping[int, int], old: Source, new: Source) -> Fix | None:
    """The fix with all its edits moved; None if one of them has lost its place."""
    if fix is None:
        return None
    edits = [(_moved(edit.location, moves, old, new), edit.content) for edit in fix.edits]
    placed = tuple(Edit(location, content) for location, content in edits if location is not None)
    return Fix(fix.title, placed, fix.applicability) if len(placed) == len(edits) else None
