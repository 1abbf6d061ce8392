"""Two image classifiers meant to be one network, so that two ways of writing it can be compared.

They do not train alike. `kerlint examples/two_models.py` says why, without importing TensorFlow.
"""

import keras
import numpy as np
from keras import layers

CLASSES = 10
OPTIMIZER = keras.optimizers.RMSprop(learning_rate=1e-3)


def by_list():
    """The network as a Sequential model."""
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(3),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Conv2D(64, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2, strides=2),
            layers.Flatten(),
            layers.Dense(CLASSES, activation="softmax"),
        ]
    )


class ByClass(keras.Model):
    """The same network as a class."""

    def __init__(self):
        super().__init__()
        self.first = layers.Conv2D(32, 3, padding="same", activation="relu")
        self.second = layers.Conv2D(32, 3, padding="same")
        self.pool = layers.MaxPooling2D(3, strides=3)
        self.third = layers.Conv2D(64, 3, padding="same", activation="relu")
        self.fourth = layers.Conv2D(64, 3, padding="same", activation="relu")
        self.shrink = layers.MaxPooling2D(2, strides=2)
        self.flatten = layers.Flatten()
        self.head = layers.Dense(CLASSES, activation="softmax")

    def call(self, images):
        x = self.pool(self.second(self.first(images)))
        x = self.shrink(self.fourth(self.third(x)))
        return self.head(self.flatten(x))


if __name__ == "__main__":
    generator = np.random.default_rng(0)
    images = generator.random((256, 28, 28, 1), dtype="float32")
    labels = generator.integers(0, CLASSES, size=256)

    listed, classed = by_list(), ByClass()
    for model in (listed, classed):
        model.compile(optimizer=OPTIMIZER, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    listed.fit(images, labels, epochs=1)
    classed.fit(images, labels, epochs=1)
