"""`kerlint summary --verify` against the real Keras: agreement, disagreement, and programs that stop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kerlint.confirm.asking import Asking
from kerlint.confirm.verify import CHILD, Verification, verify
from kerlint.problems import Problem
from kerlint.source import Source, read
from kerlint.summary import summarize

pytestmark = pytest.mark.oracle

SCRIPT = """\
import os
import numpy as np
import keras
from keras import layers

print("this is no answer", os.environ.get("SECRET"), os.getcwd())


class Net(keras.Model):
    def __init__(self, units=4):
        super().__init__()
        self.hidden = layers.Dense(units, activation="relu")
        self.out = layers.Dense(2)

    def call(self, x):
        return self.out(self.hidden(x))


def build(units):
    inputs = keras.Input((8,))
    return keras.Model(inputs, layers.Dense(units)(inputs))


inputs = keras.Input((6, 2))
x = layers.LSTM(3, return_sequences=True)(inputs) * 2.0
model = keras.Model(inputs, layers.GlobalMaxPooling1D()(x))
model.compile("adam", "mse", metrics=["mae"])
history = model.fit(np.zeros((4, 6, 2)), np.zeros((4, 3)), epochs=100)
print(history.history["loss"][-1])
loss, error = model.evaluate(np.zeros((4, 6, 2)), np.zeros((4, 3)))
"""


def _program(text: str) -> Source:
    return read(text.encode(), "/nowhere/program.py")


def _verified(
    ask: Asking,
    text: str,
    wanted: str | None = None,
    shapes: tuple[tuple[int, ...], ...] = (),
    *,
    built: str = "",
) -> Verification:
    """What Keras says of the program `built` (else the same) about kerlint's summary of `text`."""
    summary = summarize(_program(text), wanted, input_shapes=shapes)
    return verify(summary, _program(built or text), wanted, shapes, ask)


def test_all_models_of_a_script_agree_and_training_is_left_out(ask: Asking) -> None:
    found = _verified(ask, SCRIPT)
    assert found.error is None
    verdicts = {verdict.table.label: verdict for verdict in found.verdicts}
    assert verdicts["model"].differences == ()
    assert (verdicts["model"].open, verdicts["model"].agreeing > 10) == (0, True)
    assert verdicts["Net"].unbuilt == "not bound to a name when the program ends"


@pytest.mark.parametrize(("wanted", "shapes"), [("build(5)", ()), ("Net(units=3)", ((7,),)), ("model", ())])
def test_a_target_is_built_as_it_was_asked_for(
    ask: Asking, wanted: str, shapes: tuple[tuple[int, ...], ...]
) -> None:
    (verdict,) = _verified(ask, SCRIPT, wanted, shapes).verdicts
    assert (verdict.unbuilt, verdict.differences, verdict.open) == (None, (), 0)


def test_a_disagreement_is_told_cell_by_cell(ask: Asking) -> None:
    found = _verified(
        ask, SCRIPT, "build(5)", built=SCRIPT.replace("Dense(units)(inputs)", "Dense(9)(inputs)")
    )
    (verdict,) = found.verdicts
    assert found.disagrees
    assert "dense: params: kerlint says 45, Keras 81" in verdict.differences
    assert "dense: output shape: kerlint says (None, 5), Keras (None, 9)" in verdict.differences


def test_a_program_that_stops_is_compared_as_far_as_it_came(ask: Asking) -> None:
    found = _verified(ask, f"{SCRIPT}\nraise SystemExit('no data')\nlater = build(3)\n")
    assert found.error == f"line {SCRIPT.count(chr(10)) + 2}: SystemExit: no data"
    by_name = {verdict.table.variable: verdict for verdict in found.verdicts}
    assert by_name["model"].differences == ()


def test_where_a_notebook_stops_is_told_by_cell_and_line(ask: Asking) -> None:
    words = ["import keras\nmodel = keras.Sequential([keras.Input((2,))])", "# more", "x = 1\nprint(x / 0)"]
    kinds = ["code", "markdown", "code"]
    cells: list[Any] = [
        {"cell_type": kind, "source": text, "metadata": {}, "outputs": [], "execution_count": None}
        for kind, text in zip(kinds, words, strict=True)
    ]
    data = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    notebook = read(data, "/nowhere/notes.ipynb")
    found = verify(summarize(notebook), notebook, None, (), ask)
    assert found.error == "cell 3 line 2: ZeroDivisionError: division by zero"


def test_the_child_sees_no_secrets_and_works_in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_TOKEN", "very secret")
    text = (
        "import os, json, keras\nraise ValueError(json.dumps([os.environ.get('API_TOKEN'), os.getcwd()]))\n"
    )
    request: dict[str, Any] = {
        "path": "p.py",
        "text": text,
        "module": None,
        "folders": [],
        "wanted": None,
        "shapes": [],
        "cells": [],
    }
    with Asking() as ask:
        answer = ask(CHILD, {**request, "is_started": True, "names": [], "keras": "keras"})
    token, folder = json.loads(answer["error"].partition("ValueError: ")[2])
    assert token is None
    assert Path(folder).name.startswith("kerlint-")
    assert not Path(folder).exists()


def test_a_file_of_a_package_is_imported_as_such(ask: Asking, tmp_path: Path) -> None:
    package = tmp_path / "nets"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "sizes.py").write_text("UNITS = 6\n")
    path = package / "net.py"
    path.write_text(
        "import keras\nfrom .sizes import UNITS\n\n\ndef build():\n"
        "    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(UNITS)])\n"
    )
    from kerlint.loader import DiskLoader

    source = read(path.read_bytes(), str(path))
    summary = summarize(source, "build", loader=DiskLoader(()))
    (verdict,) = verify(summary, source, "build", (), ask).verdicts
    assert (verdict.unbuilt, verdict.differences, verdict.open) == (None, (), 0)


def test_keras_2_is_asked_for_programs_of_keras_2(ask: Asking) -> None:
    text = (
        "from tf_keras import layers, models\n"
        "model = models.Sequential([layers.Conv2D(4, 3, input_shape=(9, 9, 1)), layers.Flatten()])\n"
    )
    found = _verified(ask, text, "model")
    assert found.keras.startswith("2.")
    (verdict,) = found.verdicts
    assert (verdict.unbuilt, verdict.differences, verdict.open) == (None, (), 0)


def test_bare_operations_are_layers_of_keras_2_by_name(ask: Asking) -> None:
    text = (
        "from tf_keras import Input, Model, layers\n"
        "inputs = Input((8,))\n"
        "x = layers.Dense(4)(inputs) * 2.0 + layers.Dense(4)(inputs)[:, :]\n"
        "model = Model(inputs, layers.Dense(2)(x))\n"
    )
    (verdict,) = _verified(ask, text, "model").verdicts
    assert (verdict.unbuilt, verdict.differences, verdict.open) == (None, (), 0)


def test_a_program_that_takes_too_long_is_ended(ask: Asking) -> None:
    request: dict[str, Any] = {
        "path": "p.py",
        "text": "while True: pass",
        "module": None,
        "folders": [],
        "wanted": None,
        "cells": [],
    }
    with pytest.raises(Problem, match=r"not done after 0\.5 s"):
        ask(
            CHILD,
            {**request, "is_started": True, "names": [], "shapes": [], "keras": "keras", "seconds": 0.5},
        )


def test_data_and_packages_that_are_not_there_have_stand_ins(ask: Asking) -> None:
    text = (
        "import keras\nimport no_such_plots\n"
        "(x, y), _ = keras.datasets.cifar100.load_data()\n"
        "model = keras.Sequential([keras.Input(x.shape[1:]), keras.layers.Flatten(), keras.layers.Dense(2)])\n"
        "no_such_plots.show(model)\n"
    )
    found = _verified(ask, text)
    (verdict,) = found.verdicts
    assert (found.error, verdict.differences, verdict.open) == (None, (), 0)


def test_programs_for_keras_2_find_it_under_its_old_name(ask: Asking) -> None:
    text = "from keras.models import Sequential\nfrom keras.layers import Dense\nmodel = Sequential([Dense(4, input_dim=3)])\n"
    summary = summarize(_program(text), target="keras2")
    found = verify(summary, _program(text), None, (), ask)
    (verdict,) = found.verdicts
    assert found.keras.startswith("2.")
    assert (verdict.unbuilt, verdict.differences, verdict.open) == (None, (), 0)
