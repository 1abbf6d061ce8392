"""Examples of softmax-on-one-unit."""

BAD = {
    "an activation layer behind one unit": """
        from tensorflow.keras.models import Sequential
        from tensorflow.keras.layers import Dense, Activation

        model = Sequential()
        model.add(Dense(32, input_shape=(10,)))
        model.add(Activation('relu'))
        model.add(Dense(1))
        model.add(Activation('softmax'))  # KER202 error: always outputs 1
        model.compile(optimizer='rmsprop', loss='binary_crossentropy', metrics=['accuracy'])
    """,
    "a functional model with a positional activation": """
        from tensorflow import keras

        inputs = keras.Input(shape=(16,))
        x = keras.layers.Dense(8, 'relu')(inputs)
        outputs = keras.layers.Dense(1, 'softmax')(x)  # KER202 error: the one unit of Dense
        model = keras.Model(inputs, outputs)
        model.compile('adam', 'mse')
    """,
    "a subclassed model and tf.nn.softmax": """
        import tensorflow as tf

        class Net(tf.keras.Model):
            def __init__(self):
                super(Net, self).__init__()
                self.hidden = tf.keras.layers.Dense(16, activation=tf.nn.relu)
                self.out = tf.keras.layers.Dense(1, activation=tf.nn.softmax)  # KER202: always outputs 1

            def call(self, x):
                return self.out(self.hidden(x))

        net = Net()
        net.compile(loss='binary_crossentropy', optimizer='adam')
    """,
    "a segmentation map with one channel": """
        import keras
        from keras import layers

        i = keras.Input((64, 64, 3))
        x = layers.Conv2D(16, 3, padding="same", activation="relu")(i)
        mask = layers.Conv2D(1, (1, 1), activation="softmax")(x)  # KER202: the one unit of Conv2D
        model = keras.Model(i, mask)
    """,
    "one unit a step of a sequence": """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20, 8)),
            layers.LSTM(16, return_sequences=True),
            layers.TimeDistributed(layers.Dense(1, activation='softmax')),  # KER202: one unit of Dense
        ])
    """,
    "a Softmax layer": """
        import keras

        model = keras.Sequential()
        model.add(keras.Input((4,)))
        model.add(keras.layers.Dense(1))
        model.add(keras.layers.Softmax())  # KER202: one unit of Dense
    """,
}
GOOD = {
    "two units": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential()
        model.add(Dense(12, input_dim=8, activation='relu'))
        model.add(Dense(2, activation='softmax'))
    """,
    "units that come out of a configuration cannot be known": """
        import json
        from keras.models import Sequential
        from keras.layers import Dense

        config = json.load(open("config.json"))
        model = Sequential([Dense(config["classes"], activation="softmax")])
    """,
    "attention over time": """
        import keras
        from keras import layers, ops

        i = keras.Input((20, 8))
        scores = layers.Dense(1)(i)
        weights = layers.Softmax(axis=1)(scores)
        other = ops.softmax(layers.Dense(1)(i), axis=1)
        flat = layers.Activation("softmax")(layers.Flatten()(layers.Dense(1)(i)))
        context = layers.Dot(axes=1)([weights, i])
        model = keras.Model(i, [context, other, flat])
    """,
    "a sequence of unknown length, permuted": """
        import keras
        from keras import layers

        i = keras.Input((None, 8))
        scores = layers.Permute((2, 1))(layers.Dense(1, activation="tanh")(i))
        weights = layers.Softmax()(scores)
        model = keras.Model(i, weights)
    """,
    "a general function whose callers say the units": """
        from keras import layers

        def head(x, classes=1, activation="softmax"):
            return layers.Dense(classes, activation=activation)(x)
    """,
    "one sigmoid": """
        import keras

        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
    """,
}
