"""Features and labels are put into random orders of their own, so that none belongs to the other any more.

Each `np.random.shuffle` draws an order of its own. After one for `x` and one for `y` every sample has the label
of another; the model trains, and its accuracy stays at chance.

Numpy and Keras are silent.

Bad:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

x, y = np.load("x.npy"), np.load("y.npy")
np.random.shuffle(x)
np.random.shuffle(y)
model = Sequential([Dense(1, activation="sigmoid", input_shape=(8,))])
model.compile("adam", "binary_crossentropy")
model.fit(x, y)  # KER807 error: orders of their own
```

Good:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

x, y = np.load("x.npy"), np.load("y.npy")
order = np.random.permutation(len(x))
x, y = x[order], y[order]
model = Sequential([Dense(1, activation="sigmoid", input_shape=(8,))])
model.compile("adam", "binary_crossentropy")
model.fit(x, y)
```

How to fix: draw one permutation and index both with it, or use `sklearn.utils.shuffle(x, y)`.

See: https://numpy.org/doc/stable/reference/random/generated/numpy.random.permutation.html
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.data_facts import ArrayFact, Shuffle
from kerlint.model.facts import Program
from kerlint.probes import Unconfirmable

from ._fits import fed, single

PROBE = Unconfirmable("which label belongs to which sample is written in neither of them")

BAD = {
    "a permutation for each": """
        from keras import Input, Sequential, layers
        from keras.datasets import mnist
        import numpy as np

        (x, y), _ = mnist.load_data()
        x = x[np.random.permutation(len(x))] / 255.0
        y = y[np.random.permutation(len(y))]
        model = Sequential([Input((28, 28)), layers.Flatten(), layers.Dense(10, activation='softmax')])
        model.compile('adam', 'sparse_categorical_crossentropy')
        model.fit(x, y)  # KER807 error: orders of their own
    """,
    "only the labels are shuffled": """
        import numpy as np
        import tensorflow as tf

        (x_train, y_train), (x_test, y_test) = tf.keras.datasets.cifar10.load_data()
        np.random.shuffle(y_train)
        model = tf.keras.Sequential([tf.keras.layers.Flatten(input_shape=(32, 32, 3)), tf.keras.layers.Dense(10)])
        model.compile('adam', tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(x_train / 255.0, y_train)  # KER807 error: shuffled without
    """,
}
GOOD = {
    "the seed is set again between the two": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(50, 3), np.random.rand(50)
        np.random.seed(7)
        np.random.shuffle(x)
        np.random.seed(7)
        np.random.shuffle(y)
        model = Sequential([Input((3,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(x, y, verbose=0)
    """,
    "the state is set again between the two": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(50, 3), np.random.rand(50)
        state = np.random.get_state()
        np.random.shuffle(x)
        np.random.set_state(state)
        np.random.shuffle(y)
        model = Sequential([Input((3,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(x, y, verbose=0)
    """,
    "the rows are shuffled before they are parted": """
        import numpy as np
        from keras import Input, Sequential, layers

        table = np.random.rand(50, 4)
        np.random.shuffle(table)
        x, y = table[:, :3], table[:, 3]
        model = Sequential([Input((3,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(x, y, verbose=0)
    """,
    "targets that are made of what was shuffled": """
        import numpy as np
        from keras import Input, Sequential, layers

        x = np.random.rand(50, 3)
        np.random.shuffle(x)
        model = Sequential([Input((3,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(x, x.sum(axis=1), verbose=0)
    """,
    "what cannot be known: a shuffle of one's own": """
        import numpy as np
        from keras import Input, Sequential, layers
        from tools import mix

        x, y = np.random.rand(50, 3), np.random.rand(50)
        x, y = mix(x, y)
        model = Sequential([Input((3,)), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(x, y)
    """,
}


def _orders(fact: ArrayFact) -> tuple[int, ...]:
    return tuple(one.order for one in fact.shuffled)


def _apart(x: ArrayFact, y: ArrayFact) -> tuple[str, tuple[Shuffle, ...]] | None:
    """How the orders of two arrays came to differ, and by which calls."""
    if (
        0 in (*_orders(x), *_orders(y))
        or not x.rows
        or not y.rows
        or x.rows.origin == y.rows.origin
        or _orders(x) == _orders(y)
    ):
        return None
    moved = (*x.shuffled[-1:], *y.shuffled[-1:])
    if x.shuffled and y.shuffled:
        return "were shuffled in orders of their own", moved
    sources = [(fact.source or "").partition(".x")[0].partition(".y")[0] for fact in (x, y)]
    together = sources[0] == sources[1] and sources[0].startswith("keras.datasets.")
    return ("are pairs of which one was shuffled without the other", moved) if together else None


@rule("KER807", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report fits on features and labels in different random orders."""
    for one in fed(program):
        x, y = single(one.x), single(one.y)
        if one.event.kind != "fit" or one.is_validation or x is None or y is None:
            continue
        found = _apart(x, y)
        if found is None:
            continue
        words, moved = found
        related = tuple((shuffle.place, "shuffled here") for shuffle in moved)
        yield Hit(
            one.x_place, f"{one.x_text} and {one.y_text} {words}: no sample keeps its label", related=related
        )
