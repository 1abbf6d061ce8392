"""A few source lines with a gutter, and marks under the exact stretch that is meant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from kerlint.findings import Region
from kerlint.frozen import record
from kerlint.report.printable import Paint, text_width, visible, width

TAB = 4
CUT = "..."
MAX_ROWS = 6
MIN_COLUMNS = 20


@record
class Window:
    """The visible part of a line: `offsets[i]` is the terminal column of character `first + i`."""

    text: str
    first: int
    offsets: tuple[int, ...]

    def column(self, character: int) -> int:
        """The terminal column (0-based) of a character of the line, clamped to the window."""
        return self.offsets[min(max(character - self.first, 0), len(self.offsets) - 1)]


def window(line: str, start: int, end: int, columns: int) -> Window:
    """The part of `line` around the characters [start, end) that fits into so many terminal columns."""
    if len(line) <= 2 * columns:
        whole = _expand(line, 0)
        if whole.offsets[-1] <= columns:
            return whole
    inner = columns - 2 * len(CUT)
    head = _expand(line[: min(end, 2 * columns)], 0)
    first = 0 if end <= 2 * columns and head.offsets[-1] <= inner else max(0, start - inner // 4)
    part = _expand(line[first : first + 2 * columns], first)
    kept = bisect_right(part.offsets, inner) - 1
    lead = CUT if first else ""
    tail = CUT if first + kept < len(line) else ""
    offsets = tuple(offset + len(lead) for offset in part.offsets[: kept + 1])
    text = _expand(line[first : first + kept], first).text
    return Window(lead + text + tail, first, offsets)


def _expand(text: str, first: int) -> Window:
    """The text with tabs as spaces and unsafe characters made visible."""
    if text.isascii() and text.isprintable():
        return Window(text, first, tuple(range(len(text) + 1)))
    pieces: list[str] = []
    offsets = [0]
    for character in text:
        column = offsets[-1]
        piece = " " * (TAB - column % TAB) if character == "\t" else visible(character)
        pieces.append(piece)
        offsets.append(column + (len(piece) if character == "\t" else width(piece)))
    return Window("".join(pieces), first, tuple(offsets))


@record
class Canvas:
    """How excerpts are drawn: width of the row numbers, terminal columns in all, and colours."""

    digits: int
    columns: int
    paint: Paint

    @property
    def room(self) -> int:
        """Terminal columns left for a source line."""
        return max(MIN_COLUMNS, self.columns - self.digits - 3)

    def source_line(self, row: int | None, bar: str, text: str) -> str:
        """One line behind the gutter; the row number is left out when None."""
        number = "" if row is None else str(row)
        return f"{self.paint(number.rjust(self.digits), 'dim')} {bar} {text}".rstrip()

    def blank(self) -> str:
        """A gutter without anything behind it."""
        return self.source_line(None, self.paint("|", "dim"), "")

    def note(self, title: str, text: str, style: str) -> str:
        """A line of explanation, hung on the gutter."""
        return f"{' ' * self.digits} {self.paint('=', 'dim')} {self.paint(title + ':', style)} {text}"

    def marks(self, shown: Window, stretches: Iterable[tuple[int, int]], sign: str, style: str) -> str:
        """The line of marks under the character stretches, at least one mark for each."""
        drawn = ""
        for start, end in stretches:
            left = shown.column(start)
            length = max(1, shown.column(end) - left)
            drawn += " " * (left - text_width(drawn)) + sign * length
        return self.source_line(None, self.paint("|", "dim"), self.paint(drawn, style))


def excerpt(
    lines: Sequence[str], region: Region, canvas: Canvas, *, sign: str, style: str, context: int
) -> list[str]:
    """The rows of `region` with marks, and up to `context` neighbouring rows; empty if it has no rows.

    A region of several rows is marked in the gutter, and under its first and last row; the middle of a
    long one is left out.
    """
    first, last = region.start_row, min(region.end_row, len(lines))
    if region.end_column <= 1 and last == region.end_row > first:
        last -= 1
    if not 1 <= first <= last:
        return []
    drawn = [_plain_row(lines, row, canvas) for row in range(max(1, first - context), first)]
    if first == last:
        drawn += _marked_row(lines, first, region, canvas, sign, style, canvas.paint("|", "dim"))
    else:
        drawn += _marked_rows(lines, first, last, region, canvas, sign, style)
    drawn += [_plain_row(lines, row, canvas) for row in range(last + 1, min(len(lines), last + context) + 1)]
    return _without_blank_ends(drawn, canvas)


def _plain_row(lines: Sequence[str], row: int, canvas: Canvas, bar: str | None = None) -> str:
    shown = window(lines[row - 1], 0, 0, canvas.room)
    return canvas.source_line(row, bar or canvas.paint("|", "dim"), shown.text)


def _marked_row(
    lines: Sequence[str], row: int, region: Region, canvas: Canvas, sign: str, style: str, bar: str
) -> list[str]:
    line = lines[row - 1]
    start = region.start_column - 1 if row == region.start_row else len(line) - len(line.lstrip())
    end = region.end_column - 1 if row == region.end_row else len(line.rstrip())
    shown = window(line, start, end, canvas.room)
    return [canvas.source_line(row, bar, shown.text), canvas.marks(shown, [(start, end)], sign, style)]


def _marked_rows(
    lines: Sequence[str], first: int, last: int, region: Region, canvas: Canvas, sign: str, style: str
) -> list[str]:
    bar = canvas.paint(">", style)
    drawn = _marked_row(lines, first, region, canvas, sign, style, bar)
    middle = list(range(first + 1, last))
    if len(middle) > MAX_ROWS - 2:
        middle = middle[: MAX_ROWS - 3]
    drawn += [_plain_row(lines, row, canvas, bar) for row in middle]
    if len(middle) < last - first - 1:
        drawn.append(canvas.source_line(None, bar, canvas.paint(CUT, "dim")))
    return drawn + _marked_row(lines, last, region, canvas, sign, style, bar)


def _without_blank_ends(drawn: list[str], canvas: Canvas) -> list[str]:
    """Neighbouring rows without text at the ends tell nothing."""
    bar = canvas.paint("|", "dim")
    while drawn and drawn[0].endswith(bar):
        drawn = drawn[1:]
    while drawn and drawn[-1].endswith(bar):
        drawn = drawn[:-1]
    return drawn
