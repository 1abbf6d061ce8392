"""Notebooks whose cells did not run from top to bottom: what depends on the order is no longer certain."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kerlint.findings import Applicability, Confidence, Finding, Region, Related

if TYPE_CHECKING:
    from kerlint.source import Source


def in_doubt(findings: list[Finding], source: Source) -> list[Finding]:
    """Findings of a rule that goes by the order: likely, with unsafe fixes, if the cells ran in another one."""
    doubt = _doubt(source)
    return findings if doubt is None else [_likely(finding, doubt) for finding in findings]


def _likely(finding: Finding, doubt: Related) -> Finding:
    fix = finding.fix and replace(finding.fix, applicability=Applicability.UNSAFE)
    related = (*finding.related, doubt)
    return replace(finding, confidence=Confidence.LIKELY, fix=fix, related=related)


def _doubt(source: Source) -> Related | None:
    """The first cell that ran after the one below it, in the words that a notebook has for that."""
    ran = [(cell, cell.execution_count) for cell in source.cells if cell.execution_count is not None]
    for (upper, last), (lower, first) in pairwise(ran):
        if last > first:
            row = Region(upper.start_row, 1, upper.start_row, len(source.line(upper.start_row)) + 1)
            words = f"this cell, In [{last}], ran after cell {lower.index}, In [{first}]"
            return Related(source.location(row), words)
    return None
