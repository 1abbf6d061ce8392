"""Predictions on a shuffled generator do not stand in the order of its classes and file names.

`flow_from_directory` and `flow_from_dataframe` shuffle unless `shuffle=False` is given; `generator.classes` and
`generator.filenames` stay in the order of the files. `confusion_matrix(generator.classes, predictions)` then
compares each prediction with the label of some other image.

Keras (all versions) is silent: the model that reached 95 % in `evaluate` is at chance level in the report.

Bad:

```python
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator

made = ImageDataGenerator(rescale=1 / 255)
test = made.flow_from_directory("test", target_size=(64, 64))  # KER707 error: shuffles
model = Sequential([Input((64, 64, 3)), layers.Flatten(), layers.Dense(3, activation="softmax")])
predicted = model.predict(test).argmax(axis=1)
print((predicted == test.classes).mean())
```

Good:

```python
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator

made = ImageDataGenerator(rescale=1 / 255)
test = made.flow_from_directory("test", target_size=(64, 64), shuffle=False)
model = Sequential([Input((64, 64, 3)), layers.Flatten(), layers.Dense(3, activation="softmax")])
predicted = model.predict(test).argmax(axis=1)
print((predicted == test.classes).mean())
```

kerlint is silent where `shuffle` is not known, and where nothing is read that follows the order of the files.

How to fix: give `shuffle=False` to the generator that is predicted on.

Fix safety: unsafe. The fix adds `shuffle=False`; a generator that is trained on as well should stay shuffled,
and gets no fix.

See: https://github.com/keras-team/keras/issues/4225
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.data_facts import GeneratorFact
from kerlint.model.facts import Program, Training
from kerlint.probes import Holds, Probe, Property, Step

PROBE = Probe(Step.COMPILE, (Holds(Property.ORDER_DIFFERS),))

FLOWS = ("flow_from_directory", "flow_from_dataframe")

BAD = {
    "a confusion matrix in the style of many notebooks": """
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Flatten, Input
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from sklearn.metrics import classification_report, confusion_matrix

test_datagen = ImageDataGenerator(rescale=1./255)
validation_generator = test_datagen.flow_from_directory(  # KER707 error: shuffles
    'data/validation',
    target_size=(150, 150),
    batch_size=32,
    class_mode='categorical')
model = Sequential([Input((150, 150, 3)), Flatten(), Dense(2, activation='softmax')])
Y_pred = model.predict_generator(validation_generator, 10)
y_pred = np.argmax(Y_pred, axis=1)
print(confusion_matrix(validation_generator.classes, y_pred))
print(classification_report(validation_generator.classes, y_pred))
""",
    "names of files, shuffled in so many words": """
import pandas as pd
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator

table = pd.read_csv("test.csv")
flow = ImageDataGenerator().flow_from_dataframe(  # KER707 error: shuffles
    table, directory="test", x_col="file", class_mode=None, target_size=(64, 64), shuffle=True
)
model = Sequential([Input((64, 64, 3)), layers.Flatten(), layers.Dense(1, activation="sigmoid")])
scores = model.predict(flow)
pd.DataFrame({"file": flow.filenames, "score": scores[:, 0]}).to_csv("scores.csv")
""",
    "the generator that was trained on": """
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator

train = ImageDataGenerator().flow_from_directory("train", target_size=(8, 8))  # KER707 error: shuffles
model = Sequential([Input((8, 8, 3)), layers.Flatten(), layers.Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(train)
predicted = model.predict(train)
truth = train.classes
""",
}

GOOD = {
    "not shuffled": """
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator

test = ImageDataGenerator().flow_from_directory("test", target_size=(8, 8), shuffle=False)
model = Sequential([Input((8, 8, 3)), layers.Flatten(), layers.Dense(3, activation="softmax")])
print(model.predict(test), test.classes, test.filenames)
""",
    "only the names of the classes": """
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator

test = ImageDataGenerator().flow_from_directory("test", target_size=(8, 8))
model = Sequential([Input((8, 8, 3)), layers.Flatten(), layers.Dense(3, activation="softmax")])
print(model.predict(test).mean(axis=0), test.class_indices)
""",
    "classes of the generator that is trained on, predictions on another": """
import numpy as np
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator

made = ImageDataGenerator()
train = made.flow_from_directory("train", target_size=(8, 8))
test = made.flow_from_directory("test", target_size=(8, 8), shuffle=False)
model = Sequential([Input((8, 8, 3)), layers.Flatten(), layers.Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
counts = np.bincount(train.classes)
model.fit(train)
predicted = model.predict(test)
truth = test.classes
""",
    "counted before it is trained on": """
import numpy as np
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator

train = ImageDataGenerator().flow_from_directory("train", target_size=(8, 8))
model = Sequential([Input((8, 8, 3)), layers.Flatten(), layers.Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
counts = np.bincount(train.classes)
model.fit(train, class_weight={label: 1 / count for label, count in enumerate(counts)})
print(model.predict(train).max())
""",
    "shuffled or not, by an option": """
from keras import Input, Sequential, layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from settings import SHUFFLE

test = ImageDataGenerator().flow_from_directory("test", target_size=(8, 8), shuffle=SHUFFLE)
model = Sequential([Input((8, 8, 3)), layers.Flatten(), layers.Dense(3, activation="softmax")])
print(model.predict(test), test.classes)
""",
}


def _shuffled(event: Training) -> GeneratorFact | None:
    """The generator that is predicted on, where it certainly shuffles."""
    flow = event.data.x if event.data is not None else None
    if event.kind != "predict" or not isinstance(flow, GeneratorFact):
        return None
    is_flow = flow.site.symbol.rpartition(".")[2] in FLOWS
    return flow if is_flow and flow.site.value("shuffle") is True else None


def _fix(program: Program, flow: GeneratorFact) -> Suggestion | None:
    argument = flow.site.argument("shuffle")
    if argument is None or _is_trained_on(program, flow):
        return None
    if argument.place is not None:
        edit = argument.place.replacing("False") if argument.text == "True" else None
    else:
        edit = flow.site.adding("shuffle", "False")
    return None if edit is None else Suggestion("do not shuffle what is predicted on", (edit,), safe=False)


def _is_trained_on(program: Program, flow: GeneratorFact) -> bool:
    given = [event.data.x for event in program.trainings if event.trains and event.data is not None]
    return any(isinstance(one, GeneratorFact) and one.identity == flow.identity for one in given)


@rule("KER707", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report generators that shuffle, are predicted on, and are asked for the order of their files after it."""
    for event in program.trainings:
        flow = _shuffled(event)
        if flow is None:
            continue
        reads = [one for one in program.generator_reads if one.generator == flow.identity]
        after = [one for one in reads if one.order > event.order]
        if after:
            name = f"`{after[0].name}`"
            message = (
                f"it shuffles (unless shuffle=False), so predictions do not stand in the order of its {name}"
            )
            related = ((event.place, "predicted on here"),)
            yield Hit(flow.site.place, message, related=related, fix=_fix(program, flow))
