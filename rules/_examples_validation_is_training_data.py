"""Examples of validation-is-training-data."""

BAD = {
    "a slice of the training data": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(300, 4), np.random.rand(300)
        model = Sequential([Input((4,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(x, y, validation_data=(x[200:], y[200:]))  # KER703 warning: holds rows of the training data
    """,
    "training goes on with everything although some was split off": """
        import numpy as np
        from sklearn.model_selection import train_test_split
        from keras.models import Sequential
        from keras.layers import Dense

        X, y = np.random.rand(300, 4), np.random.randint(0, 2, 300)
        X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
        model = Sequential()
        model.add(Dense(1, input_dim=4, activation='sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='adam')
        model.fit(X, y, validation_data=(X_test, y_test))  # KER703 warning: holds rows of the training data
    """,
    "two generators over one folder": """
        from tensorflow.keras.preprocessing.image import ImageDataGenerator
        from tensorflow.keras.applications import MobileNet

        generator = ImageDataGenerator(rescale=1. / 255)
        train = generator.flow_from_directory('data/images', target_size=(224, 224))
        valid = generator.flow_from_directory('data/images', target_size=(224, 224))
        model = MobileNet(weights=None, classes=5)
        model.compile('adam', 'categorical_crossentropy')
        model.fit(train, epochs=3, validation_data=valid)  # KER703 warning: the same folder
    """,
    "two parts of a folder that is shuffled in two ways": """
        import keras
        from keras import layers

        train = keras.utils.image_dataset_from_directory('photos', validation_split=0.3, subset='training', seed=11)
        valid = keras.utils.image_dataset_from_directory('photos', validation_split=0.3, subset='validation', seed=12)
        model = keras.Sequential([layers.Input((256, 256, 3)), layers.Rescaling(1 / 255), layers.Flatten(), layers.Dense(4)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(train, validation_data=valid)  # KER703 warning: split off with another seed
    """,
    "a pipeline for both": """
        import numpy as np
        import tensorflow as tf

        data = tf.data.Dataset.from_tensor_slices((np.zeros((50, 3)), np.zeros((50, 1)))).batch(10)
        model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(1)])
        model.compile('sgd', 'mse')
        model.fit(data, validation_data=data)  # KER703 warning: `data` is the training data
    """,
    "whatever a function is given": """
        from keras import Sequential, layers


        def experiment(images, labels):
            model = Sequential([layers.Flatten(), layers.Dense(3, activation='softmax')])
            model.compile('adam', 'categorical_crossentropy')
            model.fit(images, labels, validation_data=(images, labels))  # KER703 warning: `images, labels` is the training data
    """,
    "whatever a module gives": """
        from keras import Sequential, layers
        from mydata import batches

        model = Sequential([layers.Dense(3, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(batches, epochs=5, validation_data=batches)  # KER703 warning: `batches` is the training data
    """,
}

GOOD = {
    "a generator takes its parts by name, whatever the seeds": """
        from tensorflow.keras.preprocessing.image import ImageDataGenerator
        from tensorflow.keras.applications import MobileNet

        photos = ImageDataGenerator(rescale=1. / 255, validation_split=0.2)
        train = photos.flow_from_directory('data/images', target_size=(224, 224), subset='training', seed=1)
        valid = photos.flow_from_directory('data/images', target_size=(224, 224), subset='validation', seed=2)
        model = MobileNet(weights=None, classes=5)
        model.compile('adam', 'categorical_crossentropy')
        model.fit(train, epochs=3, validation_data=valid)
    """,
    "two parts of a folder that is shuffled in one way": """
        import keras
        from keras import layers

        train = keras.utils.image_dataset_from_directory('photos', validation_split=0.3, subset='training', seed=11)
        valid = keras.utils.image_dataset_from_directory('photos', validation_split=0.3, subset='validation', seed=11)
        model = keras.Sequential([layers.Input((256, 256, 3)), layers.Rescaling(1 / 255), layers.Flatten(), layers.Dense(4)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(train, validation_data=valid)
    """,
    "a function makes both": """
        from keras import Sequential, layers
        from mydata import load

        model = Sequential([layers.Dense(3, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(load(), epochs=5, validation_data=load())
    """,
    "other rows of what a function is given": """
        from keras import Sequential, layers


        def experiment(images, labels, rows):
            model = Sequential([layers.Flatten(), layers.Dense(3, activation='softmax')])
            model.compile('adam', 'categorical_crossentropy')
            model.fit(images[rows], labels[rows], validation_data=(images[~rows], labels[~rows]))
    """,
    "an autoencoder is validated on other images": """
        from keras.datasets import mnist
        from keras import Input, Sequential, layers

        (x_train, _), (x_test, _) = mnist.load_data()
        x_train, x_test = x_train.reshape(-1, 784) / 255.0, x_test.reshape(-1, 784) / 255.0
        model = Sequential([Input((784,)), layers.Dense(32, activation='relu'), layers.Dense(784, activation='sigmoid')])
        model.compile('adam', 'binary_crossentropy')
        model.fit(x_train, x_train, validation_data=(x_test, x_test))
    """,
    "rows that do not meet": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(300, 4), np.random.rand(300)
        x_val, y_val = x[:50], y[:50]
        partial_x, partial_y = x[50:], y[50:]
        model = Sequential([Input((4,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(partial_x, partial_y, validation_data=(x_val, y_val), verbose=0)
    """,
    "two subsets of one folder": """
        import keras

        train = keras.utils.image_dataset_from_directory('d', validation_split=0.2, subset='training', seed=1)
        held = keras.utils.image_dataset_from_directory('d', validation_split=0.2, subset='validation', seed=1)
        model = keras.Sequential([keras.Input((256, 256, 3)), keras.layers.Rescaling(1 / 255), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(4)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(train, validation_data=held)
    """,
    "folds": """
        import numpy as np
        from sklearn.model_selection import KFold
        from keras import Input, Sequential, layers

        x, y = np.random.rand(300, 4), np.random.rand(300)
        for train, test in KFold(5).split(x):
            model = Sequential([Input((4,)), layers.Dense(1)])
            model.compile('adam', 'mse')
            model.fit(x[train], y[train], validation_data=(x[test], y[test]))
    """,
    "what cannot be known: windows whose borders are computed elsewhere": """
        import numpy as np
        from keras import Input, Sequential, layers
        from settings import border

        x, y = np.random.rand(300, 4), np.random.rand(300)
        model = Sequential([Input((4,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(x[:border], y[:border], validation_data=(x[border:], y[border:]))
    """,
    "the pieces of a pipeline": """
        import numpy as np
        import tensorflow as tf

        data = tf.data.Dataset.from_tensor_slices((np.zeros((50, 3)), np.zeros((50, 1)))).batch(10)
        model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(1)])
        model.compile('sgd', 'mse')
        model.fit(data.skip(1), validation_data=data.take(1), verbose=0)
    """,
}
