"""A cross-entropy over probabilities is applied to an output that is none.

`loss="binary_crossentropy"` and its kin expect what a sigmoid or softmax gives. A last layer without an
activation gives any number; Keras clips it to the range from 0 to 1 and takes the logarithm of the border. The
loss starts high, the gradient of all that was clipped is zero, and the model learns little or nothing.

Keras (all versions) is silent; the loss begins at 5 to 10 instead of at the logarithm of the number of classes.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dense(1))  # KER104 error: "binary_crossentropy" expects probabilities
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
```

Good:

```python
import keras
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dense(1))
loss = keras.losses.BinaryCrossentropy(from_logits=True)
model.compile(loss=loss, optimizer='adam')
```

Good: what cannot be known: an activation from elsewhere, a `from_logits` from elsewhere, code of one's own
behind the last layer.

How to fix: give the last layer a `sigmoid` (binary) or `softmax` (categorical), or the loss
`from_logits=True`. The first keeps `predict` giving probabilities.

Fix safety: unsafe, for the model computes something else afterwards (it is its purpose). The fix adds the
activation to the last layer.

See: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.compiles import Compiled, Pair
from kerlint.model.facts import Program
from kerlint.model.heads import Head
from kerlint.model.losses import CATEGORICAL, PROBABILISTIC, Loss
from kerlint.probes import CompiledAs, Probe, Step

from ._compiles import confidence_of, head_name, head_place, pairs, place_of, related, shown
from ._examples_probability_loss_without_activation import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

NOT_PROBABLE = ("tanh", "softsign", "hard_tanh")
"""Bounded activations whose outputs are negative half of the time."""

PROBE = Probe(
    Step.COMPILE,
    (
        CompiledAs(losses=tuple(sorted(PROBABILISTIC)), heads=("linear",), from_logits=False),
        CompiledAs(losses=tuple(sorted(PROBABILISTIC - CATEGORICAL)), heads=NOT_PROBABLE, from_logits=False),
    ),
)


def _is_no_probability(head: Head, loss: Loss) -> bool:
    """Whether the output certainly leaves the range from 0 to 1."""
    if loss.word in CATEGORICAL and head.units == 1:
        return False
    return head.linear_node is not None or (
        head.activation in NOT_PROBABLE and loss.word not in CATEGORICAL and head.weights is not None
    )


def _fix(head: Head, loss: Loss) -> Suggestion | None:
    node = head.linear_node
    site = node.operation.site if node is not None else None
    if site is None or not site.is_omitted("activation") or node is not head.last:
        return None
    name = "softmax" if loss.word in CATEGORICAL else "sigmoid"
    edit = site.adding("activation", f'"{name}"')
    return None if edit is None else Suggestion(f'add activation="{name}"', (edit,), safe=False)


def _hit(compiled: Compiled, pair: Pair, loss: Loss) -> Hit:
    seen = "has no activation" if pair.head.activation == "linear" else f"ends in {pair.head.activation}"
    return Hit(
        head_place(pair.head) or compiled.site.place,
        f"{shown(loss)} expects probabilities, but {head_name(pair.head)} {seen}: values are clipped",
        confidence=confidence_of(compiled),
        related=related((place_of(compiled, "loss"), "the loss, without from_logits")),
        fix=_fix(pair.head, loss),
    )


def _hits(program: Program) -> Iterator[Hit]:
    for compiled, pair in pairs(program):
        loss = pair.loss
        if loss is not None and loss.wants_probabilities and _is_no_probability(pair.head, loss):
            yield _hit(compiled, pair, loss)


@rule("KER104", Severity.ERROR, fixable=True, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report losses over probabilities behind a layer that gives none."""
    yield from once(_hits(program))
