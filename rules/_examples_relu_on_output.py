"""Examples of relu-on-output."""

BAD = {
    "classes": """
        from keras.models import Sequential
        from keras.layers import Dense, Activation

        model = Sequential()
        model.add(Dense(64, input_shape=(100,)))
        model.add(Activation('relu'))
        model.add(Dense(10))
        model.add(Activation('relu'))  # KER203 error: are no probabilities for "categorical_crossentropy"
        model.compile(loss='categorical_crossentropy', optimizer='sgd', metrics=['accuracy'])
    """,
    "a regression": """
        import pandas as pd
        from tensorflow.keras.models import Sequential
        from tensorflow.keras.layers import Dense

        data = pd.read_csv('data.csv').values
        model = Sequential()
        model.add(Dense(32, input_dim=5, activation='relu'))
        model.add(Dense(1, activation='relu'))  # KER203 warning: can die at 0
        model.compile(loss='mse', optimizer='adam')
        model.fit(data[:, :5], data[:, 5], epochs=20)
    """,
    "a functional model with LeakyReLU": """
        import tensorflow as tf
        from tensorflow.keras import layers

        i = tf.keras.Input((20,))
        x = layers.Dense(8)(i)
        x = layers.LeakyReLU(0.2)(x)
        x = layers.Dense(1)(x)
        o = layers.LeakyReLU(0.2)(x)  # KER203 error: leaky_relu on the output
        model = tf.keras.Model(i, o)
        model.compile("adam", tf.keras.losses.BinaryCrossentropy())
    """,
    "scores that cannot be negative": """
        import tensorflow as tf

        model = tf.keras.Sequential([
            tf.keras.layers.Flatten(input_shape=(28, 28)),
            tf.keras.layers.Dense(10, activation=tf.nn.relu),  # KER203 warning: must be able to be negative
        ])
        model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    """,
    "right before a sigmoid": """
        from keras.models import Sequential
        from keras.layers import Activation, Dense

        model = Sequential()
        model.add(Dense(16, input_dim=8, activation='relu'))
        model.add(Dense(1, activation='relu'))  # KER203 warning: never fall below 0.5
        model.add(Activation('sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='adam')
    """,
}
GOOD = {
    "a regression without activation": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential([Dense(8, input_dim=3, activation="relu"), Dense(1)])
        model.compile(loss="mse", optimizer="adam")
    """,
    "a backbone that is never compiled": """
        import keras
        from keras import layers

        i = keras.Input((32, 32, 3))
        backbone = keras.Model(i, layers.Conv2D(8, 3, activation="relu")(i))
        features = layers.GlobalAveragePooling2D()(backbone.output)
        model = keras.Model(i, layers.Dense(3, activation="softmax")(features))
        model.compile("adam", "categorical_crossentropy")
    """,
    "counts": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(8, activation="relu"), layers.Dense(1, activation="softplus")])
        model.compile("adam", "poisson")
    """,
    "images": """
        import keras
        from keras import layers

        autoencoder = keras.Sequential([
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 3, padding="same", activation="relu"),
            layers.Conv2D(1, 3, padding="same", activation="relu"),
        ])
        autoencoder.compile("adam", "mse")
    """,
    "an activation from elsewhere cannot be known": """
        import json
        import keras
        from keras import layers

        config = json.load(open("c.json"))
        model = keras.Sequential([layers.Dense(1, activation=config["last"])])
        model.compile("adam", "binary_crossentropy")
    """,
    "a capped control": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(2), layers.ReLU(max_value=1.0)])
        model.compile("adam", "mse")
    """,
    "a fully convolutional classifier after pooling": """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((32, 32, 3)),
            layers.Conv2D(10, 1, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Activation("softmax"),
        ])
        model.compile("adam", "categorical_crossentropy")
    """,
}
