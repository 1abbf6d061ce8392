"""One buffer's snapshot linted: findings, and the program behind them for hovers and hints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

from kerlint.findings import Finding, Report
from kerlint.linter import Examined, examine, paused_collector
from kerlint.loader import DiskLoader
from kerlint.python.budget import Budget
from kerlint.server.buffers import Snapshot
from kerlint.server.keeping import broken_rows, kept
from kerlint.settings import LintSettings
from kerlint.source import SourceError, concerns_keras, read

if TYPE_CHECKING:
    from kerlint.model.facts import Program
    from kerlint.source import Source

SYNTAX = "KER001"


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What is known of one snapshot."""

    snapshot: Snapshot
    findings: tuple[Finding, ...] = ()
    source: Source | None = None
    """None when the text is no program, or has nothing of Keras in it."""
    program: Program | None = None
    settings: LintSettings | None = None
    problem: str | None = None
    """Why the whole of it could not be linted, in one line."""
    seconds: float = 0.0
    imports: tuple[str, ...] = ()
    """First-party files it leans on."""
    sound: Analysis | None = field(default=None, repr=False)
    """The last one whose text was Python throughout; it may be this one, then it is None."""

    @property
    def last_sound(self) -> Analysis | None:
        """This one if its text is Python, else the last one that was."""
        return self.sound if self.is_broken else self

    def rows_of(self, cell: int | None) -> tuple[int, int]:
        """The program rows of a cell: the one before its first, and its last. All rows, for a file."""
        for one in self.source.cells if self.source is not None else ():
            if one.index == cell:
                return one.start_row - 1, one.end_row
        return 0, len(self.source.lines) if self.source is not None else 0

    @property
    def is_broken(self) -> bool:
        """Whether some of the text is not Python."""
        return self.source is None or bool(self.source.problems)


def analyse(
    snapshot: Snapshot,
    settings: LintSettings,
    before: Analysis | None,
    opened: Mapping[str, bytes],
    is_stopped: Callable[[], bool],
) -> Analysis:
    """Lint a snapshot. Where it does not parse, the findings of `before` stay outside the broken statements.

    `opened` are other buffers by path. Once `is_stopped` says so, the evaluation ends as soon as it can.
    """
    started = perf_counter()
    sound = before.last_sound if before is not None else None
    if not concerns_keras(snapshot.data):
        return Analysis(snapshot)
    try:
        source = read(snapshot.data, snapshot.path)
    except SourceError as error:
        return Analysis(snapshot, problem=str(error), sound=sound)
    found = _examined(source, settings, opened, is_stopped)
    report = found.report
    is_broken = bool(source.problems)
    return Analysis(
        snapshot,
        findings=_with_kept(report, source, sound) if is_broken else report.findings,
        source=source,
        program=found.program,
        settings=settings,
        problem=report.problem,
        seconds=perf_counter() - started,
        imports=report.imports,
        sound=sound if is_broken else None,
    )


@dataclass(frozen=True, slots=True)
class _Stoppable(Budget):
    """What a file may cost until nobody wants to know any more."""

    is_stopped: Callable[[], bool] = bool

    def now(self) -> float:
        """Time of the one thread that lints; all of it is over when the result is not wanted."""
        return float("inf") if self.is_stopped() else thread_time()


def _examined(
    source: Source, settings: LintSettings, opened: Mapping[str, bytes], is_stopped: Callable[[], bool]
) -> Examined:
    with paused_collector():
        loader = DiskLoader(settings.roots, opened)
        return examine(source, settings, loader=loader, budget=_Stoppable(is_stopped=is_stopped))


def _with_kept(report: Report, source: Source, sound: Analysis | None) -> tuple[Finding, ...]:
    """What is wrong with the text, and the last good findings beside it.

    What else is found now is not told: the program that it is true of lacks a statement.
    """
    if sound is None or sound.source is None:
        return report.findings
    broken = [finding for finding in report.findings if finding.code == SYNTAX]
    old = [finding for finding in sound.findings if finding.code != SYNTAX]
    return tuple(
        sorted((*broken, *kept(old, sound.source, source, broken_rows(source))), key=lambda one: one.sort_key)
    )
