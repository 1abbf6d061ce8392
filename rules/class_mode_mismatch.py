"""The labels that a folder of images gives are not those that the loss and the output want.

`class_mode` (`label_mode` of `image_dataset_from_directory`) says what the labels are: `categorical` rows of
one, `sparse` (`int`) numbers of classes, `binary` one number 0 or 1, `None` nothing at all.

Asked of Keras 3.15: a pair that does not go together raises `ValueError` in the first batch; a word that is no
mode raises where it is written, and `class_mode=` is no argument of `image_dataset_from_directory` (TypeError).

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator

model = Sequential()
model.add(Flatten(input_shape=(150, 150, 3)))
model.add(Dense(2, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
generator = ImageDataGenerator(rescale=1. / 255)
train = generator.flow_from_directory('train', target_size=(150, 150), class_mode='binary')  # KER805 error: binary
model.fit(train, epochs=5)
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator

model = Sequential()
model.add(Flatten(input_shape=(150, 150, 3)))
model.add(Dense(2, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
generator = ImageDataGenerator(rescale=1. / 255)
train = generator.flow_from_directory('train', target_size=(150, 150), class_mode='categorical')
model.fit(train, epochs=5)
```

How to fix: `categorical` with `categorical_crossentropy`, `sparse` or `int` with
`sparse_categorical_crossentropy`, `binary` with one sigmoid unit and `binary_crossentropy`.

See: https://keras.io/api/data_loading/image/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.call_sites import CallSite
from kerlint.model.facts import Program
from kerlint.probes import Probe, Raises, Step
from kerlint.python.values import Value

from ._compiles import head_name
from ._compiles import shown as written
from ._fits import fed
from ._once import once
from ._targets import ONE_HOT, SPARSE, Target, judge, targets

PROBE = Probe(
    Step.TRAIN,
    (
        Raises("must have the same"),
        Raises("must have rank"),
        Raises("class_mode"),
        Raises("label_mode"),
        Raises("color_mode"),
        Raises("color mode"),
        Raises("unexpected keyword"),
        Raises("None values not supported"),
    ),
)
FLOWS = ("flow_from_directory", "flow_from_dataframe")
CLASS_MODES = ("categorical", "binary", "sparse", "input", "other", "multi_output", "raw")
LABEL_MODES = ("int", "categorical", "binary")
COLOR_MODES = ("grayscale", "rgb", "rgba")

BAD = {
    "rows of one for one unit": """
        from tensorflow import keras

        train = keras.preprocessing.image.ImageDataGenerator().flow_from_directory('d', target_size=(32, 32))  # KER805 error: categorical
        model = keras.Sequential([
            keras.layers.Flatten(input_shape=(32, 32, 3)), keras.layers.Dense(1, activation='sigmoid')])
        model.compile('adam', 'binary_crossentropy')
        model.fit(train)
    """,
    "numbers for the categorical loss": """
        import keras
        from keras import layers

        train = keras.utils.image_dataset_from_directory('photos')  # KER805 error: int
        model = keras.Sequential([keras.Input((256, 256, 3)), layers.Rescaling(1 / 255), layers.Flatten(), layers.Dense(5, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(train)
    """,
    "one number an image for the rows of a fine-tuned network": """
        from tensorflow import keras
        from tensorflow.keras import layers

        photos = keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255)
        train = photos.flow_from_directory('photos', target_size=(160, 160), class_mode='sparse')  # KER805 error: sparse
        base = keras.applications.MobileNetV2(include_top=False, weights=None, input_shape=(160, 160, 3))
        x = layers.GlobalAveragePooling2D()(base.output)
        model = keras.Model(base.input, layers.Dense(4, activation='softmax')(x))
        model.compile('adam', 'categorical_crossentropy')
        model.fit(train)
    """,
    "a word that is no mode": """
        from keras.preprocessing.image import ImageDataGenerator

        train = ImageDataGenerator().flow_from_directory('d', class_mode='categorial')  # KER805 error: no class_mode
        other = ImageDataGenerator().flow_from_directory('d', color_mode='gray')  # KER805 error: no color_mode
    """,
    "the argument of the other function": """
        import tensorflow as tf

        train = tf.keras.utils.image_dataset_from_directory('d', class_mode='int')  # KER805 error: label_mode
    """,
    "no labels at all": """
        from tensorflow import keras

        train = keras.preprocessing.image.ImageDataGenerator().flow_from_directory('d', target_size=(8, 8), class_mode=None)  # KER805 error: gives no labels
        model = keras.Sequential([keras.layers.Flatten(input_shape=(8, 8, 3)), keras.layers.Dense(3, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(train)
    """,
}
GOOD = {
    "numbers and the sparse loss": """
        import keras

        train = keras.utils.image_dataset_from_directory('photos')
        model = keras.Sequential([keras.Input((256, 256, 3)), keras.layers.Flatten(), keras.layers.Dense(5, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(train)
    """,
    "binary labels and two units with the sparse loss": """
        from tensorflow import keras

        train = keras.preprocessing.image.ImageDataGenerator().flow_from_directory('d', target_size=(8, 8), class_mode='binary')
        model = keras.Sequential([keras.layers.Flatten(input_shape=(8, 8, 3)), keras.layers.Dense(2, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(train)
    """,
    "binary labels and one unit": """
        from tensorflow import keras

        train = keras.preprocessing.image.ImageDataGenerator().flow_from_directory('d', target_size=(8, 8), class_mode='binary')
        model = keras.Sequential([keras.layers.Flatten(input_shape=(8, 8, 3)), keras.layers.Dense(1, activation='sigmoid')])
        model.compile('adam', 'binary_crossentropy')
        model.fit(train)
    """,
    "two classes as rows of one and the binary loss": """
        from tensorflow import keras

        train = keras.preprocessing.image.ImageDataGenerator().flow_from_directory('d', target_size=(8, 8))
        model = keras.Sequential([keras.layers.Flatten(input_shape=(8, 8, 3)), keras.layers.Dense(2, activation='softmax')])
        model.compile('adam', 'binary_crossentropy')
        model.fit(train)
    """,
    "what cannot be known: a mode from the command line": """
        import sys
        from tensorflow import keras

        train = keras.preprocessing.image.ImageDataGenerator().flow_from_directory('d', target_size=(8, 8), class_mode=sys.argv[1])
        model = keras.Sequential([keras.layers.Flatten(input_shape=(8, 8, 3)), keras.layers.Dense(2, activation='softmax')])
        model.compile('adam', 'categorical_crossentropy')
        model.fit(train)
    """,
    "images without labels are predicted": """
        from tensorflow import keras

        test = keras.preprocessing.image.ImageDataGenerator().flow_from_directory('d', target_size=(8, 8), class_mode=None, shuffle=False)
        model = keras.Sequential([keras.layers.Flatten(input_shape=(8, 8, 3)), keras.layers.Dense(2, activation='softmax')])
        model.predict(test)
    """,
}


def _mode(site: CallSite) -> tuple[str, Value]:
    name = "class_mode" if site.symbol.endswith(FLOWS) else "label_mode"
    return name, site.value(name)


def _clashes(target: Target) -> bool:
    """Whether the labels do not go with the loss, by their shape or by what they are.

    An output that is no vector is wrong by itself: other labels would not mend it.
    """
    labels, output = target.fact.labels, target.output
    if output is None or len(output) != 2:
        return False
    if judge(target) is not None:
        return True
    if labels is None:
        return False
    one_hot = labels.encoding == "one-hot"
    if target.loss in ONE_HOT:
        return not one_hot and target.units != 1
    if target.loss == SPARSE:
        return one_hot
    return target.loss == "binary_crossentropy" and one_hot and target.units == 1 and labels.classes != 1


def _pairs(program: Program) -> Iterator[Hit]:
    for target in targets(program):
        site = target.fed.of_files
        if site is None or not _clashes(target):
            continue
        name, mode = _mode(site)
        loss = "the loss" if target.pair.loss is None else written(target.pair.loss)
        words = f"{name}={mode!r} does not go with {loss} and {head_name(target.pair.head)}: Keras raises ValueError"
        yield Hit(site.place, words, related=((target.compiled.site.place, "the loss"),))


def _unlabelled(program: Program) -> Iterator[Hit]:
    for one in fed(program):
        site = one.of_files
        if site is None or one.event.kind != "fit" or one.is_validation:
            continue
        name, mode = _mode(site)
        if mode is None and site.argument(name) is not None and program.compiles:
            yield Hit(site.place, f"{name}=None gives no labels, and {one.model.label} is fitted on them")


def _words(program: Program) -> Iterator[Hit]:
    """Modes that are none, and arguments of the other function."""
    for site in program.calls:
        is_flow = site.symbol.endswith(FLOWS)
        if not is_flow and not site.symbol.endswith("image_dataset_from_directory"):
            continue
        name, mode = _mode(site)
        known = CLASS_MODES if is_flow else LABEL_MODES
        if isinstance(mode, str) and mode not in known:
            yield Hit(site.place, f"{mode!r} is no {name}: it is one of {', '.join(known[:3])} or None")
        color = site.value("color_mode")
        if isinstance(color, str) and color not in COLOR_MODES:
            yield Hit(site.place, f"{color!r} is no color_mode: it is one of {', '.join(COLOR_MODES)}")
        if not is_flow and any(argument.name == "class_mode" for argument in site.unexpected):
            yield Hit(
                site.place, "image_dataset_from_directory takes no class_mode: it is called label_mode here"
            )


@rule("KER805", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report modes of labels that the model cannot be trained on, once a reading."""
    yield from once((*_words(program), *_unlabelled(program), *_pairs(program)))
