"""Examples of multilabel-accuracy."""

BAD = {
    "a functional model": """
        import tensorflow as tf
        from tensorflow.keras import layers

        i = tf.keras.Input((224, 224, 3))
        x = layers.GlobalAveragePooling2D()(layers.Conv2D(8, 3, activation="relu")(i))
        o = layers.Dense(6, activation="sigmoid")(x)
        model = tf.keras.Model(i, o)
        model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["acc"])  # KER108 warning: "acc"
    """,
    "a loss object and two metrics": """
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((50,)), layers.Dense(4, activation="sigmoid")])
        model.compile(
            loss=keras.losses.BinaryCrossentropy(),
            metrics=["accuracy", keras.metrics.AUC()],  # KER108 warning: CategoricalAccuracy
        )
    """,
    "an activation layer": """
        from keras.models import Sequential
        from keras.layers import Activation, Dense

        model = Sequential()
        model.add(Dense(5, input_shape=(300,)))
        model.add(Activation('sigmoid'))
        model.compile('rmsprop', 'binary_crossentropy', ['accuracy'])  # KER108 warning: Dense(5, sigmoid)
    """,
}
GOOD = {
    "binary accuracy": """
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((50,)), layers.Dense(4, activation="sigmoid")])
        model.compile(loss="binary_crossentropy", metrics=["binary_accuracy", keras.metrics.BinaryAccuracy()])
    """,
    "one unit": """
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((50,)), layers.Dense(1, activation="sigmoid")])
        model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    """,
    "units that cannot be known": """
        import json
        import keras
        from keras import layers

        classes = len(json.load(open("labels.json")))
        model = keras.Sequential([layers.Dense(classes, activation="sigmoid")])
        model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    """,
    "classes that exclude one another": """
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((50,)), layers.Dense(4, activation="softmax")])
        model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
    """,
    "a reconstruction": """
        import keras
        from keras import layers

        autoencoder = keras.Sequential([keras.Input((784,)), layers.Dense(784, activation="sigmoid")])
        autoencoder.compile(loss="binary_crossentropy", metrics=["accuracy"])
    """,
}
