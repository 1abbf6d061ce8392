"""What `--confirm` says of the rules' examples and of the situations that people asked about.

All of it is run in children of a warm process. Of the examples a sample is taken, one of each kind of every rule;
`python -m bench.confirm` asks all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from bench.confirm import TRAINING, Answered, Asked, answers, questions
from kerlint.catalog import Rule, catalog
from kerlint.linter import lint_bytes
from kerlint.probes import Probe
from kerlint.settings import LintSettings

pytestmark = pytest.mark.oracle


@dataclass(frozen=True)
class Situation:
    """A program with one finding of a rule, and words that its evidence has."""

    code: str
    words: tuple[str, ...]
    program: str
    status: str = "confirmed"


SITUATIONS = {
    "a head behind a layer that Keras refuses": Situation(
        "KER202",
        ("gives 1 whatever goes in", "without line 4, which Keras refuses"),
        """
import keras

image = keras.Input((6, 6, 3))
small = keras.layers.Conv2D(4, 7, activation="relu")(image)
flat = keras.layers.Flatten()(small)
sure = keras.layers.Dense(1, activation="softmax")(flat)
model = keras.Model(image, sure)
""",
    ),
    "a stack that grows on beyond an argument that does not exist": Situation(
        "KER202",
        ("gives 1 whatever goes in", "without line 5, which Keras refuses"),
        """
from keras import Sequential, layers

stack = Sequential()
stack.add(layers.Input((5,)))
stack.add(layers.Dense(7, activate="relu"))
stack.add(layers.Dense(1, activation="softmax"))
""",
    ),
    "two affine layers behind one that Keras refuses": Situation(
        "KER204",
        ("line 5 stopped with ValueError", "mend that, then confirm again"),
        """
from keras import Input, Model, layers

start = Input((6, 6, 3))
first = layers.Conv2D(4, 3, activation="relu")(start)
first = layers.Conv2D(4, 5, activation="relu")(first)
flat = layers.Flatten()(first)
model = Model(start, layers.Dense(2)(layers.Dense(7)(flat)))
""",
        status="inconclusive",
    ),
    "a folder that is read in a mode that is none": Situation(
        "KER805",
        ("line 2 raised ValueError: Invalid class_mode: one_hot",),
        """
from keras.preprocessing.image import ImageDataGenerator
photos = ImageDataGenerator().flow_from_directory("photos", class_mode="one_hot")
""",
    ),
    "two models and the one optimizer that both were compiled with": Situation(
        "KER101",
        ("ValueError", "Unknown variable"),
        """
import numpy as np
from tensorflow import keras

inputs, targets = np.random.rand(6, 5), np.random.rand(6, 2)
adam = keras.optimizers.Adam(learning_rate=0.002)

stacked = keras.Sequential()
stacked.add(keras.Input((5,)))
stacked.add(keras.layers.Dense(7, activation="tanh"))
stacked.add(keras.layers.Dense(2))
stacked.compile(adam, loss="mae")
stacked.fit(inputs, targets, epochs=30)

start = keras.Input((5,))
hidden = keras.layers.Dense(7, activation="tanh")(start)
wired = keras.Model(start, keras.layers.Dense(2)(hidden))
wired.compile(adam, loss="mae")
wired.fit(inputs, targets, epochs=30)
""",
    ),
    "a class whose convolutions have no activation": Situation(
        "KER201",
        ("linear", "f(a+b)+f(0) = f(a)+f(b)", "BatchNormalization"),
        """
from tensorflow import keras
from tensorflow.keras import layers


class Digits(keras.Model):
    def __init__(self):
        super().__init__()
        self.wide = layers.Conv2D(8, 5)
        self.norm = layers.BatchNormalization()
        self.deep = layers.Conv2D(12, 3, activation="relu")
        self.flat = layers.Flatten()
        self.score = layers.Dense(10)

    def call(self, image, training=None):
        image = self.norm(self.wide(image), training=training)
        return self.score(self.flat(self.deep(image)))


digits = Digits()
digits.compile("adam", "mse")
""",
    ),
    "a pool that takes the steps of its window": Situation(
        "KER301",
        ("MaxPooling2D.strides resolved to (3, 3)", "written nowhere"),
        """
from tensorflow.keras import Input, Model, layers


def block(x, filters, pool=3, strides=2):
    x = layers.Conv2D(filters, 3, strides=strides, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(pool)(x)


photo = Input((96, 96, 3))
network = Model(photo, layers.Dense(1)(layers.Flatten()(block(block(photo, 4), 8))))
""",
    ),
    "a convolution on a map that was pooled away": Situation(
        "KER303",
        ("ValueError", "Computed output size would be zero or negative"),
        """
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D

small = Sequential()
small.add(Conv2D(4, 3, activation="relu", input_shape=(20, 20, 1)))
small.add(MaxPooling2D(3, 3))
small.add(Conv2D(8, 3, activation="relu"))
small.add(MaxPooling2D(2, 2))
small.add(Conv2D(8, 3, activation="relu"))
""",
    ),
    "dropout and normalisation that fit never switches on": Situation(
        "KER401",
        ("moving mean", "still 0"),
        """
import numpy as np
import keras


class Quiet(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = keras.layers.Dense(6, activation="relu")
        self.norm = keras.layers.BatchNormalization()
        self.last = keras.layers.Dense(1)

    def call(self, row):
        return self.last(self.norm(self.first(row)))


quiet = Quiet()
quiet.compile("sgd", "mse")
quiet.fit(np.random.rand(12, 3), np.random.rand(12, 1))
""",
    ),
}


@cache
def situations() -> dict[str, Answered]:
    """The verdict on the first finding of each situation."""
    asked = []
    for title, situation in SITUATIONS.items():
        program = situation.program.lstrip("\n")
        rule = catalog()[situation.code]
        report = lint_bytes(program.encode(), "example.py", LintSettings(rules=(situation.code,)))
        assert report.findings, title
        asked.append((program, [Asked(rule, "bad", title, report.findings[0])]))
    return {one.asked.title: one for one in answers(asked)}


@pytest.mark.parametrize("title", SITUATIONS)
def test_a_situation_is_settled_in_keras_own_words(title: str) -> None:
    verdict = situations()[title].verdict
    assert verdict.status == SITUATIONS[title].status, verdict.evidence
    assert all(words in verdict.evidence for words in SITUATIONS[title].words), verdict.evidence


@cache
def sampled(kind: str) -> dict[str, Answered]:
    """The verdict on the first question about each rule's examples of a kind, by code.

    Of the good ones those that need no training: that costs seconds each, and the bad ones train already.
    """
    asked: dict[str, tuple[str, list[Asked]]] = {}
    for program, group in questions((kind,), ()):
        if group and (kind == "bad" or _is_structural(group[0].rule)):
            asked.setdefault(group[0].rule.code, (program, group[:1]))
    return {one.asked.rule.code: one for one in answers(asked.values())}


def _is_structural(rule: Rule) -> bool:
    return isinstance(rule.probe, Probe) and rule.probe.step not in TRAINING


PROBED = {code: rule for code, rule in catalog().items() if isinstance(rule.probe, Probe)}


@pytest.mark.parametrize("code", PROBED)
def test_a_bad_example_is_not_refuted(code: str) -> None:
    one = sampled("bad")[code]
    assert one.verdict.status != "refuted", f"{one.asked.title}: {one.verdict.evidence}"


@pytest.mark.parametrize("code", [code for code, rule in PROBED.items() if _is_structural(rule)])
def test_a_probe_does_not_confirm_a_good_example(code: str) -> None:
    one = sampled("good").get(code)
    assert one is None or not one.is_wrong, f"{one.asked.title}: {one.verdict.evidence}"


def test_most_bad_examples_are_confirmed() -> None:
    statuses = [one.verdict.status for one in sampled("bad").values()]
    assert statuses.count("confirmed") > 0.8 * len(statuses)
