"""Keras itself on data that do not fit: what the rules on data say that it refuses, takes, or never mentions."""

from __future__ import annotations

from functools import cache

import pytest

from kerlint.keras_api.scalings import MODES

from .run_examples import examples, run

pytestmark = pytest.mark.oracle
FILES = (
    *("list_files", "listdir", "preprocessing.text", "load_data", "read_csv", "np.load", "_from_directory"),
    *("open(", "load_img", "load_model", "load_weights", "texts"),
)
"""What an example needs that is not here."""
REFUSALS = {
    "KER808": ("Invalid input shape", "incompatible", "Unrecognized data type", "Cannot convert"),
    "KER809": ("must have the same", "Dimensions must be equal", "cardinality", "Unrecognized data type"),
    "KER801": ("must have the same", "must have rank"),
    "KER810": ("must have the same shape", "valid range", "Received a label value"),
    "KER602": ("is not in [0",),
    "KER812": ("adapt", "Table not initialized"),
    "KER703": (),
    "KER205": (),
    "KER802": (),
    "KER807": (),
}
"""By rule: words of the exceptions that its errors stand for; none where Keras is silent."""
SILENT = ("warning: ", "KER802 error", "KER807 error")


def runnable(kind: str) -> dict[str, str]:
    """The examples that need nothing but Keras, by `CODE title`."""
    return {
        f"{code} {title}": program
        for code, title, program in examples(kind, tuple(REFUSALS))
        if not any(word in program for word in FILES)
    }


@cache
def outcomes(kind: str) -> dict[str, str]:
    """What became of each in a process with Keras."""
    return run(runnable(kind))


@pytest.mark.parametrize("key", runnable("bad"))
def test_keras_does_with_a_bad_example_what_the_rule_says(key: str) -> None:
    program, outcome = runnable("bad")[key], outcomes("bad")[key]
    if any(word in program for word in SILENT):
        assert outcome == "ran"
    else:
        assert any(words in outcome for words in REFUSALS[key[:6]]), outcome


@pytest.mark.parametrize("key", runnable("good"))
def test_keras_runs_a_good_example_on_data(key: str) -> None:
    assert outcomes("good")[key] == "ran"


@pytest.mark.parametrize("module", MODES)
def test_the_pixels_that_an_application_wants(module: str) -> None:
    import keras
    import numpy as np

    made = getattr(keras.applications, module).preprocess_input(np.full((1, 1, 1, 3), 255.0))
    most = float(np.max(made))
    ranges = {"0 to 255": most == 255, "-1 to 1": most == 1, "means subtracted": 100 < most < 255}
    assert ranges.get(MODES[module], 1 < most < 5)
