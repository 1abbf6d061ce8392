"""A comparison as text: two columns, the equal parts folded, then what follows and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kerlint.diff.compare import Difference
from kerlint.diff.result import Diff, sentence, words_of
from kerlint.diff.rows import Fold, Row, folded, rows, step_title
from kerlint.diff.settings import Setting
from kerlint.diff.steps import Step
from kerlint.report.printable import one_line, text_width
from kerlint.summary.wording import UNKNOWN, count_text, place, shape_text

RED, GREEN, BOLD, DIM, PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: `=` equal, `!` differs, `<` and `>` on one side only."""

    mark: str
    left: str
    right: str


def render(found: Diff, folder: str, width: int, *, colour: bool = False, checks: Sequence[str] = ()) -> str:
    """The whole answer; places are shown relative to `folder`."""
    lines = [*_heading(found, folder), *_rows(found)]
    half = min(max(text_width(line.left) for line in lines), max(30, (width - 5) // 2))
    parts = [_table(lines, half, colour)]
    training = [one for one in found.differences if one.kind in ("compile", "fit")]
    for title, told in (
        ("Training", [f"{one.kind}: {_training(one)}" for one in training]),
        ("What follows", found.consequences),
        ("Not known", found.doubts if found.equivalent is None else ()),
        ("Also", found.notes),
        ("Asked of Keras", checks),
    ):
        if told:
            parts.append(f"{title}\n" + "".join(f"  {one_line(line)}\n" for line in told))
    last = one_line(sentence(found))
    parts.append(f"{BOLD}{last}{PLAIN}\n" if colour else f"{last}\n")
    return "\n".join(parts)


def _training(one: Difference) -> str:
    if one.words is not None or one.left_setting is None or one.right_setting is None:
        return words_of(one)
    mine, theirs = one.left_setting, one.right_setting
    return f"{one.argument} {_told(mine)} against {_told(theirs)}"


def _told(setting: Setting) -> str:
    return f"{setting.value!r} ({setting.origin})"


def _heading(found: Diff, folder: str) -> Iterator[Line]:
    sides = (found.left, found.right)
    labels = found.labels
    yield Line(" ", *(one_line(label) for label in labels))
    yield Line(" ", *(place(side.location, folder) for side in sides))
    counts = [side.model.weigh().total for side in sides]
    told = [f"{count_text(count) if isinstance(count, int) else UNKNOWN} params" for count in counts]
    yield Line(" ", told[0], told[1])
    yield Line(" ", "", "")


def _rows(found: Diff) -> list[Line]:
    """A row a pair of steps, with its differing arguments below it."""
    lines: list[Line] = []
    for one in found.differences:
        if one.kind == "shape":
            lines.append(Line("!", _side_text(one, one.left_setting), _side_text(one, one.right_setting)))
    for row in folded(rows(found)):
        lines += [_fold(row)] if isinstance(row, Fold) else _of_row(row)
    return lines


def _of_row(row: Row) -> Iterator[Line]:
    yield Line(row.mark, _step_text(row.left), _step_text(row.right))
    for one in row.told:
        if one.left_setting is None and one.right_setting is None:
            yield Line("!", "", f"    {one_line(one.words or words_of(one))}")
        else:
            yield Line("!", _side_text(one, one.left_setting), _side_text(one, one.right_setting))


def _fold(fold: Fold) -> Line:
    names = [_step_text(row.left).partition(" ")[0] for row in (fold.rows[0], fold.rows[-1])]
    return Line("=", f"{len(fold.rows)} equal: {names[0]} ... {names[1]}", "")


def _step_text(step: Step | None) -> str:
    if step is None:
        return ""
    params = "" if not step.params else f" {count_text(step.params)}"
    name, cls = step_title(step)
    return one_line(f"{name} ({cls}) {shape_text(step.shape)}{params}")


def _side_text(one: Difference, setting: Setting | None) -> str:
    if setting is None:
        return f"    {one_line(one.words or one.argument or '')}"
    return "    " + one_line(f"{one.argument}={setting.value!r} {setting.origin}")


def _table(lines: list[Line], half: int, colour: bool) -> str:
    return "".join(f"{_painted(line, half, colour)}\n" for line in lines)


def _painted(line: Line, half: int, colour: bool) -> str:
    left = line.left + " " * max(0, half - text_width(line.left))
    text = f"{line.mark} {left} | {line.right}".rstrip()
    if not colour:
        return text if line.left or line.right else ""
    if line.mark == "=":
        return f"{DIM}{text}{PLAIN}"
    if line.mark in "!<>":
        return f"{line.mark} {RED}{left}{PLAIN} | {GREEN}{line.right}{PLAIN}"
    return f"{BOLD}{text}{PLAIN}"
