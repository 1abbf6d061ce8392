"""Examples of probability-loss-without-activation."""

BAD = {
    "sparse labels": """
        import tensorflow as tf

        (x_train, y_train), _ = tf.keras.datasets.mnist.load_data()
        model = tf.keras.models.Sequential([
            tf.keras.layers.Flatten(input_shape=(28, 28)),
            tf.keras.layers.Dense(128, activation='relu'),
            tf.keras.layers.Dropout(0.2),
            tf.keras.layers.Dense(10)  # KER104 error: "sparse_categorical_crossentropy" expects probabilities
        ])
        model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
        model.fit(x_train, y_train, epochs=5)
    """,
    "explicitly linear, with one-hot labels": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential()
        model.add(Dense(30, input_dim=4, activation='relu'))
        model.add(Dense(3, activation='linear'))  # KER104 error: Dense(3, linear) has no activation
        model.compile(loss='categorical_crossentropy', optimizer='adam')
    """,
    "a loss object in a functional model": """
        from tensorflow import keras
        from tensorflow.keras import layers

        inputs = keras.Input(shape=(32, 32, 3))
        x = layers.Conv2D(8, 3, activation="relu")(inputs)
        x = layers.Conv2D(10, 1)(x)  # KER104 error: CategoricalCrossentropy expects probabilities
        outputs = layers.GlobalAveragePooling2D()(x)
        model = keras.Model(inputs, outputs)
        model.compile(loss=keras.losses.CategoricalCrossentropy(), optimizer="sgd")
    """,
    "a subclassed model": """
        import tensorflow as tf

        class Classifier(tf.keras.Model):
            def __init__(self, classes):
                super().__init__()
                self.hidden = tf.keras.layers.Dense(16, activation="relu")
                self.head = tf.keras.layers.Dense(classes)  # KER104: expects probabilities

            def call(self, inputs):
                return self.head(self.hidden(inputs))

        model = Classifier(3)
        model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(), ["accuracy"])
    """,
    "a tanh": """
        from keras.models import Sequential
        from keras.layers import Dense

        model = Sequential()
        model.add(Dense(8, input_dim=2, activation='relu'))
        model.add(Dense(1, activation='tanh'))  # KER104: ends in tanh
        model.compile(loss='binary_crossentropy', optimizer='adam')
    """,
    "a builder for scikit-learn": """
        from keras.models import Sequential
        from keras.layers import Dense
        from keras.wrappers.scikit_learn import KerasClassifier

        def create_model():
            model = Sequential()
            model.add(Dense(12, input_dim=8, activation='relu'))
            model.add(Dense(1))  # KER104: Dense(1, linear)
            model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
            return model

        clf = KerasClassifier(build_fn=create_model, epochs=10)
    """,
}
GOOD = {
    "scores and from_logits": """
        import tensorflow as tf

        model = tf.keras.Sequential([tf.keras.layers.Flatten(input_shape=(28, 28)), tf.keras.layers.Dense(10)])
        loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
        probability_model = tf.keras.Sequential([model, tf.keras.layers.Softmax()])
    """,
    "an activation layer behind": """
        from keras.models import Sequential
        from keras.layers import Activation, Dense

        model = Sequential([Dense(10, input_dim=4), Activation("softmax")])
        model.compile(loss="categorical_crossentropy", optimizer="adam")
    """,
    "a softmax of one's own cannot be known": """
        import keras
        from keras import layers
        from mylib import my_softmax

        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.out = layers.Dense(10)

            def call(self, x):
                return my_softmax(self.out(x))

        net = Net()
        net.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
    """,
    "a Lambda behind, and from_logits from elsewhere": """
        import sys
        import keras
        from keras import layers

        i = keras.Input((4,))
        model = keras.Model(i, layers.Lambda(lambda x: x / 2 + 0.5)(layers.Dense(2)(i)))
        model.compile(loss="categorical_crossentropy", optimizer="adam")
        other = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
        other.compile(loss=keras.losses.CategoricalCrossentropy(from_logits="-l" in sys.argv), optimizer="adam")
    """,
    "a regression and a hinge": """
        import keras
        from keras import layers

        for loss in ("mse", "hinge", "categorical_hinge"):
            model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
            model.compile(loss=loss, optimizer="adam")
    """,
    "a loss that passes from_logits on": """
        import keras
        from keras import layers

        def loss(y_true, y_pred):
            return keras.losses.sparse_categorical_crossentropy(y_true, y_pred, from_logits=True)

        model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
        model.compile(loss=loss, optimizer="adam")
    """,
    "an activation from elsewhere": """
        import json
        import keras
        from keras import layers

        config = json.load(open("c.json"))
        model = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation=config["last"])])
        model.compile(loss="categorical_crossentropy", optimizer="adam")
    """,
}
