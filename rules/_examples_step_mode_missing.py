"""Example programs of `step-mode-missing`."""

from __future__ import annotations

BAD = {
    "a loop over batches": """
        import tensorflow as tf

        model = tf.keras.models.Sequential()
        model.add(tf.keras.layers.Conv2D(8, 3, activation="relu", input_shape=(28, 28, 1)))
        model.add(tf.keras.layers.BatchNormalization())
        model.add(tf.keras.layers.Flatten())
        model.add(tf.keras.layers.Dense(10))
        loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        optimizer = tf.keras.optimizers.Adam()


        @tf.function
        def train_step(images, labels):
            with tf.GradientTape() as tape:
                predictions = model(images)  # KER709 warning: BatchNormalization stays in inference mode
                loss = loss_object(labels, predictions)
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))


        def train(dataset):
            for images, labels in dataset:
                train_step(images, labels)
        """,
    "a train_step": """
        import keras
        import tensorflow as tf
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.dropout = layers.Dropout(0.5)
                self.head = layers.Dense(1)

            def call(self, x, training=None):
                return self.head(self.dropout(x, training=training))

            def train_step(self, data):
                x, y = data
                with tf.GradientTape() as tape:
                    y_pred = self(x)  # KER709: Dropout stays in inference mode
                    loss = self.compute_loss(y=y, y_pred=y_pred)
                gradients = tape.gradient(loss, self.trainable_variables)
                self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
                return {"loss": loss}


        def run(dataset):
            net = Net()
            net.compile(keras.optimizers.Adam())
            net.fit(dataset)
        """,
    "a part of the model, in its train_step": """
        import numpy as np
        import tensorflow as tf
        from tensorflow import keras
        from tensorflow.keras import layers


        class AutoEncoder(keras.Model):
            def __init__(self, encoder, decoder):
                super().__init__()
                self.encoder = encoder
                self.decoder = decoder

            def train_step(self, data):
                with tf.GradientTape() as tape:
                    restored = self.decoder(self.encoder(data))  # KER709: `encoder`
                    loss = tf.reduce_mean((data - restored) ** 2)
                gradients = tape.gradient(loss, self.trainable_weights)
                self.optimizer.apply_gradients(zip(gradients, self.trainable_weights))
                return {"loss": loss}


        encoder = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.Dropout(0.1)])
        decoder = keras.Sequential([keras.Input((4,)), layers.Dense(8)])
        model = AutoEncoder(encoder, decoder)
        model.compile(optimizer="adam")
        model.fit(np.random.rand(10, 8))
        """,
    "one of two models": """
        import keras
        import tensorflow as tf
        from keras import layers

        encoder = keras.Sequential([keras.Input((4,)), layers.Dense(4), layers.Dropout(0.2)])
        decoder = keras.Sequential([keras.Input((4,)), layers.Dense(4)])
        optimizer = keras.optimizers.Adam()


        def step(x):
            with tf.GradientTape() as tape:
                code = encoder(x)  # KER709: `encoder`
                loss = tf.reduce_mean((decoder(code) - x) ** 2)
            variables = encoder.trainable_variables + decoder.trainable_variables
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        """,
}

GOOD = {
    "the mode is said": """
        import keras
        import tensorflow as tf
        from keras import layers

        model = keras.Sequential([keras.Input((4,)), layers.Dropout(0.5), layers.Dense(1)])
        optimizer = keras.optimizers.Adam()


        def step(x, y):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((model(x, True) - y) ** 2)
            optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))


        def test(x):
            return model(x)
        """,
    "no layer has a mode": """
        import keras
        import tensorflow as tf
        from keras import layers

        model = keras.Sequential([keras.Input((4,)), layers.LayerNormalization(), layers.Dense(1)])
        optimizer = keras.optimizers.Adam()


        def step(x, y):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((model(x) - y) ** 2)
            optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        """,
    "a gradient for the input": """
        import keras
        import tensorflow as tf
        from keras import layers

        model = keras.Sequential([keras.Input((4,)), layers.Dropout(0.5), layers.Dense(1)])


        def saliency(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                score = model(x)
            return tape.gradient(score, x)
        """,
    "another model is trained": """
        import keras
        import tensorflow as tf
        from keras import layers

        teacher = keras.Sequential([keras.Input((4,)), layers.Dropout(0.5), layers.Dense(1)])
        student = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        optimizer = keras.optimizers.Adam()


        def step(x):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((student(x) - teacher(x)) ** 2)
            gradients = tape.gradient(loss, student.trainable_variables)
            optimizer.apply_gradients(zip(gradients, student.trainable_variables))
        """,
    "the model says it itself": """
        import keras
        import tensorflow as tf
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.dropout = layers.Dropout(0.5)
                self.head = layers.Dense(1)

            def call(self, x, training=True):
                return self.head(self.dropout(x, training=training))


        net, optimizer = Net(), keras.optimizers.Adam()


        def step(x):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(net(x))
            optimizer.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
        """,
    "cannot know: the model comes from elsewhere": """
        import keras
        import tensorflow as tf

        optimizer = keras.optimizers.Adam()


        def step(model, x, y):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((model(x) - y) ** 2)
            optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        """,
}
