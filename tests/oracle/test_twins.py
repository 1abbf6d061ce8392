"""`kerlint diff --verify`: Keras is given one set of weights for both models."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.twins import checked, equal_pairs
from kerlint.confirm.asking import Asking
from kerlint.confirm.twins import TOLERANCE, verify
from kerlint.diff.result import diff
from kerlint.diff.sides import sides_of

pytestmark = pytest.mark.oracle

PAIR = """\
import keras
from keras import layers


def build():
    inputs = keras.Input((12, 12, 3))
    x = layers.BatchNormalization()(layers.Conv2D(4, 3)(inputs))
    x = keras.activations.relu(x)
    return keras.Model(inputs, layers.Dense(2)(layers.Flatten()(x)))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = layers.Dense(2)
        self.body = keras.Sequential([layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU()])
        self.flat = layers.Flatten()

    def call(self, x):
        return self.head(self.flat(self.body(x)))


other = keras.Sequential([
    keras.Input((12, 12, 3)),
    layers.Conv2D(4, 3, activation="tanh"),
    layers.BatchNormalization(),
    layers.Flatten(),
    layers.Dense(2),
])
"""


@pytest.mark.parametrize(("name", "is_equal"), [("Net", True), ("other", False)])
def test_outputs_are_equal_where_kerlint_says_so_and_differ_where_not(
    ask: Asking, tmp_path: Path, name: str, is_equal: bool
) -> None:
    path = tmp_path / "net.py"
    path.write_text(PAIR)
    left, right, sources = sides_of(f"{path}:build", f"{path}:{name}")
    found = diff(left, right)
    answer = verify(found, sources, ask)
    assert (found.equivalent, answer.error, answer.disagrees) == (is_equal, None, False)
    assert answer.difference is not None
    assert (answer.difference <= TOLERANCE) is is_equal


SECOND = """\
import keras
from keras import layers

i = keras.Input((6,))
h = layers.Dense(4)(i)
one = keras.Model(i, [h, {"a": layers.Dense(2)(h)}])
j = keras.Input((6,))
h = layers.Dense(4)(j)
two = keras.Model(j, [h, {"a": layers.Dense(2, activation="tanh")(h)}])
"""


def test_all_outputs_are_compared(ask: Asking, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(SECOND)
    left, right, sources = sides_of(f"{path}:one", f"{path}:two")
    answer = verify(diff(left, right), sources, ask)
    assert answer.error is None
    assert answer.difference is not None and answer.difference > TOLERANCE


def test_keras_settles_what_arithmetic_leaves_open(ask: Asking, tmp_path: Path) -> None:
    text = (
        "import tensorflow as tf\n"
        "i = keras.Input((6,))\n"
        "a = keras.Model(i, layers.Dense(4, activation='softmax')(i))\n"
        "x = layers.Dense(4)(i)\n"
        "b = keras.Model(i, keras.ops.exp(x) / keras.ops.sum(keras.ops.exp(x), axis=-1, keepdims=True))\n"
    )
    path = tmp_path / "net.py"
    path.write_text(f"import keras\nfrom keras import layers\n{text}")
    left, right, sources = sides_of(f"{path}:a", f"{path}:b")
    found = diff(left, right)
    answer = verify(found, sources, ask)
    assert (found.equivalent, answer.error) == (None, None)
    assert answer.difference is not None and answer.difference <= TOLERANCE


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_keras_computes_the_same_with_random_twins(ask: Asking, seed: int) -> None:
    for text, _ in equal_pairs(seed):
        answer = checked(text, ask)
        assert answer.difference is not None, answer.words
        assert not answer.disagrees, answer.words
