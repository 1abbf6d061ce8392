"""JSON for programs: a list with ruff's fields, and kerlint's own beside them."""

from __future__ import annotations

from typing import Any

from kerlint.findings import Edit, Finding, Fix, Location, Related, Verdict
from kerlint.report.json_text import dump
from kerlint.report.places import absolute_path
from kerlint.report.run import Run


def render(run: Run) -> str:
    """One JSON list of all findings; ASCII only, so that no terminal or pipe can damage it."""
    return dump(items(run)) + "\n"


def items(run: Run) -> list[dict[str, Any]]:
    """Each finding as plain data. Rows and columns are 1-based code points, ends exclusive."""
    urls = {code: rule.url for code, rule in run.rules().items()}
    return [_item(run, finding, urls.get(finding.code)) for finding in run.findings]


def _item(run: Run, finding: Finding, url: str | None) -> dict[str, Any]:
    return {
        "filename": absolute_path(run, finding.location.filename),
        **_place(finding.location),
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "url": url,
        "fix": _fix(finding.fix) if finding.fix else None,
        "related": [_related(run, related) for related in finding.related],
        "verdict": _verdict(finding.verdict) if finding.verdict else None,
    }


def _place(location: Location) -> dict[str, Any]:
    region = location.region
    return {
        "cell": location.cell,
        "location": {"row": region.start_row, "column": region.start_column},
        "end_location": {"row": region.end_row, "column": region.end_column},
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "applicability": fix.applicability.value,
        "message": fix.title,
        "edits": [_edit(edit) for edit in fix.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {"content": edit.content, **_place(edit.location)}


def _related(run: Run, related: Related) -> dict[str, Any]:
    location = related.location
    return {
        "filename": absolute_path(run, location.filename),
        **_place(location),
        "message": related.message,
    }


def _verdict(verdict: Verdict) -> dict[str, str]:
    return {"status": verdict.status, "evidence": verdict.evidence}
