"""Programs for twin-models-diverge: twins that part, and models that are none or do not."""

_HEAD = """
import numpy as np
from keras import Input, Model, Sequential, layers

x, y = np.zeros((8, 28, 28, 1)), np.zeros((8, 1))
"""
_TRAINED = """
for model in (stack, other):
    model.compile("adam", "mse")
stack.fit(x, y, verbose=0)
other.fit(x, y, verbose=0)
"""
_STACK = """
stack = Sequential()
stack.add(Input((28, 28, 1)))
stack.add(layers.Conv2D(8, 3, activation="relu"))
stack.add(layers.MaxPooling2D(2))
stack.add(layers.Conv2D(16, 3, activation="relu"))
stack.add(layers.Flatten())
stack.add(layers.Dropout(0.25))
stack.add(layers.Dense(1))
"""

BAD = {
    "padding in a functional model": _HEAD
    + _STACK
    + """
inputs = Input((28, 28, 1))
h = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)  # KER150 info: padding of Conv2D 'valid' against 'same' (2 times), rate
h = layers.MaxPooling2D(2)(h)
h = layers.Conv2D(16, 3, padding="same", activation="relu")(h)
h = layers.Dropout(0.2)(layers.Flatten()(h))
other = Model(inputs, layers.Dense(1)(h))
"""
    + _TRAINED,
    "strides in a class": _HEAD
    + _STACK
    + """
class Net(Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Conv2D(8, 3, strides=2, activation="relu")  # KER150: strides of Conv2D (1, 1) against (2, 2)
        self.pool = layers.MaxPooling2D(2)
        self.second = layers.Conv2D(16, 3, activation="relu")
        self.flat = layers.Flatten()
        self.drop = layers.Dropout(0.25)
        self.head = layers.Dense(1)

    def call(self, images, training=False):
        h = self.second(self.pool(self.first(images)))
        return self.head(self.drop(self.flat(h), training=training))


other = Net()
"""
    + _TRAINED,
    "an activation between layers of one of two classes": """
import numpy as np
import tensorflow as tf
from keras import Model, Sequential, layers

x, y = np.zeros((8, 28, 28, 1)), np.zeros((8, 1))


class Listed(Model):
    def __init__(self):
        super().__init__()
        self.net = Sequential([
            layers.Conv2D(8, 3), layers.Conv2D(16, 3, activation="relu"), layers.Flatten(), layers.Dense(1)
        ])

    def call(self, images):
        return self.net(images)


class Named(Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Conv2D(8, 3)
        self.second = layers.Conv2D(16, 3, activation="relu")
        self.flat = layers.Flatten()
        self.head = layers.Dense(1)

    def call(self, images):
        h = tf.nn.relu(self.first(images))  # KER150: relu only in `other`
        return self.head(self.flat(self.second(h)))


stack, other = Listed(), Named()
"""
    + _TRAINED,
}

GOOD = {
    "equal in two styles": _HEAD
    + _STACK
    + """
inputs = Input((28, 28, 1))
h = layers.ReLU()(layers.Conv2D(8, (3, 3))(inputs))
h = layers.MaxPooling2D((2, 2), strides=2)(h)
h = layers.Conv2D(16, 3, activation="relu")(h)
h = layers.Dropout(0.25)(layers.Flatten()(h))
other = Model(inputs, layers.Dense(1)(h))
"""
    + _TRAINED,
    "two variants of one style": _HEAD
    + _STACK
    + """
other = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(1),
])
"""
    + _TRAINED,
    "other widths": _HEAD
    + _STACK
    + """
inputs = Input((28, 28, 1))
h = layers.Conv2D(32, 5, padding="same", activation="relu")(inputs)
h = layers.MaxPooling2D(2)(h)
h = layers.Conv2D(64, 5, padding="same", activation="relu")(h)
other = Model(inputs, layers.Dense(1)(layers.Flatten()(h)))
"""
    + _TRAINED,
    "an argument that cannot be known": _HEAD
    + _STACK
    + """
inputs = Input((28, 28, 1))
h = layers.Conv2D(8, 3, padding=PADDING, activation="relu")(inputs)
h = layers.MaxPooling2D(2)(h)
h = layers.Conv2D(16, 3, padding="same", activation="relu")(h)
h = layers.Dropout(0.25)(layers.Flatten()(h))
other = Model(inputs, layers.Dense(1)(h))
"""
    + _TRAINED,
    "a model that nobody trains": _HEAD
    + _STACK
    + """
inputs = Input((28, 28, 1))
h = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
h = layers.Conv2D(16, 3, padding="same", activation="relu")(h)
features = Model(inputs, layers.Dense(1)(layers.Flatten()(h)))
stack.compile("adam", "mse")
stack.fit(x, y, verbose=0)
""",
}
