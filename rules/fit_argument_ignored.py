"""Some arguments of `fit` are for arrays only: beside a dataset or generator Keras refuses or ignores them.

A `tf.data.Dataset`, a generator of `ImageDataGenerator` or a `PyDataset` brings its own targets, batches and
order. `fit(dataset, y)` and `fit(generator, validation_split=0.2)` raise `ValueError`; `batch_size` is ignored
without a word, and so is `shuffle=True`. Whoever believes in them trains with other batches than the paper says.

Also here: class weights under keys that are strings, which Keras 3 takes and never finds (the loss is that of no
weights; Keras 2 raises `ValueError`), and class weights that are no dict (`"balanced"` is scikit-learn's word;
asked of keras 3.15 and tf_keras 2.21).

Bad:

```python
import numpy as np
import tensorflow as tf

x, y = np.zeros((8, 4)), np.zeros((8, 1))
dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset, batch_size=2)  # KER712 warning: batch_size
model.fit(dataset, validation_split=0.5)  # KER712 error: validation_split
```

Good:

```python
import numpy as np
import tensorflow as tf

x, y = np.zeros((8, 4)), np.zeros((8, 1))
dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(2)
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset)
model.fit(x, y, batch_size=2, validation_split=0.5, shuffle=True)
```

kerlint is silent about data that it does not know.

How to fix: batch, shuffle and split the dataset itself (`batch`, `shuffle`, `take` and `skip`); give class weights
as `{0: 1.0, 1: 5.0}`.

See: https://keras.io/api/models/model_training_apis/#fit-method
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.call_sites import Argument
from kerlint.model.data_facts import Data, GeneratorFact, PipelineFact
from kerlint.model.facts import Program, Training
from kerlint.probes import Holds, Probe, Property, Raises, Step, Warns
from kerlint.python.values import DictValue, ListValue

PROBE = Probe(
    Step.TRAIN,
    (
        Raises("is only supported for"),
        Raises("should not be passed"),
        Raises("is not supported when using"),
        Raises("class_weight"),
        Raises("has no attribute"),
        Warns("will be ignored"),
        Holds(Property.ARGUMENT_IGNORED),
    ),
)

BAD = {
    "a generator of images": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Flatten, Input
from tensorflow.keras.preprocessing.image import ImageDataGenerator

images, labels = np.zeros((16, 8, 8, 3)), np.zeros(16)
flow = ImageDataGenerator(rescale=1. / 255).flow(images, labels, batch_size=4)
model = Sequential()
model.add(Input((8, 8, 3)))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(flow, labels, epochs=2)  # KER712 error: `flow` brings its own targets
model.fit(flow, epochs=2, batch_size=32)  # KER712 warning: batch_size
model.fit(flow, epochs=2, shuffle=True)  # KER712 info: shuffle=True
""",
    "class weights by the names of columns": """
import numpy as np
import keras

x, y = np.zeros((8, 4)), np.array([0, 1] * 4)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(x, y, class_weight={"0": 1.0, "1": 5.0})  # KER712 error: never found
""",
    "class weights that are none": """
import numpy as np
import keras

x, y = np.zeros((8, 4)), np.array([0, 1] * 4)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(x, y, class_weight="balanced")  # KER712 error: a dict
model.fit(x, y, class_weight=[1.0, 5.0])  # KER712 error: a dict
""",
    "a target for evaluate": """
import numpy as np
import tensorflow as tf

x, y = np.zeros((8, 4)), np.zeros((8, 1))
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
test = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)
model.evaluate(test, y)  # KER712 error: brings its own targets
""",
}

GOOD = {
    "arrays take them all": """
import numpy as np
import keras

x, y = np.zeros((8, 4)), np.array([0, 1] * 4)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(x, y, batch_size=2, shuffle=True, validation_split=0.5, class_weight={0: 1.0, 1: 5.0}, verbose=0)
""",
    "a dataset alone": """
import numpy as np
import tensorflow as tf

dataset = tf.data.Dataset.from_tensor_slices((np.zeros((8, 4)), np.zeros((8, 1)))).batch(4)
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(dataset, epochs=1, batch_size=None, shuffle=False, validation_data=dataset, verbose=0)
""",
    "data from elsewhere": """
import keras
from project import data, weights

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(data(), batch_size=32, validation_split=0.1, class_weight=weights())
""",
    "weights that are computed": """
import numpy as np
import keras

x, y = np.zeros((8, 4)), np.array([0, 1] * 4)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
counts = np.bincount(y)
model.fit(x, y, class_weight={label: len(y) / count for label, count in enumerate(counts)}, verbose=0)
""",
    "several inputs in a list": """
import numpy as np
from keras import Input, Model, layers

left, right = Input((4,)), Input((4,))
model = Model([left, right], layers.Dense(1)(layers.Concatenate()([left, right])))
model.compile("adam", "mse")
x, y = np.zeros((8, 4)), np.zeros((8, 1))
model.fit([x, x], y, batch_size=4, verbose=0)
""",
}

KINDS = {"fit": "fit", "evaluate": "evaluate"}
REFUSED = ("y", "sample_weight")


def _given(event: Training, name: str) -> Argument | None:
    """An argument that is written and certainly not None."""
    argument = event.site.argument(name)
    if argument is None or not argument.is_given or argument.place is None or argument.value is None:
        return None
    return None if argument.text in ("None", "0", "0.0") else argument


def _noun(data: Data) -> str | None:
    if isinstance(data, PipelineFact):
        return "a Dataset"
    return "a generator" if isinstance(data, GeneratorFact) else None


def _name(event: Training, noun: str) -> str:
    argument = event.site.argument("x") or event.site.argument("generator")
    text = argument.text if argument is not None else None
    return f"`{text}`" if text is not None and text.isidentifier() else noun


def _beside(event: Training, noun: str) -> Iterator[Hit]:
    """Arguments beside a dataset or generator."""
    name = _name(event, noun)
    for argument in (_given(event, word) for word in REFUSED):
        if argument is not None and argument.place is not None:
            what = "targets" if argument.name == "y" else "sample weights"
            message = (
                f"{name} brings its own {what}: Keras raises ValueError for `{argument.name}` beside {noun}"
            )
            yield Hit(argument.place, message, Severity.ERROR)
    split = _given(event, "validation_split")
    if split is not None and split.place is not None and isinstance(split.value, float):
        message = f"validation_split is for arrays: Keras raises ValueError for it beside {noun}"
        yield Hit(split.place, message, Severity.ERROR)
    size, shuffle = _given(event, "batch_size"), _given(event, "shuffle")
    if size is not None and size.place is not None and isinstance(size.value, int):
        yield Hit(size.place, f"batch_size is ignored: {name} makes its own batches", Severity.WARNING)
    if shuffle is not None and shuffle.place is not None and shuffle.value is True:
        yield Hit(shuffle.place, f"shuffle=True is ignored: {name} has its own order", Severity.INFO)


def _weights(event: Training, target: str) -> Iterator[Hit]:
    argument = _given(event, "class_weight")
    if argument is None or argument.place is None:
        return
    value = argument.value
    if isinstance(value, str | ListValue | tuple):
        words = f"class_weight is {value!r}" if isinstance(value, str) else "class_weight is a list"
        yield Hit(
            argument.place, f"{words}: Keras needs a dict from class to weight and raises", Severity.ERROR
        )
    elif isinstance(value, DictValue) and _has_text_keys(value):
        what = "raises ValueError" if target == "keras2" else "all weights are ignored"
        message = f"class_weight has strings as keys, which are never found among the labels: {what}"
        yield Hit(argument.place, message, Severity.ERROR)


def _has_text_keys(weights: DictValue) -> bool:
    keys = list(weights.items)
    return bool(keys) and not weights.open and all(isinstance(key, str) and key.isdigit() for key in keys)


@rule("KER712", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report arguments of fit and evaluate that their data does not go with."""
    for event in program.trainings:
        if event.kind not in KINDS:
            continue
        noun = _noun(event.data.x) if event.data is not None else None
        if noun is not None:
            yield from _beside(event, noun)
        yield from _weights(event, program.target)
