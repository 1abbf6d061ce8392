"""Pairs of models with the structure of questions that people asked about theirs."""

BLOCKS = """\
import keras
from keras import layers
from keras.optimizers import RMSprop

size = (224, 224, 3)


def stacked():
    net = keras.models.Sequential([
        layers.Conv2D(32, (3, 3), activation="relu", input_shape=size),
        layers.MaxPooling2D(2, 2),
        layers.Conv2D(64, (3, 3), activation="relu"),
        layers.MaxPooling2D(2, 2),
        layers.Conv2D(128, (3, 3), activation="relu"),
        layers.MaxPooling2D(2, 2),
        layers.Conv2D(128, (3, 3), activation="relu"),
        layers.MaxPooling2D(2, 2),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ])
    net.compile(optimizer=RMSprop(learning_rate=1e-4), loss="binary_crossentropy", metrics=["accuracy"])
    return net


class Stage(keras.Model):
    def __init__(self, filters, kernel_size, pool_size=2, strides=2):
        super().__init__()
        self.conv = layers.Conv2D(filters, kernel_size, activation="relu", strides=strides, padding="same")
        self.pool = layers.MaxPooling2D(pool_size=pool_size, strides=strides, padding="same")

    def call(self, inputs):
        return self.pool(self.conv(inputs))


class Staged(keras.Model):
    def __init__(self):
        super().__init__()
        self.one = Stage(filters=32, kernel_size=3)
        self.two = Stage(filters=64, kernel_size=3)
        self.three = Stage(filters=128, kernel_size=3)
        self.four = Stage(filters=128, kernel_size=3)
        self.flatten = layers.Flatten()
        self.hidden = layers.Dense(512, activation="relu")
        self.head = layers.Dense(1, activation="sigmoid")

    def call(self, inputs):
        x = self.four(self.three(self.two(self.one(inputs))))
        return self.head(self.hidden(self.flatten(x)))


first = stacked()
first.fit(load("train"), validation_data=load("test"), epochs=10)
second = Staged()
second.compile(optimizer=RMSprop(learning_rate=1e-4), loss="binary_crossentropy", metrics=["accuracy"])
second.fit(load("train"), validation_data=load("test"), epochs=10)
"""

LOOP = """\
import keras
import tensorflow as tf
from keras import layers

(x, y), _ = keras.datasets.mnist.load_data()
x = x / 255.0

fitted = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(10, activation="softmax")])
fitted.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
fitted.fit(x, y, epochs=50)


class Looped(keras.Model):
    def __init__(self):
        super().__init__()
        self.flat = layers.Flatten()
        self.out = layers.Dense(10)

    def call(self, images):
        return tf.nn.softmax(self.out(self.flat(images)))


looped = Looped()
optimizer = keras.optimizers.Adam()
measure = keras.losses.SparseCategoricalCrossentropy()
whole = tf.data.Dataset.from_tensor_slices((x.astype("float32"), y))
for images, labels in whole.shuffle(1024).batch(32):
    with tf.GradientTape() as tape:
        error = measure(labels, looped(images))
    weights = looped.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(error, weights), weights))


def softmax(logits):
    shifted = tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))
    return tf.divide(shifted, tf.reduce_sum(shifted, axis=1, keepdims=True))


class ByHand(Looped):
    def call(self, images):
        return softmax(self.out(self.flat(images)))


by_hand = ByHand()
for images, labels in whole.batch(32):
    by_hand(images)
"""

RELU = """\
import keras
from keras import layers, regularizers


class Listed(keras.Model):
    def __init__(self, shape):
        super().__init__()
        self.net = keras.Sequential([
            layers.Input(shape=shape),
            layers.Conv2D(32, 3),
            layers.BatchNormalization(),
            layers.MaxPool2D(),
            layers.Conv2D(64, 5),
            layers.BatchNormalization(),
            layers.MaxPool2D(),
            layers.Conv2D(128, 3, kernel_regularizer=regularizers.l2(0.01)),
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dense(64, activation="relu", kernel_regularizer=regularizers.l2(0.01)),
            layers.Dropout(0.5),
            layers.Dense(10),
        ])

    def call(self, inputs):
        return self.net(inputs)


class Named(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv_1 = layers.Conv2D(32, 3)
        self.norm_1 = layers.BatchNormalization()
        self.pool_1 = layers.MaxPool2D()
        self.conv_2 = layers.Conv2D(64, 5)
        self.norm_2 = layers.BatchNormalization()
        self.pool_2 = layers.MaxPool2D()
        self.conv_3 = layers.Conv2D(128, 3, kernel_regularizer=regularizers.l2(0.01))
        self.norm_3 = layers.BatchNormalization()
        self.flat = layers.Flatten()
        self.hidden = layers.Dense(64, activation="relu", kernel_regularizer=regularizers.l2(0.01))
        self.drop = layers.Dropout(0.5)
        self.head = layers.Dense(10)

    def call(self, inputs):
        x = self.pool_1(keras.activations.relu(self.norm_1(self.conv_1(inputs))))
        x = self.pool_2(keras.activations.relu(self.norm_2(self.conv_2(x))))
        x = keras.activations.relu(self.norm_3(self.conv_3(x)))
        return self.head(self.drop(self.hidden(self.flat(x))))


(x, y), _ = keras.datasets.cifar10.load_data()
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
listed = Listed((32, 32, 3))
listed.compile(loss=loss, optimizer=keras.optimizers.Adam(learning_rate=3e-4), metrics=["accuracy"])
listed.fit(x, y, batch_size=64, epochs=30)
named = Named()
named.compile(loss=loss, optimizer=keras.optimizers.Adam(learning_rate=3e-4), metrics=["accuracy"])
named.fit(x, y, batch_size=64, epochs=30)
"""

PADDING = """\
from keras.callbacks import ModelCheckpoint
from keras.layers import Conv2D, Dense, Dropout, Flatten, Input, MaxPooling2D
from keras.models import Model, Sequential

shape = (64, 64, 3)
model = Sequential()
model.add(Conv2D(16, kernel_size=(3, 3), input_shape=shape, activation="relu"))
model.add(Conv2D(16, kernel_size=(3, 3), activation="relu"))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Conv2D(32, (3, 3), activation="relu"))
model.add(Dropout(0.25))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Flatten())
model.add(Dense(6, activation="softmax"))

visible = Input(shape=shape)
conv1 = Conv2D(16, kernel_size=(3, 3), padding="same", activation="relu")(visible)
conv2 = Conv2D(16, kernel_size=(3, 3), padding="same", activation="relu")(conv1)
pool1 = MaxPooling2D((2, 2))(conv2)
conv3 = Conv2D(32, kernel_size=(3, 3), padding="same", activation="relu")(pool1)
dropout1 = Dropout(0.2)(conv3)
pool2 = MaxPooling2D((2, 2))(dropout1)
modelAPI = Model(inputs=visible, outputs=Dense(6, activation="softmax")(Flatten()(pool2)))

model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
modelAPI.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
checkpoint = ModelCheckpoint("best-{epoch}.keras", monitor="loss", save_best_only=True)
kept = [checkpoint]
model.fit(generate(), epochs=25, callbacks=kept)
modelAPI.fit(generate(), epochs=25, callbacks=kept)
"""

OPTIMIZER = """\
import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model, Sequential

x = np.random.random_sample((1, 4096))
y = np.random.random_sample((1, 200))
inputs = Input(shape=(4096,))
hidden = Dense(256, activation="sigmoid")(inputs)
hidden = Dense(256, activation="sigmoid")(hidden)
graph = Model(inputs=inputs, outputs=Dense(200, activation="sigmoid")(hidden))
opt = keras.optimizers.Adam(learning_rate=0.01)
graph.compile(loss="mse", optimizer=opt)

stack = Sequential()
stack.add(Dense(256, input_shape=(4096,), activation="sigmoid"))
stack.add(Dense(256, activation="sigmoid"))
stack.add(Dense(200, activation="sigmoid"))
stack.compile(loss="mse", optimizer=opt)

graph.fit(x, y, validation_data=(x, y), epochs=2000)
stack.fit(x, y, validation_data=(x, y), epochs=2000)
"""
