"""Sound programs about training."""

from __future__ import annotations

PROGRAMS = {
    "callbacks on what is logged": """
import keras
from keras import layers

model = keras.Sequential([keras.Input((784,)), layers.Dense(512, activation="relu"), layers.Dropout(0.5),
                          layers.Dense(10, activation="softmax")])
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
(images, labels), (test_images, test_labels) = keras.datasets.mnist.load_data()
images = images.reshape((60000, 28 * 28)).astype("float32") / 255
test_images = test_images.reshape((10000, 28 * 28)).astype("float32") / 255
train_images, val_images = images[10000:], images[:10000]
train_labels, val_labels = labels[10000:], labels[:10000]
callbacks_list = [
    keras.callbacks.EarlyStopping(monitor="val_accuracy", patience=2),
    keras.callbacks.ModelCheckpoint(filepath="checkpoint_path.keras", monitor="val_loss", save_best_only=True),
]
history = model.fit(train_images, train_labels, epochs=10, callbacks=callbacks_list,
                    validation_data=(val_images, val_labels))
model = keras.models.load_model("checkpoint_path.keras")
test_metrics = model.evaluate(test_images, test_labels)
""",
    "curves of loss and accuracy": """
import matplotlib.pyplot as plt
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.datasets import imdb

(train_data, train_labels), (test_data, test_labels) = imdb.load_data(num_words=10000)


def vectorize_sequences(sequences, dimension=10000):
    results = np.zeros((len(sequences), dimension))
    for i, sequence in enumerate(sequences):
        for j in sequence:
            results[i, j] = 1.
    return results


x_train = vectorize_sequences(train_data)
y_train = np.asarray(train_labels).astype("float32")
model = keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(16, activation="relu"),
                          layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
x_val, partial_x_train = x_train[:10000], x_train[10000:]
y_val, partial_y_train = y_train[:10000], y_train[10000:]
history = model.fit(partial_x_train, partial_y_train, epochs=20, batch_size=512, validation_data=(x_val, y_val))
history_dict = history.history
epochs = range(1, len(history_dict["loss"]) + 1)
plt.plot(epochs, history_dict["loss"], "bo", label="Training loss")
plt.plot(epochs, history_dict["val_loss"], "b", label="Validation loss")
plt.plot(epochs, history_dict["accuracy"], "bo", label="Training acc")
plt.plot(epochs, history_dict["val_accuracy"], "b", label="Validation acc")
plt.legend()
""",
    "folds with a fresh model each": """
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.datasets import boston_housing

(train_data, train_targets), (test_data, test_targets) = boston_housing.load_data()
mean = train_data.mean(axis=0)
train_data -= mean
std = train_data.std(axis=0)
train_data /= std
test_data -= mean
test_data /= std


def build_model():
    model = keras.Sequential([
        layers.Dense(64, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(1)
    ])
    model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return model


k = 4
num_val_samples = len(train_data) // k
all_mae_histories = []
for i in range(k):
    val_data = train_data[i * num_val_samples: (i + 1) * num_val_samples]
    val_targets = train_targets[i * num_val_samples: (i + 1) * num_val_samples]
    partial = np.concatenate([train_data[:i * num_val_samples], train_data[(i + 1) * num_val_samples:]], axis=0)
    targets = np.concatenate([train_targets[:i * num_val_samples], train_targets[(i + 1) * num_val_samples:]], axis=0)
    model = build_model()
    history = model.fit(partial, targets, validation_data=(val_data, val_targets), epochs=100, batch_size=16, verbose=0)
    all_mae_histories.append(history.history["val_mae"])
model = build_model()
model.fit(train_data, train_targets, epochs=130, batch_size=16, verbose=0)
test_mse_score, test_mae_score = model.evaluate(test_data, test_targets)
""",
    "fine-tuning in two stages": """
import keras
from keras import layers

base_model = keras.applications.Xception(weights="imagenet", input_shape=(150, 150, 3), include_top=False)
base_model.trainable = False
inputs = keras.Input(shape=(150, 150, 3))
scale_layer = layers.Rescaling(scale=1 / 127.5, offset=-1)
x = scale_layer(inputs)
x = base_model(x, training=False)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dropout(0.2)(x)
outputs = layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(), loss=keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy()])
train_ds = keras.utils.image_dataset_from_directory("train", image_size=(150, 150))
validation_ds = keras.utils.image_dataset_from_directory("valid", image_size=(150, 150))
model.fit(train_ds, epochs=2, validation_data=validation_ds)
base_model.trainable = True
model.compile(optimizer=keras.optimizers.Adam(1e-5), loss=keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy()])
model.fit(train_ds, epochs=1, validation_data=validation_ds)
""",
    "a loop of one's own": """
import tensorflow as tf
from tensorflow import keras

(x_train, y_train), _ = keras.datasets.mnist.load_data()
x_train = x_train.reshape(-1, 784).astype("float32") / 255
train_dataset = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(buffer_size=1024).batch(64)
inputs = keras.Input(shape=(784,), name="digits")
x = keras.layers.Dense(64, activation="relu", name="dense_1")(inputs)
outputs = keras.layers.Dense(10, name="predictions")(x)
model = keras.Model(inputs=inputs, outputs=outputs)
optimizer = keras.optimizers.SGD(learning_rate=1e-3)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
train_acc_metric = keras.metrics.SparseCategoricalAccuracy()


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss_value = loss_fn(y, logits)
    grads = tape.gradient(loss_value, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    train_acc_metric.update_state(y, logits)
    return loss_value


for epoch in range(2):
    for step, (x_batch, y_batch) in enumerate(train_dataset):
        loss_value = train_step(x_batch, y_batch)
    print(epoch, float(train_acc_metric.result()))
    train_acc_metric.reset_state()
""",
    "a training step of one's own": """
import tensorflow as tf
import keras
import numpy as np


class CustomModel(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


inputs = keras.Input(shape=(32,))
outputs = keras.layers.Dense(1)(inputs)
model = CustomModel(inputs, outputs)
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(np.random.random((1000, 32)), np.random.random((1000, 1)), epochs=3)
""",
    "learning rates on a schedule": """
import keras
from keras import layers

schedule = keras.optimizers.schedules.ExponentialDecay(1e-2, decay_steps=10000, decay_rate=0.9)
model = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(8, 3, activation="relu"), layers.Flatten(),
                          layers.Dense(10, activation="softmax")])
model.compile(optimizer=keras.optimizers.SGD(learning_rate=schedule), loss="categorical_crossentropy")


def scheduler(epoch, lr):
    return lr if epoch < 10 else lr * 0.9


reducer = keras.callbacks.LearningRateScheduler(scheduler)
""",
    "three small models compared": """
import numpy as np
import keras
from keras import layers

x, y = np.random.rand(200, 20), np.random.randint(0, 2, 200)
histories = {}
for name, units in {"small": 4, "medium": 16, "large": 128}.items():
    model = keras.Sequential([keras.Input((20,)), layers.Dense(units, activation="relu"),
                              layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=["accuracy"])
    histories[name] = model.fit(x, y, epochs=5, validation_split=0.2, verbose=0)
for name, history in histories.items():
    print(name, history.history["val_accuracy"][-1])
""",
    "a callback of one's own": """
import keras
import numpy as np
from keras import layers


class EarlyStoppingAtMinLoss(keras.callbacks.Callback):
    def __init__(self, patience=0):
        super().__init__()
        self.patience = patience
        self.best_weights = None

    def on_train_begin(self, logs=None):
        self.wait = 0
        self.best = np.inf

    def on_epoch_end(self, epoch, logs=None):
        current = logs.get("loss")
        if np.less(current, self.best):
            self.best = current
            self.wait = 0
            self.best_weights = self.model.get_weights()
        else:
            self.wait += 1
            if self.wait >= self.patience:
                self.model.stop_training = True
                self.model.set_weights(self.best_weights)


model = keras.Sequential([keras.Input((784,)), layers.Dense(1)])
model.compile(optimizer=keras.optimizers.RMSprop(learning_rate=0.1), loss="mean_squared_error",
              metrics=["mean_absolute_error"])
model.fit(np.random.rand(64, 784), np.random.rand(64), epochs=30, callbacks=[EarlyStoppingAtMinLoss()])
""",
    "metrics with names": """
import keras
from keras import layers

METRICS = [
    keras.metrics.FalseNegatives(name="fn"),
    keras.metrics.Precision(name="precision"),
    keras.metrics.Recall(name="recall"),
    keras.metrics.AUC(name="auc"),
]
model = keras.Sequential([keras.Input((29,)), layers.Dense(256, activation="relu"), layers.Dropout(0.3),
                          layers.Dense(1, activation="sigmoid")])
model.compile(optimizer=keras.optimizers.Adam(1e-2), loss="binary_crossentropy", metrics=METRICS)
early_stopping = keras.callbacks.EarlyStopping(monitor="val_auc", patience=10, mode="max", restore_best_weights=True)


def train(x, y, x_val, y_val, weights):
    return model.fit(x, y, batch_size=2048, epochs=100, callbacks=[early_stopping], validation_data=(x_val, y_val),
                     class_weight={0: weights[0], 1: weights[1]})
""",
    "one seed for everything": """
import keras
import numpy as np

keras.utils.set_random_seed(812)
x = np.random.rand(128, 8)
y = x.sum(axis=1, keepdims=True)
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(x, y, epochs=5, validation_split=0.2)
""",
    "experiments in a function": """
import keras
from keras import layers


def run_experiment(model, train_data, train_targets, test_data, test_targets):
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.001),
                  loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  metrics=[keras.metrics.SparseCategoricalAccuracy(name="acc")])
    early_stopping = keras.callbacks.EarlyStopping(monitor="val_acc", patience=50, restore_best_weights=True)
    history = model.fit(x=train_data, y=train_targets, epochs=300, batch_size=256, validation_split=0.15,
                        callbacks=[early_stopping])
    _, test_accuracy = model.evaluate(x=test_data, y=test_targets, verbose=0)
    return history, test_accuracy


def create_ffn(hidden_units, dropout_rate, name=None):
    fnn_layers = []
    for units in hidden_units:
        fnn_layers.append(layers.BatchNormalization())
        fnn_layers.append(layers.Dropout(dropout_rate))
        fnn_layers.append(layers.Dense(units, activation="gelu"))
    return keras.Sequential(fnn_layers, name=name)


inputs = layers.Input(shape=(1433,))
x = create_ffn([32, 32], 0.5, name="ffn_block1")(inputs)
x = layers.Add()([x, create_ffn([32, 32], 0.5, name="ffn_block2")(x)])
logits = layers.Dense(7, name="logits")(x)
baseline = keras.Model(inputs=inputs, outputs=logits, name="baseline")
""",
    "weights saved and loaded": """
import keras
import numpy as np


def get_model():
    inputs = keras.Input(shape=(32,))
    outputs = keras.layers.Dense(1)(inputs)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer=keras.optimizers.Adam(), loss="mean_squared_error")
    return model


model = get_model()
x, y = np.random.random((128, 32)), np.random.random((128, 1))
model.fit(x, y)
model.save("my_model.keras")
reconstructed_model = keras.models.load_model("my_model.keras")
np.testing.assert_allclose(model.predict(x), reconstructed_model.predict(x))
model.save_weights("ckpt.weights.h5")
other = get_model()
other.load_weights("ckpt.weights.h5")
""",
}
