"""Findings while somebody types in one definition: what a lint of the whole text finds."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from lsprotocol import types

from bench.edits import SUBJECT, Typist
from kerlint.linter import lint_bytes
from kerlint.server import analysis as analysing
from kerlint.server import quick
from kerlint.server.analysis import Analysis, analyse
from kerlint.server.buffers import TextBuffer
from kerlint.server.configs import Configs
from kerlint.server.desk import Desk
from kerlint.server.mentions import mentions
from kerlint.server.positions import Units
from kerlint.server.settings import ServerSettings
from kerlint.source import read

SETTINGS = Configs(ServerSettings(), "/work").settings("/work/a.py")
assert SETTINGS is not None

PROGRAM = """\
import argparse

import keras
import numpy as np
from keras import layers

CLASSES = 10
shared = keras.layers.Dense(8, activation="relu")
optimizer = keras.optimizers.Adam()


class Block(layers.Layer):
    def __init__(self, units=8, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)

    def call(self, inputs):
        return self.dense(inputs)


class Wide(Block):
    def call(self, inputs):
        return layers.Dense(self.units)(inputs)


class Trainer(keras.Model):
    def train_step(self, data):
        x, y = data
        loss = self.compute_loss(x, y, self(x))
        self.optimizer.minimize(loss, self.trainable_variables)
        return {"loss": loss}


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=16)
    return parser.parse_args()


def head(x, classes=CLASSES):
    return layers.Dense(classes, activation="relu")(x)


def small(units=4):
    inputs = keras.Input((28, 28, 1))
    x = layers.Conv2D(units, 3)(inputs)
    x = layers.Conv2D(units, 3)(x)
    x = layers.MaxPooling2D(3)(x)  # kerlint: ignore[KER301]
    x = layers.Flatten()(x)
    return keras.Model(inputs, head(x, 1))


def other(args):
    inputs = keras.Input((20,))
    x = Wide(args.units)(shared(inputs))
    model = Trainer(inputs, layers.Dense(1, activation="softmax")(x))
    model.compile(optimizer=optimizer, loss="mse")
    return model


def train(name="small"):
    model = small() if name == "small" else other(options())
    model.compile(optimizer=optimizer, loss="binary_crossentropy")
    model.fit(np.zeros((9, 28, 28)), np.zeros(9), shuffle=False)
    return model


def unused(depth=2):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(depth):
        model.add(shared)
    model.add(layers.Dense(1, activation="softmax"))
    model.compile("adam", "binary_crossentropy")
    return model
"""
STARTED = PROGRAM + '\n\nif __name__ == "__main__":\n    train("other")\n'


def analysed(text: str, before: Analysis | None = None) -> Analysis:
    """The text linted after another one, in part if that is enough."""
    assert SETTINGS is not None
    buffer = TextBuffer("file:///work/a.py", "/work/a.py", 1, text, Units("utf-16"))
    return analyse(buffer.snapshot(), SETTINGS, before, {}, lambda: False, may_be_quick=True)


@pytest.mark.parametrize("text", [PROGRAM, STARTED], ids=["library", "script"])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_found_while_typing_is_what_a_whole_lint_finds(
    text: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick, "WORTH", 0.0)
    outcome = Typist(Path("/work/a.py"), text, seed).edit(60)
    assert outcome.wrong == []
    assert outcome.quick > 5


def test_a_long_file_is_linted_in_part_while_typing() -> None:
    outcome = Typist(SUBJECT, SUBJECT.read_text(encoding="utf-8"), 3).edit(24)
    assert outcome.wrong == []
    assert outcome.quick > 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("layers.Dense(1, activation", "layers.Dense(3, activation"),
        ("model.add(shared)\n    model.add(layers.Dense(1", "model.add(small)\n    model.add(layers.Dense(1"),
        ('"binary_crossentropy")\n    return', '"mse")     \n    return'),
    ],
)
def test_an_edit_in_a_function_that_nobody_calls_costs_that_function(old: str, new: str) -> None:
    before = analysed(STARTED)
    text = new.join(STARTED.rsplit(old, 1))
    now = analysed(text, before)
    assert now.is_quick
    assert SETTINGS is not None
    assert now.findings == lint_bytes(text.encode(), "/work/a.py", SETTINGS).findings


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("CLASSES = 10", "CLASSES = 11"),
        ("def head", "def tail"),
        ("    return x\n", "    x = x\n    return x\n"),
        ("x, y = data", "globals(), data"),
        ("import argparse\n", "import argparse\nimport os\n"),
    ],
)
def test_other_edits_are_linted_as_a_whole(old: str, new: str) -> None:
    assert not analysed(STARTED.replace(old, new, 1), analysed(STARTED)).is_quick


def test_a_definition_is_reached_through_all_that_speaks_of_it() -> None:
    said = mentions(read(STARTED.encode(), "a.py"))
    assert said.users("head") == {"head", "small", "train"}
    assert {"Block", "Wide", "Trainer", "options"} <= said.reached(["train"])
    assert "unused" not in said.reached(said.of_module)
    assert not mentions(read(b"def f():\n    return globals()['g']\n", "a.py")).is_static


def test_a_definition_that_is_not_python_keeps_the_findings_of_the_rest() -> None:
    whole = analysed(STARTED)
    part = analysed(STARTED.replace("Dense(1, activation", "Dense(2, activation"), whole)
    broken = analysed(STARTED.replace("def unused(depth=2)", "def unused(depth="), part)
    assert broken.is_broken
    assert {finding.code for finding in broken.findings} > {"KER001"}


def test_what_was_found_in_a_part_is_corrected_by_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysing, "quick_findings", lambda *_: frozenset())
    shown, corrected = asyncio.run(shown_after_a_change())
    assert [len(one.findings) > 0 for one in shown] == [True, False, True]
    assert corrected == [False, False, True]


def test_what_was_right_is_shown_once() -> None:
    shown, corrected = asyncio.run(shown_after_a_change())
    assert corrected == [False, False]
    assert shown[-1].is_quick


ASKS_ALL = re.compile(
    r"source\.text\b|any\([^\n]*\bin program\.(?:calls|savings|seeds)\b|len\(program\.|\bif program\.(?:seeds|savings|fits)"
)
"""Code of rules that asks whether something is anywhere in a file."""


def test_what_rules_look_for_in_all_of_a_file_is_known() -> None:
    """Whoever adds a rule here adds its words to `kerlint.server.anywhere.ANYWHERE`."""
    rules = Path(__file__).parents[2] / "rules"
    asking = {path.stem for path in rules.glob("*.py") if ASKS_ALL.search(path.read_text(encoding="utf-8"))}
    assert asking == {
        *("_compiles", "compile_missing", "compile_string_unknown", "discarded_layer", "h5_alias_load"),
        *("lambda_layer", "learning_rate_suspicious", "negative_dimension", "preprocessing_not_adapted"),
        *("python_control_flow_in_call", "untracked_variable"),
    }


async def shown_after_a_change() -> tuple[list[Analysis], list[bool]]:
    """What the desk shows of a text that is opened and changed once, until all is known."""
    shown: list[Analysis] = []
    corrected: list[bool] = []

    def show(_: object, is_corrected: bool) -> None:
        assert opened.analysis is not None
        shown.append(opened.analysis)
        corrected.append(is_corrected)

    desk = Desk(Configs(ServerSettings(), "/work"), show, lambda _: None)
    buffer = TextBuffer("file:///work/a.py", "/work/a.py", 1, STARTED, Units("utf-16"))
    opened = desk.add(buffer)
    await desk.current(opened)
    text = "Dense(2, activation".join(STARTED.rsplit("Dense(1, activation", 1))
    buffer.change(2, [types.TextDocumentContentChangeWholeDocument(text)])
    desk.changed(opened)
    assert (await desk.first(opened)).is_quick
    assert not (await desk.current(opened)).is_quick
    return shown, corrected
