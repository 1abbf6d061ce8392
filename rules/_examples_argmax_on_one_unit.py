"""Examples of argmax-on-one-unit."""

BAD = {
    "a name between, and TensorFlow's argmax": """
        import tensorflow as tf
        from tensorflow.keras import layers

        i = tf.keras.Input((8,))
        model = tf.keras.Model(i, layers.Dense(1, activation="sigmoid")(i))
        model.compile("adam", "binary_crossentropy")
        predictions = model.predict(x_test)
        classes = tf.argmax(predictions, axis=-1)  # KER706 error: the one output of `model`
    """,
    "the method of the array": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential([Dense(1, input_shape=(4,), activation='sigmoid')])
        labels = model.predict(np.zeros((5, 4))).argmax(axis=-1)  # KER706 error: is always 0
    """,
    "a report": """
        import numpy as np
        from sklearn.metrics import classification_report
        from keras.models import Sequential
        from keras.layers import Conv2D, Dense, Flatten

        classifier = Sequential()
        classifier.add(Conv2D(8, (3, 3), input_shape=(64, 64, 3), activation='relu'))
        classifier.add(Flatten())
        classifier.add(Dense(1, activation='sigmoid'))
        Y_pred = classifier.predict(test_set)
        y_pred = np.argmax(Y_pred, axis=1)  # KER706 error: Dense(1, sigmoid)
        print(classification_report(test_set.classes, y_pred))
    """,
}
GOOD = {
    "one unit a class": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential([Dense(3, input_shape=(4,), activation="softmax")])
        labels = np.argmax(model.predict(np.zeros((5, 4))), axis=1)
    """,
    "the best sample": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential([Dense(1, input_shape=(4,))])
        scores = model.predict(np.zeros((5, 4)))
        best = np.argmax(scores), np.argmax(scores, axis=0), scores.argmax()
    """,
    "a unit for each step": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense, LSTM

        model = Sequential([LSTM(4, input_shape=(10, 2), return_sequences=True), Dense(1)])
        when = np.argmax(model.predict(np.zeros((5, 10, 2))), axis=1)
    """,
    "a model that cannot be known": """
        import numpy as np
        import keras

        model = keras.models.load_model("model.keras")
        labels = np.argmax(model.predict(np.zeros((5, 4))), axis=1)
    """,
    "one of two outputs": """
        import numpy as np
        import keras
        from keras import layers

        i = keras.Input((4,))
        model = keras.Model(i, [layers.Dense(3, activation="softmax")(i), layers.Dense(1)(i)])
        kinds, sizes = model.predict(np.zeros((5, 4)))
        labels = np.argmax(kinds, axis=1)
    """,
}
