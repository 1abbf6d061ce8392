"""More faulty programs: the same kinds of fault, spelled and spread as in other people's scripts."""

from __future__ import annotations

FAULTY = {
    "a history that a function gives back": """
import numpy as np
import matplotlib.pyplot as plt
from keras.models import Sequential
from keras.layers import Dense


def create_model():
    model = Sequential()
    model.add(Dense(16, input_shape=(10,), activation='relu'))
    model.add(Dense(1, activation='sigmoid'))
    model.compile('adam', 'binary_crossentropy', ['accuracy'])
    return model


def train(X, y):
    model = create_model()
    return model.fit(X, y, epochs=5, validation_split=0.1)


def plot_history(hist):
    plt.plot(hist.history['acc'])  # KER705
    plt.plot(hist.history['val_acc'])  # KER705


plot_history(train(np.random.rand(50, 10), np.random.randint(0, 2, 50)))
""",
    "a name of a file with the wrong accuracy": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from keras.callbacks import ModelCheckpoint

X, Y = np.random.rand(50, 8), np.random.randint(0, 2, 50)
model = Sequential()
model.add(Dense(1, input_dim=8, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
filepath = "weights-improvement-{epoch:02d}-{val_acc:.2f}.keras"
checkpoint = ModelCheckpoint(filepath, monitor='val_accuracy', save_best_only=True, mode='max')  # KER702
model.fit(X, Y, validation_split=0.33, epochs=150, batch_size=10, callbacks=[checkpoint])
""",
    "a loss of data that was not held out": """
import numpy as np
import tensorflow as tf

x, y = np.random.rand(64, 6), np.random.rand(64)
inputs = tf.keras.Input(shape=(6,))
hidden = tf.keras.layers.Dense(12, activation=tf.nn.relu)(inputs)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(hidden))
model.compile(optimizer=tf.keras.optimizers.RMSprop(), loss=tf.keras.losses.MeanSquaredError())
hist = model.fit(x, y, epochs=4)
print(hist.history['val_loss'])  # KER705
""",
    "a plateau that nobody reaches": """
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, Flatten
from keras.callbacks import ReduceLROnPlateau

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train / 255.0
model = Sequential([Flatten(input_shape=(28, 28)), Dense(32, activation='relu'), Dense(10, activation='softmax')])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['acc'])
reduce_lr = ReduceLROnPlateau(monitor='val_loss', factor=0.2, patience=5, min_lr=0.001)  # KER702
model.fit(x_train, y_train, epochs=20, callbacks=[reduce_lr])
""",
    "steps of a generator by hand": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense


def batches(x, y, size):
    while True:
        for start in range(0, len(x), size):
            yield x[start:start + size], y[start:start + size]


x_train, y_train = np.random.rand(100, 8), np.random.rand(100)
model = Sequential()
model.add(Dense(1, input_dim=8))
model.compile('adam', 'mse')
model.fit(batches(x_train, y_train, 10), steps_per_epoch=len(x_train) / 10, epochs=3)  # KER713
""",
    "weights of classes by their names": """
import numpy as np
from tensorflow import keras

x, y = np.random.rand(100, 8), np.random.randint(0, 3, 100)
model = keras.Sequential([keras.layers.Dense(16, activation='relu', input_shape=(8,)),
                          keras.layers.Dense(3, activation='softmax')])
model.compile('adam', 'sparse_categorical_crossentropy')
weights = {'0': 1.0, '1': 2.0, '2': 10.0}
model.fit(x, y, epochs=2, class_weight=weights)  # KER712
""",
    "targets beside a pipeline": """
import numpy as np
import tensorflow as tf

x, y = np.random.rand(100, 8).astype('float32'), np.random.rand(100, 1)
train = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(100).batch(10)
model = tf.keras.Sequential()
model.add(tf.keras.layers.Dense(1, input_shape=(8,)))
model.compile('sgd', 'mse')
model.fit(train, y, epochs=3)  # KER712
""",
    "lists that Keras 3 does not take": """
from tensorflow import keras

xs = [-1.0, 0.0, 1.0, 2.0, 3.0, 4.0]
ys = [-3.0, -1.0, 1.0, 3.0, 5.0, 7.0]
model = keras.Sequential([keras.Input(shape=(1,)), keras.layers.Dense(units=1)])
model.compile(optimizer='sgd', loss='mean_squared_error')
model.fit(xs, ys, epochs=500)  # KER808
""",
    "a backend that was chosen too late": """
import keras
import os
os.environ["KERAS_BACKEND"] = "jax"  # KER004

model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
""",
    "main without its underscores": """
import tensorflow as tf


def run():
    model = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(2,))])
    model.compile('sgd', 'mse')
    return model


if __name__ == 'main':  # KER003
    run()
""",
    "a compile behind the return": """
from keras.models import Sequential
from keras.layers import Dense


def baseline_model():
    model = Sequential()
    model.add(Dense(13, input_dim=13, activation='relu'))
    model.add(Dense(1))
    return model  # KER003
    model.compile(loss='mean_squared_error', optimizer='adam')


estimator = baseline_model()
""",
    "a metric of one's own that is never logged": """
import numpy as np
from tensorflow import keras
from tensorflow.keras.callbacks import EarlyStopping

x, y = np.random.rand(100, 8), np.random.randint(0, 2, 100)
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation='sigmoid')])
model.compile('adam', 'binary_crossentropy', metrics=['accuracy', keras.metrics.AUC(name='auc')])
early = EarlyStopping(monitor='val_f1_score', mode='max', patience=3)  # KER702
model.fit(x, y, validation_split=0.2, epochs=10, callbacks=[early])
""",
}
