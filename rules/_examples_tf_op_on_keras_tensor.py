"""Example programs of `tf-op-on-keras-tensor`."""

from __future__ import annotations

BAD = {
    "joining and casting with TensorFlow": """
        import tensorflow as tf
        from tensorflow.keras import Input, Model
        from tensorflow.keras.layers import Dense

        left = Input(shape=(8,))
        right = Input(shape=(8,))
        a = Dense(4)(left)
        b = tf.nn.relu(Dense(4)(right))  # KER406 error: `tf.nn.relu` gets a Keras tensor
        both = tf.concat([a, b], axis=-1)  # KER406: use keras.ops.concatenate
        model = Model([left, right], Dense(1)(both))
        """,
    "a block function": """
        import keras
        import tensorflow as tf
        from keras import layers


        def block(x, units):
            x = layers.Dense(units)(x)
            return tf.expand_dims(x, axis=1)  # KER406: use keras.ops.expand_dims


        inputs = keras.Input((4,))
        model = keras.Model(inputs, block(inputs, 3))
        """,
    "NumPy and Python": """
        import keras
        import numpy as np
        from keras import layers

        inputs = keras.Input((4,))
        x = layers.Dense(4)(inputs)
        scale = np.mean(x)  # KER406: `np.mean` gets a Keras tensor
        if keras.ops.sum(x) > 0:  # KER406: `if` gets a Keras tensor
            x = -x
        print(len(x))  # KER406: `len`
        print(x.get_shape())  # KER406: no `get_shape`
        model = keras.Model(inputs, x)
        """,
}

GOOD = {
    "keras.ops and operators": """
        import keras
        from keras import layers, ops

        inputs = keras.Input((4,))
        x = ops.expand_dims(layers.Dense(4)(inputs), axis=1)
        x = ops.relu(x) * 2.0 + x[:, :1]
        model = keras.Model(inputs, x)
        """,
    "inside a Lambda and a layer": """
        import keras
        import tensorflow as tf
        from keras import layers


        class Mean(layers.Layer):
            def call(self, x):
                return tf.reduce_mean(x, axis=1)


        inputs = keras.Input((4, 3))
        x = layers.Lambda(lambda t: tf.nn.l2_normalize(t, axis=-1))(inputs)
        model = keras.Model(inputs, Mean()(x))
        """,
    "data is no placeholder": """
        import keras
        import numpy as np
        import tensorflow as tf
        from keras import layers

        model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
        predictions = model(tf.ones((2, 4)))
        print(tf.reduce_mean(predictions), np.argmax(predictions, axis=1), len(predictions))
        """,
    "equality of placeholders is identity": """
        import keras
        from keras import layers

        inputs = keras.Input((4,))
        layer = layers.Dense(3)
        x = layer(inputs)
        assert layer.output == x
        if x == inputs or layer.losses == [x]:
            print("other")
        model = keras.Model(inputs, x)
        """,
    "what only looks": """
        import keras
        import numpy as np
        import tensorflow as tf
        from keras import layers

        inputs = keras.Input((4,))
        x = layers.Dense(3)(inputs)
        print(tf.is_tensor(x), np.shape(x), np.prod(x.shape[1:]))
        model = keras.Model(inputs, tf.keras.activations.relu(x))
        """,
    "Keras 2 makes layers of them": """
        import tensorflow as tf
        import tf_keras

        inputs = tf_keras.Input((4,))
        x = tf.reduce_mean(tf_keras.layers.Dense(3)(inputs), axis=1)
        model = tf_keras.Model(inputs, x)
        """,
    "cannot know: the model may be given anything": """
        import tensorflow as tf


        def loss(model, x, y):
            return tf.reduce_mean(tf.square(model(x) - y))
        """,
}
