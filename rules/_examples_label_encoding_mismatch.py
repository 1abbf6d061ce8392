"""Examples of label-encoding-mismatch."""

BAD = {
    "one-hot labels for the sparse loss": """
        from tensorflow import keras
        from tensorflow.keras.utils import to_categorical

        (x_train, y_train), (x_test, y_test) = keras.datasets.cifar10.load_data()
        y_train = to_categorical(y_train, 10)
        model = keras.Sequential([
            keras.layers.Flatten(input_shape=(32, 32, 3)),
            keras.layers.Dense(10, activation='softmax'),
        ])
        model.compile('adam', loss='sparse_categorical_crossentropy')  # KER801 error: is one-hot
        model.fit(x_train / 255.0, y_train)
    """,
    "encoded labels that were not made rows of one": """
        import numpy as np
        import pandas as pd
        from sklearn.preprocessing import LabelEncoder
        from keras.models import Sequential
        from keras.layers import Dense

        data = pd.read_csv('iris.csv').values
        X = data[:, 0:4].astype(float)
        y = LabelEncoder().fit_transform(data[:, 4])
        model = Sequential()
        model.add(Dense(8, input_dim=4, activation='relu'))
        model.add(Dense(3, activation='softmax'))
        model.compile(loss='categorical_crossentropy', optimizer='adam')  # KER801 error: numbers of classes
        model.fit(X, y, epochs=200)
    """,
    "two units for one column of zeros and ones": """
        import numpy as np
        from keras import Input, Model, layers

        x, y = np.random.rand(90, 6), np.random.randint(0, 2, size=90)
        inputs = Input((6,))
        outputs = layers.Dense(2, activation='sigmoid')(layers.Dense(8, activation='relu')(inputs))
        model = Model(inputs, outputs)
        model.compile(loss='binary_crossentropy', optimizer='adam')  # KER801 error: a label for each unit
        model.fit(x, y)
    """,
    "one unit for two columns": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense
        from keras.utils import to_categorical

        x, y = np.random.rand(90, 6), np.random.randint(0, 2, size=90)
        model = Sequential([Dense(8, activation='relu', input_shape=(6,)), Dense(1, activation='sigmoid')])
        model.compile('adam', 'binary_crossentropy')  # KER801 error: a label for each unit
        model.fit(x, to_categorical(y, 2))
    """,
    "codes in a pipeline": """
        import tensorflow as tf

        (x, y), _ = tf.keras.datasets.mnist.load_data()
        dataset = tf.data.Dataset.from_tensor_slices((x / 255.0, y)).batch(32)
        model = tf.keras.Sequential([
            tf.keras.layers.Flatten(input_shape=(28, 28)),
            tf.keras.layers.Dense(10),
        ])
        model.compile('adam', tf.keras.losses.CategoricalCrossentropy(from_logits=True))  # KER801 error: numbers
        model.fit(dataset)
    """,
}

GOOD = {
    "codes and the sparse loss": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(60, 6), np.random.randint(0, 3, size=60)
        model = Sequential([Input((6,)), layers.Dense(3, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y, verbose=0)
    """,
    "rows of one and the categorical loss": """
        import numpy as np
        from keras import Input, Sequential, layers
        from keras.utils import to_categorical

        x, y = np.random.rand(60, 6), np.random.randint(0, 3, size=60)
        model = Sequential([Input((6,)), layers.Dense(3, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(x, to_categorical(y, 3), verbose=0)
    """,
    "many labels at once": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(60, 6), np.random.randint(0, 2, size=(60, 5))
        model = Sequential([Input((6,)), layers.Dense(5, activation='sigmoid')])
        model.compile('adam', 'binary_crossentropy')
        model.fit(x, y, verbose=0)
    """,
    "what cannot be known: labels out of a function elsewhere": """
        import numpy as np
        from keras import Input, Sequential, layers
        from helpers import load_labels

        x, y = np.random.rand(60, 6), load_labels()
        model = Sequential([Input((6,)), layers.Dense(3, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(x, y)
    """,
    "the labels are encoded in the pipeline": """
        import tensorflow as tf

        (x, y), _ = tf.keras.datasets.mnist.load_data()
        dataset = tf.data.Dataset.from_tensor_slices((x / 255.0, y))
        dataset = dataset.map(lambda image, label: (image, tf.one_hot(label, 10))).batch(32)
        model = tf.keras.Sequential([
            tf.keras.layers.Flatten(input_shape=(28, 28)),
            tf.keras.layers.Dense(10, activation='softmax'),
        ])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(dataset)
    """,
    "a label for every position": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.randint(0, 50, (40, 12)), np.random.randint(0, 50, (40, 12))
        model = Sequential([Input((12,)), layers.Embedding(50, 8), layers.Dense(50, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y, verbose=0)
    """,
}
