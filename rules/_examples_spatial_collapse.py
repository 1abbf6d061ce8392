"""Examples of spatial-collapse."""

from __future__ import annotations

BAD = {
    "blocks that halve too often": """
        from keras.models import Sequential
        from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense

        model = Sequential()
        model.add(Conv2D(8, (3, 3), padding='same', activation='relu', input_shape=(4, 4, 1)))
        model.add(MaxPooling2D((2, 2), padding='same'))
        model.add(MaxPooling2D((2, 2), padding='same'))
        model.add(Conv2D(16, (3, 3), padding='same', activation='relu'))  # KER307 info: Conv2D: 3x3 window on a 1x1 map
        model.add(MaxPooling2D((2, 2), padding='same'))  # KER307 info: MaxPooling2D: 2x2 window on a 1x1 map
        model.add(Flatten())
        model.add(Dense(10))
        """,
    "a huge flattened map": """
        import keras
        from keras import layers

        inputs = keras.Input((480, 640, 3))
        x = layers.Flatten()(layers.Conv2D(16, 3, padding="same")(inputs))
        model = keras.Model(inputs, layers.Dense(10)(x))  # KER307: Dense gets 4,915,200 flattened features (49,152,010 weights)
        """,
    "strides over the kernel": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((100, 4)), layers.Conv1D(8, 3, strides=5)])  # KER307: strides of 5 skip cells
        """,
}

GOOD = {
    "a projection": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((32, 32, 8)), layers.Conv2D(16, 1, strides=2)])
        """,
    "one cell from the beginning": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((1, 1, 8)), layers.Conv2D(16, 3, padding="same")])
        """,
    "the head of a classifier": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((7, 7, 512)),
            layers.Conv2D(256, 7),
            layers.Conv2D(10, 1),
            layers.Flatten(),
        ])
        """,
    "a generator that enlarges one cell": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((100,)),
            layers.Reshape((1, 1, 100)),
            layers.Conv2DTranspose(64, 4, strides=4),
        ])
        """,
    "cannot know: free extents": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((None, None, 3)), layers.MaxPooling2D(64), layers.Conv2D(8, 3, padding="same")])
        """,
}
