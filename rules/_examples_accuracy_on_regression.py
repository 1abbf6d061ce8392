"""Examples of accuracy-on-regression."""

BAD = {
    "house prices": """
        import tensorflow as tf
        from tensorflow import keras

        (x_train, y_train), (x_test, y_test) = keras.datasets.boston_housing.load_data()
        model = keras.Sequential([
            keras.layers.Dense(64, activation=tf.nn.relu, input_shape=(13,)),
            keras.layers.Dense(1)
        ])
        model.compile(loss='mae',
                      optimizer=tf.keras.optimizers.RMSprop(0.001),
                      metrics=['acc'])  # KER106 warning: "acc" with "mae" counts outputs
        model.fit(x_train, y_train, epochs=10)
    """,
    "a series": """
        from keras.models import Sequential
        from keras.layers import Dense, LSTM

        model = Sequential()
        model.add(LSTM(50, input_shape=(10, 1)))
        model.add(Dense(1))
        model.compile('adam', 'mean_squared_error', ['mae', 'accuracy'])  # KER106 warning: about none
    """,
    "a functional model and objects": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        model = keras.Model(i, layers.Dense(2)(layers.Dense(8, activation="relu")(i)))
        model.compile(
            optimizer="adam",
            loss=keras.losses.Huber(),
            metrics=[keras.metrics.BinaryAccuracy()],  # KER106 warning: BinaryAccuracy with Huber
        )
    """,
    "an exact comparison of probabilities": """
        import tensorflow as tf

        model = tf.keras.Sequential([tf.keras.layers.Dense(1, activation="sigmoid")])
        metrics = [tf.keras.metrics.Accuracy()]
        model.compile(loss="binary_crossentropy", metrics=metrics)  # KER106 warning: compares exactly
    """,
    "a builder for scikit-learn": """
        from keras.models import Sequential
        from keras.layers import Dense
        from keras.wrappers.scikit_learn import KerasRegressor

        def baseline_model():
            model = Sequential()
            model.add(Dense(13, input_dim=13, kernel_initializer='normal', activation='relu'))
            model.add(Dense(1, kernel_initializer='normal'))
            model.compile(loss='mean_squared_error', optimizer='adam', metrics=['accuracy'])  # KER106: targets
            return model

        estimator = KerasRegressor(build_fn=baseline_model, epochs=100)
    """,
}
GOOD = {
    "an accuracy of classes": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(3, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy", "Accuracy"])
    """,
    "an error": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(1)])
        model.compile("adam", "mse", metrics=["mae", keras.metrics.RootMeanSquaredError()])
    """,
    "a discriminator": """
        import keras
        from keras import layers

        discriminator = keras.Sequential([keras.Input((8,)), layers.Dense(1)])
        discriminator.compile(loss="mse", optimizer="adam", metrics=["accuracy"])
    """,
    "a metric from elsewhere cannot be known": """
        import json
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(1)])
        model.compile("adam", "mse", metrics=json.load(open("metrics.json")))
    """,
    "scores of classes on one-hot targets": """
        import keras
        from keras import layers

        (x, y), _ = keras.datasets.mnist.load_data()
        model = keras.Sequential([layers.Flatten(), layers.Dense(10)])
        model.compile("adam", "mse", metrics=["accuracy"])
        model.fit(x, keras.utils.to_categorical(y))
    """,
    "an accuracy of the other output": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        kind = layers.Dense(4, activation="softmax", name="kind")(i)
        size = layers.Dense(1, name="size")(i)
        model = keras.Model(i, [kind, size])
        losses = {"kind": "categorical_crossentropy", "size": "mse"}
        model.compile("adam", losses, metrics={"kind": ["accuracy"], "size": ["mae"]})
    """,
}
