"""Examples of zero-initializer."""

BAD = {
    "all layers of both models, to make them equal": """
        from keras.layers import Dense, Input
        from keras.models import Model
        from keras.initializers import Zeros

        i = Input((2,))
        x = Dense(20, activation="sigmoid", kernel_initializer=Zeros())(i)  # KER502 error: its units stay equal
        x = Dense(20, activation="sigmoid", kernel_initializer=Zeros())(x)  # KER502 error: begins with zeros
        o = Dense(1, activation="sigmoid", kernel_initializer=Zeros())(x)
        model = Model(i, o)
        model.compile(loss="mse", optimizer="sgd")
    """,
    "ones": """
        import tensorflow as tf

        model = tf.keras.Sequential()
        model.add(tf.keras.layers.Dense(4, input_shape=(2,), kernel_initializer='ones',  # KER502 warning: ones
                                        activation='tanh'))
        model.add(tf.keras.layers.Dense(1))
        model.compile("adam", "mse")
    """,
    "one constant in a convolution": """
        import keras
        from keras import layers

        START = keras.initializers.Constant(0.1)
        model = keras.Sequential([
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 3, kernel_initializer=START),  # KER502 warning: one constant
            layers.Activation("relu"),
            layers.Flatten(),
            layers.Dense(10),
        ])
        model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    """,
    "an activation layer behind": """
        from keras.models import Sequential
        from keras.layers import Activation, Dense

        def build():
            model = Sequential()
            model.add(Dense(16, input_dim=8, kernel_initializer='zero'))  # KER502 error: nothing ever moves
            model.add(Activation('relu'))
            model.add(Dense(1))
            return model
    """,
    "an info for weights that may be meant": """
        import keras
        from keras import layers

        x = keras.Input((3,))
        hidden = layers.Dense(2, kernel_initializer=keras.initializers.Ones())(x)  # KER502 info: its units stay equal
        model = keras.Model(x, layers.Dense(1, kernel_initializer=keras.initializers.Ones())(hidden))
        print(model.predict([[1, 2, 3]]))
    """,
}
GOOD = {
    "biases and outputs": """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((8,)),
            layers.Dense(16, activation="relu", bias_initializer="zeros"),
            layers.Dense(1, kernel_initializer="zeros"),
        ])
    """,
    "the last layer of a residual branch": """
        import keras
        from keras import layers

        i = keras.Input((16, 16, 8))
        x = layers.Conv2D(8, 3, padding="same", activation="relu")(i)
        x = layers.Conv2D(8, 3, padding="same", kernel_initializer="zeros")(x)
        o = layers.Conv2D(3, 1)(layers.Add()([x, i]))
        model = keras.Model(i, o)
    """,
    "a fixed kernel": """
        import keras
        from keras import layers

        blur = layers.Conv2D(3, 3, kernel_initializer=keras.initializers.Constant(1 / 9), trainable=False)
        model = keras.Sequential([keras.Input((28, 28, 3)), blur, layers.Flatten(), layers.Dense(10)])
    """,
    "an initializer that cannot be known": """
        import json
        from keras import Sequential, layers

        config = json.load(open("c.json"))
        model = Sequential([layers.Dense(8, kernel_initializer=config["init"]), layers.Dense(1)])
    """,
    "embeddings from a file": """
        import keras
        import numpy as np
        from keras import layers

        vectors = np.load("glove.npy")
        model = keras.Sequential([
            layers.Embedding(100, 8, embeddings_initializer=keras.initializers.Constant(vectors)),
            layers.LSTM(4),
            layers.Dense(1),
        ])
    """,
    "one unit": """
        from keras import Sequential, layers

        model = Sequential([layers.Dense(1, kernel_initializer="ones"), layers.Dense(1)])
    """,
}
