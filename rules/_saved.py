"""Which models of a program are saved whole, and whether they are read back."""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.model.facts import Model, Operation, Program
from kerlint.model.savings import Saving, ending_of

WEIGHTS = ".weights.h5"


def saved_models(program: Program) -> Iterator[tuple[Model, Saving]]:
    """Models whose structure is written to a file, each with the first call that does so."""
    seen: set[int] = set()
    for saving in program.savings:
        path = ending_of(saving.filepath) or ""
        if saving.kind != "save" or saving.model is None or path.endswith(WEIGHTS) or saving.model in seen:
            continue
        model = program.model(saving.model)
        if model is not None:
            seen.add(saving.model)
            yield model, saving


def load_of(program: Program, saving: Saving) -> Saving | None:
    """The call that reads the same file back."""
    path = ending_of(saving.filepath)
    same = (one for one in program.savings if one.kind == "load" and ending_of(one.filepath) == path)
    return next(same, None) if path is not None else None


def parts(model: Model) -> list[Operation]:
    """The layers of a model, those inside nested models too, each once."""
    found: dict[int, Operation] = {}
    for operation in (*model.layers, *(node.operation for node in (*model.graph.nodes, *model.flat.nodes))):
        found.setdefault(operation.identity, operation)
    return list(found.values())
