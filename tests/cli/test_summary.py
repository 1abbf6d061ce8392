"""`kerlint summary`: what it prints, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .helpers import kerlint, written

NET = """\
import keras
from keras import layers


def build(classes=10, width=32):
    inputs = keras.Input((28, 28, 1))
    x = layers.Conv2D(width, 3, activation="relu")(inputs)
    x = layers.MaxPooling2D(2)(x)
    return keras.Model(inputs, layers.Dense(classes)(layers.Flatten()(x)), name="net")


class Head(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(4)

    def call(self, x):
        return self.dense(x)
"""

TABLE = """\
functional at net.py:9
Model: "net"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━┓
┃ Layer (type)                         ┃ Output Shape                ┃         Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━┩
│ input_layer (InputLayer)             │ (None, 28, 28, 1)           │               0 │
├──────────────────────────────────────┼─────────────────────────────┼─────────────────┤
│ conv2d (Conv2D)                      │ (None, 26, 26, 8)           │              80 │
├──────────────────────────────────────┼─────────────────────────────┼─────────────────┤
│ max_pooling2d (MaxPooling2D)         │ (None, 13, 13, 8)           │               0 │
├──────────────────────────────────────┼─────────────────────────────┼─────────────────┤
│ flatten (Flatten)                    │ (None, 1352)                │               0 │
├──────────────────────────────────────┼─────────────────────────────┼─────────────────┤
│ dense (Dense)                        │ (None, 3)                   │           4,059 │
└──────────────────────────────────────┴─────────────────────────────┴─────────────────┘
 Total params: 4,139 (16.17 KB)
 Trainable params: 4,139 (16.17 KB)
 Non-trainable params: 0 (0.00 B)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a program in it."""
    monkeypatch.chdir(tmp_path)
    return written(tmp_path, net__py=NET)


def test_a_builder_is_shown_as_keras_shows_its_model(folder: Path) -> None:
    done = kerlint("summary", "net.py:build(3, width=8)")
    assert (done.status, done.err, done.out) == (0, "", TABLE)


def test_a_file_is_shown_with_all_its_models_and_what_is_unknown_of_them(folder: Path) -> None:
    done = kerlint("summary", "net.py")
    assert done.status == 0
    assert 'Model: "net"' in done.out
    assert "Head (subclassed) at net.py" in done.out
    assert "unknown: nobody calls Head: name it and tell what goes in with --input-shape" in done.out


def test_verbose_shows_weights_and_how_each_argument_came_about(folder: Path) -> None:
    lines = kerlint("summary", "net.py:build", "--verbose").out.splitlines()
    block = lines[lines.index("  conv2d (Conv2D) -> (None, 26, 26, 32), net.py:7") :]
    shown = [" ".join(line.split()) for line in block]
    assert "filters=32 written" in shown
    assert "kernel_size=(3, 3) written" in shown
    assert "padding='valid' default" in shown
    assert "weights: kernel (3, 3, 1, 32), bias (32)" in shown
    assert "strides=(2, 2) resolved from None" in shown


def test_json_keeps_its_contract(folder: Path) -> None:
    done = kerlint("summary", "net.py:build", "--output-format", "json")
    found = json.loads(done.out)
    assert set(found) == {"models", "gave_up"}
    (model,) = found["models"]
    assert {name: model[name] for name in ("name", "kind", "row", "complete", "params")} == {
        "name": "net",
        "kind": "functional",
        "row": 9,
        "complete": True,
        "params": 54410,
    }
    assert model["trainable_params"] == 54410
    assert Path(model["filename"]) == folder / "net.py"
    assert (model["input_shape"], model["output_shape"]) == ([None, 28, 28, 1], [None, 10])
    pool = model["layers"][2]
    assert {name: pool[name] for name in ("class", "name", "output_shape", "params", "row", "inbound")} == {
        "class": "MaxPooling2D",
        "name": "max_pooling2d",
        "output_shape": [None, 13, 13, 32],
        "params": 0,
        "row": 8,
        "inbound": ["conv2d"],
    }
    assert pool["config"]["strides"] == {"value": [2, 2], "origin": "resolved from None"}
    assert model["layers"][1]["weights"][0] == {"name": "kernel", "shape": [3, 3, 1, 32]}


def test_json_names_what_feeds_a_layer_where_that_is_listed(folder: Path) -> None:
    more = "\n\nclass Twice(Head):\n    def call(self, x):\n        return self.dense(x * 2.0)\n"
    last = "\nmodel = keras.Sequential([keras.Input((2,)), layers.Dense(1), layers.ReLU()])\n"
    written(folder, net__py=NET + more + last)
    twice, model = (
        json.loads(kerlint("summary", f"net.py:{name}", "--output-format", "json").out)["models"][0]
        for name in ("Twice", "model")
    )
    assert [layer["inbound"] for layer in model["layers"]] == [[], ["dense"]]
    assert [layer["inbound"] for layer in twice["layers"]] == [["Multiply"]]
    assert [one["name"] for one in twice["operations"]] == ["Multiply"]


def test_json_says_what_is_unknown_with_a_question_mark(folder: Path) -> None:
    (model,) = json.loads(kerlint("summary", "net.py:Head", "--output-format", "json").out)["models"]
    assert model["params"] == model["input_shape"] == model["layers"][0]["output_shape"] == "?"


def test_a_shape_is_given_on_the_command_line(folder: Path) -> None:
    done = kerlint("summary", "net.py:Head", "--input-shape", "7")
    assert (
        "│ dense (Dense)                        │ (None, 4)                   │              32 │" in done.out
    )


def test_a_shape_that_nothing_waits_for_is_refused(folder: Path) -> None:
    done = kerlint("summary", "net.py:build", "--input-shape", "7")
    assert done.status == 2
    assert done.err == (
        "kerlint: net.py: build has its input shape already: --input-shape is for what nobody calls\n"
    )


def test_a_shape_for_a_whole_file_goes_into_the_models_that_wait(folder: Path) -> None:
    done = kerlint("summary", "net.py", "--input-shape", "7")
    assert done.err == (
        "kerlint: net.py: no model waits for an input: name the one that is meant, as in net.py:build\n"
    )
    written(folder, net__py=NET + "\nhead = Head()\n")
    done = kerlint("summary", "net.py", "--input-shape", "7")
    assert (
        "│ dense (Dense)                        │ (None, 4)                   │              32 │" in done.out
    )


def test_a_file_may_be_written(folder: Path) -> None:
    assert kerlint("summary", "net.py:build(3, width=8)", "-o", "out.txt").out == ""
    assert Path("out.txt").read_text(encoding="utf-8") == TABLE


def test_a_notebook_names_cell_and_row(folder: Path) -> None:
    code: dict[str, Any] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# A model"},
        {**code, "source": "%matplotlib inline\nimport keras\n"},
        {**code, "source": "\nmodel = keras.Sequential([keras.layers.Dense(2, input_shape=(3,))])"},
    ]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    Path("book.ipynb").write_text(json.dumps(book), encoding="utf-8")
    done = kerlint("summary", "book.ipynb:model")
    assert done.out.startswith("model, sequential at book.ipynb:cell 3:2\n")
    assert " Total params: 8 (32.00 B)\n" in done.out


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("nope.py", "nope.py: no such file or directory"),
        (".", ".: a folder, not a file (name one file: net.py or net.py:build)"),
        ("net.py:biuld", "net.py: no biuld at module level (did you mean build? there is build, Head)"),
        (
            "net.py:build(1, 2, 3)",
            "net.py: build(1, 2, 3) gives no model that kerlint can follow: build is called with the wrong",
        ),
        (
            "net.py:build(x)",
            "net.py:build(x): x is not a literal (give literal arguments: build(classes=10, name='net'))",
        ),
        ("plain.py", "plain.py: no models: the file has nothing of Keras in it"),
        ("empty.py", "empty.py: no models"),
        ("broken.py", "broken.py: line 2: "),
        ("nul.py", "nul.py: line 1: "),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(folder: Path, target: str, complaint: str) -> None:
    written(
        folder,
        plain__py="import os\n",
        empty__py="import keras\n",
        broken__py="import keras\nmodel = keras.(\n",
        nul__py="import keras\0\n",
    )
    done = kerlint("summary", target)
    assert (done.status, done.out) == (2, "")
    (line,) = done.complaints
    assert line.startswith(f"kerlint: {complaint}")


def test_verify_without_tensorflow_names_the_extra(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kerlint.confirm.environment.find_spec", lambda name: None)
    done = kerlint("summary", "net.py:build", "--verify")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "kerlint: --verify needs tensorflow and keras, not installed (pip install 'kerlint[confirm]')\n"
    )


def test_verify_wants_all_arguments_of_a_builder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kerlint.confirm.environment.find_spec", lambda name: name)
    written(folder, net__py=NET.replace("classes=10", "classes"))
    done = kerlint("summary", "net.py:build", "--verify")
    assert done.err == "kerlint: --verify calls the builder: it needs all arguments (give classes=...)\n"


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        ({}, 0, "Keras 3.0: build is not verified: Keras built no such model"),
        ({"error": "line 3: ValueError: no"}, 2, "is not verified"),
        ({"models": {"build": [{"name": "net", "params": 1, "trainable": 1, "layers": []}]}}, 1, "disagrees"),
    ],
    ids=["nothing built", "the program stops", "a disagreement"],
)
def test_the_exit_status_tells_what_keras_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], status: int, words: str
) -> None:
    monkeypatch.setattr("kerlint.confirm.environment.find_spec", lambda name: name)
    monkeypatch.setattr(
        "kerlint.confirm.asking.Asking.__call__",
        lambda ask, runner, request: {"keras": "3.0", "models": {}, **answer},
    )
    done = kerlint("summary", "net.py:build", "--verify")
    assert (done.status, words.replace("build", "net") in done.out) == (status, True)
    assert (done.err != "") == (status == 2)
    found = json.loads(kerlint("summary", "net.py:build", "--verify", "--output-format", "json").out)
    assert found["verify"]["models"][0]["agrees"] is (False if status == 1 else None)
