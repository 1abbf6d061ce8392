"""Examples of negative-dimension."""

from __future__ import annotations

BAD = {
    "a VGG on digits, added layer by layer": """
        from keras.models import Sequential
        from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense

        model = Sequential()
        model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))
        model.add(MaxPooling2D((2, 2)))
        model.add(Conv2D(64, (3, 3), activation='relu'))
        model.add(MaxPooling2D((2, 2)))
        model.add(Conv2D(128, (3, 3), activation='relu'))
        model.add(MaxPooling2D((2, 2)))
        model.add(Conv2D(128, (3, 3), activation='relu'))  # KER303 error: Conv2D: its window of 3x3 does not fit into the 1x1 map (6 layers before it shrank 28x28, first Conv2D)
        model.add(MaxPooling2D((2, 2)))
        model.add(Flatten())
        model.add(Dense(10, activation='softmax'))
        """,
    "an image with its channels first": """
        from tensorflow.keras.models import Sequential
        from tensorflow.keras.layers import Conv2D, MaxPooling2D, Flatten, Dense

        model = Sequential()
        model.add(Conv2D(32, (3, 3), activation="relu", input_shape=(1, 28, 28)))  # KER303: the input (1, 28, 28) is read as channels last, give (28, 28, 1)
        model.add(Flatten())
        model.add(Dense(10, activation="softmax"))
        """,
    "channels first that fails at the first pool": """
        import tensorflow as tf

        model = tf.keras.Sequential([
            tf.keras.layers.Conv2D(32, 3, input_shape=(3, 64, 64)),
            tf.keras.layers.MaxPooling2D(2),  # KER303: give (64, 64, 3)
        ])
        """,
    "a functional model with a dilated convolution": """
        import keras
        from keras import layers

        inputs = keras.Input((16, 16, 3), name="image")
        x = layers.MaxPooling2D(2)(inputs)
        x = layers.Conv2D(8, 3, dilation_rate=4, name="wide")(x)  # KER303: Conv2D 'wide': its window of 9x9 does not fit into the 8x8 map (1 layer before it shrank 16x16, first MaxPooling2D)
        model = keras.Model(inputs, x)
        """,
    "one dimension": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((10, 4)),
            layers.Conv1D(16, 11),  # KER303: its window of 11 does not fit into the 10 map, and Keras raises ValueError
        ])
        """,
    "more cropped than there is": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((8, 8, 3)), layers.Cropping2D(4)])  # KER303: Cropping2D crops more than the 8x8 map
        """,
    "frames that are too small": """
        from keras import Sequential, layers

        model = Sequential([
            layers.Input((10, 4, 20, 1)),
            layers.TimeDistributed(layers.Conv2D(15, (5, 5))),  # KER303: the window inside does not fit into (None, 10, 4, 20, 1)
        ])
        """,
    "an application below its smallest size": """
        from keras.applications import VGG16
        from keras.applications.inception_v3 import InceptionV3

        base = VGG16(weights=None, include_top=False, input_shape=(28, 28, 3))  # KER303: VGG16 takes images of at least 32x32, got 28x28
        other = InceptionV3(weights=None, include_top=False, input_shape=(64, 64, 3))  # KER303: at least 75x75
        """,
    "a subclass that is built": """
        import keras
        from keras import layers

        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.first = layers.Conv2D(8, 3, strides=2)
                self.second = layers.Conv2D(8, 3)

            def call(self, x):
                return self.second(self.first(x))  # KER303: Conv2D `second`: its window

        net = Net()
        net(keras.Input((6, 6, 3)))
        """,
}

GOOD = {
    "padding that keeps the size": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((2, 2, 3)), layers.Conv2D(8, 5, padding="same")])
        """,
    "a window as large as the map": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((7, 7, 3)), layers.Conv2D(8, 7), layers.Conv2D(8, 1)])
        """,
    "free extents": """
        import keras
        from keras import layers

        inputs = keras.Input((None, None, 3))
        outputs = layers.MaxPooling2D(8)(layers.Conv2D(8, 11)(inputs))
        model = keras.Model(inputs, outputs)
        """,
    "channels first where that is the setting": """
        import keras
        from keras import Sequential, layers

        keras.config.set_image_data_format("channels_first")
        model = Sequential([layers.Input((1, 28, 28)), layers.Conv2D(8, 3)])
        keras.config.set_image_data_format("channels_last")
        """,
    "channels first where the layer says so": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((1, 28, 28)), layers.Conv2D(8, 3, data_format="channels_first")])
        """,
    "a test that wants it refused": """
        import pytest
        from keras import Sequential, layers

        def test_small_images():
            with pytest.raises(ValueError):
                Sequential([layers.Input((2, 2, 3)), layers.Conv2D(8, 3)])
        """,
    "cannot know: a depth that is a parameter": """
        from keras import Sequential, layers

        def build(depth, side):
            model = Sequential([layers.Input((side, side, 3))])
            for _ in range(depth):
                model.add(layers.Conv2D(8, 3, strides=2))
            return model
        """,
}
