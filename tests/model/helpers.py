"""Short ways to recover a program and to look at what came out; every program is checked on the way."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

from kerlint.keras_api.shapes import Shape
from kerlint.model.check import check_program
from kerlint.model.facts import Model, Program
from kerlint.model.recover import recover
from kerlint.python.budget import Budget
from kerlint.python.modules import Loader
from kerlint.python.values import Unknown
from kerlint.source import Source, read

IMPORTS = "import keras\nfrom keras import layers, ops\n"


def source_of(text: str, filename: str = "program.py") -> Source:
    """A source with Keras's usual imports before it."""
    return read((IMPORTS + dedent(text)).encode(), filename)


def program_of(
    text: str, *, target: str = "keras3", loader: Loader | None = None, budget: Budget | None = None
) -> Program:
    """The facts of a program, which keep all their promises."""
    return checked(recover(source_of(text), target=target, loader=loader, budget=budget))


def checked(program: Program) -> Program:
    """The program, when its facts keep their promises."""
    assert list(check_program(program)) == []
    return program


def model_of(text: str, **options: Any) -> Model:
    """The only model of a program."""
    (model,) = program_of(text, **options).models
    return model


def named(program: Program, variable: str) -> Model:
    """The last model bound to a name."""
    return next(model for model in reversed(program.models) if model.variable == variable)


def classes(model: Model) -> list[str]:
    """The classes of a model's layers, in order."""
    return [layer.cls for layer in model.layers]


def names(model: Model) -> list[str | None]:
    """The names of a model's layers, in order."""
    return [layer.name for layer in model.layers]


def shapes(model: Model) -> list[Shape | None]:
    """The first output shape of each layer, in order."""
    return [layer.outputs[0] if layer.outputs else None for layer in model.layers]


def params(model: Model) -> list[int | None]:
    """The parameters of each layer, in order; None where they are not known."""
    return [count(layer.params) for layer in model.layers]


def count(value: int | Unknown) -> int | None:
    """A count, or None when it is not known."""
    return None if isinstance(value, Unknown) else value


def totals(model: Model) -> tuple[int | None, int | None]:
    """All parameters of a model, and those that train."""
    weights = model.weigh()
    return count(weights.total), count(weights.trainable)


def applied(model: Model) -> list[str]:
    """What the nodes of the model's graph apply, in order."""
    return [node.operation.cls for node in model.graph.nodes]


def flat(model: Model) -> list[str]:
    """The same with nested models and traced layers opened up."""
    return [node.operation.cls for node in model.flat.nodes]
