"""Examples of dense-on-feature-map."""

from __future__ import annotations

BAD = {
    "flatten is missing, with one label an image": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Conv2D, MaxPooling2D, Dense, Dropout

        x = np.random.rand(100, 32, 32, 3)
        y = np.random.randint(0, 10, size=(100,))
        model = Sequential()
        model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(32, 32, 3)))
        model.add(MaxPooling2D((2, 2)))
        model.add(Dense(64, activation='relu'))
        model.add(Dropout(0.5))
        model.add(Dense(10, activation='softmax'))  # KER304 error: Dense gives (15, 15, 10) an image, targets have 1 axes
        model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
        model.fit(x, y, epochs=2)
        """,
    "flatten comes too late": """
        from tensorflow.keras.models import Sequential
        from tensorflow.keras.layers import Conv2D, MaxPooling2D, Dense, Flatten

        model = Sequential()
        model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(64, 64, 3)))
        model.add(MaxPooling2D((2, 2)))
        model.add(Dense(128, activation='relu'))  # KER304 warning: Flatten comes after it, not before
        model.add(Dense(64, activation='relu'))
        model.add(Flatten())
        model.add(Dense(1, activation='sigmoid'))
        """,
    "functional, with a regression": """
        import keras
        from keras import layers

        inputs = keras.Input((16, 16, 1))
        x = layers.Conv2D(8, 3, strides=2, activation="relu")(inputs)
        outputs = layers.Dense(1, name="score")(x)  # KER304: Dense 'score' gives (7, 7, 1) an image
        model = keras.Model(inputs, outputs)
        model.compile("adam", "mse")
        """,
    "a fine-tuned network whose top is left out": """
        from tensorflow import keras
        from tensorflow.keras import layers

        photos = keras.utils.image_dataset_from_directory("photos", image_size=(160, 160))
        base = keras.applications.MobileNetV2(include_top=False, input_shape=(160, 160, 3))
        outputs = layers.Dense(4, activation="softmax")(base.output)  # KER304 error: Dense gives (5, 5, 4) an image
        model = keras.Model(base.input, outputs)
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(photos)
        """,
    "a network of any size whose top is left out, as the first layer": """
        from tensorflow.keras import Sequential, layers
        from tensorflow.keras.applications import VGG16

        model = Sequential([
            VGG16(include_top=False),
            layers.Dense(64, activation="relu"),
            layers.Dense(3, activation="softmax"),  # KER304: Dense gives (None, None, 3) an image
        ])
        model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
        """,
    "one dimension": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((100, 4)),
            layers.Conv1D(16, 5, activation="relu"),
            layers.MaxPooling1D(2),
            layers.Dense(1, activation="sigmoid"),  # KER304 warning: Dense gives (48, 1) an image
        ])
        model.compile("adam", "binary_crossentropy")
        """,
    "images whose size is not known": """
        from keras import Sequential, layers
        from project import load

        x_train, y_train = load()
        model = Sequential()
        model.add(layers.Conv2D(32, 3, activation="relu", input_shape=x_train.shape[1:]))
        model.add(layers.MaxPooling2D((2, 2)))
        model.add(layers.Dense(64, activation="relu"))
        model.add(layers.Dense(10, activation="softmax"))  # KER304: no Flatten or pooling before it
        model.compile("adam", "categorical_crossentropy")
    """,
}

GOOD = {
    "a network whose top is left out, but pooled": """
        from tensorflow.keras import Model, layers
        from tensorflow.keras.applications import VGG16

        base = VGG16(include_top=False, pooling="avg")
        model = Model(base.input, layers.Dense(3, activation="softmax")(base.output))
        model.compile("adam", "categorical_crossentropy")
        """,
    "flattened in time": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((32, 32, 3)), layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(10, activation="softmax")
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        """,
    "a global pooling": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((32, 32, 3)),
            layers.Conv2D(8, 3),
            layers.GlobalAveragePooling2D(),
            layers.Dense(10, activation="softmax"),
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        """,
    "one label a pixel": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((32, 32, 3)),
            layers.Conv2D(8, 3, padding="same"),
            layers.Dense(2, activation="softmax"),
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        """,
    "one label a cell, as the targets show": """
        import numpy as np
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((32, 32, 3)), layers.Conv2D(8, 3, strides=2), layers.Dense(2, activation="softmax")
        ])
        model.compile("adam", "categorical_crossentropy")
        model.fit(np.random.rand(8, 32, 32, 3), np.zeros((8, 15, 15, 2)))
        """,
    "a squeezed gate": """
        import keras
        from keras import layers

        inputs = keras.Input((32, 32, 3))
        x = layers.Conv2D(16, 3, activation="relu")(inputs)
        gate = layers.GlobalAveragePooling2D(keepdims=True)(x)
        gate = layers.Dense(16, activation="sigmoid")(layers.Dense(4, activation="relu")(gate))
        x = layers.GlobalAveragePooling2D()(x * gate)
        model = keras.Model(inputs, layers.Dense(10, activation="softmax")(x))
        model.compile("adam", "sparse_categorical_crossentropy")
        """,
    "sequences that keep their length": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((100, 4)), layers.Conv1D(8, 3, padding="same"), layers.Dense(5, activation="softmax")
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        """,
    "cannot know: sizes that only the run knows": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((None, None, 3)), layers.Conv2D(8, 3), layers.Dense(2)])
        model.compile("adam", "mse")
        """,
    "images of any size": """
        from keras import Input, Sequential, layers

        model = Sequential([
            Input((None, None, 3)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2, 2),
            layers.Dense(10, activation="softmax"),
        ])
        model.compile("adam", "categorical_crossentropy")
    """,
    "a label for each pixel of images whose size is not known": """
        from keras import Sequential, layers
        from project import load

        x_train, y_train = load()
        model = Sequential()
        model.add(layers.Conv2D(32, 3, padding="same", activation="relu", input_shape=x_train.shape[1:]))
        model.add(layers.Dense(10, activation="softmax"))
        model.compile("adam", "categorical_crossentropy")
    """,
}
