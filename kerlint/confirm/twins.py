"""`kerlint diff --verify`: builds both models with Keras in a child, copies the weights, compares outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kerlint.confirm.asking import Asking
from kerlint.confirm.cells import cells_of
from kerlint.confirm.environment import keras_for
from kerlint.confirm.paths import folders_of, module_name
from kerlint.confirm.twins_child import ranks
from kerlint.confirm.verify import is_defined
from kerlint.diff.result import Diff
from kerlint.diff.steps import Step
from kerlint.diff.training import Side
from kerlint.problems import Problem
from kerlint.source import Source

CHILD = "kerlint.confirm.twins_child"
BATCH, FREE = 3, 16
"""Extents that stand for a batch and for other free axes."""
TOLERANCE = 1e-4
"""The largest difference that rounding may make, as a share of the largest output."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What Keras says."""

    keras: str
    difference: float | None = None
    error: str | None = None
    disagrees: bool = False
    """Whether the outputs differ although kerlint calls the models equivalent."""

    @property
    def words(self) -> str:
        """The answer in a line."""
        if self.difference is None:
            return f"Keras {self.keras}: not verified: {self.error}"
        if self.disagrees:
            return (
                f"Keras {self.keras}: outputs differ by {self.difference:.2g}, which is a defect of kerlint"
            )
        verdict = "are equal" if self.difference <= TOLERANCE else f"differ by {self.difference:.2g}"
        return f"Keras {self.keras}: with the same weights, outputs on random inputs {verdict}"

    @property
    def data(self) -> dict[str, Any]:
        """The answer as JSON has it."""
        return {
            "keras": self.keras,
            "difference": self.difference,
            "error": self.error,
            "disagrees": self.disagrees,
        }


def verify(found: Diff, sources: tuple[Source, Source], ask: Asking) -> Checked:
    """Ask Keras. Raises Problem when it cannot be asked."""
    package = keras_for(found.left.program.target, "--verify")
    if found.right.program.target != found.left.program.target:
        raise Problem("--verify: the models are for two versions of Keras", remedy="give --target")
    shapes = _shapes(found)
    if not shapes:
        raise Problem("--verify: what goes into the models is not known")
    files = [
        _file(side, source, package) for side, source in zip((found.left, found.right), sources, strict=True)
    ]
    request = {
        "path": sources[0].filename,
        "files": files,
        "pairs": _pairs(found),
        "shapes": shapes,
        "highest": _highest(found),
        "keras": package,
    }
    answer = ask(CHILD, request)
    difference = answer.get("difference")
    disagrees = found.equivalent is True and difference is not None and difference > TOLERANCE
    return Checked(answer["keras"], difference, answer.get("error"), disagrees)


def _file(side: Side, source: Source, package: str) -> dict[str, Any]:
    wanted = side.wanted or side.model.variable or side.model.builder
    if wanted is None:
        raise Problem("--verify: the model has no name", where=source.filename)
    return {
        "path": source.filename,
        "text": source.text,
        "cells": cells_of(source),
        "module": module_name(source.filename),
        "folders": folders_of(source.filename),
        "wanted": wanted,
        "is_started": not is_defined(wanted, source.text),
        "names": [],
        "shapes": [],
        "keras": package,
    }


def _shapes(found: Diff) -> list[list[int]]:
    """The inputs' shapes with numbers for free axes; empty where they are not known."""
    for side in (found.left, found.right):
        shapes = [tensor.shape for tensor in side.model.flat.inputs]
        known = [
            [
                BATCH,
                *(FREE if dim is None else dim for dim in shape[1:] if dim is None or isinstance(dim, int)),
            ]
            for shape in shapes
            if shape is not None
        ]
        whole = [shape for shape in shapes if shape is not None]
        if whole and len(whole) == len(shapes) and [len(one) for one in known] == [len(one) for one in whole]:
            return known
    return []


def _pairs(found: Diff) -> list[list[tuple[str, int]]]:
    """The layers with weights that stand for one another, as `ranks` has them."""
    steps = [found.comparison.steps(pair) for pair in found.comparison.pairs]
    both = [
        (left.name, right.name)
        for left, right in steps
        if left is not None and right is not None and left.owner is None and left.params and right.params
    ]
    mine, theirs = (_ranks(chain.steps) for chain in (found.comparison.left, found.comparison.right))
    return [[mine[one], theirs[other]] for one, other in both]


def _ranks(steps: Sequence[Step]) -> dict[str, tuple[str, int]]:
    return ranks({step.name for step in steps if step.params and step.owner is None})


def _highest(found: Diff) -> int | None:
    """The number that no input may reach, where inputs are looked up."""
    firsts = [step for step in found.comparison.left.steps if any(one < 0 for one in step.inputs)]
    sizes = [step.settings["input_dim"].value for step in firsts if "input_dim" in step.settings]
    return min((size for size in sizes if isinstance(size, int)), default=None)
