"""Labels: from codes to rows of one, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape
from kerlint.model.data.arrays import ArrayValue, fact_of, unknown_array
from kerlint.model.data_facts import ArrayFact, Labels
from kerlint.python.arguments import Arguments
from kerlint.python.values import Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

Function = Callable[["KerasDomain", Arguments, "Place"], Value]


def one_hot(fact: ArrayFact, depth: Value, *, drops_column: bool) -> ArrayValue:
    """Codes as rows of one; `to_categorical` takes a column of codes as a row of them."""
    width: Dim = depth if is_size(depth) else _counted(fact)
    shape: Shape | None = None
    if fact.shape is not None:
        is_column = drops_column and len(fact.shape) > 1 and fact.shape[-1] == 1
        shape = (*(fact.shape[:-1] if is_column else fact.shape), width)
        if drops_column and fact.shape[-1:] == (UNKNOWN_DIM,) and len(fact.shape) > 1:
            shape = None
    classes = width if is_size(width) else None
    return ArrayValue(
        ArrayFact(
            shape, "float32", 0, 1, labels=Labels("one-hot", classes), rows=fact.rows, source=fact.source
        )
    )


def _counted(fact: ArrayFact) -> Dim:
    """The largest code of a known data set, and one for zero."""
    labels = fact.labels
    whole = fact.rows is not None and fact.rows.start is None and fact.rows.is_whole
    if labels is None or labels.encoding != "integer" or not whole or labels.classes is None:
        return UNKNOWN_DIM
    return labels.first + labels.classes if (fact.source or "").startswith("keras.datasets.") else UNKNOWN_DIM


def _to_categorical(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    depth = arguments.get(1, "num_classes", arguments.get(1, "nb_classes"))
    fact = fact_of(arguments.get(0, "x", arguments.get(0, "y"))) or ArrayFact()
    if fact.labels is not None and fact.labels.encoding == "one-hot":
        return unknown_array(fact.source)
    return one_hot(fact, depth, drops_column=True)


def _tf_one_hot(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    fact = fact_of(arguments.get(0, "indices", arguments.get(0, "x"))) or ArrayFact()
    depth = arguments.get(1, "depth", arguments.get(1, "num_classes"))
    if "axis" in arguments.keywords and arguments.keywords["axis"].value != -1:
        return unknown_array(fact.source)
    return one_hot(fact, depth, drops_column=False)


def _get_dummies(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`pd.get_dummies(column)`: rows of one, as far as a single column was given."""
    fact = fact_of(arguments.get(0, "data"))
    if fact is None or fact.rank != 1:
        return unknown_array("pandas.get_dummies")
    return replace_rows(fact, ArrayFact((fact.count, UNKNOWN_DIM), None, 0, 1, labels=Labels("one-hot")))


def replace_rows(fact: ArrayFact, made: ArrayFact) -> ArrayValue:
    """An array that holds something of the same rows."""
    return ArrayValue(replace(made, rows=fact.rows))


LABELS: dict[str, Function] = {
    "keras.utils.to_categorical": _to_categorical,
    "tensorflow.one_hot": _tf_one_hot,
    "keras.ops.one_hot": _tf_one_hot,
    "keras.ops.nn.one_hot": _tf_one_hot,
    "pandas.get_dummies": _get_dummies,
}
