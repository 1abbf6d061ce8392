"""reviewdog's diagnostic format (proto/rdf/reviewdog.proto): columns count UTF-8 bytes, ends exclusive."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from kerlint.findings import Edit, Finding, Fix, Location, Region
from kerlint.report.json_text import dump
from kerlint.report.places import file_row, portable_path, with_cell
from kerlint.report.run import Run, region_text

_SOURCE = {"name": "kerlint", "url": "https://kerlint.readthedocs.io/"}


def render(run: Run) -> str:
    """One DiagnosticResult."""
    urls = {code: rule.url for code, rule in run.rules().items()}
    diagnostics = [_diagnostic(run, finding, urls.get(finding.code)) for finding in run.findings]
    return dump({"source": _SOURCE, "diagnostics": diagnostics}) + "\n"


def _diagnostic(run: Run, finding: Finding, url: str | None) -> dict[str, Any]:
    code = {"value": finding.code} | ({"url": url} if url else {})
    diagnostic: dict[str, Any] = {
        "message": with_cell(f"[{finding.name}] {finding.message}", finding.location) + _verdict(finding),
        "location": _location(run, finding.location),
        "severity": finding.severity.value.upper(),
        "code": code,
    }
    suggestions = _suggestions(run, finding.fix) if finding.fix else []
    if suggestions:
        diagnostic["suggestions"] = suggestions
    if finding.related:
        diagnostic["related_locations"] = [
            {
                "message": with_cell(related.message, related.location),
                "location": _location(run, related.location),
            }
            for related in finding.related
        ]
    return diagnostic


def _verdict(finding: Finding) -> str:
    """A line that a review comment shows below the message."""
    return f"\n{finding.verdict.status}: {finding.verdict.evidence}" if finding.verdict else ""


def _location(run: Run, location: Location) -> dict[str, Any]:
    return {"path": portable_path(run, location.filename), "range": _range(run, location)}


def _range(run: Run, location: Location) -> dict[str, Any]:
    """The range with byte columns; whole rows where columns would be wrong or the source is gone."""
    lines = None if location.cell is not None else run.lines(location.filename, None)
    if lines is None:
        return {"start": {"line": file_row(location)}}
    region = location.region
    return {
        "start": _position(lines, region.start_row, region.start_column),
        "end": _position(lines, region.end_row, region.end_column),
    }


def _position(lines: Sequence[str], row: int, column: int) -> dict[str, int]:
    before = lines[row - 1][: column - 1] if row <= len(lines) else ""
    return {"line": row, "column": len(before.encode("utf-8", "surrogatepass")) + 1}


def _suggestions(run: Run, fix: Fix) -> list[dict[str, Any]]:
    """The fix as one suggestion: reviewdog takes several for alternatives, each applied alone.

    Edits apart are joined with the source between them. None for notebooks, whose rows are JSON.
    """
    edits = sorted(fix.edits, key=lambda edit: edit.location.region)
    files = {edit.location.filename for edit in edits}
    if len(files) != 1 or any(edit.location.cell is not None for edit in edits):
        return []
    lines = run.lines(files.pop(), None)
    if lines is None or edits[-1].location.region.end_row > len(lines):
        return []
    first, last = edits[0].location.region, edits[-1].location.region
    start = _position(lines, first.start_row, first.start_column)
    end = _position(lines, last.end_row, last.end_column)
    return [{"range": {"start": start, "end": end}, "text": _joined(lines, edits)}]


def _joined(lines: Sequence[str], edits: list[Edit]) -> str:
    """The text from the first edit to the last, edits done."""
    pieces = [edits[0].content]
    for before, after in pairwise(edits):
        gap = Region(
            before.location.region.end_row,
            before.location.region.end_column,
            after.location.region.start_row,
            after.location.region.start_column,
        )
        pieces += [region_text(lines, gap), after.content]
    return "".join(pieces)
