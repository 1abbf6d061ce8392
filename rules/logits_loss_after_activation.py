"""A loss with `from_logits=True` is applied to what went through a softmax or sigmoid already.

The loss applies the activation once more. Probabilities lie between 0 and 1, so that a second softmax makes them
nearly equal: the loss cannot come near zero and the gradients are small.

With the TensorFlow backend, Keras finds the scores again and warns where the activation is the very last
operation; any layer behind it (Reshape, Flatten, a Lambda) hides it, and then all is silent. Other backends
never find them.

Bad:

```python
import tensorflow as tf

model = tf.keras.Sequential([
    tf.keras.layers.Dense(64, activation='relu'),
    tf.keras.layers.Dense(10, activation='softmax')
])
model.compile(
    optimizer='adam',
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),  # KER105 warning: softmax already
)
```

Good:

```python
import tensorflow as tf

model = tf.keras.Sequential([
    tf.keras.layers.Dense(64, activation='relu'),
    tf.keras.layers.Dense(10)
])
model.compile(optimizer='adam', loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
```

Good: what cannot be known, as an activation that comes out of a configuration.

How to fix: take the activation or the `from_logits=True` away.

Fix safety: unsafe, for the model trains differently afterwards (it is its purpose). The fix writes
`from_logits=False`.

See: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.call_sites import Origin
from kerlint.model.compiles import Compiled, Pair
from kerlint.model.facts import Program
from kerlint.model.losses import PROBABILISTIC, Loss
from kerlint.probes import CompiledAs, Probe, Step

from ._compiles import activation_place, confidence_of, pairs, place_of, related, shown
from ._examples_logits_loss_after_activation import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBABLE = ("softmax", "sigmoid", "log_softmax")

PROBE = Probe(
    Step.COMPILE, (CompiledAs(losses=tuple(sorted(PROBABILISTIC)), heads=PROBABLE, from_logits=True),)
)


def _fix(loss: Loss) -> Suggestion | None:
    argument = loss.site.argument("from_logits") if loss.site is not None else None
    if argument is None or argument.origin is not Origin.WRITTEN or argument.text != "True":
        return None
    assert argument.place is not None
    return Suggestion("write from_logits=False", (argument.place.replacing("False"),), safe=False)


def _hit(compiled: Compiled, pair: Pair, loss: Loss) -> Hit:
    applied = (pair.head.applied or ())[0]
    is_last = applied.node is pair.head.last
    consequence = "Keras has to undo it" if is_last else "it is applied twice"
    argument = loss.site.argument("from_logits") if loss.site is not None else None
    written = argument.place if argument is not None else None
    return Hit(
        written or place_of(compiled, "loss"),
        f"{shown(loss)}(from_logits=True), but the output of `{compiled.model.label}` went through "
        f"{applied.name} already: {consequence}",
        Severity.WARNING if is_last else Severity.ERROR,
        confidence_of(compiled),
        related=related((activation_place(applied), applied.name), (compiled.site.place, "compiled here")),
        fix=_fix(loss),
    )


def _hits(program: Program) -> Iterator[Hit]:
    for compiled, pair in pairs(program):
        loss = pair.loss
        if loss is None or loss.from_logits is not True or loss.word not in PROBABILISTIC:
            continue
        if pair.head.activation in PROBABLE:
            yield _hit(compiled, pair, loss)


@rule("KER105", Severity.ERROR, fixable=True, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report losses over scores behind a softmax or sigmoid."""
    yield from once(_hits(program))
