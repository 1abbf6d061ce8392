"""Workflow commands that GitHub Actions turns into annotations on the changed lines.

The escapes are those of `@actions/core` (command.ts): data escapes `%`, CR and LF; properties also `:`
and `,`. A test compares every byte with that package.
"""

from __future__ import annotations

from kerlint.findings import Finding, Severity
from kerlint.report.places import file_end_row, file_row, place, portable_path
from kerlint.report.printable import encodable
from kerlint.report.run import Run

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(run: Run) -> str:
    """One command a finding, and one a problem."""
    lines = [_finding(run, finding) for finding in run.findings]
    lines += [_problem(run, filename, problem) for filename, problem in run.problems]
    return "".join(f"{line}\n" for line in lines)


def _finding(run: Run, finding: Finding) -> str:
    location = finding.location
    row, end_row = file_row(location), file_end_row(location)
    properties: dict[str, str | int] = {
        "title": f"{finding.code} {finding.name}",
        "file": portable_path(run, location.filename),
        "line": row,
        "endLine": end_row,
    }
    # The Checks API takes columns only for annotations of a single row.
    if row == end_row and location.cell is None:
        properties |= {"col": location.region.start_column, "endColumn": location.region.end_column}
    return command(_COMMANDS[finding.severity], properties, _message(run, finding))


def _message(run: Run, finding: Finding) -> str:
    """What the log shows: it has no other place for the file and the row."""
    lines = [f"{place(run, finding.location)}: {finding.code} [{finding.name}] {finding.message}"]
    lines += [f"{place(run, related.location)}: {related.message}" for related in finding.related]
    if finding.verdict:
        lines.append(f"{finding.verdict.status}: {finding.verdict.evidence}")
    return "\n".join(lines)


def _problem(run: Run, filename: str, problem: str) -> str:
    properties: dict[str, str | int] = {"title": "kerlint"}
    if filename:
        properties["file"] = portable_path(run, filename)
    return command("error", properties, problem)


def command(name: str, properties: dict[str, str | int], message: str) -> str:
    """One workflow command without its line end; properties in the order given."""
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return encodable(f"::{name} {listed}::{_data(message)}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
