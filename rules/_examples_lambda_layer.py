"""Examples of lambda-layer."""

from __future__ import annotations

BAD = {
    "saved and loaded": """
        from keras.models import Sequential, load_model
        from keras.layers import Lambda, Dense

        model = Sequential()
        model.add(Lambda(lambda x: x / 127.5 - 1.0, input_shape=(66, 200, 3)))  # KER905 error: load_model refuses the Python lambda of Lambda in `model`
        model.add(Dense(1))
        model.save('model.h5')
        again = load_model('model.h5')
        """,
    "functional": """
        import keras
        from keras import layers

        inputs = keras.Input((4,))
        x = layers.Lambda(lambda t: keras.ops.square(t), name="square")(inputs)  # KER905 warning: Lambda 'square' in `net`
        net = keras.Model(inputs, layers.Dense(1)(x))
        net.save("net.keras")
        """,
    "a lambda by name": """
        import tensorflow as tf

        scale = lambda x: x * 2.0
        model = tf.keras.Sequential([tf.keras.layers.Input((3,)), tf.keras.layers.Lambda(scale)])  # KER905: refuses the Python lambda
        tf.keras.models.save_model(model, "model.keras")
        """,
}

GOOD = {
    "never saved": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((3,)), layers.Lambda(lambda x: x * 2.0)])
        model.save_weights("model.weights.h5")
        """,
    "loaded in trust": """
        from keras import Sequential, layers, models

        model = Sequential([layers.Input((3,)), layers.Lambda(lambda x: x * 2.0)])
        model.save("model.keras")
        again = models.load_model("model.keras", safe_mode=False)
        """,
    "exported": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((3,)), layers.Lambda(lambda x: x * 2.0)])
        model.export("model")
        """,
    "a function that is registered": """
        import keras
        from keras import layers

        @keras.saving.register_keras_serializable()
        def double(x):
            return x * 2.0

        model = keras.Sequential([layers.Input((3,)), layers.Lambda(double)])
        model.save("model.keras")
        """,
    "another model is saved": """
        from keras import Sequential, layers

        first = Sequential([layers.Input((3,)), layers.Lambda(lambda x: x * 2.0)])
        second = Sequential([layers.Input((3,)), layers.Dense(1)])
        second.save("second.keras")
        """,
    "cannot know: whether it is saved": """
        from keras import Sequential, layers
        from tools import store

        model = Sequential([layers.Input((3,)), layers.Lambda(lambda x: x * 2.0)])
        store(model)
        """,
}
