"""Raw pixels, 0 to 255, go into a model that expects numbers around zero.

Weights are initialised for inputs of about unit size. Pixels make the first outputs hundreds of times too large:
the initial loss of a ten-class model is about 100 instead of 2.3, gradients explode, units die, and training is
slow or stays at chance.

Keras (all versions, asked on 3.15) is silent.

Bad:

```python
from tensorflow import keras

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
model = keras.Sequential([
    keras.layers.Flatten(input_shape=(28, 28)),
    keras.layers.Dense(128, activation='relu'),
    keras.layers.Dense(10, activation='softmax'),
])
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x_train, y_train, epochs=5)  # KER806 warning: pixels from 0 to 255
```

Good:

```python
from tensorflow import keras

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0
model = keras.Sequential([
    keras.layers.Flatten(input_shape=(28, 28)),
    keras.layers.Dense(128, activation='relu'),
    keras.layers.Dense(10, activation='softmax'),
])
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x_train, y_train, epochs=5)
```

How to fix: divide by 255, or begin the model with `layers.Rescaling(1 / 255)`, which then also holds for what it
predicts.

See: https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.data_facts import ArrayFact
from kerlint.model.facts import Model, Program
from kerlint.probes import Holds, Probe, Property, Step

from ._fits import Fed, fed, single
from ._front import front, scales
from ._once import once

PROBE = Probe(Step.COMPILE, (Holds(Property.RANGE_DIFFERS),))
IMAGES = ("mnist", "fashion_mnist", "cifar10", "cifar100")

BAD = {
    "a folder of photographs": """
        from tensorflow.keras import layers, models
        from tensorflow.keras.preprocessing.image import ImageDataGenerator

        train = ImageDataGenerator(horizontal_flip=True).flow_from_directory('train', target_size=(64, 64))
        model = models.Sequential()
        model.add(layers.Conv2D(32, (3, 3), activation='relu', input_shape=(64, 64, 3)))
        model.add(layers.MaxPooling2D((2, 2), strides=2))
        model.add(layers.Flatten())
        model.add(layers.Dense(4, activation='softmax'))
        model.compile('adam', 'categorical_crossentropy')
        model.fit(train, epochs=10)  # KER806 warning: pixels from 0 to 255
    """,
    "a cast does not scale": """
        import numpy as np
        from keras import Input, Model, layers
        from keras.datasets import cifar10

        (x_train, y_train), _ = cifar10.load_data()
        x_train = x_train.astype('float32')
        inputs = Input((32, 32, 3))
        x = layers.Conv2D(16, 3, activation='relu')(inputs)
        model = Model(inputs, layers.Dense(10, activation='softmax')(layers.GlobalAveragePooling2D()(x)))
        model.compile('sgd', 'sparse_categorical_crossentropy')
        model.fit(x_train, y_train)  # KER806 warning: pixels from 0 to 255
    """,
    "the test data are not scaled as the training data are": """
        from tensorflow import keras

        (x_train, y_train), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
        x_train = x_train / 255.0
        model = keras.Sequential([keras.layers.Flatten(input_shape=(28, 28)), keras.layers.Dense(10)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(x_train, y_train)
        model.evaluate(x_test, y_test)  # KER806 warning: was trained on 0 to 1
    """,
}
GOOD = {
    "the model scales": """
        from keras import Input, Sequential, layers
        from keras.datasets import cifar10

        (x, y), _ = cifar10.load_data()
        model = Sequential([Input((32, 32, 3)), layers.Rescaling(1 / 255), layers.Flatten(), layers.Dense(10)])
        model.compile('adam', 'mse')
        model.fit(x, y)
    """,
    "normalisation comes first": """
        from keras import Input, Sequential, layers
        from keras.datasets import cifar10

        (x, y), _ = cifar10.load_data()
        model = Sequential([
            Input((32, 32, 3)),
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dense(10, activation='softmax'),
        ])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y)
    """,
    "the first convolution is normalised": """
        from keras import Input, Sequential, layers
        from keras.datasets import cifar10

        (x, y), _ = cifar10.load_data()
        model = Sequential([
            Input((32, 32, 3)),
            layers.Conv2D(8, 3, use_bias=False),
            layers.BatchNormalization(),
            layers.Activation('relu'),
            layers.Flatten(),
            layers.Dense(10, activation='softmax'),
        ])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y)
    """,
    "a backbone with its own preprocessing": """
        import keras
        from keras import layers

        data = keras.utils.image_dataset_from_directory('photos', image_size=(224, 224))
        base = keras.applications.EfficientNetB0(include_top=False, pooling='avg')
        model = keras.Sequential([keras.Input((224, 224, 3)), base, layers.Dense(2)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(data)
    """,
    "what cannot be known: a function that may scale": """
        from keras import Input, Sequential, layers
        from keras.datasets import mnist
        from tools import prepare

        (x, y), _ = mnist.load_data()
        x = prepare(x)
        model = Sequential([Input((28, 28)), layers.Flatten(), layers.Dense(10, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y)
    """,
    "standardised by its own statistics": """
        import numpy as np
        from keras import Input, Sequential, layers
        from keras.datasets import mnist

        (x, y), _ = mnist.load_data()
        x = (x - np.mean(x)) / np.std(x)
        model = Sequential([Input((28, 28)), layers.Flatten(), layers.Dense(10, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y)
    """,
}


def _is_image(fact: ArrayFact) -> bool:
    source = fact.source or ""
    name = source.removeprefix("keras.datasets.").partition(":")[0]
    return name in IMAGES or source.endswith(("flow_from_directory", "image_dataset_from_directory"))


def _is_raw(fact: ArrayFact) -> bool:
    """Whether values are pixels as they come."""
    return _is_image(fact) and fact.low == 0 and fact.high == 255 and fact.tight


def _is_scaled(fact: ArrayFact) -> bool:
    return (
        _is_image(fact)
        and fact.low is not None
        and fact.high is not None
        and fact.high <= 2
        and fact.low >= -2
    )


def _expects_small(model: Model) -> bool:
    """Whether a dense or convolutional layer meets the data as they are."""
    found = front(model)
    if found is None or found.first is None or not model.connected:
        return False
    first = found.first.operation
    after = found.after.operation if found.after is not None else None
    if first.kind != "layer" or not first.has("dense", "conv") or any(map(scales, found.passed)):
        return False
    return (
        after is not None
        and not after.has("norm")
        and not any(one.operation.has("rescaling") for one in found.passed)
    )


def _scaled_before(program: Program, one: Fed) -> bool:
    """Whether the model was fitted on the same data, scaled."""
    return any(
        other.event.order < one.event.order + one.is_validation
        and other.model is one.model
        and other.event.kind == "fit"
        and not other.is_validation
        and (fact := single(other.x)) is not None
        and _is_scaled(fact)
        for other in fed(program)
    )


def _hit(program: Program, one: Fed) -> Hit | None:
    fact = single(one.x)
    if fact is None or not _is_raw(fact):
        return None
    if (one.event.kind != "fit" or one.is_validation) and _scaled_before(program, one):
        words = f"{one.x_text} holds pixels from 0 to 255, but {one.model.label} was trained on 0 to 1"
        return Hit(one.x_place, f"{words}: its results mean nothing")
    if one.event.kind == "fit" and not one.is_validation and _expects_small(one.model):
        words = f"{one.x_text} holds pixels from 0 to 255 and nothing scales them before the first layer"
        return Hit(one.x_place, f"{words}: training starts far off", confidence=Confidence.LIKELY)
    return None


@rule("KER806", Severity.WARNING, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report raw pixels that meet a layer with weights."""
    yield from once(hit for one in fed(program) if (hit := _hit(program, one)) is not None)
