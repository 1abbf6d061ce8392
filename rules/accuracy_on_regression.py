"""An accuracy counts outputs that equal their targets, which numbers hardly ever do.

For a regression `accuracy` is 0.0, or the share of targets that happen to be hit exactly; it says nothing about
how near the others come. People read it as a model that does not learn.

`keras.metrics.Accuracy()` compares exactly whatever it is given; behind a softmax or sigmoid it compares
probabilities with labels. The word `"accuracy"` in `compile` is resolved to a metric that fits the output instead.

Keras (all versions) is silent.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=13, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam', metrics=['accuracy'])  # KER106 warning: equal their targets
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=13, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam', metrics=['mae'])
```

Good: what cannot be known, and classifiers that are trained on a squared error, as least-squares GANs.

How to fix: `mae` or `RootMeanSquaredError` for numbers.

Fix safety: unsafe, for the logs have another key afterwards. The fix writes `mae` where the accuracy is the only
metric.

See: https://keras.io/api/metrics/regression_metrics/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.compiles import Compiled, Pair
from kerlint.model.facts import Program
from kerlint.model.losses import ACCURACY_NAMES, REGRESSION, Metric
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
from ._examples_accuracy_on_regression import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

UNBOUNDED = ("linear", "relu", "leaky_relu", "elu", "softplus", "exponential")
PROBABLE = ("softmax", "sigmoid")

PROBE = Probe(
    Step.COMPILE,
    (
        CompiledAs(losses=tuple(sorted(REGRESSION)), heads=UNBOUNDED, metrics=ACCURACY_NAMES, one_hot=False),
        CompiledAs(heads=PROBABLE, metrics=("Accuracy",)),
    ),
)


def _regression(program: Program, compiled: Compiled, pair: Pair) -> Hit | None:
    """An accuracy of numbers."""
    found = next((metric for metric in pair.metrics if metric.is_accuracy), None)
    if found is None or pair.loss is None or pair.loss.word not in REGRESSION:
        return None
    if pair.head.activation not in UNBOUNDED or is_one_hot(program):
        return None
    if is_adversarial(program, compiled.model) or is_reconstruction(program, compiled.model):
        return None
    what = f"{shown(found)} with {shown(pair.loss)}"
    message = f"{what} counts outputs of {head_name(pair.head)} that equal their targets: about none"
    return _hit(compiled, pair, message, replacing_only_metric(compiled, "mae"))


def _exact(compiled: Compiled, pair: Pair) -> Hit | None:
    """`Accuracy()` of probabilities."""
    if pair.head.activation not in PROBABLE or not any(_is_exact(metric) for metric in pair.metrics):
        return None
    message = f"Accuracy compares exactly: outputs of {head_name(pair.head)} hardly ever equal a label"
    return _hit(compiled, pair, message, None)


def _is_exact(metric: Metric) -> bool:
    return metric.word == "accuracy" and metric.site is not None


def _hit(compiled: Compiled, pair: Pair, message: str, fix: Suggestion | None) -> Hit:
    return Hit(
        place_of(compiled, "metrics"),
        message,
        confidence=confidence_of(compiled),
        related=related((head_place(pair.head), f"{pair.head.activation} output")),
        fix=fix,
    )


@rule("KER106", Severity.WARNING, fixable=True, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report accuracies of numbers, and exact comparisons of probabilities."""
    hits = (
        _regression(program, compiled, pair) or _exact(compiled, pair) for compiled, pair in pairs(program)
    )
    yield from once(hit for hit in hits if hit is not None)
