"""A pipeline that shuffles anew in every epoch is split afterwards, so that the parts mix.

`dataset.shuffle(n)` draws a new order each time it is iterated. `take` and `skip` behind it cut another order
every time: what is validation data in one epoch is training data in the next, and the validation loss is that of
samples the model has seen. A seed does not help.

Asked of TensorFlow 2.21: of 20 validation items of 100, about 18 were trained on after some epochs; with
`reshuffle_each_iteration=False` none. It is silent.

Bad:

```python
import numpy as np
import tensorflow as tf

x, y = np.random.rand(1000, 8), np.random.rand(1000, 1)
dataset = tf.data.Dataset.from_tensor_slices((x, y))
dataset = dataset.shuffle(1000)  # KER802 error: draws another order every epoch
train = dataset.take(800).batch(32)
held = dataset.skip(800).batch(32)
model = tf.keras.Sequential([tf.keras.Input((8,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(train, validation_data=held, epochs=10)
```

Good:

```python
import numpy as np
import tensorflow as tf

x, y = np.random.rand(1000, 8), np.random.rand(1000, 1)
dataset = tf.data.Dataset.from_tensor_slices((x, y))
dataset = dataset.shuffle(1000, reshuffle_each_iteration=False)
train = dataset.take(800).shuffle(800).batch(32)
held = dataset.skip(800).batch(32)
model = tf.keras.Sequential([tf.keras.Input((8,)), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(train, validation_data=held, epochs=10)
```

How to fix: split first and shuffle the training part, or pass `reshuffle_each_iteration=False`.

Fix safety: safe; the order is drawn once, which is what a split needs.

See: https://www.tensorflow.org/api_docs/python/tf/data/Dataset#shuffle
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.data_facts import PipelineFact, PipelineStep
from kerlint.model.facts import Program
from kerlint.probes import Holds, Probe, Property, Step

PROBE = Probe(Step.DATA, (Holds(Property.ITEMS_SHARED),))
FREEZES = ("cache", "snapshot", "save")
"""Steps after which the order may stand still."""

BAD = {
    "behind a map": """
        import tensorflow as tf

        def parse(path):
            return tf.io.decode_png(tf.io.read_file(path))

        files = tf.data.Dataset.list_files('images/*.png')
        files = files.shuffle(1000, seed=42)  # KER802 error: draws another order
        images = files.map(parse)
        held, train = images.take(100), images.skip(100)
    """,
    "a folder of images": """
        import keras

        data = keras.utils.image_dataset_from_directory('photos', batch_size=None, shuffle=False)
        mixed = data.shuffle(buffer_size=5000)  # KER802 error: draws another order
        test = mixed.take(500)
        train = mixed.skip(500)
    """,
}
GOOD = {
    "split first, then shuffle": """
        import tensorflow as tf

        data = tf.data.Dataset.range(100)
        train, held = data.skip(20).shuffle(80), data.take(20)
    """,
    "one look at a few": """
        import tensorflow as tf

        data = tf.data.Dataset.range(100).shuffle(100)
        for item in data.take(3):
            print(item)
        train = data.batch(10)
    """,
    "what cannot be known: whether it shuffles anew": """
        import tensorflow as tf
        from settings import anew

        data = tf.data.Dataset.range(100).shuffle(100, reshuffle_each_iteration=anew)
        train, held = data.skip(20), data.take(20)
    """,
    "the order is kept by a cache": """
        import tensorflow as tf

        data = tf.data.Dataset.range(100).shuffle(100).cache()
        for _ in data:
            pass
        train, held = data.skip(20), data.take(20)
    """,
    "the file names are shuffled once": """
        import random
        import tensorflow as tf

        names = [f"{number}.png" for number in range(100)]
        random.Random(1).shuffle(names)
        data = tf.data.Dataset.from_tensor_slices(names)
        train, held = data.skip(20).shuffle(80), data.take(20)
    """,
}


def _restless(fact: PipelineFact) -> PipelineStep | None:
    """The shuffle before the last step that draws a new order every time."""
    before = fact.steps[:-1]
    for index, step in enumerate(before):
        if step.kind != "shuffle":
            continue
        kept = any(later.kind in FREEZES for later in before[index + 1 :])
        told = step.site.arguments.get("reshuffle_each_iteration") or step.site.arguments.get("2")
        if not kept and step.site.exact and (told is None or told.value in (None, True)):
            return step
    return None


def _fix(step: PipelineStep) -> Suggestion | None:
    if step.site.arguments.get("reshuffle_each_iteration") or "2" in step.site.arguments:
        return None
    edit = step.site.adding("reshuffle_each_iteration", "False")
    return None if edit is None else Suggestion("draw the order once", (edit,), safe=True)


@rule("KER802", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report shuffles before a `take` and a `skip` of one pipeline."""
    taken = {fact.parent: fact for fact in program.pipelines if fact.steps and fact.steps[-1].kind == "take"}
    seen: set[object] = set()
    for fact in program.pipelines:
        other = taken.get(fact.parent) if fact.steps and fact.steps[-1].kind == "skip" else None
        step = None if other is None else _restless(fact)
        if step is None or other is None or step.site.place.key in seen:
            continue
        seen.add(step.site.place.key)
        yield Hit(
            step.site.place,
            "shuffle draws another order every epoch, so that take and skip behind it mix the parts they split",
            related=((other.steps[-1].site.place, "one part"), (fact.steps[-1].site.place, "the other part")),
            fix=_fix(step),
        )
