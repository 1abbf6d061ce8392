"""Seeds of NumPy and TensorFlow do not make the weights of Keras repeatable.

Initializers and dropout layers of Keras 3 (and of tf.keras since TensorFlow 2.10) draw their default seeds from
Python's own `random` module. A script that calls `np.random.seed` and `tf.random.set_seed`, but neither
`random.seed` nor `keras.utils.set_random_seed`, begins with other weights in every run.

Keras is silent: two runs of the "same" experiment differ, and comparisons measure luck (asked of keras 3.15:
two builds under `tf.random.set_seed(1)` and `np.random.seed(1)` differ, under `keras.utils.set_random_seed(1)`
they are equal). Seeds that come after the model was built are too late for its initial weights.

A warning where TensorFlow is seeded or the seed comes too late; an info where only NumPy is, for the data may
be all that was meant.

Bad:

```python
import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(1)
tf.random.set_seed(1)  # KER901 warning: do not reach the initial weights
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
```

Good:

```python
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
```

kerlint is silent where Python's `random` is seeded too, where every layer is given a seed, and in files that
train no model.

How to fix: call `keras.utils.set_random_seed(seed)` before the first layer is made; it seeds all three.

Fix safety: unsafe. The fix replaces `tf.random.set_seed` where it is spelled so; the numbers that are drawn
change.

See: https://keras.io/api/utils/python_utils/#setrandomseed-function
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.facts import Operation, Program, exclude_each_other
from kerlint.model.seeds import Seed
from kerlint.probes import Holds, Probe, Property, Step
from kerlint.python.values import Instance

PROBE = Probe(Step.BUILD, (Holds(Property.DIFFERENT_WEIGHTS),))

SEEDED = re.compile(r"tf\.random\.set_seed\((?P<seed>[^()]*)\)")
REPEATABLE = frozenset({"zeros", "ones", "constant", "identity", None})
"""Initializers that draw nothing."""

BAD = {
    "all but the one that matters": """
import os
import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Dropout

os.environ['PYTHONHASHSEED'] = '0'
np.random.seed(42)
tf.random.set_seed(42)  # KER901 warning: do not reach the initial weights

model = Sequential()
model.add(Dense(16, input_dim=8, activation='relu'))
model.add(Dropout(0.2))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(np.random.rand(10, 8), np.zeros(10), verbose=0)
""",
    "a function that is meant to seed everything": """
import numpy as np
import tensorflow as tf


def reset(seed):
    np.random.seed(seed)
    tf.random.set_seed(seed)  # KER901 warning: do not reach the initial weights


def train():
    reset(7)
    inputs = tf.keras.Input((4,))
    model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(inputs))
    model.compile("adam", "mse")
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)


train()
""",
    "only NumPy": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

np.random.seed(7)  # KER901 info: does not reach the initial weights
model = Sequential()
model.add(Dense(1, input_dim=8, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(np.random.rand(10, 8), np.zeros(10), verbose=0)
""",
    "too late": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
keras.utils.set_random_seed(1)  # KER901 warning: too late
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
""",
}

GOOD = {
    "Python's random too": """
import random
import numpy as np
import tensorflow as tf
from tensorflow import keras

random.seed(1)
np.random.seed(1)
tf.random.set_seed(1)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
""",
    "every layer has a seed": """
import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(1)
start = keras.initializers.GlorotUniform(seed=1)
model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(3, kernel_initializer=start),
    keras.layers.Dropout(0.5, seed=2),
    keras.layers.Dense(1, kernel_initializer="zeros"),
])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
""",
    "no seed, and none meant": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
""",
    "data for a table, and no training": """
import numpy as np
import keras

np.random.seed(3)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
print(model(np.random.rand(2, 4)))
""",
    "a seed for the second of two models": """
import numpy as np
import keras

first = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
keras.utils.set_random_seed(1)
second = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
second.compile("adam", "mse")
second.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
""",
    "models from elsewhere": """
import tensorflow as tf
from project import build, data

tf.random.set_seed(1)
model = build()
model.compile("adam", "mse")
model.fit(*data())
""",
    "seeded again before each run": """
import numpy as np
import keras

keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
keras.utils.set_random_seed(2)
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
""",
}


def _draws(operation: Operation) -> bool:
    """Whether the layer certainly draws numbers of its own seed."""
    if operation.kind != "layer" or operation.site is None or not operation.site.exact:
        return False
    if operation.has("dropout_like", "noise"):
        return operation.value("seed") is None
    if not operation.has("dense", "conv", "recurrent", "embedding"):
        return False
    names = ("kernel_initializer", "embeddings_initializer", "depthwise_initializer")
    given = [operation.site.value(name) for name in names if name in operation.site.arguments]
    return any(isinstance(one, str) and one.lower() not in REPEATABLE for one in given) or any(
        isinstance(one, Instance) and _is_unseeded(one) for one in given
    )


def _is_unseeded(value: Instance) -> bool:
    site = getattr(value.native, "site", None)
    return site is not None and "seed" in site.arguments and site.value("seed") is None


def _trained(program: Program) -> list[Operation]:
    """Layers of models that `fit` trains."""
    fitted = {fit.model for fit in program.fits}
    return [layer for model in program.models if model.identity in fitted for layer in model.layers]


def _incomplete(program: Program) -> Iterator[Hit]:
    kinds = {seed.what for seed in program.seeds}
    if kinds & {"python", "all"} or not any(_draws(layer) for layer in _trained(program)):
        return
    chosen = [seed for seed in program.seeds if seed.what == "tensorflow"]
    if chosen:
        message = "seeds of NumPy and TensorFlow do not reach the initial weights, whose seeds Python's `random` draws"
        yield Hit(chosen[0].place, message, Severity.WARNING, fix=_fix(chosen[0]))
    elif program.seeds:
        message = "np.random.seed does not reach the initial weights, whose seeds Python's `random` draws"
        yield Hit(program.seeds[0].place, message, Severity.INFO)


def _fix(seed: Seed) -> Suggestion | None:
    found = SEEDED.fullmatch(seed.place.text)
    if found is None:
        return None
    edit = seed.place.replacing(f"tf.keras.utils.set_random_seed({found['seed']})")
    return Suggestion("seed Python's `random` too", (edit,), safe=False)


def _late(program: Program) -> Iterator[Hit]:
    """The first complete seed comes after all layers of all models, and a training follows."""
    seeds = [seed for seed in program.seeds if seed.what in ("python", "all")]
    layers = [one for model in program.models for one in model.layers if _draws(one)]
    if not seeds or not layers or seeds[0].what != "all":
        return
    first = min(seeds, key=lambda seed: seed.order)
    follows = any(
        fit.order > first.order and not exclude_each_other(fit.path, first.path) for fit in program.fits
    )
    if follows and all(layer.identity < first.order for layer in layers):
        yield Hit(
            first.place, "the seed comes too late: the models and their initial weights are made already"
        )


@rule("KER901", Severity.WARNING, fixable=True, ordered=True)
def check(program: Program) -> Iterator[Hit]:
    """Report seeds that miss the generator which Keras draws from, and seeds that come too late."""
    yield from _incomplete(program)
    yield from _late(program)
