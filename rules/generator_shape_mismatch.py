"""Images out of a folder have another size, or other channels, than the model's input.

`target_size` and `image_size` are (height, width) and default to 256x256; `color_mode` defaults to three
channels. None of them is taken from the model.

Asked of Keras 3.15: a functional model raises `ValueError`, a `Sequential` does where a `Dense` follows a
`Flatten` or the channels differ; with a global pooling it trains on the other size in silence.

Bad:

```python
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator

model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(150, 150, 3)))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
generator = ImageDataGenerator(rescale=1. / 255)
train = generator.flow_from_directory(  # KER803 error: gives (?, 256, 256, 3)
    'data/train', batch_size=16, class_mode='binary')
model.fit(train, epochs=5)
```

Good:

```python
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator

model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(150, 150, 3)))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
generator = ImageDataGenerator(rescale=1. / 255)
train = generator.flow_from_directory(
    'data/train', target_size=(150, 150), batch_size=16, class_mode='binary')
model.fit(train, epochs=5)
```

How to fix: write the size once, as height and width, and give it to both; `color_mode='grayscale'` for one
channel.

See: https://keras.io/api/data_loading/image/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.facts import Program
from kerlint.probes import Holds, Probe, Property, Raises, Step

from ._fits import Fed, fed, single
from ._labels import shown
from ._once import once
from ._shapes import clash

PROBE = Probe(Step.TRAIN, (Raises("incompatible"), Raises("Invalid input"), Holds(Property.SHAPE_DIFFERS)))

BAD = {
    "width before height": """
        from tensorflow import keras
        from tensorflow.keras import layers

        inputs = keras.Input(shape=(480, 640, 3))
        x = layers.Conv2D(8, 3, activation='relu')(inputs)
        model = keras.Model(inputs, layers.Dense(3, activation='softmax')(layers.GlobalMaxPooling2D()(x)))
        model.compile('adam', 'categorical_crossentropy')
        images = keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255)
        flow = images.flow_from_directory('d', target_size=(640, 480))  # KER803 error: height before width
        model.fit(flow)
    """,
    "grey images for three channels": """
        import keras
        from keras import layers

        train = keras.utils.image_dataset_from_directory(  # KER803 error: gives (?, 128, 128, 1)
            'photos', image_size=(128, 128), color_mode='grayscale')
        model = keras.Sequential([
            keras.Input((128, 128, 3)), layers.Rescaling(1 / 255), layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(5)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(train)
    """,
}
GOOD = {
    "one size for both": """
        import keras
        from keras import layers

        SIZE = (128, 96)
        train = keras.utils.image_dataset_from_directory('photos', image_size=SIZE)
        model = keras.Sequential([keras.Input((*SIZE, 3)), layers.Rescaling(1 / 255), layers.Flatten(), layers.Dense(5)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(train)
    """,
    "the pipeline resizes": """
        import keras
        import tensorflow as tf

        train = keras.utils.image_dataset_from_directory('photos').map(lambda x, y: (tf.image.resize(x, (64, 64)), y))
        model = keras.Sequential([keras.Input((64, 64, 3)), keras.layers.Flatten(), keras.layers.Dense(5)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(train)
    """,
    "any size": """
        import keras
        from keras import layers

        train = keras.utils.image_dataset_from_directory('photos')
        model = keras.Sequential([keras.Input((None, None, 3)), layers.Rescaling(1 / 255), layers.Conv2D(8, 3), layers.GlobalMaxPooling2D(), layers.Dense(5)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(train)
    """,
    "what cannot be known: a size from the settings": """
        import keras
        from settings import SIZE

        train = keras.utils.image_dataset_from_directory('photos', image_size=SIZE)
        model = keras.Sequential([keras.Input((64, 64, 3)), keras.layers.Flatten(), keras.layers.Dense(5)])
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(train)
    """,
    "the default size": """
        import keras

        train = keras.utils.image_dataset_from_directory('photos')
        inputs = keras.Input((256, 256, 3))
        model = keras.Model(inputs, keras.layers.Dense(5)(keras.layers.Flatten()(inputs)))
        model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(train)
    """,
}


def _hit(program: Program, one: Fed) -> Hit | None:
    site, fact = one.of_files, single(one.x)
    if site is None or fact is None or fact.shape is None or len(one.model.inputs) != 1:
        return None
    found, expected = clash(one.model, 0, fact.shape, program.target), one.model.inputs[0].shape
    if found is None or expected is None:
        return None
    words = f"{one.x_text} gives {shown(fact.shape)}, but {one.model.label} expects {shown(expected)}"
    if len(expected) == 4 and fact.shape[1:3] == (expected[2], expected[1]):
        words += ": sizes are height before width"
    related = ((one.x_place, f"goes into {one.model.label}"), (one.model.place, "the model"))
    severity = Severity.WARNING if found.kind == "silent" else Severity.ERROR
    return Hit(site.place, words, severity, related=related)


@rule("KER803", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report readings of images whose shape is not that of the model they go into."""
    yield from once(hit for one in fed(program) if (hit := _hit(program, one)) is not None)
