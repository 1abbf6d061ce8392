"""Keras logs the keys that kerlint expects, in both of its versions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache

import pytest

from kerlint.model.logs import Logs, logs_of
from kerlint.model.recover import recover
from kerlint.source import read

pytestmark = pytest.mark.oracle

SCRIPT = """
import numpy as np
x, y = np.zeros((8, 4)), np.array([[0.0], [1.0]] * 4)
def mine(true, predicted):
    return true * 0.0
inputs = keras.Input((4,))
model = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid", name="out")(inputs))
model.compile("sgd", "binary_crossentropy", {compiled})
history = model.fit(x, y, verbose=0, {fitted})
"""
CASES = {
    "a short name": ("metrics=['acc']", "validation_split=0.5"),
    "a long name": ("metrics=['accuracy']", "validation_data=(x, y)"),
    "names of functions": ("metrics=['mae', 'mse', 'mean_squared_error']", ""),
    "the name of a class": ("metrics=['AUC', 'Precision', 'BinaryAccuracy']", ""),
    "a function": ("metrics=[mine]", ""),
    "a lambda": ("metrics=[lambda true, predicted: true * 0.0]", ""),
    "functions of the library": ("metrics=[keras.metrics.binary_accuracy]", ""),
    "objects": ("metrics=[keras.metrics.AUC(), keras.metrics.Precision(name='p')]", ""),
    "objects with a name of their own": ("metrics=[keras.metrics.BinaryAccuracy()]", ""),
    "by name": ("metrics={'out': ['accuracy', 'mae']}", ""),
    "weighted": ("metrics=['accuracy'], weighted_metrics=['accuracy']", ""),
    "nothing": ("", "validation_split=0.0"),
    "no validation": ("metrics=['mae']", "validation_data=None"),
    "a learning rate": ("", "callbacks=[keras.callbacks.ReduceLROnPlateau(monitor='loss')]"),
}
VERSIONS = {"keras3": "import keras\n", "keras2": "import tf_keras as keras\n"}
RUNNER = """
import json, os, sys
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
found = {}
for key, program in json.load(sys.stdin).items():
    names = {}
    exec(program, names)
    found[key] = sorted(names["history"].history)
    names["keras"].backend.clear_session()
print(json.dumps(found))
"""


def program(case: str, target: str) -> str:
    """The program of one case."""
    compiled, fitted = CASES[case]
    return VERSIONS[target] + SCRIPT.format(compiled=compiled, fitted=fitted)


@cache
def logged(target: str) -> dict[str, list[str]]:
    """What Keras logs in each case."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps({case: program(case, target) for case in CASES}),
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def expected(case: str, target: str) -> Logs:
    """What kerlint expects."""
    recovered = recover(read(program(case, target).encode(), "case.py"), target=target)
    found = logs_of(recovered, recovered.fits[0])
    assert found is not None
    return found


@pytest.mark.parametrize("target", VERSIONS)
@pytest.mark.parametrize("case", CASES)
def test_keras_logs_the_keys_that_are_expected(case: str, target: str) -> None:
    logs, keys = expected(case, target), logged(target)[case]
    assert all(logs.has(key) for key in keys), (logs, keys)
    others = {"acc", "accuracy", "mae", "val_loss", "val_acc", "lr", "learning_rate", "AUC"}
    assert not any(logs.has(key) for key in others - set(keys)), (logs, keys)
