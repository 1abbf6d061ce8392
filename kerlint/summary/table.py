"""What a summary says, as plain data: one table a model, one row a layer. None stands for the unknown.

Shapes are the evaluator's: None is a free extent, `UNKNOWN_DIM` an unknown one, and a shape that is None
has not even a known rank.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kerlint.findings import Location
from kerlint.frozen import fact
from kerlint.keras_api.shapes import Shape
from kerlint.model.facts import Model, Operation


@fact
class Source:
    """Where an input of a row comes from, as `add[0][1]`: row, call of its layer, output of the call."""

    name: str | None
    call: int
    output: int
    identity: int


@dataclass(frozen=True, slots=True)
class Setting:
    """One argument of a layer, what it is, and how it came about."""

    name: str
    value: Any
    """Plain data; `?` where it is not known."""
    origin: str
    """`written`, `unpacked`, `bound`, `default`, `resolved from None`, or `unknown`."""


@fact
class Row:
    """A layer (or, where `is_layer` is False, a bare operation between layers)."""

    identity: int
    cls: str
    name: str | None
    outputs: tuple[Shape | None, ...]
    """Of its last call; empty when it was never called."""
    params: int | None
    trainable_params: int | None
    sources: tuple[Source, ...]
    is_layer: bool
    operation: Operation = field(repr=False)
    inside: tuple[Row, ...] = ()
    """What its last call here applies in turn: the layers of a nested model, the body of a user's layer."""

    @property
    def location(self) -> Location | None:
        """Where it is constructed; found when someone asks."""
        place = self.operation.place
        return None if place is None else place.location


@dataclass(frozen=True, slots=True)
class Table:
    """One model."""

    name: str | None
    variable: str | None
    kind: str
    cls: str
    location: Location
    complete: bool
    params: int | None
    trainable_params: int | None
    inputs: tuple[Shape | None, ...]
    outputs: tuple[Shape | None, ...]
    rows: tuple[Row, ...]
    """In Keras's own order, bare operations included."""
    others: tuple[Row, ...]
    """What feeds rows and is none: bare operations in a user's `call`, the input of a Sequential."""
    is_chain: bool
    """Whether Keras would leave out the column of connections."""
    model: Model = field(repr=False)
    is_float32: bool = True
    """Whether each parameter takes four bytes, as far as can be seen; `counters` of them take eight."""
    forms: int = 1
    """How many forms what was asked for has, by conditions that are not known."""
    counters: int = 0
    """What Normalization layers counted: one number each, which does not train."""

    @property
    def label(self) -> str:
        """The user's name for it."""
        own = self.cls if self.kind == "subclassed" else self.name
        return self.variable or own or self.model.builder or self.cls

    @property
    def layers(self) -> tuple[Row, ...]:
        """The rows of `model.layers`."""
        return tuple(row for row in self.rows if row.is_layer)


@dataclass(frozen=True, slots=True)
class End:
    """A place where kerlint stopped knowing, and why."""

    location: Location
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The models of a target."""

    filename: str
    target: str
    """`keras2` or `keras3`."""
    models: tuple[Table, ...]
    gave_up: tuple[End, ...] = ()
    missing: tuple[str, ...] = ()
    """Parameters of the builder that nobody gave a value."""
