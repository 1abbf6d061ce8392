"""Situations in which conv-no-activation is silent: sentence -> program."""

SITUATIONS: dict[str, str] = {
    "a pointwise mix of what comes in, scaled and padded before": """
from keras import Input, Model, layers

codes = Input((16, 16, 4))
x = layers.ZeroPadding2D(0)(layers.Rescaling(5.5)(codes))
x = layers.Conv2D(4, 1)(x)
x = layers.Conv2D(64, 3, padding="same", activation="swish")(x)
model = Model(codes, layers.Conv2D(3, 3, padding="same")(x))
""",
    "any activation: a string, a callable, a layer": """
import keras
import tensorflow as tf
from keras import Input, Sequential, layers

model = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Conv2D(8, 3, activation=keras.activations.gelu),
    layers.Conv2D(8, 3, activation=tf.nn.relu),
    layers.Conv2D(8, 3, activation=layers.LeakyReLU()),
    layers.Conv2D(8, 3, activation=lambda x: x * keras.ops.sigmoid(x)),
    layers.Flatten(),
    layers.Dense(2),
])
""",
    "explicitly linear, then batch normalisation and an activation": """
from keras import Input, Sequential
from keras.layers import BatchNormalization, Conv2D, Dense, Flatten, LeakyReLU, MaxPooling2D

model = Sequential([
    Input((28, 28, 1)),
    Conv2D(32, 3, activation="linear", padding="same"),
    BatchNormalization(),
    LeakyReLU(0.1),
    MaxPooling2D(2, 2),
    Conv2D(64, 3, activation="linear", padding="same"),
    LeakyReLU(0.1),
    Flatten(),
    Dense(10, activation="softmax"),
])
""",
    "the next layer is an activation": """
from keras import Input, Sequential
from keras.layers import ELU, Activation, Conv2D, Dense, Flatten, LeakyReLU, PReLU, ReLU, Softmax

model = Sequential([
    Input((64, 64, 3)),
    Conv2D(8, 3), Activation("relu"),
    Conv2D(8, 3), ReLU(),
    Conv2D(8, 3), LeakyReLU(),
    Conv2D(8, 3), PReLU(),
    Conv2D(8, 3), ELU(),
    Conv2D(8, 3), Softmax(),
    Flatten(),
    Dense(2),
])
""",
    "the activation comes after a norm, a dropout or the pooling": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(8, 3, use_bias=False),
    layers.BatchNormalization(),
    layers.Activation("relu"),
    layers.Conv2D(8, 3),
    layers.LayerNormalization(),
    layers.ReLU(),
    layers.Conv2D(8, 3),
    layers.GroupNormalization(groups=4),
    layers.Dropout(0.1),
    layers.Activation("silu"),
    layers.Conv2D(8, 3),
    layers.MaxPooling2D(2, 2),
    layers.Activation("relu"),
    layers.Flatten(),
    layers.Dense(2),
])
""",
    "depthwise convolution directly followed by its pointwise half": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 8)),
    layers.DepthwiseConv2D(3, padding="same"),
    layers.Conv2D(16, 1, activation="relu"),
    layers.DepthwiseConv2D(3, padding="same"),
    layers.Conv2D(32, 1),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.GlobalAveragePooling2D(),
    layers.Dense(4),
])
""",
    "pointwise half before the depthwise one": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 8)),
    layers.Conv2D(16, 1, use_bias=False),
    layers.DepthwiseConv2D(3, padding="same", activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(4),
])
""",
    "factorised pair of a row and a column": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 8)),
    layers.Conv2D(16, (1, 7), padding="same"),
    layers.Conv2D(16, (7, 1), padding="same", activation="relu"),
    layers.Conv2D(16, (3, 1), padding="same"),
    layers.Conv2D(16, (1, 3), padding="same"),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.GlobalAveragePooling2D(),
    layers.Dense(4),
])
""",
    "pointwise squeeze before a larger convolution with activation": """
from keras import Input, Model, layers


def reduced(x, small, filters):
    x = layers.Conv2D(small, 1)(x)
    return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)


inputs = Input((32, 32, 64))
x = reduced(reduced(inputs, 16, 64), 16, 64)
model = Model(inputs, layers.Dense(4)(layers.GlobalAveragePooling2D()(x)))
""",
    "the activation is a function in call": """
import keras
from keras import layers


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.c1 = layers.Conv2D(32, 3)
        self.bn1 = layers.BatchNormalization()
        self.mp = layers.MaxPool2D(2, 2)
        self.c2 = layers.Conv2D(64, 5)
        self.bn2 = layers.BatchNormalization()
        self.flat = layers.Flatten()
        self.head = layers.Dense(10)

    def call(self, inputs):
        x = keras.activations.relu(self.bn1(self.c1(inputs)))
        x = self.mp(x)
        x = keras.activations.relu(self.bn2(self.c2(x)))
        return self.head(self.flat(x))


net = Net()
""",
    "the consumer is a Lambda, a function of tf.nn or of keras.ops": """
import keras
import tensorflow as tf
from keras import Input, Model, layers

inputs = Input((32, 32, 3))
x = layers.Conv2D(8, 3)(inputs)
x = layers.Lambda(lambda t: tf.nn.elu(t))(x)
x = layers.Conv2D(8, 3)(x)
x = keras.ops.leaky_relu(x)
x = layers.Conv2D(8, 3)(x)
x = keras.ops.maximum(x, 0.0)
model = Model(inputs, layers.Dense(2)(layers.Flatten()(x)))
""",
    "the consumer is a custom layer": """
import keras
from keras import Input, Sequential, layers


class Squash(layers.Layer):
    def call(self, x):
        norm = keras.ops.sqrt(keras.ops.sum(keras.ops.square(x), axis=-1, keepdims=True))
        return x * norm / (1.0 + norm**2)


model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(32, 9),
    Squash(),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "cannot know: the arguments come out of a dict": """
import json

from keras import Input, Sequential, layers

config = json.load(open("conv.json"))
model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(32, 3, **config),
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(64, 3, **config),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "the dict of arguments holds the activation": """
from keras import Input, Sequential, layers

config = {"kernel_size": 3, "padding": "same", "activation": "relu"}
model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(32, **config),
    layers.Conv2D(64, **config),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "cannot know: the activation is an argument of a builder that nobody calls": """
from keras import Input, Sequential, layers


def build(activation):
    return Sequential([
        Input((28, 28, 1)),
        layers.Conv2D(32, 3, activation=activation),
        layers.MaxPooling2D(2, 2),
        layers.Conv2D(64, 3, activation=activation),
        layers.Flatten(),
        layers.Dense(10),
    ])
""",
    "cannot know: a list of layers that grew by an unknown number": """
from keras import Sequential, layers


def stem(sizes, activation):
    stack = []
    for i, size in enumerate(sizes):
        stack.append(layers.Conv2D(size, 3, padding="same"))
        if i < len(sizes) - 1:
            stack.append(layers.BatchNormalization())
            stack.append(layers.Activation(activation))
    return Sequential(stack)
""",
    "cannot know: which arm adds the activation is decided by an argument": """
from keras import Input, Model, layers


def conv_block(x, filters, activation, use_norm=True):
    x = layers.Conv2D(filters, 3, padding="same")(x)
    if use_norm:
        x = layers.BatchNormalization()(x)
    if activation == "leaky":
        x = layers.LeakyReLU()(x)
    elif activation == "tanh":
        x = layers.Activation("tanh")(x)
    return x


def build(activation):
    inputs = Input((64, 64, 3))
    x = conv_block(inputs, 16, activation)
    x = conv_block(x, 32, activation)
    x = layers.Flatten()(x)
    return Model(inputs, layers.Dense(1)(x))
""",
    "a pointwise convolution makes three channels of a grey image": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((64, 64, 1)),
    layers.Rescaling(1 / 255),
    layers.Conv2D(3, 1),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(2),
])
""",
    "learned upsampling before an activated convolution": """
from keras import Input, Sequential, layers

decoder = Sequential([
    Input((8, 8, 8, 64)),
    layers.Conv3DTranspose(32, 2, strides=2),
    layers.Conv3D(32, 3, padding="same"),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.Conv3DTranspose(16, 2, strides=2),
    layers.Conv3D(16, 3, padding="same", activation="relu"),
    layers.Conv3D(2, 1),
])
""",
    "cannot know: a layer of another package stands between": """
from keras import Input, Sequential, layers
from mylayers import Mish

model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(32, 3),
    Mish(),
    layers.Conv2D(64, 3),
    Mish(),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "gated: multiplied by the sigmoid of a second branch": """
from keras import Input, Model, layers

inputs = Input((64, 32))
value = layers.Conv1D(32, 3, padding="causal")(inputs)
gate = layers.Conv1D(32, 3, padding="causal", activation="sigmoid")(inputs)
x = layers.Multiply()([value, gate])
x = layers.Conv1D(32, 1, activation="relu")(x)
model = Model(inputs, layers.Dense(1)(x))
""",
    "the output is sliced into halves": """
import keras
from keras import Input, Model, layers

inputs = Input((32, 32, 3))
x = layers.Conv2D(32, 3)(inputs)
x = keras.ops.maximum(x[..., :16], x[..., 16:])
x = layers.Conv2D(32, 3, activation="relu")(x)
model = Model(inputs, layers.Dense(4)(layers.Flatten()(x)))
""",
    "embedding head with normalised length": """
from keras import Input, Model, layers

inputs = Input((64, 64, 3))
x = layers.Conv2D(32, 3, activation="relu")(inputs)
x = layers.Conv2D(64, 3)(x)
x = layers.GlobalAveragePooling2D()(x)
model = Model(inputs, layers.UnitNormalization()(x))
""",
    "fixed kernels": """
import numpy as np
from keras import Input, Sequential, initializers, layers

blur = layers.Conv2D(3, 5, padding="same", use_bias=False, trainable=False)
edges = layers.Conv2D(3, 3, use_bias=False, kernel_initializer=initializers.Constant(0.25))
model = Sequential([
    Input((32, 32, 3)),
    blur,
    edges,
    layers.Conv2D(8, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(2),
])
""",
    "a torch model with layers of the same names": """
import torch.nn as nn
from keras import layers

net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2), nn.Conv2d(8, 8, 3))
""",
    "helper that adds norm and activation only where asked": """
from keras import Input, Model, layers


def conv_bn(x, filters, kernel, act=True):
    x = layers.Conv2D(filters, kernel, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.Activation("relu")(x) if act else x


inputs = Input((32, 32, 3))
x = conv_bn(inputs, 16, 3)
y = conv_bn(conv_bn(x, 16, 3), 16, 3, act=False)
x = layers.Activation("relu")(layers.add([x, y]))
model = Model(inputs, layers.Dense(4)(layers.GlobalAveragePooling2D()(x)))
""",
    "frozen filters of a model that is trained around them": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((64, 64, 1)),
    layers.Conv2D(8, 5, use_bias=False),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(2, activation="softmax"),
])
model.layers[0].trainable = False
model.compile("adam", "categorical_crossentropy")
""",
}
