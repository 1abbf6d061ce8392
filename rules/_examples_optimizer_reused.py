"""Situations of optimizer-reused: sentence -> program."""

BAD: dict[str, str] = {
    "a functional and a sequential twin are fitted with one Adam": """
import numpy as np
from keras import Input, Model, Sequential, layers, optimizers

features, targets = np.random.rand(8, 32), np.random.rand(8, 4)

inputs = Input(shape=(32,))
hidden = layers.Dense(16, activation="tanh")(inputs)
functional = Model(inputs, layers.Dense(4)(hidden))
sequen = Sequential([Input(shape=(32,)), layers.Dense(16, activation="tanh"), layers.Dense(4)])

opt = optimizers.Adam(learning_rate=0.01)
functional.compile(loss="mse", optimizer=opt)
sequen.compile(loss="mse", optimizer=opt)  # KER101 error: `sequen.compile` gets the Adam that already trains `functional`

functional.fit(features, targets, epochs=20)
sequen.fit(features, targets, epochs=20)
""",
    "the optimizer is passed by position": """
import numpy as np
from tensorflow import keras

x, y = np.zeros((4, 3)), np.zeros((4, 1))
sgd = keras.optimizers.SGD(0.1)
left = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
right = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
left.compile(sgd, "mse")
right.compile(sgd, "mse")  # KER101 error: the SGD that already trains `left`
left.fit(x, y)
right.fit(x, y)
""",
    "a loop builds, compiles and fits a fresh model with the optimizer made before it": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import RMSprop

x, y = np.zeros((4, 3)), np.zeros((4, 1))
optimizer = RMSprop(1e-3)
for units in (8, 16, 32):
    model = Sequential([Input((3,)), layers.Dense(units, activation="relu"), layers.Dense(1)])
    model.compile(optimizer=optimizer, loss="mse")  # KER101 error: RMSprop
    model.fit(x, y, verbose=0)
""",
    "a loop over something unknown fits a fresh model each round": """
from keras import Input, Sequential, layers
from keras.optimizers import Adam
from mydata import folds

adam = Adam()
for x, y in folds():
    model = Sequential([Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
    model.compile(loss="mse", optimizer=adam)  # KER101 error: one Adam
    model.fit(x, y)
""",
    "a global optimizer inside a builder that is called twice": """
import numpy as np
import keras

x, y = np.zeros((4, 3)), np.zeros((4, 1))
optimizer = keras.optimizers.Adam(1e-3)


def build():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(loss="mse", optimizer=optimizer)  # KER101 error: `build` gives every model
    return model


first = build()
first.fit(x, y)
second = build()
second.fit(x, y)
""",
    "a builder is called once per fold": """
import numpy as np
from sklearn.model_selection import KFold
from tensorflow.keras import layers, models, optimizers

x, y = np.zeros((20, 3)), np.zeros((20, 1))
opt = optimizers.Adam()


def make_model():
    model = models.Sequential([layers.Input((3,)), layers.Dense(4, activation="relu"), layers.Dense(1)])
    model.compile(loss="mse", optimizer=opt)  # KER101 error: Adam
    return model


for train, test in KFold(5).split(x):
    model = make_model()
    model.fit(x[train], y[train])
""",
    "a default argument is one object for all calls": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))


def build(units, opt=Adam(1e-3)):
    model = Sequential([Input((3,)), layers.Dense(units, activation="relu"), layers.Dense(1)])
    model.compile(optimizer=opt, loss="mse")  # KER101 error: Adam
    return model


small, large = build(4), build(64)
small.fit(x, y)
large.fit(x, y)
""",
    "an attribute holds the optimizer of actor and critic": """
import keras
import numpy as np
from keras import layers


class Agent:
    def __init__(self, states, actions):
        self.opt = keras.optimizers.Adam(3e-4)
        self.actor = keras.Sequential([keras.Input((states,)), layers.Dense(actions, activation="softmax")])
        self.critic = keras.Sequential([keras.Input((states,)), layers.Dense(1)])
        self.actor.compile(loss="categorical_crossentropy", optimizer=self.opt)
        self.critic.compile(loss="mse", optimizer=self.opt)  # KER101 error: the Adam that already trains

    def learn(self, states, advantages, values):
        self.actor.fit(states, advantages, verbose=0)
        self.critic.fit(states, values, verbose=0)


agent = Agent(4, 2)
agent.learn(np.zeros((8, 4)), np.zeros((8, 2)), np.zeros((8, 1)))
""",
    "a dict of compile arguments holds it": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
settings = dict(optimizer=Adam(), loss="mse")
one = Sequential([Input((3,)), layers.Dense(1)])
two = Sequential([Input((3,)), layers.Dense(1)])
one.compile(**settings)
two.compile(**settings)  # KER101 error: the Adam that already trains `one`
one.fit(x, y)
two.fit(x, y)
""",
    "the second model takes the optimizer of the first": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
teacher = Sequential([Input((3,)), layers.Dense(1)])
student = Sequential([Input((3,)), layers.Dense(1)])
teacher.compile(optimizer=Adam(), loss="mse")
teacher.fit(x, y)
student.compile(teacher.optimizer, "mse")  # KER101 error: already trains `teacher`
student.fit(x, y)
""",
    "an alias is the same object": """
import numpy as np
from keras import Input, Sequential, layers, optimizers

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt_a = optimizers.Nadam()
opt_b = opt_a
a = Sequential([Input((3,)), layers.Dense(1)])
b = Sequential([Input((3,)), layers.Dense(1)])
a.compile(opt_a, "mse")
b.compile(opt_b, "mse")  # KER101 error: Nadam
a.fit(x, y)
b.fit(x, y)
""",
    "optimizers.get hands an object through": """
import numpy as np
import keras

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt = keras.optimizers.Adam()
a = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
b = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
a.compile(keras.optimizers.get(opt), "mse")
b.compile(keras.optimizers.get(opt), "mse")  # KER101 error: Adam
a.fit(x, y)
b.fit(x, y)
""",
    "a list is multiplied, not its items": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opts = [Adam(1e-3)] * 2
a = Sequential([Input((3,)), layers.Dense(1)])
b = Sequential([Input((3,)), layers.Dense(1)])
a.compile(opts[0], "mse")
b.compile(opts[1], "mse")  # KER101 error: Adam
a.fit(x, y)
b.fit(x, y)
""",
    "fine-tuning unfreezes layers and compiles with the used optimizer": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
base = layers.Dense(8, activation="relu")
model = Sequential([Input((3,)), base, layers.Dense(1)])
base.trainable = False
opt = Adam(1e-4)
model.compile(optimizer=opt, loss="mse")
model.fit(x, y)
base.trainable = True
model.compile(optimizer=opt, loss="mse")  # KER101 error: trains layers that the Adam
model.fit(x, y)
""",
    "a clone is a second model": """
import numpy as np
import keras

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt = keras.optimizers.Adam()
original = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
original.compile(optimizer=opt, loss="mse")
original.fit(x, y)
copied = keras.models.clone_model(original)
copied.compile(optimizer=opt, loss="mse")  # KER101 error: already trains `original`
copied.fit(x, y)
""",
    "a custom loop feeds one optimizer with gradients of two models": """
import keras
import tensorflow as tf

encoder = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4)])
critic = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(1e-4)

for batch in tf.data.Dataset.from_tensor_slices(tf.zeros((6, 8))).batch(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(encoder(batch, training=True) ** 2)
    gradients = tape.gradient(loss, encoder.trainable_variables)
    opt.apply_gradients(zip(gradients, encoder.trainable_variables))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(critic(encoder(batch), training=True))
    gradients = tape.gradient(loss, critic.trainable_variables)
    opt.apply_gradients(zip(gradients, critic.trainable_variables))  # KER101 error: Adam
""",
    "a GAN trains the discriminator and then the combined model with one optimizer": """
import numpy as np
from keras import Input, Model, Sequential, layers
from keras.optimizers import Adam

real, fake = np.ones((4, 1)), np.zeros((4, 1))
noise, images = np.zeros((4, 8)), np.zeros((4, 16))

optimizer = Adam(2e-4, 0.5)
discriminator = Sequential([Input((16,)), layers.Dense(8, activation="relu"), layers.Dense(1, activation="sigmoid")])
generator = Sequential([Input((8,)), layers.Dense(16, activation="tanh")])
discriminator.compile(loss="binary_crossentropy", optimizer=optimizer)
discriminator.train_on_batch(images, real)

discriminator.trainable = False
z = Input((8,))
combined = Model(z, discriminator(generator(z)))
combined.compile(loss="binary_crossentropy", optimizer=optimizer)  # KER101 error: already trains `discriminator`
combined.train_on_batch(noise, real)
""",
    "a table of optimizers is looked up for several models": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import SGD, Adam

x, y = np.zeros((4, 3)), np.zeros((4, 1))
optimizers = {"adam": Adam(), "sgd": SGD()}
narrow = Sequential([Input((3,)), layers.Dense(1)])
wide = Sequential([Input((3,)), layers.Dense(64, activation="relu"), layers.Dense(1)])
for model in (narrow, wide):
    model.compile(optimizer=optimizers["adam"], loss="mse")  # KER101 error: Adam
    model.fit(x, y)
""",
    "one name is bound to a second model, the optimizer stays": """
import numpy as np
from keras import Input, Sequential, layers
from keras.optimizers import SGD

x, y = np.zeros((4, 3)), np.zeros((4, 1))
sgd = SGD(0.01)
model = Sequential([Input((3,)), layers.Dense(1)])
model.compile(sgd, "mse")
model.fit(x, y)
model = Sequential([Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
model.compile(sgd, "mse")  # KER101 error: already trains an earlier `model`
model.fit(x, y)
""",
    "a GAN freezes the discriminator after its compile, so Keras 3 trains it never": """
import numpy as np
from keras.layers import Dense, Input
from keras.models import Model, Sequential
from keras.optimizers import Adam


class GAN:
    def __init__(self):
        optimizer = Adam(0.0002, 0.5)
        self.discriminator = Sequential([Input((16,)), Dense(8, activation="relu"), Dense(1, activation="sigmoid")])
        self.discriminator.compile(loss="binary_crossentropy", optimizer=optimizer)
        self.generator = Sequential([Input((8,)), Dense(16, activation="tanh")])
        z = Input((8,))
        self.discriminator.trainable = False
        self.combined = Model(z, self.discriminator(self.generator(z)))
        self.combined.compile(loss="binary_crossentropy", optimizer=optimizer)  # KER101 warning: `combined.compile` gets the Adam of `discriminator`; Keras 3 cannot train both

    def train(self, epochs, images):
        for epoch in range(epochs):
            noise = np.random.normal(0, 1, (4, 8))
            self.discriminator.train_on_batch(images, np.ones((4, 1)))
            self.discriminator.train_on_batch(self.generator.predict(noise), np.zeros((4, 1)))
            self.combined.train_on_batch(noise, np.ones((4, 1)))


if __name__ == "__main__":
    GAN().train(epochs=3, images=np.zeros((4, 16)))
""",
    "a GAN freezes the discriminator after its compile, and Keras 2 trains both": """
import numpy as np
from tf_keras.layers import Dense, Input
from tf_keras.models import Model, Sequential
from tf_keras.optimizers import Adam


class GAN:
    def __init__(self):
        optimizer = Adam(0.0002, 0.5)
        self.discriminator = Sequential([Input((16,)), Dense(8, activation="relu"), Dense(1, activation="sigmoid")])
        self.discriminator.compile(loss="binary_crossentropy", optimizer=optimizer)
        self.generator = Sequential([Input((8,)), Dense(16, activation="tanh")])
        z = Input((8,))
        self.discriminator.trainable = False
        self.combined = Model(z, self.discriminator(self.generator(z)))
        self.combined.compile(loss="binary_crossentropy", optimizer=optimizer)  # KER101 error: already trains `discriminator`

    def train(self, epochs, images):
        for epoch in range(epochs):
            noise = np.random.normal(0, 1, (4, 8))
            self.discriminator.train_on_batch(images, np.ones((4, 1)))
            self.discriminator.train_on_batch(self.generator.predict(noise), np.zeros((4, 1)))
            self.combined.train_on_batch(noise, np.ones((4, 1)))


if __name__ == "__main__":
    GAN().train(epochs=3, images=np.zeros((4, 16)))
""",
    "only the compiles are visible": """
from keras import Input, Sequential, layers
from keras.optimizers import Adam


def make_networks(states, actions):
    opt = Adam(1e-3)
    policy = Sequential([Input((states,)), layers.Dense(actions, activation="softmax")])
    policy.compile(loss="categorical_crossentropy", optimizer=opt)
    value = Sequential([Input((states,)), layers.Dense(1)])
    value.compile(loss="mse", optimizer=opt)  # KER101 warning: `value.compile` gets the Adam of `policy`
    return policy, value
""",
    "with Keras 2 the second model silently inherits the state": """
import numpy as np
import tf_keras as keras

x, y = np.zeros((4, 3)), np.zeros((4, 1))
opt = keras.optimizers.Adam()
a = keras.Sequential([keras.layers.Dense(1, input_shape=(3,))])
b = keras.Sequential([keras.layers.Dense(1, input_shape=(3,))])
a.compile(opt, "mse")
b.compile(opt, "mse")  # KER101 error: state
a.fit(x, y)
b.fit(x, y)
""",
}

GOOD: dict[str, str] = {
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
