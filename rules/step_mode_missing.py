"""A training step of one's own calls the model without `training=True`, so that it trains in inference mode.

In a custom loop or `train_step` nobody says for you that this is training. Without the argument dropout drops
nothing and batch normalisation uses its moving statistics and never updates them.

Keras 3.15 is silent: after a step with `model(x)` the moving mean is still 0.0, with
`model(x, training=True)` it has moved. (`fit` says it for the default `train_step`.)

Bad:

```python
import keras
import tensorflow as tf
from keras import layers

model = keras.Sequential([keras.Input((4,)), layers.Dense(8), layers.Dropout(0.5), layers.Dense(1)])
optimizer = keras.optimizers.Adam()


def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)  # KER709 warning: without training=True
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
```

Good:

```python
import keras
import tensorflow as tf
from keras import layers

model = keras.Sequential([keras.Input((4,)), layers.Dense(8), layers.Dropout(0.5), layers.Dense(1)])
optimizer = keras.optimizers.Adam()


def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x, training=True) - y) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
```

How to fix: write `training=True` in the call under the tape (and `training=False` where the model is evaluated).

See: https://keras.io/guides/writing_a_custom_training_loop_in_tensorflow/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.acts import Act, Deed
from kerlint.model.facts import Node, Program
from kerlint.probes import Holds, Probe, Property, Step

from ._examples_step_mode_missing import BAD, GOOD
from ._modes import idle

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.TRAIN, (Holds(Property.UNCHANGED_STATISTICS),))


def _is_trained(program: Program, act: Act, identity: int) -> bool:
    """Whether the same function asks for gradients for the variables of the model."""
    model = program.model(identity)
    layers = {node.operation.identity for node in model.flat.nodes} if model is not None else set()
    gradients = (one for one in program.acts if one.kind is Deed.GRADIENT and one.function == act.function)
    return any(one.variables is not None and layers & one.variables for one in gradients)


def _idler(program: Program, identity: int) -> Node | None:
    """A layer of the model that surely does something else in training."""
    model = program.model(identity)
    certain = (node for node, known in idle(model.flat) if known) if model is not None else iter(())
    return next(certain, None)


@rule("KER709", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report calls of models with modes in training steps that do not say so, once per place."""
    seen: set[object] = set()
    for act in program.acts:
        if act.kind is not Deed.CALL or not act.taped or act.what or act.symbolic or act.operation is None:
            continue
        identity = act.operation.identity
        idler = _idler(program, identity) if act.place.key not in seen else None
        if idler is None or not _is_trained(program, act, identity):
            continue
        seen.add(act.place.key)
        label = act.operation.variable or act.operation.cls
        yield Hit(
            act.place,
            f"`{label}` is trained here without training=True: {idler.operation.cls} stays in inference mode",
            confidence=Confidence.CERTAIN,
            related=() if idler.place is None else ((idler.place, "does nothing in training"),),
        )
