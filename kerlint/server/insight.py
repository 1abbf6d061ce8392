"""What the evaluator inferred at each layer: its class, the shapes it gave, its parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kerlint.findings import Region
from kerlint.summary.rows import class_of, known
from kerlint.summary.wording import UNKNOWN, count_text, shape_text, shapes_text

if TYPE_CHECKING:
    from kerlint.model.facts import Node, Operation, Program
    from kerlint.places import Place
    from kerlint.source import Source


@dataclass(slots=True)
class Insight:
    """One place of the program, with all that was applied or made there (a loop makes several)."""

    region: Region
    """In the program: where the layer is made, or called."""
    is_call: bool
    cls: str
    names: list[str] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)
    """Different output shapes, as Keras prints them, in order."""
    inputs: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)

    @property
    def is_shape_known(self) -> bool:
        """Whether all of its output is known, save free axes."""
        return bool(self.shapes) and not any(UNKNOWN in shape for shape in self.shapes)


def insights(program: Program, source: Source) -> list[Insight]:
    """What is known at the places of this source, in order of place."""
    found: dict[Region, Insight] = {}
    for operation in program.operations:
        if operation.is_layer and operation.place is not None and operation.place.statement.source is source:
            insight = _at(found, operation.place, operation, is_call=False)
            if operation.outputs:
                _add(insight.shapes, shapes_text(operation.outputs))
            _describe(insight, operation)
    for node in _nodes(program):
        if node.place is not None and node.operation.is_layer and node.place.statement.source is source:
            insight = _at(found, node.place, node.operation, is_call=True)
            _add(insight.shapes, shapes_text(tuple(tensor.shape for tensor in node.outputs)))
            _add(insight.inputs, ", ".join(shape_text(tensor.shape) for tensor in node.inputs))
            _describe(insight, node.operation)
    return sorted(found.values(), key=lambda insight: insight.region)


def _nodes(program: Program) -> Iterator[Node]:
    for model in program.models:
        yield from model.graph.nodes
        yield from model.flat.nodes
    for fragment in program.fragments:
        yield from fragment.nodes


def _at(found: dict[Region, Insight], place: Place, operation: Operation, *, is_call: bool) -> Insight:
    region = place.region
    if region not in found:
        found[region] = Insight(region, is_call, class_of(operation))
    return found[region]


def _describe(insight: Insight, operation: Operation) -> None:
    if operation.name is not None:
        _add(insight.names, operation.name)
    _add(insight.parameters, _parameters(operation))


def _parameters(operation: Operation) -> str:
    """`9,248 parameters`, with what of them trains if not all do."""
    total, trainable = known(operation.params), known(operation.trainable_params)
    if total is None:
        return "parameters not known"
    words = f"{count_text(total)} parameter{'' if total == 1 else 's'}"
    return words if trainable in (total, None) else f"{words}, {count_text(trainable)} trainable"


def _add(items: list[str], item: str) -> None:
    if item not in items:
        items.append(item)
