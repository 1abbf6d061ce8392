"""Examples of compile-missing."""

BAD = {
    "a functional model": """
        import numpy as np
        from tensorflow import keras
        from tensorflow.keras import layers

        inputs = keras.Input(shape=(8,))
        outputs = layers.Dense(1)(layers.Dense(8, activation="relu")(inputs))
        net = keras.Model(inputs, outputs)
        net.summary()
        history = net.fit(np.zeros((10, 8)), np.zeros((10, 1)), epochs=2)  # KER110 error: `net` was not compiled
    """,
    "a model that is built anew after the compile": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense

        def build():
            return Sequential([Dense(4, input_dim=3, activation='relu'), Dense(1)])

        x, y = np.random.rand(8, 3), np.random.rand(8, 1)
        model = build()
        model.compile(loss='mse', optimizer='adam')
        model.fit(x, y)
        model = build()
        model.evaluate(x, y)  # KER110 error: evaluate raises
    """,
    "a clone": """
        import numpy as np
        import keras

        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        copy = keras.models.clone_model(model)
        copy.train_on_batch(np.zeros((2, 3)), np.zeros((2, 1)))  # KER110 error: `copy` was not compiled
    """,
    "no loss": """
        import numpy as np
        import keras

        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.compile(optimizer="adam", metrics=["mae"])  # KER110 error: without a loss
        model.fit(np.zeros((4, 3)), np.zeros((4, 1)))
    """,
    "another model was compiled": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense

        model_1 = Sequential([Dense(1, input_dim=3)])
        model_2 = Sequential([Dense(1, input_dim=3)])
        model_1.compile('sgd', 'mse')
        model_1.fit(np.zeros((2, 3)), np.zeros((2, 1)))
        model_2.fit(np.zeros((2, 3)), np.zeros((2, 1)))  # KER110 error: `model_2`
    """,
    "a function beside others that compile": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense

        def small():
            model = Sequential()
            model.add(Dense(1, input_shape=(3,)))
            model.compile("sgd", "mse")
            model.fit(np.zeros((2, 3)), np.zeros((2, 1)))

        def large():
            model = Sequential()
            model.add(Dense(64, input_shape=(3,), activation="relu"))
            model.add(Dense(1))
            model.summary()
            model.fit(np.zeros((2, 3)), np.zeros((2, 1)))  # KER110 error: `model` was not compiled
            export(model)
    """,
}
GOOD = {
    "a prediction needs no loss": """
        import numpy as np
        import keras

        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.predict(np.zeros((2, 3)))
    """,
    "a loaded model": """
        import keras

        model = keras.models.load_model("model.keras")
        model.fit(x, y)
    """,
    "a model that is compiled by code that is not seen": """
        import keras
        from mylib import prepare

        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        prepare(model)
        model.fit(x, y)
    """,
    "a function that compiles": """
        import keras

        def compiled(model):
            model.compile("sgd", "mse")
            return model

        model = compiled(keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)]))
        model.fit(x, y)
    """,
    "given away in the function that trains it": """
        import keras
        from mylib import prepare

        def other(x, y):
            model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
            model.compile("sgd", "mse")
            return model

        def train(x, y):
            model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
            prepare(model, "sgd")
            model.fit(x, y)
    """,
    "meant to fail in the function that trains it": """
        import keras
        import pytest

        def test_fit(x, y):
            model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
            with pytest.raises(ValueError):
                model.fit(x, y)
            model.compile("sgd", "mse")
            model.fit(x, y)
    """,
    "compiled by a function inside": """
        import keras

        def train(x, y):
            model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])

            def ready():
                model.compile("sgd", "mse")

            mylib.run(ready)
            model.fit(x, y)
    """,
    "compiled on both paths": """
        import sys
        import keras

        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        if len(sys.argv) > 1:
            model.compile("sgd", "mse")
        else:
            model.compile("adam", "mae")
        model.fit(x, y)
    """,
    "methods of which another one compiles": """
        import keras

        class Trainer:
            def __init__(self):
                self.model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])

            def prepare(self):
                self.model.compile("sgd", "mse")

            def train(self, x, y):
                self.model.fit(x, y)
    """,
    "losses of layers": """
        import keras
        from keras import layers

        class Penalty(layers.Layer):
            def call(self, x):
                self.add_loss(keras.ops.mean(x))
                return x

        i = keras.Input((3,))
        model = keras.Model(i, Penalty()(layers.Dense(1)(i)))
        model.compile("adam")
        model.fit(x)
        other = keras.Sequential([keras.Input((3,)), layers.Dense(1, kernel_regularizer="l2")])
        other.compile("adam")
        other.fit(x, y)
    """,
    "a training loop of one's own": """
        import keras

        class Gan(keras.Model):
            def train_step(self, data):
                return {}

            def call(self, x):
                return x

        gan = Gan()
        gan.compile(optimizer="adam")
        gan.fit(x)
    """,
}
