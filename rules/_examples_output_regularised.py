"""Examples of output-regularised."""

BAD = {
    "a sigmoid": """
        import tensorflow as tf

        model = tf.keras.Sequential()
        model.add(tf.keras.layers.Dense(16, activation='relu', input_shape=(8,)))
        model.add(tf.keras.layers.Dense(1, activation='sigmoid'))
        model.add(tf.keras.layers.Dropout(0.2))  # KER504 error: predictions become 0
        model.compile(loss='binary_crossentropy', optimizer='adam')
    """,
    "a normalisation in a functional model": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        x = layers.Dense(3)(i)
        x = layers.Activation("softmax")(x)
        o = layers.BatchNormalization()(x)  # KER504 error: leave the range
        model = keras.Model(i, o)
        model.compile("adam", "categorical_crossentropy")
    """,
    "between the scores and the softmax": """
        from keras.models import Sequential
        from keras.layers import Activation, Dense, Dropout

        model = Sequential()
        model.add(Dense(128, input_shape=(784,), activation='relu'))
        model.add(Dense(10))
        model.add(Dropout(0.5))  # KER504 warning: scores of classes are dropped
        model.add(Activation('softmax'))
        model.compile(loss='categorical_crossentropy', optimizer='sgd')
    """,
}
GOOD = {
    "in front of the last layer": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dropout(0.5), layers.Dense(3, activation="softmax")])
        model.compile("adam", "categorical_crossentropy")
    """,
    "normalised scores": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(3), layers.BatchNormalization(), layers.Softmax()])
        model.compile("adam", "categorical_crossentropy")
    """,
    "a block of a larger model": """
        import keras
        from keras import layers

        block = keras.Sequential([keras.Input((8,)), layers.Dense(8, activation="sigmoid"), layers.Dropout(0.1)])
        model = keras.Sequential([keras.Input((8,)), block, layers.Dense(1)])
        model.compile("adam", "mse")
    """,
    "a pooled map of probabilities": """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((8, 8, 3)),
            layers.Conv2D(3, 1, activation="softmax"),
            layers.GlobalAveragePooling2D(),
        ])
        model.compile("adam", "categorical_crossentropy")
    """,
    "code that cannot be known": """
        import keras
        from keras import layers
        from mylib import last

        model = keras.Sequential([layers.Dense(3, activation="softmax"), last()])
        model.compile("adam", "categorical_crossentropy")
    """,
}
