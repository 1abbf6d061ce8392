"""What loss functions do with the predictions, by their text."""

from __future__ import annotations

import pytest

from kerlint.model.loss_code import loss_flaws

from .helpers import program_of

MODEL = """
import numpy as np
import tensorflow as tf
from tensorflow import keras

def loss({parameters}):
    {body}

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("sgd", loss{options})
"""


def flaws(body: str, parameters: str = "y_true, y_pred", options: str = "") -> list[tuple[str, str]]:
    """Kind and word of each flaw of a loss with this body."""
    text = MODEL.format(body=body, parameters=parameters, options=options)
    return [(flaw.kind, flaw.word) for flaw in loss_flaws(program_of(text))]


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        ("return tf.reduce_mean(y_true - tf.round(y_pred))", ("flat", "tf.round")),
        ("return tf.reduce_mean(tf.cast(y_pred > 0.5, 'float32') - y_true)", ("flat", "a comparison")),
        ("y_pred = tf.round(y_pred); return tf.reduce_mean(y_true - y_pred)", ("flat", "tf.round")),
        ("return np.abs(y_true - y_pred)", ("array", "np.abs")),
        ("return tf.reduce_mean(y_true - y_pred.numpy())", ("array", ".numpy()")),
    ],
)
def test_predictions_that_lose_their_gradient(body: str, flaw: tuple[str, str]) -> None:
    assert flaws(body) == [flaw]


@pytest.mark.parametrize(
    "body",
    [
        "return tf.reduce_mean(y_true - y_pred) / np.prod(y_pred.shape[1:])",
        "return y_pred + tf.stop_gradient(tf.round(y_pred) - y_pred)",
        "return tf.where(y_pred > 0.5, y_pred, y_true)",
        "return tf.shape(y_pred)",
        "f = lambda x: tf.round(x); return f(y_pred)",
        "return mine.round(y_pred)",
    ],
)
def test_predictions_that_keep_it_or_may(body: str) -> None:
    assert not flaws(body)


def test_eager_losses_may_use_numpy() -> None:
    assert not flaws("return np.abs(y_true - y_pred)", options=", run_eagerly=True")


def test_swapped_parameters_are_told_by_their_names() -> None:
    assert flaws("return y_true - y_pred", "y_pred, y_true") == [("swapped", "(y_pred, y_true)")]
    assert not flaws("return a - b", "a, b")
