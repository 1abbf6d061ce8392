"""A key that `fit` does not log raises KeyError after the whole training.

`model.fit` returns a `History` whose `history` dict has a key for the loss, one for each metric of `compile`,
and the same with `val_` in front when there was validation data. The key of a metric is what `compile` was
given: `metrics=["accuracy"]` logs `accuracy`, never `acc`; older books and answers plot `history["acc"]`.
Without `validation_data` or `validation_split` there is no key with `val_`; of a model with several outputs
each key begins with the name of the output. The learning rate is logged as `learning_rate` (Keras 2: `lr`),
and only by `ReduceLROnPlateau` and `LearningRateScheduler`.

Python raises `KeyError` where the plot is drawn, when the training is over and its result may be lost (asked of
keras 3.15 and tf_keras 2.21).

Bad:

```python
import numpy as np
from keras import Sequential, layers

model = Sequential([layers.Input((4,)), layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(np.zeros((8, 4)), np.zeros((8, 1)), validation_split=0.25, verbose=0)
print(history.history["val_acc"])  # KER705 error: `val_acc` is not logged
```

Good:

```python
import numpy as np
from keras import Sequential, layers

model = Sequential([layers.Input((4,)), layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(np.zeros((8, 4)), np.zeros((8, 1)), validation_split=0.25, verbose=0)
print(history.history["val_accuracy"])
```

kerlint is silent where a metric, a callback that may log, or the model's own training step is not known, and
where the program asks for the key first.

How to fix: read the key that is logged, or add the metric to `compile` and validation data to `fit`.

Fix safety: safe. `acc` becomes `accuracy` (or the other way round) where exactly that is logged.

See: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.facts import Program
from kerlint.model.fits import Fit, Key
from kerlint.model.logs import RATES, Logs, logs_of
from kerlint.probes import Holds, Probe, Property, Step

from ._log_words import renamed

PROBE = Probe(Step.EPOCH, (Holds(Property.KEY_MISSING),))

BAD = {
    "the short name of a metric given by its long one, in two plots": """
import numpy as np
import matplotlib.pyplot as plt
from keras.models import Sequential
from keras.layers import Dense

X = np.random.rand(50, 8)
Y = np.random.randint(0, 2, 50)
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
history = model.fit(X, Y, validation_split=0.33, epochs=2, batch_size=10, verbose=0)
print(history.history.keys())
plt.plot(history.history['acc'])  # KER705 error: `acc` is not logged
plt.plot(history.history['val_acc'])  # KER705 error: `val_acc` is not logged
plt.plot(history.history['loss'])
plt.plot(history.history['val_loss'])
""",
    "no validation data": """
import numpy as np
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
log = model.fit(np.zeros((8, 4)), np.zeros((8, 1)), epochs=2, verbose=0).history
best = min(log["val_mae"])  # KER705 error: `val_mae` is not logged
""",
    "no metrics at all": """
import numpy as np
from tensorflow import keras

inputs = keras.Input((4,))
model = keras.Model(inputs, keras.layers.Dense(3, activation="softmax")(inputs))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
history = model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
print(history.history["accuracy"][-1])  # KER705 error: the fit logs loss
""",
    "a helper plots what two models never logged": """
import numpy as np
from keras import Sequential, layers


def make():
    model = Sequential([layers.Input((4,)), layers.Dense(1)])
    model.compile("adam", "mse", metrics=["mean_absolute_error"])
    return model


def curve(record):
    return record.history["mae"]  # KER705 error: `mae` is not logged


x, y = np.zeros((8, 4)), np.zeros((8, 1))
first = curve(make().fit(x, y, verbose=0))
second = curve(make().fit(x, y, verbose=0))
""",
    "the learning rate under its former name": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
plateau = keras.callbacks.ReduceLROnPlateau(monitor="loss")
history = model.fit(np.zeros((8, 4)), np.zeros((8, 1)), callbacks=[plateau], verbose=0)
print(history.history["lr"])  # KER705 error: `lr` is not logged
""",
    "several outputs": """
import numpy as np
from keras import Input, Model, layers

inputs = Input((4,))
price = layers.Dense(1, name="price")(inputs)
kind = layers.Dense(1, activation="sigmoid", name="kind")(inputs)
model = Model(inputs, [price, kind])
model.compile("adam", ["mse", "binary_crossentropy"], metrics=[["mae"], ["accuracy"]])
history = model.fit(np.zeros((8, 4)), [np.zeros((8, 1)), np.zeros((8, 1))], verbose=0)
print(history.history["kind_accuracy"])
print(history.history["accuracy"])  # KER705 error: `accuracy` is not logged
""",
    "an object's automatic name counts from none": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=[keras.metrics.AUC()])
history = model.fit(np.zeros((8, 4)), np.array([[0], [1]] * 4), verbose=0)
print(history.history["auc_1"])  # KER705 error: `auc_1` is not logged
""",
}

GOOD = {
    "the keys that are logged": """
import numpy as np
from keras import Sequential, layers

model = Sequential([layers.Input((4,)), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["acc", "AUC"])
history = model.fit(np.zeros((8, 4)), np.array([[0], [1]] * 4), validation_split=0.25, verbose=0)
for key in ("acc", "val_acc", "AUC", "loss", "val_loss"):
    print(history.history[key])
""",
    "the program asks first, or is ready for the error": """
import numpy as np
from keras import Sequential, layers

model = Sequential([layers.Input((4,)), layers.Dense(1)])
model.compile("adam", "mse", metrics=["accuracy"])
records = model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0).history
accuracy = records["acc"] if "acc" in records else records["accuracy"]
if "val_loss" in records.keys():
    print(records["val_loss"])
try:
    print(records["lr"])
except KeyError:
    print(records.get("learning_rate"))
""",
    "the metrics cannot be known": """
import numpy as np
from keras import Sequential, layers
from settings import METRICS

model = Sequential([layers.Input((4,)), layers.Dense(1)])
model.compile("adam", "mse", metrics=METRICS)
history = model.fit(np.zeros((8, 4)), np.zeros((8, 1)))
print(history.history["acc"])
""",
    "validation data that may be none": """
from keras import Sequential, layers


def train(x, y, validation=None, callbacks=None):
    model = Sequential([layers.Input((4,)), layers.Dense(1)])
    model.compile("adam", "mse")
    history = model.fit(x, y, validation_data=validation, callbacks=callbacks)
    return history.history["val_loss"], history.history["learning_rate"]
""",
    "a callback that logs": """
import numpy as np
import keras


class Score(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        logs["val_f1"] = 0.5


model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
history = model.fit(np.zeros((8, 4)), np.zeros((8, 1)), callbacks=[Score()], verbose=0)
print(history.history["val_f1"])
""",
    "a metric that is added to the model, in Keras 2": """
import numpy as np
import tf_keras as keras

inputs = keras.Input((4,))
outputs = keras.layers.Dense(1)(inputs)
model = keras.Model(inputs, outputs)
model.add_metric(keras.backend.sum(outputs), name="total")
model.compile("sgd", loss="mse")
print(model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0).history["total"])
""",
    "a training step of its own": """
import numpy as np
import keras


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = keras.layers.Dense(1)
        self.score = keras.metrics.Mean(name="score")

    def call(self, x):
        return self.head(x)

    def train_step(self, data):
        self.score.update_state(1.0)
        return {"score": self.score.result()}


net = Net()
net.compile("adam", "mse")
print(net.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0).history["score"])
""",
    "automatic names count up within the process": """
import numpy as np
import keras


def train():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=[keras.metrics.AUC()])
    return model.fit(np.zeros((8, 4)), np.array([[0], [1]] * 4), verbose=0)


first, second = train(), train()
print(first.history["auc"], second.history["auc_1"])
""",
    "the learning rate where a callback logs it": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
plateau = keras.callbacks.ReduceLROnPlateau(monitor="loss")
history = model.fit(np.zeros((8, 4)), np.zeros((8, 1)), callbacks=[plateau], verbose=0)
print(history.history["learning_rate"])
""",
}


def _fix(key: Key, logs: Logs) -> Suggestion | None:
    other = renamed(key.text, logs)
    text = key.place.text
    for quoted in (f'"{key.text}"]', f"'{key.text}']"):
        if other is not None and text.endswith(f"[{quoted}"):
            new = f"{text[: -len(quoted)]}{quoted[0]}{other}{quoted[0]}]"
            return Suggestion(f"read `{other}`", (key.place.replacing(new),), safe=True)
    return None


def _hit(key: Key, fit: Fit, logs: Logs, target: str) -> Hit:
    why = f"the fit logs {logs.listed}"
    base = key.text.removeprefix("val_")
    if base != key.text and logs.has(base):
        why = f"`{fit.label}.fit` gets no validation data"
    elif key.text in RATES.values() and key.text != RATES[target] and logs.rate:
        why = f"this version of Keras logs `{logs.rate}`"
    message = f"`{key.text}` is not logged, and raises KeyError after the training: {why}"
    if len(message) > LONGEST:
        message = f"`{key.text}` is not logged, and raises KeyError after the training"
    related = [(fit.site.place, "logs these keys")]
    if fit.compiled is not None:
        related.append((fit.compiled.place, "with these metrics"))
    return Hit(key.place, message, related=tuple(related), fix=_fix(key, logs))


LONGEST = 160


@rule("KER705", Severity.ERROR, fixable=True, ordered=True)
def check(program: Program) -> Iterator[Hit]:
    """Report keys that no fit which reaches the place logs."""
    found: dict[object, list[tuple[Key, Fit, Logs | None]]] = {}
    for fit in program.fits:
        logs = logs_of(program, fit) if fit.keys else None
        for key in fit.keys:
            found.setdefault((key.place.key, key.text), []).append((key, fit, logs))
    for readings in found.values():
        key, fit, logs = readings[0]
        is_missing = all(each is not None and each.has(one.text) is False for one, _, each in readings)
        if is_missing and logs is not None and not any(one.is_guarded for one, _, _ in readings):
            yield _hit(key, fit, logs, program.target)
