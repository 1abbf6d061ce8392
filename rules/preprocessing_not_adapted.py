"""A preprocessing layer is used without ever having seen data.

`Normalization` learns mean and variance, the lookup layers and `TextVectorization` a vocabulary, and
`Discretization` its bins from `adapt(data)`, unless they are given them.

Asked of Keras 3.15: `Normalization` hands its inputs on as they are, in silence. `TextVectorization`,
`StringLookup` and `IntegerLookup` raise `FailedPreconditionError`, `Discretization` raises `ValueError`.

Bad:

```python
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

x, y = np.random.uniform(0, 1000, (500, 4)), np.random.rand(500)
normalizer = layers.Normalization()  # KER812 warning: hands its inputs on
model = keras.Sequential([normalizer, layers.Dense(32, activation='relu'), layers.Dense(1)])
model.compile('adam', 'mae')
model.fit(x, y, epochs=10)
```

Good:

```python
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

x, y = np.random.uniform(0, 1000, (500, 4)), np.random.rand(500)
normalizer = layers.Normalization()
normalizer.adapt(x)
model = keras.Sequential([normalizer, layers.Dense(32, activation='relu'), layers.Dense(1)])
model.compile('adam', 'mae')
model.fit(x, y, epochs=10)
```

How to fix: call `adapt` with the training data before training, or give what was learned before
(`mean=`, `variance=`, `vocabulary=`).

See: https://keras.io/guides/preprocessing_layers/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.facts import Operation, Program
from kerlint.probes import Holds, Probe, Property, Raises, Step

PROBE = Probe(Step.CALL, (Raises("Table not initialized"), Raises("adapt"), Holds(Property.UNUSED)))
LEARNED = {
    "Normalization": ("mean", "variance"),
    "TextVectorization": ("vocabulary",),
    "StringLookup": ("vocabulary",),
    "IntegerLookup": ("vocabulary",),
    "Discretization": ("bin_boundaries",),
}
"""What may be given instead of `adapt`."""
LOADING = ("load_weights", "set_weights", "load_model", "load_own_variables")
USES = ("fit", "evaluate", "predict", "train_on_batch")

BAD = {
    "a text classifier": """
        import tensorflow as tf
        from tensorflow.keras import layers

        vectorize = layers.TextVectorization(max_tokens=1000, output_sequence_length=20)  # KER812 error: without a vocabulary
        model = tf.keras.Sequential([
            tf.keras.Input(shape=(1,), dtype=tf.string), vectorize, layers.Embedding(1000, 8),
            layers.GlobalAveragePooling1D(), layers.Dense(1, activation='sigmoid')])
        model.compile('adam', 'binary_crossentropy')
        model.fit(texts, labels)
    """,
    "bins that nobody set": """
        import numpy as np
        from keras import Input, Model, layers

        inputs = Input((1,))
        x = layers.Discretization(num_bins=8, output_mode='one_hot')(inputs)  # KER812 error: without bin_boundaries
        model = Model(inputs, layers.Dense(1)(x))
        model.compile('adam', 'mse')
        model.fit(np.random.rand(50, 1), np.random.rand(50, 1))
    """,
}
GOOD = {
    "statistics that are given": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(50, 3), np.random.rand(50)
        model = Sequential([Input((3,)), layers.Normalization(mean=0.5, variance=0.08), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(x, y, verbose=0)
    """,
    "adapted inside a function": """
        import numpy as np
        from keras import Input, Model, layers

        def normalized(inputs, values):
            layer = layers.Normalization(axis=None)
            layer.adapt(values)
            return layer(inputs)

        x, y = np.random.rand(50, 1), np.random.rand(50)
        inputs = Input((1,))
        model = Model(inputs, layers.Dense(1)(normalized(inputs, x)))
        model.compile('adam', 'mse')
        model.fit(x, y, verbose=0)
    """,
    "what cannot be known: another module may adapt it": """
        import numpy as np
        from keras import Input, Sequential, layers
        from tools import learn

        norm = layers.Normalization()
        learn(norm, 'train.csv')
        model = Sequential([Input((3,)), norm, layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(np.random.rand(50, 3), np.random.rand(50))
    """,
    "weights that are loaded": """
        import numpy as np
        from keras import Input, Sequential, layers

        model = Sequential([Input((3,)), layers.Normalization(), layers.Dense(1)])
        model.load_weights('model.weights.h5')
        model.predict(np.random.rand(50, 3))
    """,
    "a model that is built and given back": """
        from keras import Input, Sequential, layers

        def build():
            return Sequential([Input((3,)), layers.Normalization(), layers.Dense(1)])
    """,
}


def _is_bare(operation: Operation) -> bool:
    """Whether a layer is certainly given nothing that it would have to learn."""
    site, names = operation.site, LEARNED.get(operation.cls, ())
    return site is not None and site.exact and bool(names) and all(site.value(name) is None for name in names)


def _hit(operation: Operation) -> Hit | None:
    if operation.place is None:
        return None
    if operation.cls == "Normalization":
        words = "Normalization is never adapted and has no mean: it hands its inputs on as they are"
        return Hit(operation.place, words, Severity.WARNING, Confidence.LIKELY)
    lacking = LEARNED[operation.cls][0]
    words = f"{operation.cls} is never adapted, and without {'a vocabulary' if lacking == 'vocabulary' else lacking} it raises"
    return Hit(operation.place, words, Severity.ERROR, Confidence.LIKELY)


@rule("KER812", Severity.ERROR, ordered=True)
def check(program: Program) -> Iterator[Hit]:
    """Report layers of trained models that should have been adapted, once a construction."""
    if any(site.symbol.endswith(LOADING) for site in program.calls):
        return
    used = {event.model for event in program.trainings if event.kind in USES}
    seen: set[object] = set()
    for model in program.models:
        for node in model.flat.nodes if model.identity in used and model.connected else ():
            operation = node.operation
            if operation.identity in program.adapted or not _is_bare(operation):
                continue
            hit = _hit(operation)
            if hit is not None and hit.place.key not in seen:
                seen.add(hit.place.key)
                yield hit
