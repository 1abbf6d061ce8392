"""Situations in which optimizer-reused is silent: sentence -> program."""

GOOD: dict[str, str] = {
    "what is thawed after a fit stays out of the next one": """
import numpy as np
from keras import Input, Model, Sequential, layers, optimizers

x, y = np.zeros((4, 3)), np.zeros((4, 2))
features = Sequential([Input((3,)), layers.Dense(5, activation="tanh")])
features.trainable = False
inputs = Input((3,))
model = Model(inputs, layers.Dense(2)(features(inputs)))
model.compile(optimizers.Adam(1e-3), "mse")
model.fit(x, y)
features.trainable = True
model.fit(x, y)
""",
    "both compiles name the optimizer by a string": """
import numpy as np
from keras import Input, Sequential, layers

x, y = np.zeros((4, 3)), np.zeros((4, 1))
a = Sequential([Input((3,)), layers.Dense(1)])
b = Sequential([Input((3,)), layers.Dense(1)])
a.compile(optimizer="adam", loss="mse")
b.compile(optimizer="adam", loss="mse")
a.fit(x, y)
b.fit(x, y)
""",
    "each compile constructs its own": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
a = Sequential([Input((3,)), layers.Dense(1)])
b = Sequential([Input((3,)), layers.Dense(1)])
a.compile(optimizer=Adam(0.01), loss="mse")
b.compile(optimizer=Adam(0.01), loss="mse")
a.fit(x, y)
b.fit(x, y)
""",
    "a function, a lambda or a partial makes a new one per call": """
import functools

import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))


def make_opt():
    return Adam(1e-3)


another = lambda: Adam(1e-3)
a_third = functools.partial(Adam, 1e-3)

for make in (make_opt, another, a_third):
    for _ in range(2):
        model = Sequential([Input((3,)), layers.Dense(1)])
        model.compile(make(), "mse")
        model.fit(x, y)
""",
    "one name is bound to a new object between the compiles": """
import numpy as np
from keras import Input, Model, Sequential, layers
from keras.optimizers import RMSprop

images, real, noise = np.zeros((4, 16)), np.ones((4, 1)), np.zeros((4, 8))
optimizer = RMSprop(learning_rate=2e-4)
discriminator = Sequential([Input((16,)), layers.Dense(1, activation="sigmoid")])
discriminator.compile(loss="binary_crossentropy", optimizer=optimizer)
generator = Sequential([Input((8,)), layers.Dense(16)])
z = Input((8,))
adversarial = Model(z, discriminator(generator(z)))
optimizer = RMSprop(learning_rate=1e-4)
adversarial.compile(loss="binary_crossentropy", optimizer=optimizer)
discriminator.train_on_batch(images, real)
adversarial.train_on_batch(noise, real)
""",
    "the same model is compiled again with another loss": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt = Adam()
model = Sequential([Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
model.compile(opt, "mse")
model.fit(x, y)
model.compile(opt, "mae")
model.fit(x, y)
""",
    "the same model is compiled again with more layers frozen": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt = Adam()
features = layers.Dense(8, activation="relu")
model = Sequential([Input((3,)), features, layers.Dense(1)])
model.compile(opt, "mse")
model.fit(x, y)
features.trainable = False
model.compile(opt, "mse")
model.fit(x, y)
""",
    "a schedule is shared, the optimizers are not": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam, schedules

x, y = np.zeros((4, 3)), np.zeros((4, 1))
decay = schedules.ExponentialDecay(1e-2, 1000, 0.9)
a = Sequential([Input((3,)), layers.Dense(1)])
b = Sequential([Input((3,)), layers.Dense(1)])
a.compile(Adam(decay), "mse")
b.compile(Adam(decay), "mse")
a.fit(x, y)
b.fit(x, y)
""",
    "the second model gets a copy": """
import copy

import numpy as np
import keras

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt = keras.optimizers.Adam(1e-3)
a = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
b = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
c = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
d = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
a.compile(opt, "mse")
b.compile(type(opt).from_config(opt.get_config()), "mse")
c.compile(copy.deepcopy(opt), "mse")
d.compile(keras.optimizers.deserialize(keras.optimizers.serialize(opt)), "mse")
for model in (a, b, c, d):
    model.fit(x, y)
""",
    "the second model is only evaluated": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt = Adam()
trained = Sequential([Input((3,)), layers.Dense(1)])
baseline = Sequential([Input((3,)), layers.Dense(1)])
trained.compile(opt, "mse")
baseline.compile(opt, "mse")
trained.fit(x, y)
print(baseline.evaluate(x, y), trained.evaluate(x, y))
""",
    "encoder and autoencoder are compiled with it and only the autoencoder is trained": """
import numpy as np
from keras import Input, Model, layers
from keras.optimizers import Adam

x = np.zeros((4, 16))
inputs = Input((16,))
code = layers.Dense(4, activation="relu")(inputs)
encoder = Model(inputs, code)
autoencoder = Model(inputs, layers.Dense(16, activation="sigmoid")(code))
opt = Adam()
encoder.compile(opt, "mse")
autoencoder.compile(opt, "mse")
autoencoder.fit(x, x)
""",
    "the whole is trained first and then a part of it": """
import numpy as np
from keras import Input, Model, layers
from keras.optimizers import Adam

x = np.zeros((4, 16))
inputs = Input((16,))
code = layers.Dense(4, activation="relu")(inputs)
head = Model(inputs, code)
whole = Model(inputs, layers.Dense(16, activation="sigmoid")(code))
opt = Adam()
whole.compile(opt, "mse")
whole.fit(x, x)
head.compile(opt, "mse")
head.fit(x, np.zeros((4, 4)))
""",
    "the compiles are in branches that exclude each other": """
import sys

import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt = Adam()
if sys.argv[1] == "small":
    small = Sequential([Input((3,)), layers.Dense(1)])
    small.compile(opt, "mse")
    small.fit(x, y)
else:
    large = Sequential([Input((3,)), layers.Dense(99, activation="relu"), layers.Dense(1)])
    large.compile(opt, "mse")
    large.fit(x, y)
""",
    "of two functions that compile with it only one is called": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt = Adam()


def train_small():
    model = Sequential([Input((3,)), layers.Dense(1)])
    model.compile(opt, "mse")
    model.fit(x, y)


def train_large():
    model = Sequential([Input((3,)), layers.Dense(99, activation="relu"), layers.Dense(1)])
    model.compile(opt, "mse")
    model.fit(x, y)


train_small()
""",
    "the class is handed around and instantiated at each compile": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import SGD, Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))


def build(optimizer_class):
    model = Sequential([Input((3,)), layers.Dense(1)])
    model.compile(optimizer_class(learning_rate=0.01), "mse")
    return model


for kind in (SGD, Adam, Adam):
    build(kind).fit(x, y)
""",
    "model and optimizer are both made in the loop": """
from keras import Input, Sequential, layers
from keras.optimizers import Adam
from mydata import folds

for x, y in folds():
    opt = Adam(1e-3)
    model = Sequential([Input((3,)), layers.Dense(1)])
    model.compile(opt, "mse")
    model.fit(x, y)
""",
    "the model of a loop is made before it": """
from keras import Input, Sequential, layers
from keras.optimizers import Adam
from mydata import chunks

opt = Adam(1e-3)
model = Sequential([Input((3,)), layers.Dense(1)])
model.compile(opt, "mse")
for x, y in chunks():
    model.fit(x, y)
""",
    "build was called with the variables of both on purpose": """
import keras
import tensorflow as tf

encoder = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4)])
critic = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(1e-4)
opt.build(encoder.trainable_variables + critic.trainable_variables)

batch = tf.zeros((2, 8))
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(encoder(batch) ** 2)
opt.apply_gradients(zip(tape.gradient(loss, encoder.trainable_variables), encoder.trainable_variables))
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(critic(encoder(batch)))
opt.apply_gradients(zip(tape.gradient(loss, critic.trainable_variables), critic.trainable_variables))
""",
    "a custom loop trains generator and critic with one optimizer each": """
import keras
import tensorflow as tf

generator = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4)])
critic = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
g_opt, c_opt = keras.optimizers.Adam(1e-4), keras.optimizers.Adam(1e-4)


@tf.function
def step(batch):
    with tf.GradientTape() as g_tape, tf.GradientTape() as c_tape:
        score = critic(generator(batch, training=True), training=True)
        g_loss, c_loss = -tf.reduce_mean(score), tf.reduce_mean(score)
    g_gradients = g_tape.gradient(g_loss, generator.trainable_variables)
    c_gradients = c_tape.gradient(c_loss, critic.trainable_variables)
    g_opt.apply_gradients(zip(g_gradients, generator.trainable_variables))
    c_opt.apply_gradients(zip(c_gradients, critic.trainable_variables))


step(tf.zeros((2, 8)))
""",
    "one step updates the variables of both models together": """
import keras
import tensorflow as tf

encoder = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4)])
decoder = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
opt = keras.optimizers.Adam(1e-4)

for batch in tf.data.Dataset.from_tensor_slices(tf.zeros((6, 8))).batch(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((decoder(encoder(batch)) - batch) ** 2)
    variables = encoder.trainable_variables + decoder.trainable_variables
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
""",
    "cannot know: a function of another package may hand out a new one each time": """
import numpy as np
from keras import Input, Sequential, layers
from mypackage import current_optimizer

x, y = np.zeros((4, 3)), np.zeros((4, 1))
a = Sequential([Input((3,)), layers.Dense(1)])
b = Sequential([Input((3,)), layers.Dense(1)])
a.compile(current_optimizer(), "mse")
b.compile(current_optimizer(), "mse")
a.fit(x, y)
b.fit(x, y)
""",
    "cannot know: the models come from another package and may share their layers": """
import numpy as np
from keras.optimizers import Adam
from mypackage import build_whole, build_part

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt = Adam()
a, b = build_whole(), build_part()
a.compile(opt, "mse")
b.compile(opt, "mse")
a.fit(x, y)
b.fit(x, y)
""",
    "the optimizers are torch's": """
import torch
from keras import Input, Sequential, layers
from mypackage import TorchTrainer

opt = torch.optim.Adam([])
TorchTrainer("a").compile(optimizer=opt)
TorchTrainer("b").compile(optimizer=opt)
model = Sequential([Input((3,)), layers.Dense(1)])
""",
}
