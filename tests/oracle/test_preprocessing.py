"""`preprocess_input` inside a model makes the operations that Keras makes."""

from __future__ import annotations

import os

import pytest

from kerlint.model.preprocessing import MODES
from kerlint.source import read
from kerlint.summary import summarize

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
pytestmark = pytest.mark.oracle


def test_every_module_is_known() -> None:
    import keras

    modules = vars(keras.applications)
    assert {name for name, module in modules.items() if hasattr(module, "preprocess_input")} == set(MODES)


@pytest.mark.parametrize("module", MODES)
def test_the_operations_of_a_model_are_those_of_keras(module: str) -> None:
    import keras
    from keras.src.backend.common import global_state

    program = (
        "import keras\ninputs = keras.Input((8, 8, 3))\n"
        f"x = keras.applications.{module}.preprocess_input(inputs)\n"
        "model = keras.Model(inputs, keras.layers.Add()([x, x]))\n"
    )
    global_state.clear_session()
    namespace: dict[str, object] = {}
    exec(program, namespace)
    model = namespace["model"]
    assert isinstance(model, keras.Model)
    (table,) = summarize(read(program.encode(), "program.py"), "model").models
    expected = [
        (type(one).__name__, one.name, tuple(one._inbound_nodes[-1].output_tensors[0].shape))
        for one in model._operations
    ]
    assert [(row.cls, row.name, row.outputs[0]) for row in table.rows] == expected
