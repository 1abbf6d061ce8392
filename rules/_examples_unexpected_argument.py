"""Examples of unexpected-argument."""

from __future__ import annotations

BAD = {
    "a slip in an old style script": """
        from keras.models import Sequential
        from keras.layers import Dense, Dropout

        model = Sequential()
        model.add(Dense(64, input_dim=8, actvation='relu'))  # KER409 error: Dense takes no `actvation`; did you mean `activation`
        model.add(Dropout(dropout=0.5))  # KER409: Dropout takes no `dropout`; did you mean `rate`
        model.add(Dense(1, activation='sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='adam', metric=['accuracy'])  # KER409: compile takes no `metric`; did you mean `metrics`
        """,
    "a slip in fit": """
        import numpy as np
        import tensorflow as tf

        x, y = np.random.rand(100, 4), np.random.randint(2, size=100)
        model = tf.keras.Sequential([tf.keras.layers.Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy")
        model.fit(x, y, epoch=10, batch_size=16)  # KER409: fit takes no `epoch`; did you mean `epochs`
        """,
    "the learning rate given to compile": """
        from keras import Sequential, layers

        model = Sequential([layers.Dense(1)])
        model.compile(optimizer="adam", loss="mse", lr=0.01)  # KER409: compile takes no `lr`: Keras 3 refuses the call
        """,
    "Keras 2 refuses it too": """
        from tf_keras import layers

        conv = layers.Conv2D(8, 3, activaton="relu")  # KER409: Keras 2 refuses the call
        """,
    "one argument too many": """
        from keras import layers

        flat = layers.Flatten("channels_last", True)  # KER409: Flatten takes 1 positional argument at most
        """,
    "the same argument twice": """
        from keras import layers

        dense = layers.Dense(3, units=4)  # KER409: Dense gets `units` twice
        """,
    "an unpacked dictionary of the program's own": """
        from keras import layers

        OPTIONS = {"padding": "same", "activation": "relu", "stride": 2, "pading": "same"}
        conv = layers.Conv2D(8, 3, **OPTIONS)  # KER409: Conv2D takes no `pading`
        """,
    "a layer of the user's that hands on too much": """
        from keras import layers

        class Block(layers.Layer):
            def __init__(self, units):
                super().__init__(nme="block")  # KER409: did you mean `name`
                self.dense = layers.Dense(units)

        block = Block(3)
        """,
}

GOOD = {
    "keywords that unknown code takes out first": """
        import keras
        from mylayers import drop_private_keywords

        class Gate(keras.layers.Layer):
            def __init__(self, units, **kwargs):
                drop_private_keywords(kwargs)
                super().__init__(**kwargs)
                self.units = units

        gate = Gate(3, temperature=0.5)
        """,
    "what a class method gives to the subclass that it is called on": """
        import keras

        class Task(keras.Model):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)

            @classmethod
            def of(cls, backbone):
                return cls(backbone=backbone)

            def again(self):
                return self.__class__(backbone=self.backbone)

        class Classifier(Task):
            def __init__(self, backbone):
                super().__init__(backbone.input, keras.layers.Dense(2)(backbone.output))

        inputs = keras.Input((4,))
        model = Classifier.of(keras.Model(inputs, keras.layers.Dense(3)(inputs)))
        """,
    "keywords that Keras 2 takes before its constructors see them": """
        import tf_keras

        mean = tf_keras.metrics.Mean(name="loss", mesh=None)
        optimizer = tf_keras.mixed_precision.LossScaleOptimizer(tf_keras.optimizers.SGD(), False, 2.0)
        """,
    "a class of TensorFlow 1 that has the name of one of Keras's": """
        from tf_keras.src.legacy_tf_layers import base

        class Cell(base.Layer):
            def __init__(self, reuse=None):
                super().__init__(_reuse=reuse)

        cell = Cell()
        """,
    "an argument that only a subclass takes": """
        from keras import layers

        class Scaled(layers.Dense):
            def __init__(self, units, scale=1.0, **options):
                super().__init__(units, **options)
                self.scale = scale

        layer = Scaled(3, scale=2.0, activation="relu")
        """,
    "the shape that every first layer takes": """
        from keras import Sequential, layers

        model = Sequential([layers.LSTM(3, input_shape=(4, 2), implementation=1), layers.Dense(3)])
        """,
    "an argument of Keras 2 there": """
        from tf_keras import layers

        layer = layers.Dense(3, batch_input_shape=(8, 4), weights=None)
        """,
    "an argument of Keras 1, which removed-api tells of": """
        from keras import layers

        layer = layers.Dense(3, init="uniform", W_regularizer="l2")
        """,
    "the optimizers have a rule of their own": """
        from keras import optimizers

        optimizer = optimizers.SGD(lr=0.1, decay=1e-6)
        """,
    "a test that wants it refused": """
        import pytest
        from keras import layers

        def test_dense():
            with pytest.raises(ValueError):
                layers.Dense(3, nonsense=1)
        """,
    "cannot know: a class or an object of it": """
        import keras
        from keras import layers

        class Block(layers.Layer):
            def __init__(self, attention=layers.MultiHeadAttention):
                super().__init__()
                if isinstance(attention, layers.Layer):
                    self.attention = attention
                else:
                    self.attention = attention(num_heads=2, key_dim=4)

            def call(self, x):
                return self.attention(query=x, value=x)

        y = Block()(keras.Input((4, 8)))
        """,
    "cannot know: keywords from a parameter": """
        from keras import layers

        def block(x, **options):
            return layers.Dense(3, **options)(x)
        """,
    "a library that is not Keras": """
        from torch.nn import Conv2d
        from mylayers import Dense

        conv = Conv2d(3, 3, 3, activaton=1)
        dense = Dense(3, activaton=1)
        """,
}
