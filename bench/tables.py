"""kerlint's table of every model in a program, and how it compares with Keras's own.

A cell is equal, unknown to kerlint, or wrong. A model is *equal* when every cell of its table is, *unknown*
when some are and none is wrong, *wrong* otherwise: a wrong certainty is a defect of the first order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kerlint.keras_api.shapes import UnknownDim
from kerlint.model.facts import Program
from kerlint.model.recover import recover
from kerlint.source import read
from kerlint.summary.rows import table_of
from kerlint.summary.table import Row, Table

UNKNOWN = "?"
OF_SHAPES = ("shape", "shapes", "rank", "extent")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One model against Keras's table: what differs, and how many cells kerlint leaves open."""

    name: str
    wrong: tuple[str, ...]
    unknown: tuple[str, ...]
    equal: int = 0
    layers: int = 0
    """Layers that Keras has."""
    settled: int = 0
    """Layers of which kerlint knows class, name and parameters."""
    exact: int = 0
    """Layers of which it knows the output shapes too, to the last extent."""

    @property
    def verdict(self) -> str:
        """`equal`, `unknown` or `wrong`."""
        return "wrong" if self.wrong else "unknown" if self.unknown else "equal"


def compare(source: str, expected: Mapping[str, Any]) -> list[Comparison]:
    """Each model that Keras left behind (`bench.keras_tables`) against what kerlint recovers of the source.

    Where kerlint tells several forms of a model apart (undecided branches), one of them must be right.
    """
    program = recover(read(source.encode(), "program.py"), target="keras3")
    return [best(name, table, _all_named(program, name)) for name, table in expected.items()]


def _all_named(program: Program, name: str) -> list[Table]:
    return [table_of(model, program.target) for model in program.models if model.name == name]


def best(name: str, table: Mapping[str, Any], models: Sequence[Table]) -> Comparison:
    """The one of a model's forms that comes nearest to Keras's table."""
    found = [_compare(name, table, model) for model in models]
    return min(found, key=_distance, default=_compare(name, table, None))


def _distance(form: Comparison) -> tuple[int, int, int]:
    """A form that is not complete leaves few cells open, and knows none of its layers."""
    return len(form.wrong), form.layers - form.settled, len(form.unknown)


def _compare(name: str, table: Mapping[str, Any], model: Table | None) -> Comparison:
    total = len(table["layers"])
    if model is None:
        return Comparison(name, (), ("the model",), layers=total)
    wrong: list[str] = []
    unknown: list[str] = []
    equal = 0
    for label, mine, theirs in _cells(table, model):
        if mine == UNKNOWN:
            unknown.append(label)
        elif mine != theirs:
            wrong.append(f"{label}: kerlint {mine}, Keras {theirs}")
        else:
            equal += 1
    opened = {tuple(label.split("'s ", 1)) for label in unknown if "'s " in label}
    is_listed = model.complete and len(model.layers) == total
    settled = total - len({layer for layer, what in opened if what not in OF_SHAPES}) if is_listed else 0
    exact = total - len({layer for layer, _ in opened}) if is_listed else 0
    return Comparison(name, tuple(wrong), tuple(unknown), equal, total, settled, exact)


def _cells(table: Mapping[str, Any], model: Table) -> Iterator[tuple[str, Any, Any]]:
    """Pairs of cells with a label; layers are compared as far as kerlint lists them, if it is not complete."""
    if table["params"] is not None:
        yield "params", _count(model.params), table["params"]
        yield "trainable", _count(model.trainable_params), table["trainable"]
    if not model.complete:
        yield "completeness", UNKNOWN, None
        return
    if len(model.layers) != len(table["layers"]):
        names = [row[1] for row in table["layers"]]
        yield "layers", [layer.name or UNKNOWN for layer in model.layers], names
        return
    for layer, row in zip(model.layers, table["layers"], strict=True):
        cls, name, shapes, params = row
        yield f"{name}'s class", layer.cls, cls
        yield f"{name}'s name", layer.name or UNKNOWN, name
        if shapes is not None:
            yield from _shape_cells(name, layer, shapes)
        if params is not None:
            yield f"{name}'s params", _count(layer.params), params


def _shape_cells(name: str, layer: Row, shapes: list[Any]) -> Iterator[tuple[str, Any, Any]]:
    """The shapes of a layer's outputs, extent by extent: what is known of a shape must be right."""
    if not layer.outputs or None in layer.outputs:
        yield f"{name}'s shape", UNKNOWN, shapes
    elif len(layer.outputs) != len(shapes):
        yield f"{name}'s shapes", len(layer.outputs), len(shapes)
    else:
        for mine, theirs in zip(layer.outputs, shapes, strict=True):
            assert mine is not None
            yield f"{name}'s rank", len(mine), len(theirs)
            for dim, size in zip(mine, theirs, strict=False):
                yield f"{name}'s extent", UNKNOWN if isinstance(dim, UnknownDim) else dim, size


def _count(count: int | None) -> Any:
    return UNKNOWN if count is None else count
