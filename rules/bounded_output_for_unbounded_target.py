"""The targets of a regression lie outside of what the output's activation can give.

A sigmoid gives 0 to 1, a tanh -1 to 1. Where the targets go beyond, the loss pushes the output into its
flat end: it sticks there, the gradients vanish, and no training gets the error below the distance.

Keras (all versions, asked on 3.15) is silent.

Bad:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

x = np.linspace(-10, 10, 1000).reshape(-1, 1)
y = x * 0.5 + 3
model = Sequential()
model.add(Dense(16, input_dim=1, activation='relu'))
model.add(Dense(1, activation='sigmoid'))  # KER205 warning: gives 0 to 1
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=100)
```

Good:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

x = np.linspace(-10, 10, 1000).reshape(-1, 1)
y = x * 0.5 + 3
model = Sequential()
model.add(Dense(16, input_dim=1, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=100)
```

How to fix: no activation on the output, or targets scaled into its range (`MinMaxScaler`).

See: https://keras.io/api/layers/activations/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.data_facts import ArrayFact
from kerlint.model.facts import Program
from kerlint.model.losses import REGRESSION
from kerlint.probes import Holds, Probe, Property, Step
from kerlint.python.values import Unknown

from ._compiles import activation_place, head_place, related
from ._once import once
from ._targets import Target, targets

PROBE = Probe(Step.COMPILE, (Holds(Property.BOUNDED_OUTPUT),))
RANGES = {"sigmoid": (0.0, 1.0), "hard_sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0)}
SLACK = 0.01

BAD = {
    "prices and a sigmoid": """
        from tensorflow import keras

        (x_train, y_train), (x_test, y_test) = keras.datasets.boston_housing.load_data()
        model = keras.Sequential([
            keras.layers.Dense(64, activation='relu', input_shape=(13,)),
            keras.layers.Dense(1, activation='sigmoid'),  # KER205 warning: gives 0 to 1
        ])
        model.compile('rmsprop', loss='mse', metrics=['mae'])
        model.fit(x_train, y_train, epochs=10)
    """,
    "standardised targets and a sigmoid": """
        import numpy as np
        from sklearn.preprocessing import StandardScaler
        from keras.models import Sequential
        from keras.layers import Dense

        x, y = np.random.rand(100, 3), np.random.rand(100, 1)
        y = StandardScaler().fit_transform(y)
        model = Sequential()
        model.add(Dense(8, input_dim=3, activation='relu'))
        model.add(Dense(1, activation='sigmoid'))  # KER205 warning: standardised
        model.compile(loss='mean_squared_error', optimizer='adam')
        model.fit(x, y)
    """,
    "whole numbers and a tanh": """
        import numpy as np
        from keras import Input, Model, layers

        x = np.random.rand(100, 3)
        y = np.random.uniform(0, 50, size=(100, 1))
        inputs = Input((3,))
        outputs = layers.Activation('tanh')(layers.Dense(1)(inputs))  # KER205 warning: gives -1 to 1
        model = Model(inputs, outputs)
        model.compile('adam', 'mae')
        model.fit(x, y)
    """,
}
GOOD = {
    "targets within the range": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(100, 3), np.random.rand(100, 1)
        model = Sequential([Input((3,)), layers.Dense(1, activation='sigmoid')])
        model.compile('adam', 'mse')
        model.fit(x, y, verbose=0)
    """,
    "pixels divided by 255": """
        from keras import Input, Sequential, layers
        from keras.datasets import mnist

        (x, _), _ = mnist.load_data()
        x = x.reshape(-1, 784) / 255.0
        model = Sequential([Input((784,)), layers.Dense(32, activation='relu'), layers.Dense(784, activation='sigmoid')])
        model.compile('adam', 'mse')
        model.fit(x, x)
    """,
    "scaled into the range": """
        import numpy as np
        from sklearn.preprocessing import MinMaxScaler
        from keras import Input, Sequential, layers

        x, y = np.random.rand(100, 3), np.random.uniform(0, 50, size=(100, 1))
        y = MinMaxScaler().fit_transform(y)
        model = Sequential([Input((3,)), layers.Dense(1, activation='sigmoid')])
        model.compile('adam', 'mse')
        model.fit(x, y)
    """,
    "what cannot be known: a column of a file": """
        import pandas as pd
        from keras import Input, Sequential, layers

        table = pd.read_csv('flats.csv')
        model = Sequential([Input((3,)), layers.Dense(1, activation='sigmoid')])
        model.compile('adam', 'mse')
        model.fit(table[['rooms', 'area', 'floor']], table['price'])
    """,
    "no activation": """
        import numpy as np
        from keras import Input, Sequential, layers

        x, y = np.random.rand(100, 3), np.random.uniform(-5, 5, size=(100, 1))
        model = Sequential([Input((3,)), layers.Dense(8, activation='tanh'), layers.Dense(1)])
        model.compile('adam', 'mse')
        model.fit(x, y, verbose=0)
    """,
}


def _outside(fact: ArrayFact, low: float, high: float) -> str | None:
    """What the targets are, in words, where they leave the range."""
    if fact.scaled == "standard":
        beyond = "negative for every second sample" if low == 0 else "beyond 1 for every third sample"
        return f"is standardised, {beyond}"
    if not fact.tight or fact.low is None or fact.high is None:
        return None
    if fact.low < low - SLACK or fact.high > high + SLACK:
        return f"goes from {fact.low:g} to {fact.high:g}"
    return None


def _hit(target: Target) -> Hit | None:
    head = target.pair.head
    if target.loss not in REGRESSION or isinstance(head.activation, Unknown) or head.applied is None:
        return None
    span = RANGES.get(head.activation)
    words = None if span is None else _outside(target.fact, *span)
    if span is None or words is None or not head.applied:
        return None
    low, high = span
    place = activation_place(head.applied[0]) or head_place(head) or target.fed.y_place
    message = f"{head.activation} gives {low:g} to {high:g}, but {target.fed.y_text} {words}: the model cannot reach it"
    return Hit(
        place, message, confidence=Confidence.LIKELY, related=related((target.fed.y_place, "the targets"))
    )


@rule("KER205", Severity.WARNING, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report bounded outputs of regressions whose targets are known to lie beyond, once a head."""
    trained = (target for target in targets(program) if target.fed.event.kind != "predict")
    yield from once(hit for target in trained if (hit := _hit(target)) is not None)
