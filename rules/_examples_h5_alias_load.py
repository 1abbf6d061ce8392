"""Examples of h5-alias-load."""

from __future__ import annotations

BAD = {
    "an old script": """
        from keras.models import Sequential, load_model
        from keras.layers import Dense

        model = Sequential()
        model.add(Dense(1, input_dim=3))
        model.compile(loss='mae', optimizer='adam', metrics=['mse'])
        model.save('my_model.h5')
        del model
        model = load_model('my_model.h5')  # KER903 error: load_model cannot read the loss 'mae' back from my_model.h5
        """,
    "a path by name, in upper case": """
        import tensorflow as tf

        PATH = "out/model.hdf5"
        model = tf.keras.Sequential([tf.keras.layers.Input((3,)), tf.keras.layers.Dense(1)])
        model.compile(optimizer="adam", loss="MSE")
        tf.keras.models.save_model(model, PATH)
        again = tf.keras.models.load_model(PATH)  # KER903: cannot read the loss 'MSE' back
        """,
    "saved only": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((3,)), layers.Dense(1)])
        model.compile(loss="mse", optimizer="sgd")
        model.save("model.h5")  # KER903 info: loss='mse' cannot be read back from an .h5 file
        """,
}

GOOD = {
    "the full name": """
        from keras import Sequential, layers, models

        model = Sequential([layers.Input((3,)), layers.Dense(1)])
        model.compile("adam", loss="mean_squared_error", metrics=["mae"])
        model.save("model.h5")
        again = models.load_model("model.h5")
        """,
    "not compiled again": """
        from keras import Sequential, layers, models

        model = Sequential([layers.Input((3,)), layers.Dense(1)])
        model.compile("adam", loss="mse")
        model.save("model.h5")
        again = models.load_model("model.h5", compile=False)
        """,
    "Keras 2": """
        from tf_keras import Sequential, layers, models

        model = Sequential([layers.Input((3,)), layers.Dense(1)])
        model.compile("adam", loss="mse")
        model.save("model.h5")
        again = models.load_model("model.h5")
        """,
    "compiled after it was saved": """
        from keras import Sequential, layers, models

        model = Sequential([layers.Input((3,)), layers.Dense(1)])
        model.save("model.h5")
        model.compile("adam", loss="mse")
        again = models.load_model("model.h5")
        """,
    "cannot know: what is loaded": """
        import sys
        from keras import models

        model = models.load_model(sys.argv[1])
        model.compile("adam", loss=sys.argv[2])
        model.save("model.h5")
        again = models.load_model("model.h5")
        """,
}
