"""`--fix`, `--diff` and `--fix-only`: files edited, or shown as they would be."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kerlint.findings import Applicability, Finding, Report
from kerlint.fix import FixOutcome, fix_until_stable, unified_diff, write_atomically
from kerlint.guard import SECONDS_PER_FILE, Task, guarded
from kerlint.replay import Record
from kerlint.shell.filters import Filter
from kerlint.shell.results import FINDINGS, finished, report_on
from kerlint.shell.session import Session, load_core


@dataclass(slots=True)
class Edited:
    """A file before and after, with the report on what is left and how many findings are gone."""

    before: bytes
    after: bytes
    report: Report
    applied: int = 0

    @property
    def is_changed(self) -> bool:
        """Whether the edit changed any byte."""
        return self.after != self.before


def edit_files(session: Session, reports: Sequence[Report]) -> Record:
    """Fix the files that have something to fix; write them, or with `--diff` show what would change."""
    results = list(reports)
    edited: dict[str, Edited] = {}
    filters = Filter(session)
    for position, report in enumerate(reports):
        if _is_fixable(session, report):
            done = _edited_file(session, report, filters)
            if done is not None:
                edited[report.filename] = done
                results[position] = done.report
    if session.request.diff:
        return _diffed(session, edited)
    for filename, done in edited.items():
        _write(session, filename, done)
    if session.request.fix_only:
        return finished(session, "")
    contents = {filename: done.after for filename, done in edited.items()}
    return report_on(session, results, contents, sum(done.applied for done in edited.values()), filters)


def edit_stdin(session: Session, task: Task) -> Record:
    """Fix standard input: the result goes to standard output, findings that are left to standard error."""
    done = _edited(session, task, Filter(session))
    session.add_problems([done.report])
    if session.request.diff:
        return _diffed(session, {task.filename: done})
    if session.request.fix_only:
        return finished(session, done.after)
    rest = report_on(session, [done.report], {task.filename: done.after}, done.applied)
    errors = rest.out.decode(sys.stdout.encoding or "utf-8", "replace") + rest.errors
    return Record(done.after, errors, rest.status)


def _is_fixable(session: Session, report: Report) -> bool:
    unsafe = session.request.unsafe_fixes
    fixes = [finding.fix for finding in report.findings if finding.fix is not None]
    return any(unsafe or fix.applicability is Applicability.SAFE for fix in fixes)


def _edited_file(session: Session, report: Report, filters: Filter) -> Edited | None:
    """The file fixed in memory; None, with the problem noted, if it cannot be read any more."""
    try:
        with open(report.filename, "rb") as file:
            data = file.read()
    except OSError as error:
        session.problems.append((report.filename, error.strerror or str(error)))
        return None
    return _edited(session, Task(data, report.filename, session.resolver.settings(report.filename)), filters)


def _edited(session: Session, task: Task, filters: Filter) -> Edited:
    """Lint and fix in turn until nothing changes; a problem on the way leaves the file as it was.

    Only findings that would be shown are fixed.
    """
    seen: list[Report] = []
    outcome = fix_until_stable(
        task.data, task.filename, _watched(task, filters, seen), session.request.unsafe_fixes
    )
    if not outcome.converged:
        session.problems.append((task.filename, "fixes do not come to an end; nothing was changed"))
        return Edited(task.data, task.data, seen[0])
    if seen[-1].problem and outcome.data != task.data:
        session.problems.append((task.filename, f"after its fixes: {seen[-1].problem}; nothing was changed"))
        return Edited(task.data, task.data, seen[0])
    _note_rejected(session, outcome)
    return Edited(task.data, outcome.data, seen[-1], len(outcome.applied))


def _watched(task: Task, filters: Filter, seen: list[Report]) -> Callable[[bytes], tuple[Finding, ...]]:
    """The lint that `fix_until_stable` wants, keeping each round's report."""
    core = load_core()

    def findings_in(data: bytes) -> tuple[Finding, ...]:
        seen.append(guarded(task._replace(data=data), core, SECONDS_PER_FILE))
        return filters.shown([seen[-1]], {task.filename: data})

    return findings_in


def _note_rejected(session: Session, outcome: FixOutcome) -> None:
    for finding, reason in outcome.rejected:
        place = f"{session.shown(finding.location.filename)}:{finding.location.row}"
        session.notes.append(f"kerlint: {place}: {finding.code} not fixed: {reason}")


def _diffed(session: Session, edited: dict[str, Edited]) -> Record:
    """The changes as one patch; status 1 when there are any."""
    parts = [
        unified_diff(done.before, done.after, session.shown(filename)) for filename, done in edited.items()
    ]
    return finished(session, "".join(parts), FINDINGS if any(parts) else 0)


def _write(session: Session, filename: str, done: Edited) -> None:
    if not done.is_changed:
        return
    try:
        write_atomically(filename, done.after)
    except OSError as error:
        session.problems.append((filename, f"cannot be written: {error.strerror}"))
