"""`kerlint diff`: what it prints, and how it fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .helpers import kerlint, written

FILE = """\
import keras
from keras import layers


def build(rate=0.5):
    inputs = keras.Input((28, 28, 1))
    x = layers.Conv2D(8, 3, name="eyes")(inputs)
    x = keras.activations.relu(x)
    x = layers.Dropout(rate)(layers.Flatten()(x))
    return keras.Model(inputs, layers.Dense(3)(x))


stack = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(3),
])
wide = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dropout(0.25),
    layers.Dense(3),
])
"""


@pytest.fixture(autouse=True)
def here(folder: Path) -> Path:
    """The working folder, with programs in it."""
    return written(folder, net__py=FILE, one__py=FILE.partition("wide =")[0].replace("stack", "other"))


def test_equal_models_give_status_zero() -> None:
    done = kerlint("diff", "net.py:stack", "net.py:build")
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("stack and build are the same up to initial weights and names.\n")


def test_two_columns_show_what_differs(snapshot: Callable[[str, str], None]) -> None:
    done = kerlint("diff", "net.py:stack", "net.py:wide")
    assert (done.status, done.err) == (1, "")
    snapshot("diff.txt", done.out)


def test_colours_are_on_when_asked_for(snapshot: Callable[[str, str], None]) -> None:
    snapshot("diff-colour.txt", kerlint("diff", "net.py:stack", "net.py:wide", "--color").out)


def test_a_builder_takes_arguments_and_models_may_be_in_two_files() -> None:
    done = kerlint("diff", "one.py:other", "net.py:build(rate=0.1)")
    assert done.status == 1
    assert "rate of Dropout 0.5 against 0.1" in done.out


def test_json_keeps_to_its_contract() -> None:
    done = kerlint("diff", "net.py:stack", "net.py:wide", "--output-format", "json")
    found = json.loads(done.out)
    assert (done.status, found["equivalent"], found["params"]) == (1, False, [16_307, 8_275])
    assert [(one["kind"], one["argument"]) for one in found["differences"]] == [
        ("argument", "filters"),
        ("layer", None),
        ("argument", "rate"),
    ]
    first, pool, _ = found["differences"]
    assert (first["left_value"], first["right_value"]) == (8, 16)
    assert (first["left_written"], first["right_written"]) == ("written", "written")
    assert first["left"]["row"] == 15
    assert (pool["left"], pool["right"]["class"]) == (None, "MaxPooling2D")
    assert (found["left"]["variable"], found["right"]["variable"]) == ("stack", "wide")


def test_an_unknown_argument_makes_the_answer_unknown() -> None:
    Path("net.py").write_text(FILE + "hidden = build(rate=load())\n")
    done = kerlint("diff", "net.py:stack", "net.py:hidden", "--output-format", "json")
    assert (done.status, json.loads(done.out)["equivalent"]) == (1, "unknown")


FORMS = """
def twofold():
    net = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
    if load():
        net.add(layers.Softmax())
    return net


plain = keras.Sequential([keras.Input((4,)), layers.Dense(2, activation="softmax")])
if load():
    either = keras.Sequential([keras.Input((4,)), layers.Dense(2, activation="softmax")])
else:
    either = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
"""


@pytest.mark.parametrize("name", ["twofold", "either"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_model_that_may_be_one_of_two_is_never_said_to_be_equal_or_not(name: str, order: int) -> None:
    Path("net.py").write_text("import keras\nfrom keras import layers\n" + FORMS)
    done = kerlint("diff", *["net.py:plain", f"net.py:{name}"][::order])
    assert done.status == 1
    assert f"is not known: {name} has 2 forms, of which one is compared" in done.out


def test_models_of_a_notebook_are_compared() -> None:
    cells = [
        {"cell_type": "code", "source": part, "metadata": {}, "outputs": []} for part in FILE.split("\n\n\n")
    ]
    Path("net.ipynb").write_text(
        json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )
    done = kerlint("diff", "net.ipynb:stack", "net.ipynb:wide", "--output-format", "json")
    assert json.loads(done.out)["differences"][0]["left"]["cell"] == 3


def test_a_file_of_several_models_asks_for_a_name() -> None:
    done = kerlint("diff", "net.py", "one.py:other")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "kerlint: net.py: several models (name one: net.py:stack, net.py:wide, net.py:build)\n"
    )


def test_a_name_that_is_not_there_is_named_with_those_that_are() -> None:
    done = kerlint("diff", "net.py:stack", "net.py:stacked")
    assert done.status == 2
    assert (
        done.err
        == "kerlint: net.py: no stacked at module level (did you mean stack? there is stack, wide, build)\n"
    )


def test_the_answer_can_go_to_a_file(here: Path) -> None:
    done = kerlint("diff", "net.py:stack", "net.py:wide", "-o", "answer.txt")
    assert (done.status, done.out) == (1, "")
    assert "not the same" in (here / "answer.txt").read_text()
