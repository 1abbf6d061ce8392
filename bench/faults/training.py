"""Faulty programs about training calls and data. Each fault is marked on its line."""

from __future__ import annotations

FAULTY = {
    "frozen when it was compiled already": """
import numpy as np
from tensorflow import keras

base = keras.applications.MobileNetV2(include_top=False, input_shape=(96, 96, 3), pooling='avg', weights=None)
model = keras.Sequential([base, keras.layers.Dense(2, activation='softmax')])
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(np.zeros((4, 96, 96, 3)), np.zeros(4), epochs=1)
base.trainable = False  # KER701
model.fit(np.zeros((4, 96, 96, 3)), np.zeros(4), epochs=5)
""",
    "a stop that never comes": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from keras.callbacks import EarlyStopping, ModelCheckpoint

X, Y = np.random.rand(100, 8), np.random.randint(0, 2, 100)
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
es = EarlyStopping(monitor='val_acc', mode='max', patience=10)  # KER702
mc = ModelCheckpoint('best.h5', monitor='val_acc', mode='max', save_best_only=True)  # KER702
model.fit(X, Y, validation_split=0.2, epochs=150, callbacks=[es, mc])
""",
    "validated on what it learned": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

x_train, y_train = np.random.rand(100, 8), np.random.rand(100)
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(x_train, y_train, epochs=10, validation_data=(x_train, y_train))  # KER703
""",
    "plots of an old book": """
import numpy as np
import matplotlib.pyplot as plt
from keras.models import Sequential
from keras.layers import Dense

X, Y = np.random.rand(100, 8), np.random.randint(0, 2, 100)
model = Sequential()
model.add(Dense(1, input_dim=8, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
history = model.fit(X, Y, validation_split=0.33, epochs=15)
acc = history.history['acc']  # KER705
val_acc = history.history['val_acc']  # KER705
plt.plot(range(len(acc)), acc)
""",
    "the largest of one": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from sklearn.metrics import accuracy_score

X, Y = np.random.rand(100, 8), np.random.randint(0, 2, 100)
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X, Y, epochs=5)
predicted = np.argmax(model.predict(X), axis=1)  # KER706
print(accuracy_score(Y, predicted))
""",
    "a confusion of classes": """
import numpy as np
from keras.models import load_model, Sequential
from keras.layers import Dense, Flatten
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from sklearn.metrics import confusion_matrix

gen = ImageDataGenerator(rescale=1./255)
test = gen.flow_from_directory('test', target_size=(64, 64), batch_size=20, class_mode='categorical')  # KER707
model = Sequential()
model.add(Flatten(input_shape=(64, 64, 3)))
model.add(Dense(5, activation='softmax'))
pred = model.predict(test)
print(confusion_matrix(test.classes, np.argmax(pred, axis=1)))
""",
    "a share of a generator": """
from keras.models import Sequential
from keras.layers import Dense, Flatten
from tensorflow.keras.preprocessing.image import ImageDataGenerator

gen = ImageDataGenerator(rescale=1./255)
train = gen.flow_from_directory('train', target_size=(64, 64), batch_size=20, class_mode='binary')
model = Sequential()
model.add(Flatten(input_shape=(64, 64, 3)))
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', 'binary_crossentropy')
model.fit(train, epochs=10, validation_split=0.2)  # KER712
""",
    "half a step": """
from keras.models import Sequential
from keras.layers import Dense, Flatten
from tensorflow.keras.preprocessing.image import ImageDataGenerator

batch_size = 16
gen = ImageDataGenerator(rescale=1./255)
train = gen.flow_from_directory('train', target_size=(64, 64), batch_size=batch_size, class_mode='binary')
model = Sequential()
model.add(Flatten(input_shape=(64, 64, 3)))
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', 'binary_crossentropy')
model.fit(train, epochs=10, steps_per_epoch=train.samples / batch_size)  # KER713
""",
    "whole numbers for a loss of columns": """
from keras.datasets import cifar10
from keras.models import Sequential
from keras.layers import Dense, Flatten

(x_train, y_train), (x_test, y_test) = cifar10.load_data()
x_train = x_train.astype('float32') / 255
model = Sequential()
model.add(Flatten(input_shape=(32, 32, 3)))
model.add(Dense(100, activation='relu'))
model.add(Dense(10, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=5)  # KER801
""",
    "columns for a loss of whole numbers": """
import tensorflow as tf
from tensorflow.keras.utils import to_categorical

(x, y), _ = tf.keras.datasets.mnist.load_data()
x = x / 255.0
y = to_categorical(y)
model = tf.keras.Sequential([
    tf.keras.layers.Flatten(input_shape=(28, 28)),
    tf.keras.layers.Dense(10, activation='softmax'),
])
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x, y, epochs=2)  # KER801
""",
    "two classes by name, one unit": """
from keras.models import Sequential
from keras.layers import Dense, Flatten
from tensorflow.keras.preprocessing.image import ImageDataGenerator

gen = ImageDataGenerator(rescale=1./255)
train = gen.flow_from_directory('train', target_size=(64, 64), batch_size=20, class_mode='categorical')  # KER805
model = Sequential()
model.add(Flatten(input_shape=(64, 64, 3)))
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', 'binary_crossentropy')
model.fit(train, epochs=10)
""",
    "images without their channel": """
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train / 255.0
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 3)))
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x_train, y_train, epochs=2)  # KER808
""",
    "eight columns, seven inputs": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X = np.random.rand(100, 8)
y = np.random.rand(100, 1)
model = Sequential()
model.add(Dense(16, input_dim=7, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(X, y, epochs=3)  # KER808
""",
    "three outputs, two targets": """
import numpy as np
from tensorflow import keras

x = np.random.rand(64, 5)
y = np.random.rand(64, 2)
model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(3)])
model.compile("adam", "mse")
model.fit(x, y, epochs=3)  # KER809
""",
    "nine units for ten digits": """
from tensorflow import keras

(x, y), _ = keras.datasets.mnist.load_data()
x = x.reshape(-1, 784) / 255.0
model = keras.Sequential([
    keras.Input((784,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(9, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=2)  # KER810
""",
    "raw pixels": """
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, Flatten

(x_train, y_train), (x_test, y_test) = mnist.load_data()
model = Sequential()
model.add(Flatten(input_shape=(28, 28)))
model.add(Dense(128, activation='relu'))
model.add(Dense(10, activation='softmax'))
model.compile(loss='sparse_categorical_crossentropy', optimizer='sgd', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=5)  # KER806
""",
    "seeds that miss": """
import numpy as np
import tensorflow as tf
np.random.seed(1)
tf.random.set_seed(1)  # KER901
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense

model = Sequential()
model.add(Dense(8, input_dim=4, activation='relu'))
model.add(Dense(1))
model.compile('adam', 'mse')
model.fit(np.random.rand(20, 4), np.random.rand(20))
""",
    "scaled twice": """
from tensorflow import keras

train = keras.utils.image_dataset_from_directory('train', image_size=(224, 224), batch_size=32)
train = train.map(lambda image, label: (image / 255.0, label))
inputs = keras.Input((224, 224, 3))
x = keras.layers.Rescaling(1. / 255)(inputs)
base = keras.applications.EfficientNetB0(include_top=False, pooling='avg', weights='imagenet')
outputs = keras.layers.Dense(1, activation='sigmoid')(base(x))
model = keras.Model(inputs, outputs)  # KER804
model.compile('adam', 'binary_crossentropy')
model.fit(train)
""",
    "a step without a gradient": """
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.SGD()
x, y = tf.random.normal((8, 4)), tf.random.normal((8, 1))
for step in range(10):
    predicted = model(x, training=True)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - predicted))
    grads = tape.gradient(loss, model.trainable_variables)  # KER708
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
""",
    "one model for five folds": """
import numpy as np
from sklearn.model_selection import KFold
from keras.models import Sequential
from keras.layers import Dense

X, y = np.random.rand(100, 8), np.random.rand(100)
model = Sequential()
model.add(Dense(8, input_dim=8, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
scores = []
for train, test in KFold(n_splits=5).split(X):
    model.fit(X[train], y[train], epochs=10, verbose=0)  # KER710
    scores.append(model.evaluate(X[test], y[test], verbose=0))
""",
    "validation that is turned and flipped": """
from keras.models import Sequential
from keras.layers import Dense, Flatten
from tensorflow.keras.preprocessing.image import ImageDataGenerator

gen = ImageDataGenerator(rescale=1./255, rotation_range=40, horizontal_flip=True, zoom_range=0.2)
train = gen.flow_from_directory('train', target_size=(64, 64), class_mode='binary')
valid = gen.flow_from_directory('valid', target_size=(64, 64), class_mode='binary')  # KER811
model = Sequential()
model.add(Flatten(input_shape=(64, 64, 3)))
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', 'binary_crossentropy')
model.fit(train, validation_data=valid, epochs=10)
""",
    "a normalisation that knows no data": """
import numpy as np
from tensorflow import keras

x, y = np.random.rand(64, 5) * 100, np.random.rand(64)
norm = keras.layers.Normalization()  # KER812
model = keras.Sequential([keras.Input((5,)), norm, keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, epochs=3)
""",
    "shuffled apart": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X, y = np.random.rand(100, 8), np.random.randint(0, 2, 100)
np.random.shuffle(X)
np.random.shuffle(y)
model = Sequential()
model.add(Dense(1, input_dim=8, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(X, y, epochs=3)  # KER807
""",
    "one checkpoint for two models": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from keras.callbacks import ModelCheckpoint

X, y = np.random.rand(100, 8), np.random.rand(100)
small = Sequential([Dense(1, input_dim=8)])
big = Sequential([Dense(16, activation='relu', input_dim=8), Dense(1)])
small.compile('adam', 'mse')
big.compile('adam', 'mse')
checkpoint = ModelCheckpoint('best.keras', save_best_only=True)
small.fit(X, y, validation_split=0.1, callbacks=[checkpoint])
big.fit(X, y, validation_split=0.1, callbacks=[checkpoint])  # KER704
""",
}
