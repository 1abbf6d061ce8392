"""One buffer's snapshot linted: findings, and the program behind them for hovers and hints."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

import msgspec

from kerlint.findings import Finding
from kerlint.frozen import record
from kerlint.linter import judge
from kerlint.loader import DiskLoader
from kerlint.model.parts import Part
from kerlint.model.recover import recover_part, started, target_of, unevaluated
from kerlint.python.budget import Budget
from kerlint.server.buffers import Snapshot
from kerlint.server.insight import Insight, insights
from kerlint.server.keeping import broken_rows, kept, moved_region, moved_rows
from kerlint.server.quick import Run, Whole, quick_findings
from kerlint.server.verdicts import Judged, carried
from kerlint.settings import LintSettings
from kerlint.source import SourceError, concerns_keras, read
from kerlint.text.trees import forget_older_trees

if TYPE_CHECKING:
    from kerlint.model.facts import Program
    from kerlint.server.quick import Findings
    from kerlint.source import Source

SYNTAX = "KER001"
MOST_BYTES = 1_000_000
"""What is linted while it is typed: some 30,000 lines, which take a second or two."""
KEPT_FOR = 20
"""Evaluations for which the parse of a statement is kept that none of them asks for."""


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
    judged: tuple[Judged, ...] = ()
    """The verdicts of Keras that hold for it; `findings` have them, but for those that are refuted."""
    sound: Analysis | None = field(default=None, repr=False)
    """The last one whose text was Python throughout; it may be this one, then it is None."""
    whole: Whole | None = field(default=None, repr=False)
    """The last text that was evaluated as a whole."""
    is_quick: bool = False
    """Whether a part alone was evaluated for it: there is no program then, and all will be linted soon."""

    @property
    def last_sound(self) -> Analysis | None:
        """This one if its text is Python, else the last one that was."""
        return self.sound if self.is_broken else self

    @property
    def last_evaluated(self) -> Analysis | None:
        """This one if there is a program of it, else the last one of which there was."""
        if self.program is not None or self.sound is None:
            return self
        return self.sound.last_evaluated

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
    *,
    may_be_quick: bool = False,
) -> Analysis:
    """Lint a snapshot. Where it does not parse, the findings of `before` stay outside the broken statements.

    `opened` are other buffers by path. Once `is_stopped` says so, the evaluation ends as soon as it can. With
    `may_be_quick` only what one changed definition has to do with is evaluated, where that is enough.
    """
    begun = perf_counter()
    sound = before.last_sound if before is not None else None
    if not concerns_keras(snapshot.data):
        return Analysis(snapshot)
    if len(snapshot.data) > MOST_BYTES:
        return Analysis(snapshot, problem=_too_large(snapshot))
    try:
        source = read(snapshot.data, snapshot.path)
    except SourceError as error:
        return Analysis(snapshot, problem=str(error), sound=sound)
    if is_stopped():
        return Analysis(snapshot)
    whole = before.whole if before is not None else None
    run = Run(settings, DiskLoader(settings.roots, opened), _Stoppable(is_stopped=is_stopped), is_stopped)
    if may_be_quick and whole is not None and (found := quick_findings(whole, source, run)) is not None:
        assert before is not None
        return carried(_quick(snapshot, source, before, found, run, perf_counter() - begun), sound)
    if source.problems and sound is not None and sound.source is not None:
        return _kept(snapshot, source, settings, sound)
    return carried(_whole(snapshot, source, run, begun), sound)


def _whole(snapshot: Snapshot, source: Source, run: Run, begun: float) -> Analysis:
    """Evaluate and judge all of a text."""
    settings = run.settings
    target = target_of(source, settings.target, settings.project_target)
    part = Part()
    made = started(source, target=target, loader=run.loader, budget=run.budget)
    program = recover_part(made, source, part)
    forget_older_trees(KEPT_FOR)
    imports = run.loader.files
    report = judge(program, source, settings, imports=imports, is_stopped=run.is_stopped)
    if run.is_stopped():
        return Analysis(snapshot)
    return Analysis(
        snapshot,
        findings=report.findings,
        source=source,
        program=program,
        settings=settings,
        seconds=perf_counter() - begun,
        imports=report.imports,
        whole=Whole(source, frozenset(report.findings), made, part, settings, target),
    )


def _quick(
    snapshot: Snapshot, source: Source, before: Analysis, found: Findings, run: Run, seconds: float
) -> Analysis:
    """What is known of a text of which a part was evaluated."""
    return Analysis(
        snapshot,
        findings=tuple(sorted(found, key=lambda finding: finding.sort_key)),
        source=source,
        settings=run.settings,
        seconds=seconds,
        imports=before.imports,
        sound=before.last_evaluated,
        whole=before.whole,
        is_quick=True,
    )


def _too_large(snapshot: Snapshot) -> str:
    return (
        f"not linted: {len(snapshot.data):,} bytes, more than the {MOST_BYTES:,} that kerlint lints in the editor"
        f" (`kerlint {os.path.basename(snapshot.path)}` in a terminal takes more)"
    )


@record
class _Stoppable(Budget):
    """What a file may cost until nobody wants to know any more."""

    is_stopped: Callable[[], bool] = bool

    def now(self) -> float:
        """Time of the one thread that lints; all of it is over when the result is not wanted."""
        return float("inf") if self.is_stopped() else thread_time()


def _kept(snapshot: Snapshot, source: Source, settings: LintSettings, sound: Analysis) -> Analysis:
    """What is wrong with a text that is not Python, and the last good findings beside it.

    It is not evaluated: what would be found is true of a program that lacks a statement.
    """
    assert sound.source is not None
    rules = tuple(code for code in settings.rules if code == SYNTAX)
    only_syntax = msgspec.structs.replace(settings, rules=rules, report_unused_suppressions=False)
    broken = judge(unevaluated(source), source, only_syntax).findings
    old = [finding for finding in sound.findings if finding.code != SYNTAX]
    still = kept(old, sound.source, source, broken_rows(source))
    return Analysis(
        snapshot,
        findings=tuple(sorted((*broken, *still), key=lambda finding: finding.sort_key)),
        source=source,
        settings=settings,
        seconds=sound.seconds,
        imports=sound.imports,
        sound=sound,
        whole=sound.whole,
    )


def known_layers(analysis: Analysis) -> list[Insight]:
    """What is known of the layers; in a text that is not Python, what was known of them before."""
    if analysis.source is None:
        return []
    if analysis.program is not None:
        return insights(analysis.program, analysis.source)
    sound = analysis.last_evaluated
    if sound is None or sound.program is None or sound.source is None:
        return []
    moves = moved_rows(sound.source.lines, analysis.source.lines)
    found = insights(sound.program, sound.source)
    return [
        replace(insight, region=region)
        for insight in found
        if (region := moved_region(insight.region, moves)) is not None
    ]
