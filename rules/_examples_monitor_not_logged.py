"""Examples of callbacks and of what they monitor."""

from __future__ import annotations

BAD = {
    "no validation data for the default monitor": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from keras.callbacks import EarlyStopping

x_train = np.random.rand(100, 20)
y_train = np.random.rand(100)
model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
early = EarlyStopping(patience=2)  # KER702 warning: monitors `val_loss`, but `model.fit` gets no validation data
model.fit(x_train, y_train, epochs=20, batch_size=32, callbacks=[early])
""",
    "a list of callbacks, each with a name of its own": """
import numpy as np
import tensorflow as tf

model = tf.keras.models.Sequential([
    tf.keras.layers.Dense(16, activation="relu", input_shape=(8,)),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
callbacks = []
callbacks.append(tf.keras.callbacks.ModelCheckpoint(
    "best.keras",
    monitor="val_acc",  # KER702 error: the model is never saved
    mode="max",
    save_best_only=True,
))
callbacks.append(tf.keras.callbacks.ReduceLROnPlateau(monitor="val_acc", factor=0.1))  # KER702 error: Keras 3 raises
x, y = np.random.rand(32, 8), np.random.randint(0, 3, 32)
model.fit(x, y, validation_data=(x, y), epochs=5, callbacks=callbacks)
""",
    "Keras 2 only warns": """
import numpy as np
import tf_keras as keras

model = keras.Sequential([keras.layers.Dense(1, input_shape=(4,), activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping("val_acc")  # KER702 warning: the training is never stopped
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), validation_split=0.5, epochs=3, callbacks=[stop])
""",
    "a metric of the user's own, and no mode": """
import numpy as np
import keras
from keras import ops


def f1(true, predicted):
    return ops.mean(true * predicted)


model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=[f1])
stop = keras.callbacks.EarlyStopping(monitor="val_f1", patience=2)  # KER702 error: without a `mode`
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), validation_split=0.5, epochs=3, callbacks=[stop])
""",
    "the name of the file": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
keep = keras.callbacks.ModelCheckpoint("net-{epoch:02d}-{val_acc:.2f}.keras")  # KER702 error: asks for `val_acc`
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), validation_split=0.5, callbacks=[keep])
""",
    "modes that are none, or the wrong way round": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
made = [
    keras.callbacks.ModelCheckpoint("a.keras", save_best_only=True, mode="max"),  # KER702 warning: mode='max'
    keras.callbacks.EarlyStopping(mode="minimum"),  # KER702 warning: does not know the mode
    keras.callbacks.ModelCheckpoint("b.keras", monitor="val_accuracy", mode="min"),  # KER702 warning: the higher
]
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), validation_split=0.5, callbacks=made)
""",
    "remarks: a patience that nothing outlasts, the training's own loss": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
patient = keras.callbacks.EarlyStopping(patience=10)  # KER702 info: never stops it
own = keras.callbacks.ReduceLROnPlateau(monitor="loss")  # KER702 info: of the training data
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), validation_split=0.5, epochs=5, callbacks=[patient, own])
""",
}

GOOD = {
    "monitors that are logged": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["acc", keras.metrics.AUC(name="roc")])
made = [
    keras.callbacks.EarlyStopping(monitor="val_acc", patience=2),
    keras.callbacks.ReduceLROnPlateau(monitor="val_loss", patience=1),
    keras.callbacks.ModelCheckpoint("net-{epoch}-{val_roc:.2f}.keras", monitor="val_roc", mode="max"),
]
x, y = np.zeros((8, 4)), np.array([[0], [1]] * 4)
model.fit(x, y, validation_data=(x, y), epochs=3, callbacks=made, verbose=0)
""",
    "a checkpoint of every epoch needs no monitor": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
keep = keras.callbacks.ModelCheckpoint("net-{epoch}.keras")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), callbacks=[keep], verbose=0)
""",
    "the training loss where there is nothing else": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
stop = keras.callbacks.EarlyStopping(monitor="loss", patience=3)
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), epochs=20, callbacks=[stop], verbose=0)
""",
    "validation data, metrics and callbacks from elsewhere": """
import keras
from experiment import METRICS, Tracker, load


def train(validation=None):
    x, y, held_out = load()
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("adam", "mse", metrics=METRICS)
    stop = keras.callbacks.EarlyStopping(monitor="val_score", mode="max")
    model.fit(x, y, validation_data=held_out, callbacks=[stop])
    other = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    other.compile("adam", "mse")
    other.fit(x, y, validation_data=validation, callbacks=[keras.callbacks.EarlyStopping()])
    other.fit(x, y, callbacks=[Tracker(), keras.callbacks.EarlyStopping(monitor="val_score", mode="max")])
""",
    "a callback that logs what the next one monitors": """
import numpy as np
import keras


class Score(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        logs["val_f1"] = 0.5


model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
stop = keras.callbacks.EarlyStopping(monitor="val_f1", mode="max")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), callbacks=[Score(), stop], verbose=0)
""",
    "one callback for two trainings, of which one validates": """
import numpy as np
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
stop = keras.callbacks.EarlyStopping(patience=2)
x, y = np.zeros((8, 4)), np.zeros((8, 1))
model.fit(x, y, validation_split=0.5, epochs=5, callbacks=[stop], verbose=0)
model.fit(x, y, epochs=1, callbacks=[stop], verbose=0)
""",
    "outputs by name": """
import numpy as np
from keras import Input, Model, callbacks, layers

inputs = Input((4,))
model = Model(inputs, [layers.Dense(1, name="a")(inputs), layers.Dense(1, name="b")(inputs)])
model.compile("adam", {"a": "mse", "b": "mae"}, metrics={"b": ["mse"]})
stop = callbacks.EarlyStopping(monitor="val_b_mse", mode="min", patience=1)
x, y = np.zeros((8, 4)), np.zeros((8, 1))
model.fit(x, [y, y], validation_split=0.5, epochs=3, callbacks=[stop], verbose=0)
""",
}
