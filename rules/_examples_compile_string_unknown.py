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
    "words of layers": """
        from keras.layers import Conv2D, Flatten, MaxPooling2D
        from keras.models import Sequential

        model = Sequential()
        model.add(Conv2D(32, (3, 3), padding='smae', input_shape=(28, 28, 1)))  # KER109 error: did you mean "same"
        model.add(MaxPooling2D((2, 2), padding='SAME'))  # KER109 error: "SAME" is no padding of MaxPooling2D
        model.add(Flatten(data_format='channel_last'))  # KER109 error: did you mean "channels_last"
        """,
    "a flip that never flips": """
        from tensorflow import keras

        augmentation = keras.Sequential([
            keras.layers.RandomFlip("horiz"),  # KER109 warning: "horiz" is no mode of RandomFlip: it never flips
            keras.layers.RandomRotation(0.1),
        ])
        """,
    "an activation that is registered, for Keras 3 asks for no such names": """
        from keras.layers import Activation, Conv2D, Flatten, Dense
        from keras.models import Sequential
        from keras.utils import get_custom_objects
        import keras.backend as K

        def twist(x):
            return x * K.sigmoid(2 * x)

        get_custom_objects().update({'twist': twist})

        model = Sequential()
        model.add(Conv2D(8, (3, 3), input_shape=(16, 16, 1)))
        model.add(Activation('twist'))  # KER109 error: "twist" is no activation of Keras 3
        model.add(Flatten())
        model.add(Dense(2, activation='softmax'))
    """,
}
GOOD = {
    "activations that Keras 2 takes from TensorFlow": """
        from tf_keras import Sequential, layers

        model = Sequential([layers.Dense(4, activation="relu6"), layers.Dense(4, activation="silu")])
        model.add(layers.Dense(4, activation="leaky_relu"))
        """,
    "words of layers in any case": """
        import keras
        from keras import layers
        from settings import PADDING

        model = keras.Sequential([
            keras.Input((32, 8)),
            layers.Conv1D(4, 3, padding="causal"),
            layers.Conv1D(4, 3, padding="SAME", data_format="Channels_Last"),
            layers.ZeroPadding1D(padding=1),
            layers.MaxPooling1D(padding=PADDING),
        ])
        flips = keras.Sequential([layers.RandomFlip(), layers.RandomFlip("horizontal_and_vertical")])
        """,
    "pooling of Keras 2 in capitals": """
        import tf_keras
        from tf_keras import layers

        model = tf_keras.Sequential([
            layers.Conv2D(8, 3, padding="SAME", input_shape=(28, 28, 1)),
            layers.MaxPooling2D(padding="SAME"),
        ])
        """,
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
    "an initializer that another file of the project registers": """
        from keras import layers


        def head(units, initializer="lab>orthogonal_rows"):
            return layers.Dense(units, kernel_initializer=initializer)
    """,
    "an optimizer that another file of the project registers": """
        import keras

        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
        model.compile(optimizer="lab>slow_start", loss="mse")
    """,
    "an initializer that is registered": """
        import keras

        @keras.saving.register_keras_serializable("own")
        def flat(shape, dtype=None):
            return keras.ops.full(shape, 0.5, dtype)

        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, kernel_initializer="own>flat")])
        model.compile("adam", "mse")
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
