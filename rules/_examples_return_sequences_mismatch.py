"""Examples of return-sequences-mismatch."""

from __future__ import annotations

BAD = {
    "stacked in an old script": """
        from keras.models import Sequential
        from keras.layers import LSTM, Dense, Dropout

        model = Sequential()
        model.add(LSTM(50, input_shape=(60, 1)))  # KER601 error: LSTM gives its last step only, and LSTM wants a sequence
        model.add(Dropout(0.2))
        model.add(LSTM(50))
        model.add(Dense(1))
        """,
    "a GRU before a convolution": """
        import keras
        from keras import layers

        inputs = keras.Input((20, 4))
        x = layers.GRU(8, name="reader")(inputs)  # KER601: GRU 'reader' gives its last step only, and Conv1D wants a sequence
        x = layers.Conv1D(4, 3)(x)
        """,
    "time distributed over nothing": """
        from tensorflow.keras import Sequential, layers

        model = Sequential([
            layers.Embedding(1000, 32),
            layers.Bidirectional(layers.LSTM(16)),  # KER601: Bidirectional gives its last step only, and TimeDistributed wants a sequence
            layers.TimeDistributed(layers.Dense(5, activation="softmax")),
        ])
        model.build((None, 10))
        """,
    "repeating a sequence": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((10, 3)),
            layers.LSTM(8, return_sequences=True),  # KER601: LSTM gives a sequence, and RepeatVector wants one vector
            layers.RepeatVector(4),
        ])
        """,
    "one label a sequence": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import LSTM, Dense

        x = np.random.rand(200, 30, 5)
        y = np.random.randint(0, 2, size=(200,))
        model = Sequential()
        model.add(LSTM(16, return_sequences=True, input_shape=(30, 5)))  # KER601: LSTM gives 30 steps to a target with one value a sample, which fit refuses
        model.add(Dense(1, activation='sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='adam')
        model.fit(x, y)
        """,
    "one value a sequence, silently": """
        import numpy as np
        import keras
        from keras import layers

        inputs = keras.Input((30, 5))
        x = layers.LSTM(16, return_sequences=True)(inputs)  # KER601: which is broadcast without a word
        model = keras.Model(inputs, layers.Dense(1)(x))
        model.compile("adam", loss="mse")
        model.fit(np.zeros((200, 30, 5)), np.zeros((200, 1)))
        """,
    "states in a sequential model": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((10, 3)),
            layers.LSTM(8, return_state=True),  # KER601: LSTM gives its states too, which a Sequential cannot pass on
            layers.Dense(1),
        ])
        """,
}

GOOD = {
    "sequences to the end, pooled": """
        import numpy as np
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((10, 3)),
            layers.LSTM(8, return_sequences=True),
            layers.GlobalAveragePooling1D(),
            layers.Dense(1),
        ])
        model.compile("adam", "mse")
        model.fit(np.zeros((8, 10, 3)), np.zeros((8, 1)))
        """,
    "one label a step": """
        import numpy as np
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((10, 3)), layers.LSTM(8, return_sequences=True), layers.Dense(4, activation="softmax")
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(np.zeros((8, 10, 3)), np.zeros((8, 10)))
        """,
    "an encoder with its states": """
        import keras
        from keras import layers

        inputs = keras.Input((10, 3))
        output, h, c = layers.LSTM(8, return_state=True)(inputs)
        model = keras.Model(inputs, layers.Dense(1)(output))
        """,
    "a vector that is repeated": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((10, 3)),
            layers.LSTM(8),
            layers.RepeatVector(10),
            layers.LSTM(8, return_sequences=True),
            layers.TimeDistributed(layers.Dense(3)),
        ])
        """,
    "cannot know: whether sequences come out": """
        from keras import Sequential, layers

        def stacked(sequences):
            return Sequential([layers.Input((10, 3)), layers.LSTM(8, return_sequences=sequences), layers.LSTM(4)])
        """,
    "a value a step as one row": """
        import numpy as np
        from keras import Sequential, layers

        model = Sequential([layers.Input((10, 3)), layers.LSTM(8, return_sequences=True), layers.Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.zeros((8, 10, 3)), np.zeros((8, 10)))
        """,
}
