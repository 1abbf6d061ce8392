"""Situations of conv-no-activation: sentence -> program with the marked lines."""

BAD: dict[str, str] = {
    "activations are layers of their own, and one is forgotten": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(32, 3, padding="same"),
    layers.Activation("relu"),
    layers.Conv2D(32, 3, padding="same"),  # KER201 warning: max pooling is the only non-linearity before the next Conv2D
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(64, 3, padding="same"),
    layers.Activation("relu"),
    layers.Flatten(),
    layers.Dense(10),
])
""",
    "normalised and activated by layers of their own, and one activation is forgotten": """
from keras import Input, Model, layers

inputs = Input((32, 32, 3))
x = layers.Conv2D(16, 3, use_bias=False)(inputs)
x = layers.BatchNormalization()(x)
x = layers.ReLU()(x)
x = layers.Conv2D(32, 3, use_bias=False)(x)  # KER201 warning: collapse into one affine map
x = layers.BatchNormalization()(x)
x = layers.Conv2D(64, 3, use_bias=False)(x)
x = layers.BatchNormalization()(x)
x = layers.ReLU()(x)
model = Model(inputs, layers.Dense(5)(layers.GlobalAveragePooling2D()(x)))
""",
    "convolution, max pooling, convolution": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(32, 3),  # KER201 warning: max pooling is the only non-linearity before the next Conv2D
    layers.MaxPool2D(),
    layers.Conv2D(64, 5, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
""",
    "three convolutions with batch normalisation and not one activation, in a model inside a model": """
from tensorflow import keras
from tensorflow.keras import layers


class Wrapped(keras.Model):
    def __init__(self, input_shape):
        super().__init__()
        self.mdl = keras.Sequential([
            layers.Input(shape=input_shape),
            layers.Conv2D(32, 3),  # KER201 warning: no activation
            layers.BatchNormalization(),
            layers.MaxPool2D(),
            layers.Conv2D(64, 5),  # KER201 warning: no activation
            layers.BatchNormalization(),
            layers.MaxPool2D(),
            layers.Conv2D(128, 3),  # KER201 warning: Dense after it collapse into one affine map
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10),
        ])

    def call(self, inputs):
        return self.mdl(inputs)


wrapped = Wrapped(input_shape=(32, 32, 3))
""",
    "convolution, flatten, dense": """
import keras
from keras import layers

student = keras.Sequential(
    [
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, (3, 3), strides=(2, 2), padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.MaxPooling2D(pool_size=(2, 2), strides=(1, 1), padding="same"),
        layers.Conv2D(32, (3, 3), strides=(2, 2), padding="same"),  # KER201 warning: Dense
        layers.Flatten(),
        layers.Dense(10),
    ],
    name="student",
)
""",
    "convolution, dropout, convolution": """
from keras import Input, Sequential
from keras.layers import Conv2D, Dropout, Flatten, Dense

model = Sequential()
model.add(Input((16, 16, 3)))
model.add(Conv2D(8, 3))  # KER201 warning: the Conv2D after it collapse into one affine map
model.add(Dropout(0.25))
model.add(Conv2D(8, 3, activation="relu"))
model.add(Flatten())
model.add(Dense(2, activation="softmax"))
""",
    "convolution, global average pooling, dense": """
from keras import Input, Model, layers

inputs = Input((16, 16, 3))
x = layers.Conv2D(8, 3, activation="relu")(inputs)
x = layers.MaxPooling2D(2, 2)(x)
x = layers.Conv2D(16, 3)(x)  # KER201 warning: Dense
x = layers.GlobalAveragePooling2D()(x)
model = Model(inputs, layers.Dense(2, activation="softmax")(x))
""",
    "functional: convolution, pooling, convolution": """
import tensorflow as tf

inputs = tf.keras.Input((64, 64, 3))
x = tf.keras.layers.Conv2D(64, 3)(inputs)  # KER201 warning: pooling is the only non-linearity
x = tf.keras.layers.MaxPooling2D()(x)
x = tf.keras.layers.Conv2D(128, 3, activation="relu")(x)
x = tf.keras.layers.GlobalMaxPooling2D()(x)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1, activation="sigmoid")(x))
""",
    "subclass: attributes called one after another": """
import keras
from keras import layers


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv1 = layers.Conv2D(16, 3)  # KER201 warning: `conv1` has no activation
        self.pool = layers.MaxPooling2D(2, 2)
        self.conv2 = layers.Conv2D(32, 3, activation="relu")
        self.flatten = layers.Flatten()
        self.head = layers.Dense(10)

    def call(self, x):
        x = self.conv1(x)
        x = self.pool(x)
        x = self.conv2(x)
        return self.head(self.flatten(x))


net = Net()
""",
    "subclass: batch normalisation between and no activation in call": """
import keras
from keras import layers


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv1 = layers.Conv2D(16, 3)  # KER201 warning: no activation
        self.bn = layers.BatchNormalization()
        self.conv2 = layers.Conv2D(32, 3, activation="relu")
        self.pool = layers.GlobalAveragePooling2D()
        self.head = layers.Dense(10)

    def call(self, x, training=None):
        x = self.bn(self.conv1(x), training=training)
        return self.head(self.pool(self.conv2(x)))


net = Net()
net.build((None, 32, 32, 3))
""",
    "one of several sibling convolutions lacks it": """
from keras import Input, Sequential
from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D

model = Sequential([
    Input((64, 64, 3)),
    Conv2D(16, 3, activation="relu"),
    MaxPooling2D(2, 2),
    Conv2D(32, 3, activation="relu"),
    MaxPooling2D(2, 2),
    Conv2D(64, 3),  # KER201 warning: the other 3 convolutions
    MaxPooling2D(2, 2),
    Conv2D(64, 3, activation="relu"),
    Flatten(),
    Dense(1, activation="sigmoid"),
])
""",
    "one dimension: convolution and pooling three times": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((128, 6)),
    layers.Conv1D(32, 5),  # KER201 warning: no activation
    layers.MaxPooling1D(2, 2),
    layers.Conv1D(64, 5),  # KER201 warning: no activation
    layers.MaxPooling1D(2, 2),
    layers.Conv1D(64, 5),  # KER201 warning: no activation
    layers.GlobalMaxPooling1D(),
    layers.Dense(5, activation="softmax"),
])
""",
    "three dimensions, spelled out as linear and no convolution has an activation": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((16, 16, 16, 1)),
    layers.Conv3D(8, 3, activation="linear"),  # KER201 warning: no convolution of `model` has one
    layers.MaxPooling3D(2, 2),
    layers.Conv3D(8, 3, activation="linear"),  # KER201 warning: no activation
    layers.Flatten(),
    layers.Dense(2, activation="softmax"),
])
""",
    "built in a loop": """
from keras import Input, Sequential
from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D

m = Sequential()
m.add(Input((64, 64, 1)))
for f in (32, 64):
    m.add(Conv2D(f, 3))  # KER201 warning: no activation
    m.add(MaxPooling2D(2, 2))
m.add(Flatten())
m.add(Dense(10, activation="softmax"))
""",
    "a helper applied three times": """
from keras import Input, Model
from keras.layers import Conv2D, Dense, GlobalAveragePooling2D, MaxPooling2D


def block(x, f):
    x = Conv2D(f, 3, padding="same")(x)  # KER201 warning: no activation
    return MaxPooling2D(2, 2)(x)


inputs = Input((64, 64, 3))
y = block(block(block(inputs, 16), 32), 64)
model = Model(inputs, Dense(4)(GlobalAveragePooling2D()(y)))
""",
    "the activation of a helper is None at this call": """
from keras import Input, Model, layers


def conv(x, filters, act=None):
    return layers.Conv2D(filters, 3, activation=act)(x)  # KER201 warning: no activation


inputs = Input((32, 32, 3))
x = conv(inputs, 16, act="relu")
x = conv(x, 32)
x = conv(x, 64, act="relu")
model = Model(inputs, layers.Dense(4)(layers.GlobalAveragePooling2D()(x)))
""",
    "transposed convolutions of a generator": """
from keras import Input, Sequential, layers

generator = Sequential([
    Input((64,)),
    layers.Dense(7 * 7 * 32, activation="relu"),
    layers.Reshape((7, 7, 32)),
    layers.Conv2DTranspose(32, 4, strides=2, padding="same"),  # KER201 warning: Conv2DTranspose has no activation
    layers.BatchNormalization(),
    layers.Conv2DTranspose(16, 4, strides=2, padding="same"),  # KER201 warning: no activation
    layers.BatchNormalization(),
    layers.Conv2D(1, 3, padding="same", activation="tanh"),
])
""",
    "a separable convolution before a recurrent layer": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((100, 12)),
    layers.SeparableConv1D(32, 5),  # KER201 warning: LSTM
    layers.Dropout(0.2),
    layers.LSTM(16),
    layers.Dense(1),
])
""",
    "written as linear between convolutions that have activations": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Conv2D(16, 3, activation=None),  # KER201 info: explicitly linear
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(4),
])
""",
    "small blocks without activation, chained in a larger model": """
import keras
from keras import layers


class Block(keras.Model):
    def __init__(self, filters):
        super().__init__()
        self.conv = layers.Conv2D(filters, 3)  # KER201 warning: no activation
        self.pool = layers.MaxPooling2D(2, 2)

    def call(self, x):
        return self.pool(self.conv(x))


class Stack(keras.Model):
    def __init__(self):
        super().__init__()
        self.a = Block(16)
        self.b = Block(32)
        self.head = layers.Dense(1)

    def call(self, x):
        x = self.b(self.a(x))
        return self.head(keras.ops.max(x, axis=(1, 2)))


stack = Stack()
""",
    "a list of layers walked in call": """
import keras
from keras import layers


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.convs = [layers.Conv2D(f, 3) for f in (8, 16, 32)]  # KER201 warning: no activation
        self.head = layers.Conv2D(1, 1, activation="sigmoid")

    def call(self, x):
        for conv in self.convs:
            x = conv(x)
        return self.head(x)


net = Net()
""",
    "the activation was forgotten in one arm of the decoder": """
from keras import Input, Model, layers

inputs = Input((64, 64, 3))
skip = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
x = layers.MaxPooling2D(2, 2)(skip)
x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
x = layers.UpSampling2D(2)(x)
x = layers.Concatenate()([x, skip])
x = layers.Conv2D(16, 3, padding="same")(x)  # KER201 warning: no activation
x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
model = Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))
""",
    "a discriminator that is trained, and then frozen for the combined model": """
from keras import Input, Model, Sequential, layers

critic = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(32, 3, strides=2, padding="same"),  # KER201 warning: no activation
    layers.Dropout(0.25),
    layers.Conv2D(64, 3, strides=2, padding="same"),
    layers.LeakyReLU(0.2),
    layers.Flatten(),
    layers.Dense(1, activation="sigmoid"),
])
critic.compile("adam", "binary_crossentropy")
painter = Sequential([Input((16,)), layers.Dense(784, activation="tanh"), layers.Reshape((28, 28, 1))])
critic.trainable = False
noise = Input((16,))
both = Model(noise, critic(painter(noise)))
both.compile("adam", "binary_crossentropy")
""",
}
