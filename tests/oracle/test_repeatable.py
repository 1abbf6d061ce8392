"""Keras draws its seeds from Python's `random`, begins callbacks afresh, and reads its settings once."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pytest

pytestmark = pytest.mark.oracle

SCRIPT = """
import json, os, random, tempfile
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
import keras
import numpy as np
import tensorflow as tf
os.environ["KERAS_BACKEND"] = "jax"
keras.utils.disable_interactive_logging()

def weights(*seeds):
    for seed in seeds:
        seed(1)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    return model.get_weights()[0]

def equal(*seeds):
    return bool(np.array_equal(weights(*seeds), weights(*seeds)))

x, y = np.zeros((8, 4), "float32"), np.zeros((8, 1), "float32")

def shared(callback):
    for start in (0.0, 5.0):
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, bias_initializer=keras.initializers.Constant(start))])
        model.compile(keras.optimizers.SGD(0.0), "mse")
        model.fit(x, y, callbacks=[callback], verbose=0)
    return callback

path = os.path.join(tempfile.mkdtemp(), "best.keras")
keep = shared(keras.callbacks.ModelCheckpoint(path, monitor="loss", save_best_only=True))
stop = shared(keras.callbacks.EarlyStopping(monitor="loss"))
middle = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3), keras.layers.Dense(1, input_shape=(99,))])
print(json.dumps({
    "backend seeds": equal(tf.random.set_seed, np.random.seed),
    "all seeds": equal(keras.utils.set_random_seed),
    "python's seed": equal(random.seed),
    "checkpoint's model": float(keras.models.load_model(path).get_weights()[1][0]),
    "stopper's best": float(stop.best),
    "backend": keras.backend.backend(),
    "shape in the middle": list(middle.output_shape),
    "summary": middle.summary(print_fn=lambda text: None),
}))
"""


@cache
def answers() -> dict[str, object]:
    """What Keras does."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=600
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_only_pythons_own_seed_makes_weights_repeatable() -> None:
    assert answers()["backend seeds"] is False
    assert answers()["all seeds"] is True
    assert answers()["python's seed"] is True


def test_a_shared_checkpoint_keeps_the_first_models_best() -> None:
    assert answers()["checkpoint's model"] == 0.0


def test_early_stopping_begins_afresh_with_every_fit() -> None:
    assert answers()["stopper's best"] == 25.0


def test_settings_behind_the_import_or_in_the_middle_are_ignored() -> None:
    assert answers()["backend"] == "tensorflow"
    assert answers()["shape in the middle"] == [None, 1]
    assert answers()["summary"] is None
