"""Examples of class-count-mismatch."""

BAD = {
    "rows of ten for nine units": """
        import tensorflow as tf
        from tensorflow.keras import layers

        (x_train, y_train), (x_test, y_test) = tf.keras.datasets.fashion_mnist.load_data()
        y_train = tf.keras.utils.to_categorical(y_train)
        model = tf.keras.Sequential()
        model.add(layers.Flatten(input_shape=(28, 28)))
        model.add(layers.Dense(9, activation='softmax'))  # KER810 error: 10 classes
        model.compile(optimizer='adam', loss='categorical_crossentropy')
        model.fit(x_train / 255.0, y_train)
    """,
    "labels that begin at one": """
        import numpy as np
        from keras import Input, Model, layers

        x, y = np.random.rand(60, 8), np.random.randint(1, 6, size=(60,))
        inputs = Input((8,))
        model = Model(inputs, layers.Dense(5, activation='softmax')(inputs))  # KER810 error: from 1 to 5
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y)
    """,
    "to_categorical was told of more classes": """
        import numpy as np
        from keras.models import Sequential
        from keras.layers import Dense
        from keras.utils import to_categorical

        x, y = np.random.rand(60, 8), np.random.randint(0, 5, size=(60,))
        model = Sequential()
        model.add(Dense(16, activation='relu', input_dim=8))
        model.add(Dense(5, activation='softmax'))  # KER810 error: 6 classes
        model.compile(loss='categorical_crossentropy', optimizer='adam')
        model.fit(x, to_categorical(y, num_classes=6))
    """,
}

GOOD = {
    "as many units as classes": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(60, 8), np.random.randint(0, 5, size=(60,))
        model = Sequential([Input((8,)), layers.Dense(5, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y, verbose=0)
    """,
    "labels from one are moved": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(60, 8), np.random.randint(1, 6, size=(60,))
        model = Sequential([Input((8,)), layers.Dense(5, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y - 1, verbose=0)
    """,
    "a few classes of a data set": """
        from keras import Input, Sequential, layers
        from keras.datasets import mnist

        (x_train, y_train), _ = mnist.load_data()
        keep = y_train < 5
        x_train, y_train = x_train[keep], y_train[keep]
        model = Sequential([Input((28, 28)), layers.Flatten(), layers.Dense(5, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x_train / 255.0, y_train)
    """,
    "what cannot be known: classes counted in a folder": """
        import os
        import numpy as np
        from keras import Input, Sequential, layers

        classes = os.listdir('images')
        x, y = np.random.rand(60, 8), np.random.randint(0, 5, size=(60,))
        model = Sequential([Input((8,)), layers.Dense(len(classes), activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y)
    """,
    "one unit more than there are classes": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(60, 8), np.random.randint(0, 5, size=(60,))
        model = Sequential([Input((8,)), layers.Dense(6, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y, verbose=0)
    """,
}
