"""Situations of mixed-padding: sentence -> program with the marked lines."""

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
