"""Convolutional LSTM in one to three dimensions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kerlint.keras_api.convolution import slide, split
from kerlint.keras_api.dims import as_dim, as_dims, defined, is_size, multiply, show
from kerlint.keras_api.layer_rule import (
    BOTH,
    DATA_FORMATS,
    Config,
    ConfigError,
    LayerRule,
    ShapeFunction,
    Shapes,
    Variable,
    WeightFunction,
)
from kerlint.keras_api.recurrent import check_stateful, sequence_of
from kerlint.keras_api.resolve import set_tuples, standard_padding, standard_tuple
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape, ShapeError
from kerlint.python.values import UNKNOWN, Value


def _step(shape: Shape) -> Shape:
    return (shape[0], *shape[2:])


def _conv_lstm(rank: int) -> ShapeFunction:
    def shape(config: Config, inputs: Shapes) -> Shapes:
        given = sequence_of(inputs, rank + 3) or (UNKNOWN_DIM,) * (rank + 3)
        _check_static(config, given)
        check_stateful(config, given[0], given)
        state = slide(config, _step(given), "kernel_size", as_dim(config["filters"]))
        first = (given[0], given[1], *state[1:]) if config["return_sequences"] else state
        return (first, state, state) if config["return_state"] else (first,)

    return shape


def _check_static(config: Config, shape: Shape) -> None:
    spatial, channels = split(config, _step(shape))
    if None in spatial:
        raise ShapeError(
            "ConvLSTM layers only support static input shapes for the spatial dimension. Received invalid "
            f"input shape: input_shape={show(shape)}"
        )
    defined(channels, shape)


def _conv_lstm_weights(rank: int) -> WeightFunction:
    def weights(config: Config, inputs: Shapes) -> Sequence[Variable]:
        given = sequence_of(inputs, rank + 3) or (UNKNOWN_DIM,) * (rank + 3)
        filters, kernel = as_dim(config["filters"]), as_dims(config["kernel_size"], rank)
        wide = multiply(filters, 4)
        return [
            Variable("kernel", (*kernel, defined(split(config, _step(given))[1], given), wide)),
            Variable("recurrent_kernel", (*kernel, filters, wide)),
            *([Variable("bias", (wide,))] if config["use_bias"] else []),
        ]

    return weights


def _configure_conv_lstm(rank: int) -> Callable[[dict[str, Value]], None]:
    def configure(config: dict[str, Value]) -> None:
        set_tuples(config, rank, "kernel_size", "dilation_rate")
        config["strides"] = standard_tuple(config.get("strides", UNKNOWN), rank, "strides", allow_zero=True)
        standard_padding(config, ("valid", "same"))
        strides, dilations = as_dims(config["strides"], rank), as_dims(config["dilation_rate"], rank)
        if any(is_size(s) and s > 1 for s in strides) and any(is_size(d) and d > 1 for d in dilations):
            raise ConfigError(
                "Specifying `strides > 1` is not compatible with `dilation_rate > 1`. Received: "
                f"strides={config['strides']} and dilation_rate={config['dilation_rate']}"
            )

    return configure


def _rule(rank: int) -> LayerRule:
    return LayerRule(
        shape=_conv_lstm(rank),
        weights=_conv_lstm_weights(rank),
        configure=_configure_conv_lstm(rank),
        arity=None,
        any_rank=True,
        choices={
            "data_format": DATA_FORMATS,
            "padding": ("valid", "same"),
            "use_bias": BOTH,
            "return_sequences": BOTH,
            "return_state": BOTH,
        },
    )


RULES = {f"ConvLSTM{rank}D": _rule(rank) for rank in (1, 2, 3)}
