"""A classifier is trained on the loss of a regression.

The squared error of a softmax or a sigmoid is nearly flat where the model is wrong and sure of it: the
gradient carries the slope of the activation, which is almost zero there. The model trains slowly or stays where
it began, while the cross-entropy has a strong gradient in the same place.

Keras (all versions) is silent.

Reported for a softmax with more than one unit, and for a sigmoid or tanh output with an accuracy among the
metrics. Not for what has reasons: discriminators (least-squares GANs), models that reconstruct their input,
and outputs without an accuracy.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, activation='relu', input_shape=(784,)))
model.add(Dense(10, activation='softmax'))
model.compile(loss='mean_squared_error', optimizer='sgd', metrics=['accuracy'])  # KER102 warning: softmax
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, activation='relu', input_shape=(784,)))
model.add(Dense(10, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='sgd', metrics=['accuracy'])
```

Good: what cannot be known, as a loss or an activation that comes out of a configuration.

How to fix: `categorical_crossentropy` (`sparse_categorical_crossentropy` for integer labels) with a softmax,
`binary_crossentropy` with a sigmoid.

See: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.compiles import Compiled, Pair
from kerlint.model.facts import Program
from kerlint.model.losses import ACCURACY_NAMES, REGRESSION, Loss
from kerlint.probes import CompiledAs, Probe, Step

from ._compiles import (
    confidence_of,
    head_name,
    head_place,
    is_adversarial,
    is_reconstruction,
    pairs,
    place_of,
    related,
    shown,
)
from ._examples_regression_loss_on_classifier import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

BOUNDED = ("sigmoid", "tanh", "hard_sigmoid")

PROBE = Probe(
    Step.COMPILE,
    (
        CompiledAs(losses=tuple(sorted(REGRESSION)), heads=("softmax",), several=True),
        CompiledAs(losses=tuple(sorted(REGRESSION)), heads=BOUNDED, metrics=ACCURACY_NAMES),
    ),
)

FITTING = {"softmax": "categorical_crossentropy", "sigmoid": "binary_crossentropy"}


def _is_classifier(pair: Pair) -> bool:
    """Whether the output certainly stands for classes."""
    if pair.head.activation == "softmax":
        return pair.head.units != 1
    return pair.head.activation in BOUNDED and any(metric.is_accuracy for metric in pair.metrics)


def _hit(compiled: Compiled, pair: Pair, loss: Loss) -> Hit:
    fitting = FITTING.get(str(pair.head.activation))
    advice = f"; {fitting} fits it" if fitting else ""
    return Hit(
        place_of(compiled, "loss"),
        f"{shown(loss)} on a classifier that ends in {head_name(pair.head)}: gradients vanish{advice}",
        confidence=confidence_of(compiled),
        related=related((head_place(pair.head), f"{pair.head.activation} output")),
    )


def _hits(program: Program) -> Iterator[Hit]:
    for compiled, pair in pairs(program):
        loss = pair.loss
        if loss is None or loss.word not in REGRESSION or not _is_classifier(pair):
            continue
        if not is_adversarial(program, compiled.model) and not is_reconstruction(program, compiled.model):
            yield _hit(compiled, pair, loss)


@rule("KER102", Severity.WARNING, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report squared and absolute errors on outputs that stand for classes."""
    yield from once(_hits(program))
