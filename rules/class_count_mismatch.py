"""The output has not as many units as there are classes.

Rows of one must be as wide as the output, and the number of a class must be smaller than its units.

Asked of Keras 3.15: `categorical_crossentropy` raises `ValueError` when the widths differ.
`sparse_categorical_crossentropy` raises `InvalidArgumentError` on a CPU for a label beyond the last unit; on a
GPU or compiled with XLA the loss is NaN.

Bad:

```python
from keras.datasets import cifar100
from keras.models import Sequential
from keras.layers import Dense, Flatten

(x_train, y_train), (x_test, y_test) = cifar100.load_data()
model = Sequential()
model.add(Flatten(input_shape=(32, 32, 3)))
model.add(Dense(10, activation='softmax'))  # KER810 error: 100 classes
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x_train / 255.0, y_train)
```

Good:

```python
from keras.datasets import cifar100
from keras.models import Sequential
from keras.layers import Dense, Flatten

(x_train, y_train), (x_test, y_test) = cifar100.load_data()
model = Sequential()
model.add(Flatten(input_shape=(32, 32, 3)))
model.add(Dense(100, activation='softmax'))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x_train / 255.0, y_train)
```

How to fix: one unit a class, and labels that begin at 0 (`y - 1` where they begin at 1).

See: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.facts import Program
from kerlint.probes import Holds, Probe, Property, Raises, Step

from ._compiles import head_name, head_place, related
from ._examples_class_count_mismatch import BAD, GOOD
from ._labels import shown
from ._targets import SPARSE, Target, judge, targets

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.TRAIN,
    (Raises("must have the same shape"), Raises("valid range"), Holds(Property.LOSS_NOT_FINITE)),
)


def _beyond(target: Target) -> str | None:
    """Why a label has no unit, in words."""
    labels, units, one = target.fact.labels, target.units, target.fed
    if target.loss != SPARSE or not isinstance(units, int) or units < 2 or labels is None:
        return None
    if labels.encoding != "integer" or labels.classes is None or not target.fact.tight:
        return None
    last = labels.first + labels.classes - 1
    if last < units:
        return None
    ends = head_name(target.pair.head)
    if labels.first == 1 and last == units:
        return f"{one.y_text} counts its classes from 1 to {last}, {ends} has units 0 to {units - 1}: Keras raises"
    return f"{one.y_text} has {labels.classes} classes, {labels.first} to {last}, but {ends} has {units} units: Keras raises"


def _width(target: Target) -> str | None:
    """Why rows of one do not fit, in words."""
    verdict = judge(target)
    if verdict is None or verdict.kind != "count":
        return None
    shape = target.fact.shape or ()
    return f"{target.fed.y_text} is {shown(shape)}, {shape[-1]} classes, but {head_name(target.pair.head)} has {target.units} units: Keras raises ValueError"


@rule("KER810", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report heads with fewer or other units than classes, once a head."""
    seen: set[object] = set()
    for target in targets(program):
        words = None if target.fed.of_files else _width(target) or _beyond(target)
        place = head_place(target.pair.head) or target.fed.y_place
        if words is not None and place.key not in seen:
            seen.add(place.key)
            yield Hit(place, words, related=related((target.fed.y_place, "the labels")))
