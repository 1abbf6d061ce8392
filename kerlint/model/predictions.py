"""What `predict` gives: numbers that nobody knows, but it is known which model they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.model.sites import class_site
from kerlint.python.arguments import Arguments
from kerlint.python.values import BoundMethod, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

NOTED = ("argmax",)
"""Functions and methods whose calls on predictions are kept for rules."""


class Prediction(Unknown):
    """The result of `predict`, by the identity of the model."""

    __slots__ = ("model",)

    def __init__(self, model: int) -> None:
        super().__init__("the result of predict")
        self.model = model


def method_of(value: Prediction, name: str) -> BoundMethod | None:
    """A method of predictions that is kept for rules."""
    return BoundMethod(value, name) if name in NOTED else None


def note_use(domain: KerasDomain, symbol: str, arguments: Arguments, place: Place) -> None:
    """Keep a call of another library that is given predictions."""
    if symbol.rpartition(".")[2] in NOTED and any(isinstance(one, Prediction) for one in arguments.values()):
        domain.recorded(class_site(symbol, arguments, place, domain.target))


def call_on(domain: KerasDomain, value: Prediction, name: str, arguments: Arguments, place: Place) -> Value:
    """`model.predict(x).argmax(axis=1)`: as numpy's function of that name."""
    note_use(domain, f"numpy.{name}", arguments.prepended(value), place)
    return Unknown(f"the {name} of a prediction")
