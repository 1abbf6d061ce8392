# ruff: noqa: RUF001 (typographic quotes are one of the faults)
"""Faulty programs about building models: shapes, layers, versions of Keras. Each fault is marked on its line."""

from __future__ import annotations

FAULTY = {
    "convolutions that do nothing between pools": """
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense

model = Sequential()
model.add(Conv2D(32, (3, 3), input_shape=(150, 150, 3)))  # KER201
model.add(MaxPooling2D((2, 2)))
model.add(Conv2D(64, (3, 3)))  # KER201
model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='rmsprop', metrics=['accuracy'])
""",
    "more pools than pixels": """
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense

model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))
model.add(MaxPooling2D((2, 2)))
model.add(Conv2D(64, (3, 3), activation='relu'))
model.add(MaxPooling2D((2, 2)))
model.add(Conv2D(128, (3, 3), activation='relu'))
model.add(MaxPooling2D((2, 2)))
model.add(Conv2D(256, (3, 3), activation='relu'))  # KER303
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
""",
    "the flatten is missing": """
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Dense

model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))
model.add(MaxPooling2D((2, 2)))
model.add(Dense(64, activation='relu'))
model.add(Dense(10, activation='softmax'))  # KER304
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
""",
    "a window written as in Keras 1": """
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense

model = Sequential()
model.add(Conv2D(32, 3, 3, activation='relu', input_shape=(64, 64, 3)))  # KER305
model.add(Flatten())
model.add(Dense(2, activation='softmax'))
""",
    "branches that do not fit": """
from tensorflow.keras.layers import Input, Conv2D, MaxPooling2D, concatenate
from tensorflow.keras.models import Model

inp = Input(shape=(64, 64, 3))
a = Conv2D(16, 3, activation='relu', padding='same')(inp)
b = Conv2D(16, 3, activation='relu', padding='same')(inp)
b = MaxPooling2D(2)(b)
merged = concatenate([a, b])  # KER306
model = Model(inp, merged)
""",
    "a subclass that drops nothing": """
import numpy as np
import tensorflow as tf


class Classifier(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(64, activation='relu')
        self.norm = tf.keras.layers.BatchNormalization()
        self.drop = tf.keras.layers.Dropout(0.5)
        self.out = tf.keras.layers.Dense(3, activation='softmax')

    def call(self, x):
        x = self.norm(self.hidden(x))
        x = self.drop(x, training=False)
        return self.out(x)


class Plain(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(64, activation='relu')
        self.drop = tf.keras.layers.Dropout(0.5)
        self.out = tf.keras.layers.Dense(3, activation='softmax')

    def call(self, x):  # KER401
        return self.out(self.drop(self.hidden(x)))


model = Plain()
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(np.random.rand(30, 4), np.random.randint(0, 3, 30))
""",
    "weights made anew in every call": """
import tensorflow as tf


class Block(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def call(self, x):
        h = tf.keras.layers.Dense(self.units, activation='relu')(x)  # KER403
        return h + x


inputs = tf.keras.Input((16,))
model = tf.keras.Model(inputs, Block(16)(inputs))
""",
    "a variable that nobody tracks": """
import tensorflow as tf
from tensorflow import keras


class Scale(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.gain = tf.Variable(1.0, trainable=True)  # KER402

    def call(self, x):
        return x * self.gain


model = keras.Sequential([keras.Input((4,)), Scale(), keras.layers.Dense(1)])
model.compile('adam', 'mse')
""",
    "a function of TensorFlow on an input": """
import tensorflow as tf
from tensorflow import keras

inputs = keras.Input(shape=(8, 8, 3))
x = keras.layers.Conv2D(4, 3, activation="relu")(inputs)
x = tf.reduce_mean(x, axis=[1, 2])  # KER406
outputs = keras.layers.Dense(2, activation="softmax")(x)
model = keras.Model(inputs, outputs)
""",
    "classes as they were predicted once": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X = np.random.rand(20, 8)
y = np.random.randint(0, 2, 20)
model = Sequential()
model.add(Dense(1, input_dim=8, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(X, y, epochs=3)
classes = model.predict_classes(X)  # KER408
""",
    "modules that are gone": """
from keras.layers.core import Dense, Dropout  # KER408
from keras.models import Sequential

model = Sequential()
model.add(Dense(10, input_dim=4, activation='relu'))
model.add(Dropout(0.2))
model.add(Dense(1))
""",
    "an argument with a typo": """
from keras.models import Sequential
from keras.layers import Dense, LSTM

model = Sequential()
model.add(LSTM(32, input_shape=(10, 3), return_sequence=True))  # KER409
model.add(LSTM(16))
model.add(Dense(1))
""",
    "a fifth of the units, in percent": """
from keras.models import Sequential
from keras.layers import Dense, Dropout

model = Sequential()
model.add(Dense(64, activation='relu', input_dim=20))
model.add(Dropout(20))  # KER503
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
""",
    "two recurrent layers and no sequence": """
from keras.models import Sequential
from keras.layers import LSTM, Dense

model = Sequential()
model.add(LSTM(50, activation='tanh', input_shape=(30, 1)))
model.add(LSTM(50))  # KER601
model.add(Dense(1))
model.compile(optimizer='adam', loss='mse')
""",
    "one word too few": """
from keras.models import Sequential
from keras.layers import Embedding, LSTM, Dense
from tensorflow.keras.preprocessing.text import Tokenizer
from tensorflow.keras.preprocessing.sequence import pad_sequences

texts = ['a first text', 'another text']
tokenizer = Tokenizer()
tokenizer.fit_on_texts(texts)
X = pad_sequences(tokenizer.texts_to_sequences(texts), maxlen=10)
vocab = len(tokenizer.word_index)
model = Sequential()
model.add(Embedding(vocab, 32))  # KER602
model.add(LSTM(16))
model.add(Dense(1, activation='sigmoid'))
""",
    "all weights begin at zero": """
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(32, input_dim=8, activation='relu', kernel_initializer='zeros'))  # KER502
model.add(Dense(1, activation='sigmoid', kernel_initializer='zeros'))
model.compile(loss='binary_crossentropy', optimizer='sgd')
""",
    "a guard that never holds": """
from keras.models import Sequential
from keras.layers import Dense


def main():
    model = Sequential()
    model.add(Dense(1, input_dim=3))
    model.compile('sgd', 'mse')
    model.summary()


if __name__ == '__name__':  # KER003
    main()
""",
    "quotes from a web page": """
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(12, input_dim=8, activation=‘relu’))  # KER001
model.add(Dense(1, activation='sigmoid'))
""",
    "weights saved under a name that Keras 3 refuses": """
from tensorflow import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.save_weights("model_weights.hdf5")  # KER902
""",
}
