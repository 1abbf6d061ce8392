"""`kerlint summary` prints what `model.summary()` prints, to the character."""

from __future__ import annotations

import os
from textwrap import dedent
from typing import Any

import pytest

from kerlint.source import read
from kerlint.summary import summarize
from kerlint.summary.text import table_text

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
pytestmark = pytest.mark.oracle
IMPORTS = "import keras\nfrom keras import layers, ops\n"

PROGRAMS = {
    "an attention with a call of its own": """
        class Cached(layers.MultiHeadAttention):
            def call(self, query, value, key=None, cache=None):
                query, key = self._query_dense(query), self._key_dense(value)
                value = self._value_dense(value)
                found, scores = self._compute_attention(query=query, key=key, value=value)
                return self._output_dense(found)

        class Block(layers.Layer):
            def build(self, shape):
                self.attention = Cached(num_heads=2, key_dim=8, value_dim=5)
                if hasattr(self.attention, "_build_from_signature"):
                    self.attention._build_from_signature(query=shape, value=shape)
                else:
                    self.attention.build(shape, shape)

            def call(self, x):
                return x + self.attention(x, x)

        inputs = keras.Input((16, 32))
        x = Block()(inputs)
        model = keras.Model(inputs, Cached(4, 6, output_shape=9)(x, x))
    """,
    "attributes that only some subclasses have": """
        class Base(keras.Model):
            def __init__(self, **kwargs):
                width = self.width if hasattr(self, "width") else 5
                depth = getattr(self, "depth", 2)
                inputs = x = keras.Input((7,))
                for index in range(depth):
                    x = layers.Dense(width)(x)
                super().__init__(inputs, x, **kwargs)

        class Wide(Base):
            width = 11

        class Scale(layers.Layer):
            def call(self, x):
                return x if hasattr(self, "gate") else x * 2.0

        wide, plain = Wide(), Base()
        outputs = Scale()(plain(wide.output) if hasattr(wide, "no_such_thing") else wide.output)
        model = keras.Model(wide.input, outputs)
    """,
    "numbers that libraries compute": """
        import numpy as np

        class Split(layers.Layer):
            def call(self, x):
                width = ops.cast(ops.shape(x)[-1], x.dtype)
                return x / ops.sqrt(width) + ops.log(2.0)

        inputs = keras.Input((int(np.ceil(13 / 2)), int(ops.ceil(11 / 2.0))))
        x = layers.Dense(int(np.sqrt(50.0)), name=f"first_{keras.backend.get_uid('dense')}")(inputs)
        model = keras.Model(inputs, Split()(layers.Dense(3)(x)))
    """,
    "a chain": """
        model = keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Conv2D(32, 3, activation="relu"),
                layers.BatchNormalization(),
                layers.MaxPooling2D(),
                layers.Flatten(),
                layers.Dense(10, activation="softmax"),
            ]
        )
    """,
    "a functional chain": """
        inputs = keras.Input((16,), name="pixels")
        model = keras.Model(inputs, layers.Dense(2)(layers.Dense(7)(inputs)), name="two")
    """,
    "branches and bare operations": """
        inputs = keras.Input((8,))
        left = layers.Dense(4)(inputs)
        right = left * 2.0 + layers.Dense(4, name="other")(inputs)
        halves = ops.split(layers.Concatenate()([left, ops.relu(right)]), 2, axis=-1)
        model = keras.Model(inputs, halves)
    """,
    "a sum, which begins with zero": """
        inputs = keras.Input((4,))
        parts = [layers.Dense(2)(inputs), layers.Dense(2)(inputs)]
        model = keras.Model(inputs, layers.Add()([sum(parts), parts[0]]))
    """,
    "a shared layer and two inputs": """
        shared = layers.Dense(3, name="shared")
        a, b = keras.Input((5,), name="a"), keras.Input((5,), name="b")
        model = keras.Model([a, b], layers.Add()([shared(a), shared(b)]))
    """,
    "a nested model and a frozen layer": """
        inner = keras.Sequential([keras.Input((4,)), layers.Dense(6), layers.Dense(6)], name="inner")
        inner.trainable = False
        inputs = keras.Input((4,))
        model = keras.Model(inputs, layers.Dense(1)(inner(inputs)))
    """,
    "the second use of a nested model": """
        inner = keras.Sequential([keras.Input((4,)), layers.Dense(4)], name="inner")
        inputs = keras.Input((4,))
        once = inner(inputs)
        model = keras.Model(inputs, layers.Add()([once, inner(once)]))
    """,
    "masks": """
        inputs = keras.Input((7,))
        x = layers.Embedding(20, 4, mask_zero=True)(inputs)
        x = layers.LSTM(5)(layers.Dropout(0.5)(x))
        model = keras.Model(inputs, layers.Dense(1)(x))
    """,
    "joined masks": """
        inputs = keras.Input((7, 4))
        a, b = layers.Masking()(inputs), layers.Masking(2.0)(inputs)
        model = keras.Model(inputs, layers.GRU(2)(layers.Add()([a, b])))
    """,
    "a subclassed model that was called": """
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.first = layers.Dense(4)
                self.second = layers.Dense(2)

            def call(self, x):
                return self.second(self.first(x))

        model = Net()
        model(ops.zeros((1, 3)))
    """,
    "a counter of eight bytes": """
        model = keras.Sequential([keras.Input((3,)), layers.Normalization(), layers.Dense(1)])
    """,
    "a subclassed model called on an Input": """
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.flat = layers.Flatten()
                self.inner = keras.Sequential([keras.Input((4,)), layers.Dense(4)])

            def call(self, x):
                return self.inner(self.flat(x))

        model = Net()
        model(keras.Input((2, 2)))
    """,
    "millions of parameters": """
        model = keras.Sequential([keras.Input((4096,)), layers.Dense(4096), layers.Dense(1)])
    """,
}


def _printed_by_keras(program: str) -> str:
    import keras
    from keras.src.backend.common import global_state

    global_state.clear_session()
    namespace: dict[str, Any] = {}
    exec(program, namespace)
    lines: list[str] = []
    keras.Model.summary(namespace["model"], print_fn=lines.append)
    return "".join(lines)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_table_is_printed_as_keras_prints_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    program = IMPORTS + dedent(PROGRAMS[name])
    (table,) = summarize(read(program.encode(), "program.py"), "model").models
    assert table_text(table) == _printed_by_keras(program)


@pytest.mark.parametrize(
    "name", ["abs", "allclose", "cdist", "fft", "isin", "matmul", "relu", "swish", "expand_dims"]
)
def test_a_bare_operation_has_the_class_and_the_name_that_keras_gives_it(name: str) -> None:
    import keras

    from kerlint.model.made_names import operation_base, operation_class

    arguments = {"allclose": 2, "cdist": 2, "isin": 2, "matmul": 2}.get(name, 1)
    tensors = [keras.Input((4, 4)) for _ in range(arguments)]
    more = {"expand_dims": (1,)}.get(name, ())
    if name == "fft":
        tensors = [(tensors[0], tensors[0])]
    result = keras.tree.flatten(getattr(keras.ops, name)(*tensors, *more))[0]
    made = result._keras_history.operation
    symbol = f"keras.ops.{name}"
    assert operation_class(symbol) == type(made).__name__
    assert made.name.startswith(operation_base(symbol))
