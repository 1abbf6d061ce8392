"""Random orders: which rows were moved by which call, and whether two calls give one order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import UNKNOWN_DIM
from kerlint.model.data.arrays import ArrayValue, fact_of, fresh
from kerlint.model.data_facts import ArrayFact, Shuffle
from kerlint.python.arguments import Arguments
from kerlint.python.values import Ref, Unknown, Value, next_serial

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place


class RandomState(Ref):
    """What `np.random.get_state()` gives."""

    __slots__ = ("draws", "start")

    def __init__(self, start: object, draws: int) -> None:
        super().__init__()
        self.start = start
        self.draws = draws


class Randomness:
    """numpy's global generator: since when it runs, and how often it was asked.

    Two shuffles of equally many rows give one order if they come as many draws after one seeding.
    """

    def __init__(self) -> None:
        self.start: object = ("process", next_serial())
        self.draws = 0
        self._orders: dict[object, int] = {}

    def seed(self, value: Value) -> None:
        """`np.random.seed(value)`, `np.random.set_state(state)`."""
        if isinstance(value, RandomState):
            self.start, self.draws = value.start, value.draws
        else:
            self.start, self.draws = (value if isinstance(value, int) else None), 0

    def draw(self) -> int:
        """One call; equal numbers mean the same random numbers, 0 that they are not known."""
        if self.start is None:
            return 0
        key = (self.start, self.draws)
        self.draws += 1
        return self._orders.setdefault(key, next_serial())


def seeded(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`np.random.seed(0)`, `np.random.set_state(state)`."""
    domain.randomness.seed(arguments.get(0, "seed", arguments.get(0, "state")))
    return None


def state_taken(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`np.random.get_state()`."""
    return RandomState(domain.randomness.start, domain.randomness.draws)


def shuffled_in_place(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`np.random.shuffle(x)`."""
    value = arguments.get(0, "x")
    order = domain.randomness.draw()
    if isinstance(value, ArrayValue):
        domain.interpreter.trail.touch(value)
        made = Shuffle(next_serial(), place, order)
        rows = value.facts.rows
        value.restore(replace(value.facts, shuffled=(*value.facts.shuffled, made), rows=rows))
    return None


def permutation(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`np.random.permutation(n)`: indices; of an array: its rows in a new order."""
    value = arguments.get(0, "x")
    made = Shuffle(next_serial(), place, domain.randomness.draw())
    if isinstance(value, ArrayValue):
        return ArrayValue(replace(value.facts, shuffled=(*value.facts.shuffled, made)))
    if value is None or (fact_of(value) is None and not isinstance(value, Unknown)):
        return Unknown("a permutation")
    count = value if is_size(value) else UNKNOWN_DIM
    return fresh(ArrayFact((count,), "int64", shuffled=(made,)))
