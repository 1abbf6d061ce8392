"""Example programs of `untracked-variable`."""

from __future__ import annotations

BAD = {
    "weights made in build": """
        import tensorflow as tf


        class Linear(tf.keras.layers.Layer):
            def __init__(self, units):
                super().__init__()
                self.units = units

            def build(self, input_shape):
                shape = (input_shape[-1], self.units)
                self.w = tf.Variable(tf.random.normal(shape), trainable=True)  # KER402 error: `w` is a tf.Variable
                self.b = tf.Variable(tf.zeros((self.units,)))  # KER402: `b` is a tf.Variable

            def call(self, inputs):
                return tf.matmul(inputs, self.w) + self.b


        model = tf.keras.Sequential([tf.keras.Input((8,)), Linear(4), tf.keras.layers.Dense(1)])
        model.compile("adam", "mse")
        """,
    "a model that fit leaves alone": """
        import keras
        import numpy as np
        import tensorflow as tf


        class Regression(keras.Model):
            def __init__(self):
                super().__init__()
                self.slope = tf.Variable(0.0, name="slope")  # KER402: fit never trains it
                self.offset = tf.Variable(0.0, name="offset")  # KER402: `offset`

            def call(self, x):
                return self.slope * x + self.offset


        model = Regression()
        model.compile("sgd", "mse")
        model.fit(np.arange(10.0), 2 * np.arange(10.0) + 1)
        """,
    "a code book": """
        import tensorflow as tf
        from tensorflow.keras import layers


        class Quantizer(layers.Layer):
            def __init__(self, codes, width):
                super().__init__()
                start = tf.random_uniform_initializer()
                self.codes = tf.Variable(  # KER402: `codes`
                    initial_value=start(shape=(width, codes), dtype="float32"), trainable=True, name="codes"
                )

            def call(self, x):
                return self.nearest(x)

            def nearest(self, x):
                return tf.argmin(tf.reduce_sum(self.codes**2, axis=0) - 2 * tf.matmul(x, self.codes), axis=1)
        """,
    "a counter is not saved": """
        import tensorflow as tf
        from keras import layers


        class Counting(layers.Layer):
            def __init__(self):
                super().__init__()
                self.total = tf.Variable(0.0, trainable=False)  # KER402 info: saved without it

            def call(self, x):
                self.total.assign_add(tf.reduce_sum(x))
                return x / self.total
        """,
    "layers of a plain object": """
        import tensorflow as tf


        class Encoder:
            def __init__(self):
                self.hidden = tf.keras.layers.Dense(16, activation="relu")  # KER402 error: kept in `Encoder`, no class of Keras

            def __call__(self, x):
                return self.hidden(x)


        class Net(tf.keras.Model):
            def __init__(self):
                super().__init__()
                self.encoder = Encoder()
                self.head = tf.keras.layers.Dense(1)

            def call(self, x):
                return self.head(self.encoder(x))


        model = Net()
        model.compile("adam", "mse")
        model.fit(tf.random.normal((32, 4)), tf.random.normal((32, 1)))
        """,
    "a list of plain objects": """
        from keras import Model, layers


        class Block(object):
            def __init__(self, units):
                self.dense = layers.Dense(units)  # KER402 error: Dense `dense` is kept in `Block`

            def forward(self, x):
                return self.dense(x)


        class Net(Model):
            def __init__(self):
                super().__init__()
                self.blocks = [Block(8), Block(4)]
                self.head = layers.Dense(1)

            def call(self, x):
                for block in self.blocks:
                    x = block.forward(x)
                return self.head(x)
        """,
}

GOOD = {
    "layers that a plain object makes, and that the model keeps too": """
        import tensorflow as tf


        class Encoder(object):
            def __init__(self):
                self.hidden = tf.keras.layers.Dense(16, activation="relu")
                self.drop = tf.keras.layers.Dropout(0.5)

            def __call__(self, x):
                return self.drop(self.hidden(x))


        class Net(tf.keras.Model):
            def __init__(self):
                super().__init__()
                self.encoder = Encoder()
                self.kept = [self.encoder.hidden]
                self.head = tf.keras.layers.Dense(1)

            def call(self, x):
                return self.head(self.encoder(x))


        model = Net()
        model.compile("adam", "mse")
        model.fit(tf.random.normal((32, 4)), tf.random.normal((32, 1)))
        """,
    "a plain object that builds a functional model": """
        import keras
        from keras import layers


        class Builder:
            def __init__(self):
                self.hidden = layers.Dense(16, activation="relu")

            def build(self):
                inputs = keras.Input((4,))
                return keras.Model(inputs, layers.Dense(1)(self.hidden(inputs)))


        model = Builder().build()
        model.compile("adam", "mse")
        """,
    "a holder that derives from Layer": """
        import keras
        from keras import layers


        class Encoder(layers.Layer):
            def __init__(self):
                super().__init__()
                self.hidden = layers.Dense(16, activation="relu")

            def call(self, x):
                return self.hidden(x)


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.encoder = Encoder()
                self.head = layers.Dense(1)

            def call(self, x):
                return self.head(self.encoder(x))


        model = Net()
        model(keras.Input((4,)))
        """,
    "a loop of one's own trains what the object holds": """
        import tensorflow as tf


        class Encoder:
            def __init__(self):
                self.hidden = tf.keras.layers.Dense(16)

            def __call__(self, x):
                return self.hidden(x)


        class Net(tf.keras.Model):
            def __init__(self):
                super().__init__()
                self.encoder = Encoder()
                self.head = tf.keras.layers.Dense(1)

            def call(self, x):
                return self.head(self.encoder(x))


        def trained(net):
            return net.trainable_variables + net.encoder.hidden.trainable_variables
        """,
    "a variable of Keras": """
        import keras
        from keras import layers, ops


        class Scale(layers.Layer):
            def __init__(self):
                super().__init__()
                self.gain = keras.Variable(1.0)
                self.gains = [keras.Variable(1.0)]

            def call(self, x):
                return ops.multiply(x, self.gain) * self.gains[0]
        """,
    "a weight": """
        from keras import layers


        class Scale(layers.Layer):
            def __init__(self):
                super().__init__()
                self.gain = self.add_weight(shape=(1,), initializer="ones")

            def call(self, x):
                return x * self.gain
        """,
    "Keras 2 tracks it": """
        import tensorflow as tf
        import tf_keras


        class Scale(tf_keras.layers.Layer):
            def __init__(self):
                super().__init__()
                self.gain = tf.Variable(1.0)

            def call(self, x):
                return x * self.gain
        """,
    "a class that is no layer": """
        import tensorflow as tf


        class Scale(tf.Module):
            def __init__(self):
                super().__init__()
                self.gain = tf.Variable(1.0)

            def __call__(self, x):
                return x * self.gain
        """,
    "a train_step of its own may train it": """
        import keras
        import tensorflow as tf


        class Regression(keras.Model):
            def __init__(self):
                super().__init__()
                self.slope = tf.Variable(0.0)

            def call(self, x):
                return self.slope * x

            def train_step(self, data):
                x, y = data
                with tf.GradientTape() as tape:
                    loss = tf.reduce_mean((self(x, training=True) - y) ** 2)
                gradients = tape.gradient(loss, [self.slope])
                self.optimizer.apply_gradients(zip(gradients, [self.slope]))
                return {"loss": loss}
        """,
    "a constant": """
        import tensorflow as tf
        from keras import layers


        class Positions(layers.Layer):
            def __init__(self):
                super().__init__()
                self.table = tf.constant([1.0, 2.0])

            def call(self, x):
                return x + self.table
        """,
    "cannot know: whether it may train is not known": """
        import tensorflow as tf
        from keras import layers


        class Scale(layers.Layer):
            def __init__(self, **options):
                super().__init__()
                self.gain = tf.Variable(1.0, trainable=options["trainable"])

            def call(self, x):
                return x * self.gain
        """,
    "a variable of every call, which layer-created-in-call reports": """
        import tensorflow as tf
        from keras import layers


        class Shift(layers.Layer):
            def call(self, x):
                self.offset = tf.Variable(tf.zeros([x.shape[-1]]))
                return x + self.offset
        """,
}
