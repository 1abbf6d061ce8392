"""Examples of input-shape-mismatch."""

BAD = {
    "the samples are counted in input_shape": """
        import numpy as np
        from tensorflow.keras.models import Sequential
        from tensorflow.keras.layers import LSTM, Dense

        x_train = np.random.random((1000, 10, 1))
        y_train = np.random.random((1000, 1))
        model = Sequential()
        model.add(LSTM(32, input_shape=x_train.shape))
        model.add(Dense(1))
        model.compile(loss='mse', optimizer='adam')
        model.fit(x_train, y_train, epochs=2)  # KER808 error: (1000, 10, 1)
    """,
    "images are flattened for a convolution": """
        from keras.datasets import mnist
        from keras.models import Sequential
        from keras.layers import Conv2D, Dense, Flatten

        (x_train, y_train), (x_test, y_test) = mnist.load_data()
        x_train = x_train.reshape(60000, 784) / 255.0
        model = Sequential([
            Conv2D(16, 3, activation='relu', input_shape=(28, 28, 1)),
            Flatten(),
            Dense(10, activation='softmax'),
        ])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x_train, y_train)  # KER808 error: expects (None, 28, 28, 1)
    """,
    "channels come first in the data": """
        import numpy as np
        import tensorflow as tf
        from tensorflow.keras import layers

        images = np.zeros((50, 3, 32, 32), dtype='float32')
        labels = np.zeros((50,), dtype='int64')
        inputs = tf.keras.Input(shape=(32, 32, 3))
        x = layers.Conv2D(8, 3)(inputs)
        x = layers.GlobalAveragePooling2D()(x)
        model = tf.keras.Model(inputs, layers.Dense(5)(x))
        model.compile('adam', tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(images, labels)  # KER808 error: `images` is (50, 3, 32, 32)
    """,
    "a picture without a batch is predicted": """
        from keras.layers import Conv2D, Dense, Flatten
        from keras.models import Sequential
        from keras.preprocessing import image

        model = Sequential()
        model.add(Conv2D(8, (3, 3), input_shape=(64, 64, 3)))
        model.add(Flatten())
        model.add(Dense(1, activation='sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='adam')
        picture = image.load_img('cat.jpg', target_size=(64, 64))
        picture = image.img_to_array(picture)
        print(model.predict(picture))  # KER808 error: one sample and no batch
    """,
    "lists are given as data": """
        from keras.models import Sequential
        from keras.layers import Dense

        X = [[0, 0], [0, 1], [1, 0], [1, 1]]
        y = [0, 1, 1, 0]
        model = Sequential()
        model.add(Dense(4, input_dim=2, activation='tanh'))
        model.add(Dense(1, activation='sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='adam')
        model.fit(X, y, epochs=100)  # KER808 error: list of numbers
    """,
    "a pipeline that is not batched": """
        import numpy as np
        import tensorflow as tf

        features, targets = np.random.rand(100, 6), np.random.rand(100, 1)
        dataset = tf.data.Dataset.from_tensor_slices((features, targets)).shuffle(100)
        model = tf.keras.Sequential([tf.keras.Input((6,)), tf.keras.layers.Dense(1)])
        model.compile('sgd', 'mse')
        model.fit(dataset, epochs=3)  # KER808 error: is not batched
    """,
    "a number is no shape": """
        from keras import Input, Model
        from keras.layers import Dense

        inputs = Input(shape=(28))  # KER808 error: a number
        model = Model(inputs, Dense(2)(inputs))
    """,
    "the test data were not reshaped as the training data were": """
        from tensorflow import keras

        (x_train, y_train), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
        x_train = x_train.reshape(-1, 784).astype('float32') / 255
        model = keras.Sequential()
        model.add(keras.layers.Dense(64, activation='relu', input_shape=(784,)))
        model.add(keras.layers.Dense(10, activation='softmax'))
        model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
        model.fit(x_train, y_train, epochs=1)
        model.evaluate(x_test, y_test)  # KER808 error: (10000, 28, 28)
    """,
    "a recurrent layer without a features axis, built by its data": """
        import numpy as np
        from keras import Sequential, layers

        series = np.arange(500).reshape(50, 10) / 500
        model = Sequential([layers.LSTM(16), layers.Dense(1)])
        model.compile(loss='mse', optimizer='rmsprop')
        model.fit(series, series[:, -1])  # KER808 error: 2 axes
    """,
    "a Sequential that pools over space takes any size": """
        import numpy as np
        from keras import Input, Sequential, layers

        photos = np.random.rand(20, 100, 100, 3)
        model = Sequential([
            Input((64, 64, 3)),
            layers.Conv2D(8, 3, activation='relu'),
            layers.GlobalAveragePooling2D(),
            layers.Dense(1),
        ])
        model.compile('adam', 'mse')
        model.fit(photos, np.random.rand(20))  # KER808 warning: was declared for (None, 64, 64, 3)
    """,
}

GOOD = {
    "a generator of one's own is no list, whatever it gives": """
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense


        def batches():
            for number in range(3):
                yield np.full((4, 2), number), np.zeros(4)


        def samples():
            start = 0
            while start < 4:
                yield (np.array([[start, start + 1] for _ in range(2)]),)
                start += 2


        model = Sequential([Input((2,)), Dense(1)])
        model.compile("sgd", "mse")
        model.fit(batches(), steps_per_epoch=3)
        model.predict(samples())
    """,
    "Keras adds the axis of one that is missing": """
        from keras.datasets import mnist
        from keras.models import Sequential
        from keras.layers import Conv2D, Dense, Flatten

        (x_train, y_train), (x_test, y_test) = mnist.load_data()
        model = Sequential([
            Conv2D(4, 3, activation='relu', input_shape=(28, 28, 1)),
            Flatten(),
            Dense(10, activation='softmax'),
        ])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x_train / 255.0, y_train)
    """,
    "one column may be a row of numbers": """
        import numpy as np
        from keras import Input, Sequential, layers

        x = np.linspace(-1, 1, 200)
        model = Sequential([Input((1,)), layers.Dense(1)])
        model.compile('sgd', 'mse')
        model.fit(x, 3 * x + 1, verbose=0)
        model.predict(np.array([0.5]))
    """,
    "the array is reshaped before": """
        import numpy as np
        from keras import Input, Sequential, layers

        series = np.arange(500).reshape(50, 10) / 500
        model = Sequential([Input((10, 1)), layers.LSTM(4), layers.Dense(1)])
        model.compile(loss='mse', optimizer='rmsprop')
        model.fit(np.expand_dims(series, -1), series[:, -1], verbose=0)
    """,
    "free axes take any extent": """
        import numpy as np
        from keras import Input, Model, layers

        inputs = Input((None, 4))
        model = Model(inputs, layers.Dense(1)(layers.LSTM(8)(inputs)))
        model.compile('adam', 'mse')
        model.fit(np.zeros((6, 17, 4)), np.zeros((6, 1)), verbose=0)
        model.predict(np.zeros((2, 5, 4)))
    """,
    "two inputs in a list": """
        import numpy as np
        from keras import Input, Model, layers

        left, right = Input((2,)), Input((3,))
        model = Model([left, right], layers.Dense(1)(layers.Concatenate()([left, right])))
        model.compile('adam', 'mse')
        model.fit([np.zeros((6, 2)), np.zeros((6, 3))], np.zeros((6, 1)), verbose=0)
    """,
    "what cannot be known: data from a file, and a model that is loaded": """
        import numpy as np
        from keras import Input, Sequential, layers, models

        x = np.load('x.npy')
        y = np.load('y.npy')
        model = Sequential([Input((12,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(x, y)
        models.load_model('other.keras').predict(np.zeros((3, 5)))
    """,
    "a sample is made a batch of one": """
        import numpy as np
        from keras import Input, Sequential, layers

        model = Sequential([Input((4,)), layers.Dense(1)])
        sample = np.array([5.1, 3.5, 1.4, 0.2])
        model.predict(sample.reshape(1, -1))
        model.predict(np.array([sample]))
        model.predict(sample[None, :])
    """,
    "a loop over rows that nobody counts": """
        import numpy as np
        from keras import Input, Sequential, layers

        def windows(series, size):
            found = []
            for start in range(len(series) - size):
                found.append(series[start:start + size])
            return np.array(found)

        data = windows(np.random.rand(300), 20)
        model = Sequential([Input((20,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(data, data[:, 0], verbose=0)
    """,
}
