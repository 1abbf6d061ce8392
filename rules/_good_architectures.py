"""Architectures in which a convolution is linear for a reason: sentence -> program (conv-no-activation)."""

ARCHITECTURES: dict[str, str] = {
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
    "depthwise by its groups, of a width that is not known": """
from keras import layers


def block(x, width):
    y = layers.Conv2D(filters=width, kernel_size=7, padding="same", groups=width)(x)
    y = layers.LayerNormalization(epsilon=1e-6)(y)
    y = layers.Dense(4 * width, activation="gelu")(y)
    return layers.Dense(width)(y)
""",
    "depthwise by its groups, as in ConvNeXt": """
from keras import Input, Model, layers


def block(x, width):
    y = layers.Conv2D(width, 7, padding="same", groups=width)(x)
    y = layers.LayerNormalization()(y)
    y = layers.Dense(4 * width, activation="gelu")(y)
    return layers.Add()([x, layers.Dense(width)(y)])


inputs = Input((32, 32, 24))
x = block(block(inputs, 24), 24)
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
    "a neck of two convolutions that only normalise, on top of a backbone": """
from keras import Input, Model, layers

inputs = Input((32, 32, 128))
x = layers.Conv2D(128, 3, padding="same", activation="gelu")(inputs)
x = layers.Conv2D(64, 1, use_bias=False)(x)
x = layers.LayerNormalization()(x)
x = layers.Conv2D(64, 3, padding="same", use_bias=False)(x)
backbone = Model(inputs, layers.LayerNormalization()(x))
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
}
