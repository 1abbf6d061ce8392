"""Examples of config-not-serializable."""

from __future__ import annotations

BAD = {
    "a model without arguments that does not take its own back": """
        import keras
        from keras import layers

        class Net(keras.Model):  # KER904 error: Net cannot be loaded again: its __init__ takes no **kwargs
            def __init__(self):
                super().__init__()
                self.dense = layers.Dense(2)

            def call(self, x):
                return self.dense(x)

        net = Net()
        net(keras.ops.zeros((1, 3)))
        net.save("net.keras")
        again = keras.models.load_model("net.keras", custom_objects={"Net": Net})
        """,
    "a layer of one's own": """
        import keras
        from keras import layers

        class Scale(layers.Layer):  # KER904 warning: Scale cannot be loaded again
            def __init__(self, factor):
                super().__init__()
                self.factor = factor

            def call(self, x):
                return x * self.factor

        model = keras.Sequential([layers.Input((3,)), Scale(2.0), layers.Dense(1)])
        model.save("model.keras")
        """,
    "arguments with defaults that are lost": """
        import numpy as np
        import tensorflow as tf

        class Net(tf.keras.Model):  # KER904 error: without get_config it is made again with the defaults
            def __init__(self, hidden=8, **kwargs):
                super(Net, self).__init__(**kwargs)
                self.dense = tf.keras.layers.Dense(hidden)

            def call(self, inputs):
                return self.dense(inputs)

        model = Net(hidden=16)
        model(np.zeros((1, 3)))
        model.save("model.keras")
        again = tf.keras.models.load_model("model.keras", custom_objects={"Net": Net})
        """,
}

GOOD = {
    "a layer that takes any keyword": """
        import keras
        from keras import layers

        class Scale(layers.Layer):
            def __init__(self, factor, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def call(self, x):
                return x * self.factor

        model = keras.Sequential([layers.Input((3,)), Scale(2.0), layers.Dense(1)])
        model.save("model.keras")
        """,
    "weights alone": """
        import keras
        from keras import layers

        class Net(keras.Model):
            def __init__(self, units):
                super().__init__()
                self.dense = layers.Dense(units)

            def call(self, x):
                return self.dense(x)

        net = Net(3)
        net(keras.ops.zeros((1, 3)))
        net.save_weights("net.weights.h5")
        """,
    "a config of its own": """
        import keras
        from keras import layers

        class Scale(layers.Layer):
            def __init__(self, factor):
                super().__init__()
                self.factor = factor

            def call(self, x):
                return x * self.factor

            def get_config(self):
                return {"factor": self.factor}

        model = keras.Sequential([layers.Input((3,)), Scale(2.0)])
        model.save("model.keras")
        """,
    "no init": """
        import keras
        from keras import layers

        class Double(layers.Layer):
            def call(self, x):
                return x * 2

        model = keras.Sequential([layers.Input((3,)), Double()])
        model.save("model.keras")
        """,
    "never saved": """
        import keras
        from keras import layers

        class Net(keras.Model):
            def __init__(self, units):
                super().__init__()
                self.dense = layers.Dense(units)

            def call(self, x):
                return self.dense(x)

        net = Net(3)
        """,
    "cannot know: a base from elsewhere": """
        import keras
        from bases import Mixin

        class Net(Mixin, keras.Model):
            def __init__(self, units):
                super().__init__()

        net = Net(3)
        net.save("net.keras")
        """,
}
