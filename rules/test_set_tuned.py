"""Test data that chooses the best epoch is no test data any more.

With `EarlyStopping`, `ModelCheckpoint(save_best_only=True)` or `ReduceLROnPlateau` on a `val_` key, the validation
data decides which weights are kept. When the same data is evaluated and reported afterwards, the score is that
of the luckiest epoch on exactly this data: too good, by an amount that nobody knows.

Keras (all versions) is silent. Off by default, because much good code does so knowingly.

Bad:

```python
from keras import Sequential, callbacks, datasets, layers

(x_train, y_train), (x_test, y_test) = datasets.mnist.load_data()
model = Sequential([layers.Input((28, 28)), layers.Flatten(), layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
stop = callbacks.EarlyStopping(patience=2, restore_best_weights=True)
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=50, callbacks=[stop])  # KER711 info: chooses
print(model.evaluate(x_test, y_test))
```

Good:

```python
from keras import Sequential, callbacks, datasets, layers

(x_train, y_train), (x_test, y_test) = datasets.mnist.load_data()
model = Sequential([layers.Input((28, 28)), layers.Flatten(), layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
stop = callbacks.EarlyStopping(patience=2, restore_best_weights=True)
model.fit(x_train, y_train, validation_split=0.1, epochs=50, callbacks=[stop])
print(model.evaluate(x_test, y_test))
```

kerlint is silent where no callback chooses by validation data, and about data that it cannot tell apart.

How to fix: hold out a part of the training data for validation (`validation_split`), and use the test data once.

See: https://keras.io/guides/training_with_built_in_methods/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.data_facts import ArrayFact, Data, GeneratorFact, PipelineFact
from kerlint.model.facts import Program, Training
from kerlint.model.fits import Fit
from kerlint.probes import Unconfirmable

PROBE = Unconfirmable("the score would have to be compared with one on data that nobody has seen")

BAD = {
    "a checkpoint of the best epoch": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from keras.callbacks import ModelCheckpoint
from sklearn.model_selection import train_test_split

X, y = np.random.rand(100, 8), np.random.randint(0, 2, 100)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
model = Sequential()
model.add(Dense(1, input_dim=8, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
keep = ModelCheckpoint('best.keras', monitor='val_accuracy', save_best_only=True)
model.fit(X_train, y_train, epochs=5, validation_data=(X_test, y_test), callbacks=[keep])  # KER711 info: chooses
scores = model.evaluate(X_test, y_test)
""",
    "a pipeline": """
import numpy as np
import tensorflow as tf

train = tf.data.Dataset.from_tensor_slices((np.zeros((64, 4)), np.zeros((64, 1)))).batch(8)
test = tf.data.Dataset.from_tensor_slices((np.ones((32, 4)), np.ones((32, 1)))).batch(8)
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
plateau = tf.keras.callbacks.ReduceLROnPlateau()
model.fit(train, validation_data=test, epochs=9, callbacks=[plateau])  # KER711 info: chooses
model.evaluate(test)
""",
    "a generator": """
from keras import Input, Sequential, callbacks, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator

made = ImageDataGenerator(rescale=1 / 255)
train = made.flow_from_directory("train", target_size=(8, 8))
test = made.flow_from_directory("test", target_size=(8, 8), shuffle=False)
model = Sequential([Input((8, 8, 3)), layers.Flatten(), layers.Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
stop = callbacks.EarlyStopping(monitor="val_loss", restore_best_weights=True)
model.fit(train, validation_data=test, callbacks=[stop])  # KER711 info: chooses
model.evaluate(test)
""",
}

GOOD = {
    "watched, but nothing is chosen": """
import numpy as np
from keras import Sequential, layers

x, y = np.zeros((8, 4)), np.zeros((8, 1))
x_test, y_test = np.ones((8, 4)), np.ones((8, 1))
model = Sequential([layers.Input((4,)), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, validation_data=(x_test, y_test), verbose=0)
model.evaluate(x_test, y_test, verbose=0)
""",
    "three parts": """
import numpy as np
from keras import Sequential, callbacks, layers

x, y = np.zeros((8, 4)), np.zeros((8, 1))
x_valid, y_valid = np.ones((8, 4)), np.ones((8, 1))
x_test, y_test = np.ones((8, 4)), np.ones((8, 1))
model = Sequential([layers.Input((4,)), layers.Dense(1)])
model.compile("adam", "mse")
stop = callbacks.EarlyStopping(patience=2)
model.fit(x, y, validation_data=(x_valid, y_valid), epochs=9, callbacks=[stop], verbose=0)
model.evaluate(x_test, y_test, verbose=0)
""",
    "stopped by the training loss": """
import numpy as np
from keras import Sequential, callbacks, layers

x, y = np.zeros((8, 4)), np.zeros((8, 1))
x_test, y_test = np.ones((8, 4)), np.ones((8, 1))
model = Sequential([layers.Input((4,)), layers.Dense(1)])
model.compile("adam", "mse")
stop = callbacks.EarlyStopping(monitor="loss", patience=2)
model.fit(x, y, validation_data=(x_test, y_test), epochs=9, callbacks=[stop], verbose=0)
model.evaluate(x_test, y_test, verbose=0)
""",
    "nothing is reported": """
import numpy as np
from keras import Sequential, callbacks, layers

x, y = np.zeros((8, 4)), np.zeros((8, 1))
x_valid, y_valid = np.ones((8, 4)), np.ones((8, 1))
model = Sequential([layers.Input((4,)), layers.Dense(1)])
model.compile("adam", "mse")
stop = callbacks.EarlyStopping(patience=2)
model.fit(x, y, validation_data=(x_valid, y_valid), epochs=9, callbacks=[stop], verbose=0)
model.save("chosen.keras")
""",
    "data from elsewhere": """
from keras import Sequential, callbacks, layers
from project import load, other

model = Sequential([layers.Input((4,)), layers.Dense(1)])
model.compile("adam", "mse")
stop = callbacks.EarlyStopping(patience=2)
model.fit(load(), validation_data=other(), epochs=9, callbacks=[stop])
model.evaluate(other())
""",
}


def _chooser(fit: Fit) -> str | None:
    """The class of a callback that chooses by validation data."""
    for callback in fit.callbacks:
        site = callback.site
        monitor = site.value("monitor") if site is not None else None
        if site is None or not isinstance(monitor, str) or not monitor.startswith("val_"):
            continue
        if callback.cls != "ModelCheckpoint" or site.value("save_best_only") is True:
            return callback.cls
    return None


def _is_same(left: Data, right: Data) -> bool:
    """Whether both are certainly the same data."""
    if isinstance(left, ArrayFact) and isinstance(right, ArrayFact):
        return left.rows is not None and left.rows == right.rows and left.rows.is_whole
    if isinstance(left, PipelineFact | GeneratorFact) and isinstance(right, PipelineFact | GeneratorFact):
        return left.identity == right.identity
    return False


def _first(data: Data) -> Data:
    return data[0] if isinstance(data, tuple) and data else data


@rule("KER711", Severity.INFO, enabled=False)
def check(program: Program) -> Iterator[Hit]:
    """Report fits whose validation data chooses the epoch and is evaluated afterwards."""
    events: dict[int, Training] = {id(event.site): event for event in program.trainings}
    for fit in program.fits:
        chooser, event = _chooser(fit), events.get(id(fit.site))
        if chooser is None or event is None or event.data is None:
            continue
        chosen = _first(event.data.validation)
        for later in program.trainings:
            is_report = later.kind == "evaluate" and later.model == fit.model and later.order > event.order
            if is_report and later.data is not None and _is_same(chosen, _first(later.data.x)):
                message = (
                    f"{chooser} chooses the epoch by the data that `{fit.label}` is evaluated on afterwards"
                )
                yield Hit(fit.site.place, message, related=((later.place, "evaluated here"),))
                break
