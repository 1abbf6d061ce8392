"""Examples of logits-loss-after-activation."""

BAD = {
    "a sigmoid": """
        import tensorflow as tf
        from tensorflow.keras import layers

        model = tf.keras.Sequential()
        model.add(layers.Embedding(10000, 16))
        model.add(layers.GlobalAveragePooling1D())
        model.add(layers.Dense(1, activation='sigmoid'))
        model.compile(loss=tf.keras.losses.BinaryCrossentropy(from_logits=True),  # KER105 warning: sigmoid
                      optimizer='adam', metrics=['accuracy'])
    """,
    "a reshape hides the softmax": """
        from tensorflow import keras
        from tensorflow.keras import layers

        i = keras.Input((8,))
        x = layers.Dense(4, activation="softmax")(i)
        o = layers.Reshape((2, 2))(x)
        model = keras.Model(i, o)
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)  # KER105 error: applied twice
        model.compile("adam", loss=loss)
    """,
    "a softmax layer": """
        import keras
        from keras import layers
        from keras.losses import SparseCategoricalCrossentropy

        model = keras.Sequential()
        model.add(layers.Dense(10, input_shape=(4,)))
        model.add(layers.Softmax())
        model.compile("adam", SparseCategoricalCrossentropy(True))  # KER105: went through softmax
    """,
    "a subclassed model": """
        import tensorflow as tf

        class Net(tf.keras.Model):
            def __init__(self):
                super().__init__()
                self.out = tf.keras.layers.Dense(10)

            def call(self, x):
                return tf.nn.softmax(self.out(x))

        net = Net()
        net.compile(loss=tf.keras.losses.CategoricalCrossentropy(from_logits=True))  # KER105: softmax
    """,
}
GOOD = {
    "scores": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(10)])
        model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    """,
    "probabilities": """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Dense(10, activation="softmax")])
        model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=False))
    """,
    "an activation from elsewhere cannot be known": """
        import json
        import keras
        from keras import layers

        config = json.load(open("c.json"))
        model = keras.Sequential([layers.Dense(10, activation=config["head"])])
        model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    """,
    "two outputs, each with its own": """
        import keras
        from keras import layers

        i = keras.Input((8,))
        scores = layers.Dense(3)(i)
        share = layers.Dense(1, activation="sigmoid")(i)
        model = keras.Model(i, [scores, share])
        model.compile("adam", [keras.losses.CategoricalCrossentropy(from_logits=True), "binary_crossentropy"])
    """,
    "the softmax belongs to another model": """
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((4,)), layers.Dense(10)])
        model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        probable = keras.Sequential([model, layers.Softmax()])
    """,
}
