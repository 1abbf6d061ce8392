"""Example programs of `python-control-flow-in-call`."""

from __future__ import annotations

BAD = {
    "a length, in a helper": """
        import numpy as np
        import tensorflow as tf
        from tensorflow.keras import Model
        from tensorflow.keras.layers import Dense, Flatten


        def my_softmax(x):
            rows = len(x)  # KER407 error: `len` asks a tensor for its length
            return tf.exp(x) / tf.reduce_sum(tf.exp(x), axis=1, keepdims=True) + 0.0 * rows


        class MyModel(Model):
            def __init__(self):
                super(MyModel, self).__init__()
                self.flatten = Flatten()
                self.d1 = Dense(128, activation="relu")
                self.d2 = Dense(10)

            def call(self, x):
                return my_softmax(self.d2(self.d1(self.flatten(x))))


        (x_train, y_train), _ = tf.keras.datasets.mnist.load_data()
        model = MyModel()
        model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(x_train / 255.0, y_train, epochs=1)
        """,
    "a layer in a functional model": """
        import keras
        import numpy as np
        import tensorflow as tf
        from keras import layers


        class Shift(layers.Layer):
            def call(self, x):
                while tf.reduce_max(x) > 1:  # KER407: `while` asks a tensor
                    x = x / 2
                x = x * np.mean(x)  # KER407: `np.mean` asks a tensor for its values
                scale = float(tf.reduce_sum(x))  # KER407: `float`
                for row in x:  # KER407: `for` asks a tensor for its items
                    print(row)
                return x * scale


        inputs = keras.Input((4,))
        model = keras.Model(inputs, Shift()(layers.Dense(4)(inputs)))
        """,
    "a value in the middle of training": """
        import keras
        import numpy as np
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.hidden = layers.Dense(4)
                self.head = layers.Dense(1)

            def call(self, x, training=None):
                h = self.hidden(x)
                print(h.numpy())  # KER407: `.numpy()` asks a tensor for its values
                assert keras.ops.sum(h) != 0  # KER407: `assert`
                return self.head(h) if keras.ops.all(h > 0) else self.head(-h)  # KER407: `if`


        net = Net()
        net.compile(loss="mse")
        net.train_on_batch(np.ones((4, 4)), np.ones((4, 1)))
        """,
}

GOOD = {
    "sizes, settings and the mode": """
        import keras
        import numpy as np
        from keras import layers, ops


        class Block(layers.Layer):
            def __init__(self, steps, scale=None):
                super().__init__()
                self.steps, self.scale = steps, scale
                self.dense = layers.Dense(4)

            def call(self, x, mask=None, training=None):
                for step in range(self.steps):
                    x = self.dense(x) + x
                if self.scale is not None and training:
                    x = x * np.sqrt(self.scale)
                if mask is not None:
                    x = x * ops.cast(mask, "float32")
                columns = [x[:, index] for index in range(x.shape[1])]
                return ops.stack(columns, axis=1) / float(np.prod(x.shape[1:]))


        inputs = keras.Input((4,))
        model = keras.Model(inputs, Block(2, 3.0)(inputs))
        """,
    "lists of tensors": """
        import keras
        from keras import layers, ops


        class Merge(keras.Model):
            def __init__(self):
                super().__init__()
                self.head = layers.Dense(1)

            def call(self, inputs):
                total = 0
                for tensor in inputs:
                    total = total + tensor
                for part in ops.split(total, 2, axis=1):
                    total = total + ops.sum(part)
                return self.head(total) / len(inputs)


        def run(x, y):
            model = Merge()
            model.compile(loss="mse")
            model.fit([x, x], y)
        """,
    "run eagerly": """
        import keras
        from keras import layers, ops


        class Gate(keras.Model):
            def __init__(self):
                super().__init__()
                self.head = layers.Dense(1)

            def call(self, x):
                x = self.head(x)
                return -x if ops.mean(x) > 0 else x


        def run(x, y):
            model = Gate()
            model.compile(loss="mse", run_eagerly=True)
            model.fit(x, y)
        """,
    "a function that AutoGraph rewrites": """
        import keras
        import tensorflow as tf
        from keras import layers


        @tf.function
        def gate(x):
            if tf.reduce_mean(x) > 0:
                x = -x
            return x


        class Gate(keras.Model):
            def __init__(self):
                super().__init__()
                self.head = layers.Dense(1)

            def call(self, x):
                return gate(self.head(x))


        def run(x, y):
            model = Gate()
            model.compile(loss="mse")
            model.fit(x, y)
        """,
    "a loop of one's own runs eagerly": """
        import tensorflow as tf
        from tensorflow.keras import layers


        class Agent(tf.keras.Model):
            def __init__(self):
                super().__init__()
                self.head = layers.Dense(2)

            def call(self, state):
                values = self.head(state)
                return int(tf.argmax(values[0]))


        agent = Agent()
        action = agent(tf.zeros((1, 4)))
        """,
    "Keras 2 rewrites call": """
        import tensorflow as tf
        import tf_keras


        class Gate(tf_keras.Model):
            def __init__(self):
                super().__init__()
                self.head = tf_keras.layers.Dense(1)

            def call(self, x):
                x = self.head(x)
                if tf.reduce_mean(x) > 0:
                    x = -x
                return x


        def run(x, y):
            model = Gate()
            model.compile(loss="mse")
            model.fit(x, y)
        """,
    "cannot know: what the helper gives": """
        import keras
        from keras import layers
        from project import is_active


        class Gate(keras.Model):
            def __init__(self):
                super().__init__()
                self.head = layers.Dense(1)

            def call(self, x):
                x = self.head(x)
                if is_active(x):
                    x = -x
                return x


        def run(x, y):
            model = Gate()
            model.compile(loss="mse")
            model.fit(x, y)
        """,
}
