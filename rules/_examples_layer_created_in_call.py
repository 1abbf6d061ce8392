"""Example programs of `layer-created-in-call`."""

from __future__ import annotations

BAD = {
    "layers of a block, dropout among them": """
        import tensorflow as tf
        from tensorflow.keras import layers


        class ConvBlock(layers.Layer):
            def __init__(self, filters):
                super().__init__()
                self.filters = filters

            def call(self, inputs, training=None):
                x = layers.Conv2D(self.filters, 3, padding="same")(inputs)  # KER403 error: Conv2D is made anew
                x = layers.BatchNormalization()(x, training=training)  # KER403: BatchNormalization
                x = layers.ReLU()(x)
                return layers.Dropout(0.3)(x, training=training)  # KER403: Dropout
        """,
    "a helper makes it": """
        import keras
        from keras import layers


        def head(x, classes):
            return layers.Dense(classes, activation="softmax")(x)  # KER403: Dense


        class Classifier(keras.Model):
            def __init__(self):
                super().__init__()
                self.hidden = layers.Dense(8, activation="relu")

            def call(self, x):
                return self.widen(head(self.hidden(x), 3))

            def widen(self, x):
                return layers.Embedding(10, 4)(x)  # KER403: Embedding


        model = Classifier()
        model.compile(loss="sparse_categorical_crossentropy")
        """,
    "variables": """
        import tensorflow as tf


        class Scale(tf.keras.layers.Layer):
            def call(self, x):
                gain = tf.Variable(1.0)  # KER403: a tf.Variable is made anew
                offset = self.add_weight(shape=(1,))  # KER403: a weight is made anew
                return x * gain + offset
        """,
    "a model, or a layer of one's own, in a functional model": """
        import keras
        from keras import layers


        class Inner(layers.Layer):
            def __init__(self, units):
                super().__init__()
                self.dense = layers.Dense(units)

            def call(self, x):
                return self.dense(x)


        class Outer(layers.Layer):
            def call(self, x):
                x = keras.Sequential([layers.Dense(4)])(x)  # KER403: Dense is made anew
                return Inner(3)(x)  # KER403: Inner is made anew


        inputs = keras.Input((8,))
        model = keras.Model(inputs, Outer()(inputs))
        """,
    "under a setting": """
        from tensorflow.keras import Model, layers


        class Net(Model):
            def __init__(self, normalize=True):
                super().__init__()
                self.normalize = normalize
                self.hidden = layers.Dense(8)

            def call(self, x, training=None):
                x = self.hidden(x)
                if self.normalize:
                    x = layers.BatchNormalization()(x)  # KER403: BatchNormalization is made anew
                if training:
                    x = layers.Dropout(0.5)(x)
                return x


        net = Net()
        net.compile("adam", "mse")
        """,
    "as an attribute": """
        from keras import Model, layers


        class Net(Model):
            def call(self, x):
                self.hidden = layers.Dense(4, activation="relu")  # KER403: Dense
                self.head = layers.Dense(1)  # KER403: Dense
                return self.head(self.hidden(x))
        """,
}

GOOD = {
    "a helper that makes them is called under the test": """
        import keras
        from keras import layers

        class Lazy(keras.Model):
            def __init__(self):
                super().__init__()
                self.is_ready = False

            def make(self, units):
                self.is_ready = True
                self.hidden = layers.Dense(units)

            def call(self, x):
                if not self.is_ready:
                    self.make(x.shape[-1])
                return self.hidden(x)

        model = Lazy()
        y = model(keras.ops.ones((2, 4)))
        """,
    "an attribute that may hold a class or an object of it": """
        import inspect
        from keras import Model, layers


        def made(given):
            return given() if inspect.isclass(given) and given is not layers.MultiHeadAttention else given


        class Block(Model):
            def __init__(self, attention=layers.MultiHeadAttention):
                super().__init__()
                self._attention = made(attention)

            def call(self, x):
                return self._attention(x, x)
    """,
    "layers without state": """
        from keras import layers


        class Merge(layers.Layer):
            def call(self, x):
                x = layers.Concatenate()([x, x])
                x = layers.Activation("relu")(layers.Flatten()(x))
                return layers.Dropout(0)(layers.UnitNormalization()(layers.Softmax()(x)))
        """,
    "made at the first call alone": """
        from keras import layers


        class Lazy(layers.Layer):
            def __init__(self):
                super().__init__()
                self.dense = None

            def call(self, x):
                if self.dense is None:
                    self.dense = layers.Dense(3)
                return self.dense(x)
        """,
    "made in build": """
        from keras import layers


        class Projection(layers.Layer):
            def build(self, input_shape):
                self.dense = layers.Dense(input_shape[-1])

            def call(self, x):
                return x + self.dense(x)
        """,
    "call builds a model, in a class that is no layer": """
        import keras
        from keras import layers


        class Builder:
            def call(self, size):
                inputs = keras.Input((size,))
                return keras.Model(inputs, layers.Dense(1)(inputs))


        model = Builder().call(8)
        """,
    "a layer that is made while another one is made": """
        import keras
        from keras import layers


        class Block(layers.Layer):
            def __init__(self):
                super().__init__()
                self.dense = layers.Dense(2)

            def build(self, input_shape):
                self.norm = layers.LayerNormalization()

            def call(self, x):
                return self.norm(self.dense(x))


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.block = Block()

            def call(self, x):
                return self.block(x)


        net = Net()
        net.build((None, 4))
        """,
    "cannot know: the layer may come from anywhere": """
        from keras import layers
        from project import make_layer


        class Net(layers.Layer):
            def call(self, x):
                return make_layer("dense")(x)
        """,
    "a layer that is made where another one has failed": """
        from keras import layers


        class Wide(layers.Layer):
            def __init__(self, limit):
                super().__init__()
                self.limit = limit
                self.conv = layers.Conv2D(8, 3, dilation_rate=2)

            def call(self, x):
                try:
                    if x.shape[1] > self.limit:
                        raise ValueError("too wide")
                    x = self.conv(x)
                except ValueError:
                    spare = layers.Conv2D(8, 3, dilation_rate=2)
                    _ = spare(x)
                    spare.weights[0].assign(self.conv.weights[0])
                    x = spare(x)
                return x
        """,
}
