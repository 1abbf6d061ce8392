"""Which expressions of a program are replaced by data of the inferred shape.

Arrays that a program computes are computed; only what comes from where nothing is read - files, downloads,
packages that are not installed - is replaced, at the call that trains on it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from typing import Any

from kerlint.confirm.describing import described
from kerlint.confirm.pieces import Piece
from kerlint.confirm.slice import Slicer
from kerlint.model.facts import Program, Training
from kerlint.source import Source

_READS = re.compile(
    r"\bopen\(|\.read_\w+\(|\b(?:loadtxt|genfromtxt|fromfile|loadmat|urlretrieve|urlopen|imread|listdir)\("
    r"|\bnp\.load\(|\bpickle\.load|\bjson\.load|\bglob\b|h5py"
)
"""Code that reads what is not there."""
ARGUMENTS = ("x", "y", "validation_data")


@dataclass(frozen=True)
class StandIn:
    """One expression and the description of what takes its place."""

    region: tuple[int, int, int, int]
    name: str
    spec: dict[str, Any]
    names: list[str] = field(default_factory=list)
    """The names in the expression, each as often as it is there."""

    @property
    def data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"region": list(self.region), "name": self.name, "spec": self.spec}


def stand_ins(program: Program, source: Source, pieces: Sequence[Piece]) -> list[StandIn]:
    """The data of trainings that the program would have to read from somewhere."""
    slicer = Slicer(pieces, lambda piece: ())
    found: dict[tuple[int, int, int, int], StandIn] = {}
    for event in program.trainings:
        piece = _piece_of(event, source, pieces)
        if piece is None or not _is_out_of_reach(piece, slicer):
            continue
        for one in _replaceable(event):
            found.setdefault(one.region, one)
    return list(found.values())


def _piece_of(event: Training, source: Source, pieces: Sequence[Piece]) -> Piece | None:
    if event.data is None or event.place.statement.source is not source:
        return None
    row = event.place.region.start_row
    return next((piece for piece in pieces if piece.first_row <= row <= piece.last_row), None)


def _replaceable(event: Training) -> Iterator[StandIn]:
    assert event.data is not None
    known = {"x": event.data.x, "y": event.data.y, "validation_data": event.data.validation}
    for name in ARGUMENTS:
        argument = event.site.argument(name)
        spec = described(known[name])
        if argument is None or argument.place is None or spec is None:
            continue
        text = argument.place.text
        region = argument.place.region
        yield StandIn(
            (region.start_row, region.start_column, region.end_row, region.end_column),
            text,
            spec,
            _names(text),
        )


def _names(text: str) -> list[str]:
    try:
        tree = ast.parse(f"({text})")
    except SyntaxError:
        return []
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]


def _is_out_of_reach(piece: Piece, slicer: Slicer) -> bool:
    """Whether anything that a piece depends on reads files or takes a package that is not installed."""
    return any(_reads(one) for one in slicer.backward([piece]))


def _reads(piece: Piece) -> bool:
    if isinstance(piece.node, ast.Import | ast.ImportFrom):
        return any(not _is_installed(name) for name in _roots(piece.node))
    return _READS.search(ast.unparse(piece.node)) is not None


def _roots(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [] if node.level or not node.module else [node.module.partition(".")[0]]
    return [alias.name.partition(".")[0] for alias in node.names]


@cache
def _is_installed(name: str) -> bool:
    return find_spec(name) is not None
