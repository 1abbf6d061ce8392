"""Examples of removed-api."""

from __future__ import annotations

BAD = {
    "modules of Keras 2": """
        from keras.layers.convolutional import Convolution2D, MaxPooling2D  # KER408 error: import Convolution2D, MaxPooling2D from keras.layers
        from keras.layers.normalization import BatchNormalization  # KER408: keras.layers.normalization is gone from Keras 3
        from keras.layers.advanced_activations import LeakyReLU  # KER408: import LeakyReLU from keras.layers
        from keras.utils.np_utils import to_categorical  # KER408: import to_categorical from keras.utils
        from keras.utils.vis_utils import plot_model  # KER408: import plot_model from keras.utils
        from keras.engine.topology import Layer  # KER408: import Layer from keras.layers
        from keras.layers.core import *  # KER408: use keras.layers
        """,
    "names of Keras 2": """
        from keras.preprocessing.image import ImageDataGenerator  # KER408: tensorflow.keras still has it
        from keras.layers import Dense, CuDNNLSTM  # KER408: keras.layers.CuDNNLSTM is gone from Keras 3: use keras.layers.LSTM
        from keras.utils import multi_gpu_model  # KER408: use tensorflow.distribute.MirroredStrategy
        from keras.models import model_from_yaml  # KER408: use keras.models.model_from_json
        from keras.wrappers.scikit_learn import KerasClassifier  # KER408: keras.wrappers.scikit_learn is gone from Keras 3
        """,
    "the backend in a loss": """
        from keras import backend as K

        def dice(y_true, y_pred):
            a = K.flatten(y_true)  # KER408: K.flatten is gone from Keras 3: use keras.ops.ravel
            b = K.flatten(y_pred)
            return 2 * K.sum(a * b) / (K.sum(a) + K.sum(b) + K.epsilon())  # KER408: use keras.ops.sum
        """,
    "generators": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential()
        model.add(Dense(1, input_dim=3))
        model.compile(loss='mse', optimizer='sgd')
        model.fit_generator(batches(), steps_per_epoch=10, epochs=3)  # KER408: `fit_generator` is gone from models in Keras 3
        model.evaluate_generator(generator=batches(), steps=3, workers=2)  # KER408: use evaluate
        model.fit_generator(batches(), 10, 3)  # KER408: use fit
        """,
    "arguments of Keras 1": """
        from keras.models import Sequential, Model
        from keras.layers import Dense, Convolution2D, Dropout, Input

        model = Sequential()
        model.add(Convolution2D(32, (3, 3), border_mode='same', input_shape=(28, 28, 1)))  # KER408: Conv2D calls `border_mode` `padding` now
        model.add(Dropout(p=0.5))  # KER408: Dropout calls `p` `rate` now
        model.add(Dense(output_dim=10, W_regularizer='l2'))  # KER408: Dense calls `output_dim` `units` now
        # ^ KER408: Dense calls `W_regularizer` `kernel_regularizer` now
        a = Input((3,))
        other = Model(input=a, output=Dense(1)(a))  # KER408: Model calls `input` `inputs` now
        # ^ KER408: Model calls `output` `outputs` now
        """,
    "arguments of Keras 2": """
        import numpy as np
        import tensorflow as tf
        from tensorflow.keras import layers

        model = tf.keras.Sequential([layers.LSTM(4, batch_input_shape=(8, 5, 2), stateful=True), layers.Dense(1)])  # KER408: LSTM takes no `batch_input_shape` any more (begin with Input(batch_shape=...))
        model.compile("adam", "mse")
        model.fit(np.zeros((8, 5, 2)), np.zeros((8, 1)), batch_size=8, workers=4)  # KER408: fit takes no `workers` any more
        """,
    "states": """
        import keras

        model = keras.Sequential([keras.layers.Input(batch_shape=(4, 5, 2)), keras.layers.LSTM(4, stateful=True)])
        loss = keras.metrics.Mean()
        for epoch in range(3):
            loss.reset_states()  # KER408: `reset_states` is gone from metrics in Keras 3 (AttributeError): use reset_state
            model.reset_states()  # KER408: use reset_states() of each stateful layer
        """,
    "shapes of layers": """
        from keras import Sequential, layers

        model = Sequential([layers.Input((4,)), layers.Dense(3)])
        for layer in model.layers:
            print(layer.output_shape)  # KER408: `output_shape` is gone from layers in Keras 3
        """,
    "shapes as lists": """
        from tensorflow.keras import layers

        def sizes(blocks, shape):
            for block in blocks:
                shape = block.compute_output_shape(shape).as_list()  # KER408: `as_list` is gone from shapes in Keras 3 (AttributeError): use list(shape)
                print(shape)

        sizes([layers.Conv2D(8, 3)], (None, 32, 32, 3))
        """,
    "TensorFlow 1": """
        import tensorflow as tf
        from keras import backend as K
        from tensorflow.examples.tutorials.mnist import input_data  # KER408: tensorflow.examples.tutorials.mnist is gone

        config = tf.ConfigProto()  # KER408: tf.ConfigProto is gone from TensorFlow 2: use tensorflow.compat.v1.ConfigProto
        K.set_session(tf.Session(config=config))  # KER408: K.set_session is gone
        """,
    "through tensorflow": """
        from tensorflow.keras.layers.experimental import preprocessing  # KER408: tensorflow.keras.layers.experimental is gone from Keras 3
        from tensorflow.keras.utils import multi_gpu_model  # KER408: use tensorflow.distribute.MirroredStrategy
        import tensorflow.keras.backend as K

        session = K.get_session()  # KER408: K.get_session is gone
        """,
    "a module spelled out": """
        import keras

        layer = keras.layers.core.Dense(3)  # KER408: keras.layers.core is gone from Keras 3: use keras.layers
        decay = keras.experimental.CosineDecay(0.1, 100)  # KER408: use keras.optimizers.schedules.CosineDecay
        """,
    "number of classes": """
        from keras.utils import to_categorical

        y = to_categorical([1, 2], nb_classes=3)  # KER408: to_categorical calls `nb_classes` `num_classes` now
        """,
    "a function that is taken before the program replaces it": """
        from keras import backend as K

        before = K.ndim  # KER408: K.ndim is gone from Keras 3: use keras.ops.ndim
        K.ndim = lambda x: None
        """,
}

GOOD = {
    "what tensorflow.keras still has": """
        import tensorflow as tf
        from tensorflow.keras import backend as K
        from tensorflow.keras.preprocessing.image import ImageDataGenerator
        from tensorflow.keras.preprocessing.text import Tokenizer

        mean = K.mean(K.square(tf.zeros((3,))))
        generator = ImageDataGenerator(rescale=1.0 / 255)
        """,
    "what the backend of Keras 3 has": """
        from keras import backend as K

        K.clear_session()
        small = K.epsilon()
        """,
    "Keras 2": """
        from tf_keras import backend as K
        from tf_keras.layers import Dense
        from tf_keras.models import Sequential

        model = Sequential([Dense(1, batch_input_shape=(4, 3))])
        model.compile("adam", "mse")
        model.fit(K.zeros((4, 3)), K.zeros((4, 1)), workers=2)
        """,
    "Keras 2 by the environment": """
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
        from tensorflow.keras.layers.experimental import preprocessing
        from tensorflow.keras.utils import multi_gpu_model
        """,
    "an attempt": """
        try:
            from keras.layers.core import Dense
        except ImportError:
            from keras.layers import Dense
        """,
    "a version test": """
        import keras

        if keras.__version__.startswith("1"):
            from keras.layers.core import Dense
        """,
    "the first version of TensorFlow, which is still there": """
        import tensorflow.compat.v1 as tf
        import keras

        session = tf.Session()
        config = tf.ConfigProto()
        """,
    "methods of the user's own": """
        import keras

        class Net(keras.Model):
            def predict_classes(self, x):
                return self.predict(x).argmax(axis=-1)

            def reset_states(self):
                pass

        net = Net()
        net.reset_states()
        """,
    "the states of a recurrent layer": """
        import keras

        lstm = keras.layers.LSTM(3, stateful=True)
        lstm.reset_states()
        """,
    "another package's layers": """
        from mypackage.layers.core import Dense
        from sklearn.linear_model import LogisticRegression

        p = LogisticRegression().fit([[1]], [1]).predict_proba([[1]])
        """,
    "a name that is bound anew": """
        from keras import backend as K

        K = __import__("statistics")
        K.mean([3])
        """,
    "a function that the program puts back": """
        import keras
        from keras import backend as K

        if not hasattr(K, "dtype"):
            K.dtype = lambda x: x.dtype


        def is_half(x):
            return K.dtype(x) == "float16"
        """,
    "another package in the place of keras": """
        import sys
        import tensorflow as tf

        sys.modules["keras"] = tf.keras
        import keras.backend as K

        total = K.sum(tf.ones((3,)))
        """,
    "the version as text": """
        import keras

        major = int(keras.__version__.split(".")[0])
        """,
    "cannot know: which module it is": """
        import importlib

        core = importlib.import_module("keras.layers.core")
        """,
}
