"""Examples of compile-string-unknown."""

BAD = {
    "a misspelled loss": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential([Dense(1, input_dim=4, activation='sigmoid')])
        model.compile(loss='binary_cross_entropy', optimizer='adam')  # KER109 error: did you mean "binary_crossentropy"
    """,
    "a metric of one's own as a string": """
        import tensorflow as tf

        model = tf.keras.Sequential([tf.keras.layers.Dense(1, activation='sigmoid')])
        model.compile(optimizer='adam', loss='binary_crossentropy',
                      metrics=['accuracy', 'f1_m'])  # KER109 error: "f1_m" is no metric of Keras 3
    """,
    "a misspelled optimizer": """
        import keras
        from keras import layers

        i = keras.Input((4,))
        model = keras.Model(i, layers.Dense(1)(i))
        model.compile("adem", "mse")  # KER109 error: did you mean "adam"
    """,
    "metrics that are no list": """
        import keras

        model = keras.Sequential([keras.layers.Dense(3, activation="softmax")])
        model.compile("adam", "categorical_crossentropy", metrics="accuracy")  # KER109 error: must be a list
    """,
    "metrics in the third place": """
        import keras

        model = keras.Sequential([keras.layers.Dense(3, activation="softmax")])
        model.compile("adam", "categorical_crossentropy", ["accuracy"])  # KER109 error: given as loss_weights
    """,
    "an optimizer class": """
        import tensorflow as tf

        model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
        model.compile(optimizer=tf.keras.optimizers.Adam, loss="mse")  # KER109 error: the class Adam
    """,
    "losses for outputs of other names": """
        import keras
        from keras import layers

        i = keras.Input((4,))
        outputs = [layers.Dense(1, name="price")(i), layers.Dense(1, name="size")(i)]
        model = keras.Model(i, outputs)
        model.compile("adam", loss={"price": "mse", "area": "mae"})  # KER109 error: the key "area"
    """,
    "initializers and activations of other libraries": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential()
        model.add(Dense(8, activation='LeakyReLU'))  # KER109 error: did you mean "leaky_relu"
        model.add(Dense(8, kernel_initializer='xavier'))  # KER109 error: did you mean "glorot_uniform"
    """,
    "weights as scikit-learn has them": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential([Dense(1, activation='sigmoid')])
        model.compile('adam', 'binary_crossentropy')
        model.fit(x, y, class_weight='balanced')  # KER109 error: is a dict
    """,
}
GOOD = {
    "all spellings that Keras takes": """
        import keras
        from keras import layers

        for optimizer in ("adam", "Adam", "ADAM", "SGD", "RMSprop"):
            for loss in ("mse", "MSE", "mean_squared_error", "MeanSquaredError", "kld", "huber", "crossentropy"):
                model = keras.Sequential([layers.Dense(1, activation="swish", kernel_initializer="zeros")])
                model.compile(optimizer, loss, metrics=["acc", "Accuracy", "AUC", "mae", "Precision"])
    """,
    "classes of losses and metrics": """
        import keras

        model = keras.Sequential([keras.layers.Dense(1)])
        model.compile("adam", keras.losses.MeanSquaredError, metrics=[keras.metrics.MeanAbsoluteError])
    """,
    "names of one's own that are registered": """
        import keras

        @keras.saving.register_keras_serializable()
        def mine(y_true, y_pred):
            return 0.0

        model = keras.Sequential([keras.layers.Dense(1, activation="mine")])
        model.compile("adam", "mine>mine")
    """,
    "names from elsewhere cannot be known": """
        import sys
        import keras

        model = keras.Sequential([keras.layers.Dense(1, activation=sys.argv[1])])
        model.compile(sys.argv[2], sys.argv[3], metrics=[sys.argv[4]])
    """,
    "losses by the names of the outputs": """
        import keras
        from keras import layers

        i = keras.Input((4,))
        outputs = [layers.Dense(1, name="price")(i), layers.Dense(1, name="size")(i)]
        model = keras.Model(i, outputs)
        model.compile("adam", loss={"price": "mse", "size": "mae"}, loss_weights={"price": 1.0, "size": 0.1})
        other = keras.Model(i, {"a": outputs[0], "b": outputs[1]})
        other.compile("adam", loss={"a": "mse", "b": "mae"})
    """,
    "a class weight for each class": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential([Dense(1, activation='sigmoid')])
        model.compile('adam', 'binary_crossentropy')
        model.fit(x, y, class_weight={0: 1.0, 1: 3.0})
    """,
    "an initializer written as a dict": """
        from keras import layers

        INIT = {"class_name": "VarianceScaling", "config": {"scale": 2.0, "mode": "fan_out"}}
        conv = layers.Conv2D(8, 3, kernel_initializer=INIT)
    """,
}
