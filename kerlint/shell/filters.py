"""Which findings of a run are shown: those on changed lines, without those that a baseline accepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kerlint.findings import Finding, Report
from kerlint.problems import Problem
from kerlint.report.summary import count
from kerlint.shell.session import Session

if TYPE_CHECKING:
    from kerlint.shell.baseline import Baseline, StaleEntry
    from kerlint.shell.changed import Changes


class Filter:
    """The filters that a run asks for; git and the baseline file are read once, at the first need."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._revision = session.request.changed_since
        self._baseline_path = session.project.config.baseline

    def shown(self, reports: Iterable[Report], known: Mapping[str, bytes]) -> tuple[Finding, ...]:
        """The findings to show, in order. `known` are contents that are not those on disk.

        Raises Problem for a baseline that cannot be read, or where git cannot tell what changed.
        """
        return self._split(reports, known)[0]

    def note_stale(self, reports: Sequence[Report], known: Mapping[str, bytes]) -> None:
        """Tell of entries of the baseline whose findings are gone; not of what was not looked at."""
        if self._baseline_path is None or self._revision is not None:
            return
        name = self._session.shown(self._baseline_path)
        for entry in self._split(reports, known)[1]:
            times = f" ({entry.count} times)" if entry.count > 1 else ""
            self._session.notes.append(
                f"kerlint: {name}: no longer found: {entry.path}: {entry.code}: {entry.line}{times}"
            )

    def write_baseline(self, path: str, reports: Sequence[Report]) -> None:
        """Make the baseline at `path` accept all findings of the files that were linted."""
        from kerlint.fix import write_atomically
        from kerlint.shell.baseline import Baseline

        try:
            old = Baseline.load(path)
        except Problem:
            old = Baseline.empty(path)
        findings = [finding for report in reports for finding in report.findings]
        new = old.renewed(findings, _LineOf({}), _linted(reports), self._codes)
        try:
            write_atomically(path, new.dump())
        except OSError as error:
            raise Problem(error.strerror or str(error), where=self._session.shown(path)) from error
        self._session.notes.append(
            f"kerlint: {count(len(findings), 'finding')} written to {self._session.shown(path)}"
        )

    def _split(
        self, reports: Iterable[Report], known: Mapping[str, bytes]
    ) -> tuple[tuple[Finding, ...], Sequence[StaleEntry]]:
        reports = list(reports)
        findings = self._on_changed_lines(reports)
        if self._baseline is None:
            return findings, ()
        kept, _, stale = self._baseline.filter(findings, _LineOf(known), _linted(reports), self._codes)
        return kept, stale

    def _on_changed_lines(self, reports: Iterable[Report]) -> tuple[Finding, ...]:
        findings = [finding for report in reports for finding in report.findings]
        kept = tuple(sorted(findings, key=lambda finding: finding.sort_key))
        if self._changes is None:
            return kept
        from kerlint.shell.changed import touching

        return touching(kept, self._changes, self._session.folder)

    @cached_property
    def _changes(self) -> Changes | None:
        if self._revision is None:
            return None
        from kerlint.shell.changed import changed_lines

        return changed_lines(self._revision, self._session.folder)

    @cached_property
    def _baseline(self) -> Baseline | None:
        if self._baseline_path is None:
            return None
        from kerlint.shell.baseline import Baseline

        self._session.read.add(self._baseline_path)
        return Baseline.load(self._baseline_path)

    @property
    def _codes(self) -> frozenset[str]:
        """The rules that ran somewhere."""
        return frozenset[str]().union(*(project.selected for project in self._session.resolver.projects))


class _LineOf:
    """The text of the rows that a finding flags, by which a baseline knows it."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        from kerlint.shell.excerpts import program_reader

        self._rows = program_reader(known)

    def __call__(self, finding: Finding) -> str:
        from kerlint.shell.baseline import flagged_text

        return flagged_text(self._rows(finding.location.filename), finding)


def _linted(reports: Iterable[Report]) -> list[str]:
    return [report.filename for report in reports if report.problem is None]
