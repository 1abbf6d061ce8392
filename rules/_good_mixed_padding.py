"""Situations in which mixed-padding is silent: sentence -> program."""

GOOD: dict[str, str] = {
    "all same, and all default": """
from keras import Input, Sequential, layers

padded = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
shrinking = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(2, 2, padding="same"),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "kernels of one": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(8, 1, activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(8, (1, 1), activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(2, 1),
])
""",
    "a stem with strides": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((128, 128, 3)),
    layers.Conv2D(32, 7, strides=2, activation="relu"),
    layers.MaxPooling2D(3, 2),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2D(64, 3, padding="same", activation="relu"),
    layers.Conv2D(64, 3, padding="same", activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(10),
])
""",
    "a stem behind explicit zero padding": """
from keras import Input, Model, layers

inputs = Input((224, 224, 3))
x = layers.ZeroPadding2D(3)(inputs)
x = layers.Conv2D(64, 7, strides=2)(x)
x = layers.ReLU()(layers.BatchNormalization()(x))
x = layers.ZeroPadding2D(1)(x)
x = layers.MaxPooling2D(3, 2)(x)
x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
model = Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))
""",
    "parallel branches": """
from keras import Input, Model, layers

inputs = Input((32, 32, 64))
a = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
a = layers.Conv2D(16, 3, padding="same", activation="relu")(a)
b = layers.Conv2D(16, 3, activation="relu")(inputs)
b = layers.Conv2D(16, 3, activation="relu")(b)
a = layers.GlobalAveragePooling2D()(a)
b = layers.GlobalAveragePooling2D()(b)
model = Model(inputs, layers.Dense(10)(layers.concatenate([a, b])))
""",
    "a valid convolution that brings the output back to the size of the input": """
from keras import Input, Model, layers

inputs = Input((28, 28, 1))
x = layers.Conv2D(16, 3, activation="relu", padding="same")(inputs)
x = layers.MaxPooling2D(2, 2, padding="same")(x)
x = layers.Conv2D(8, 3, activation="relu", padding="same")(x)
x = layers.MaxPooling2D(2, 2, padding="same")(x)
x = layers.Conv2D(8, 3, activation="relu", padding="same")(x)
x = layers.MaxPooling2D(2, 2, padding="same")(x)
x = layers.Conv2D(8, 3, activation="relu", padding="same")(x)
x = layers.UpSampling2D(2)(x)
x = layers.Conv2D(8, 3, activation="relu", padding="same")(x)
x = layers.UpSampling2D(2)(x)
x = layers.Conv2D(16, 3, activation="relu")(x)
x = layers.UpSampling2D(2)(x)
autoencoder = Model(inputs, layers.Conv2D(1, 3, activation="sigmoid", padding="same")(x))
""",
    "patch embedding": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(32, 4, strides=4),
    layers.Activation("gelu"),
    layers.Conv2D(32, 3, padding="same", activation="gelu"),
    layers.Conv2D(32, 3, padding="same", activation="gelu"),
    layers.Conv2D(64, 2, strides=2),
    layers.Conv2D(64, 3, padding="same", activation="gelu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(10),
])
""",
    "the last convolution collapses the map": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
    layers.Conv2D(64, 3, strides=2, padding="same", activation="relu"),
    layers.Conv2D(128, 3, strides=2, padding="same", activation="relu"),
    layers.Conv2D(256, 4, activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "valid convolutions behind explicit padding of any kind": """
import tensorflow as tf
from keras import Input, Model, layers


class ReflectionPadding(layers.Layer):
    def call(self, x):
        return tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]], mode="REFLECT")


inputs = Input((64, 64, 3))
x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
x = layers.ZeroPadding2D(1)(x)
x = layers.Conv2D(16, 3, activation="relu")(x)
x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
x = ReflectionPadding()(x)
x = layers.Conv2D(16, 3, activation="relu")(x)
x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
model = Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))
""",
    "both paddings are spelled out everywhere": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2D(32, 3, padding="valid", activation="relu"),
    layers.Conv2D(64, 3, padding="same", activation="relu"),
    layers.Conv2D(64, 3, padding="valid", activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "cannot know: the padding comes from elsewhere": """
import sys

from keras import Input, Sequential, layers

config = {"padding": sys.argv[1]}
model = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2D(32, 3, padding=sys.argv[1], activation="relu"),
    layers.Conv2D(32, 3, activation="relu", **config),
    layers.Conv2D(64, 3, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "two models": """
from keras import Input, Sequential, layers

one = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2D(1, 1),
])
two = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Conv2D(1, 1),
])
""",
    "a generator feeds a critic of another style": """
from keras import Input, Model, Sequential, layers

generator = Sequential([
    Input((8, 8, 16)),
    layers.Conv2DTranspose(32, 4, strides=2, padding="same", activation="relu"),
    layers.Conv2DTranspose(16, 4, strides=2, padding="same", activation="relu"),
    layers.Conv2D(3, 3, padding="same", activation="tanh"),
])
critic = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.Conv2D(32, 5, strides=2, activation="relu"),
    layers.Flatten(),
    layers.Dense(1),
])
noise = Input((8, 8, 16))
gan = Model(noise, critic(generator(noise)))
""",
    "an encoder and the head of its own on top of it": """
from keras import Input, Model, Sequential, layers

encoder = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
])
inputs = Input((64, 64, 3))
x = encoder(inputs)
x = layers.Conv2D(64, 3, strides=2, activation="relu")(x)
x = layers.Conv2D(64, 3, strides=2, activation="relu")(x)
x = layers.GlobalAveragePooling2D()(x)
model = Model(inputs, layers.Dense(10)(x))
""",
    "a discriminator whose last convolution is its head": """
from keras import Input, Sequential, layers

discriminator = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(64, 4, strides=2, padding="same"), layers.LeakyReLU(0.2),
    layers.Conv2D(128, 4, strides=2, padding="same"), layers.LeakyReLU(0.2),
    layers.Conv2D(256, 4, strides=2, padding="same"), layers.LeakyReLU(0.2),
    layers.Conv2D(1, 4),
    layers.Flatten(),
    layers.Activation("sigmoid"),
])
""",
    "fewer than three convolutions": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(64, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "transposed convolutions whose kernel is not larger than their stride": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((16, 16, 8)),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2DTranspose(16, 2, strides=2, activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2DTranspose(8, (2, 2), strides=(2, 2), activation="relu"),
    layers.Conv2D(8, 3, padding="same", activation="relu"),
    layers.Conv2D(1, 1, activation="sigmoid"),
])
""",
    "default pools next to same convolutions": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(64, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(2, 2),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "an inception stem: the helper pads, some callers say otherwise": """
from keras import Input, Model, layers


def conv_bn(x, filters, kernel, padding="same", strides=1):
    x = layers.Conv2D(filters, kernel, strides=strides, padding=padding, use_bias=False)(x)
    x = layers.BatchNormalization(scale=False)(x)
    return layers.Activation("relu")(x)


inputs = Input((299, 299, 3))
x = conv_bn(inputs, 32, 3, strides=2, padding="valid")
x = conv_bn(x, 32, 3, padding="valid")
x = conv_bn(x, 64, 3)
x = layers.MaxPooling2D(3, 2)(x)
x = conv_bn(x, 80, 1, padding="valid")
x = conv_bn(x, 192, 3, padding="valid")
x = layers.MaxPooling2D(3, 2)(x)
model = Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))
""",
    "a transposed convolution that is cropped afterwards": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((16, 16, 8)),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2DTranspose(16, 4, strides=2, activation="relu"),
    layers.Cropping2D(1),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(1, 1, activation="sigmoid"),
])
""",
    "a residual network": """
from keras import Input, Model, layers


def residual(x, filters, stride):
    y = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    y = layers.BatchNormalization()(layers.Conv2D(filters, 3, padding="same")(y))
    if stride > 1:
        x = layers.BatchNormalization()(layers.Conv2D(filters, 1, strides=stride)(x))
    return layers.ReLU()(layers.Add()([x, y]))


inputs = Input((64, 64, 3))
x = layers.Conv2D(16, 7, strides=2, activation="relu")(inputs)
x = residual(residual(residual(x, 16, 1), 32, 2), 64, 2)
model = Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))
""",
}
