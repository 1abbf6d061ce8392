"""Notebooks are programs: a model built over several cells."""

from __future__ import annotations

import json

from kerlint.model.facts import Program
from kerlint.model.recover import recover
from kerlint.source import read

from .helpers import checked, classes, names


def _notebook(*cells: str) -> bytes:
    made: list[dict[str, object]] = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
        for cell in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _program(*cells: str) -> Program:
    return checked(recover(read(_notebook(*cells), "book.ipynb")))


def test_a_model_over_several_cells_is_one_model() -> None:
    program = _program(
        "%matplotlib inline\n!pip install keras\nimport keras\nfrom keras import layers",
        "model = keras.Sequential([keras.Input((4,))])",
        "for units in (8, 2):\n    model.add(layers.Dense(units))\nmodel.summary()",
        "model.compile('adam', 'mse')\nhistory = model.fit(x, y)",
    )
    (model,) = program.models
    assert program.is_notebook
    assert (classes(model), names(model)) == (["Dense", "Dense"], ["dense", "dense_1"])
    assert [event.kind for event in program.trainings] == ["compile", "fit"]


def test_a_place_names_its_cell() -> None:
    program = _program("import keras\nfrom keras import layers", "\nlayer = layers.Dense(3)")
    (layer,) = program.operations
    assert layer.place is not None
    location = layer.place.location
    assert (location.cell, location.row) == (2, 2)
