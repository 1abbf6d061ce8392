"""Well-known architectures for images, written by hand in the styles in which people write them."""

from __future__ import annotations

IMAGES: dict[str, str] = {
    "VGG block by block, Sequential with add": """
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, MaxPooling2D, Flatten, Dense, Dropout, BatchNormalization

def vgg_block(model, filters, convs, first=False):
    for i in range(convs):
        if first and i == 0:
            model.add(Conv2D(filters, (3, 3), activation="relu", padding="same", input_shape=(64, 64, 3)))
        else:
            model.add(Conv2D(filters, (3, 3), activation="relu", padding="same"))
        model.add(BatchNormalization())
    model.add(MaxPooling2D(pool_size=(2, 2), strides=(2, 2)))

model = Sequential(name="vgg")
for stage, (filters, convs) in enumerate([(16, 2), (32, 2), (64, 3), (64, 3)]):
    vgg_block(model, filters, convs, first=stage == 0)
model.add(Flatten())
for units in (128, 64):
    model.add(Dense(units, activation="relu"))
    model.add(Dropout(0.5))
model.add(Dense(10, activation="softmax"))
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
""",
    "ResNet with identity and projection shortcuts": """
import keras
from keras import layers

def conv_bn(x, filters, kernel, stride=1, act=True):
    x = layers.Conv2D(filters, kernel, strides=stride, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.Activation("relu")(x) if act else x

def bottleneck(x, filters, stride):
    shortcut = x
    y = conv_bn(x, filters, 1, stride)
    y = conv_bn(y, filters, 3)
    y = conv_bn(y, 4 * filters, 1, act=False)
    if stride != 1 or shortcut.shape[-1] != 4 * filters:
        shortcut = conv_bn(shortcut, 4 * filters, 1, stride, act=False)
    return layers.ReLU()(layers.Add()([y, shortcut]))

def resnet(blocks=(2, 2, 2), classes=10, shape=(64, 64, 3)):
    inputs = keras.Input(shape=shape)
    x = conv_bn(inputs, 16, 7, 2)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    for stage, count in enumerate(blocks):
        for index in range(count):
            x = bottleneck(x, 8 * 2**stage, 2 if index == 0 and stage > 0 else 1)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="resnet")

model = resnet()
deeper = resnet(blocks=[1, 1, 1, 1], classes=5)
features = keras.Model(model.input, model.layers[-2].output, name="features")
""",
    "ResNet with operators instead of Add layers": """
import keras
from keras import layers, ops

inputs = keras.Input((32, 32, 3))
x = layers.Conv2D(8, 3, padding="same")(inputs)
for _ in range(2):
    y = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    y = layers.Conv2D(8, 3, padding="same")(y)
    x = keras.activations.relu(x + 0.5 * y)
x = ops.mean(x, axis=[1, 2])
x = layers.Concatenate()([x, ops.max(layers.Conv2D(4, 1)(inputs), axis=(1, 2))])
logits = layers.Dense(10)(x) / 2.0
model = keras.Model(inputs, logits)
extra = layers.Add()([layers.Dense(3)(x), layers.Dense(3)(x)])
second = keras.Model(inputs, extra)
""",
    "U-Net with lists of skips": """
from keras.layers import *
from keras.models import Model

def double_conv(x, n):
    for _ in range(2):
        x = Conv2D(n, 3, padding="same", kernel_initializer="he_normal")(x)
        x = BatchNormalization()(x)
        x = Activation("relu")(x)
    return x

def unet(size=(64, 64, 1), depth=3, base=8):
    inp = Input(size)
    skips, x = [], inp
    for level in range(depth):
        x = double_conv(x, base * 2**level)
        skips.append(x)
        x = MaxPooling2D()(x)
    x = double_conv(x, base * 2**depth)
    for level, skip in reversed(list(enumerate(skips))):
        x = Conv2DTranspose(base * 2**level, 2, strides=2, padding="same")(x)
        x = concatenate([x, skip], axis=3)
        x = double_conv(x, base * 2**level)
        if level == 0:
            x = Dropout(0.3)(x)
    out = Conv2D(1, 1, activation="sigmoid")(x)
    return Model(inputs=[inp], outputs=[out])

net = unet()
""",
    "Inception block with a dict of branches": """
import keras
from keras import layers as L

CONFIG = {"b1": (16,), "b3": (8, 16), "b5": (4, 8), "pool": (8,)}

def inception(x, config, name):
    towers = []
    towers.append(L.Conv2D(config["b1"][0], 1, activation="relu", name=f"{name}_1x1")(x))
    for size, key in ((3, "b3"), (5, "b5")):
        reduce, out = config[key]
        t = L.Conv2D(reduce, 1, activation="relu", name=f"{name}_{size}x{size}_reduce")(x)
        towers.append(L.Conv2D(out, size, padding="same", activation="relu", name=name + "_%dx%d" % (size, size))(t))
    pool = L.MaxPool2D(3, strides=1, padding="same")(x)
    towers.append(L.Conv2D(*config["pool"], kernel_size=1, activation="relu")(pool))
    return L.Concatenate(axis=-1, name="{}_concat".format(name))(towers)

inputs = L.Input(shape=(32, 32, 3))
x = L.Conv2D(16, 7, strides=2, padding="same", activation="relu")(inputs)
for i in range(3):
    x = inception(x, CONFIG, name=f"mixed{i}")
    if i == 1:
        aux = L.Dense(10, name="aux")(L.GlobalAvgPool2D()(x))
x = L.AveragePooling2D(4)(x)
x = L.Flatten()(x)
main = L.Dense(10, activation="softmax", name="main")(x)
model = keras.Model(inputs, [main, aux], name="googlenet")
""",
    "DenseNet with closures": """
import keras
from keras import layers

def make_densenet(growth, blocks, reduction=0.5):
    def layer(x):
        y = layers.BatchNormalization(epsilon=1.001e-5)(x)
        y = layers.Activation("relu")(y)
        y = layers.Conv2D(4 * growth, 1, use_bias=False)(y)
        y = layers.BatchNormalization()(y)
        y = layers.Activation("relu")(y)
        y = layers.Conv2D(growth, 3, padding="same", use_bias=False)(y)
        return layers.Concatenate()([x, y])

    def transition(x):
        x = layers.BatchNormalization()(x)
        x = layers.Conv2D(int(x.shape[-1] * reduction), 1, use_bias=False)(x)
        return layers.AveragePooling2D(2, strides=2)(x)

    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(2 * growth, 3, padding="same")(inputs)
    for index, count in enumerate(blocks):
        for _ in range(count):
            x = layer(x)
        if index < len(blocks) - 1:
            x = transition(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10)(x))

model = make_densenet(growth=4, blocks=[2, 3, 2])
""",
    "MobileNet with depthwise convolutions and a width": """
import keras
from keras import layers

def _make_divisible(v, divisor=8):
    new_v = max(divisor, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v

class Builder:
    def __init__(self, alpha=0.75):
        self.alpha = alpha
        self.block_id = 0

    def block(self, x, filters, strides=1, expansion=6):
        prefix = f"block_{self.block_id}_"
        self.block_id += 1
        channels = x.shape[-1]
        filters = _make_divisible(filters * self.alpha)
        y = layers.Conv2D(expansion * channels, 1, use_bias=False, name=prefix + "expand")(x)
        y = layers.BatchNormalization(name=prefix + "expand_bn")(y)
        y = layers.ReLU(6.0, name=prefix + "expand_relu")(y)
        if strides == 2:
            y = layers.ZeroPadding2D(((0, 1), (0, 1)), name=prefix + "pad")(y)
        y = layers.DepthwiseConv2D(3, strides=strides, padding="valid" if strides == 2 else "same")(y)
        y = layers.BatchNormalization()(y)
        y = layers.Conv2D(filters, 1, use_bias=False, name=prefix + "project")(y)
        if channels == filters and strides == 1:
            return layers.Add(name=prefix + "add")([x, y])
        return y

    def __call__(self, shape):
        inputs = keras.Input(shape)
        x = layers.Conv2D(_make_divisible(32 * self.alpha), 3, strides=2, padding="same")(inputs)
        for filters, strides in [(16, 1), (24, 2), (24, 1), (32, 2), (32, 1)]:
            x = self.block(x, filters, strides)
        x = layers.SeparableConv2D(64, 3, padding="same")(x)
        x = layers.GlobalAveragePooling2D(keepdims=True)(x)
        x = layers.Conv2D(10, 1)(x)
        return keras.Model(inputs, layers.Reshape((10,))(x))

model = Builder(alpha=0.5)((64, 64, 3))
wide = Builder()(shape=(32, 32, 3))
""",
    "LeNet as a list of layers": """
from tensorflow import keras
import tensorflow as tf

lenet = keras.models.Sequential([
    tf.keras.Input(shape=(28, 28, 1)),
    tf.keras.layers.Rescaling(1.0 / 255),
    tf.keras.layers.Conv2D(6, kernel_size=5, padding="same", activation=tf.nn.tanh),
    tf.keras.layers.AvgPool2D(2),
    tf.keras.layers.Conv2D(16, kernel_size=5, activation="tanh"),
    tf.keras.layers.AvgPool2D(2),
    tf.keras.layers.Flatten(),
    *[tf.keras.layers.Dense(n, activation="tanh") for n in (120, 84)],
    tf.keras.layers.Dense(10, activation="softmax"),
])
""",
    "Transfer: frozen base, new head": """
import keras
from keras import layers

def base_model():
    i = keras.Input((32, 32, 3))
    x = layers.Conv2D(8, 3)(i)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    return keras.Model(i, x, name="base")

base = base_model()
base.trainable = False
for layer in base.layers[-2:]:
    if not isinstance(layer, layers.BatchNormalization):
        layer.trainable = True
inputs = keras.Input(shape=(32, 32, 3))
x = layers.RandomFlip("horizontal")(inputs)
x = base(x, training=False)
x = layers.GlobalMaxPooling2D()(x)
outputs = layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
base.get_layer("conv2d").trainable = True
""",
    "Convolutional autoencoder from three models": """
from keras import Input, Model, Sequential
from keras.layers import Conv2D, Conv2DTranspose, Dense, Flatten, Reshape, LeakyReLU, UpSampling2D

shape, latent = (28, 28, 1), 16
encoder_input = Input(shape, name="image")
x = encoder_input
for f in (8, 16):
    x = Conv2D(f, 3, strides=2, padding="same")(x)
    x = LeakyReLU(negative_slope=0.2)(x)
before = tuple(x.shape[1:])
units = 1
for extent in before:
    units *= extent
code = Dense(latent, name="code")(Flatten()(x))
encoder = Model(encoder_input, code, name="encoder")

decoder = Sequential([Input((latent,)), Dense(units), Reshape(before)], name="decoder")
for f in (16, 8):
    decoder.add(Conv2DTranspose(f, 3, strides=2, padding="same", activation="relu"))
decoder.add(UpSampling2D(1))
decoder.add(Conv2D(1, 3, padding="same", activation="sigmoid"))
autoencoder = Model(encoder_input, decoder(encoder(encoder_input)), name="autoencoder")
autoencoder.compile("adam", "mse")
""",
}
