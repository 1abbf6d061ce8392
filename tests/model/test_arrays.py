"""Rates that `linspace` spreads over blocks decide which layers a model has."""

from __future__ import annotations

import pytest

from kerlint.python.values import Unknown

from .helpers import classes, model_of, program_of

RATES = """
import keras
import numpy as np
from keras import layers, ops

inputs = keras.Input((8,))
x = inputs
{rates}
for rate in rates:
    x = layers.Dense(8)(x)
    if rate > 0:
        x = layers.Dropout(rate)(x)
model = keras.Model(inputs, x)
"""


SPREAD = ["InputLayer", "Dense", "Dense", "Dropout", "Dense", "Dropout"]


@pytest.mark.parametrize(
    "rates",
    [
        "rates = [float(rate) for rate in np.linspace(0.0, 0.2, 3)]",
        "rates = [float(rate) for rate in ops.linspace(0.0, 0.2, 3)]",
        "rates = np.linspace(0, 0.2, num=3).tolist()",
        "rates = list(np.linspace(0, 0.2, sum([1, 2])))",
    ],
)
def test_layers_that_depend_on_spread_rates_are_known(rates: str) -> None:
    model = model_of(RATES.format(rates=rates))
    assert (classes(model), model.complete) == (SPREAD, True)


@pytest.mark.parametrize(
    "rates",
    [
        "rates = np.linspace(0, 0.2, 3)\nother = rates\nother *= 0",
        "rates = np.linspace(0, 0.2, 3)\nrates[1] = 0",
        "from other import top\nrates = np.linspace(0, top, 3)",
    ],
)
def test_an_array_that_may_have_changed_leaves_the_model_open(rates: str) -> None:
    assert not any(model.complete for model in program_of(RATES.format(rates=rates)).models)


@pytest.mark.parametrize(
    ("number", "units"),
    [
        ("int(np.ceil(7 / 2))", 4),
        ("int(np.floor(7 / 2))", 3),
        ("int(np.sqrt(25.0))", 5),
        ("int(np.rint(2.5) * 2)", 4),
        ("int(ops.ceil(7 / 2))", 4),
        ("int(ops.floor(3.99999999))", 4),
        ("int(ops.round(2.5))", 2),
    ],
)
def test_numbers_that_libraries_round_are_known(number: str, units: int) -> None:
    model = model_of(
        f"import numpy as np\nmodel = keras.Sequential([keras.Input((3,)), layers.Dense({number})])"
    )
    assert model.layers[0].params == 4 * units


@pytest.mark.parametrize("number", ["np.sqrt(-1.0)", "np.floor(0.5)", "np.log2(8.0)", "ops.ceil(lib.x())"])
def test_other_numbers_of_libraries_stay_open(number: str) -> None:
    text = f"import lib\nimport numpy as np\nmodel = keras.Sequential([keras.Input((3,)), layers.Dense(int({number}))])"
    assert isinstance(model_of(text).layers[0].params, Unknown)
