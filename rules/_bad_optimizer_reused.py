"""Situations of optimizer-reused: sentence -> program with the marked lines."""

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
    "one loop compiles two models that are trained elsewhere: only the compiles are here": """
from keras import Input, Sequential, layers, optimizers

teacher = Sequential([Input((8,)), layers.Dense(64, activation="relu"), layers.Dense(3)])
student = Sequential([Input((8,)), layers.Dense(3)])
settings = dict(optimizer=optimizers.Adam(1e-4), loss="mse")
for network in (teacher, student):
    network.compile(**settings)  # KER101 warning: `student.compile` gets the Adam of `teacher`; Keras 3 cannot train both
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
