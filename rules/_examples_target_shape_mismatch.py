"""Examples of target-shape-mismatch."""

BAD = {
    "one target for three units": """
        import numpy as np
        from tensorflow.keras.models import Sequential
        from tensorflow.keras.layers import Dense

        x = np.random.rand(64, 4)
        y = np.random.rand(64, 1)
        model = Sequential([Dense(16, activation='relu', input_shape=(4,)), Dense(3)])
        model.compile(optimizer='adam', loss='mse')
        model.fit(x, y, epochs=2)  # KER809 warning: broadcasts both to (None, 3)
    """,
    "a row of targets for several units": """
        import numpy as np
        from keras import Sequential, layers

        x = np.random.rand(64, 4)
        y = np.random.rand(64)
        model = Sequential([layers.Input((4,)), layers.Dense(8, activation='relu'), layers.Dense(2)])
        model.compile('adam', 'mean_absolute_error')
        model.fit(x, y)  # KER809 error: gives (None, 2)
    """,
    "an autoencoder that ends smaller than it began": """
        import numpy as np
        from tensorflow import keras
        from tensorflow.keras import layers

        images = np.random.rand(40, 28, 28, 1)
        inputs = keras.Input((28, 28, 1))
        x = layers.Conv2D(8, 3, activation='relu', padding='same')(inputs)
        x = layers.MaxPooling2D(2, strides=2)(x)
        x = layers.Conv2D(8, 3, activation='relu')(x)
        x = layers.UpSampling2D(2)(x)
        outputs = layers.Conv2D(1, 3, activation='sigmoid', padding='same')(x)
        autoencoder = keras.Model(inputs, outputs)
        autoencoder.compile('adam', 'binary_crossentropy')
        autoencoder.fit(images, images)  # KER809 error: (None, 24, 24, 1)
    """,
    "inputs and targets of different lengths": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense

        data = np.random.rand(100, 5)
        model = Sequential()
        model.add(Dense(1, input_shape=(4,)))
        model.compile(loss='mse', optimizer='sgd')
        model.fit(data[:80, :4], data[:, 4])  # KER809 error: has 80 samples
    """,
    "a whole sequence for one label": """
        import numpy as np
        from keras import Sequential, layers

        x, y = np.random.rand(32, 10, 3), np.random.randint(0, 2, (32, 1))
        model = Sequential()
        model.add(layers.LSTM(8, return_sequences=True, input_shape=(10, 3)))
        model.add(layers.Dense(1, activation='sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='adam')
        model.fit(x, y)  # KER809 error: gives (None, 10, 1)
    """,
    "a list of labels": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense

        X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        y = [0, 1, 1, 0]
        model = Sequential()
        model.add(Dense(1, input_dim=2, activation='sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='sgd')
        model.fit(X, y)  # KER809 error: list of numbers
    """,
}

GOOD = {
    "a row of targets for one unit": """
        import numpy as np
        from keras import Sequential, layers

        model = Sequential([layers.Input((4,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(np.random.rand(64, 4), np.random.rand(64), verbose=0)
    """,
    "a label for every step": """
        import numpy as np
        from keras import Sequential, layers

        x, y = np.random.rand(32, 10, 3), np.random.randint(0, 2, (32, 10))
        model = Sequential()
        model.add(layers.Input((10, 3)))
        model.add(layers.LSTM(4, return_sequences=True))
        model.add(layers.Dense(1, activation='sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='adam')
        model.fit(x, y, verbose=0)
    """,
    "codes for the sparse loss": """
        import numpy as np
        from keras import Sequential, layers

        model = Sequential([layers.Input((4,)), layers.Dense(3, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(np.random.rand(30, 4), np.random.randint(0, 3, (30, 1)), verbose=0)
    """,
    "two outputs with a target each": """
        import numpy as np
        from keras import Input, Model, layers

        inputs = Input((5,))
        model = Model(inputs, [layers.Dense(1)(inputs), layers.Dense(2)(inputs)])
        model.compile('adam', 'mse')
        model.fit(np.zeros((6, 5)), [np.zeros((6, 1)), np.zeros((6, 2))], verbose=0)
    """,
    "what cannot be known: a loss of one's own, and columns of a file": """
        import numpy as np
        import pandas as pd
        from keras import Sequential, layers, ops

        def difference(y_true, y_pred):
            return ops.mean(ops.abs(y_true[:, :1] - y_pred))

        frame = pd.read_csv('data.csv')
        model = Sequential([layers.Input((3,)), layers.Dense(1)])
        model.compile('adam', difference)
        model.fit(np.zeros((9, 3)), np.zeros((9, 2)))
        model.compile('adam', 'mse')
        model.fit(frame[['a', 'b', 'c']], frame['target'])
    """,
    "an autoencoder of the same size": """
        import numpy as np
        from keras import Sequential, layers

        x = np.random.rand(20, 12)
        model = Sequential([layers.Input((12,)), layers.Dense(3, activation='relu'), layers.Dense(12)])
        model.compile('adam', 'mse')
        model.fit(x, x, validation_data=(x[:5], x[:5]), verbose=0)
    """,
}
