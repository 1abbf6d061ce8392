"""Rows in what is said of a notebook: its reader counts them within a cell, as findings do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerlint.source import Source

_LINE = re.compile(r"^(`[^`]*` \()?line (\d+)\b")
"""How evidence begins that names a row; what comes after it may be anybody's words."""


def cells_of(source: Source) -> list[list[int]]:
    """The number, first and last row of each code cell; none for a Python file."""
    return [[cell.index, cell.start_row, cell.end_row] for cell in source.cells]


def in_cells(evidence: str, cells: Sequence[Sequence[int]]) -> str:
    """Evidence with the row as `cell 3 line 2`; `cells` are their numbers, first and last rows."""
    found = _LINE.match(evidence)
    if found is None:
        return evidence
    row = int(found[2])
    for number, first, last in cells:
        if first <= row <= last:
            return f"{found[1] or ''}cell {number} line {row - first + 1}{evidence[found.end() :]}"
    return evidence
