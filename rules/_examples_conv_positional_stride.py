"""Examples of conv-positional-stride."""

from __future__ import annotations

BAD = {
    "a script of Keras 1": """
        from keras.models import Sequential
        from keras.layers import Convolution2D, MaxPooling2D, Dense, Flatten

        model = Sequential()
        model.add(Convolution2D(32, 3, 3, border_mode='same', input_shape=(32, 32, 3)))  # KER305 error: Conv2D(..., 3, 3) is a 3x3 kernel with strides of 3
        model.add(Convolution2D(64, 3, 3))  # KER305 error: a kernel of 3x3 is written (3, 3)
        model.add(MaxPooling2D(pool_size=(2, 2)))
        model.add(Flatten())
        model.add(Dense(10))
        """,
    "numbers by name": """
        from keras.models import Sequential
        from keras.layers import Conv2D

        nb_filters, nb_conv = 32, 3
        model = Sequential()
        model.add(Conv2D(nb_filters, nb_conv, nb_conv, padding='valid', input_shape=(28, 28, 1)))  # KER305 warning: written (nb_conv, nb_conv)
        """,
    "a wide kernel": """
        import tensorflow as tf

        wide = tf.keras.layers.Conv2D(64, 1, 7, padding="same")  # KER305: a kernel of 1x7 is written (1, 7)
        """,
    "five by five, functional": """
        import keras
        from keras import layers

        inputs = keras.Input((64, 64, 3))
        x = layers.Conv2D(16, 5, 5, activation="relu")(inputs)  # KER305: a 5x5 kernel with strides of 5
        model = keras.Model(inputs, layers.Dense(1)(layers.Flatten()(x)))
        """,
    "three dimensions": """
        from keras.layers import Conv3D

        conv = Conv3D(32, 3, 3, 3)  # KER305 error: Conv3D gets 3 for its padding here
        """,
    "a kernel of three extents": """
        from keras.layers import Conv2D, MaxPooling2D

        conv = Conv2D(8, (3, 3, 3))  # KER305 error: kernel_size is (3, 3, 3), Keras wants 2 integers here
        """,
}

GOOD = {
    "a kernel that every caller gives": """
        from keras import Input, Model, layers


        def patches(shape, width, patch=None):
            inputs = Input(shape)
            return Model(inputs, layers.Conv2D(width, patch, strides=patch)(inputs))
    """,
    "strides that are named": """
        from keras import layers

        conv = layers.Conv2D(32, 3, strides=3)
        """,
    "strides below the kernel": """
        from keras import layers

        stem = layers.Conv2D(64, 7, 2, padding="same")
        alex = layers.Conv2D(96, 11, 4)
        plain = layers.Conv2D(64, 3, 1)
        """,
    "patches": """
        from keras import layers

        patch_size = 7
        patches = layers.Conv2D(768, 16, 16)
        others = layers.Conv2D(768, patch_size, patch_size)
        halved = layers.Conv2D(96, 2, 2)
        """,
    "a tuple": """
        from keras import layers

        conv = layers.Conv2D(32, (3, 3), (1, 1))
        """,
    "one dimension, with the strides of a projection": """
        from keras import layers

        conv = layers.Conv1D(32, 1, 2)
        """,
    "cannot know: numbers from a parameter": """
        from keras import layers

        def block(x, k, s):
            return layers.Conv2D(32, k, s)(x)
        """,
    "another library's": """
        from torch.nn import Conv2d

        conv = Conv2d(3, 3, 3)
        """,
}
