"""One line a finding: `path:row:column: severity CODE [name] message`."""

from __future__ import annotations

from kerlint.findings import Applicability, Confidence, Finding
from kerlint.report.places import place
from kerlint.report.printable import Paint, one_line, painter
from kerlint.report.run import Run
from kerlint.report.summary import details, summary

MARKS = {Applicability.SAFE: "[*]", Applicability.UNSAFE: "[?]"}


def render(run: Run) -> str:
    """All findings, a line each, then a summary line."""
    paint = painter(run.colour)
    lines = [headline(run, finding, paint) + _verdict(finding) for finding in run.findings]
    return "\n".join([*lines, *details(run), summary(run, paint), ""])


def headline(run: Run, finding: Finding, paint: Paint) -> str:
    """Place, severity, code, name, whether a fix is at hand (`[*]` safe, `[?]` unsafe), and the message."""
    mark = f"{paint(MARKS[finding.fix.applicability], 'help')} " if finding.fix else ""
    likely = paint(" (likely)", "dim") if finding.confidence is Confidence.LIKELY else ""
    return (
        f"{paint(one_line(place(run, finding.location)), 'bold')}: "
        f"{paint(f'{finding.severity} {finding.code}', finding.severity)} "
        f"[{finding.name}] {mark}{one_line(finding.message)}{likely}"
    )


def _verdict(finding: Finding) -> str:
    return f" [{finding.verdict.status}]" if finding.verdict else ""
