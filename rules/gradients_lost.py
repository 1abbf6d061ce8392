"""The gradient that is asked for cannot be had: it is None, or asking for it raises.

A `GradientTape` knows what was computed while it recorded. A forward pass before the `with` gives None for
every gradient, and so do the arrays that `predict` gives; a second `gradient` of a tape that is not persistent
raises; `apply_gradients` wants pairs of a gradient and its variable, in this order. A loss loses the gradient where
it takes nothing of the predictions but their `argmax`, their `round` or a comparison, and cannot run where NumPy
takes them. Keras calls it with the targets first.

Keras 3.15: "No gradients provided for any variable" (ValueError) for the first, and for such losses, "A
non-persistent GradientTape can only be used to compute one set of gradients" (RuntimeError) for the second, an
AttributeError or ValueError for pairs in the wrong order, NotImplementedError for NumPy. Parameters in the wrong
order are silent: an info, and a warning where the order surely matters (a logarithm, a cross-entropy).

Bad:

```python
import keras
import tensorflow as tf
from keras import layers

model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
optimizer = keras.optimizers.Adam()


def step(x, y):
    predictions = model(x, training=True)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((predictions - y) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)  # KER708 error: before the tape
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
```

Good:

```python
import keras
import tensorflow as tf
from keras import layers

model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
optimizer = keras.optimizers.Adam()


def step(x, y):
    with tf.GradientTape() as tape:
        predictions = model(x, training=True)
        loss = tf.reduce_mean((predictions - y) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
```

How to fix: call the model inside the `with`; make the tape with `persistent=True` for several gradients; write
`zip(gradients, variables)`; compute losses of probabilities, not of decisions.

See: https://keras.io/guides/writing_a_custom_training_loop_in_tensorflow/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.acts import Act, Deed
from kerlint.model.facts import Program
from kerlint.model.guards import is_guarded
from kerlint.probes import Holds, Probe, Property, Raises, Step

from ._examples_gradients_lost import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.TRAIN,
    (
        Raises("No gradients provided", anywhere=True),
        Raises("non-persistent"),
        Raises("attribute"),
        Raises("to a numpy array"),
        Holds(Property.LOSS_WITHOUT_GRADIENT),
    ),
)

MESSAGES = {
    "outside": "the model was called before the tape recorded, so that every gradient here is None",
    "again": "a second gradient of a tape that is not persistent: TensorFlow raises RuntimeError",
}


def _message(act: Act) -> str | None:
    if act.kind is Deed.SWAP:
        return f"`{act.what}` gets (variable, gradient) pairs; it takes (gradient, variable)"
    return MESSAGES.get(act.what) if act.kind is Deed.GRADIENT else None


def _predictions(program: Program) -> Iterator[Hit]:
    """Models whose loss is made from what `predict` gives, and which the tape never sees called."""
    for act in program.acts:
        if act.kind is not Deed.PREDICT or act.operation is None:
            continue
        model = program.model(act.operation.identity)
        layers = {node.operation.identity for node in model.flat.nodes} if model is not None else set()
        around = [one for one in program.acts if one.function == act.function]
        trained = any(
            one.kind is Deed.GRADIENT and one.variables and layers & one.variables for one in around
        )
        called = any(one.kind is Deed.CALL and one.operation is act.operation for one in around)
        if trained and not called:
            name = act.operation.variable or act.operation.cls
            yield Hit(
                act.place,
                f"`{name}.{act.what}` gives arrays, which the tape cannot see: every gradient is None",
            )


def _losses(program: Program) -> Iterator[Hit]:
    """Loss functions without a gradient, or with their parameters in the wrong order."""
    from kerlint.model.loss_code import loss_flaws

    for flaw in loss_flaws(program):
        if flaw.kind == "swapped":
            severity = Severity.WARNING if flaw.asymmetric else Severity.INFO
            message = (
                f"`{flaw.name}` takes {flaw.word}: Keras gives the targets first, the predictions second"
            )
        elif flaw.kind == "array":
            severity = Severity.ERROR
            message = f"`{flaw.name}` gives the predictions to {flaw.word}, which takes no tensor: fit raises"
        else:
            severity = Severity.ERROR
            message = (
                f"`{flaw.name}` takes only {flaw.word} of the predictions, which has no gradient: fit raises"
            )
        if not is_guarded(flaw.place):
            yield Hit(flaw.place, message[:160], severity)


def _acts(program: Program) -> Iterator[Hit]:
    for act in program.acts:
        message = _message(act)
        if message is not None and not is_guarded(act.place):
            yield Hit(act.place, message)


@rule("KER708", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report gradients that cannot be had, once per place."""
    yield from once((*_predictions(program), *_losses(program), *_acts(program)))
