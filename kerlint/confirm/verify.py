"""`--verify`: builds the models of a summary with Keras in a locked-down child and compares cell by cell.

The child runs the user's file: see zygote.py for what it is kept from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kerlint.confirm.asking import Asking
from kerlint.confirm.cells import cells_of
from kerlint.confirm.environment import keras_for
from kerlint.confirm.paths import folders_of, module_name
from kerlint.keras_api.shapes import Shape, UnknownDim
from kerlint.problems import Problem
from kerlint.source import Source
from kerlint.summary.table import Row, Summary, Table

CHILD = "kerlint.confirm.verify_child"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Keras says of one table."""

    table: Table
    differences: tuple[str, ...] = ()
    agreeing: int = 0
    open: int = 0
    """Cells that Keras knows and kerlint does not."""
    unbuilt: str | None = None
    """Why Keras was not asked."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdicts on the models of a summary, in its order."""

    keras: str
    verdicts: tuple[Verdict, ...]
    error: str | None = None
    """Where and why the program stopped."""

    @property
    def disagrees(self) -> bool:
        """Whether any cell differs."""
        return any(verdict.differences for verdict in self.verdicts)


def verify(
    summary: Summary, source: Source, wanted: str | None, shapes: Sequence[Shape], ask: Asking
) -> Verification:
    """Build the models and compare. Raises Problem when Keras cannot be asked."""
    package = keras_for(summary.target, "--verify")
    if summary.missing:
        given = ", ".join(f"{name}=..." for name in summary.missing)
        raise Problem("--verify calls the builder: it needs all arguments", remedy=f"give {given}")
    names = list(dict.fromkeys(table.variable for table in summary.models if table.variable))
    request = {
        "path": summary.filename,
        "text": source.text,
        "cells": cells_of(source),
        "module": module_name(summary.filename),
        "folders": folders_of(summary.filename),
        "wanted": wanted,
        "is_started": wanted is None or not is_defined(wanted, source.text),
        "names": names if wanted is None else [],
        "shapes": [list(shape) for shape in shapes],
        "keras": package,
    }
    answer = ask(CHILD, request)
    return Verification(answer["keras"], tuple(_verdicts(summary, answer, wanted)), answer.get("error"))


def is_defined(wanted: str, text: str) -> bool:
    """Whether a target begins with a function or class of the file: then the file is imported, not started."""
    root = re.split(r"[.(]", wanted, maxsplit=1)[0].strip()
    return re.search(rf"^(?:async\s+)?(?:def|class)\s+{re.escape(root)}\b", text, re.MULTILINE) is not None


def _verdicts(summary: Summary, answer: Mapping[str, Any], wanted: str | None) -> Iterator[Verdict]:
    built: Mapping[str, list[Any]] = answer["models"]
    if wanted is not None:
        tables = built.get(wanted, [])
        for index, table in enumerate(summary.models):
            theirs = _same(table, tables) or (tables[index] if len(tables) == len(summary.models) else None)
            yield _verdict(table, theirs, "Keras built no such model")
        return
    last = {table.variable: table for table in summary.models}
    for table in summary.models:
        tables = built.get(table.variable or "", [])
        theirs = _same(table, tables) or (tables[0] if tables and last[table.variable] is table else None)
        yield _verdict(table, theirs, "not bound to a name when the program ends")


def _same(table: Table, tables: Sequence[Any]) -> Any:
    return next((theirs for theirs in tables if theirs["name"] == table.name), None)


def _verdict(table: Table, theirs: Any, otherwise: str) -> Verdict:
    if theirs is None:
        return Verdict(table, unbuilt=otherwise)
    differences: list[str] = []
    agreeing = unknown = 0
    for label, mine, other in _cells(table, theirs):
        if mine is None:
            unknown += 1
        elif mine != other:
            differences.append(f"{label}: kerlint says {mine}, Keras {other}")
        else:
            agreeing += 1
    return Verdict(table, tuple(differences), agreeing, unknown)


def _cells(table: Table, theirs: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Pairs of cells with a label; None is what kerlint leaves open. Keras's own open cells are left out."""
    yield "name", table.name, theirs["name"]
    if theirs["params"] is not None:
        yield "params", table.params, theirs["params"]
        yield "trainable params", table.trainable_params, theirs["trainable"]
    rows = theirs["layers"]
    if len(table.layers) != len(rows):
        mine = f"{len(table.layers)} layers" if table.complete else None
        yield "layers", mine, f"{len(rows)} layers"
        return
    for row, (cls, name, shapes, params) in zip(table.layers, rows, strict=True):
        yield f"{name}: class", row.cls, cls
        yield f"{name}: name", row.name, name
        if shapes is not None:
            yield from _shape_cells(f"{name}: output shape", row, shapes)
        if params is not None:
            yield f"{name}: params", row.params, params


def _shape_cells(label: str, row: Row, shapes: list[Any]) -> Iterator[tuple[str, Any, Any]]:
    """One cell a shape; extents that kerlint leaves open are taken from Keras's, so that the others count."""
    if not row.outputs:
        yield label, None, shapes
        return
    if len(row.outputs) != len(shapes):
        yield label, f"{len(row.outputs)} tensors", f"{len(shapes)} tensors"
        return
    for mine, theirs in zip(row.outputs, shapes, strict=True):
        if mine is None or (len(mine) == len(theirs) and _is_open(mine, theirs)):
            yield label, None, theirs
        else:
            yield label, mine, tuple(theirs)


def _is_open(mine: Shape, theirs: list[Any]) -> bool:
    """Whether kerlint leaves an extent open, and none of the others differs."""
    pairs = list(zip(mine, theirs, strict=True))
    settled = [(one, other) for one, other in pairs if not isinstance(one, UnknownDim)]
    return len(settled) < len(pairs) and all(one == other for one, other in settled)
