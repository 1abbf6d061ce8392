"""A function of TensorFlow or NumPy is called on the output of `keras.Input`, which has no values yet.

While a functional model is put together its tensors are placeholders of Keras's own. Keras 2 wrapped
functions of TensorFlow into layers; Keras 3 does not: `keras.ops` has what works on them, and inside the
`call` of a layer (or a `Lambda`) TensorFlow's functions may be used.

Keras 3.15 raises `ValueError`: "A KerasTensor cannot be used as input to a TensorFlow function", the like for
NumPy, `TypeError` for `if`, `len` and `int`, `AttributeError` for `.numpy()` and `.get_shape()`.

Bad:

```python
import keras
import tensorflow as tf
from keras import layers

inputs = keras.Input((28, 28, 3))
x = layers.Conv2D(8, 3, activation="relu")(inputs)
x = tf.reduce_mean(x, axis=[1, 2])  # KER406 error: `tf.reduce_mean` gets a Keras tensor
model = keras.Model(inputs, layers.Dense(10)(x))
```

Good:

```python
import keras
from keras import layers, ops

inputs = keras.Input((28, 28, 3))
x = layers.Conv2D(8, 3, activation="relu")(inputs)
x = ops.mean(x, axis=[1, 2])
model = keras.Model(inputs, layers.Dense(10)(x))
```

How to fix: use the function of `keras.ops`, a layer, or wrap the call in a `Lambda` or a layer of your own.

See: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.keras_api import names
from kerlint.model.acts import Act, Deed
from kerlint.model.facts import Program
from kerlint.model.guards import is_guarded
from kerlint.probes import Probe, Raises, Step

from ._examples_tf_op_on_keras_tensor import BAD, GOOD

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.BUILD, (Raises("KerasTensor"),))

HARMLESS = frozenset(
    {
        *("tensorflow.is_tensor", "tensorflow.print", "tensorflow.TensorShape", "tensorflow.constant"),
        *("tensorflow.function", "tensorflow.no_op", "tensorflow.executing_eagerly", "numpy.shape"),
        *("numpy.ndim", "numpy.isscalar", "numpy.iterable", "numpy.size", "tensorflow.keras"),
    }
)
HOMES = ("tensorflow.nest.", "tensorflow.compat.", "tensorflow.keras.", "tensorflow.python.")
"""Modules with functions that only look at structures, or that are another's matter."""
METHODS = frozenset({"numpy", "get_shape", "set_shape", "eval", "assign"})
RENAMED = {
    "concat": "concatenate",
    "reduce_mean": "mean",
    "reduce_sum": "sum",
    "reduce_max": "max",
    "reduce_min": "min",
    "reduce_prod": "prod",
    "reduce_any": "any",
    "reduce_all": "all",
    "reduce_std": "std",
    "l2_normalize": "normalize",
    "clip_by_value": "clip",
    "gather": "take",
}
"""Functions of TensorFlow that have another name in `keras.ops`."""


def _instead(symbol: str) -> str:
    """What to use instead, in words."""
    name = symbol.rpartition(".")[2]
    own = f"keras.ops.{RENAMED.get(name, name)}"
    if names.kind(own, "keras3") is not None:
        return f"use {own}"
    return "use keras.ops or a Lambda layer"


def _complaint(act: Act) -> str | None:
    """What is done to the tensor that it cannot do, in words."""
    if act.kind is Deed.ASK:
        return f"`{act.what}` gets a Keras tensor, which has no value yet: Keras 3 raises"
    if act.kind is not Deed.FUNCTION or act.what in HARMLESS or act.what.startswith(HOMES):
        return None
    if act.what.startswith("keras.Tensor."):
        name = act.what.rpartition(".")[2]
        return f"Keras tensors have no `{name}`: AttributeError" if name in METHODS else None
    if not act.what.startswith(("tensorflow.", "numpy.")):
        return None
    shown = act.what.replace("tensorflow", "tf", 1).replace("numpy", "np", 1)
    return f"`{shown}` gets a Keras tensor: Keras 3 raises ValueError; {_instead(act.what)}"


@rule("KER406", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report functions that cannot take the placeholders of a functional model, once per place."""
    seen: set[object] = set()
    for act in program.acts if program.target == "keras3" else ():
        if (
            not (act.symbolic and act.certain)
            or act.inside
            or act.caller is not None
            or act.place.key in seen
        ):
            continue
        complaint = _complaint(act)
        if complaint is not None and not is_guarded(act.place):
            seen.add(act.place.key)
            yield Hit(act.place, complaint)
