"""Example programs of `training-arg-missing`."""

from __future__ import annotations

BAD = {
    "batch normalisation and dropout in a model that is fitted": """
        import tensorflow as tf
        from tensorflow.keras import layers


        class ConvModel(tf.keras.Model):
            def __init__(self):
                super(ConvModel, self).__init__()
                self.conv = layers.Conv2D(32, 3, activation="relu")
                self.bn = layers.BatchNormalization()
                self.flatten = layers.Flatten()
                self.dropout = layers.Dropout(0.5)
                self.out = layers.Dense(10)

            def call(self, x):  # KER401 error: `ConvModel.call` has no `training`
                x = self.bn(self.conv(x))
                return self.out(self.dropout(self.flatten(x)))


        (x_train, y_train), _ = tf.keras.datasets.mnist.load_data()
        x_train = x_train[..., None] / 255.0
        model = ConvModel()
        model.compile(
            optimizer="adam",
            loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            metrics=["accuracy"],
        )
        model.fit(x_train, y_train, epochs=5)
        """,
    "the dropout is two levels down": """
        import numpy as np
        from keras import Model, Sequential, layers


        class Block(layers.Layer):
            def __init__(self, units):
                super().__init__()
                self.net = Sequential([layers.Dense(units, activation="relu"), layers.Dropout(0.3)])

            def call(self, inputs, training=None):
                return self.net(inputs, training=training)


        class Tower(Model):
            def __init__(self):
                super().__init__()
                self.blocks = [Block(64), Block(32)]
                self.head = layers.Dense(1)

            def call(self, inputs):  # KER401 error: Dropout
                for block in self.blocks:
                    inputs = block(inputs)
                return self.head(inputs)


        tower = Tower()
        tower.compile("adam", "mse")
        for epoch in range(10):
            tower.train_on_batch(np.random.rand(32, 8), np.random.rand(32, 1))
        """,
    "other keywords do not count": """
        import numpy as np
        from keras import Model, layers


        class Tagger(Model):
            def __init__(self, words, tags):
                super().__init__()
                self.embedding = layers.Embedding(words, 64)
                self.lstm = layers.Bidirectional(layers.LSTM(32, dropout=0.2, return_sequences=True))
                self.head = layers.Dense(tags, activation="softmax")

            def call(self, tokens, **kwargs):  # KER401: Bidirectional
                return self.head(self.lstm(self.embedding(tokens)))


        model = Tagger(1000, 5)
        model.compile(loss="sparse_categorical_crossentropy", optimizer="rmsprop")
        model.fit(np.random.randint(0, 1000, (64, 20)), np.random.randint(0, 5, (64, 20)))
        """,
    "a pretrained network that is fine-tuned": """
        from keras import Model, applications, layers


        class Classifier(Model):
            def __init__(self, classes):
                super().__init__()
                self.base = applications.ResNet50(include_top=False, pooling="avg")
                self.head = layers.Dense(classes, activation="softmax")

            def call(self, images):  # KER401: ResNet50
                return self.head(self.base(images))


        def train(dataset):
            model = Classifier(5)
            model.compile("adam", "sparse_categorical_crossentropy")
            model.fit(dataset, epochs=3)
            return model
        """,
    "compiled here, fitted elsewhere": """
        import keras
        from keras import layers


        class Net(keras.Model):
            def __init__(self, rate=0.4):
                super().__init__()
                self.hidden = layers.Dense(32, activation="relu")
                self.drop = layers.Dropout(rate)
                self.head = layers.Dense(1)

            def call(self, features):  # KER401 error: `drop` (Dropout)
                return self.head(self.drop(self.hidden(features)))


        def compiled():
            net = Net()
            net.compile(loss="mse", optimizer="adam")
            return net
        """,
}

GOOD = {
    "the parameter is enough, it need not be handed on": """
        import keras
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.drop = layers.Dropout(0.5)
                self.head = layers.Dense(1)

            def call(self, x, training=None):
                return self.head(self.drop(x))


        def run(x, y):
            net = Net()
            net.compile(loss="mse", optimizer="adam")
            net.fit(x, y)
        """,
    "no layer has a mode": """
        import keras
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.norm = layers.LayerNormalization()
                self.drop = layers.Dropout(0.0)
                self.head = layers.Dense(1)

            def call(self, x):
                return self.head(self.drop(self.norm(x)))


        def run(x, y):
            net = Net()
            net.compile(loss="mse", optimizer="adam")
            net.fit(x, y)
        """,
    "a train_step of its own says it": """
        import keras
        import tensorflow as tf
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.drop = layers.Dropout(0.5)
                self.head = layers.Dense(1)

            def call(self, x):
                return self.head(self.drop(x))

            def train_step(self, data):
                x, y = data
                with tf.GradientTape() as tape:
                    loss = self.compute_loss(y=y, y_pred=self(x, training=True))
                gradients = tape.gradient(loss, self.trainable_variables)
                self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
                return {"loss": loss}


        def run(x, y):
            net = Net()
            net.compile(loss="mse", optimizer="adam")
            net.fit(x, y)
        """,
    "it trains inside a functional model": """
        import keras
        from keras import layers


        class Encoder(keras.Model):
            def __init__(self):
                super().__init__()
                self.norm = layers.BatchNormalization()
                self.hidden = layers.Dense(8, activation="relu")

            def call(self, x):
                return self.hidden(self.norm(x))


        def run(x, y):
            inputs = keras.Input((4,))
            outputs = layers.Dense(1)(Encoder()(inputs))
            model = keras.Model(inputs, outputs)
            model.compile(loss="mse", optimizer="adam")
            model.fit(x, y)
        """,
    "the mode is written at the layer": """
        import keras
        from keras import layers


        class MonteCarlo(keras.Model):
            def __init__(self):
                super().__init__()
                self.drop = layers.Dropout(0.5)
                self.head = layers.Dense(1)

            def call(self, x):
                return self.head(self.drop(x, training=True))


        def run(x, y):
            net = MonteCarlo()
            net.compile(loss="mse", optimizer="adam")
            net.fit(x, y)
        """,
    "a frozen backbone stays in inference mode anyway": """
        import keras
        from keras import layers


        class Classifier(keras.Model):
            def __init__(self):
                super().__init__()
                self.base = keras.applications.MobileNetV2(include_top=False, pooling="avg")
                self.base.trainable = False
                self.head = layers.Dense(3)

            def call(self, images):
                return self.head(self.base(images))


        def run(x, y):
            net = Classifier()
            net.compile(loss="mse", optimizer="adam")
            net.fit(x, y)
        """,
    "a functional model in a class": """
        import keras
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                inputs = keras.Input((4,))
                hidden = layers.Dropout(0.5)(layers.Dense(8, activation="relu")(inputs))
                super().__init__(inputs, layers.Dense(1)(hidden))


        def run(x, y):
            net = Net()
            net.compile(loss="mse", optimizer="adam")
            net.fit(x, y)
        """,
    "a loop of one's own says it": """
        import keras
        import tensorflow as tf
        from keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.drop = layers.Dropout(0.5)
                self.head = layers.Dense(1)

            def call(self, x):
                return self.head(self.drop(x))


        net, optimizer = Net(), keras.optimizers.Adam()


        @tf.function
        def step(x, y):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((net(x, training=True) - y) ** 2)
            gradients = tape.gradient(loss, net.trainable_variables)
            optimizer.apply_gradients(zip(gradients, net.trainable_variables))
        """,
    "cannot know: the base class may train in its own way": """
        import keras
        from keras import layers
        from trainers import Trainable


        class Net(Trainable, keras.Model):
            def __init__(self):
                super().__init__()
                self.drop = layers.Dropout(0.5)
                self.head = layers.Dense(1)

            def call(self, x):
                return self.head(self.drop(x))


        def run(x, y):
            net = Net()
            net.compile(loss="mse", optimizer="adam")
            net.fit(x, y)
        """,
    "legacy Keras passes the mode along": """
        import tf_keras as keras
        from tf_keras import layers


        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.drop = layers.Dropout(0.5)
                self.head = layers.Dense(1)

            def call(self, x):
                return self.head(self.drop(x))


        def run(x, y):
            net = Net()
            net.compile(loss="mse", optimizer="adam")
            net.fit(x, y)
        """,
}
