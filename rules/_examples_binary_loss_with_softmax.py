"""Examples of binary-loss-with-softmax."""

BAD = {
    "a functional model": """
        import tensorflow as tf
        from tensorflow.keras import layers

        inputs = tf.keras.Input((28, 28, 1))
        x = layers.Flatten()(layers.Conv2D(8, 3, activation="relu")(inputs))
        outputs = layers.Dense(10, activation=tf.nn.softmax)(x)
        model = tf.keras.Model(inputs, outputs)
        loss = tf.keras.losses.BinaryCrossentropy()
        model.compile(optimizer="adam", loss=loss)  # KER107 warning: BinaryCrossentropy judges each
    """,
    "two classes": """
        from keras.models import Sequential
        from keras.layers import Dense, Activation

        model = Sequential()
        model.add(Dense(16, input_dim=4))
        model.add(Activation('relu'))
        model.add(Dense(2))
        model.add(Activation('softmax'))
        model.compile(optimizer='adam', loss='binary_crossentropy')  # KER107 info: the 2 classes
    """,
    "a number of classes that is not known": """
        from keras.models import Sequential
        from keras.layers import Dense

        def build(classes):
            model = Sequential()
            model.add(Dense(16, activation='relu'))
            model.add(Dense(classes, activation='softmax'))
            model.compile(loss='binary_crossentropy', optimizer='adam')  # KER107 warning: exclude one another
            return model
    """,
    "sigmoids on one-hot targets": """
        import pandas as pd
        from keras.utils import to_categorical
        from keras.models import Sequential
        from keras.layers import Dense

        data = pd.read_csv("iris.csv")
        X, y = data.values[:, :4], to_categorical(data.values[:, 4])
        model = Sequential()
        model.add(Dense(8, input_dim=4, activation='relu'))
        model.add(Dense(3, activation='sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='adam')  # KER107 warning: of one-hot targets
        model.fit(X, y)
    """,
}
GOOD = {
    "categorical": """
        from keras import Sequential, layers

        model = Sequential([layers.Dense(3, activation="softmax")])
        model.compile(loss="categorical_crossentropy", optimizer="adam")
    """,
    "one sigmoid": """
        from keras import Sequential, layers

        model = Sequential([layers.Dense(1, activation="sigmoid")])
        model.compile(loss="binary_crossentropy", optimizer="adam")
    """,
    "several labels a sample": """
        from keras import Sequential, layers

        model = Sequential([layers.Dense(20, activation="sigmoid")])
        model.compile(loss="binary_crossentropy", optimizer="adam")
    """,
    "an activation from elsewhere cannot be known": """
        import json
        from keras import Sequential, layers

        config = json.load(open("c.json"))
        model = Sequential([layers.Dense(20, activation=config["last"])])
        model.compile(loss="binary_crossentropy", optimizer="adam")
    """,
    "a softmax inside the model": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        gate = layers.Dense(8, activation="softmax")(i)
        model = keras.Model(i, layers.Dense(1, activation="sigmoid")(layers.Multiply()([gate, i])))
        model.compile("adam", "binary_crossentropy")
    """,
}
