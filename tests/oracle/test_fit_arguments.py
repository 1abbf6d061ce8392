"""Keras refuses, ignores and cuts short what the rules on arguments and steps of `fit` say it does."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pytest

pytestmark = pytest.mark.oracle

SCRIPT = """
import json, os, sys, warnings
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
if sys.argv[1] == "keras2":
    import tf_keras as keras
else:
    import keras
import numpy as np
import tensorflow as tf
x, y = np.zeros((16, 4), "float32"), np.array([[0.0], [1.0]] * 8, "float32")
dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)

class Stop(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        if batch >= 12:
            raise RuntimeError("it goes on and on")

def fit(*data, **given):
    inputs = keras.Input((4,))
    model = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(inputs))
    model.set_weights([np.ones((4, 1)), np.ones(1)])
    model.compile("sgd", "binary_crossentropy")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            loss = model.fit(*data, verbose=0, **given).history["loss"][0]
            said = [str(one.message) for one in caught if "ran out of data" in str(one.message)]
            return said[0] if said else round(float(loss), 4)
        except Exception as error:
            return f"{type(error).__name__}: {error}"

print(json.dumps({
    "plain": fit(x, y),
    "split": fit(dataset, validation_split=0.5),
    "targets": fit(dataset, y),
    "batch size": fit(dataset, batch_size=2, shuffle=True),
    "named weights": fit(x, y, class_weight={"0": 1.0, "1": 9.0}),
    "weights": fit(x, y, class_weight={0: 1.0, 1: 9.0}),
    "balanced": fit(x, y, class_weight="balanced"),
    "lists": fit(x.tolist(), y.tolist()),
    "float": fit(x, y, steps_per_epoch=16 / 4),
    "too many": fit(dataset, steps_per_epoch=10),
    "used up": fit(dataset, steps_per_epoch=3, epochs=2),
    "endless": fit(dataset.repeat(), callbacks=[Stop()]),
}))
"""


@cache
def answers(target: str) -> dict[str, str | float]:
    """What Keras does in each case."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, target], capture_output=True, text=True, check=True, timeout=600
    )
    found: dict[str, str | float] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("case", ["split", "targets"])
@pytest.mark.parametrize("target", ["keras3", "keras2"])
def test_a_dataset_takes_no_targets_and_no_split(target: str, case: str) -> None:
    assert str(answers(target)[case]).startswith("ValueError")


def test_batch_size_and_shuffle_of_a_dataset_are_ignored() -> None:
    assert isinstance(answers("keras3")["batch size"], float)


def test_keras_3_never_finds_class_weights_of_strings() -> None:
    found = answers("keras3")
    assert found["named weights"] == found["plain"] != found["weights"]
    assert str(answers("keras2")["named weights"]).startswith("ValueError")


@pytest.mark.parametrize("target", ["keras3", "keras2"])
def test_class_weights_are_a_dict(target: str) -> None:
    assert "has no attribute" in str(answers(target)["balanced"])


def test_lists_and_floats_are_refused_by_keras_3_alone() -> None:
    assert str(answers("keras3")["lists"]).startswith("ValueError: Unrecognized data type")
    assert str(answers("keras3")["float"]).startswith("TypeError")
    assert isinstance(answers("keras2")["lists"], float)
    assert isinstance(answers("keras2")["float"], float)


@pytest.mark.parametrize("case", ["too many", "used up"])
def test_a_dataset_runs_out_of_data(case: str) -> None:
    assert "ran out of data" in str(answers("keras3")[case])


def test_a_dataset_that_repeats_for_ever_needs_steps() -> None:
    assert "it goes on and on" in str(answers("keras3")["endless"])
    assert str(answers("keras2")["endless"]).startswith("ValueError: When providing an infinite dataset")
