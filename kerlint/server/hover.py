"""What the editor shows beside the code: hovers on findings and layers, and hints with output shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kerlint.catalog import Rule
from kerlint.findings import Finding, Region
from kerlint.rule_pages import introduction
from kerlint.server.insight import Insight

MOST_SHAPES = 4
"""Different shapes of one place that a hover lists; a hint has room for fewer."""
HINT_SHAPES = 2


def holds(region: Region, row: int, column: int) -> bool:
    """Whether a position (1-based) touches a region."""
    start, end = (region.start_row, region.start_column), (region.end_row, region.end_column)
    return start <= (row, column) <= end


def innermost(insights: Iterable[Insight], row: int, column: int) -> Insight | None:
    """The closest layer around a position."""
    found = [insight for insight in insights if holds(insight.region, row, column)]
    return max(found, key=lambda insight: (insight.region, -insight.region.end_row), default=None)


def layer_text(insight: Insight) -> str:
    """A layer in Markdown: class and name, shapes, parameters."""
    names = _some([f"`{name}`" for name in insight.names], MOST_SHAPES)
    lines = [f"**{insight.cls}** {names}".rstrip()]
    if insight.shapes:
        given = f"`{insight.inputs[0]}` → " if len(insight.inputs) == len(insight.shapes) == 1 else ""
        lines.append(given + _some([f"`{shape}`" for shape in insight.shapes], MOST_SHAPES))
    lines.append(_some(insight.parameters, MOST_SHAPES))
    return "  \n".join(lines)


def finding_text(finding: Finding, rule: Rule | None) -> str:
    """A finding with the page of its rule, in Markdown."""
    verdict = f"\n\n*{finding.verdict.status}: {finding.verdict.evidence}*" if finding.verdict else ""
    head = f"**{finding.code}** {finding.name} ({finding.confidence}): {finding.message}{verdict}"
    if rule is None:
        return head
    return f"{head}\n\n{introduction(rule)}\n\n[{rule.name}]({rule.url})"


def hint_texts(insights: Sequence[Insight]) -> Iterator[tuple[Insight, str]]:
    """For each layer a hint to show at its end; where one is made and called at once, at the call only."""
    longest: dict[tuple[int, int], Insight] = {}
    for insight in insights:
        if insight.is_shape_known:
            start = (insight.region.start_row, insight.region.start_column)
            other = longest.get(start)
            if other is None or other.region < insight.region:
                longest[start] = insight
    for insight in longest.values():
        yield insight, f"→ {_some(insight.shapes, HINT_SHAPES)}"


def _some(items: Sequence[str], most: int) -> str:
    shown = ", ".join(items[:most])
    return f"{shown}, …" if len(items) > most else shown
