"""Situations of conv-no-activation: sentence -> program."""

BAD: dict[str, str] = {
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
}

GOOD: dict[str, str] = {
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
    "residual block with identity shortcut": """
from keras import Input, Model, layers


def residual(x, filters):
    shortcut = x
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(layers.Add()([shortcut, x]))


inputs = Input((32, 32, 16))
x = residual(residual(inputs, 16), 16)
model = Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))
""",
    "residual sum with the plus operator, and the next block starts with a convolution": """
from keras import Input, Model, layers

inputs = Input((32, 32, 16))
x = inputs
for _ in range(3):
    y = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
    y = layers.Conv2D(16, 3, padding="same")(y)
    x = x + y * 0.1
x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
model = Model(inputs, layers.Dense(10)(layers.Flatten()(x)))
""",
    "bottleneck residual block with a projected shortcut": """
from keras import Input, Model, layers


def conv_block(x, filters, stride):
    shortcut = layers.Conv2D(4 * filters, 1, strides=stride)(x)
    shortcut = layers.BatchNormalization()(shortcut)
    y = layers.Conv2D(filters, 1, strides=stride)(x)
    y = layers.Activation("relu")(layers.BatchNormalization()(y))
    y = layers.Conv2D(filters, 3, padding="same")(y)
    y = layers.Activation("relu")(layers.BatchNormalization()(y))
    y = layers.BatchNormalization()(layers.Conv2D(4 * filters, 1)(y))
    return layers.Activation("relu")(layers.add([y, shortcut]))


inputs = Input((56, 56, 64))
x = conv_block(conv_block(inputs, 64, 1), 128, 2)
model = Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))
""",
    "dense block: concatenations of pre-activated convolutions": """
from keras import Input, Model, layers


def conv_block(x, growth):
    y = layers.Activation("relu")(layers.BatchNormalization()(x))
    y = layers.Conv2D(4 * growth, 1, use_bias=False)(y)
    y = layers.Activation("relu")(layers.BatchNormalization()(y))
    y = layers.Conv2D(growth, 3, padding="same", use_bias=False)(y)
    return layers.Concatenate()([x, y])


inputs = Input((32, 32, 3))
x = layers.Conv2D(16, 3, padding="same", use_bias=False)(inputs)
x = conv_block(conv_block(x, 12), 12)
x = layers.Activation("relu")(layers.BatchNormalization()(x))
x = layers.Conv2D(20, 1, use_bias=False)(x)
x = layers.AveragePooling2D(2, 2)(x)
x = conv_block(x, 12)
x = layers.Activation("relu")(layers.BatchNormalization()(x))
model = Model(inputs, layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(x)))
""",
    "inception module": """
from keras import Input, Model, layers


def inception(x):
    a = layers.Conv2D(16, 1, padding="same")(x)
    b = layers.Conv2D(16, 3, padding="same")(layers.Conv2D(8, 1, padding="same", activation="relu")(x))
    c = layers.Conv2D(16, 1, padding="same")(layers.AveragePooling2D(3, strides=1, padding="same")(x))
    return layers.concatenate([a, b, c])


inputs = Input((32, 32, 3))
x = layers.Conv2D(16, 3, activation="relu")(inputs)
x = layers.Activation("relu")(inception(x))
x = layers.GlobalAveragePooling2D()(inception(x))
model = Model(inputs, layers.Dense(10)(x))
""",
    "the convolution is the head of a segmentation model": """
from keras import Input, Model, layers

inputs = Input((64, 64, 3))
x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
x = layers.MaxPooling2D(2, 2)(x)
x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
x = layers.UpSampling2D(2)(x)
outputs = layers.Conv2D(5, 1)(x)
model = Model(inputs, outputs)
""",
    "the convolution is the output of a patch discriminator": """
from keras import Input, Sequential, layers

discriminator = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(32, 4, strides=2, padding="same"),
    layers.LeakyReLU(0.2),
    layers.Conv2D(64, 4, strides=2, padding="same"),
    layers.LeakyReLU(0.2),
    layers.Conv2D(1, 4, padding="same"),
    layers.Flatten(),
])
""",
    "super-resolution: the last convolution feeds a depth_to_space and a rescaling": """
import tensorflow as tf
from tensorflow.keras import Input, Model, layers

inputs = Input((None, None, 3))
x = layers.Rescaling(1 / 255)(inputs)
x = trunk = layers.Conv2D(64, 3, padding="same")(x)
for _ in range(4):
    y = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
    y = layers.Conv2D(64, 3, padding="same")(y)
    x = layers.Add()([x, y])
x = layers.Conv2D(64, 3, padding="same")(x)
x = layers.Add()([trunk, x])
x = layers.Conv2D(64 * 4, 3, padding="same")(x)
x = layers.Lambda(lambda t: tf.nn.depth_to_space(t, 2))(x)
x = layers.Conv2D(3, 3, padding="same")(x)
model = Model(inputs, layers.Rescaling(255.0)(x))
""",
    "linear bottlenecks of inverted residual blocks": """
from keras import Input, Model, layers


def inverted_residual(x, filters, stride):
    y = layers.Conv2D(6 * x.shape[-1], 1, use_bias=False)(x)
    y = layers.ReLU(6.0)(layers.BatchNormalization()(y))
    y = layers.DepthwiseConv2D(3, strides=stride, padding="same", use_bias=False)(y)
    y = layers.ReLU(6.0)(layers.BatchNormalization()(y))
    y = layers.Conv2D(filters, 1, use_bias=False)(y)
    y = layers.BatchNormalization()(y)
    return layers.Add()([x, y]) if stride == 1 and x.shape[-1] == filters else y


inputs = Input((64, 64, 16))
x = inverted_residual(inputs, 24, 2)
x = inverted_residual(x, 24, 1)
x = inverted_residual(x, 32, 2)
x = inverted_residual(x, 64, 2)
x = layers.Conv2D(128, 1)(x)
x = layers.ReLU(6.0)(layers.BatchNormalization()(x))
model = Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))
""",
    "squeeze and excitation before a linear bottleneck": """
from keras import Input, Model, layers


def mbconv(x, filters):
    y = layers.DepthwiseConv2D(3, strides=2, padding="same", use_bias=False)(x)
    y = layers.Activation("swish")(layers.BatchNormalization()(y))
    gate = layers.GlobalAveragePooling2D(keepdims=True)(y)
    gate = layers.Conv2D(4, 1, activation="swish")(gate)
    gate = layers.Conv2D(y.shape[-1], 1, activation="sigmoid")(gate)
    y = layers.Multiply()([y, gate])
    y = layers.Conv2D(filters, 1, use_bias=False)(y)
    return layers.BatchNormalization()(y)


inputs = Input((64, 64, 16))
x = mbconv(mbconv(inputs, 24), 40)
x = layers.Conv2D(64, 1, activation="swish")(x)
model = Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))
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
    "pre-activation network: the last convolution before the head": """
from keras import Input, Model, layers

inputs = Input((64, 64, 3))
x = layers.Rescaling(1.0 / 255)(inputs)
x = layers.Conv2D(32, 5, use_bias=False)(x)
for size in (32, 64, 128):
    residual = x
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    residual = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(residual)
    x = layers.add([x, residual])
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dropout(0.5)(x)
model = Model(inputs, layers.Dense(1, activation="sigmoid")(x))
""",
    "pre-activation with dropout or padding before the convolution": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 16)),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.Dropout(0.3),
    layers.Conv2D(16, 3, padding="same"),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.ZeroPadding2D(1),
    layers.Conv2D(32, 3),
    layers.GlobalAveragePooling2D(),
    layers.Dense(4),
])
""",
    "patch embedding of a vision transformer": """
from keras import Input, Model, layers

inputs = Input((64, 64, 3))
patches = layers.Conv2D(32, kernel_size=8, strides=8)(inputs)
tokens = layers.Reshape((64, 32))(patches)
x = layers.Dense(32, activation="gelu")(tokens)
x = layers.GlobalAveragePooling1D()(x)
model = Model(inputs, layers.Dense(10)(x))
""",
    "patch embedding with a position embedding": """
import keras
from keras import Input, Model, layers


class Positions(layers.Layer):
    def build(self, shape):
        self.embedding = self.add_weight(shape=(1, shape[1], shape[2]))

    def call(self, tokens):
        return tokens + self.embedding


inputs = Input((64, 64, 3))
x = layers.Conv2D(32, 16, 16, padding="valid")(inputs)
x = layers.Reshape((-1, 32))(x)
x = Positions()(x)
y = layers.LayerNormalization()(x)
y = layers.MultiHeadAttention(4, 8)(y, y)
x = layers.Add()([x, y])
model = Model(inputs, layers.Dense(10)(layers.Flatten()(x)))
""",
    "query, key and value of an attention over positions": """
import keras
from keras import Input, Model, layers

inputs = Input((16, 16, 32))
q = layers.Reshape((256, 8))(layers.Conv2D(8, 1)(inputs))
k = layers.Reshape((256, 8))(layers.Conv2D(8, 1)(inputs))
v = layers.Reshape((256, 32))(layers.Conv2D(32, 1)(inputs))
weights = layers.Softmax()(layers.Dot(axes=(2, 2))([q, k]))
mixed = layers.Reshape((16, 16, 32))(layers.Dot(axes=(2, 1))([weights, v]))
mixed = layers.Add()([inputs, mixed])
model = Model(inputs, layers.Dense(4)(layers.GlobalAveragePooling2D()(mixed)))
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
    "a neck of two convolutions that only normalise, on top of a backbone": """
from keras import Input, Model, layers

inputs = Input((32, 32, 128))
x = layers.Conv2D(128, 3, padding="same", activation="gelu")(inputs)
x = layers.Conv2D(64, 1, use_bias=False)(x)
x = layers.LayerNormalization()(x)
x = layers.Conv2D(64, 3, padding="same", use_bias=False)(x)
backbone = Model(inputs, layers.LayerNormalization()(x))
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
    "mean and variance of a variational autoencoder": """
import keras
from keras import Input, Model, layers


class Sampling(layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        return mean + keras.ops.exp(0.5 * log_var) * keras.random.normal(keras.ops.shape(mean))


inputs = Input((32, 32, 1))
x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(inputs)
mean = layers.Conv2D(4, 3, padding="same")(x)
log_var = layers.Conv2D(4, 3, padding="same")(x)
z = Sampling()([mean, log_var])
x = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(z)
model = Model(inputs, layers.Conv2D(1, 3, padding="same", activation="sigmoid")(x))
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
    "the linear code of an encoder feeds a decoder model": """
from keras import Input, Model, Sequential, layers

encoder = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
    layers.Conv2D(4, 3, strides=2, padding="same"),
])
decoder = Sequential([
    Input((8, 8, 4)),
    layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu"),
    layers.Conv2DTranspose(3, 3, strides=2, padding="same", activation="sigmoid"),
])
image = Input((32, 32, 3))
autoencoder = Model(image, decoder(encoder(image)))
""",
    "transposed convolutions of a U-Net feed concatenations": """
from keras import Input, Model, layers

inputs = Input((64, 64, 3))
c1 = layers.Conv2D(16, 3, activation="relu", padding="same")(inputs)
c2 = layers.Conv2D(32, 3, activation="relu", padding="same")(layers.MaxPooling2D(2, 2)(c1))
u1 = layers.Conv2DTranspose(16, 2, strides=2, padding="same")(c2)
u1 = layers.concatenate([u1, c1])
c3 = layers.Conv2D(16, 3, activation="relu", padding="same")(u1)
model = Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(c3))
""",
    "the downsampling and upsampling blocks of an image translator": """
from tensorflow.keras import Input, Model, Sequential, layers


def downsample(filters, norm=True):
    block = Sequential()
    block.add(layers.Conv2D(filters, 4, strides=2, padding="same", use_bias=False))
    if norm:
        block.add(layers.BatchNormalization())
    block.add(layers.LeakyReLU())
    return block


def upsample(filters, dropout=False):
    block = Sequential()
    block.add(layers.Conv2DTranspose(filters, 4, strides=2, padding="same", use_bias=False))
    block.add(layers.BatchNormalization())
    if dropout:
        block.add(layers.Dropout(0.5))
    block.add(layers.ReLU())
    return block


inputs = Input((64, 64, 3))
x, skips = inputs, []
for down in (downsample(32, norm=False), downsample(64), downsample(128)):
    x = down(x)
    skips.append(x)
for up, skip in zip((upsample(64, True), upsample(32)), reversed(skips[:-1])):
    x = layers.Concatenate()([up(x), skip])
model = Model(inputs, layers.Conv2DTranspose(3, 4, strides=2, padding="same", activation="tanh")(x))
""",
    "detection heads are reshaped and concatenated": """
from keras import Input, Model, layers

inputs = Input((64, 64, 3))
a = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(inputs)
b = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(a)
boxes_a = layers.Reshape((-1, 4))(layers.Conv2D(16, 3, padding="same")(a))
boxes_b = layers.Reshape((-1, 4))(layers.Conv2D(16, 3, padding="same")(b))
model = Model(inputs, layers.Concatenate(axis=1)([boxes_a, boxes_b]))
""",
    "channel and spatial attention": """
import keras
from keras import Input, Model, layers

inputs = Input((32, 32, 3))
x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
squeeze = layers.GlobalAveragePooling2D()(x)
excite = layers.Dense(16, activation="sigmoid")(layers.Dense(4, activation="relu")(squeeze))
x = layers.Multiply()([x, layers.Reshape((1, 1, 16))(excite)])
flat = layers.Concatenate()([keras.ops.mean(x, -1, keepdims=True), keras.ops.max(x, -1, keepdims=True)])
x = layers.Multiply()([x, layers.Conv2D(1, 7, padding="same", activation="sigmoid")(flat)])
model = Model(inputs, layers.Dense(4)(layers.GlobalAveragePooling2D()(x)))
""",
    "class maps are averaged and then go through softmax": """
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Conv2D(10, 1),
    layers.GlobalAveragePooling2D(),
    layers.Activation("softmax"),
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
}
