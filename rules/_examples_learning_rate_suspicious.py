"""Examples of learning-rate-suspicious."""

BAD = {
    "gradient descent that diverges": """
        from keras.models import Sequential
        from keras.layers import Dense
        from keras.optimizers import SGD

        model = Sequential()
        model.add(Dense(64, input_dim=20, activation='relu'))
        model.add(Dense(1))
        model.compile(loss='mse', optimizer=SGD(learning_rate=3.0))  # KER111 warning: SGD diverges
    """,
    "steps that are too small": """
        import tensorflow as tf

        opt = tf.keras.optimizers.Adam(1e-8)  # KER111 warning: does not move the weights
        i = tf.keras.Input((8,))
        x = tf.keras.layers.Dense(8, activation="relu")(i)
        model = tf.keras.Model(i, tf.keras.layers.Dense(1)(x))
        model.compile(optimizer=opt, loss="mse")
    """,
    "a large step of RMSprop in a builder": """
        from keras import layers, models, optimizers

        def build():
            model = models.Sequential()
            model.add(layers.LSTM(32, input_shape=(10, 1)))
            model.add(layers.Dense(1))
            model.compile(optimizer=optimizers.RMSprop(learning_rate=0.1), loss='mae')  # KER111: large for RMSprop
            return model
    """,
}
GOOD = {
    "usual rates": """
        import keras
        from keras import layers, optimizers

        for optimizer in (optimizers.Adam(1e-3), optimizers.SGD(0.1), optimizers.Adadelta(1.0), "adam"):
            model = keras.Sequential([layers.Dense(8, activation="relu"), layers.Dense(1)])
            model.compile(optimizer, "mse")
    """,
    "a linear regression": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Normalization(), layers.Dense(1)])
        model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.1), loss="mean_absolute_error")
    """,
    "a schedule": """
        import keras
        from keras import layers

        rate = keras.optimizers.schedules.ExponentialDecay(0.5, 1000, 0.9)
        model = keras.Sequential([layers.Dense(8, activation="relu"), layers.Dense(1)])
        model.compile(keras.optimizers.Adam(rate), "mse")
    """,
    "a callback that changes the rate": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(8, activation="relu"), layers.Dense(1)])
        model.compile(keras.optimizers.SGD(1e-8), "mse")
        grow = keras.callbacks.LearningRateScheduler(lambda epoch: 1e-8 * 10 ** (epoch / 20))
        model.fit(x, y, callbacks=[grow])
    """,
    "a rate that cannot be known": """
        import sys
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(8, activation="relu"), layers.Dense(1)])
        model.compile(keras.optimizers.Adam(float(sys.argv[1])), "mse")
    """,
    "no rate at all, to look at a trained model without changing it": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(8, activation="relu"), layers.Dense(1)])
        model.compile(keras.optimizers.RMSprop(learning_rate=0), "mse")
        model.evaluate(x, y)
    """,
}
