"""Examples of categorical-loss-wrong-head."""

BAD = {
    "sparse labels and one unit": """
        import tensorflow as tf

        model = tf.keras.models.Sequential([
            tf.keras.layers.Flatten(input_shape=(28, 28)),
            tf.keras.layers.Dense(128, activation='relu'),
            tf.keras.layers.Dense(1)
        ])
        model.compile(optimizer='adam',
                      loss='sparse_categorical_crossentropy',  # KER103 error: fails for every label but 0
                      metrics=['accuracy'])
    """,
    "a loss object in a functional model": """
        from tensorflow import keras
        from tensorflow.keras import layers

        inputs = keras.Input(shape=(30,))
        x = layers.Dense(16, activation="relu")(inputs)
        outputs = layers.Dense(1, activation="sigmoid")(x)
        model = keras.Model(inputs=inputs, outputs=outputs)
        loss = keras.losses.CategoricalCrossentropy()
        model.compile(optimizer="adam", loss=loss)  # KER103 error: CategoricalCrossentropy over one unit
    """,
    "one softmax unit": """
        from keras.models import Sequential
        from keras.layers import Dense, Dropout

        model = Sequential()
        model.add(Dense(64, input_dim=20, activation='relu'))
        model.add(Dropout(0.5))
        model.add(Dense(1, activation='softmax'))
        model.compile('rmsprop', 'categorical_crossentropy', ['accuracy'])  # KER103 error: is always 0
    """,
    "logits of one unit": """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.compile(
            loss=keras.losses.CategoricalCrossentropy(from_logits=True),  # KER103 error: over one unit
            optimizer="sgd",
        )
    """,
    "a sigmoid over classes": """
        from keras.models import Sequential
        from keras.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D

        model = Sequential()
        model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(150, 150, 3)))
        model.add(MaxPooling2D(pool_size=(2, 2)))
        model.add(Flatten())
        model.add(Dense(5))
        model.add(Activation('sigmoid'))
        model.compile(loss='categorical_crossentropy', optimizer='rmsprop')  # KER103 warning: sigmoid
    """,
    "a number of classes that is not known": """
        from keras.layers import Dense, LSTM
        from keras.models import Sequential

        def build(num_classes, length):
            model = Sequential()
            model.add(LSTM(64, input_shape=(length, 1)))
            model.add(Dense(num_classes, activation='sigmoid'))
            model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')  # KER103 warning: compete
            return model
    """,
    "one of two outputs, by name": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        kind = layers.Dense(1, activation="sigmoid", name="kind")(i)
        size = layers.Dense(1, name="size")(i)
        model = keras.Model(i, [kind, size])
        losses = {"kind": "categorical_crossentropy", "size": "mse"}
        model.compile("adam", loss=losses)  # KER103 error: over one unit
    """,
}
GOOD = {
    "softmax over classes": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential([Dense(3, input_shape=(4,), activation="softmax")])
        model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
    """,
    "scores": """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(10)])
        model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
    """,
    "a loss of one's own cannot be known": """
        from keras.models import Sequential
        from keras.layers import Dense

        def categorical_crossentropy(y_true, y_pred):
            return ((y_true - y_pred) ** 2).mean()

        model = Sequential([Dense(1, input_shape=(4,))])
        model.compile(loss=categorical_crossentropy, optimizer="adam")
    """,
    "units from elsewhere": """
        import json
        from keras import Sequential, layers

        config = json.load(open("c.json"))
        model = Sequential([layers.Dense(config["classes"], activation=config["head"])])
        model.compile(loss="categorical_crossentropy", optimizer="adam")
    """,
    "several labels a sample": """
        from keras import Sequential, layers

        model = Sequential([layers.Dense(5, activation="sigmoid")])
        model.compile(loss="binary_crossentropy", optimizer="adam")
    """,
    "outputs by name": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        kind = layers.Dense(4, activation="softmax", name="kind")(i)
        size = layers.Dense(1, name="size")(i)
        model = keras.Model(i, [kind, size])
        model.compile("adam", loss={"size": "mse", "kind": "categorical_crossentropy"})
    """,
    "a head and a loss that follow one question": """
        from keras import Sequential, layers

        def build(classes):
            model = Sequential([layers.Dense(8, activation="relu")])
            if classes == 2:
                model.add(layers.Dense(1, activation="sigmoid"))
                loss = "binary_crossentropy"
            else:
                model.add(layers.Dense(classes, activation="softmax"))
                loss = "categorical_crossentropy"
            model.compile("adam", loss=loss)
            return model
    """,
}
