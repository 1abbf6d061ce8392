"""Examples of initializer-shared."""

BAD = {
    "blocks of convolutions": """
        import tensorflow as tf
        from tensorflow.keras import layers

        kernel_init = tf.keras.initializers.RandomNormal(mean=0.0, stddev=0.02)  # KER501 warning: equal kernels

        def block(x):
            x = layers.Conv2D(16, 3, padding="same", kernel_initializer=kernel_init)(x)
            return layers.ReLU()(x)

        i = tf.keras.Input((32, 32, 16))
        model = tf.keras.Model(i, block(block(block(i))))
    """,
    "a Sequential in a loop": """
        from keras.models import Sequential
        from keras.layers import Dense
        from keras.initializers import HeNormal

        init = HeNormal()  # KER501 warning: one HeNormal object
        model = Sequential()
        for _ in range(3):
            model.add(Dense(32, input_shape=(32,), activation='relu', kernel_initializer=init))
    """,
    "a seed": """
        import keras
        from keras import layers

        init = keras.initializers.GlorotUniform(seed=42)  # KER501 info: one GlorotUniform object
        model = keras.Sequential([
            keras.Input((8,)),
            layers.Dense(8, activation="relu", kernel_initializer=init),
            layers.Dense(8, activation="relu", kernel_initializer=init),
        ])
    """,
    "two models that should differ": """
        import keras
        from keras import layers

        start = keras.initializers.Orthogonal()  # KER501 warning: equal kernels
        one = keras.Sequential([keras.Input((8,)), layers.Dense(4, kernel_initializer=start)])
        two = keras.Sequential([keras.Input((8,)), layers.Dense(4, kernel_initializer=start)])
    """,
}
GOOD = {
    "names": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        x = layers.Dense(8, kernel_initializer="he_normal")(i)
        model = keras.Model(i, layers.Dense(8, kernel_initializer="he_normal")(x))
    """,
    "constants": """
        import keras
        from keras import layers

        init = keras.initializers.Zeros()
        i = keras.Input((8,))
        model = keras.Model(i, layers.Dense(8, bias_initializer=init)(layers.Dense(8, kernel_initializer=init)(i)))
    """,
    "one for each layer": """
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((8,))])
        for _ in range(3):
            model.add(layers.Dense(8, kernel_initializer=keras.initializers.HeNormal()))
    """,
    "a seed generator": """
        import keras
        from keras import layers

        init = keras.initializers.HeNormal(seed=keras.random.SeedGenerator(1))
        i = keras.Input((8,))
        model = keras.Model(i, layers.Dense(8, kernel_initializer=init)(layers.Dense(8, kernel_initializer=init)(i)))
    """,
    "other shapes, and shapes that cannot be known": """
        import sys
        import keras
        from keras import layers

        init = keras.initializers.HeNormal()
        i = keras.Input((8,))
        x = layers.Dense(16, kernel_initializer=init)(i)
        x = layers.Dense(4, kernel_initializer=init)(x)
        x = layers.Dense(int(sys.argv[1]), kernel_initializer=init)(x)
        model = keras.Model(i, x)
    """,
    "functions of TensorFlow": """
        import keras
        import tensorflow as tf
        from keras import layers

        init = tf.random_normal_initializer(0.0, 0.02)
        i = keras.Input((8,))
        model = keras.Model(i, layers.Dense(8, kernel_initializer=init)(layers.Dense(8, kernel_initializer=init)(i)))
    """,
}
