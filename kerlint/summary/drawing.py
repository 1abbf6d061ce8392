"""A model's graph as SVG: a box a layer, with its hazards marked on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kerlint.findings import Finding, Severity
from kerlint.page.frame import text
from kerlint.page.svg import ARROW, LONGEST_TITLE, cut, picture
from kerlint.summary.hazards import Hazards
from kerlint.summary.layout import BOX_HEIGHT, BOX_WIDTH, Edge, Layout, Point, layout
from kerlint.summary.table import Row, Table
from kerlint.summary.wording import UNKNOWN, shapes_text


def graph_svg(table: Table, hazards: Hazards) -> str:
    """The drawing; boxes carry `data-row`, the identity of their row."""
    boxes = _boxes(table)
    edges = _edges(table, boxes)
    placed = layout(len(boxes), edges)
    drawn = [
        *_paths(placed),
        *(_box(box, placed.boxes[index], hazards) for index, box in enumerate(boxes)),
    ]
    return picture(f"graph of {table.label}", placed.width, placed.height, drawn)


def _boxes(table: Table) -> list[tuple[int, str, str]]:
    """Identity, title and second line of each box, sources before what takes from them."""
    shown = {row.identity: _lines(row) for row in (*table.rows, *table.others)}
    order = _in_order(list(shown), table)
    return [(identity, *shown[identity]) for identity in order]


def _lines(row: Row) -> tuple[str, str]:
    return row.name or UNKNOWN, f"{row.cls} {shapes_text(row.outputs)}"


def _in_order(identities: Sequence[int], table: Table) -> list[int]:
    """Sources first, else as listed; a cycle (a shared layer) is cut where it is met."""
    sources = _sources(table)
    done: dict[int, None] = {}
    waiting: list[tuple[int, bool]] = [(identity, False) for identity in reversed(identities)]
    begun: set[int] = set()
    while waiting:
        identity, is_left = waiting.pop()
        if is_left:
            done[identity] = None
        elif identity not in begun:
            begun.add(identity)
            waiting.append((identity, True))
            waiting += [
                (source, False) for source in reversed(sources.get(identity, ())) if source not in begun
            ]
    return [identity for identity in done if identity in set(identities)]


def _sources(table: Table) -> Mapping[int, Sequence[int]]:
    """By identity, what feeds it; the layers of a Sequential whose graph is not known stand in a chain."""
    links = table.model.listing().sources
    found = {identity: [link.operation.identity for link in given] for identity, given in links.items()}
    if table.kind == "sequential" and not any(found.values()):
        identities = [row.identity for row in table.rows]
        found = {after: [before] for before, after in pairwise(identities)}
    return found


def _edges(table: Table, boxes: Sequence[tuple[int, str, str]]) -> list[Edge]:
    number = {identity: index for index, (identity, _, _) in enumerate(boxes)}
    return [
        (number[source], number[identity])
        for identity, given in _sources(table).items()
        for source in given
        if identity in number and source in number
    ]


def _paths(placed: Layout) -> Iterator[str]:
    """Each edge as a smooth line from the lower side of a box to the upper side of another."""
    for points in placed.edges.values():
        (x, y), last = points[0], points[-1]
        parts = [f"M{x:.1f} {y + BOX_HEIGHT / 2:.1f}"]
        y += BOX_HEIGHT / 2
        for index, (next_x, middle) in enumerate(points[1:], 1):
            top = middle - BOX_HEIGHT / 2
            bend = (top - y) / 2
            parts.append(f"C{x:.1f} {y + bend:.1f} {next_x:.1f} {top - bend:.1f} {next_x:.1f} {top:.1f}")
            x, y = next_x, top
            if points[index] is not last:
                y = middle + BOX_HEIGHT / 2
                parts.append(f"V{y:.1f}")
        parts.append(ARROW)
        yield f'<path class="edge" d="{"".join(parts)}"/>'


def _box(box: tuple[int, str, str], at: Point, hazards: Hazards) -> str:
    identity, title, second = box
    found = hazards.get(identity, ())
    x, y = at[0] - BOX_WIDTH / 2, at[1] - BOX_HEIGHT / 2
    kind = f" hazard {worst(found)}" if found else ""
    return (
        f'<g class="box{kind}" data-row="{identity}" tabindex="0" transform="translate({x:.1f} {y:.1f})">'
        f"<title>{text(_tooltip(title, second, found))}</title>"
        f'<rect width="{BOX_WIDTH:g}" height="{BOX_HEIGHT:g}" rx="6"/>'
        f'<text class="name" x="10" y="20">{text(cut(title, LONGEST_TITLE))}</text>'
        f'<text class="kind" x="10" y="37">{text(cut(second))}</text>{_mark(found)}</g>'
    )


def _mark(found: Sequence[Finding]) -> str:
    if not found:
        return ""
    return f'<circle cx="{BOX_WIDTH:g}" cy="0" r="10"/><text class="mark" x="{BOX_WIDTH:g}" y="4">{len(found)}</text>'


def worst(found: Sequence[Finding]) -> Severity:
    """The gravest severity among findings."""
    return max((finding.severity for finding in found), key=lambda severity: severity.rank)


def _tooltip(title: str, second: str, found: Sequence[Finding]) -> str:
    return "\n".join(
        [title, second, *(f"{finding.code} {finding.name}: {finding.message}" for finding in found)]
    )
