"""The facts of the data of small programs."""

from __future__ import annotations

from kerlint.model.data_facts import Data, TrainingData

from ..helpers import program_of

MODEL = """
import numpy as np
import tensorflow as tf
{}
model = keras.Sequential([layers.Dense(1)])
model.fit(x{})
"""


def fitted_on(text: str, target: str = "") -> TrainingData:
    """The data of a fit on `x` after the lines."""
    program = program_of(MODEL.format(text, target))
    (event,) = [event for event in program.trainings if event.kind == "fit"]
    return event.data or TrainingData()


def data_given(text: str) -> Data:
    """What is known of `x` after the lines."""
    return fitted_on(text).x
