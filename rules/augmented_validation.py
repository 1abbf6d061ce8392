"""The validation images are distorted at random like the training images.

One `ImageDataGenerator` with `validation_split` hands the same random rotations and shifts to both subsets, so
that the validation loss is measured on other images every epoch and not on those the model will meet.

Keras (all versions) is silent.

Bad:

```python
from tensorflow.keras import layers, models
from tensorflow.keras.preprocessing.image import ImageDataGenerator

images = ImageDataGenerator(rescale=1 / 255, rotation_range=40, horizontal_flip=True, validation_split=0.2)
train = images.flow_from_directory('d', target_size=(64, 64), subset='training')
held = images.flow_from_directory('d', target_size=(64, 64), subset='validation')
model = models.Sequential([layers.Flatten(input_shape=(64, 64, 3)), layers.Dense(4, activation='softmax')])
model.compile('adam', 'categorical_crossentropy')
model.fit(train, validation_data=held)  # KER811 warning: rotation_range
```

Good:

```python
from tensorflow.keras import layers, models
from tensorflow.keras.preprocessing.image import ImageDataGenerator

images = ImageDataGenerator(rescale=1 / 255, rotation_range=40, horizontal_flip=True, validation_split=0.2)
plain = ImageDataGenerator(rescale=1 / 255, validation_split=0.2)
train = images.flow_from_directory('d', target_size=(64, 64), subset='training')
held = plain.flow_from_directory('d', target_size=(64, 64), subset='validation')
model = models.Sequential([layers.Flatten(input_shape=(64, 64, 3)), layers.Dense(4, activation='softmax')])
model.compile('adam', 'categorical_crossentropy')
model.fit(train, validation_data=held)
```

How to fix: make a second generator with the same `rescale` and `validation_split` and nothing random.

See: https://github.com/keras-team/keras-preprocessing/issues/218
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.call_sites import CallSite
from kerlint.model.data_facts import GeneratorFact
from kerlint.model.facts import Program
from kerlint.probes import Holds, Probe, Property, Step
from kerlint.python.values import is_known

PROBE = Probe(Step.COMPILE, (Holds(Property.NOT_REPEATABLE),))
RANDOM = (
    "rotation_range",
    "width_shift_range",
    "height_shift_range",
    "brightness_range",
    "shear_range",
    "zoom_range",
    "channel_shift_range",
    "horizontal_flip",
    "vertical_flip",
)

BAD = {
    "a generator of one's own is distorted too": """
        from keras.preprocessing.image import ImageDataGenerator
        from keras.models import Sequential
        from keras.layers import Dense, Flatten

        train = ImageDataGenerator(zoom_range=0.2).flow_from_directory('train', target_size=(32, 32))
        test = ImageDataGenerator(zoom_range=0.2).flow_from_directory('test', target_size=(32, 32))
        model = Sequential([Flatten(input_shape=(32, 32, 3)), Dense(3, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit_generator(train, steps_per_epoch=10, validation_data=test)  # KER811 warning: zoom_range
    """,
    "arrays": """
        import numpy as np
        from tensorflow import keras

        (x, y), (x_test, y_test) = keras.datasets.cifar10.load_data()
        images = keras.preprocessing.image.ImageDataGenerator(width_shift_range=0.1, validation_split=0.1)
        model = keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Flatten(), keras.layers.Dense(10)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(
            images.flow(x / 255.0, y, subset='training'),
            validation_data=images.flow(x / 255.0, y, subset='validation'),  # KER811 warning: width_shift_range
        )
    """,
}
GOOD = {
    "only a scale": """
        from keras.preprocessing.image import ImageDataGenerator
        from keras.models import Sequential
        from keras.layers import Dense, Flatten

        images = ImageDataGenerator(rescale=1 / 255, validation_split=0.2)
        model = Sequential([Flatten(input_shape=(256, 256, 3)), Dense(3, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(images.flow_from_directory('d', subset='training'), validation_data=images.flow_from_directory('d', subset='validation'))
    """,
    "no validation": """
        from keras.preprocessing.image import ImageDataGenerator
        from keras.models import Sequential
        from keras.layers import Dense, Flatten

        images = ImageDataGenerator(rescale=1 / 255, rotation_range=20)
        model = Sequential([Flatten(input_shape=(256, 256, 3)), Dense(3, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(images.flow_from_directory('d'))
    """,
    "ranges of zero": """
        from keras.preprocessing.image import ImageDataGenerator
        from keras.models import Sequential
        from keras.layers import Dense, Flatten

        images = ImageDataGenerator(rotation_range=0, horizontal_flip=False)
        model = Sequential([Flatten(input_shape=(256, 256, 3)), Dense(3, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(images.flow_from_directory('a'), validation_data=images.flow_from_directory('b'))
    """,
    "what cannot be known: options from elsewhere": """
        from keras.preprocessing.image import ImageDataGenerator
        from keras.models import Sequential
        from keras.layers import Dense, Flatten
        from settings import options

        images = ImageDataGenerator(**options)
        model = Sequential([Flatten(input_shape=(256, 256, 3)), Dense(3, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(images.flow_from_directory('a'), validation_data=images.flow_from_directory('b'))
    """,
    "validation on plain arrays": """
        from tensorflow import keras

        (x, y), (x_test, y_test) = keras.datasets.cifar10.load_data()
        images = keras.preprocessing.image.ImageDataGenerator(width_shift_range=0.1)
        model = keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Flatten(), keras.layers.Dense(10)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(images.flow(x / 255.0, y), validation_data=(x_test / 255.0, y_test))
    """,
}


def _distorts(factory: CallSite) -> str | None:
    """The first argument that makes the images random."""
    for name in RANDOM:
        found = factory.argument(name)
        if (
            found is not None
            and found.is_given
            and is_known(found.value)
            and found.value not in (None, 0, 0.0)
        ):
            return name
    return None


@rule("KER811", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report fits that validate on what a distorting generator gives."""
    for event in program.trainings:
        held = event.data.validation if event.data is not None else None
        argument = event.site.argument("validation_data")
        if event.kind != "fit" or not isinstance(held, GeneratorFact) or argument is None:
            continue
        name = _distorts(held.factory)
        if name is not None and argument.place is not None:
            words = f"the validation images are distorted at random ({name}), like those of the training"
            yield Hit(argument.place, words, related=((held.factory.place, "the generator"),))
