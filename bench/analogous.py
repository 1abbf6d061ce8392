"""Places in one program that are like flagged places in another: the same call, argument, attribute or name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kerlint.findings import Finding, Location, Region, Related, Severity

Kind = tuple[str, ...]
MOST, MOST_RELATED = 4, 6
DIMENSIONS = re.compile(r"[123]D")


@dataclass(frozen=True)
class Like:
    """What a rule flags: the kind of place, and the kinds of the places that explain it."""

    kind: Kind
    related: tuple[Kind, ...]
    message: str


def likes(program: str, findings: Iterable[Finding]) -> Iterator[Like]:
    """The kinds of the places of findings in their program."""
    kinds = dict(places(program))
    for finding in findings:
        kind = kinds.get(finding.location.program)
        if kind is not None:
            related = (kinds.get(one.location.program) for one in finding.related)
            yield Like(kind, tuple(one for one in related if one is not None), finding.message)


def forced(code: str, name: str, program: str, wanted: Iterable[Like]) -> list[Finding]:
    """Findings that nobody made: at every place of the program that is like one of those flagged elsewhere."""
    found: dict[Region, Finding] = {}
    here = list(places(program))
    for like in wanted:
        for region, kind in here:
            if kind != like.kind or region in found:
                continue
            near = sorted(here, key=lambda place: abs(place[0].start_row - region.start_row))
            others = [place for place, one in near if one in like.related and place != region]
            related = tuple(Related(_at(place), "like it") for place in others[:MOST_RELATED])
            found[region] = Finding(code, name, Severity.INFO, like.message, _at(region), related=related)
    return _spread(list(found.values()))


def _spread(findings: list[Finding]) -> list[Finding]:
    step = max(1, -(-len(findings) // MOST))
    return findings[::step]


def _at(region: Region) -> Location:
    return Location("example.py", region, region)


def places(program: str) -> Iterator[tuple[Region, Kind]]:
    """Every place of a program that a rule could flag, with its kind."""
    try:
        tree = ast.parse(program)
    except SyntaxError:
        return
    lines = program.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            callee = _callee(node.func)
            yield _region(lines, node), ("call", callee)
            for index, argument in enumerate(node.args):
                yield _region(lines, argument), ("argument", callee, str(index))
            for keyword in node.keywords:
                yield _region(lines, keyword), ("keyword", callee, keyword.arg or "**")
                yield _region(lines, keyword.value), ("argument", callee, keyword.arg or "**")
        elif isinstance(node, ast.Attribute):
            end = _region(lines, node)
            start = end.end_column - len(node.attr)
            yield Region(end.end_row, start, end.end_row, end.end_column), ("name", node.attr)
            yield end, ("attribute", node.attr)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            row = node.lineno
            column = lines[row - 1].find(node.name, node.col_offset) + 1
            yield Region(row, column, row, column + len(node.name)), (type(node).__name__, _role(node.name))
        elif isinstance(node, ast.Subscript | ast.BinOp | ast.Compare | ast.Assign):
            yield _region(lines, node), (type(node).__name__,)


def _callee(function: ast.expr) -> str:
    """The last name of what is called, without its number of dimensions; of a call's result, the call's."""
    if isinstance(function, ast.Call):
        return f"{_callee(function.func)}()"
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return DIMENSIONS.sub("", name)


def _role(name: str) -> str:
    return name if name in ("call", "build", "train_step", "get_config") else "any"


def _region(lines: list[str], node: ast.expr | ast.keyword | ast.stmt) -> Region:
    def column(row: int, offset: int) -> int:
        return len(lines[row - 1].encode()[:offset].decode()) + 1

    last, end = node.end_lineno or node.lineno, node.end_col_offset or 0
    return Region(node.lineno, column(node.lineno, node.col_offset), last, column(last, end))
