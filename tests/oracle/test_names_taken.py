"""The automatic names that library objects take for themselves are those that kerlint counts."""

from __future__ import annotations

import os
from typing import Any

import pytest

from kerlint.keras_api.class_names import auto_name
from kerlint.model.made_names import MADE_BY_BUILD, MADE_BY_INIT, operation_base

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
pytestmark = pytest.mark.oracle
NO_NAMES = ("keras_tensor", "seed_generator", "variable", "scratch_graph")


def _taken(action: Any) -> dict[str, int]:
    """How many names of each stem an action takes."""
    from keras.src.backend.common import global_state

    def counters() -> dict[str, int]:
        return dict(global_state.get_global_attribute("object_name_uids") or {})

    before = counters()
    action()
    return {
        stem: number - before.get(stem, 0)
        for stem, number in counters().items()
        if number != before.get(stem, 0) and stem not in NO_NAMES
    }


def _counts(classes: tuple[str, ...]) -> dict[str, int]:
    stems = [auto_name(cls) for cls in classes]
    return {stem: stems.count(stem) for stem in stems}


@pytest.mark.parametrize("name", [*MADE_BY_INIT, "Dense", "LSTM", "Bidirectional", "Dropout", "RandomFlip"])
def test_what_a_constructor_makes(name: str) -> None:
    import keras

    arguments = {"Dense": (3,), "LSTM": (3,), "Bidirectional": (keras.layers.LSTM(2),), "Dropout": (0.5,)}
    made = _taken(lambda: getattr(keras.layers, name)(*arguments.get(name, ())))
    assert made == {auto_name(name): 1, **_counts(MADE_BY_INIT.get(name, ()))}


CALLS = {
    "MultiHeadAttention": (2, 3),
    "GroupQueryAttention": (4, 4, 2),
    "LSTM": (3,),
    "Bidirectional": "LSTM",
    "TimeDistributed": "Dense",
    "BatchNormalization": (),
    "SpectralNormalization": "Dense",
}


@pytest.mark.parametrize("name", CALLS)
def test_what_the_first_call_makes(name: str) -> None:
    import keras

    given = CALLS[name]
    arguments = (getattr(keras.layers, given)(3),) if isinstance(given, str) else given
    layer = getattr(keras.layers, name)(*arguments)
    x = keras.KerasTensor((None, 7, 4))
    inputs = (x, x) if "Attention" in name else (x,)
    assert _taken(lambda: layer(*inputs)) == _counts(MADE_BY_BUILD.get(name, ()))
    assert _taken(lambda: layer(*inputs)) == {}


FUNCTIONS = (
    "keras.activations.relu",
    "keras.activations.softmax",
    "keras.activations.gelu",
    "keras.activations.swish",
    "keras.activations.exponential",
    "keras.activations.hard_sigmoid",
    "keras.activations.leaky_relu",
    "keras.ops.relu",
    "keras.ops.sum",
    "keras.ops.mean",
    "keras.ops.expand_dims",
    "keras.ops.transpose",
    "keras.ops.swish",
    "keras.ops.sqrt",
)


@pytest.mark.parametrize("symbol", FUNCTIONS)
def test_what_a_function_of_a_tensor_makes(symbol: str) -> None:
    import keras

    home, _, name = symbol.removeprefix("keras.").rpartition(".")
    function = getattr(getattr(keras, home), name)
    arguments = (0,) if name == "expand_dims" else ()
    made = _taken(lambda: function(keras.KerasTensor((None, 7)), *arguments))
    assert made == {operation_base(symbol): 1}
