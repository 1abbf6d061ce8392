"""`--statistics`: how often each rule spoke, instead of the findings themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from kerlint.findings import Applicability, Finding, Severity
from kerlint.report.concise import MARKS
from kerlint.report.json_text import dump
from kerlint.report.printable import painter
from kerlint.report.run import Run
from kerlint.report.summary import summary


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings of one rule at one severity; `safe` and `unsafe` count those that have such a fix."""

    code: str
    name: str
    severity: Severity
    count: int
    safe: int
    unsafe: int


def tally(findings: Iterable[Finding]) -> list[Tally]:
    """A tally for each code and severity: most frequent first, then the graver, then by code."""
    counts: Counter[tuple[str, str, Severity]] = Counter()
    fixes: Counter[tuple[str, Severity, Applicability]] = Counter()
    for finding in findings:
        counts[finding.code, finding.name, finding.severity] += 1
        if finding.fix:
            fixes[finding.code, finding.severity, finding.fix.applicability] += 1
    tallies = [
        Tally(
            code,
            name,
            severity,
            number,
            fixes[code, severity, Applicability.SAFE],
            fixes[code, severity, Applicability.UNSAFE],
        )
        for (code, name, severity), number in counts.items()
    ]
    return sorted(tallies, key=lambda item: (-item.count, -item.severity.rank, item.code))


def render(run: Run) -> str:
    """A table: count, severity, code, fix mark, name; then the summary line."""
    paint = painter(run.colour)
    rows = tally(run.findings)
    digits = max((len(str(row.count)) for row in rows), default=1)
    lines = [
        f"{str(row.count).rjust(digits)}  {paint(f'{row.severity:<7}', row.severity)}  {row.code}  "
        f"{_mark(row)}  {row.name}"
        for row in rows
    ]
    return "\n".join([*lines, summary(run, paint), ""])


def _mark(row: Tally) -> str:
    if row.safe:
        return MARKS[Applicability.SAFE]
    return MARKS[Applicability.UNSAFE] if row.unsafe else "   "


def render_json(run: Run) -> str:
    """The same as a JSON list of objects with the fields of Tally."""
    return dump([asdict(row) for row in tally(run.findings)]) + "\n"
