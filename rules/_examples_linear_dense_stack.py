"""Examples of linear-dense-stack."""

BAD = {
    "dropout between": """
        from keras.models import Sequential
        from keras.layers import Dense, Dropout

        model = Sequential()
        model.add(Dense(128, input_shape=(30,)))  # KER204 warning: collapse into one affine map
        model.add(Dropout(0.5))
        model.add(Dense(64))  # KER204: no activation
        model.add(Dropout(0.5))
        model.add(Dense(1))
        model.compile(loss='mse', optimizer='adam')
    """,
    "after a convolution": """
        import tensorflow as tf
        from tensorflow.keras import layers, models

        model = models.Sequential()
        model.add(layers.Conv2D(32, (3, 3), activation='relu', input_shape=(32, 32, 3)))
        model.add(layers.MaxPooling2D((2, 2)))
        model.add(layers.Flatten())
        model.add(layers.Dense(64))  # KER204: Dense has no activation
        model.add(layers.Dense(10))
        model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    """,
    "a functional model": """
        from keras.layers import BatchNormalization, Dense, Input
        from keras.models import Model

        inputs = Input(shape=(10,))
        x = Dense(32)(inputs)  # KER204: has no activation
        x = BatchNormalization()(x)
        x = Dense(16, activation="relu")(x)
        model = Model(inputs, Dense(1)(x))
    """,
    "a subclassed model": """
        import tensorflow as tf

        class MLP(tf.keras.Model):
            def __init__(self):
                super().__init__()
                self.one = tf.keras.layers.Dense(32)  # KER204: Dense `one` has no activation
                self.two = tf.keras.layers.Dense(1)

            def call(self, x):
                return self.two(self.one(x))

        model = MLP()
        model(tf.zeros((2, 8)))
    """,
    "behind an LSTM": """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20, 4)),
            layers.LSTM(16),
            layers.Dense(25),  # KER204: the Dense after it
            layers.Dense(1),
        ])
        model.compile("adam", "mse")
    """,
}
GOOD = {
    "constant weights of a model that only computes": """
        import numpy as np
        import keras
        from keras import layers

        x = keras.Input((3,))
        ones = keras.initializers.Ones()  # all weights 1: the result is easy to check
        y = layers.Dense(4, kernel_initializer=ones)(x)
        model = keras.Model(x, layers.Dense(1, kernel_initializer=ones)(y))
        assert model.predict(np.ones((1, 3)))[0, 0] == 12
    """,
    "activations behind": """
        from keras.models import Sequential
        from keras.layers import Activation, BatchNormalization, Dense

        model = Sequential()
        model.add(Dense(64, input_dim=20))
        model.add(BatchNormalization())
        model.add(Activation('relu'))
        model.add(Dense(1))
    """,
    "written to be linear": """
        from keras import Sequential, layers

        model = Sequential([layers.Dense(64, activation="linear"), layers.Dense(8)])
        other = Sequential([layers.Dense(64, activation=None), layers.Dense(8)])
    """,
    "a factorised matrix": """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((1024,)),
            layers.Dense(16, use_bias=False),
            layers.Dense(1024),
            layers.ReLU(),
        ])
    """,
    "the code of an autoencoder": """
        import keras
        from keras import layers

        i = keras.Input((784,))
        hidden = layers.Dense(64, activation="relu")(i)
        encoder = keras.Model(i, layers.Dense(32)(hidden))
        code = keras.Input((32,))
        decoder = keras.Model(code, layers.Dense(784, activation="sigmoid")(layers.Dense(8, "relu")(code)))
        autoencoder = keras.Model(i, decoder(encoder(i)))
    """,
    "queries and keys": """
        import keras
        from keras import layers

        i = keras.Input((20, 16))
        query, key = layers.Dense(16)(i), layers.Dense(16)(i)
        scores = layers.Dot(axes=2)([query, key])
        model = keras.Model(i, scores)
    """,
    "an activation from elsewhere cannot be known": """
        import json
        from keras import Sequential, layers

        config = json.load(open("c.json"))
        model = Sequential([
            layers.Dense(64, **config["hidden"]),
            layers.Dense(64, activation=config["activation"]),
            layers.Dense(8),
        ])
    """,
    "an activation on one path only": """
        from keras import Sequential, layers

        def build(activate):
            model = Sequential()
            model.add(layers.Dense(64))
            if activate:
                model.add(layers.ReLU())
            model.add(layers.Dense(8))
            return model
    """,
    "noise that is shaped for convolutions, and embeddings for a recurrence": """
        import keras
        from keras import layers

        generator = keras.Sequential([
            keras.Input((100,)),
            layers.Dense(7 * 7 * 8),
            layers.Reshape((7, 7, 8)),
            layers.Conv2DTranspose(8, 3),
        ])
        tagger = keras.Sequential([keras.Input((20, 8)), layers.Dense(4), layers.LSTM(4)])
    """,
}
