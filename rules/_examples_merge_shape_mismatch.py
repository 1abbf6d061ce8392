"""Examples of merge-shape-mismatch."""

from __future__ import annotations

BAD = {
    "a residual block whose channels differ": """
        import keras
        from keras import layers

        inputs = keras.Input((32, 32, 16))
        x = layers.Conv2D(32, 3, padding="same", activation="relu", name="widen")(inputs)
        outputs = layers.Add()([inputs, x])  # KER306 error: Add gets (?, 32, 32, 16) and (?, 32, 32, 32), which do not fit
        model = keras.Model(inputs, outputs)
        """,
    "a plus between maps of two sizes": """
        from tensorflow.keras.layers import Input, Conv2D, Flatten, Dense
        from tensorflow.keras.models import Model

        inp = Input(shape=(28, 28, 1))
        a = Conv2D(8, (3, 3), activation='relu')(inp)
        b = Conv2D(8, (3, 3), activation='relu', padding='same')(inp)
        c = a + b  # KER306: `+` gets (?, 26, 26, 8) and (?, 28, 28, 8)
        model = Model(inp, Dense(3)(Flatten()(c)))
        """,
    "a unet on a size that cannot be halved three times": """
        from keras.models import Model
        from keras.layers import Input, Conv2D, MaxPooling2D, UpSampling2D, concatenate

        def unet(side=100):
            inputs = Input((side, side, 3))
            c1 = Conv2D(8, 3, activation='relu', padding='same')(inputs)
            p1 = MaxPooling2D(2)(c1)
            c2 = Conv2D(16, 3, activation='relu', padding='same')(p1)
            p2 = MaxPooling2D(2)(c2)
            c3 = Conv2D(32, 3, activation='relu', padding='same')(p2)
            p3 = MaxPooling2D(2)(c3)
            c4 = Conv2D(32, 3, activation='relu', padding='same')(p3)
            u3 = concatenate([UpSampling2D(2)(c4), c3])  # KER306: an odd size was halved and doubled
            return Model(inputs, u3)

        model = unet()
        """,
    "a reshape that cannot hold its input": """
        from keras.models import Sequential
        from keras.layers import Dense, Reshape

        model = Sequential()
        model.add(Dense(128 * 7 * 7, activation="relu", input_dim=100))
        model.add(Reshape((8, 8, 128)))  # KER306: Reshape: (8, 8, 128) cannot hold the values of (6272,)
        """,
    "sizes that are floats": """
        from keras import layers

        n = 64
        hidden = layers.Dense(n / 2, activation="relu")  # KER306: units of Dense is the float 32.0 (n / 2)
        conv = layers.Conv2D(filters=n/4, kernel_size=3)  # KER306: divide with //
        """,
    "groups that do not divide": """
        import keras
        from keras import layers

        inputs = keras.Input((8, 8, 6))
        x = layers.Conv2D(8, 3, groups=4)(inputs)  # KER306: evenly divisible by the number of groups
        """,
    "steps in a dilated convolution": """
        from keras import layers

        wide = layers.Conv2D(8, 3, strides=2, dilation_rate=2)  # KER306: not supported in conjunction
        """,
    "a convolution after flatten": """
        from keras.models import Sequential
        from keras.layers import Conv2D, Flatten, Dense

        model = Sequential()
        model.add(Conv2D(8, (3, 3), input_shape=(28, 28, 1)))
        model.add(Flatten())
        model.add(Conv2D(8, (3, 3)))  # KER306: Conv2D wants 4 axes, and Flatten gives 2: (None, 5408)
        model.add(Dense(10, activation='softmax'))
        """,
    "tensors that are not in a list": """
        import keras
        from keras import layers

        a, b = keras.Input((3,)), keras.Input((3,))
        both = layers.Concatenate()(a, b)  # KER306: too many positional arguments
        model = keras.Model([a, b], layers.Dense(1)(both))
        """,
    "a product of two heads": """
        import keras
        from keras import layers

        class Gate(keras.Model):
            def __init__(self):
                super().__init__()
                self.values = layers.Dense(8)
                self.gate = layers.Dense(4, activation="sigmoid")

            def call(self, x):
                return self.values(x) * self.gate(x)  # KER306: `*` gets (?, 8) and (?, 4)

        model = Gate()
        model(keras.Input((3,)))
        """,
}

GOOD = {
    "an extent of one is stretched": """
        import keras
        from keras import layers

        inputs = keras.Input((8, 8, 16))
        gate = layers.GlobalAveragePooling2D(keepdims=True)(inputs)
        outputs = layers.Multiply()([inputs, gate])
        """,
    "channels are joined": """
        import keras
        from keras import layers

        inputs = keras.Input((8, 8, 16))
        x = layers.Conv2D(4, 3, padding="same")(inputs)
        outputs = layers.Concatenate()([inputs, x])
        """,
    "free extents": """
        import keras
        from keras import layers

        inputs = keras.Input((None, None, 3))
        x = layers.UpSampling2D()(layers.MaxPooling2D()(inputs))
        outputs = layers.Concatenate()([inputs, x])
        """,
    "a reshape with an open extent": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((28, 28)), layers.Reshape((-1, 4)), layers.Dense(3)])
        """,
    "whole divisions": """
        from keras import layers

        n = 64
        hidden = layers.Dense(n // 2)
        rate = layers.Dropout(n / 128)
        """,
    "floats in Keras 2, which rounds them down": """
        from tf_keras import layers

        hidden = layers.Dense(64 / 2)
        """,
    "a layer of the user's that takes two tensors": """
        import keras
        from keras import layers

        class Join(layers.Layer):
            def call(self, a, b):
                return keras.ops.concatenate([a, b], axis=-1)

        joined = Join()(keras.Input((3,)), keras.Input((4,)))
        """,
    "cannot know: the first of a number of blocks widens the map": """
        import keras
        from keras import layers

        def resnet(depth):
            inputs = keras.Input((32, 32, 16))
            x = inputs
            for block in range(depth // 9):
                y = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
                if block == 0:
                    x = layers.Conv2D(64, 1)(x)
                x = layers.add([x, y])
            return keras.Model(inputs, x)
        """,
    "a test that wants it refused": """
        import keras
        import pytest
        from keras import layers

        def test_shapes():
            with pytest.raises(ValueError):
                layers.Add()([keras.Input((3,)), keras.Input((4,))])
        """,
}
