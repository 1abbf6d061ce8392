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


HAZARDS = """
import os
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
import json, warnings
warnings.simplefilter("ignore")
import keras, numpy as np, tensorflow as tf
from keras import layers, ops

x, y = np.random.rand(8, 4).astype("float32"), np.random.rand(8, 1).astype("float32")
answers = {}


def ask(name, function):
    try:
        answers[name] = function()
    except Exception as error:
        answers[name] = f"{type(error).__name__}: {error}"


def net(call, base=keras.Model):
    class Net(base):
        def __init__(self):
            super().__init__()
            self.head = layers.Dense(1)
            self.dense = None

        def call(self, x):
            return call(self, x)

    return Net()


def fitted(call, **options):
    def run():
        model = net(call)
        model.compile("sgd", "mse", **options)
        model.fit(x, y, verbose=0)
        return "ran"

    return run


def lazily(self, x):
    if self.dense is None:
        self.dense = layers.Dense(1)
    return self.dense(x)


def as_attribute(self, x):
    self.dense = layers.Dense(1)
    return self.dense(x)


def condition(self, x):
    return -self.head(x) if ops.mean(x) > 0 else self.head(x)


def iteration(self, x):
    for row in x:
        pass
    return self.head(x)


ask("made: Dense", fitted(lambda self, x: layers.Dense(1)(x)))
ask("made: Dropout", fitted(lambda self, x: self.head(layers.Dropout(0.5)(x))))
ask("made: variable", fitted(lambda self, x: self.head(x) + tf.Variable(1.0)))
ask("made: as an attribute", fitted(as_attribute))
ask("may be made: Dropout of nothing", fitted(lambda self, x: self.head(layers.Dropout(0)(x))))
ask("may be made: Flatten", fitted(lambda self, x: self.head(layers.Flatten()(x))))
ask("may be made: UnitNormalization", fitted(lambda self, x: self.head(layers.UnitNormalization()(x))))
ask("may be made: lazily", fitted(lazily))
ask("asked: if", fitted(condition))
ask("asked: for", fitted(iteration))
ask("asked: len", fitted(lambda self, x: self.head(x) * len(x)))
ask("asked: float", fitted(lambda self, x: self.head(x) * float(ops.mean(x))))
ask("asked: numpy", fitted(lambda self, x: self.head(x) * np.mean(x)))
ask("asked: .numpy()", fitted(lambda self, x: self.head(x.numpy())))
ask("may be asked: eagerly", fitted(condition, run_eagerly=True))
ask("may be asked: sizes", fitted(lambda self, x: self.head(x) * float(np.prod(x.shape[1:]))))
ask("returns nothing", fitted(lambda self, x: None))


class Scale(layers.Layer):
    def __init__(self):
        super().__init__()
        self.gain = tf.Variable(1.0)

    def call(self, x):
        return x * self.gain


scale = Scale()
scale(keras.Input((4,)))
answers["a tf.Variable is tracked"] = bool(scale.weights)


class Holder:
    def __init__(self):
        self.dense = layers.Dense(4)


class Holding(keras.Model):
    def __init__(self, keep):
        super().__init__()
        self.head, self.holder = layers.Dense(1), Holder()
        if keep:
            self.kept = [self.holder.dense]

    def call(self, x):
        return self.head(self.holder.dense(x))


def listed(keep):
    model = Holding(keep)
    model.compile("sgd", "mse")
    model.fit(x, y, verbose=0)
    return len(model.weights)


ask("held by a plain object", lambda: listed(False))
ask("held by a plain object and a list", lambda: listed(True))


def lossy(function):
    def run():
        model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        model.compile("sgd", function)
        model.fit(x, y, verbose=0)
        return "ran"

    return run


ask("loss: argmax", lossy(lambda t, p: tf.reduce_mean(t - tf.cast(tf.argmax(p, -1), tf.float32))))
ask("loss: round", lossy(lambda t, p: tf.reduce_mean(tf.abs(t - tf.round(p)))))
ask("loss: ops.round", lossy(lambda t, p: ops.mean(ops.abs(t - ops.round(p)))))
ask("loss: numpy", lossy(lambda t, p: np.mean(np.abs(t - p))))
ask("loss: .numpy()", lossy(lambda t, p: tf.reduce_mean(t - p.numpy())))

tensor = layers.Dense(4)(keras.Input((4,)))
ask("symbolic: tf", lambda: str(tf.reduce_mean(tensor)))
ask("symbolic: np", lambda: str(np.mean(tensor)))
ask("symbolic: if", lambda: 1 if ops.sum(tensor) > 0 else 2)
ask("symbolic: len", lambda: len(tensor))
ask("symbolic: get_shape", lambda: tensor.get_shape())
answers["placeholders are equal by identity"] = (tensor == tensor) is True

twice = layers.Dense(4)
stack = keras.Sequential([keras.Input((4,)), twice, twice])
answers["a layer twice is counted once"] = stack.count_params() == 20


def gradient(outside=False, again=False, swapped=False):
    def run():
        model, optimizer = keras.Sequential([keras.Input((4,)), layers.Dense(1)]), keras.optimizers.SGD()
        before = model(x)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(before if outside else model(x))
        gradients = tape.gradient(loss, model.trainable_variables)
        if again:
            tape.gradient(loss, model.trainable_variables)
        pairs = (model.trainable_variables, gradients) if swapped else (gradients, model.trainable_variables)
        optimizer.apply_gradients(zip(*pairs))
        return "ran"

    return run


ask("gradient: outside", gradient(outside=True))
ask("gradient: again", gradient(again=True))
ask("gradient: swapped", gradient(swapped=True))
ask("gradient", gradient())


def gan(steps):
    critic = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
    maker = keras.Sequential([keras.Input((2,)), layers.Dense(4)])
    start = keras.Input((2,))
    both, moved = None, []
    for step in steps.split():
        before = [weight.numpy() for weight in critic.weights]
        if step == "compile":
            critic.compile("sgd", "mse")
        elif step in ("freeze", "thaw"):
            critic.trainable = step == "thaw"
        elif step == "combine":
            both = keras.Model(start, critic(maker(start)))
            both.compile("sgd", "mse")
        elif step == "critic":
            critic.train_on_batch(np.ones((2, 4)), np.zeros((2, 1)))
        else:
            both.train_on_batch(np.ones((2, 2)), np.zeros((2, 1)))
        if step in ("critic", "both"):
            after = [weight.numpy() for weight in critic.weights]
            moved.append(any(not np.array_equal(old, new) for old, new in zip(before, after)))
    return moved


for steps in (
    "compile freeze combine critic both critic",
    "compile freeze combine thaw critic freeze both thaw critic",
    "compile critic freeze combine both critic",
    "compile critic freeze critic",
    "compile freeze critic thaw critic",
    "compile freeze combine thaw critic both",
):
    answers[steps] = gan(steps)
print(json.dumps(answers))
"""


@pytest.mark.parametrize("made", ["Dense", "Dropout", "variable"])
def test_state_made_in_call_is_refused_by_fit(made: str) -> None:
    assert "singleton tf.Variables" in str(answers(HAZARDS)[f"made: {made}"])


def test_state_set_in_call_is_refused_by_fit() -> None:
    assert "cannot add new elements of state" in str(answers(HAZARDS)["made: as an attribute"])


@pytest.mark.parametrize("made", ["Dropout of nothing", "Flatten", "UnitNormalization", "lazily"])
def test_what_has_no_state_may_be_made_in_call(made: str) -> None:
    assert answers(HAZARDS)[f"may be made: {made}"] == "ran"


@pytest.mark.parametrize("word", ["if", "for", "len", "float", "numpy", ".numpy()"])
def test_python_cannot_ask_a_tensor_in_call(word: str) -> None:
    assert "Error" in str(answers(HAZARDS)[f"asked: {word}"])


@pytest.mark.parametrize("word", ["eagerly", "sizes"])
def test_python_may_ask_what_is_known(word: str) -> None:
    assert answers(HAZARDS)[f"may be asked: {word}"] == "ran"


def test_a_call_must_return_something() -> None:
    assert "Error" in str(answers(HAZARDS)["returns nothing"])


def test_keras_does_not_track_variables_of_tensorflow() -> None:
    assert answers(HAZARDS)["a tf.Variable is tracked"] is False


def test_keras_does_not_track_layers_of_plain_objects() -> None:
    assert answers(HAZARDS)["held by a plain object"] == 2
    assert answers(HAZARDS)["held by a plain object and a list"] == 4


@pytest.mark.parametrize("how", ["argmax", "round", "ops.round", "numpy", ".numpy()"])
def test_a_loss_without_a_gradient_is_refused_by_fit(how: str) -> None:
    assert "Error" in str(answers(HAZARDS)[f"loss: {how}"])


@pytest.mark.parametrize("word", ["tf", "np", "if", "len", "get_shape"])
def test_a_placeholder_has_no_value(word: str) -> None:
    assert "Error" in str(answers(HAZARDS)[f"symbolic: {word}"])


def test_placeholders_are_equal_by_identity() -> None:
    assert answers(HAZARDS)["placeholders are equal by identity"] is True


def test_a_layer_that_stands_twice_is_counted_once() -> None:
    assert answers(HAZARDS)["a layer twice is counted once"] is True


@pytest.mark.parametrize("how", ["outside", "again", "swapped"])
def test_gradients_are_lost(how: str) -> None:
    assert "Error" in str(answers(HAZARDS)[f"gradient: {how}"])
    assert answers(HAZARDS)["gradient"] == "ran"


@pytest.mark.parametrize(
    ("steps", "moved"),
    [
        ("compile freeze combine critic both critic", [False, False, False]),
        ("compile freeze combine thaw critic freeze both thaw critic", [True, False, True]),
        ("compile critic freeze combine both critic", [True, False, True]),
        ("compile critic freeze critic", [True, True]),
        ("compile freeze critic thaw critic", [False, False]),
        ("compile freeze combine thaw critic both", [True, True]),
    ],
)
def test_what_trains_is_settled_by_the_first_training(steps: str, moved: list[bool]) -> None:
    assert answers(HAZARDS)[steps] == moved
