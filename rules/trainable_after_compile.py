"""A `trainable` that is set after `compile` comes too late, or takes effect where it was not meant to.

Keras 3 settles what a model trains when it is trained for the first time after `compile`. What is set between
`compile` and that moment counts, unlike in Keras 2, which went by the moment of `compile`: the classic GAN
compiles its discriminator, freezes it for the combined model, and in Keras 3 never trains it. What is set
after the first training is ignored until the model is compiled again.

Keras 3.15: the frozen discriminator keeps its weights for ever (UserWarning "The model does not have any
trainable weights"); (un)freezing between two calls of `fit` does nothing, silently. Thawing the discriminator
before every batch and freezing it for the combined model works, if it is frozen when the combined model
trains first; else that trains it as well.

Bad:

```python
import numpy as np
from keras import Sequential, layers

discriminator = Sequential([layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
discriminator.compile(optimizer="adam", loss="binary_crossentropy")
generator = Sequential([layers.Dense(16, activation="relu"), layers.Dense(8)])
discriminator.trainable = False  # KER701 error: `discriminator` is frozen after its compile
gan = Sequential([generator, discriminator])
gan.compile(optimizer="adam", loss="binary_crossentropy")

for step in range(100):
    discriminator.train_on_batch(np.random.rand(32, 8), np.ones((32, 1)))
    gan.train_on_batch(np.random.rand(32, 4), np.ones((32, 1)))
```

Good:

```python
import numpy as np
from keras import Sequential, layers

discriminator = Sequential([layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
discriminator.compile(optimizer="adam", loss="binary_crossentropy")
generator = Sequential([layers.Dense(16, activation="relu"), layers.Dense(8)])
gan = Sequential([generator, discriminator])
gan.compile(optimizer="adam", loss="binary_crossentropy")

for step in range(100):
    discriminator.trainable = True
    discriminator.train_on_batch(np.random.rand(32, 8), np.ones((32, 1)))
    discriminator.trainable = False
    gan.train_on_batch(np.random.rand(32, 4), np.ones((32, 1)))
```

How to fix: compile again after every change of `trainable`; in a GAN write a `train_step`, or set `trainable`
before each `train_on_batch`.

See: https://keras.io/guides/transfer_learning/
https://github.com/keras-team/keras/issues/8585
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.acts import Act, Deed
from kerlint.model.facts import Program, Training, exclude_each_other
from kerlint.probes import Holds, Probe, Property, Step

from ._examples_trainable_after_compile import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.TRAIN, (Holds(Property.TRAINABLE_IGNORED),))

LOWER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.INFO}
"""Cells of a notebook may have run in another order."""


def _change(program: Program, after: Training, before: Training) -> Act | None:
    """The last `trainable` that was set between two events."""
    changes = [
        act
        for act in program.acts
        if act.kind is Deed.FREEZE
        and after.order < act.order < before.order
        and not exclude_each_other(act.path, before.path)
    ]
    return changes[-1] if changes else None


def _is_shared(program: Program, model: int, after: Training, before: Training) -> bool:
    """Whether another model was compiled in between: `trainable` may have been set for its sake."""
    return any(
        event.kind == "compile" and event.model != model and after.order < event.order < before.order
        for event in program.trainings
    )


def _hit(program: Program, change: Act, message: str, severity: Severity, *events: Training) -> Hit:
    words = {"compile": "compiled here", "fit": "trained here", "train_on_batch": "trained here"}
    return Hit(
        change.place,
        message,
        LOWER[severity] if program.is_notebook else severity,
        Confidence.CERTAIN,
        related=tuple((event.place, words.get(event.kind, "used here")) for event in events),
    )


def _first(program: Program, compiled: Training, event: Training) -> Hit | None:
    """The first training after a compile, which settles what is trained."""
    change = _change(program, compiled, event)
    if change is None or not compiled.variables or event.variables is None:
        return None
    label = event.model_label or "the model"
    if not event.variables:
        message = (
            f"`{label}` is frozen after its compile: Keras 3 looks when it first trains, and never trains it"
        )
        return _hit(program, change, message, Severity.ERROR, compiled, event)
    more = event.variables - compiled.variables
    others = [one for one in program.trainings if one.trains and one.model != event.model and one.variables]
    if compiled.variables < event.variables and any(one.variables == more for one in others):
        message = (
            f"`{label}` was compiled with a part frozen, which is thawed when it first trains: it trains all"
        )
        return _hit(program, change, message, Severity.WARNING, compiled, event)
    return None


def _later(program: Program, settled: Training, event: Training) -> Hit | None:
    """A later training, which goes by what was settled before."""
    change = _change(program, settled, event)
    if change is None or event.model is None or event.variables == settled.variables:
        return None
    if _is_shared(program, event.model, settled, event):
        return None
    label = event.model_label or "the model"
    message = (
        f"trainable is set after `{label}` was trained: Keras 3 ignores it until the model is compiled again"
    )
    return _hit(program, change, message, Severity.WARNING, settled, event)


def _hits(program: Program, identity: int) -> Iterator[Hit]:
    """Walk through the events of one model."""
    compiled: Training | None = None
    settled: Training | None = None
    for event in program.trainings_of(identity):
        if event.kind == "compile":
            compiled, settled = event, None
        elif event.kind in ("fit", "train_on_batch") and compiled is not None:
            if event.variables is None or exclude_each_other(event.path, compiled.path):
                return
            hit = _first(program, compiled, event) if settled is None else _later(program, settled, event)
            settled = settled or event
            if hit is not None:
                yield hit


@rule("KER701", Severity.ERROR, ordered=True)
def check(program: Program) -> Iterator[Hit]:
    """Report changes of `trainable` that Keras 3 ignores or takes too seriously, once per place."""
    if program.target != "keras3":
        return
    trained = dict.fromkeys(event.model for event in program.trainings if event.model is not None)
    yield from once(hit for identity in trained for hit in _hits(program, identity))
