"""GitLab's Code Quality report (docs.gitlab.com/ci/testing/code_quality)."""

from __future__ import annotations

from typing import Any

from kerlint.findings import Finding, Severity
from kerlint.report.fingerprint import fingerprints
from kerlint.report.json_text import dump
from kerlint.report.places import file_end_row, file_row, portable_path, with_cell
from kerlint.report.run import Run

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(run: Run) -> str:
    """One JSON list; of equal fingerprints GitLab keeps the first, so no two are alike."""
    pairs = zip(run.findings, fingerprints(run), strict=True)
    return dump([_item(run, finding, key) for finding, key in pairs]) + "\n"


def _item(run: Run, finding: Finding, fingerprint: str) -> dict[str, Any]:
    location = finding.location
    return {
        "description": f"{finding.code} {finding.name}: {with_cell(finding.message, location)}{_verdict(finding)}",
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": portable_path(run, location.filename),
            "lines": {"begin": file_row(location), "end": file_end_row(location)},
        },
    }


def _verdict(finding: Finding) -> str:
    verdict = finding.verdict
    return f" ({verdict.status}: {verdict.evidence})" if verdict else ""
