"""What is said of former names and arguments leads to something that Keras 3 has."""

from __future__ import annotations

import pytest

from kerlint.keras_api import names, signatures
from kerlint.keras_api.former import is_gone, load, successor
from kerlint.keras_api.former_arguments import is_former, replacement
from kerlint.keras_api.former_members import FORMER_MEMBERS, WATCHED

LAYERS = [name for name in names.members("keras.layers").values() if names.category(name) == "layer"]


@pytest.mark.parametrize("layer", sorted(set(LAYERS)))
def test_a_renamed_argument_of_a_layer_exists(layer: str) -> None:
    signature = signatures.signature(layer)
    assert signature is not None
    for name in (
        "init",
        "border_mode",
        "output_dim",
        "p",
        "W_regularizer",
        "dim_ordering",
        "sigma",
        "stride",
    ):
        new = replacement(layer, name)
        assert new is None or new in signature


@pytest.mark.parametrize(
    ("symbol", "name", "new"),
    [
        ("keras.layers.Dense", "output_dim", "units"),
        ("keras.layers.Embedding", "output_dim", None),
        ("keras.layers.Conv2D", "border_mode", "padding"),
        ("keras.Model.fit", "nb_epoch", "epochs"),
        ("keras.Model", "input", "inputs"),
        ("keras.utils.to_categorical", "nb_classes", "num_classes"),
        ("keras.layers.Dense", "activaton", None),
    ],
)
def test_an_argument_is_replaced(symbol: str, name: str, new: str | None) -> None:
    assert replacement(symbol, name) == new


def test_arguments_of_keras_2_are_former_ones() -> None:
    assert is_former("keras.Model.fit", "workers")
    assert is_former("keras.layers.LSTM", "batch_input_shape")
    assert not is_former("keras.layers.Dense", "activaton")


@pytest.mark.parametrize(
    ("dotted", "new"),
    [
        ("keras.layers.core.Dense", "keras.layers.Dense"),
        ("tensorflow.keras.layers.experimental.preprocessing", "tensorflow.keras.layers"),
        ("keras.layers.convolutional", "keras.layers"),
        ("keras.utils.np_utils", "keras.utils"),
        ("keras.backend.mean", "keras.ops.mean"),
        ("keras.backend.tensorflow_backend", "keras.backend"),
        ("tensorflow.Session", "tensorflow.compat.v1.Session"),
        ("tensorflow.log", "tensorflow.math.log"),
        ("tensorflow.contrib", ""),
        ("tensorflow.keras.losses.mean_squared_error", "keras.losses.mean_squared_error"),
        ("keras.layers.MaxoutDense", ""),
    ],
)
def test_a_name_that_is_gone_has_its_successor(dotted: str, new: str) -> None:
    assert is_gone(dotted)
    assert successor(dotted) == new


@pytest.mark.parametrize(
    "dotted",
    [
        "keras.layers.Dense",
        "tensorflow.keras.backend.mean",
        "tensorflow.keras.preprocessing.image.ImageDataGenerator",
        "tensorflow.function",
        "tensorflow.keras.saving.load_model",
        "keras.src.layers.Dense",
        "numpy.bool",
        "keras.Model.anything",
        "keras.__version__.split",
    ],
)
def test_what_is_there_or_not_judged_is_not_gone(dotted: str) -> None:
    assert not is_gone(dotted)


def test_successors_are_not_gone_themselves() -> None:
    for new in (*load().names.values(), *load().backend.values()):
        assert " " in new or not new or not is_gone(new), new


@pytest.mark.parametrize("module", ["losses", "metrics", "optimizers", "initializers", "layers"])
def test_what_tensorflow_keras_lacks_is_found_where_it_is(module: str) -> None:
    for leaf in names.members(f"keras.{module}"):
        dotted = f"tensorflow.keras.{module}.{leaf}"
        assert not is_gone(dotted) or not is_gone(successor(dotted) or dotted), dotted


def test_watched_members_are_all_told_of() -> None:
    assert frozenset().union(*FORMER_MEMBERS.values()) == WATCHED
