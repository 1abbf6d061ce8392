"""Example programs of `gradients-lost`."""

from __future__ import annotations

BAD = {
    "the forward pass is before the tape": """
        import numpy as np
        import tensorflow as tf

        model = tf.keras.Sequential([tf.keras.layers.Dense(10, activation="relu"), tf.keras.layers.Dense(3)])
        loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        optimizer = tf.keras.optimizers.Adam()
        x, y = np.random.rand(32, 4).astype("float32"), np.random.randint(0, 3, 32)
        dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)

        for epoch in range(3):
            for features, labels in dataset:
                logits = model(features, training=True)
                with tf.GradientTape() as tape:
                    loss = loss_fn(labels, logits)
                grads = tape.gradient(loss, model.trainable_weights)  # KER708 error: every gradient here is None
                optimizer.apply_gradients(zip(grads, model.trainable_weights))
        """,
    "predictions are arrays": """
        import numpy as np
        import tensorflow as tf
        from tensorflow.keras import Sequential, layers

        model = Sequential([layers.Input((4,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
        optimizer = tf.keras.optimizers.Adam()


        def train(model, x, y):
            with tf.GradientTape() as tape:
                loss = tf.keras.losses.MeanSquaredError()(y, model.predict(x))  # KER708: gives arrays
            grads = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(grads, model.trainable_variables))


        train(model, np.ones((8, 4)), np.ones((8, 1)))
        """,
    "two gradients of one tape": """
        import keras
        import tensorflow as tf
        from keras import layers

        first = keras.Sequential([keras.Input((4,)), layers.Dense(4)])
        second = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        optimizers = keras.optimizers.Adam(), keras.optimizers.Adam()


        def step(x):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(second(first(x, training=True), training=True))
            one = tape.gradient(loss, first.trainable_variables)
            two = tape.gradient(loss, second.trainable_variables)  # KER708: not persistent
            optimizers[0].apply_gradients(zip(one, first.trainable_variables))
            optimizers[1].apply_gradients(zip(two, second.trainable_variables))
        """,
    "pairs in the wrong order": """
        import keras
        import tensorflow as tf
        from keras import layers

        model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        optimizer = keras.optimizers.SGD(0.1)


        @tf.function
        def train_step(x, y):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(model.trainable_variables, gradients))  # KER708: takes (gradient, variable)
        """,
    "a loss of decisions": """
        import tensorflow as tf
        from tensorflow.keras import layers, models


        def error_rate(y_true, y_pred):
            labels = tf.cast(tf.argmax(y_pred, axis=-1), tf.float32)  # KER708 error: takes only tf.argmax of the predictions
            return tf.reduce_mean(tf.abs(y_true - labels))


        model = models.Sequential([layers.Dense(3, activation="softmax", input_shape=(4,))])
        model.compile(optimizer="adam", loss=error_rate)
        """,
    "a loss of rounded predictions": """
        from keras import backend as K
        from keras.layers import Dense
        from keras.models import Sequential


        def soft_f1(y_true, y_pred):
            y_pred = K.round(y_pred)  # KER708 error: has no gradient
            hits = K.sum(y_true * y_pred)
            return 1 - 2 * hits / (K.sum(y_true) + K.sum(y_pred) + K.epsilon())


        model = Sequential()
        model.add(Dense(1, input_dim=8, activation='sigmoid'))
        model.compile(loss=soft_f1, optimizer='adam')
        """,
    "a loss in NumPy": """
        import keras
        import numpy as np


        class MeanError(keras.losses.Loss):
            def call(self, y_true, y_pred):
                return np.mean(np.abs(y_true - y_pred), axis=-1)  # KER708 error: takes no tensor


        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
        model.compile("adam", MeanError())
        """,
    "a loss with its parameters swapped": """
        import keras
        from keras import layers, ops


        def entropy(y_pred, y_true):  # KER708 warning: Keras gives the targets first
            return -ops.mean(y_true * ops.log(y_pred + 1e-7))


        def squared(prediction, target):  # KER708 info: Keras gives the targets first
            return ops.mean((prediction - target) ** 2)


        model = keras.Sequential([keras.Input((4,)), layers.Dense(2, activation="softmax")])
        model.compile("adam", entropy)
        model.compile("adam", squared)
        """,
}

GOOD = {
    "losses that let the gradient through": """
        import numpy as np
        import tensorflow as tf
        from tensorflow import keras


        def straight_through(y_true, y_pred):
            hard = y_pred + tf.stop_gradient(tf.round(y_pred) - y_pred)
            return tf.reduce_mean(tf.abs(y_true - hard))


        def weighted(y_true, y_pred):
            weight = tf.where(y_pred > 0.5, 1.0, 2.0)
            return tf.reduce_mean(weight * tf.square(y_true - y_pred)) / np.prod(y_pred.shape[1:])


        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
        model.compile("adam", straight_through)
        model.compile("adam", weighted)
        """,
    "a metric may decide": """
        import tensorflow as tf
        from tensorflow import keras


        def right(y_true, y_pred):
            return tf.reduce_mean(tf.cast(tf.round(y_pred) == y_true, tf.float32))


        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy", metrics=[right])
        """,
    "NumPy in a loss that runs eagerly": """
        import numpy as np
        import tensorflow as tf
        from tensorflow import keras


        def loss(y_true, y_pred):
            print(np.mean(y_pred))
            return tf.reduce_mean(tf.square(y_true - y_pred))


        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
        model.compile("adam", loss, run_eagerly=True)
        """,
    "all in the tape": """
        import keras
        import tensorflow as tf
        from keras import layers

        model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        optimizer, loss_fn = keras.optimizers.SGD(0.1), keras.losses.MeanSquaredError()


        def train_step(x, y):
            with tf.GradientTape() as tape:
                loss = loss_fn(y, model(x, training=True))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        """,
    "a persistent tape": """
        import keras
        import tensorflow as tf
        from keras import layers

        first = keras.Sequential([keras.Input((4,)), layers.Dense(4)])
        second = keras.Sequential([keras.Input((4,)), layers.Dense(1)])


        def step(x):
            with tf.GradientTape(persistent=True) as tape:
                loss = tf.reduce_mean(second(first(x)))
            one = tape.gradient(loss, first.trainable_variables)
            return one, tape.gradient(loss, second.trainable_variables)
        """,
    "a tape for each model": """
        import keras
        import tensorflow as tf
        from keras import layers

        first = keras.Sequential([keras.Input((4,)), layers.Dense(4)])
        second = keras.Sequential([keras.Input((4,)), layers.Dense(1)])


        def step(x):
            with tf.GradientTape() as one, tf.GradientTape() as two:
                loss = tf.reduce_mean(second(first(x)))
            return one.gradient(loss, first.trainable_variables), two.gradient(loss, second.trainable_variables)
        """,
    "only a part is recomputed in the tape": """
        import keras
        import tensorflow as tf
        from keras import layers

        frozen = keras.Sequential([keras.Input((4,)), layers.Dense(4)])
        head = keras.Sequential([keras.Input((4,)), layers.Dense(1)])


        def step(x):
            features = frozen(x, training=False)
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(head(features, training=True))
            return tape.gradient(loss, head.trainable_variables)
        """,
    "predictions are the targets": """
        import keras
        import tensorflow as tf
        from keras import layers

        model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])


        def step(states, following):
            with tf.GradientTape() as tape:
                targets = tf.reduce_max(model.predict(following), axis=1)
                loss = tf.reduce_mean((tf.reduce_max(model(states), axis=1) - targets) ** 2)
            return tape.gradient(loss, model.trainable_variables)
        """,
    "a tape in every round": """
        import keras
        import tensorflow as tf
        from keras import layers

        model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        for step in range(3):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(model(tf.ones((2, 4))))
            gradients = tape.gradient(loss, model.trainable_variables)
        """,
    "cannot know: what the function computes": """
        import tensorflow as tf
        from project import compute_loss, model


        def step(x):
            predictions = model(x)
            with tf.GradientTape() as tape:
                loss = compute_loss(predictions)
            return tape.gradient(loss, model.trainable_variables)
        """,
}
