"""One model is fitted fold after fold, so that each fold is tested on what the model has seen before.

`fit` goes on from the weights that the model has. A model that is built before the loop over `KFold.split`
has been trained on every sample after two folds, and its scores rise from fold to fold.

Keras (all versions) is silent: the second `fit` continues the first.

Bad:

```python
import numpy as np
from keras import Input, Sequential, layers
from sklearn.model_selection import KFold

x, y = np.random.rand(100, 4), np.random.rand(100, 1)
model = Sequential([Input((4,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
model.compile("adam", "mse")
for train, test in KFold(5).split(x):
    model.fit(x[train], y[train])  # KER710 warning: `model` goes on from the fold before
    print(model.evaluate(x[test], y[test]))
```

Good:

```python
import numpy as np
from keras import Input, Sequential, layers
from sklearn.model_selection import KFold


def build():
    model = Sequential([Input((4,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
    model.compile("adam", "mse")
    return model


x, y = np.random.rand(100, 4), np.random.rand(100, 1)
for train, test in KFold(5).split(x):
    model = build()
    model.fit(x[train], y[train])
    print(model.evaluate(x[test], y[test]))
```

How to fix: build and compile the model inside the loop, or give it its first weights back with `set_weights`.

See: https://github.com/keras-team/keras/issues/1711
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.facts import Program
from kerlint.model.folds import fold_loop, is_inside
from kerlint.probes import Holds, Probe, Property, Step

from ._examples_model_reused_across_folds import BAD, GOOD

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.TRAIN, (Holds(Property.HANDED_ON),))


@rule("KER710", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report models that are built before the loop over folds that trains them, once per place."""
    seen: set[object] = set()
    for event in program.trainings:
        model = program.model(event.model) if event.kind in ("fit", "train_on_batch") else None
        if model is None or event.place.key in seen:
            continue
        seen.add(event.place.key)
        loop = fold_loop(event.place)
        if loop is None or is_inside(model.place, loop):
            continue
        label = event.model_label or model.label
        yield Hit(
            event.place,
            f"`{label}` goes on from the fold before: it was built outside the loop and has seen these samples",
            related=((model.place, "built here"),),
        )
