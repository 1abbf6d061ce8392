"""Situations of mixed-padding: sentence -> program."""

BAD: dict[str, str] = {
    "same and omitted take turns": """
from keras import Sequential
from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D

model = Sequential()
model.add(Input((32, 32, 3)))
model.add(Conv2D(32, 3, padding="same", activation="relu"))
model.add(Conv2D(32, 3, activation="relu"))  # KER302 info: 2 of 4 convolutions of `model` are 'valid', the others 'same'
model.add(MaxPooling2D(2, 2))
model.add(Conv2D(64, 3, padding="same", activation="relu"))
model.add(Conv2D(64, 3, activation="relu"))
model.add(MaxPooling2D(2, 2))
model.add(Flatten())
model.add(Dense(10, activation="softmax"))
""",
    "one of seven is omitted in the middle": """
from keras import Sequential, layers

model = Sequential([
    layers.Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, activation="relu"),  # KER302 info: 1 of 7 convolutions of `model` is 'valid'
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(10),
])
""",
    "a U-Net whose decoder forgets one": """
from keras import Input, Model, layers

inputs = Input((64, 64, 3))
c1 = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
p1 = layers.MaxPooling2D(2, 2)(c1)
c2 = layers.Conv2D(32, 3, padding="same", activation="relu")(p1)
p2 = layers.MaxPooling2D(2, 2)(c2)
c3 = layers.Conv2D(64, 3, padding="same", activation="relu")(p2)
c3 = layers.Conv2D(64, 3, padding="same", activation="relu")(c3)
u2 = layers.concatenate([layers.UpSampling2D(2)(c3), c2])
c4 = layers.Conv2D(32, 3, padding="same", activation="relu")(u2)
u1 = layers.concatenate([layers.UpSampling2D(2)(c4), c1])
c5 = layers.Conv2D(16, 3, activation="relu")(u1)  # KER302 warning: the output is (62, 62) for an input of (64, 64)
c5 = layers.Conv2D(16, 3, padding="same", activation="relu")(c5)
model = Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(c5))
""",
    "a dilated convolution among same ones": """
from keras import Sequential, layers

model = Sequential([
    layers.Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, dilation_rate=2, activation="relu"),  # KER302 info: is 'valid'
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(10),
])
""",
    "functional: a chain that alternates": """
from keras import Input, Model, layers

inputs = Input((64, 64, 3))
x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
x = layers.Conv2D(16, 3, activation="relu")(x)  # KER302 info: 2 of 5
x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
x = layers.Conv2D(32, 3, activation="relu")(x)
x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
x = layers.GlobalAveragePooling2D()(x)
model = Model(inputs, layers.Dense(10)(x))
""",
    "attributes chained in call": """
import keras
from keras import layers


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.c1 = layers.Conv2D(16, 3, padding="same", activation="relu")
        self.c2 = layers.Conv2D(16, 3, activation="relu")  # KER302 info: 1 of 3
        self.c3 = layers.Conv2D(16, 3, padding="same", activation="relu")
        self.pool = layers.GlobalAveragePooling2D()
        self.head = layers.Dense(10)

    def call(self, x):
        return self.head(self.pool(self.c3(self.c2(self.c1(x)))))


net = Net()
""",
    "a helper whose padding is valid by default, as some callers forget": """
from keras import Input, Model, layers


def block(x, filters, padding="valid"):
    x = layers.Conv2D(filters, 3, padding=padding, use_bias=False)(x)  # KER302 info: 1 of 4
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x)


inputs = Input((64, 64, 3))
x = block(inputs, 16, padding="same")
x = block(x, 32, padding="same")
x = block(x, 32)
x = block(x, 64, padding="same")
x = layers.GlobalAveragePooling2D()(x)
model = Model(inputs, layers.Dense(10)(x))
""",
    "causal and valid along time": """
from keras import Sequential, layers

model = Sequential([
    layers.Input((128, 8)),
    layers.Conv1D(32, 3, padding="causal", activation="relu"),
    layers.Conv1D(32, 3, activation="relu", dilation_rate=2),  # KER302 info: 1 of 3 convolutions of `model` is 'valid', the others 'causal'
    layers.Conv1D(32, 3, padding="causal", activation="relu", dilation_rate=4),
    layers.GlobalMaxPooling1D(),
    layers.Dense(1),
])
""",
    "a decoder whose transposed convolution makes the output two pixels too large": """
from keras import Sequential, layers

autoencoder = Sequential([
    layers.Input((28, 28, 1)),
    layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
    layers.Conv2D(8, 3, strides=2, padding="same", activation="relu"),
    layers.Conv2DTranspose(8, 3, strides=2, padding="same", activation="relu"),
    layers.Conv2DTranspose(16, 4, strides=2, activation="relu"),  # KER302 warning: the output is (30, 30) for an input of (28, 28)
    layers.Conv2D(1, 3, padding="same", activation="sigmoid"),
])
""",
    "a loop in which only the first convolution spells its padding": """
from keras import Sequential, layers

model = Sequential()
model.add(layers.Input((64, 64, 3)))
model.add(layers.Conv2D(16, 3, padding="same", activation="relu"))  # KER302 info: 1 of 3 convolutions of `model` is 'same', the others 'valid'
for filters in (32, 64):
    model.add(layers.Conv2D(filters, 3, activation="relu"))
    model.add(layers.MaxPooling2D(2, 2))
model.add(layers.Flatten())
model.add(layers.Dense(10))
""",
    "upper case and omitted": """
from keras import Sequential, layers

model = Sequential([
    layers.Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="SAME", activation="relu"),
    layers.Conv2D(16, 3, activation="relu"),  # KER302 info: 1 of 3
    layers.Conv2D(16, 3, padding="SAME", activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(10),
])
""",
    "a twin model pads evenly": """
from keras import Input, Model, Sequential, layers

plain = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(10),
])

inputs = Input((64, 64, 3))
x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
x = layers.Conv2D(16, 3, activation="relu")(x)  # KER302 warning: its twin `plain` pads evenly
x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
x = layers.GlobalAveragePooling2D()(x)
functional = Model(inputs, layers.Dense(10)(x))
""",
    "skip connections that no longer fit": """
from keras import Input, Model, layers

inputs = Input((64, 64, 3))
skip = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
x = layers.Conv2D(16, 3, padding="same", activation="relu")(skip)
x = layers.Conv2D(16, 3, activation="relu")(x)  # KER302 warning: the merge after it gets (62, 62) and (64, 64)
x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
x = layers.Concatenate()([skip, x])
model = Model(inputs, layers.Dense(10)(layers.Flatten()(x)))
""",
}

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
