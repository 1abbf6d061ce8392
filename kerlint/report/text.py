"""The format for people: each finding with its source, what explains it, and the fix that would apply."""

from __future__ import annotations

from kerlint.findings import Applicability, Edit, Finding, Fix, Location
from kerlint.report.concise import headline
from kerlint.report.excerpt import Canvas, excerpt, window
from kerlint.report.places import place
from kerlint.report.printable import Paint, one_line, painter
from kerlint.report.run import Run
from kerlint.report.summary import details, summary

MAX_RELATED_EXCERPTS = 5
MAX_FIX_ROWS = 3

_HOW = {Applicability.SAFE: "--fix", Applicability.UNSAFE: "--fix --unsafe-fixes"}
_VERDICT_STYLES = {"confirmed": "error", "refuted": "good"}


def render(run: Run) -> str:
    """All findings as blocks apart by an empty line, then a summary line."""
    paint = painter(run.colour)
    blocks = ["\n".join(_block(run, finding, paint)) + "\n" for finding in run.findings]
    return "\n".join([*blocks, *details(run), summary(run, paint), ""])


def _block(run: Run, finding: Finding, paint: Paint) -> list[str]:
    canvas = Canvas(_digits(finding), run.width, paint)
    drawn = [headline(run, finding, paint)]
    source = _source(run, finding.location, canvas, sign="^", style=finding.severity, context=1)
    if source:
        drawn += [canvas.blank(), *source, canvas.blank()]
    for number, related in enumerate(finding.related):
        where = one_line(place(run, related.location))
        drawn.append(canvas.note("note", f"{one_line(related.message)} ({where})", "bold"))
        if number < MAX_RELATED_EXCERPTS:
            drawn += _source(run, related.location, canvas, sign="-", style="help", context=0)
    if finding.fix:
        drawn += _help(run, finding.fix, canvas)
    if finding.verdict:
        style = _VERDICT_STYLES.get(finding.verdict.status, "bold")
        status = paint(finding.verdict.status, style)
        drawn.append(canvas.note("verdict", f"{status}: {one_line(finding.verdict.evidence)}", "bold"))
    return drawn


def _digits(finding: Finding) -> int:
    """The width of the row numbers in the whole block, so that its gutters line up."""
    locations = [finding.location, *(related.location for related in finding.related)]
    return max(2, *(len(str(location.region.end_row + 1)) for location in locations))


def _source(
    run: Run, location: Location, canvas: Canvas, *, sign: str, style: str, context: int
) -> list[str]:
    lines = run.lines(location.filename, location.cell)
    if lines is None:
        return []
    return excerpt(lines, location.region, canvas, sign=sign, style=style, context=context)


def _help(run: Run, fix: Fix, canvas: Canvas) -> list[str]:
    """The fix's title, the option that applies it, and the lines as they would be."""
    how = f"(apply with {_HOW[fix.applicability]})"
    return [canvas.note("help", f"{one_line(fix.title)} {how}", "help"), *_preview(run, fix, canvas)]


def _preview(run: Run, fix: Fix, canvas: Canvas) -> list[str]:
    """The edited lines; nothing when an edit is more than a change inside of a line."""
    by_row: dict[tuple[str, int | None, int], list[Edit]] = {}
    for edit in sorted(fix.edits, key=lambda edit: edit.location.region):
        region = edit.location.region
        if region.start_row != region.end_row or "\n" in edit.content:
            return []
        by_row.setdefault((edit.location.filename, edit.location.cell, region.start_row), []).append(edit)
    if len(by_row) > MAX_FIX_ROWS:
        return []
    drawn: list[str] = []
    for (filename, cell, row), edits in by_row.items():
        lines = run.lines(filename, cell)
        if lines is not None and row <= len(lines):
            drawn += _edited_row(lines[row - 1], row, edits, canvas)
    return drawn


def _edited_row(line: str, row: int, edits: list[Edit], canvas: Canvas) -> list[str]:
    text, stretches = _apply(line, edits)
    shown = window(text, stretches[0][0], stretches[-1][1], canvas.room)
    bar = canvas.paint("+", "good")
    drawn = [canvas.source_line(row, bar, shown.text)]
    added = [stretch for stretch in stretches if stretch[0] < stretch[1]]
    return [*drawn, canvas.marks(shown, added, "+", "good")] if added else drawn


def _apply(line: str, edits: list[Edit]) -> tuple[str, list[tuple[int, int]]]:
    """The line after the edits, which are sorted, and the stretches of it that are new."""
    text = ""
    done = 0
    stretches = []
    for edit in edits:
        region = edit.location.region
        text += line[done : region.start_column - 1]
        stretches.append((len(text), len(text) + len(edit.content)))
        text += edit.content
        done = region.end_column - 1
    return text + line[done:], stretches
