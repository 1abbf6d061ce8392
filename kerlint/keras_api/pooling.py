"""Pooling: over windows, over everything, and to a fixed size.

Formula after `keras.src.ops.operation_utils.compute_pooling_output_shape` (Keras 3.15).
"""

from __future__ import annotations

from collections.abc import Callable

from kerlint.keras_api.convolution import PADDINGS, image, slide, split
from kerlint.keras_api.dims import as_dims
from kerlint.keras_api.layer_rule import (
    BOTH,
    DATA_FORMATS,
    Config,
    ConfigError,
    LayerRule,
    ShapeFunction,
    Shapes,
    one,
)
from kerlint.keras_api.resolve import is_plain, standard_tuple
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape
from kerlint.python.values import UNKNOWN, Value


def _pool(config: Config, shape: Shape) -> Shape:
    return slide(config, shape, "pool_size", split(config, shape)[1])


def _global_pool(config: Config, shape: Shape) -> Shape:
    spatial, channels = split(config, shape)
    return image(config, shape[0], (1,) * len(spatial) if config["keepdims"] else (), channels)


def _adaptive_pool(rank: int) -> ShapeFunction:
    """Keras takes the wanted size on trust and does not check the input's rank."""

    def shape(config: Config, inputs: Shapes) -> Shapes:
        (given,) = inputs
        batch, channels = (UNKNOWN_DIM, UNKNOWN_DIM) if given is None else (given[0], split(config, given)[1])
        return (image(config, batch, as_dims(config["output_size"], rank), channels),)

    return shape


def _configure_pool(rank: int) -> Callable[[dict[str, Value]], None]:
    def configure(config: dict[str, Value]) -> None:
        pool, strides = config.get("pool_size", UNKNOWN), config.get("strides", UNKNOWN)
        config["pool_size"] = standard_tuple(pool, rank, "pool_size")
        config["strides"] = standard_tuple(
            pool if strides is None else strides, rank, "strides", allow_zero=True
        )

    return configure


def _configure_adaptive(rank: int) -> Callable[[dict[str, Value]], None]:
    def configure(config: dict[str, Value]) -> None:
        size = config.get("output_size", UNKNOWN)
        if isinstance(size, int):
            config["output_size"] = (size,) * rank
        elif (isinstance(size, tuple) and len(size) != rank) or (
            is_plain(size) and not isinstance(size, tuple)
        ):
            raise ConfigError(
                f"`output_size` must be an integer or tuple of {rank} integers. Received: {size}"
            )

    return configure


def _windowed(rank: int) -> LayerRule:
    return LayerRule(
        shape=one(_pool),
        configure=_configure_pool(rank),
        rank=rank + 2,
        choices={"data_format": DATA_FORMATS, "padding": PADDINGS},
    )


def _global(rank: int) -> LayerRule:
    return LayerRule(
        shape=one(_global_pool), rank=rank + 2, choices={"data_format": DATA_FORMATS, "keepdims": BOTH}
    )


def _adaptive(rank: int) -> LayerRule:
    return LayerRule(
        shape=_adaptive_pool(rank),
        configure=_configure_adaptive(rank),
        min_rank=2,
        any_rank=True,
        choices={"data_format": DATA_FORMATS},
    )


RULES = {
    f"{prefix}{kind}Pooling{rank}D": make(rank)
    for kind in ("Max", "Average")
    for rank in (1, 2, 3)
    for prefix, make in (("", _windowed), ("Global", _global), ("Adaptive", _adaptive))
}
