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
    "in a block that a function builds": """
        from keras import layers


        def block(x, filters, drop):
            y = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
            if drop is not None:
                layers.Dropout(drop)(y)  # KER404: `block` goes on
            return layers.Add()([x, y])
        """,
    "in a method that gives both ends": """
        from tensorflow import keras


        class Network:
            def build(self, shape, rates):
                start = keras.layers.Input(shape)
                x = start
                for rate in rates:
                    x = keras.layers.Dense(32, activation="relu")(x)
                    keras.layers.Dropout(rate)(x)  # KER404: the result of Dropout
                return start, keras.layers.Dense(1)(x)
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
    "layers are tried out one after the other": """
        import pytest
        from keras import layers


        def test_units(x):
            layers.Dense(3)(x)
            layers.Dense(4)(x)
            with pytest.raises(ValueError):
                layers.Dense(-1)(x)


        def is_fit(x):
            layers.Dense(3)(x)
            return True
        """,
    "a layer that is built by a call and read afterwards": """
        from keras import layers


        def weights(x, units):
            layer = layers.Dense(units)
            layer(x)
            return layer.get_weights(), x
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
    "a method that keeps what it gives back": """
        import keras
        from keras import layers


        class Builder:
            def __init__(self):
                self.inputs = keras.Input((4,))
                self.body()
                self.model = keras.Model(self.inputs, layers.Dense(1)(self.last))

            def body(self):
                self.last = layers.Dropout(0.2)(layers.Dense(8, activation="relu")(self.inputs))
                return self.last


        net = Builder().model
        """,
}
