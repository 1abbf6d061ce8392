"""Examples of regression-loss-on-classifier."""

BAD = {
    "one sigmoid with an accuracy": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense

        X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        y = np.array([[0], [1], [1], [0]])
        model = Sequential()
        model.add(Dense(8, input_dim=2, activation='tanh'))
        model.add(Dense(1, activation='sigmoid'))
        model.compile(loss='mse', optimizer='sgd', metrics=['acc'])  # KER102 warning: binary_crossentropy
        model.fit(X, y, epochs=100)
    """,
    "a functional model and a loss object": """
        import tensorflow as tf

        i = tf.keras.layers.Input(shape=(28, 28, 1))
        x = tf.keras.layers.Flatten()(i)
        x = tf.keras.layers.Dense(100, activation=tf.nn.relu)(x)
        o = tf.keras.layers.Dense(10, activation=tf.nn.softmax)(x)
        m = tf.keras.models.Model(i, o)
        m.compile(optimizer=tf.keras.optimizers.Adam(), loss=tf.keras.losses.MeanSquaredError())  # KER102: MeanSquaredError
    """,
    "an absolute error and a separate softmax": """
        from keras.layers import Activation, Dense
        from keras.models import Sequential

        model = Sequential([Dense(32, input_shape=(13,)), Activation('relu'), Dense(3), Activation('softmax')])
        model.compile(optimizer='adam', loss='mean_absolute_error')  # KER102: categorical_crossentropy fits it
    """,
    "a function of keras.losses": """
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((8,)), layers.Dense(2, activation="softmax")])
        model.compile("adam", keras.losses.mean_squared_error)  # KER102: Dense(2, softmax)
    """,
}
GOOD = {
    "a regression": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential()
        model.add(Dense(13, input_dim=13, activation='relu'))
        model.add(Dense(1))
        model.compile(loss='mean_squared_error', optimizer='adam')
    """,
    "a discriminator of a least-squares GAN": """
        import keras
        from keras import layers

        critic = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation="sigmoid")], name="D")
        critic.compile(loss="mse", optimizer="adam", metrics=["accuracy"])
        z = keras.Input((4,))
        gan = keras.Model(z, critic(layers.Dense(8)(z)))
        gan.compile(loss="mse", optimizer="adam")
    """,
    "a reconstruction": """
        import numpy as np
        import keras
        from keras import layers

        x = np.random.rand(10, 8)
        model = keras.Sequential([keras.Input((8,)), layers.Dense(8, activation="sigmoid")])
        model.compile(loss="mse", optimizer="adam", metrics=["accuracy"])
        model.fit(x, x)
    """,
    "a number between 0 and 1": """
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation="sigmoid")])
        model.compile(loss="mse", optimizer="adam", metrics=["mae"])
    """,
    "a loss from elsewhere cannot be known": """
        import argparse
        import keras
        from keras import layers

        args = argparse.ArgumentParser().parse_args()
        model = keras.Sequential([keras.Input((8,)), layers.Dense(4, activation="softmax")])
        model.compile(loss=args.loss, optimizer="adam", metrics=["accuracy"])
    """,
    "classes and numbers in one model": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        outputs = [layers.Dense(4, activation="softmax")(i), layers.Dense(1)(i)]
        model = keras.Model(i, outputs)
        model.compile(loss=["categorical_crossentropy", "mse"], optimizer="adam")
    """,
}
