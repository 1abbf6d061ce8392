"""Example programs of `trainable-after-compile`."""

from __future__ import annotations

BAD = {
    "the classic GAN, as a class": """
        from keras.layers import Dense, Input, LeakyReLU
        from keras.models import Model, Sequential
        from keras.optimizers import Adam
        import numpy as np


        class GAN:
            def __init__(self):
                self.discriminator = self.build_discriminator()
                self.discriminator.compile(loss="binary_crossentropy", optimizer=Adam(0.0002, 0.5))
                self.generator = self.build_generator()
                z = Input(shape=(100,))
                img = self.generator(z)
                self.discriminator.trainable = False  # KER701 error: `discriminator` is frozen after its compile
                validity = self.discriminator(img)
                self.combined = Model(z, validity)
                self.combined.compile(loss="binary_crossentropy", optimizer=Adam(0.0002, 0.5))

            def build_generator(self):
                model = Sequential()
                model.add(Dense(256, input_dim=100))
                model.add(LeakyReLU(0.2))
                model.add(Dense(784, activation="tanh"))
                noise = Input(shape=(100,))
                return Model(noise, model(noise))

            def build_discriminator(self):
                model = Sequential()
                model.add(Dense(512, input_dim=784))
                model.add(LeakyReLU(0.2))
                model.add(Dense(1, activation="sigmoid"))
                img = Input(shape=(784,))
                return Model(img, model(img))

            def train(self, epochs, batch_size=128):
                valid = np.ones((batch_size, 1))
                fake = np.zeros((batch_size, 1))
                for epoch in range(epochs):
                    noise = np.random.normal(0, 1, (batch_size, 100))
                    gen_imgs = self.generator.predict(noise)
                    self.discriminator.train_on_batch(np.random.rand(batch_size, 784), valid)
                    self.discriminator.train_on_batch(gen_imgs, fake)
                    self.combined.train_on_batch(noise, valid)


        if __name__ == "__main__":
            gan = GAN()
            gan.train(epochs=10, batch_size=32)
        """,
    "the GAN in functions": """
        from keras.layers import Dense
        from keras.models import Sequential
        import numpy as np


        def define_discriminator():
            model = Sequential()
            model.add(Dense(25, activation="relu", input_dim=2))
            model.add(Dense(1, activation="sigmoid"))
            model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
            return model


        def define_generator(latent_dim):
            model = Sequential()
            model.add(Dense(15, activation="relu", input_dim=latent_dim))
            model.add(Dense(2, activation="linear"))
            return model


        def define_gan(generator, discriminator):
            discriminator.trainable = False  # KER701: never trains it
            model = Sequential()
            model.add(generator)
            model.add(discriminator)
            model.compile(loss="binary_crossentropy", optimizer="adam")
            return model


        discriminator = define_discriminator()
        generator = define_generator(5)
        gan = define_gan(generator, discriminator)
        for i in range(100):
            discriminator.train_on_batch(np.random.rand(64, 2), np.ones((64, 1)))
            gan.train_on_batch(np.random.randn(64, 5), np.ones((64, 1)))
        """,
    "fine-tuning without another compile": """
        import keras
        import numpy as np
        from keras import layers

        base = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation="relu"), layers.Dense(8)])
        base.trainable = False
        model = keras.Sequential([base, layers.Dense(3, activation="softmax")])
        model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
        x, y = np.random.rand(64, 8), np.random.randint(0, 3, 64)
        model.fit(x, y, epochs=5)
        base.trainable = True  # KER701 warning: ignores it until the model is compiled again
        model.fit(x, y, epochs=5)
        """,
    "layers frozen one by one after training": """
        import keras
        import numpy as np
        from keras import layers

        model = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation="relu"), layers.Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.random.rand(8, 8), np.random.rand(8, 1))
        for layer in model.layers[:1]:
            layer.trainable = False  # KER701 warning: set after `model` was trained
        model.fit(np.random.rand(8, 8), np.random.rand(8, 1))
        """,
    "thawed before the combined model trains first": """
        import keras
        import numpy as np
        from keras import layers

        critic = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        critic.compile("sgd", "mse")
        maker = keras.Sequential([keras.Input((2,)), layers.Dense(4)])
        critic.trainable = False
        both = keras.Sequential([maker, critic])
        both.compile("sgd", "mse")
        critic.trainable = True  # KER701 warning: it trains all
        for step in range(3):
            critic.train_on_batch(np.ones((2, 4)), np.ones((2, 1)))
            both.train_on_batch(np.ones((2, 2)), np.ones((2, 1)))
        """,
}

GOOD = {
    "compiled again": """
        import keras
        import numpy as np
        from keras import layers

        base = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation="relu"), layers.Dense(8)])
        base.trainable = False
        model = keras.Sequential([base, layers.Dense(3, activation="softmax")])
        model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
        x, y = np.random.rand(64, 8), np.random.randint(0, 3, 64)
        model.fit(x, y)
        base.trainable = True
        model.compile(optimizer=keras.optimizers.Adam(1e-5), loss="sparse_categorical_crossentropy")
        model.fit(x, y)
        """,
    "frozen before the first training": """
        import keras
        import numpy as np
        from keras import layers

        model = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation="relu"), layers.Dense(1)])
        model.compile("adam", "mse")
        model.layers[0].trainable = False
        model.fit(np.random.rand(8, 8), np.random.rand(8, 1))
        """,
    "the discriminator was trained once before": """
        import keras
        import numpy as np
        from keras import layers

        critic = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        critic.compile("sgd", "mse")
        critic.train_on_batch(np.ones((2, 4)), np.ones((2, 1)))
        maker = keras.Sequential([keras.Input((2,)), layers.Dense(4)])
        critic.trainable = False
        both = keras.Sequential([maker, critic])
        both.compile("sgd", "mse")
        both.train_on_batch(np.ones((2, 2)), np.ones((2, 1)))
        critic.train_on_batch(np.ones((2, 4)), np.ones((2, 1)))
        """,
    "toggled around every batch": """
        import keras
        import numpy as np
        from keras import layers

        critic = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        critic.compile("sgd", "mse")
        maker = keras.Sequential([keras.Input((2,)), layers.Dense(4)])
        critic.trainable = False
        both = keras.Sequential([maker, critic])
        both.compile("sgd", "mse")
        for step in range(3):
            critic.trainable = True
            critic.train_on_batch(np.ones((2, 4)), np.ones((2, 1)))
            critic.trainable = False
            both.train_on_batch(np.ones((2, 2)), np.ones((2, 1)))
        """,
    "Keras 2 goes by the compile": """
        import numpy as np
        import tf_keras
        from tf_keras import layers

        critic = tf_keras.Sequential([layers.Dense(1, input_shape=(4,))])
        critic.compile("sgd", "mse")
        maker = tf_keras.Sequential([layers.Dense(4, input_shape=(2,))])
        critic.trainable = False
        both = tf_keras.Sequential([maker, critic])
        both.compile("sgd", "mse")
        critic.train_on_batch(np.ones((2, 4)), np.ones((2, 1)))
        """,
    "a frozen feature extractor is never trained by itself": """
        import keras
        import numpy as np
        from keras import layers

        features = keras.Sequential([keras.Input((4,)), layers.Dense(8)])
        features.compile("sgd", "mse")
        features.trainable = False
        model = keras.Sequential([features, layers.Dense(1)])
        model.compile("sgd", "mse")
        model.fit(np.ones((2, 4)), np.ones((2, 1)))
        print(features.predict(np.ones((2, 4))))
        """,
    "cannot know: how the settings are made": """
        import keras
        import numpy as np
        from keras import layers
        from project import set_trainable

        model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        model.compile("sgd", "mse")
        set_trainable(model, False)
        model.fit(np.ones((2, 4)), np.ones((2, 1)))
        """,
}
