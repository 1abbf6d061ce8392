"""A setting that comes too late, or where nobody reads it, changes nothing.

Keras reads `KERAS_BACKEND`, and TensorFlow `TF_CPP_MIN_LOG_LEVEL`, `CUDA_VISIBLE_DEVICES` and its other variables,
when they are imported (the devices when they are first used); set behind the import they do nothing. Other
settings without an effect: `input_shape` of a layer that is not the first of a Sequential (ignored, even where
it contradicts what comes in), `print(model.summary())` (prints `None` below the table), the same `compile`
twice, a pooling window of 1 with steps of 1, `run_eagerly=True` left in (it slows every step).

Keras is silent about all of these. An info, but a warning for `KERAS_BACKEND`: the program then runs on another
backend than its author thinks (asked of keras 3.15).

Bad:

```python
import os
import keras

os.environ["KERAS_BACKEND"] = "jax"  # KER004 warning: behind the import of keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
print(model.summary())  # KER004 info: prints None
```

Good:

```python
import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.summary()
```

kerlint is silent about variables that it does not know, about settings inside functions, and where the import
before is not at the top level of the file.

How to fix: set variables above the first import; take out what has no effect.

Fix safety: safe. The `print(...)` around `model.summary()` goes, and with it the line that says `None`.

See: https://keras.io/getting_started/#configuring-your-backend
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.call_sites import Argument, CallSite
from kerlint.model.facts import Model, Program, Training, exclude_each_other
from kerlint.model.guards import around
from kerlint.places import Place
from kerlint.probes import Holds, Probe, Property, Step
from kerlint.python.values import Unknown

PROBE = Probe(Step.BUILD, (Holds(Property.UNUSED),))

READERS = {
    "KERAS_BACKEND": ("keras", "tensorflow.keras"),
    "TF_CPP_MIN_LOG_LEVEL": ("tensorflow", "keras", "tf_keras"),
    "TF_USE_LEGACY_KERAS": ("tensorflow",),
    "TF_ENABLE_ONEDNN_OPTS": ("tensorflow", "keras", "tf_keras"),
}
"""Variables of the environment, and the modules that read them when they are imported."""
INPUT_ARGUMENTS = ("input_shape", "input_dim", "batch_input_shape")
PRINTED = re.compile(r"print\s*\(\s*[\w.\[\]]+\.summary\s*\([^()]*\)\s*\)")

BAD = {
    "the log level behind the import": """
import tensorflow as tf
import os
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '2'  # KER004 info: behind the import of tensorflow

model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
""",
    "an input shape in the middle": """
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten

model = Sequential()
model.add(Conv2D(8, (3, 3), activation='relu', input_shape=(28, 28, 1)))
model.add(Conv2D(8, (3, 3), activation='relu', input_shape=(14, 14, 3)))  # KER004 info: input_shape
model.add(Flatten())
model.add(Dense(10, activation='softmax', input_dim=128))  # KER004 info: input_dim
print(model.summary())  # KER004 info: prints None
""",
    "compiled twice the same, and a pool that is none": """
from keras import Sequential, layers

model = Sequential([
    layers.Input((8, 8, 3)),
    layers.Conv2D(4, 3, activation="relu"),
    layers.MaxPooling2D(pool_size=(1, 1), strides=(1, 1)),  # KER004 info: leaves everything as it is
    layers.Flatten(),
    layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse")
model.compile(optimizer="adam", loss="mse")  # KER004 info: the same again
""",
    "eager for good": """
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", run_eagerly=True)  # KER004 info: run_eagerly
""",
}

GOOD = {
    "set above the import": """
import os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.summary()
""",
    "the first layer's own shape": """
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(4, input_dim=8))
model.add(Dense(1))
""",
    "compiled again to train on": """
import numpy as np
from keras import Sequential, layers

x, y = np.zeros((8, 4)), np.zeros((8, 1))
model = Sequential([layers.Input((4,)), layers.Dense(2), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, verbose=0)
model.layers[0].trainable = False
model.compile("adam", "mse")
model.fit(x, y, verbose=0)
""",
    "frozen in between": """
from keras import Sequential, layers

model = Sequential([layers.Input((4,)), layers.Dense(2), layers.Dense(1)])
model.compile("adam", "mse")
model.layers[0].trainable = False
model.compile("adam", "mse")
""",
    "frozen in between, with layers that are not seen": """
import keras


class Net(keras.Model):
    def __init__(self, *parts, names, **options):
        super().__init__(*parts, **options)
        self.names = names

    def save(self, *args, inference, **options):
        if inference:
            self.trainable = False
            self.compile()
        super().save(*args, **options)
        if inference:
            self.trainable = True
            self.compile()
""",
    "variables of others, and an import in a function": """
import os
import keras

os.environ["WANDB_MODE"] = "offline"
os.environ["CUDA_VISIBLE_DEVICES"] = "0"


def later():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
    import tensorflow
    return tensorflow


model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
""",
    "a window of one that takes steps": """
from keras import Sequential, layers

model = Sequential([layers.Input((8, 8, 3)), layers.MaxPooling2D(1, strides=2), layers.Flatten()])
""",
    "a window that is one for some callers": """
from keras import Input, Model, layers


def shrink(x, size):
    return layers.MaxPooling2D(pool_size=(size, size))(x)


inputs = Input((8, 8, 3))
outputs = layers.Concatenate()([shrink(inputs, 2**0), inputs])
model = Model(inputs, outputs)
""",
    "eager where it is asked for": """
import sys
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", run_eagerly="--debug" in sys.argv)
""",
    "a layer of an unknown list": """
from keras import Sequential, layers
from parts import stem

model = Sequential(stem())
model.add(layers.Dense(3, input_shape=(4,)))
""",
}


def _late_settings(program: Program) -> Iterator[Hit]:
    """Variables of the environment that are set behind the import that reads them."""
    for setting in program.script.settings:
        for read in program.script.imports:
            roots = READERS.get(setting.name, ())
            is_reader = any(read.module == root or read.module.startswith(f"{root}.") for root in roots)
            if is_reader and read.index < setting.index:
                root = read.module.partition(".")[0]
                message = f"{setting.name} is set behind the import of {root}, which has read it already"
                severity = Severity.WARNING if setting.name == "KERAS_BACKEND" else Severity.INFO
                yield Hit(setting.place, message, severity, related=((read.place, "imported here"),))
                break


def _printed(program: Program) -> Iterator[Hit]:
    """`print(model.summary())`."""
    for site in program.calls:
        node = site.place.node
        if not site.symbol.endswith(".summary") or node is None:
            continue
        for outer in around(site.place.statement, node)[:2]:
            place = Place(site.place.statement, outer, None, site.place.chain)
            if PRINTED.fullmatch(place.text):
                fix = Suggestion("call summary() alone", (place.replacing(site.place.text),), safe=True)
                yield Hit(
                    place, "summary() prints the table itself: print(...) around it prints None", fix=fix
                )


def _ignored_shapes(model: Model) -> Iterator[Hit]:
    """Input shapes of layers behind the first one of a Sequential."""
    if model.kind != "sequential" or not model.complete:
        return
    for layer in model.layers[1:]:
        argument = _input_argument(layer.site) if layer.kind == "layer" and layer.site is not None else None
        if argument is not None and argument.place is not None and layer.place is not None:
            message = (
                f"{argument.name} of {layer.cls} is ignored: it is not the first layer of `{model.label}`"
            )
            yield Hit(argument.place, message)


def _input_argument(site: CallSite) -> Argument | None:
    given = [site.argument(name) for name in INPUT_ARGUMENTS]
    return next((one for one in given if one is not None and one.is_given and one.value is not None), None)


def _same_compiles(program: Program) -> Iterator[Hit]:
    """A compile that repeats the one before, with nothing in between."""
    for identity in {event.model for event in program.trainings if event.model is not None}:
        for first, second in pairwise(program.trainings_of(identity)):
            if _is_same(first, second):
                message = f"`{second.model_label}` is compiled with the same again: nothing changes"
                yield Hit(second.place, message, related=((first.place, "the first time"),))


def _is_same(first: Training, second: Training) -> bool:
    if first.kind != "compile" or second.kind != "compile" or first.site is second.site:
        return False
    if exclude_each_other(first.path, second.path) or first.place == second.place:
        return False
    texts = [event.place.text.partition("(")[2] for event in (first, second)]
    is_plain = not any("(" in text for text in texts)
    return (
        is_plain
        and texts[0] == texts[1]
        and bool(first.variables)  # none at all: layers that are not seen, frozen in between or not
        and first.variables == second.variables
    )


def _idle_pools(program: Program) -> Iterator[Hit]:
    for layer in program.operations:
        if layer.kind == "layer" and layer.has("pool") and layer.place is not None:
            argument = layer.site.argument("pool_size") if layer.site is not None else None
            is_written = argument is not None and re.fullmatch(r"[\s(),\[\]1]+", argument.text or "")
            if is_written and _is_one(layer.value("pool_size")) and _is_one(layer.value("strides")):
                yield Hit(layer.place, f"{layer.cls} with a window of 1 leaves everything as it is")


def _is_one(value: object) -> bool:
    if isinstance(value, tuple):
        return bool(value) and all(item == 1 for item in value if not isinstance(item, Unknown))
    return value == 1 and not isinstance(value, bool)


def _eager(program: Program) -> Iterator[Hit]:
    for event in program.trainings:
        argument = event.site.argument("run_eagerly") if event.kind == "compile" else None
        if argument is not None and argument.text == "True" and argument.place is not None:
            yield Hit(argument.place, "run_eagerly=True makes every step slow: it is for debugging")


@rule("KER004", Severity.INFO, fixable=True, ordered=True)
def check(program: Program) -> Iterator[Hit]:
    """Report settings without an effect."""
    yield from _late_settings(program)
    yield from _printed(program)
    for model in program.models:
        yield from _ignored_shapes(model)
    yield from _same_compiles(program)
    yield from _idle_pools(program)
    yield from _eager(program)
