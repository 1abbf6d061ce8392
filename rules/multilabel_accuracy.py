"""`accuracy` of several sigmoid units compares the largest outputs only.

`compile` resolves the word `accuracy` by the shape of the output: for more than one unit it becomes
`CategoricalAccuracy`, which asks whether the largest output is where the largest target is. For samples with
several labels that is neither the share of right labels nor that of right samples.

Keras (2 and 3) is silent.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=100, activation='relu'))
model.add(Dense(20, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])  # KER108 warning: largest
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=100, activation='relu'))
model.add(Dense(20, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['binary_accuracy'])
```

Good: what cannot be known, as a number of units that may be one.

How to fix: `binary_accuracy` for the share of right labels, `keras.metrics.AUC(multi_label=True)` or
`F1Score` where labels are rare.

Fix safety: unsafe, for the logs have another key afterwards. The fix writes `binary_accuracy` where the
accuracy is the only metric.

See: https://keras.io/api/metrics/accuracy_metrics/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.compiles import Compiled, Pair
from kerlint.model.facts import Program
from kerlint.model.heads import core
from kerlint.model.losses import BINARY
from kerlint.probes import CompiledAs, Probe, Step

from ._compiles import (
    confidence_of,
    head_name,
    head_place,
    is_adversarial,
    is_one_hot,
    is_reconstruction,
    pairs,
    place_of,
    related,
    replacing_only_metric,
    shown,
)
from ._examples_multilabel_accuracy import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.COMPILE,
    (
        CompiledAs(
            losses=tuple(sorted(BINARY)),
            heads=("sigmoid",),
            metrics=("accuracy", "acc"),
            several=True,
            one_hot=False,
        ),
    ),
)


def _is_multilabel(program: Program, compiled: Compiled, pair: Pair) -> bool:
    """Whether an output is certainly one of several labels a sample."""
    head = pair.head
    several = isinstance(head.units, int) and head.units > 1
    if pair.loss is None or pair.loss.word not in BINARY or head.activation != "sigmoid" or not several:
        return False
    if head.weights is None or not core(head.weights.operation).has("dense") or is_one_hot(program):
        return False
    return not is_adversarial(program, compiled.model) and not is_reconstruction(program, compiled.model)


def _hits(program: Program) -> Iterator[Hit]:
    for compiled, pair in pairs(program):
        found = next((metric for metric in pair.metrics if metric.is_resolved_by_shape), None)
        if found is None or not _is_multilabel(program, compiled, pair):
            continue
        yield Hit(
            place_of(compiled, "metrics"),
            f"{shown(found)} of {head_name(pair.head)} is CategoricalAccuracy: it compares the largest outputs only",
            confidence=confidence_of(compiled),
            related=related((head_place(pair.head), "several labels a sample")),
            fix=replacing_only_metric(compiled, "binary_accuracy"),
        )


@rule("KER108", Severity.WARNING, fixable=True, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report the word `accuracy` for several sigmoid units."""
    yield from once(_hits(program))
