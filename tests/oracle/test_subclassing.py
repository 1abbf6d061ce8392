"""Keras itself says what the rules on subclassing, life cycle and training take for granted."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pytest

pytestmark = pytest.mark.oracle

MODES = """
import os
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
import json, sys, warnings
warnings.simplefilter("ignore")
import keras, numpy as np, tensorflow as tf
from keras import layers, ops

x, y = np.random.rand(16, 2, 2, 3).astype("float32") + 1, np.random.rand(16, 1).astype("float32")


def model(parameters, expression, methods=""):
    space = {}
    exec(f'''
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.flip = layers.RandomFlip()
        self.norm = layers.BatchNormalization()
        self.last = layers.BatchNormalization()
        self.flat = layers.Flatten()
        self.head = layers.Dense(1)
        self.lazy = None

    def call(self, x{parameters}):
        return self.head(self.flat({expression}))
''', globals() | space, space)
    return space["Net"]()


def moved(net):
    return bool(np.abs(net.last.moving_mean.numpy()).sum() > 0)


def fitted(parameters, expression):
    net = model(parameters, expression)
    net.compile("sgd", "mse")
    net.fit(x, y, verbose=0)
    return moved(net)


def inside_another():
    inputs = keras.Input((2, 2, 3))
    net = model("", "self.last(x)")
    outer = keras.Model(inputs, net(inputs))
    outer.compile("sgd", "mse")
    outer.fit(x, y, verbose=0)
    return moved(net)


def on_batch():
    net = model("", "self.last(x)")
    net.compile("sgd", "mse")
    net.train_on_batch(x, y)
    return moved(net)


print(json.dumps({
    "no parameter": fitted("", "self.last(x)"),
    "keywords": fitted(", **options", "self.last(x)"),
    "a parameter": fitted(", training=None", "self.last(x)"),
    "written at the layer": fitted("", "self.last(x, training=True)"),
    "settled by a layer before": fitted("", "self.last(self.norm(x, training=True))"),
    "settled by augmentation": fitted("", "self.last(self.flip(x))"),
    "inside another model": inside_another(),
    "on a batch": on_batch(),
}))
"""


@cache
def answers(script: str) -> dict[str, object]:
    """What a script that asks Keras prints last."""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=900
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("key", ["no parameter", "keywords", "on a batch"])
def test_without_the_parameter_fit_runs_in_inference_mode(key: str) -> None:
    assert answers(MODES)[key] is False


@pytest.mark.parametrize(
    "key",
    [
        "a parameter",
        "written at the layer",
        "settled by a layer before",
        "settled by augmentation",
        "inside another model",
    ],
)
def test_the_mode_reaches_a_layer_otherwise(key: str) -> None:
    assert answers(MODES)[key] is True
