"""Situations of implicit-pool-strides: sentence -> program."""

BAD: dict[str, str] = {
    "nothing is written": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(8, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(),  # KER301 info: moves by its pool size, (2, 2)
    layers.Flatten(),
    layers.Dense(2),
])
""",
    "a pool size by position": """
from tensorflow.keras.layers import MaxPool2D

pool = MaxPool2D(2)  # KER301 info: has no strides
""",
    "a tuple by position": """
import tensorflow as tf

pool = tf.keras.layers.MaxPooling2D((2, 2))  # KER301 info: has no strides
""",
    "a pool size by keyword": """
from keras.models import Sequential
from keras.layers import Conv2D, Input, MaxPooling2D

model = Sequential()
model.add(Input((224, 224, 3)))
model.add(Conv2D(64, kernel_size=(3, 3), activation="relu"))
model.add(Conv2D(64, kernel_size=(3, 3), activation="relu"))
model.add(MaxPooling2D(pool_size=(2, 2)))  # KER301 info: moves by its pool size
""",
    "a pool size other than 2": """
from keras import layers

pool = layers.MaxPooling2D(3)  # KER301 warning: moves by its pool size, (3, 3); the usual step is 2
""",
    "a window that is not square": """
from keras import layers

pool = layers.AveragePooling2D((2, 3))  # KER301 warning: (2, 3)
""",
    "None by position": """
from keras import layers

pool = layers.MaxPooling2D(2, None)  # KER301 info: moves by its pool size
""",
    "None by keyword": """
from keras import layers

pool = layers.MaxPooling2D(pool_size=(2, 2), strides=None)  # KER301 info: moves by its pool size
""",
    "padding that looks as if the size were kept": """
from keras import Input, Model, layers

p = (2, 2)
inputs = Input((32, 32, 3))
x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
x = layers.MaxPooling2D(pool_size=p, padding="same")(x)  # KER301 warning: padding='same' does not keep the size
model = Model(inputs, layers.Dense(1)(layers.Flatten()(x)))
""",
    "functional": """
from keras import Input, Model, layers

inputs = Input((32, 32, 3))
x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
x = layers.MaxPooling2D((2, 2))(x)  # KER301 info: has no strides
model = Model(inputs, layers.Dense(1)(layers.Flatten()(x)))
""",
    "a parameter called strides that no longer reaches the pool": """
import tensorflow as tf


class Block(tf.keras.Model):
    def __init__(self, filters, kernel_size, pool_size=2, strides=1):
        super().__init__()
        self.conv = tf.keras.layers.Conv2D(
            filters=filters, kernel_size=kernel_size, activation="relu", strides=strides, padding="valid"
        )
        self.pool = tf.keras.layers.MaxPooling2D(pool_size=pool_size, padding="valid")  # KER301 warning: `strides` of `__init__` does not reach it

    def call(self, inputs):
        return self.pool(self.conv(inputs))


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.a = Block(filters=32, kernel_size=3)
        self.b = Block(filters=64, kernel_size=3)
        self.flatten = tf.keras.layers.Flatten()
        self.classifier = tf.keras.layers.Dense(1, activation="sigmoid")

    def call(self, inputs):
        return self.classifier(self.flatten(self.b(self.a(inputs))))


net = Net()
""",
    "a parameter called strides that nothing reads": """
from keras import layers


def down(x, strides=1):
    x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)  # KER301 warning: `strides` of `down` does not reach it
""",
    "inside TimeDistributed": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((10, 32, 32, 3)),
    layers.TimeDistributed(layers.MaxPooling2D(2)),  # KER301 info: has no strides
    layers.Flatten(),
    layers.Dense(2),
])
""",
    "one and three dimensions": """
from keras import layers

steps = layers.MaxPooling1D(3)  # KER301 warning: the usual step is 2
volume = layers.AveragePooling3D((1, 2, 2))  # KER301 info: (1, 2, 2)
halves = layers.MaxPool3D(2)  # KER301 info: (2, 2, 2)
""",
    "through functools.partial": """
from functools import partial

from keras import Input, Sequential, layers

Pool = partial(layers.MaxPooling2D, pool_size=2)
model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(8, 3, padding="same", activation="relu"),
    Pool(),  # KER301 info: has no strides
    layers.Flatten(),
    layers.Dense(2),
])
""",
    "cells are dropped": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(32, 3, activation="relu"),
    layers.MaxPooling2D(2),  # KER301 info: has no strides
    layers.MaxPooling2D(2),  # KER301 warning: 13 becomes 6 and the last cells are dropped
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "its twin writes the strides": """
from keras import Input, Model, Sequential, layers

plain = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(64, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(2, 1),
    layers.Flatten(),
    layers.Dense(1, activation="sigmoid"),
])

inputs = Input((64, 64, 3))
x = layers.Conv2D(32, 3, padding="same", activation="relu")(inputs)
x = layers.MaxPooling2D(2, 2)(x)
x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
x = layers.MaxPooling2D(2)(x)  # KER301 warning: its twin in `plain` writes them
x = layers.Flatten()(x)
functional = Model(inputs, layers.Dense(1, activation="sigmoid")(x))
""",
    "average pooling without a pool size is refused by Keras 3": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.AveragePooling2D(),  # KER301 error: Keras 3 raises TypeError
    layers.Flatten(),
    layers.Dense(2),
])
""",
    "Keras 2 gives average pooling a pool size": """
from tf_keras import layers

pool = layers.AveragePooling2D()  # KER301 info: has no strides
""",
    "the usual step along one axis, and along the others none": """
import keras
from keras import layers

x = keras.Input((64, 20, 4))
y = layers.MaxPooling2D((2, 1))(x)  # KER301 info: MaxPooling2D has no strides and moves by its pool size, (2, 1)
""",
    "a window that spans one axis": """
import keras
from keras import layers

x = keras.Input((64, 20, 4))
y = layers.MaxPooling2D((64, 2))(x)  # KER301 info: MaxPooling2D has no strides and moves by its pool size, (64, 2)
model = keras.Model(x, layers.Dense(2)(layers.Flatten()(y)))
""",
    "one window over the whole map: strides do not matter": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((8, 8, 64)),
    layers.Conv2D(10, 1, activation="relu"),
    layers.AveragePooling2D(pool_size=8),  # KER301 info: (8, 8)
    layers.Flatten(),
    layers.Activation("softmax"),
])
""",
    "average pooling before a flatten, on a map of unknown size": """
from keras import Input, Model, layers


def head(input_shape):
    inputs = Input(input_shape)
    x = layers.Conv2D(64, 3, padding="same", activation="relu")(inputs)
    x = layers.AveragePooling2D(pool_size=8)(x)  # KER301 info: (8, 8)
    return Model(inputs, layers.Dense(10, activation="softmax")(layers.Flatten()(x)))
""",
    "known only by the name of a variable": """
from keras import layers


def make_pool(size):
    return layers.MaxPooling2D(pool_size=size)  # KER301 info: moves by its pool size
""",
}

GOOD: dict[str, str] = {
    "a keyword of Keras 1, which no Keras takes today: the size that was meant is not known": """
from keras.layers import MaxPooling1D
from keras.models import Sequential


def build():
    model = Sequential()
    model.add(MaxPooling1D(pool_length=4))
    return model
""",
    "strides by position": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((33, 33, 3)),
    layers.MaxPooling2D(2, 2),
    layers.MaxPooling2D(3, 2),
    layers.MaxPooling2D((2, 2), (2, 2)),
    layers.Flatten(),
    layers.Dense(2),
])
""",
    "strides by keyword": """
from keras import layers

pool = layers.MaxPooling2D(2, strides=2)
overlapping = layers.AveragePooling2D(pool_size=3, strides=(1, 1), padding="same")
""",
    "strides from a variable": """
from keras import layers

STRIDES = 2


def pool(x, size, strides):
    return layers.MaxPooling2D(size, strides=strides)(x)


one = layers.MaxPooling1D(2, STRIDES)
""",
    "global and adaptive pooling": """
from keras import Input, Model, layers

inputs = Input((32, 32, 3))
a = layers.GlobalMaxPooling2D()(inputs)
b = layers.GlobalAveragePooling2D()(inputs)
c = layers.Flatten()(layers.AdaptiveAveragePooling2D(1)(inputs))
model = Model(inputs, layers.Concatenate()([a, b, c]))
""",
    "cannot know: unpacked arguments": """
from keras import layers


def pool(**kw):
    return layers.MaxPooling2D(2, **kw)
""",
    "unpacked arguments that hold the strides": """
from keras import layers

kw = {"pool_size": 3, "strides": 3}
pool = layers.MaxPooling2D(**kw)
""",
    "cannot know: strides that are None on one path only": """
import sys

from keras import layers

strides = None if len(sys.argv) > 1 else 2
pool = layers.MaxPooling2D(3, strides=strides)
""",
    "a partial that holds the strides": """
from functools import partial

from keras import layers

Pool = partial(layers.MaxPooling2D, strides=2)
pool = Pool(2)
""",
    "another library's layer, and an own class": """
import torch.nn as nn
from keras import Input, Sequential, layers


class MaxPooling2D:
    def __init__(self, size):
        self.size = size


theirs = nn.MaxPool2d(2)
ours = MaxPooling2D(3)
model = Sequential([Input((3,)), layers.Dense(2)])
""",
    "functions of tf.nn and keras.ops": """
import keras
import tensorflow as tf

x = tf.zeros((1, 32, 32, 3))
y = tf.nn.max_pool2d(x, 3, 3, "VALID")
z = keras.ops.max_pool(x, 3)
""",
    "strides of convolutions and factors of upsampling": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.UpSampling2D(3),
    layers.Conv2DTranspose(8, 3),
])
""",
    "a window of one": """
from keras import layers

nothing = layers.MaxPooling2D(1)
neither = layers.MaxPooling2D((1, 1))
""",
    "models of keras.applications": """
import keras

base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))
model = keras.Sequential([base, keras.layers.Flatten(), keras.layers.Dense(2)])
""",
    "a subclass that sets the strides itself": """
from keras import Input, Sequential, layers


class Halve(layers.MaxPooling2D):
    def __init__(self):
        super().__init__(pool_size=2, strides=2)


model = Sequential([Input((32, 32, 3)), Halve(), layers.Flatten(), layers.Dense(2)])
""",
    "cannot know: a class of another package": """
from keras import Input, Sequential, layers
from mylayers import MaxPooling2D

model = Sequential([Input((32, 32, 3)), MaxPooling2D(3), layers.Flatten(), layers.Dense(2)])
""",
}
