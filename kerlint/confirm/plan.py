"""What to run for the findings of one file: requests for the child, and verdicts that need no run."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

from kerlint.catalog import catalog
from kerlint.confirm.cells import cells_of
from kerlint.confirm.drivers import driver
from kerlint.confirm.environment import PACKAGES
from kerlint.confirm.marking import SOFT
from kerlint.confirm.paths import folders_of, module_name
from kerlint.confirm.pieces import Piece, pieces, undefined
from kerlint.confirm.slice import Slicer, Wanted, blanked
from kerlint.confirm.stand_ins import StandIn, stand_ins
from kerlint.findings import Finding, Region, Verdict
from kerlint.model.facts import Program
from kerlint.probes import Probe, Step, Unconfirmable
from kerlint.source import Source

INCONCLUSIVE = "inconclusive"
UNNEEDED = ("fit", "train_on_batch", "evaluate", "predict", "test_on_batch", "apply_gradients")
"""Events that early steps do without."""
EARLY_STEPS = (Step.CONSTRUCT, Step.BUILD)
"""Steps at which nobody asks what a training was given."""
SECONDS = 60
NOISE = re.compile(r"^\s*(?:print|display|plt\.\w+|sns\.\w+|\w+\.summary|.*plot_model)\(", re.MULTILINE)
"""Rows that show something and change nothing."""


@dataclass(frozen=True)
class Plan:
    """For the findings of one file."""

    requests: tuple[dict[str, Any], ...] = ()
    """Each runs in a child of its own; its findings are told by their index among those given."""
    settled: dict[int, Verdict] = field(default_factory=dict)
    """By index: what is known without running anything."""


def plan(
    source: Source,
    findings: Sequence[Finding],
    *,
    target: str | None = None,
    roots: Sequence[str] = (),
    program: Program | None = None,
) -> Plan:
    """What to run to settle findings of a file. `program` saves evaluating it once more."""
    settled: dict[int, Verdict] = {}
    probed: list[tuple[int, Finding, Probe]] = []
    for index, finding in enumerate(findings):
        rule = catalog().get(finding.code)
        if rule is None or rule.probe is None:
            settled[index] = Verdict(INCONCLUSIVE, "the rule says nothing of how it is confirmed")
        elif isinstance(rule.probe, Unconfirmable):
            settled[index] = Verdict(INCONCLUSIVE, rule.probe.reason)
        else:
            probed.append((index, finding, rule.probe))
    if not probed:
        return Plan((), settled)
    return _Planner(source, target, tuple(roots), program).plan(probed, settled)


class _Planner:
    def __init__(
        self, source: Source, target: str | None, roots: tuple[str, ...], program: Program | None
    ) -> None:
        from kerlint.loader import DiskLoader
        from kerlint.model.recover import recover, target_of

        self.source = source
        loader = DiskLoader(roots)
        chosen = target_of(source, target, None)
        self.program = program or recover(source, target=chosen, loader=loader)
        self.reads = list(loader.files)
        self.text = readable(source)
        self.pieces: list[Piece] = [] if self.text is None else pieces(self.text)
        self.undefined = undefined(self.pieces)
        self.stand_ins = stand_ins(self.program, source, self.pieces)
        self.slicer = Slicer(self.pieces, self._standing_in)
        self.making = frozenset(
            row for site in self.program.calls if self._is_own(site.place) for row in _rows(site.place.region)
        )

    def plan(self, probed: Iterable[tuple[int, Finding, Probe]], settled: dict[int, Verdict]) -> Plan:
        """Requests for groups of findings that need the same slice and step."""
        groups: dict[Any, dict[str, Any]] = {}
        for index, finding, probe in probed:
            if self.text is None:
                settled[index] = Verdict(INCONCLUSIVE, "the file does not parse")
                continue
            kept = self._slice(finding, probe)
            driven = driver(kept, _rows(finding.location.program), self.text)
            alone = finding.location.program if probe.step is Step.CONSTRUCT else None
            key = (tuple(piece.index for piece in kept), probe.step, driven.text, alone)
            if key not in groups:
                groups[key] = self._request(kept, probe.step, driven.text, driven.supposed)
            groups[key]["findings"].append(_finding(index, finding, probe))
        for request in groups.values():
            request["soft"] = self._soft(request)
        return Plan(tuple(groups.values()), settled)

    def _slice(self, finding: Finding, probe: Probe) -> list[Piece]:
        filename = finding.location.filename
        regions = [finding.location.program]
        regions += [one.location.program for one in finding.related if one.location.filename == filename]
        seeds = frozenset(row for region in regions for row in _rows(region))
        return self.slicer.slice(Wanted(seeds, self.making, self._optional(probe.step) - seeds))

    def _optional(self, step: Step) -> frozenset[int]:
        """Rows of what this step does without."""
        rows: set[int] = set()
        if step in EARLY_STEPS and all(model.kind != "subclassed" for model in self.program.models):
            for event in self.program.trainings:
                if event.kind in UNNEEDED and self._is_own(event.place):
                    rows.update(_rows(event.place.region))
        if step is not Step.SAVE:
            for saving in self.program.savings:
                if self._is_own(saving.site.place):
                    rows.update(_rows(saving.site.place.region))
        assert self.text is not None
        for match in NOISE.finditer(self.text):
            rows.add(self.text.count("\n", 0, match.end()) + 1)
        return frozenset(rows)

    def _request(self, kept: Sequence[Piece], step: Step, driven: str, supposed: list[str]) -> dict[str, Any]:
        assert self.text is not None
        path = self.source.filename
        text = blanked(self.text, kept)
        return {
            "path": path,
            "text": text,
            "cells": cells_of(self.source),
            "module": module_name(path),
            "folders": folders_of(os.path.abspath(path)),
            "reads": self.reads,
            "keras": PACKAGES[self.program.target],
            "target": self.program.target,
            "step": step.value,
            "seconds": SECONDS,
            "driver": driven,
            "supposed": supposed,
            "classes": _classes(self.program),
            "undefined": sorted(self.undefined),
            "stand_ins": [one.data for one in self.stand_ins if _is_kept(one.region, kept)],
            "findings": [],
        }

    def _soft(self, request: dict[str, Any]) -> list[int]:
        """Rows of statements that may fail: they are no calls of Keras, and no finding is about them."""
        is_alone = request["step"] == Step.CONSTRUCT
        hard = set() if is_alone else set(self.making)
        for finding in request["findings"]:
            for first, _, last, *_ in (finding["region"], *finding["related"]):
                hard.update(range(first, last + 1))
        tree = ast.parse(request["text"])
        return [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, SOFT)
            and hard.isdisjoint(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        ]

    def _standing_in(self, piece: Piece) -> set[str]:
        """Names that a piece reads in nothing but expressions that stand-ins replace."""
        replaced = [one for one in self.stand_ins if _is_kept(one.region, [piece])]
        if not replaced:
            return set()
        inside = [node for one in replaced for node in one.names]
        names = [node.id for node in ast.walk(piece.node) if isinstance(node, ast.Name)]
        return {name for name in inside if names.count(name) == inside.count(name)}

    def _is_own(self, place: Any) -> bool:
        return place is not None and place.statement.source is self.source


def readable(source: Source) -> str | None:
    """The program's text, statements that do not parse left blank; None where not even that helps."""
    try:
        ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _without_broken(source)
    return source.text


def _without_broken(source: Source) -> str | None:
    text = source.text
    for statement in source.statements:
        try:
            ast.parse(statement.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            blank = re.sub(r"[^\n]", " ", statement.text)
            text = text[: statement.start] + blank + text[statement.start + len(statement.text) :]
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return text


def _classes(program: Program) -> int:
    """How many classes folders of samples have, as far as a model's outputs tell."""
    shapes = [tensor.shape for model in program.models for tensor in model.outputs[:1] if tensor.shape]
    sizes = [shape[-1] for shape in shapes]
    return next((size for size in sizes if isinstance(size, int) and size > 1), 2)


def _finding(index: int, finding: Finding, probe: Probe) -> dict[str, Any]:
    return {
        "id": str(index),
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "region": _spot(finding.location.program),
        "related": [
            [*_spot(one.location.program), one.message]
            for one in finding.related
            if one.location.filename == finding.location.filename
        ],
        "step": probe.step.value,
        "expects": [_expectation(one) for one in probe.expects],
    }


def _expectation(expected: Any) -> dict[str, Any]:
    """An expectation as JSON: its class and its fields."""
    return {"kind": type(expected).__name__} | {
        item.name: _plain(getattr(expected, item.name)) for item in fields(expected)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _spot(region: Region) -> list[int]:
    return [region.start_row, region.start_column, region.end_row, region.end_column]


def _rows(region: Region) -> range:
    return range(region.start_row, region.end_row + 1)


def _is_kept(region: Sequence[int], kept: Iterable[Piece]) -> bool:
    return any(piece.first_row <= region[0] <= piece.last_row for piece in kept)


__all__ = ["Plan", "StandIn", "plan", "readable"]
