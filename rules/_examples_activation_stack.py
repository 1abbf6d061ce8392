"""Examples of activation-stack."""

BAD = {
    "a rectifier behind a rectifier": """
        import tensorflow as tf
        from tensorflow.keras import layers

        i = tf.keras.Input((28, 28, 1))
        x = layers.Conv2D(8, 3, activation="relu")(i)
        x = layers.LeakyReLU(0.1)(x)  # KER206 warning: changes nothing
        x = layers.Conv2D(8, 3, activation="relu")(x)
        x = layers.ReLU()(x)  # KER206 info: relu right behind a relu
        model = tf.keras.Model(i, layers.Flatten()(x))
    """,
    "a softmax of sigmoids": """
        from keras.models import Sequential
        from keras.layers import Activation, Dense, Dropout

        model = Sequential()
        model.add(Dense(10, input_dim=4, activation='sigmoid'))
        model.add(Activation('softmax'))  # KER206 warning: squeezed twice
        model.compile('adam', 'categorical_crossentropy')
    """,
    "a hidden softmax layer": """
        from keras.models import Sequential
        from keras.layers import Activation, Dense, Dropout

        model = Sequential()
        model.add(Dense(32, input_shape=(784,)))
        model.add(Activation('softmax'))  # KER206 warning: softmax in a hidden layer
        model.add(Dropout(0.2))
        model.add(Dense(10, activation='softmax'))
    """,
    "a class": """
        from tensorflow.keras.layers import Conv2D, LeakyReLU

        conv = Conv2D(8, 3, activation=LeakyReLU)  # KER206 error: the class LeakyReLU
    """,
    "a row of sigmoids": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential()
        model.add(Dense(20, input_dim=2, activation='sigmoid'))  # KER206 info: 3 hidden layers of sigmoid
        model.add(Dense(20, activation='sigmoid'))
        model.add(Dense(20, activation='sigmoid'))
        model.add(Dense(1, activation='sigmoid'))
    """,
}
GOOD = {
    "attention": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        weights = layers.Dense(8, activation="softmax")(i)
        gated = layers.Multiply()([weights, i])
        model = keras.Model(i, layers.Dense(1)(gated))
    """,
    "a mixture of experts": """
        import keras
        from keras import layers, ops

        i = keras.Input((8,))
        gate = layers.Dense(2, activation="softmax")(i)
        experts = ops.stack([layers.Dense(4, "relu")(i), layers.Dense(4, "relu")(i)], axis=1)
        o = ops.einsum("bn,bnd->bd", gate, experts)
        model = keras.Model(i, layers.Dense(1)(o))
    """,
    "one activation a layer": """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((8,)),
            layers.Dense(8, activation=layers.LeakyReLU()),
            layers.Dense(8),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.Dense(3, activation="softmax"),
        ])
    """,
    "activations that cannot be known": """
        import json
        from keras import Sequential, layers

        config = json.load(open("c.json"))
        model = Sequential([layers.Dense(8, activation=config["a"]), layers.Activation(config["b"])])
    """,
    "rectified sums": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        x = layers.Dense(8, activation="relu")(i)
        o = layers.ReLU()(layers.Add()([x, i]))
        model = keras.Model(i, o)
    """,
    "a softmax over two axes in turn": """
        import keras
        from keras import layers

        i = keras.Input((8, 8))
        o = layers.Softmax(axis=2)(layers.Softmax(axis=1)(i))
        model = keras.Model(i, o)
    """,
}
