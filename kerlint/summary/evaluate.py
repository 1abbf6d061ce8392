"""From a source and a request to tables, within budgets wider than a linter's: one file was asked for."""

from __future__ import annotations

from collections.abc import Iterable

from kerlint.keras_api.shapes import Shape
from kerlint.model.entry import NotThere, recover_entry, recover_fed
from kerlint.model.facts import Model, Program, exclude_each_other
from kerlint.model.recover import recover
from kerlint.python.budget import Budget
from kerlint.python.modules import Loader
from kerlint.source import Source
from kerlint.summary.rows import ends_of, table_of
from kerlint.summary.table import Summary

BUDGET = Budget(
    seconds=60.0,
    steps=8_000_000,
    root_steps=4_000_000,
    foreign_steps=2_000_000,
    uncalled_steps=200_000,
    iterations=10_000,
    paths=16,
    splits=96,
    modules=100,
)
"""NASNetLarge, the costliest of keras.applications, takes some 200,000 steps."""


def evaluate(
    source: Source,
    wanted: str | None,
    shapes: tuple[Shape, ...],
    target: str | None,
    loader: Loader | None,
    budget: Budget = BUDGET,
) -> Summary:
    """The summary of all models of a source, or of the wanted ones. Raises NotThere."""
    if wanted is None:
        program = _program(source, shapes, target, loader, budget)
        if not program.models:
            raise NotThere("no models")
        models = sorted(program.models, key=lambda model: model.place.key[:3])
        tables = tuple(table_of(model, program.target, program.calls) for model in models)
        return Summary(source.filename, program.target, tables, ends_of(models, program.gave_up))
    found = recover_entry(source, wanted, shapes, target=target, loader=loader, budget=budget)
    tables = tuple(
        table_of(model, found.target, found.calls, forms_of(model, found.models)) for model in found.models
    )
    ends = ends_of(found.models, found.gave_up)
    return Summary(source.filename, found.target, tables, ends, found.missing)


def forms_of(model: Model, models: Iterable[Model]) -> int:
    """How many of the models stand for this one, by conditions that are not known."""
    return 1 + sum(_is_other_form(model, other) for other in models if other is not model)


def _is_other_form(model: Model, other: Model) -> bool:
    """Whether only one of both can be; what was made before a branch and changed in it is on one side's path only."""
    if exclude_each_other(model.path, other.path):
        return True
    return model.place.key == other.place.key and model.path != other.path


def _program(
    source: Source, shapes: tuple[Shape, ...], target: str | None, loader: Loader | None, budget: Budget
) -> Program:
    if shapes:
        return recover_fed(source, shapes, target=target, loader=loader, budget=budget)
    return recover(source, target=target, loader=loader, budget=budget)
