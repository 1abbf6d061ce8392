"""The facts about `keras.applications` are those of the installed Keras: counts, output, names taken."""

from __future__ import annotations

import os
from typing import Any

import pytest

from kerlint.keras_api.applications import APPLICATIONS, SIZED
from kerlint.keras_api.shapes import UNKNOWN_DIM
from kerlint.model.facts import Model, Program
from kerlint.model.recover import recover
from kerlint.python.values import Unknown
from kerlint.source import read

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
pytestmark = pytest.mark.oracle
SHAPED = "given = keras.Input(base.input_shape[1:])\nshaped = keras.Model(given, base(given))\n"


def test_every_application_is_known() -> None:
    import keras

    public = {name for name in dir(keras.applications) if name[0].isupper()}
    assert public == set(APPLICATIONS)


def _program(call: str) -> str:
    """The call, a model on top, and then one layer of each kind for its name."""
    after = "\n".join(
        f"after_{stem} = {cls}"
        for stem, cls in {
            "dense": "layers.Dense(1)",
            "conv2d": "layers.Conv2D(1, 1)",
            "activation": "layers.Activation('relu')",
            "add": "layers.Add()",
            "rescaling": "layers.Rescaling(1.0)",
            "re_lu": "layers.ReLU()",
            "concatenate": "layers.Concatenate()",
        }.items()
    )
    return f"import keras\nfrom keras import layers\nbase = keras.applications.{call}\n{after}\n{SHAPED}"


def _by_keras(source: str) -> dict[str, Any]:
    import keras
    from keras.src.backend.common import global_state

    global_state.clear_session()
    namespace: dict[str, Any] = {}
    with keras.StatelessScope(initialize_variables=False):
        exec(source, namespace)
    return namespace


def _named(program: Program, variable: str) -> Model:
    return next(model for model in program.models if model.variable == variable)


VARIANTS = ("", ", include_top=False, pooling='avg'", ", include_top=False, input_shape=(192, 160, 3)")
NAMES = sorted(APPLICATIONS)
CASES = [(name, VARIANTS[index % len(VARIANTS)]) for index, name in enumerate(NAMES)]
if os.environ.get("KERLINT_ORACLE_THOROUGH"):
    CASES = [(name, variant) for name in NAMES for variant in VARIANTS]


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_counts_output_and_names(name: str, variant: str) -> None:
    source = _program(f"{name}(weights=None{variant})")
    expected = _by_keras(source)
    base = expected["base"]
    program = recover(read(source.encode(), "program.py"))
    model = _named(program, "base")
    if name.startswith(SIZED):
        assert isinstance(model.weigh().total, Unknown)
    else:
        assert model.weigh().total == base.count_params()
        assert model.name == base.name
    shape = _named(program, "shaped").outputs[0].shape
    assert shape is not None
    real = expected["shaped"].output_shape
    assert [dim for dim in shape if dim is not UNKNOWN_DIM] == [
        size for dim, size in zip(shape, real, strict=True) if dim is not UNKNOWN_DIM
    ]
    for layer in program.operations:
        if layer.variable is not None and layer.name is not None:
            assert layer.name == expected[layer.variable].name
