"""SARIF 2.1.0 (OASIS), for GitHub code scanning and every viewer that reads it."""

from __future__ import annotations

import os.path
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from kerlint.findings import Edit, Finding, Fix, GaveUp, Location, Region, Related, Severity
from kerlint.report.fingerprint import fingerprints
from kerlint.report.json_text import dump
from kerlint.report.places import file_row, portable_path, with_cell
from kerlint.report.run import RuleInfo, Run, region_text
from kerlint.version import VERSION

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://kerlint.readthedocs.io/"
# Sources are embedded for viewers that lack them; a line of minified data is not worth its bytes.
_MAX_SNIPPET = 2_000
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# GitHub's own words for the same, shown as a filter (docs: SARIF support, reportingDescriptor).
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}

Json = dict[str, Any]


def render(run: Run) -> str:
    """One log with one run."""
    rules = run.rules()
    indices = {code: index for index, code in enumerate(rules)}
    pairs = zip(run.findings, fingerprints(run), strict=True)
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(rules.values())},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder kerlint ran in."}}},
                "invocations": [_invocation(run)],
                "results": [_result(run, finding, indices, key) for finding, key in pairs],
            }
        ],
    }
    return dump(log) + "\n"


def _driver(rules: Iterable[RuleInfo]) -> Json:
    return {
        "name": "kerlint",
        "informationUri": _HOME,
        "version": VERSION,
        "semanticVersion": VERSION,
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: RuleInfo) -> Json:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary or rule.name},
        "fullDescription": {"text": _paragraph(rule)},
        "help": {"text": rule.documentation or rule.name, "markdown": rule.documentation or rule.name},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["keras"], "problem.severity": _GITHUB_LEVELS[rule.severity]},
    }


def _paragraph(rule: RuleInfo) -> str:
    """The documentation up to its first example or heading, on one line."""
    prose = []
    for block in rule.documentation.split("\n\n"):
        if block.lstrip().startswith(("```", "#", "Bad:", "Good:")):
            break
        prose.append(" ".join(block.split()))
    return " ".join(prose) or rule.summary or rule.name


def _invocation(run: Run) -> Json:
    notifications = [_problem(run, filename, problem) for filename, problem in run.problems]
    notifications += [_gave_up(run, gave) for gave in run.details.gave_up] if run.details else []
    return {"executionSuccessful": not run.problems, "toolExecutionNotifications": notifications}


def _problem(run: Run, filename: str, problem: str) -> Json:
    notification: Json = {"level": "error", "message": {"text": problem}}
    if filename:
        notification["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(run, filename)}}]
    return notification


def _gave_up(run: Run, gave: GaveUp) -> Json:
    text = with_cell(f"gave up: {gave.reason}", gave.location)
    return {"level": "note", "message": {"text": text}, "locations": [_location(run, gave.location)]}


def _result(run: Run, finding: Finding, indices: dict[str, int], fingerprint: str) -> Json:
    result: Json = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": with_cell(finding.message, finding.location)},
        "locations": [_quoted(run, finding.location)],
        "partialFingerprints": {"kerlint/v1": fingerprint},
        "properties": _properties(finding),
    }
    if finding.code in indices:
        result["ruleIndex"] = indices[finding.code]
    if finding.related:
        result["relatedLocations"] = [_related(run, *item) for item in enumerate(finding.related, 1)]
    # Replacements are text regions of the file on disk, where a notebook's source is escaped JSON.
    if finding.fix and all(edit.location.cell is None for edit in finding.fix.edits):
        result["fixes"] = [_fix(run, finding.fix)]
    return result


def _properties(finding: Finding) -> Json:
    properties: Json = {"name": finding.name, "confidence": finding.confidence.value}
    if finding.location.cell is not None:
        properties["cell"] = finding.location.cell
    if finding.verdict:
        properties["verdict"] = {"status": finding.verdict.status, "evidence": finding.verdict.evidence}
    return properties


def _artifact(run: Run, filename: str) -> Json:
    """The file relative to SRCROOT when it is inside the working folder, else as a `file:` URI."""
    path = portable_path(run, filename)
    # A colon in the first segment would read as a scheme (RFC 3986, 4.2): quote() encodes it.
    encoded = quote(os.fsencode(path), safe="/~")
    if not os.path.isabs(path):
        return {"uri": encoded, "uriBaseId": "SRCROOT"}
    return {"uri": f"file://{'' if encoded.startswith('/') else '/'}{encoded}"}


def _location(run: Run, location: Location) -> Json:
    place = {"artifactLocation": _artifact(run, location.filename), "region": _region(location)}
    return {"physicalLocation": place}


def _quoted(run: Run, location: Location) -> Json:
    """The location with its source text, and the rows around it; not for notebooks, whose rows are JSON."""
    quoted = _location(run, location)
    lines = None if location.cell is not None else run.lines(location.filename, None)
    region = location.region
    if lines is None or region.end_row > len(lines):
        return quoted
    first, last = max(1, region.start_row - 1), min(len(lines), region.end_row + 1)
    around = region_text(lines, Region(first, 1, last, len(lines[last - 1]) + 1))
    if len(around) <= _MAX_SNIPPET:
        place = quoted["physicalLocation"]
        place["region"]["snippet"] = {"text": region_text(lines, region)}
        place["contextRegion"] = {"startLine": first, "endLine": last, "snippet": {"text": around}}
    return quoted


def _region(location: Location) -> Json:
    """The exact region; for a notebook the whole row of its JSON that holds the source line."""
    if location.cell is not None:
        return {"startLine": file_row(location)}
    region = location.region
    return {
        "startLine": region.start_row,
        "startColumn": region.start_column,
        "endLine": region.end_row,
        "endColumn": region.end_column,
    }


def _related(run: Run, number: int, related: Related) -> Json:
    text = with_cell(related.message, related.location)
    return {"id": number, **_location(run, related.location), "message": {"text": text}}


def _fix(run: Run, fix: Fix) -> Json:
    by_file: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_file.setdefault(edit.location.filename, []).append(edit)
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(run, filename),
                "replacements": [
                    {"deletedRegion": _region(edit.location), "insertedContent": {"text": edit.content}}
                    for edit in edits
                ],
            }
            for filename, edits in by_file.items()
        ],
        "properties": {"applicability": fix.applicability.value},
    }
