"""The graphs of a file's models with its findings on their layers, for the report on many files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kerlint.findings import Finding
from kerlint.model.entry import NotThere
from kerlint.python.budget import Budget
from kerlint.report.run import Graph
from kerlint.source import read
from kerlint.summary.drawing import graph_svg
from kerlint.summary.evaluate import evaluate
from kerlint.summary.hazards import Hazards, hazards_of
from kerlint.summary.run import surroundings
from kerlint.summary.table import Summary
from kerlint.text.encoding import SourceError

MOST_FILES, MOST_BOXES = 50, 5_000
"""Files that are evaluated for graphs, and layers that are drawn: beyond that a page is no page any more."""


def grapher(
    known: Mapping[str, bytes], target: str | None
) -> Callable[[str, Sequence[Finding]], Sequence[Graph]]:
    """A function from a file and its findings to its graphs; `known` are contents that are not on disk."""
    files = boxes = 0

    def graphs(filename: str, findings: Sequence[Finding]) -> Sequence[Graph]:
        nonlocal files, boxes
        files += 1
        if files > MOST_FILES or boxes > MOST_BOXES:
            return ()
        found = _summary(filename, known.get(filename), target)
        drawn = list(_graphs(found, findings)) if found is not None else []
        boxes += sum(graph.boxes for graph in drawn)
        return drawn

    return graphs


def _summary(filename: str, data: bytes | None, target: str | None) -> Summary | None:
    """What is known of the file's models; None where there are none, or it cannot be read."""
    try:
        if data is None:
            with open(filename, "rb") as file:
                data = file.read()
        source = read(data, filename)
        keras, loader = surroundings(source, target)
        return evaluate(source, None, (), keras, loader, Budget())
    except (OSError, SourceError, NotThere):
        return None


def _in(hazards: Hazards) -> set[Finding]:
    return {finding for some in hazards.values() for finding in some}


def _graphs(found: Summary, findings: Sequence[Finding]) -> Iterator[Graph]:
    """A graph for each model that has findings on its layers which no graph before shows, the largest first."""
    marked = [(table, hazards_of(table, findings)) for table in found.models]
    shown: set[Finding] = set()
    for table, hazards in sorted(marked, key=lambda pair: (-len(_in(pair[1])), -len(pair[0].rows))):
        mine = _in(hazards)
        if mine <= shown:
            continue
        shown |= mine
        rows = {
            number: tuple(str(row) for row, some in hazards.items() if finding in some)
            for number, finding in enumerate(findings)
            if finding in mine
        }
        yield Graph(table.label, graph_svg(table, hazards), rows, len(table.rows))
