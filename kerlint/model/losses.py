"""Losses and metrics as `compile` was given them: one word for each, whatever way it was spelled.

`"mse"`, `keras.losses.mean_squared_error` and `keras.losses.MeanSquaredError()` are `mean_squared_error`;
classes are told by the word of their function (`CategoricalCrossentropy` is `categorical_crossentropy`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kerlint.frozen import record
from kerlint.keras_api import names
from kerlint.model.states import ObjectState
from kerlint.python.values import UNKNOWN, DictValue, Instance, ListValue, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite

REGRESSION = frozenset(
    {
        "mean_squared_error",
        "mean_absolute_error",
        "mean_absolute_percentage_error",
        "mean_squared_logarithmic_error",
        "huber",
        "log_cosh",
    }
)
"""Losses of a number that may take any value."""
CATEGORICAL = frozenset(
    {"categorical_crossentropy", "sparse_categorical_crossentropy", "categorical_focal_crossentropy"}
)
"""Losses over classes that exclude one another: they want a softmax."""
BINARY = frozenset({"binary_crossentropy", "binary_focal_crossentropy"})
PROBABILISTIC = CATEGORICAL | BINARY | {"kl_divergence"}
"""Losses that want probabilities, unless `from_logits` says otherwise."""
ACCURACIES = frozenset(
    {
        "accuracy",
        "binary_accuracy",
        "categorical_accuracy",
        "sparse_categorical_accuracy",
        "top_k_categorical_accuracy",
        "sparse_top_k_categorical_accuracy",
    }
)
ACCURACY_NAMES = (
    "acc",
    *sorted(ACCURACIES),
    "Accuracy",
    "BinaryAccuracy",
    "CategoricalAccuracy",
    "SparseCategoricalAccuracy",
)
"""The words and classes by which accuracies are asked for."""
ACCURACY_WORDS = ("accuracy", "acc")
"""What `compile` makes the accuracy of the output's and target's shape, in any case of letters."""
_FORMER = {"logcosh": "log_cosh", "kullback_leibler_divergence": "kl_divergence", "kld": "kl_divergence"}


@record
class Loss:
    """One loss: `word` says which, `from_logits` whether it takes scores instead of probabilities."""

    word: str
    written: Value
    from_logits: bool | Unknown = False
    site: CallSite | None = None
    """Its construction, where it is an object."""

    @property
    def wants_probabilities(self) -> bool:
        """Whether it is certainly applied to probabilities."""
        return self.word in PROBABILISTIC and self.from_logits is False


@record
class Metric:
    """One metric: `word` says which, `logged` the name it has in the logs (None: not known).

    `is_resolved_by_shape` for the words `accuracy` and `acc`, which compile replaces by what fits the output.
    """

    word: str
    written: Value
    logged: str | None
    is_resolved_by_shape: bool = False
    site: CallSite | None = None

    @property
    def is_accuracy(self) -> bool:
        """Whether it counts how many outputs are right."""
        return self.word in ACCURACIES


def word_of(canonical: str) -> str:
    """`keras.losses.MeanSquaredError` and `keras.losses.mean_squared_error` as one word."""
    name = canonical.rpartition(".")[2]
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)).lower()
    return _FORMER.get(spaced, spaced)


def loss_of(value: Value, target: str) -> Loss | None:
    """What `compile(loss=value)` means; None for what is custom, unknown, or no loss of Keras's."""
    if isinstance(value, str):
        found = names.alias("loss", value, target)
        return None if found is None else Loss(word_of(found), value)
    if isinstance(value, Symbol):
        is_loss = names.category(value.dotted, target) in ("loss", "metric")
        return Loss(word_of(value.dotted), value) if is_loss else None
    state = value.native if isinstance(value, Instance) else None
    if not isinstance(state, ObjectState) or state.category != "loss" or not isinstance(value.cls, Symbol):
        return None
    return Loss(word_of(state.symbol), value, _from_logits(state.site), state.site)


def _from_logits(site: CallSite) -> bool | Unknown:
    if "from_logits" not in site.arguments:
        return False if site.exact else UNKNOWN
    found = site.value("from_logits")
    return found if isinstance(found, bool) else UNKNOWN


def metric_of(value: Value, target: str) -> Metric | None:
    """What an item of `compile(metrics=[value])` means; None for what is custom, unknown, or no metric."""
    if isinstance(value, str):
        return _metric_word(value, target)
    if isinstance(value, Symbol):
        is_metric = names.category(value.dotted, target) in ("loss", "metric")
        is_function = names.kind(value.dotted, target) == "function"
        logged = value.name if is_function else None
        return Metric(word_of(value.dotted), value, logged) if is_metric else None
    state = value.native if isinstance(value, Instance) else None
    if not isinstance(state, ObjectState) or not isinstance(value.cls, Symbol):
        return None
    if state.category not in ("loss", "metric"):
        return None
    return Metric(word_of(state.symbol), value, _given_name(state.site), site=state.site)


def _metric_word(text: str, target: str) -> Metric | None:
    if text.lower() in ACCURACY_WORDS:
        return Metric("accuracy", text, text, is_resolved_by_shape=True)
    found = names.alias("metric", text, target)
    return None if found is None else Metric(word_of(found), text, text)


def _given_name(site: CallSite) -> str | None:
    """The name an object logs under, when it is certain: written, or a default that is a word."""
    name = site.value("name")
    return name if isinstance(name, str) else None


def items(value: Value) -> tuple[Value, ...] | None:
    """The items of a list or tuple of which all are known; None for others."""
    if isinstance(value, tuple):
        return value
    return tuple(value.items) if isinstance(value, ListValue) and not value.open else None


def entries(value: Value) -> Mapping[str, Value] | None:
    """The entries of a dict whose keys are all known strings; None for others."""
    if not isinstance(value, DictValue) or value.open:
        return None
    found = {key: item for key, item in value.items.items() if isinstance(key, str)}
    return found if len(found) == len(value.items) else None


def leaves(value: Value) -> Iterator[Value]:
    """All that lies in nested lists, tuples and dicts."""
    inside = items(value)
    if inside is None and isinstance(value, DictValue):
        inside = tuple(value.items.values())
    if inside is None:
        yield value
        return
    for item in inside:
        yield from leaves(item)
