"""What the tables say of common layers, without asking Keras (the oracle tests do that)."""

from __future__ import annotations

from typing import Any

import pytest

from kerlint.keras_api import behaviour
from kerlint.keras_api.behaviour import ConfigError, UnknownName
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape, ShapeError
from kerlint.keras_api.traits import MEANINGS, traits
from kerlint.python.values import UNKNOWN, Symbol

CONV: dict[str, Any] = {
    "filters": 32,
    "kernel_size": 3,
    "strides": (1, 1),
    "padding": "valid",
    "data_format": None,
    "dilation_rate": (1, 1),
    "groups": 1,
    "activation": None,
    "use_bias": True,
}
POOL: dict[str, Any] = {"pool_size": (2, 2), "strides": None, "padding": "valid", "data_format": None}


def shapes_of(layer: str, arguments: dict[str, Any], *inputs: Shape | None) -> Any:
    symbol = f"keras.layers.{layer}"
    outputs = behaviour.output_shape(symbol, behaviour.resolve(symbol, arguments), inputs)
    return outputs[0] if outputs is not None and len(outputs) == 1 else outputs


def counts_of(layer: str, arguments: dict[str, Any], *inputs: Shape | None) -> Any:
    symbol = f"keras.layers.{layer}"
    found = behaviour.weights(symbol, behaviour.resolve(symbol, arguments), inputs)
    return found.trainable, found.non_trainable


def test_a_convolution_has_the_shape_and_count_that_keras_prints() -> None:
    assert shapes_of("Conv2D", CONV, (None, 28, 28, 1)) == (None, 26, 26, 32)
    assert counts_of("Conv2D", CONV, (None, 28, 28, 1)) == (320, 0)


def test_groups_that_keras_refuses_still_give_a_shape() -> None:
    with pytest.raises(ConfigError):
        behaviour.resolve("keras.layers.Conv2D", {**CONV, "groups": 0})
    unresolved = {**CONV, "kernel_size": (3, 3), "groups": 0}
    assert behaviour.output_shape("keras.layers.Conv2D", unresolved, ((None, 28, 28, 8),)) is not None


def test_strides_left_out_become_the_pool_size() -> None:
    config = behaviour.resolve("keras.layers.MaxPool2D", {**POOL, "pool_size": 3})
    assert config["strides"] == (3, 3)
    assert shapes_of("MaxPooling2D", {**POOL, "pool_size": 3}, (None, 12, 12, 4)) == (None, 4, 4, 4)


def test_an_unknown_pool_size_leaves_the_strides_unknown() -> None:
    config = behaviour.resolve("keras.layers.MaxPooling2D", {**POOL, "pool_size": UNKNOWN})
    assert config["strides"] is UNKNOWN
    assert shapes_of("MaxPooling2D", {**POOL, "pool_size": UNKNOWN}, (None, 12, 12, 4)) == (
        None,
        UNKNOWN_DIM,
        UNKNOWN_DIM,
        4,
    )


def test_an_unknown_rank_is_filled_in_where_the_layer_dictates_it() -> None:
    assert shapes_of("Conv2D", CONV, None) == (UNKNOWN_DIM, UNKNOWN_DIM, UNKNOWN_DIM, 32)


def test_unknown_padding_keeps_what_both_paddings_agree_on() -> None:
    assert shapes_of("MaxPooling2D", {**POOL, "padding": UNKNOWN}, (None, 27, 28, 1)) == (
        None,
        UNKNOWN_DIM,
        14,
        1,
    )


def test_unknown_filters_spoil_only_the_channels_and_the_count() -> None:
    arguments = {**CONV, "filters": UNKNOWN}
    assert shapes_of("Conv2D", arguments, (None, 28, 28, 1)) == (None, 26, 26, UNKNOWN_DIM)
    assert counts_of("Conv2D", arguments, (None, 28, 28, 1)) == (UNKNOWN, UNKNOWN)


def test_an_unknown_batch_normalisation_scale_leaves_the_moving_statistics_known() -> None:
    arguments = {"axis": -1, "scale": UNKNOWN, "center": True}
    assert counts_of("BatchNormalization", arguments, (None, 4)) == (UNKNOWN, 8)


def test_a_frozen_layer_counts_everything_as_not_trainable() -> None:
    assert counts_of("Conv2D", {**CONV, "trainable": False}, (None, 28, 28, 1)) == (0, 320)


@pytest.mark.parametrize(
    ("layer", "arguments", "shape", "words"),
    [
        pytest.param("Conv2D", CONV, (None, 2, 28, 1), "zero or negative", id="the map is too small"),
        pytest.param("Conv2D", CONV, (None, 28, 28), "expected ndim=4, found ndim=3", id="the rank is wrong"),
        pytest.param("Conv2D", CONV, (None, 28, 28, None), "must be defined", id="the channels are free"),
        pytest.param("Reshape", {"target_shape": (7, -1)}, (None, 8), "total size", id="the sizes differ"),
        pytest.param("Cropping1D", {"cropping": (2, 2)}, (None, 4, 1), "cropping", id="nothing is left"),
    ],
)
def test_shapes_that_keras_refuses_are_errors(
    layer: str, arguments: dict[str, Any], shape: Shape, words: str
) -> None:
    with pytest.raises(ShapeError, match=words):
        shapes_of(layer, arguments, shape)


@pytest.mark.parametrize(
    ("layer", "arguments", "words"),
    [
        pytest.param("Conv2D", {**CONV, "kernel_size": (3, 3, 3)}, "tuple of 2 integers", id="three sides"),
        pytest.param("Conv2D", {**CONV, "padding": "full"}, "padding", id="no such padding"),
        pytest.param("Conv2D", {**CONV, "strides": 2, "dilation_rate": 2}, "conjunction", id="both > 1"),
        pytest.param("Dense", {"units": 3.5}, "positive integer", id="a fraction of a unit"),
        pytest.param("Dropout", {"rate": 20, "noise_shape": None}, "between 0 and 1", id="a percentage"),
        pytest.param("Permute", {"dims": (0, 1)}, "start from 1", id="the batch axis"),
    ],
)
def test_arguments_that_keras_refuses_are_errors(layer: str, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        behaviour.resolve(f"keras.layers.{layer}", arguments)


def test_a_name_that_nobody_ships_is_told_from_other_errors() -> None:
    with pytest.raises(UnknownName, match="rleu"):
        behaviour.resolve("keras.layers.Activation", {"activation": "rleu"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(None, "linear", id="nothing"),
        pytest.param("swish", "silu", id="a synonym"),
        pytest.param(Symbol("keras.activations.relu"), "relu", id="the function"),
        pytest.param(Symbol("keras.layers.ReLU"), Symbol("keras.layers.ReLU"), id="an object stays itself"),
    ],
)
def test_activations_have_one_canonical_name(given: Any, expected: Any) -> None:
    assert behaviour.resolve("keras.layers.Activation", {"activation": given})["activation"] == expected


def test_merging_disagreeing_shapes_is_an_error() -> None:
    with pytest.raises(ShapeError, match="incompatible shapes"):
        shapes_of("Add", {}, (None, 4), (None, 5))
    with pytest.raises(ShapeError, match="matching shapes"):
        shapes_of("Concatenate", {"axis": -1}, (None, 4, 1), (None, 5, 1))


def test_concatenating_over_an_unknown_axis_keeps_only_free_extents() -> None:
    assert shapes_of("Concatenate", {"axis": UNKNOWN}, (None, 4), (None, 4)) == (None, UNKNOWN_DIM)


def test_an_input_has_the_shape_it_was_given() -> None:
    assert shapes_of("Input", {"shape": (28, 28, 1), "batch_size": None}) == (None, 28, 28, 1)
    assert shapes_of("Input", {"batch_shape": (8, UNKNOWN)}) == (8, UNKNOWN_DIM)


def test_a_layer_that_is_not_in_the_table_is_unknown() -> None:
    assert not behaviour.is_supported("keras.layers.MyLayer")
    assert behaviour.output_shape("keras.layers.MyLayer", {}, ((None, 3),)) is None


def test_generated_names_are_those_of_keras() -> None:
    names = ["Conv2D", "MaxPooling2D", "LSTM", "ReLU", "PReLU", "BatchNormalization", "MyBlock"]
    assert [behaviour.auto_name(name) for name in names] == [
        "conv2d",
        "max_pooling2d",
        "lstm",
        "re_lu",
        "p_re_lu",
        "batch_normalization",
        "my_block",
    ]


def test_every_trait_in_use_has_a_meaning() -> None:
    found = {trait for name in behaviour.RULES for trait in traits(f"keras.layers.{name}")}
    assert found <= set(MEANINGS)


def test_every_layer_in_the_table_has_traits() -> None:
    assert [name for name in behaviour.RULES if not traits(f"keras.layers.{name}")] == []


def test_a_recurrent_layer_over_time_is_known_where_its_rank_fits() -> None:
    lstm = {"units": 4, "use_bias": True, "return_sequences": False, "return_state": False}
    held = {"layer": behaviour.LayerSpec("keras.layers.LSTM", lstm)}
    assert shapes_of("TimeDistributed", held, (None, 5, 6, 2)) == (None, 5, 4)
    assert counts_of("TimeDistributed", held, (None, 5, 6, 2)) == (112, 0)
    assert shapes_of("TimeDistributed", held, (None, 5, 6)) is None


def test_pooling_over_time_is_pooling_of_each_step() -> None:
    pool = {"layer": behaviour.LayerSpec("keras.layers.MaxPooling2D", {**POOL, "strides": (2, 2)})}
    assert shapes_of("TimeDistributed", pool, (None, 5, 8, 8, 3)) == (None, 5, 4, 4, 3)


def test_a_layer_with_states_gives_one_shape_per_tensor() -> None:
    lstm = {"units": 4, "use_bias": True, "return_sequences": True, "return_state": True}
    assert shapes_of("LSTM", lstm, (None, 6, 2)) == ((None, 6, 4), (None, 4), (None, 4))
    assert shapes_of("LSTM", {**lstm, "return_state": UNKNOWN}, (None, 6, 2)) is None


def test_attention_scores_come_second_when_asked_for() -> None:
    config = {"num_heads": 2, "key_dim": 3, "value_dim": None, "output_shape": None, "use_bias": True}
    symbol = "keras.layers.MultiHeadAttention"
    inputs = ((None, 5, 8), (None, 5, 8))
    resolved = behaviour.resolve(symbol, config)
    assert behaviour.output_shape(symbol, resolved, inputs) == ((None, 5, 8),)
    assert behaviour.output_shape(symbol, resolved, inputs, {"return_attention_scores": True}) == (
        (None, 5, 8),
        (None, 2, 5, 5),
    )


def test_a_vocabulary_that_may_be_adapted_leaves_the_width_open() -> None:
    lookup = {"max_tokens": None, "output_mode": "multi_hot", "pad_to_max_tokens": False, "vocabulary": None}
    assert shapes_of("StringLookup", {**lookup, "num_oov_indices": 1}, (None, 1)) == (None, UNKNOWN_DIM)
    padded = {**lookup, "max_tokens": 20, "pad_to_max_tokens": True}
    assert shapes_of("StringLookup", padded, (None, 1)) == (None, 20)


def test_a_wrapper_shares_the_traits_of_what_it_holds() -> None:
    held = {"layer": behaviour.LayerSpec("keras.layers.Conv2D", CONV)}
    assert {"wrapper", "conv"} <= traits("keras.layers.TimeDistributed", held)
    assert "conv" not in traits("keras.layers.TimeDistributed")


def test_aliases_share_traits() -> None:
    assert traits("keras.layers.MaxPool2D") == traits("keras.layers.MaxPooling2D")
    assert "conv_transpose" in traits("keras.layers.Convolution2DTranspose")
