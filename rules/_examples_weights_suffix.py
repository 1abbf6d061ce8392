"""Examples of weights-suffix."""

from __future__ import annotations

BAD = {
    "an old script": """
        from keras.models import Sequential
        from keras.layers import Dense
        from keras.callbacks import ModelCheckpoint

        model = Sequential()
        model.add(Dense(1, input_dim=3))
        model.compile(loss='mse', optimizer='sgd')
        filepath = "weights-{epoch:02d}-{val_loss:.2f}.hdf5"
        checkpoint = ModelCheckpoint(filepath, monitor='val_loss', save_best_only=True)  # KER902 error: ModelCheckpoint wants a name that ends in .keras, got 'weights-{epoch:02d}-{val_loss:.2f}.hdf5'
        model.save_weights('my_weights.h5')  # KER902 error: save_weights wants a name that ends in .weights.h5, got 'my_weights.h5'
        """,
    "checkpoints of TensorFlow": """
        import tensorflow as tf

        model = tf.keras.Sequential([tf.keras.layers.Input((3,)), tf.keras.layers.Dense(1)])
        saver = tf.keras.callbacks.ModelCheckpoint(filepath="training/cp.ckpt", save_weights_only=True)  # KER902: .weights.h5
        model.save_weights("checkpoints/my_checkpoint")  # KER902: got 'checkpoints/my_checkpoint'
        """,
    "a folder": """
        import tensorflow as tf

        model = tf.keras.Sequential([tf.keras.layers.Input((3,)), tf.keras.layers.Dense(1)])
        model.save("saved_model/my_model")  # KER902: save wants a name that ends in .keras
        again = tf.keras.models.load_model("saved_model/my_model")  # KER902: load_model reads .keras and .h5 files only
        """,
    "a name that is put together": """
        import os
        from config import FOLDER
        from keras import Sequential, layers, models

        model = Sequential([layers.Input((3,)), layers.Dense(1)])
        model.save_weights(os.path.join(FOLDER, "last.h5"))  # KER902: got 'last.h5'
        model.save(f"{FOLDER}/last.ckpt")  # KER902: got '/last.ckpt'
        models.save_model(model, "last.tf")  # KER902: save_model wants a name
        """,
    "a format by name": """
        import tensorflow as tf
        from config import PATH

        model = tf.keras.Sequential([tf.keras.layers.Input((3,)), tf.keras.layers.Dense(1)])
        model.save(PATH, save_format="tf")  # KER902: save_format='tf' is gone
        """,
}

GOOD = {
    "the endings of Keras 3": """
        from keras import Sequential, callbacks, layers, models

        model = Sequential([layers.Input((3,)), layers.Dense(1)])
        model.save("a.keras")
        model.save("a.h5")
        model.save_weights("a.weights.h5")
        model.export("a")
        again = models.load_model("a.keras")
        again.load_weights("a.weights.h5")
        best = callbacks.ModelCheckpoint("best.weights.h5", save_weights_only=True)
        """,
    "Keras 2 takes any name": """
        from tf_keras import Sequential, layers

        model = Sequential([layers.Input((3,)), layers.Dense(1)])
        model.save("a")
        model.save_weights("a.h5")
        """,
    "checkpoints that TensorFlow writes": """
        import keras
        import tensorflow as tf

        model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(1)])
        checkpoint = tf.train.Checkpoint(model=model)
        checkpoint.save("training/cp.ckpt")
        tf.saved_model.save(model, "saved")
        """,
    "a hub": """
        import keras

        model = keras.models.load_model("hf://me/my-model")
        """,
    "an attempt": """
        import keras

        model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(1)])
        try:
            model.save_weights("a.h5")
        except ValueError:
            model.save_weights("a.weights.h5")
        """,
    "cannot know: the end of the name": """
        import sys
        from keras import Sequential, callbacks, layers

        model = Sequential([layers.Input((3,)), layers.Dense(1)])
        model.save(sys.argv[1])
        model.save_weights("weights-%s" % sys.argv[2])
        best = callbacks.ModelCheckpoint("x" + sys.argv[1], save_weights_only=True)
        """,
    "a model with a save of its own": """
        import keras

        class Net(keras.Model):
            def save(self, filepath):
                print(filepath)

        Net().save("anywhere")
        """,
    "a path that every caller gives": """
        import keras


        def load(path=""):
            return keras.models.load_model(path)
        """,
}
