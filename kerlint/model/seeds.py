"""Which generators of random numbers a program seeds, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.frozen import fact
from kerlint.python.values import UNKNOWN, Path, Value, next_serial

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place
    from kerlint.python.arguments import Arguments

SEEDERS = {
    "keras.utils.set_random_seed": "all",
    "random.seed": "python",
    "numpy.random.seed": "numpy",
    "tensorflow.random.set_seed": "tensorflow",
    "tensorflow.random.set_random_seed": "tensorflow",
    "tensorflow.set_random_seed": "tensorflow",
    "tensorflow.compat.v1.set_random_seed": "tensorflow",
    "tensorflow.compat.v1.random.set_random_seed": "tensorflow",
}
"""Functions that seed, and what: `all` is Python's `random`, NumPy and the backend."""
MOST_SEEDS = 500


@fact
class Seed:
    """One call that seeds. `order` compares with the identities of layers: what has a smaller one was there before."""

    what: str
    """`python`, `numpy`, `tensorflow` or `all`."""
    symbol: str
    value: Value
    place: Place
    order: int
    path: Path


def note_seed(domain: KerasDomain, dotted: str, arguments: Arguments, place: Place) -> None:
    """Record a call of a library function, if it seeds."""
    what = SEEDERS.get(dotted)
    if what is not None and len(domain.seeds) < MOST_SEEDS:
        value = arguments.get(0, "seed", UNKNOWN)
        domain.seeds.append(Seed(what, dotted, value, place, next_serial(), domain.interpreter.path))
