"""Steps that are no whole number, or more than the data has, break off the training or stretch its epochs.

`steps_per_epoch`, `validation_steps` and `steps` count batches. `len(x) / batch_size` is a float in Python 3, and
Keras 3 raises `TypeError` for it. The number of samples (`generator.samples`) instead of batches asks for more
than there is: Keras warns "Your input ran out of data" and cuts the epoch short; the generators of Keras 1 went
on for ever, so that such an epoch was as many times too long as a batch has samples. A dataset that is not
repeated is used up over all epochs together when `steps_per_epoch` is given. A dataset that repeats for ever
needs it: without, Keras 3 never ends the first epoch and Keras 2 raises `ValueError` (asked of keras 3.15 and
tf_keras 2.21).

Bad:

```python
import numpy as np
import tensorflow as tf

x, y = np.zeros((64, 4)), np.zeros((64, 1))
dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset.repeat(), steps_per_epoch=len(x) / 8)  # KER713 error: a float
model.fit(dataset, steps_per_epoch=64)  # KER713 warning: has 8 batches
```

Good:

```python
import numpy as np
import tensorflow as tf

x, y = np.zeros((64, 4)), np.zeros((64, 1))
dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset.repeat(), steps_per_epoch=len(x) // 8, verbose=0)
model.fit(dataset, verbose=0)
```

kerlint is silent where the number of batches is not known, and about generators written by hand.

How to fix: leave the argument out where the data knows its length; else divide with `//`.

See: https://keras.io/api/models/model_training_apis/#fit-method
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.call_sites import Argument
from kerlint.model.data_facts import ArrayFact, Data, GeneratorFact, PipelineFact
from kerlint.model.facts import Program, Training
from kerlint.probes import Holds, Probe, Property, Raises, Step, Warns

PROBE = Probe(
    Step.COMPILE,
    (
        Holds(Property.STEPS_DIFFER),
        Raises("cannot be interpreted as an integer"),
        Raises("infinite dataset"),
        Warns("ran out of data"),
    ),
)

STEPS = ("steps_per_epoch", "validation_steps", "steps")
QUOTIENT = re.compile(
    r"(?:len\([\w.\[\]]+\)|[\w.]+\.(?:shape\[0\]|samples|n|size)|\w*(?:samples|num|total|count|size|len)\w*)"
    r"\s*/\s*[\w.]+"
)
"""A number of samples over a size, which is a float."""
SAMPLES = re.compile(r"[\w.\[\]]+\.(?:samples|n)")
"""The number of samples of a generator."""
USUAL_BATCH = 32

BAD = {
    "the samples of a generator": """
from keras.models import Sequential
from keras.layers import Dense, Flatten, Input
from tensorflow.keras.preprocessing.image import ImageDataGenerator

made = ImageDataGenerator(rescale=1./255)
train = made.flow_from_directory('data/train', target_size=(64, 64), batch_size=32, class_mode='binary')
valid = made.flow_from_directory('data/valid', target_size=(64, 64), batch_size=32, class_mode='binary')
model = Sequential([Input((64, 64, 3)), Flatten(), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(
    train,
    steps_per_epoch=train.samples,  # KER713 warning: counts samples
    validation_data=valid,
    validation_steps=valid.samples / 32,  # KER713 error: a float
)
""",
    "more batches than an array has": """
import numpy as np
from tensorflow import keras

x_train, y_train = np.zeros((100, 4)), np.zeros((100, 1))
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x_train, y_train, batch_size=10, steps_per_epoch=100)  # KER713 warning: has 10 batches
""",
    "one pass through a dataset for all epochs": """
import numpy as np
import tensorflow as tf

dataset = tf.data.Dataset.from_tensor_slices((np.zeros((64, 4)), np.zeros((64, 1)))).batch(8)
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset, epochs=10, steps_per_epoch=3)  # KER713 warning: 30 steps
""",
    "a dataset without end": """
import numpy as np
import tensorflow as tf

dataset = tf.data.Dataset.from_tensor_slices((np.zeros((64, 4)), np.zeros((64, 1)))).batch(8).repeat()
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset, epochs=2)  # KER713 error: repeats for ever
""",
    "floats for numbers that nobody knows": """
from keras.models import Sequential
from keras.layers import Dense
from project import batches, x_train

model = Sequential()
model.add(Dense(1, input_dim=4))
model.compile("adam", "mse")
model.fit(batches(), steps_per_epoch=len(x_train) / 32, epochs=3)  # KER713 error: a float
""",
}

GOOD = {
    "whole numbers": """
import math
import numpy as np
import tensorflow as tf

x, y = np.zeros((60, 4)), np.zeros((60, 1))
dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(8).repeat()
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset, steps_per_epoch=math.ceil(len(x) / 8), verbose=0)
model.fit(dataset, steps_per_epoch=int(len(x) / 8), verbose=0)
model.fit(dataset, steps_per_epoch=len(x) // 8, epochs=3, verbose=0)
""",
    "the data's own length": """
import numpy as np
import tensorflow as tf

dataset = tf.data.Dataset.from_tensor_slices((np.zeros((64, 4)), np.zeros((64, 1)))).batch(8)
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset, epochs=3, validation_data=dataset, verbose=0)
""",
    "fewer steps on purpose, for one epoch": """
import numpy as np
import tensorflow as tf

dataset = tf.data.Dataset.from_tensor_slices((np.zeros((64, 4)), np.zeros((64, 1)))).batch(8)
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset, steps_per_epoch=2, validation_data=dataset, validation_steps=1, verbose=0)
""",
    "as many steps as all epochs need": """
import numpy as np
import tensorflow as tf

dataset = tf.data.Dataset.from_tensor_slices((np.zeros((64, 4)), np.zeros((64, 1)))).batch(8).repeat(3)
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset, epochs=3, steps_per_epoch=8, verbose=0)
""",
    "a generator of single samples": """
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator

test = ImageDataGenerator().flow_from_directory("test", target_size=(8, 8), batch_size=1, shuffle=False)
model = Sequential([Input((8, 8, 3)), layers.Flatten(), layers.Dense(2, activation="softmax")])
model.predict(test, steps=test.samples)
""",
    "a generator by hand, and lengths from elsewhere": """
from keras import Input, Sequential, layers
from project import STEPS, endless, samples

model = Sequential([Input((4,)), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(endless(), steps_per_epoch=samples)
model.fit(endless(), steps_per_epoch=STEPS)
""",
    "Keras 2 takes floats": """
import numpy as np
import tf_keras as keras

x, y = np.zeros((64, 4)), np.zeros((64, 1))
model = keras.Sequential([keras.layers.Dense(1, input_shape=(4,))])
model.compile("adam", "mse")
model.fit(x, y, steps_per_epoch=len(x) / 32, verbose=0)
""",
}


def _float(argument: Argument) -> Hit | None:
    """Keras 3 raises TypeError for a number with a fraction."""
    text = argument.text or ""
    is_quotient = QUOTIENT.fullmatch(text) is not None and not isinstance(argument.value, int)
    if argument.place is None or not (isinstance(argument.value, float) or is_quotient):
        return None
    message = f"{argument.name} is a float (`/` always makes one): Keras 3 raises TypeError; divide with `//`"
    confidence = Confidence.CERTAIN if isinstance(argument.value, float) else Confidence.LIKELY
    return Hit(argument.place, message, Severity.ERROR, confidence)


def _batches(event: Training, data: Data) -> float | None:
    """How many batches the data has; None when it is not known."""
    if isinstance(data, PipelineFact):
        return data.cardinality
    x = data[0] if isinstance(data, tuple) and data else data
    if not isinstance(x, ArrayFact) or not isinstance(x.count, int) or x.is_likely:
        return None
    given = event.site.argument("batch_size")
    size = USUAL_BATCH if given is None or given.value is None else given.value
    return math.ceil(x.count / size) if isinstance(size, int) and size > 0 else None


def _too_many(event: Training, argument: Argument, data: Data) -> Hit | None:
    batches, steps = _batches(event, data), argument.value
    if argument.place is None or not isinstance(steps, int) or batches is None or batches == math.inf:
        return None
    if argument.name == "steps_per_epoch" and event.site.value("validation_split") not in (0, 0.0, None):
        return None
    if steps > batches:
        message = (
            f"{argument.name} asks for {steps} steps, but the data has {batches:.0f} batches: it runs out"
        )
        return Hit(argument.place, message, Severity.WARNING)
    epochs = event.site.value("epochs")
    is_used_up = (
        isinstance(data, PipelineFact) and argument.name == "steps_per_epoch" and isinstance(epochs, int)
    )
    if is_used_up and steps * epochs > batches and steps < batches:
        message = f"{epochs} epochs ask for {steps * epochs} steps of one pass through {batches:.0f} batches: it runs out"
        return Hit(argument.place, message, Severity.WARNING)
    return None


def _samples(argument: Argument, data: Data) -> Hit | None:
    is_counted = argument.text is not None and SAMPLES.fullmatch(argument.text) is not None
    if not is_counted or not isinstance(data, GeneratorFact) or argument.place is None:
        return None
    if data.batch_size is None or data.batch_size <= 1:
        return None
    message = (
        f"{argument.name} counts samples, not batches of {data.batch_size}: leave it out or divide by them"
    )
    return Hit(argument.place, message, Severity.WARNING)


def _endless(event: Training, target: str) -> Hit | None:
    data = event.data.x if event.data is not None else None
    is_endless = isinstance(data, PipelineFact) and data.cardinality == math.inf
    argument = event.site.argument("steps_per_epoch")
    if event.kind != "fit" or not is_endless or argument is None or argument.is_given:
        return None
    what = "Keras 2 raises ValueError" if target == "keras2" else "the first epoch never ends"
    message = f"the dataset repeats for ever and `{event.model_label}.fit` has no steps_per_epoch: {what}"
    return Hit(event.place, message, Severity.ERROR)


@rule("KER713", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report steps that are floats, samples, too many, or missing."""
    for event in program.trainings:
        endless = _endless(event, program.target)
        if endless is not None:
            yield endless
        for argument in (event.site.argument(name) for name in STEPS):
            if argument is None or not argument.is_given or argument.value is None:
                continue
            data = event.data
            which = (
                None if data is None else data.validation if argument.name == "validation_steps" else data.x
            )
            found = _float(argument) if program.target == "keras3" else None
            hit = found or _samples(argument, which) or _too_many(event, argument, which)
            if hit is not None:
                yield hit
