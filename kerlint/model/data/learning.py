"""scikit-learn's part of a program: splits, scalers and encoders."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor
from typing import TYPE_CHECKING

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim
from kerlint.model.data.arrays import ArrayValue, fact_of
from kerlint.model.data_facts import ArrayFact, Labels, Rows
from kerlint.python.arguments import Arguments
from kerlint.python.values import ListValue, Ref, Unknown, Value, next_serial

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

SCALERS = {
    "StandardScaler": "standard",
    "MinMaxScaler": "minmax",
    "RobustScaler": "standard",
    "MaxAbsScaler": "minmax",
    "Normalizer": "standard",
    "QuantileTransformer": "minmax",
    "PowerTransformer": "standard",
}
ENCODERS = frozenset(
    {"LabelEncoder", "LabelBinarizer", "OneHotEncoder", "OrdinalEncoder", "MultiLabelBinarizer"}
)


class Estimator(Ref):
    """A scaler or encoder."""

    __slots__ = ("kind", "span")

    def __init__(self, kind: str, arguments: Arguments) -> None:
        super().__init__()
        self.kind = kind
        span = arguments.get(0, "feature_range", (0, 1))
        self.span = span if kind == "MinMaxScaler" and isinstance(span, tuple) and len(span) == 2 else None


def estimator(symbol: str, arguments: Arguments) -> Estimator | None:
    """The object that a class of scikit-learn makes, if it is one that is followed."""
    name = symbol.rpartition(".")[2]
    is_followed = symbol.startswith("sklearn.preprocessing") and (name in SCALERS or name in ENCODERS)
    return Estimator(name, arguments) if is_followed else None


def method(made: Estimator, name: str, arguments: Arguments) -> Value:
    """`fit_transform`, `transform`, `fit` and the way back."""
    if name in ("fit", "partial_fit", "set_output"):
        return made
    values = arguments.values()
    fact = (fact_of(values[0]) if values else None) or ArrayFact()
    if name in ("fit_transform", "transform"):
        return _scaled(made, fact) if made.kind in SCALERS else _encoded(made.kind, fact)
    return ArrayValue(ArrayFact(fact.shape if made.kind in SCALERS else None, rows=fact.rows))


def _scaled(made: Estimator, fact: ArrayFact) -> ArrayValue:
    kept = ArrayFact(fact.shape, rows=fact.rows, source=fact.source, scaled=SCALERS[made.kind])
    if made.kind == "StandardScaler":
        return ArrayValue(replace(kept, low=None, high=None))
    return ArrayValue(kept)


def _encoded(kind: str, fact: ArrayFact) -> ArrayValue:
    kept = ArrayFact(rows=fact.rows, source=f"sklearn.preprocessing.{kind}")
    count = fact.count if fact.shape else UNKNOWN_DIM
    classes = fact.labels.classes if fact.labels is not None else None
    if kind == "LabelEncoder":
        return ArrayValue(replace(kept, shape=(count,), dtype="int64", labels=Labels("integer", classes)))
    return ArrayValue(kept)


def train_test_split(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`train_test_split(*arrays, test_size=...)`: two pieces of each, none of which share a row."""
    if arguments.open_positional or not arguments.positional:
        return Unknown("pieces of unknown arrays")
    split = next_serial()
    sizes = _sizes(arguments)
    made: list[Value] = []
    for arg in arguments.positional:
        fact = fact_of(arg.value) or ArrayFact()
        made += [_piece(fact, split, part, sizes) for part in (1, 2)]
    return ListValue(made)


def _sizes(arguments: Arguments) -> tuple[Value, Value]:
    test = arguments.keywords.get("test_size")
    train = arguments.keywords.get("train_size")
    return (None if train is None else train.value, None if test is None else test.value)


def _piece(fact: ArrayFact, split: int, part: int, sizes: tuple[Value, Value]) -> ArrayValue:
    origin = fact.rows.origin if fact.rows is not None else next_serial()
    shape = fact.shape
    if shape:
        shape = (_extent(shape[0], part, sizes), *shape[1:])
    return ArrayValue(replace(fact, shape=shape, rows=Rows(origin, split=split, part=part), tight=fact.tight))


def _extent(count: Dim, part: int, sizes: tuple[Value, Value]) -> Dim:
    """scikit-learn rounds the test part up and the train part down; a quarter is tested by default."""
    train, test = sizes
    if not is_size(count) or train is not None:
        return UNKNOWN_DIM
    test = 0.25 if test is None else test
    if isinstance(test, bool) or not isinstance(test, int | float):
        return UNKNOWN_DIM
    tested = test if isinstance(test, int) else ceil(count * test)
    if not 0 < tested < count:
        return UNKNOWN_DIM
    return (
        tested
        if part == 2
        else count - tested
        if isinstance(test, int)
        else floor(count * (1 - test))
        if _is_exact(count, test)
        else count - tested
    )


def _is_exact(count: int, test: float) -> bool:
    return ceil(count * test) + floor(count * (1 - test)) == count


def shuffled_together(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`sklearn.utils.shuffle(x, y)`: each in the same new order."""
    facts = [fact_of(arg.value) or ArrayFact() for arg in arguments.positional]
    made: list[Value] = [ArrayValue(replace(fact, tight=fact.tight)) for fact in facts]
    return made[0] if len(made) == 1 else ListValue(made)
