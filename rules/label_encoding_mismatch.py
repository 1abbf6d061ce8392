"""A crossentropy is given labels in the encoding of the other one.

`categorical_crossentropy` wants a row of one for each sample, `sparse_categorical_crossentropy` the number of
the class, and `binary_crossentropy` as many zeros and ones as there are units.

Asked of Keras 3.15: each raises `ValueError` in the first batch ("must have the same rank", "must have rank
`target.ndim - 1`"); Keras 2 does too. Only the metric is silent: `categorical_accuracy` of numbers compares
positions that mean nothing.

Bad:

```python
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.reshape(60000, 784).astype('float32') / 255
model = Sequential()
model.add(Dense(128, activation='relu', input_shape=(784,)))
model.add(Dense(10, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')  # KER801 error: numbers of classes
model.fit(x_train, y_train)
```

Good:

```python
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense
from keras.utils import to_categorical

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.reshape(60000, 784).astype('float32') / 255
model = Sequential()
model.add(Dense(128, activation='relu', input_shape=(784,)))
model.add(Dense(10, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x_train, to_categorical(y_train, 10))
```

How to fix: take the loss of the encoding that the labels have, or encode them with `keras.utils.to_categorical`.

Fix safety: unsafe, for metrics and other trainings of the model may count on the loss as it is. The fix
exchanges `sparse_categorical_crossentropy` and `categorical_crossentropy`.

See: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.compiles import Compiled
from kerlint.model.facts import Program
from kerlint.places import Place
from kerlint.probes import Probe, Raises, Step

from ._compiles import head_name, place_of, related, rewording
from ._compiles import shown as written
from ._examples_label_encoding_mismatch import BAD, GOOD
from ._labels import shown
from ._targets import ONE_HOT, SPARSE, Target, judge, targets

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.TRAIN, (Raises("must have the same"), Raises("must have rank")))
OTHER = {"categorical_crossentropy": SPARSE, SPARSE: "categorical_crossentropy"}


def _by_encoding(target: Target) -> bool:
    """Whether labels of a known encoding go to the loss of the other, whatever their extents."""
    labels, units = target.fact.labels, target.units
    if labels is None or target.output is None or len(target.output) != 2 or target.fact.rank is None:
        return False
    if target.loss in ONE_HOT:
        return labels.encoding == "integer" and units != 1 and target.fact.rank == 1
    return target.loss == SPARSE and labels.encoding == "one-hot" and target.units != 1


def _is_mismatch(target: Target) -> bool:
    verdict = judge(target)
    return (verdict is not None and verdict.kind == "encoding") or (verdict is None and _by_encoding(target))


def _words(target: Target) -> str:
    one, shape = target.fed, shown(target.fact.shape or ())
    loss = "the loss" if target.pair.loss is None else written(target.pair.loss)
    ends = head_name(target.pair.head)
    if target.loss == SPARSE:
        return (
            f"{loss} wants numbers of classes, but {one.y_text} is one-hot, {shape}: Keras raises ValueError"
        )
    if target.loss in ONE_HOT:
        return f"{loss} wants rows of one for {ends}, but {one.y_text} holds numbers of classes, {shape}: Keras raises"
    return (
        f"{loss} wants a label for each unit of {ends}, but {one.y_text} is {shape}: Keras raises ValueError"
    )


def _fix(target: Target) -> Suggestion | None:
    loss = target.loss
    if loss not in OTHER or target.pair.loss is None or not isinstance(target.pair.loss.written, str):
        return None
    argument = target.compiled.site.argument("loss")
    return rewording(argument, target.pair.loss.written, OTHER[loss], title=f"use {OTHER[loss]}")


def _place(compiled: Compiled) -> Place:
    return place_of(compiled, "loss")


@rule("KER801", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report crossentropies that are given labels in another encoding, once a compile."""
    seen: set[object] = set()
    for target in targets(program):
        place = _place(target.compiled)
        if place.key in seen or target.fed.of_files or not _is_mismatch(target):
            continue
        seen.add(place.key)
        yield Hit(
            place,
            _words(target),
            confidence=Confidence.LIKELY if target.fact.is_likely else Confidence.CERTAIN,
            related=related((target.fed.y_place, "the labels")),
            fix=_fix(target),
        )
