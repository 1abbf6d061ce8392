"""What `predict` gives is known by its model, and who takes its argmax."""

from __future__ import annotations

import pytest

from kerlint.model.predictions import Prediction

from .helpers import named, program_of

MODEL = "import numpy as np\nimport tensorflow as tf\nm = keras.Sequential([keras.Input((4,)), layers.Dense(1)])\n"


@pytest.mark.parametrize(
    "use",
    [
        "np.argmax(m.predict(x), axis=1)",
        "m.predict(x).argmax(1)",
        "tf.argmax(m.predict(x), axis=1)",
        "ops.argmax(m.predict(x), axis=1)",
    ],
)
def test_the_argmax_of_a_prediction_is_kept_with_its_model(use: str) -> None:
    program = program_of(MODEL + use)
    (site,) = [call for call in program.calls if call.symbol.endswith("argmax")]
    (given,) = [one.value for one in site.arguments.values() if isinstance(one.value, Prediction)]
    assert given.model == named(program, "m").identity


@pytest.mark.parametrize("use", ["np.argmax(x, axis=1)", "x.argmax(1)", "np.argmax(m.predict(x)[0])"])
def test_the_argmax_of_anything_else_is_not_kept(use: str) -> None:
    program = program_of(MODEL + use)
    assert not [call for call in program.calls if call.symbol == "numpy.argmax"]


def test_a_prediction_is_as_unknown_as_anything_else() -> None:
    text = (
        "p = m.predict(x)\nif p is None:\n    m.compile('sgd', 'mse')\nelse:\n    m.compile('adam', 'mse')\n"
    )
    program = program_of(MODEL + text)
    compiles = [event for event in program.trainings if event.kind == "compile"]
    assert {event.site.value("optimizer") for event in compiles} == {"sgd", "adam"}
