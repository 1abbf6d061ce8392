"""A comparison as one page that needs nothing else: the answer, two graphs side by side, every argument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerlint.diff.compare import Difference
from kerlint.diff.drawing import SIGNS, WHOLE, graphs_svg
from kerlint.diff.edits import QUIET
from kerlint.diff.page_style import STYLE
from kerlint.diff.result import MOST_GROUPS, Diff, sentence, to_do, words_of
from kerlint.diff.rows import Fold, Row, folded, rows, step_title
from kerlint.diff.settings import Setting
from kerlint.diff.steps import Step
from kerlint.page.frame import document, listed, tabs, text, view
from kerlint.summary.rows import known
from kerlint.summary.wording import UNKNOWN, count_text, place, shape_text

_ANSWERS = {True: ("same", "the same"), False: ("apart", "not the same"), None: ("open", "not known")}


def render(found: Diff, folder: str, checks: Sequence[str] = ()) -> str:
    """The page; places are shown relative to `folder`."""
    parts = [
        *_answer(found),
        *_sides(found, folder),
        *_training(found, folder),
        *listed("What follows", found.consequences),
        *listed("Not known", found.doubts if found.equivalent is None else ()),
        *listed("Also", found.notes),
        *listed("Asked of Keras", checks),
        *_sections(found, folder),
    ]
    return document(f"kerlint diff of {' and '.join(found.labels)}", parts, STYLE)


def _sections(found: Diff, folder: str) -> Iterator[str]:
    """The graphs and their table: what differs, and everything where that leaves something out."""
    everything = rows(found)
    short = list(folded(everything))
    if len(short) < len(everything):
        yield from tabs([("differences", "Differences"), (WHOLE, "All layers")])
        yield from _section("differences", found, short, folder)
    yield from _section(WHOLE, found, everything, folder)


def _answer(found: Diff) -> Iterator[str]:
    """The sentence, and each place to edit."""
    kind, words = _ANSWERS[found.equivalent]
    yield f'<p class="answer {kind}"><b>{words}</b> {text(sentence(found))}</p>'
    if len(to_do(found)) > MOST_GROUPS:
        label = found.labels[0 if found.side == "left" else 1]
        yield from listed(f"To make them equal, in {label}", to_do(found))


def _sides(found: Diff, folder: str) -> Iterator[str]:
    yield '<table class="sides"><thead><tr><th></th><th>Model</th><th>Made at</th>'
    yield '<th class="number">Param #</th></tr></thead><tbody>'
    for word, label, side in zip(("left", "right"), found.labels, (found.left, found.right), strict=True):
        count = count_text(known(side.model.weigh().total))
        yield (
            f"<tr><td>{word}</td><td><b>{text(label)}</b> ({text(side.model.cls)})</td>"
            f'<td>{text(place(side.location, folder))}</td><td class="number">{count}</td></tr>'
        )
    yield "</tbody></table>"


def _training(found: Diff, folder: str) -> Iterator[str]:
    """The differences in compile and fit, which belong to no layer."""
    differences = [one for one in found.differences if one.kind in ("compile", "fit")]
    if not differences:
        return
    heads = "".join(f"<th>{text(label)}</th>" for label in found.labels)
    yield f"<h2>Training</h2><table><thead><tr><th></th><th></th>{heads}</tr></thead><tbody>"
    for one in differences:
        yield f"<tr><td>{one.kind}</td>{_argument(one, folder)}</tr>"
    yield "</tbody></table>"


def _section(identity: str, found: Diff, shown: Sequence[Row | Fold], folder: str) -> Iterator[str]:
    yield f'<section id="{identity}"><div class="columns">'
    yield from view(graphs_svg(found, shown))
    heads = "".join(f"<th>{text(label)}</th>" for label in found.labels)
    yield f"<div><table><thead><tr><th></th><th></th>{heads}</tr></thead><tbody>"
    for one in found.differences:
        if one.kind == "shape":
            yield f'<tr class="differs"><td>{SIGNS["!"]}</td>{_argument(one, folder)}</tr>'
    for row in shown:
        yield from _fold(row) if isinstance(row, Fold) else _row(row, folder)
    yield "</tbody></table></div></div></section>"


def _fold(fold: Fold) -> Iterator[str]:
    words = f"{len(fold.rows)} equal layers"
    yield f'<tr class="inner"><td>=</td><td></td><td colspan="2"><a href="#{WHOLE}">{words}</a></td></tr>'


def _row(row: Row, folder: str) -> Iterator[str]:
    """The layers of a pair, and below them what differs."""
    kind = "" if row.mark == "=" else ' class="differs"'
    sides = "".join(_step(step, folder) for step in (row.left, row.right))
    yield f'<tr{kind} data-row="{row.number}"><td>{SIGNS[row.mark]}</td><td></td>{sides}</tr>'
    for one in row.told:
        yield f'<tr class="differs argument"><td></td>{_argument(one, folder)}</tr>'


def _step(step: Step | None, folder: str) -> str:
    if step is None:
        return "<td></td>"
    name, cls = step_title(step)
    where = step.operation.place
    hint = f' title="{text(place(where.location, folder))}"' if where is not None else ""
    params = f", {count_text(step.params)} params" if step.params else ""
    facts = f"{text(shape_text(step.shape))}{params}"
    return f'<td{hint}><b>{text(name)}</b> ({text(cls)}) <span class="soft">{facts}</span>{_given(step)}</td>'


def _given(step: Step) -> str:
    """The arguments that somebody wrote."""
    given = [f"{name}={one.value!r}" for name, one in step.settings.items() if one.origin not in QUIET]
    return f"<br>{', '.join(f'<code>{text(one)}</code>' for one in given)}" if given else ""


def _argument(one: Difference, folder: str) -> str:
    """Three cells: what differs, and how on either side."""
    if one.left_setting is None and one.right_setting is None:
        return f'<td colspan="3">{text(words_of(one))}</td>'
    sides = "".join(_setting(setting, folder) for setting in (one.left_setting, one.right_setting))
    return f"<td><code>{text(one.argument or '')}</code></td>{sides}"


def _setting(setting: Setting | None, folder: str) -> str:
    if setting is None:
        return f"<td>{UNKNOWN}</td>"
    where = f" at {place(setting.place.location, folder)}" if setting.place is not None else ""
    how = f'<span class="soft">{text(setting.origin + where)}</span>'
    return f'<td><code class="given">{text(repr(setting.value))}</code> {how}</td>'
