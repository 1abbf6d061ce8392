"""Sound programs about data."""

from __future__ import annotations

PROGRAMS = {
    "images from folders, augmented in the model": """
import keras
from keras import layers

image_size = (180, 180)
train_ds, val_ds = keras.utils.image_dataset_from_directory(
    "PetImages", validation_split=0.2, subset="both", seed=1337, image_size=image_size, batch_size=128)
data_augmentation = keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomRotation(0.1)])
inputs = keras.Input(shape=image_size + (3,))
x = data_augmentation(inputs)
x = layers.Rescaling(1.0 / 255)(x)
x = layers.Conv2D(32, 3, activation="relu")(x)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dropout(0.25)(x)
outputs = layers.Dense(1, activation=None)(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(3e-4), loss=keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy(name="acc")])
model.fit(train_ds, epochs=25, validation_data=val_ds,
          callbacks=[keras.callbacks.ModelCheckpoint("save_at_{epoch}.keras")])
""",
    "generators of images, as they were used for years": """
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, MaxPooling2D, Flatten, Dense, Dropout

train_datagen = ImageDataGenerator(rescale=1. / 255, shear_range=0.2, zoom_range=0.2, horizontal_flip=True)
test_datagen = ImageDataGenerator(rescale=1. / 255)
train_generator = train_datagen.flow_from_directory('data/train', target_size=(150, 150), batch_size=16,
                                                    class_mode='binary')
validation_generator = test_datagen.flow_from_directory('data/validation', target_size=(150, 150), batch_size=16,
                                                        class_mode='binary')
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(150, 150, 3)))
model.add(MaxPooling2D(pool_size=(2, 2), strides=2))
model.add(Conv2D(64, (3, 3), activation='relu'))
model.add(MaxPooling2D(pool_size=(2, 2), strides=2))
model.add(Flatten())
model.add(Dense(64, activation='relu'))
model.add(Dropout(0.5))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='rmsprop', metrics=['accuracy'])
model.fit(train_generator, steps_per_epoch=2000 // 16, epochs=50, validation_data=validation_generator,
          validation_steps=800 // 16)
""",
    "structured data from a csv": """
import pandas as pd
import tensorflow as tf
import keras
from keras import layers

dataframe = pd.read_csv("heart.csv")
val_dataframe = dataframe.sample(frac=0.2, random_state=1337)
train_dataframe = dataframe.drop(val_dataframe.index)


def dataframe_to_dataset(dataframe):
    dataframe = dataframe.copy()
    labels = dataframe.pop("target")
    ds = tf.data.Dataset.from_tensor_slices((dict(dataframe), labels))
    return ds.shuffle(buffer_size=len(dataframe))


train_ds = dataframe_to_dataset(train_dataframe).batch(32)
val_ds = dataframe_to_dataset(val_dataframe).batch(32)
age = keras.Input(shape=(1,), name="age")
chol = keras.Input(shape=(1,), name="chol")
normalizer = layers.Normalization()
normalizer.adapt(train_ds.map(lambda x, y: tf.expand_dims(x["age"], -1)))
features = layers.concatenate([normalizer(age), chol])
x = layers.Dense(32, activation="relu")(features)
x = layers.Dropout(0.5)(x)
output = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model([age, chol], output)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(train_ds, epochs=50, validation_data=val_ds)
""",
    "words that are vectors": """
import tensorflow as tf
import keras
from keras import layers

raw_train = keras.utils.text_dataset_from_directory("aclImdb/train", batch_size=32, validation_split=0.2,
                                                    subset="training", seed=1337)
vectorize_layer = keras.layers.TextVectorization(max_tokens=20000, output_mode="int", output_sequence_length=500)
vectorize_layer.adapt(raw_train.map(lambda x, y: x))
train_ds = raw_train.map(lambda x, y: (vectorize_layer(tf.expand_dims(x, -1)), y)).prefetch(10)
inputs = keras.Input(shape=(None,), dtype="int64")
x = layers.Embedding(20000, 128)(inputs)
x = layers.Dropout(0.5)(x)
x = layers.Conv1D(128, 7, padding="valid", activation="relu", strides=3)(x)
x = layers.Conv1D(128, 7, padding="valid", activation="relu", strides=3)(x)
x = layers.GlobalMaxPooling1D()(x)
x = layers.Dense(128, activation="relu")(x)
predictions = layers.Dense(1, activation="sigmoid", name="predictions")(x)
model = keras.Model(inputs, predictions)
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(train_ds, epochs=3)
""",
    "sixty thousand small pictures": """
import tensorflow as tf
from tensorflow.keras import datasets, layers, models
import matplotlib.pyplot as plt

(train_images, train_labels), (test_images, test_labels) = datasets.cifar10.load_data()
train_images, test_images = train_images / 255.0, test_images / 255.0
model = models.Sequential()
model.add(layers.Conv2D(32, (3, 3), activation='relu', input_shape=(32, 32, 3)))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Conv2D(64, (3, 3), activation='relu'))
model.add(layers.Flatten())
model.add(layers.Dense(64, activation='relu'))
model.add(layers.Dense(10))
model.compile(optimizer='adam', loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
              metrics=['accuracy'])
history = model.fit(train_images, train_labels, epochs=10, validation_data=(test_images, test_labels))
plt.plot(history.history['accuracy'], label='accuracy')
plt.plot(history.history['val_accuracy'], label='val_accuracy')
test_loss, test_acc = model.evaluate(test_images, test_labels, verbose=2)
""",
    "fuel and a normaliser that saw the data": """
import numpy as np
import tensorflow as tf

train_features = np.random.rand(300, 9)
train_labels = np.random.rand(300) * 30
normalizer = tf.keras.layers.Normalization(axis=-1)
normalizer.adapt(np.array(train_features))
model = tf.keras.Sequential([normalizer, tf.keras.layers.Dense(64, activation='relu'),
                             tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(1)])
model.compile(loss='mean_absolute_error', optimizer=tf.keras.optimizers.Adam(0.001))
history = model.fit(train_features, train_labels, validation_split=0.2, verbose=0, epochs=100)
linear_model = tf.keras.Sequential([normalizer, tf.keras.layers.Dense(units=1)])
linear_model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=0.1), loss='mean_absolute_error')
""",
    "pixels between minus one and one": """
import numpy as np
import keras
from keras.applications.mobilenet_v2 import preprocess_input

images = np.random.randint(0, 256, size=(8, 224, 224, 3)).astype("float32")
labels = np.random.randint(0, 5, size=8)
base = keras.applications.MobileNetV2(include_top=False, weights="imagenet", pooling="avg")
base.trainable = False
model = keras.Sequential([keras.Input((224, 224, 3)), base, keras.layers.Dense(5, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(preprocess_input(images), labels, epochs=2)
""",
    "a split before anything else": """
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from keras.models import Sequential
from keras.layers import Dense

dataset = np.loadtxt("pima.csv", delimiter=",")
X, Y = dataset[:, 0:8], dataset[:, 8]
X_train, X_test, y_train, y_test = train_test_split(X, Y, test_size=0.33, random_state=7)
scaler = StandardScaler().fit(X_train)
X_train, X_test = scaler.transform(X_train), scaler.transform(X_test)
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X_train, y_train, validation_data=(X_test, y_test), epochs=150, batch_size=10)
predictions = (model.predict(X_test) > 0.5).astype(int)
""",
    "flowers in one-hot": """
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
from tensorflow.keras.utils import to_categorical
from sklearn.preprocessing import LabelEncoder

dataframe = pd.read_csv("iris.csv", header=None)
dataset = dataframe.values
X = dataset[:, 0:4].astype(float)
Y = dataset[:, 4]
encoder = LabelEncoder()
encoder.fit(Y)
dummy_y = to_categorical(encoder.transform(Y))
model = Sequential()
model.add(Dense(8, input_dim=4, activation='relu'))
model.add(Dense(3, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X, dummy_y, epochs=200, batch_size=5)
""",
    "windows of a series": """
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense


def split_sequence(sequence, n_steps):
    X, y = [], []
    for i in range(len(sequence) - n_steps):
        X.append(sequence[i:i + n_steps])
        y.append(sequence[i + n_steps])
    return np.array(X), np.array(y)


X, y = split_sequence([10, 20, 30, 40, 50, 60, 70, 80, 90], 3)
X = X.reshape((X.shape[0], X.shape[1], 1))
model = Sequential()
model.add(LSTM(50, activation='relu', input_shape=(3, 1)))
model.add(Dense(1))
model.compile(optimizer='adam', loss='mse')
model.fit(X, y, epochs=200, verbose=0)
x_input = np.array([70, 80, 90]).reshape((1, 3, 1))
print(model.predict(x_input, verbose=0))
""",
    "a generator by hand": """
import numpy as np
import keras


class Batches(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size

    def __len__(self):
        return int(np.ceil(len(self.x) / self.batch_size))

    def __getitem__(self, index):
        part = slice(index * self.batch_size, (index + 1) * self.batch_size)
        return self.x[part], self.y[part]


model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(Batches(np.random.rand(100, 4), np.random.rand(100, 1), 10), epochs=3)
""",
    "a report in the order of the files": """
import numpy as np
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from sklearn.metrics import classification_report

datagen = ImageDataGenerator(rescale=1. / 255)
test = datagen.flow_from_directory("test", target_size=(64, 64), class_mode="categorical", shuffle=False)
model = Sequential([Input((64, 64, 3)), layers.Conv2D(8, 3, activation="relu"), layers.GlobalMaxPooling2D(),
                    layers.Dense(4, activation="softmax")])
probabilities = model.predict(test, steps=len(test))
print(classification_report(test.classes, np.argmax(probabilities, axis=1), target_names=list(test.class_indices)))
""",
    "a split of shuffled pipelines that stays": """
import tensorflow as tf

AUTOTUNE = tf.data.AUTOTUNE
dataset = tf.data.Dataset.range(1000).map(lambda x: (tf.cast(x, tf.float32)[None], x % 2))
dataset = dataset.shuffle(1000, seed=42, reshuffle_each_iteration=False)
val_ds = dataset.take(200).batch(32).prefetch(AUTOTUNE)
train_ds = dataset.skip(200).shuffle(800).batch(32).prefetch(AUTOTUNE)
model = tf.keras.Sequential([tf.keras.Input((1,)), tf.keras.layers.Dense(8, activation="relu"),
                             tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(train_ds, validation_data=val_ds, epochs=3)
""",
}
