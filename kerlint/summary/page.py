"""A summary as one page that needs nothing else: graph, table, hazards on their layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kerlint.findings import Finding
from kerlint.page.frame import document, listed, tabs, text, view
from kerlint.summary.details import SHAPING, text_of
from kerlint.summary.drawing import graph_svg
from kerlint.summary.hazards import Hazards, hazards_of
from kerlint.summary.settings import settings_of
from kerlint.summary.table import Row, Setting, Summary, Table
from kerlint.summary.text import notes_of, totals
from kerlint.summary.wording import UNKNOWN, count_text, place, shapes_text

if TYPE_CHECKING:
    from kerlint.confirm.verify import Verification


def render(
    summary: Summary, findings: Iterable[Finding], folder: str, verification: Verification | None = None
) -> str:
    """The page; places are shown relative to `folder`."""
    known = list(findings)
    name = place(summary.models[0].location, folder).rpartition(":")[0] if summary.models else ""
    sections = [
        "\n".join(_section(index, table, hazards_of(table, known), folder))
        for index, table in enumerate(summary.models)
    ]
    shown = {
        finding
        for table in summary.models
        for found in hazards_of(table, known).values()
        for finding in found
    }
    others = [finding for finding in known if finding not in shown]
    parts = [
        *tabs([(f"model-{index}", table.label) for index, table in enumerate(summary.models)]),
        *sections,
        *_others(others, folder),
        *listed("Notes", notes_of(summary, folder, verification)),
    ]
    return document(f"kerlint summary of {name}", parts)


def _section(index: int, table: Table, hazards: Hazards, folder: str) -> Iterator[str]:
    where = text(place(table.location, folder))
    yield f'<section id="model-{index}"><h2>{text(table.label)} <span class="soft">'
    yield f"{text(table.name or UNKNOWN)}, {table.kind}, {where}</span></h2>"
    yield f"<p>{' · '.join(text(line) for line in totals(table))}</p>"
    for one in table.model.supposed:
        yield f'<p class="soft">Likely: supposes {text(one.words)}.</p>'
    if not table.model.complete:
        yield '<p class="hazard warning">Incomplete: not all of this model is known.</p>'
    yield '<div class="columns">'
    yield from view(graph_svg(table, hazards))
    yield '<div><table><thead><tr><th>Layer (type)</th><th>Output shape</th><th class="number">Param #</th>'
    yield "<th>Connected to</th><th>Arguments</th></tr></thead><tbody>"
    for row in table.rows:
        yield from _row(row, hazards, folder)
    yield "</tbody></table></div></div></section>"


def _row(row: Row, hazards: Hazards, folder: str, depth: int = 0) -> Iterator[str]:
    where = f' title="{text(place(row.location, folder))}"' if row.location is not None else ""
    kind = ' class="inner"' if depth else f' data-row="{row.identity}"'
    indent = f' style="padding-left:{0.5 + 1.2 * depth:g}rem"' if depth else ""
    links = [f"{source.name or UNKNOWN}[{source.call}][{source.output}]" for source in row.sources]
    found = (
        "".join(_hazard(finding, folder) for finding in hazards.get(row.identity, ())) if not depth else ""
    )
    yield (
        f"<tr{kind}{where}><td{indent}><b>{text(row.name or UNKNOWN)}</b> ({text(row.cls)}){found}</td>"
        f'<td class="shape">{text(shapes_text(row.outputs))}</td><td class="number">{count_text(row.params)}</td>'
        f"<td>{text(', '.join(links)) or '-'}</td><td>{_arguments(row)}</td></tr>"
    )
    for inner in row.inside:
        yield from _row(inner, hazards, folder, depth + 1)


def _arguments(row: Row) -> str:
    given = [one for one in settings_of(row.operation) if one.origin not in ("default", "unknown")]
    shown = [one for one in given if one.name in SHAPING or not one.origin.startswith("resolved")]
    return ", ".join(f"<code{_kind(one)}>{text(f'{one.name}={text_of(one)}')}</code>" for one in shown)


def _kind(setting: Setting) -> str:
    resolved = setting.origin.startswith("resolved")
    return f' class="{"resolved" if resolved else "given"}" title="{text(setting.origin)}"'


def _hazard(finding: Finding, folder: str) -> str:
    where = f'<span class="soft">{text(place(finding.location, folder))}</span>'
    words = f"{finding.code} {finding.name}: {finding.message}"
    return f'<p class="hazard {finding.severity}">{text(words)} {where}</p>'


def _others(findings: Sequence[Finding], folder: str) -> Iterator[str]:
    if findings:
        yield "<h2>Other findings in the file</h2>"
        for finding in findings:
            yield _hazard(finding, folder)
