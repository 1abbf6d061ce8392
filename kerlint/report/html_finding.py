"""One finding on a page: its words, its source, what explains it, its fix and its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerlint.findings import Applicability, Confidence, Finding, Location, Region
from kerlint.page.frame import text
from kerlint.report.places import place
from kerlint.report.printable import one_line, visible
from kerlint.report.run import Run

CONTEXT, MOST_ROWS = 2, 12
"""Rows around a finding, and of it."""
MOST_COLUMNS = 240
"""Characters of a row that are shown."""
_HOW = {Applicability.SAFE: "--fix", Applicability.UNSAFE: "--fix --unsafe-fixes"}


def article(run: Run, finding: Finding, file: int, status: str, rows: str) -> Iterator[str]:
    """The finding; `rows` are the boxes of graphs that it is marked on."""
    linked = f' data-row="{rows}"' if rows else ""
    yield (
        f'<article class="{finding.severity}" data-severity="{finding.severity}"'
        f' data-code="{text(finding.code)}" data-file="{file}" data-verdict="{text(status)}"{linked}>'
    )
    likely = ", likely" if finding.confidence is Confidence.LIKELY else ""
    where = text(one_line(place(run, finding.location)))
    yield (
        f'<p><b class="severity">{finding.severity}</b> <b>{text(finding.code)} {text(finding.name)}</b>'
        f'<span class="soft">{likely} {where}</span></p>'
    )
    yield f"<p>{text(one_line(finding.message))}</p>"
    yield _excerpt(run, finding.location)
    for related in finding.related:
        words = f"{one_line(related.message)} ({one_line(place(run, related.location))})"
        yield f'<p class="note">{text(words)}</p>'
    if finding.fix is not None:
        how = _HOW[finding.fix.applicability]
        yield f'<p class="note">Fix ({text(how)}): {text(one_line(finding.fix.title))}</p>'
    if finding.verdict is not None:
        evidence = text(one_line(finding.verdict.evidence))
        yield f'<p class="note verdict {text(status)}"><b>{text(status)}</b>: {evidence}</p>'
    yield "</article>"


def _excerpt(run: Run, location: Location) -> str:
    """The rows of a place with those around it; nothing where they cannot be had."""
    lines, region = run.lines(location.filename, location.cell), location.region
    if lines is None or not 1 <= region.start_row <= len(lines):
        return ""
    last = min(region.end_row, len(lines), region.start_row + MOST_ROWS - 1)
    first, end = max(1, region.start_row - CONTEXT), min(len(lines), last + CONTEXT)
    while first < region.start_row and not lines[first - 1].strip():
        first += 1
    while end > last and not lines[end - 1].strip():
        end -= 1
    drawn = [_row(lines, row, region) for row in range(first, end + 1)]
    return f"<pre>{chr(10).join(drawn)}</pre>"


def _row(lines: Sequence[str], row: int, region: Region) -> str:
    line = lines[row - 1]
    number = f'<span class="row">{row:>5}</span> '
    if not region.start_row <= row <= region.end_row:
        return number + _code(line[:MOST_COLUMNS]) + _rest(line, MOST_COLUMNS)
    start = region.start_column - 1 if row == region.start_row else len(line) - len(line.lstrip())
    end = region.end_column - 1 if row == region.end_row else len(line.rstrip())
    first = max(0, start - MOST_COLUMNS // 4) if end > MOST_COLUMNS else 0
    last = min(len(line), first + MOST_COLUMNS)
    marked = f"<mark>{_code(line[start : min(end, last)])}</mark>" if start < end else ""
    before = ("…" if first else "") + _code(line[first:start])
    return number + before + marked + _code(line[max(start, end) : last]) + _rest(line, last)


def _rest(line: str, shown: int) -> str:
    return "…" if len(line) > shown else ""


def _code(piece: str) -> str:
    """Source text with what cannot be seen made visible."""
    return text("".join("    " if one == "\t" else visible(one) for one in piece))
