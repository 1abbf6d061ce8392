"""Faulty programs about compile: losses, metrics, optimizers, heads. Each fault is marked on its line."""

from __future__ import annotations

FAULTY = {
    "a churn model whose single output goes through a softmax": """
import pandas as pd
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense

data = pd.read_csv('churn.csv')
X = data.drop('Exited', axis=1).values
y = data['Exited'].values
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
classifier = Sequential()
classifier.add(Dense(6, activation='relu', input_dim=11))
classifier.add(Dense(6, activation='relu'))
classifier.add(Dense(1, activation='softmax'))  # KER202
classifier.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
classifier.fit(X_train, y_train, batch_size=10, epochs=100)
""",
    "cats and dogs with one sigmoid and a loss for many classes": """
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense

model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(64, 64, 3)))
model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(128, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])  # KER103
""",
    "digits trained on the squared error": """
from tensorflow.keras.datasets import mnist
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Flatten
from tensorflow.keras.utils import to_categorical

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0
y_train, y_test = to_categorical(y_train, 10), to_categorical(y_test, 10)
model = Sequential()
model.add(Flatten(input_shape=(28, 28)))
model.add(Dense(512, activation='relu'))
model.add(Dense(10, activation='softmax'))
model.compile(loss='mean_squared_error', optimizer='sgd', metrics=['accuracy'])  # KER102
model.fit(x_train, y_train, epochs=5)
""",
    "temperatures cut off at zero": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X = np.random.randn(500, 6)
y = np.random.randn(500)
model = Sequential()
model.add(Dense(32, input_dim=6, activation='relu'))
model.add(Dense(16, activation='relu'))
model.add(Dense(1, activation='relu'))  # KER203
model.compile(loss='mse', optimizer='adam')
model.fit(X, y, epochs=50, batch_size=16)
""",
    "binary cross-entropy on a bare unit": """
import numpy as np
from tensorflow import keras

x = np.random.rand(200, 20)
y = np.random.randint(0, 2, size=200)
inputs = keras.Input(shape=(20,))
h = keras.layers.Dense(32, activation="relu")(inputs)
outputs = keras.layers.Dense(1)(h)
model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])  # KER104
model.fit(x, y, epochs=10)
""",
    "logits that went through a softmax": """
import tensorflow as tf

model = tf.keras.Sequential([
    tf.keras.layers.Flatten(input_shape=(28, 28)),
    tf.keras.layers.Dense(128, activation='relu'),
    tf.keras.layers.Dense(10, activation='softmax'),
])
model.compile(
    optimizer='adam',
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),  # KER105
    metrics=['accuracy'],
)
""",
    "house prices and their accuracy": """
from keras.datasets import boston_housing
from keras.models import Sequential
from keras.layers import Dense

(train_x, train_y), (test_x, test_y) = boston_housing.load_data()
mean, std = train_x.mean(axis=0), train_x.std(axis=0)
train_x = (train_x - mean) / std
model = Sequential()
model.add(Dense(64, activation='relu', input_shape=(13,)))
model.add(Dense(64, activation='relu'))
model.add(Dense(1))
model.compile(optimizer='rmsprop', loss='mse', metrics=['accuracy'])  # KER106
model.fit(train_x, train_y, epochs=80, batch_size=16)
""",
    "ten classes under a binary loss": """
from keras.models import Sequential
from keras.layers import Dense, Dropout, Flatten

model = Sequential()
model.add(Flatten(input_shape=(32, 32, 3)))
model.add(Dense(256, activation='relu'))
model.add(Dropout(0.5))
model.add(Dense(10, activation='softmax'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])  # KER107
""",
    "tags of an image, and how many are right": """
from tensorflow.keras import layers, models

model = models.Sequential()
model.add(layers.Conv2D(32, 3, activation='relu', input_shape=(96, 96, 3)))
model.add(layers.GlobalAveragePooling2D())
model.add(layers.Dense(25, activation='sigmoid'))
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])  # KER108
""",
    "a loss that is spelled wrong": """
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(8, input_dim=4, activation='relu'))
model.add(Dense(3, activation='softmax'))
model.compile(loss='categorical_cross_entropy', optimizer='adam', metrics=['accuracy'])  # KER109
""",
    "trained before it was compiled": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X = np.random.rand(100, 4)
y = np.random.rand(100, 1)
model = Sequential()
model.add(Dense(8, input_dim=4, activation='relu'))
model.add(Dense(1))
model.fit(X, y, epochs=10)  # KER110
""",
    "steps that are far too large": """
import tensorflow as tf

model = tf.keras.Sequential([
    tf.keras.Input((10,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
opt = tf.keras.optimizers.Adam(learning_rate=10.0)  # KER111
model.compile(optimizer=opt, loss="binary_crossentropy")
""",
    "the learning rate as it was called once": """
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.optimizers import Adam

model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer=Adam(lr=0.001, decay=1e-6), metrics=['accuracy'])  # KER112
""",
    "one optimizer for a generator and its judge": """
import numpy as np
from keras.models import Sequential, Model
from keras.layers import Dense, Input, LeakyReLU
from keras.optimizers import Adam

optimizer = Adam(0.0002, 0.5)
discriminator = Sequential([Dense(64, input_dim=28), LeakyReLU(0.2), Dense(1, activation='sigmoid')])
discriminator.compile(loss='binary_crossentropy', optimizer=optimizer)
generator = Sequential([Dense(64, input_dim=10), LeakyReLU(0.2), Dense(28, activation='tanh')])
noise = Input(shape=(10,))
discriminator.trainable = False
combined = Model(noise, discriminator(generator(noise)))
combined.compile(loss='binary_crossentropy', optimizer=optimizer)  # KER101
real = np.random.rand(16, 28)
for step in range(100):
    discriminator.train_on_batch(real, np.ones((16, 1)))
    combined.train_on_batch(np.random.rand(16, 10), np.ones((16, 1)))
""",
    "layers without any activation": """
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=10))  # KER204
model.add(Dense(32))  # KER204
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
""",
    "prices squeezed through a sigmoid": """
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
from keras.datasets import boston_housing

(x, y), _ = boston_housing.load_data()
model = Sequential()
model.add(Dense(64, input_dim=13, activation='relu'))
model.add(Dense(1, activation='sigmoid'))  # KER205
model.compile(loss='mean_squared_error', optimizer='adam')
model.fit(x, y, epochs=100, batch_size=10)
""",
    "a softmax behind a rectifier": """
from keras.models import Sequential
from keras.layers import Dense, Activation, Flatten

model = Sequential()
model.add(Flatten(input_shape=(28, 28)))
model.add(Dense(128, activation='relu'))
model.add(Dense(10, activation='relu'))  # KER203
model.add(Activation('softmax'))
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
""",
}
