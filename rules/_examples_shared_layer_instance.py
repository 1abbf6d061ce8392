"""Example programs of `shared-layer-instance`."""

from __future__ import annotations

BAD = {
    "added again and again": """
        from keras.layers import Dense
        from keras.models import Sequential

        hidden = Dense(16, activation="relu")  # KER405 warning: `hidden` (Dense) is 2 places
        model = Sequential()
        model.add(Dense(16, input_dim=8))
        model.add(hidden)
        model.add(hidden)
        model.add(Dense(1))
        """,
    "a list times a number": """
        import tensorflow as tf

        blocks = [tf.keras.layers.Conv2D(8, 3, padding="same", activation="relu")] * 4  # KER405: 4 places
        model = tf.keras.Sequential([tf.keras.Input((32, 32, 8)), *blocks, tf.keras.layers.Flatten()])
        """,
    "an attribute that is called twice": """
        import keras
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.conv = layers.Conv2D(8, 3, padding="same")
                self.norm = layers.BatchNormalization()
                self.conv2 = layers.Conv2D(8, 3, padding="same")
                self.relu = layers.ReLU()

            def call(self, x, training=None):
                x = self.relu(self.norm(self.conv(x)))
                x = self.conv2(x)
                return self.norm(x)  # KER405: `norm` (BatchNormalization) is called twice


        net = Net()
        net.compile("sgd", "mse")
        """,
}

GOOD = {
    "a layer for every place": """
        from keras import Input, Sequential, layers

        model = Sequential([Input((8,)), *(layers.Dense(8, activation="relu") for _ in range(3))])
        """,
    "layers without weights": """
        from keras import Input, Sequential, layers

        relu, drop = layers.ReLU(), layers.Dropout(0.2)
        model = Sequential([Input((8,)), layers.Dense(8), relu, drop, layers.Dense(8), relu, drop])
        """,
    "a siamese network": """
        import keras
        from keras import layers

        encoder = layers.Dense(16)
        left, right = keras.Input((8,)), keras.Input((8,))
        distance = layers.Subtract()([encoder(left), encoder(right)])
        model = keras.Model([left, right], layers.Dense(1)(distance))
        """,
    "a loop over depth": """
        import keras
        from keras import layers

        inputs = keras.Input((8,))
        step = layers.Dense(8, activation="tanh")
        x = inputs
        for _ in range(4):
            x = step(x)
        model = keras.Model(inputs, x)
        """,
    "a name that says so": """
        import keras
        from keras import layers

        inputs = keras.Input((8,))
        shared = layers.Dense(8)
        x = shared(inputs)
        x = layers.ReLU()(x)
        x = shared(x)
        model = keras.Model(inputs, x)
        """,
    "cannot know: what the stack holds": """
        from keras import Sequential
        from project import make_layers

        model = Sequential(make_layers() * 2)
        """,
}
