"""Verdicts of Keras on findings of an open text, for as long as what they are about stays as it was.

What a verdict is about is the slice of the program that was run. After an edit a verdict goes on with its
finding while all rows of its slice are still there; whether new rows belong to the slice by now is looked at
afterwards, since slicing takes longer than a letter may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kerlint.findings import Finding, Region, Verdict
from kerlint.server.keeping import moved_region, moved_rows

if TYPE_CHECKING:
    from kerlint.confirm.plan import Plan
    from kerlint.server.analysis import Analysis

COMMENT = "#"
Key = tuple[str, str, Region]


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, the finding that it is on (as the linter has it), and the slice that was run for it."""

    finding: Finding
    verdict: Verdict
    slice: Slice

    @property
    def key(self) -> Key:
        """What tells the finding from others of its text."""
        return key_of(self.finding)


class Slice(NamedTuple):
    """The part of a program that is run: where it stands, and what stands there."""

    rows: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()


def key_of(finding: Finding) -> Key:
    """What tells a finding from others of its text."""
    return finding.code, finding.message, finding.location.program


def judged_of(planned: Plan, findings: Sequence[Finding], verdicts: Mapping[int, Verdict]) -> list[Judged]:
    """The verdicts on findings, which both are numbered as in the plan."""
    slices = _slices(planned)
    return [
        Judged(_bare(findings[number]), verdict, slices.get(number, Slice()))
        for number, verdict in verdicts.items()
    ]


def with_verdicts(analysis: Analysis, judged: Iterable[Judged]) -> Analysis:
    """The analysis with these verdicts besides those it has; findings that are refuted for certain go."""
    from kerlint.confirm.run import is_shown

    known = {one.key: one for one in (*analysis.judged, *judged)}
    findings = []
    for finding in analysis.findings:
        if (one := known.get(key_of(finding))) is not None:
            finding = msgspec.structs.replace(finding, verdict=one.verdict)
        if finding.verdict is None or is_shown(finding, False):
            findings.append(finding)
    return replace(analysis, findings=tuple(findings), judged=tuple(known.values()))


def carried(analysis: Analysis, before: Analysis | None) -> Analysis:
    """The analysis with the verdicts of an earlier one whose slices are still there, row for row."""
    if before is None or not before.judged or before.source is None or analysis.source is None:
        return analysis
    moves = moved_rows(before.source.lines, analysis.source.lines)
    present = {key_of(finding): finding for finding in analysis.findings}
    return with_verdicts(analysis, _moved(before.judged, moves, present))


def _moved(
    judged: Iterable[Judged], moves: Mapping[int, int], present: Mapping[Key, Finding]
) -> Iterator[Judged]:
    for one in judged:
        code, message, region = one.key
        moved = moved_region(region, moves)
        finding = present.get((code, message, moved)) if moved is not None else None
        rows = tuple(moves[row] for row in one.slice.rows if row in moves)
        if finding is not None and len(rows) == len(one.slice.rows):
            yield Judged(_bare(finding), one.verdict, one.slice._replace(rows=rows))


def rechecked(analysis: Analysis) -> Analysis | None:
    """The analysis without the verdicts whose slices are others by now; None if all still hold."""
    from kerlint.confirm.plan import plan

    source, program, settings = analysis.source, analysis.program, analysis.settings
    if source is None or program is None or settings is None:
        return None
    findings = [one.finding for one in analysis.judged]
    slices = _slices(plan(source, findings, target=program.target, roots=settings.roots, program=program))
    held = [
        one
        for number, one in enumerate(analysis.judged)
        if slices.get(number, Slice()).lines == one.slice.lines
    ]
    return None if len(held) == len(findings) else with_verdicts(without_verdicts(analysis), held)


def without_verdicts(analysis: Analysis) -> Analysis:
    """The analysis as the linter made it."""
    found = {
        key_of(one): _bare(one) for one in (*analysis.findings, *(one.finding for one in analysis.judged))
    }
    findings = sorted(found.values(), key=lambda finding: finding.sort_key)
    return replace(analysis, findings=tuple(findings), judged=())


def _bare(finding: Finding) -> Finding:
    return msgspec.structs.replace(finding, verdict=None)


def _slices(planned: Plan) -> dict[int, Slice]:
    """What is run for each finding, by its number; comments are left out."""
    found = {}
    for request in planned.requests:
        code = [
            (row, line)
            for row, line in enumerate(request["text"].split("\n"), 1)
            if not line.lstrip().startswith(COMMENT) and line.strip()
        ]
        slice_ = Slice(tuple(row for row, _ in code), tuple(line for _, line in code))
        found.update({int(finding["id"]): slice_ for finding in request["findings"]})
    return found
