"""Examples of stateful-without-batch."""

from __future__ import annotations

BAD = {
    "an input shape alone": """
        from keras.models import Sequential
        from keras.layers import LSTM, Dense

        model = Sequential()
        model.add(LSTM(8, input_shape=(10, 1), stateful=True, return_sequences=True))  # KER604 error: LSTM is stateful and its batch size is not known
        model.add(LSTM(8, stateful=True))
        model.add(Dense(1))
        """,
    "functional": """
        import keras
        from keras import layers

        inputs = keras.Input((10, 3))
        x = layers.GRU(8, stateful=True, name="memory")(inputs)  # KER604: GRU 'memory' is stateful
        model = keras.Model(inputs, layers.Dense(1)(x))
        """,
    "both directions": """
        from tensorflow.keras import Sequential, layers

        model = Sequential([layers.Input((10, 3)), layers.Bidirectional(layers.LSTM(4, stateful=True))])  # KER604: Bidirectional is stateful
        """,
    "other batches than the states are for": """
        import numpy as np
        from keras import Sequential, layers

        model = Sequential([layers.Input(batch_shape=(16, 10, 3)), layers.LSTM(8, stateful=True), layers.Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.zeros((160, 10, 3)), np.zeros((160, 1)), batch_size=32, shuffle=False)  # KER604 error: fit uses batches of 32, the stateful layers keep states for 16
        """,
    "shuffled samples": """
        import numpy as np
        from keras import Sequential, layers

        model = Sequential([layers.Input(batch_shape=(16, 10, 3)), layers.LSTM(8, stateful=True), layers.Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.zeros((160, 10, 3)), np.zeros((160, 1)), batch_size=16)  # KER604 warning: fit shuffles the samples
        """,
}

GOOD = {
    "a fixed batch": """
        import numpy as np
        from keras import Sequential, layers

        model = Sequential([layers.Input(batch_shape=(16, 10, 3)), layers.LSTM(8, stateful=True), layers.Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.zeros((160, 10, 3)), np.zeros((160, 1)), batch_size=16, shuffle=False)
        """,
    "an input with its batch size": """
        import keras
        from keras import layers

        inputs = keras.Input((10, 3), batch_size=4)
        model = keras.Model(inputs, layers.LSTM(8, stateful=True)(inputs))
        """,
    "the way of Keras 2": """
        from tf_keras import Sequential, layers

        model = Sequential([layers.LSTM(8, batch_input_shape=(4, 10, 3), stateful=True)])
        """,
    "the batch size as Keras 2 took it, which removed-api tells of": """
        from keras import Sequential, layers

        model = Sequential([layers.LSTM(8, input_shape=(10, 3), batch_size=4, stateful=True)])
        """,
    "no state is kept": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((10, 3)), layers.LSTM(8), layers.LSTM(8, stateful=False)][:2])
        """,
    "cannot know: what it is called on": """
        from keras import layers

        def memory(x):
            return layers.LSTM(8, stateful=True)(x)
        """,
}
