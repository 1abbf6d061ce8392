"""Examples of model-input-rescaled-twice."""

BAD = {
    "an application that scales itself": """
        from tensorflow.keras import Sequential, layers
        from tensorflow.keras.applications import EfficientNetB0
        from tensorflow.keras.preprocessing.image import ImageDataGenerator

        train = ImageDataGenerator(rescale=1. / 255).flow_from_directory('d', target_size=(224, 224))
        base = EfficientNetB0(include_top=False, pooling='avg', input_shape=(224, 224, 3))  # KER804 warning: scales 0 to 255 itself
        model = Sequential([base, layers.Dense(6, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(train, epochs=2)
    """,
    "the function of another module": """
        from tensorflow import keras
        from tensorflow.keras.applications.vgg16 import preprocess_input

        images = keras.preprocessing.image.ImageDataGenerator(preprocessing_function=preprocess_input)
        base = keras.applications.MobileNetV2(include_top=False, pooling='avg', input_shape=(224, 224, 3))  # KER804 warning: of vgg16
        model = keras.Sequential([base, keras.layers.Dense(6, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(images.flow_from_directory('d', target_size=(224, 224)))
    """,
    "a generator that divides what was preprocessed": """
        from keras.applications.resnet50 import preprocess_input
        from keras.preprocessing.image import ImageDataGenerator

        images = ImageDataGenerator(rescale=1. / 255, preprocessing_function=preprocess_input)  # KER804 warning: once more
    """,
    "arrays and a layer": """
        from tensorflow import keras

        (x_train, y_train), _ = keras.datasets.cifar10.load_data()
        x_train = x_train.astype('float32') / 255
        inputs = keras.Input((32, 32, 3))
        x = keras.layers.Rescaling(1. / 255)(inputs)  # KER804 warning: scaled already
        x = keras.layers.Conv2D(8, 3, activation='relu')(x)
        model = keras.Model(inputs, keras.layers.Dense(10)(keras.layers.GlobalAveragePooling2D()(x)))
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(x_train, y_train)
    """,
}

GOOD = {
    "raw pixels for an application that scales itself": """
        import keras

        data = keras.utils.image_dataset_from_directory('photos', image_size=(224, 224))
        base = keras.applications.EfficientNetB0(include_top=False, pooling='avg', input_shape=(224, 224, 3))
        model = keras.Sequential([base, keras.layers.Dense(2)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(data)
    """,
    "the function of its own module": """
        from tensorflow import keras
        from tensorflow.keras.applications.mobilenet_v2 import MobileNetV2, preprocess_input

        images = keras.preprocessing.image.ImageDataGenerator(preprocessing_function=preprocess_input)
        base = MobileNetV2(include_top=False, pooling='avg', input_shape=(224, 224, 3))
        model = keras.Sequential([base, keras.layers.Dense(6, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(images.flow_from_directory('d', target_size=(224, 224)))
    """,
    "from scratch any scale will do": """
        from tensorflow import keras

        images = keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255)
        base = keras.applications.EfficientNetB0(include_top=False, weights=None, pooling='avg', input_shape=(224, 224, 3))
        model = keras.Sequential([base, keras.layers.Dense(6, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(images.flow_from_directory('d', target_size=(224, 224)))
    """,
    "from 0 to 1 on to -1 to 1": """
        from tensorflow import keras

        (x, y), _ = keras.datasets.cifar10.load_data()
        model = keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Rescaling(2.0, offset=-1.0), keras.layers.Flatten(), keras.layers.Dense(10)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(x / 255.0, y)
    """,
    "what cannot be known: data from a file": """
        import numpy as np
        from tensorflow import keras

        x, y = np.load('x.npy'), np.load('y.npy')
        model = keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Rescaling(1 / 255), keras.layers.Flatten(), keras.layers.Dense(10)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(x, y)
    """,
}
