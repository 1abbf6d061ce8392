"""The closing lines of the formats for people: what was found, in how many files, what can be fixed."""

from __future__ import annotations

from collections import Counter

from kerlint.findings import Applicability
from kerlint.report.places import place
from kerlint.report.printable import Paint, one_line
from kerlint.report.run import Run


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summary(run: Run, paint: Paint) -> str:
    """The last line: findings by severity, or that all is well."""
    fixed = f"Fixed {count(run.fixed, 'finding')}. " if run.fixed else ""
    return f"{fixed}{_found(run, paint)}{_failed(run)}"


def _found(run: Run, paint: Paint) -> str:
    if run.findings:
        files = len({finding.location.filename for finding in run.findings})
        where = count(files, "file") if files == run.checked else f"{files} of {count(run.checked, 'file')}"
        return f"Found {_by_severity(run, paint)} in {where}{_fixable(run)}"
    if run.problems:
        return f"No findings in {count(run.checked, 'file')}"
    if not run.checked:
        return "No files to check"
    return f"{paint('All good', 'good')}: {count(run.checked, 'file')} checked"


def _by_severity(run: Run, paint: Paint) -> str:
    counts = Counter(finding.severity for finding in run.findings)
    graver_first = sorted(counts, key=lambda severity: -severity.rank)
    return ", ".join(paint(count(counts[severity], severity.value), severity) for severity in graver_first)


def _fixable(run: Run) -> str:
    safe = sum(finding.fix is not None and _is_safe(finding.fix.applicability) for finding in run.findings)
    unsafe = sum(finding.fix is not None for finding in run.findings) - safe
    parts = [f"{safe} fixable with --fix"] if safe else []
    if unsafe:
        parts.append(
            f"{unsafe} more with --unsafe-fixes" if safe else f"{unsafe} fixable with --unsafe-fixes"
        )
    return f" ({', '.join(parts)})" if parts else ""


def _is_safe(applicability: Applicability) -> bool:
    return applicability is Applicability.SAFE


def _failed(run: Run) -> str:
    return f"; {count(len(run.problems), 'problem')}, exit status 2" if run.problems else ""


def details(run: Run) -> list[str]:
    """The lines of `--verbose`: where the evaluator gave up, what was silenced, where the time went."""
    if run.details is None:
        return []

    lines = [
        f"gave up at {place(run, gave.location)}: {one_line(gave.reason)}" for gave in run.details.gave_up
    ]
    if run.details.suppressed:
        lines.append(f"{count(run.details.suppressed, 'finding')} suppressed by comments")
    slowest = sorted(run.details.seconds.items(), key=lambda item: (-item[1], item[0]))
    if slowest:
        lines.append("time: " + ", ".join(f"{name} {seconds:.3f} s" for name, seconds in slowest))
    return lines
