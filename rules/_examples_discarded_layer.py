"""Example programs of `discarded-layer`."""

from __future__ import annotations

BAD = {
    "rows that do nothing": """
        from tensorflow.keras.layers import BatchNormalization, Conv2D, Dense, Flatten, Input, MaxPooling2D
        from tensorflow.keras.models import Model

        inputs = Input(shape=(28, 28, 1))
        x = Conv2D(32, (3, 3), activation="relu")(inputs)
        MaxPooling2D((2, 2))(x)  # KER404 warning: the result of MaxPooling2D is thrown away
        BatchNormalization()(x)  # KER404: BatchNormalization
        x = Flatten()(x)
        model = Model(inputs, Dense(10, activation="softmax")(x))
        """,
    "in a call": """
        import keras
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.hidden = layers.Dense(8, activation="relu")
                self.dropout = layers.Dropout(0.5)
                self.head = layers.Dense(1)

            def call(self, x, training=None):
                x = self.hidden(x)
                self.dropout(x, training=training)  # KER404: the result of Dropout
                return self.head(x)
        """,
    "nothing is returned": """
        import keras
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.head = layers.Dense(1)

            def call(self, x):  # KER404 error: returns nothing
                x = self.head(x)


        model = Net()
        model.compile("sgd", "mse")
        """,
    "a layer that is never called": """
        import keras
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.conv = layers.Conv2D(8, 3, activation="relu")
                self.norm = layers.BatchNormalization()  # KER404: `norm` (BatchNormalization) is made
                self.pool = layers.GlobalAveragePooling2D()
                self.head = layers.Dense(1)

            def call(self, x):
                return self.head(self.pool(self.conv(x)))


        model = Net()
        model.compile("sgd", "mse")
        """,
}

GOOD = {
    "every result is used": """
        import keras
        from keras import layers

        inputs = keras.Input((8,))
        x = layers.Dense(64)(inputs)
        x = layers.ReLU()(x)
        model = keras.Model(inputs, layers.Dense(1)(x))
        """,
    "a layer is built by a call": """
        import keras
        from keras import layers

        inputs = keras.Input((8,))
        dense = layers.Dense(4)
        dense(inputs)
        print(dense.get_weights())
        model = keras.Model(inputs, dense(inputs))
        """,
    "a layer that is read elsewhere": """
        import keras
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.encoder = layers.Dense(8)
                self.decoder = layers.Dense(4)

            def call(self, x):
                return self.encoder(x)


        net = Net()
        net.compile("sgd", "mse")
        decoded = net.decoder
        """,
    "an abstract call": """
        import keras


        class Base(keras.layers.Layer):
            def call(self, x):
                '''What the layer computes.'''


        class Other(keras.layers.Layer):
            def call(self, x):
                raise NotImplementedError
        """,
    "a layer of one's own may act by itself": """
        import keras
        from keras import layers, ops


        class Penalty(layers.Layer):
            def call(self, x):
                self.add_loss(ops.mean(x))
                return x


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.penalty = Penalty()
                self.head = layers.Dense(1)

            def call(self, x):
                self.penalty(x)
                return self.head(x)
        """,
    "a layer is tried out": """
        import keras
        from keras import layers


        def test_units():
            inputs = keras.Input((4,))
            layers.Dense(3)(inputs)
        """,
    "outside of any model": """
        import numpy as np
        from keras import layers

        layers.Dense(3)(np.ones((2, 4)))
        """,
    "cannot know: the layer may be called through its list": """
        import keras
        from keras import layers
        from project import apply_all


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.first = layers.Dense(8)

            def call(self, x):
                return apply_all(self.layers, x)


        net = Net()
        net.compile("sgd", "mse")
        """,
}
