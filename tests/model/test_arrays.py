"""Rates that `linspace` spreads over blocks decide which layers a model has."""

from __future__ import annotations

import pytest

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
