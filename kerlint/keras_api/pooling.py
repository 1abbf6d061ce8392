"""Pooling: over windows, over everything, and to a fixed size.

Formula after `keras.src.ops.operation_utils.compute_pooling_output_shape` (Keras 3.15).
"""

from __future__ import annotations

from collections.abc import Callable

from kerlint.keras_api.convolution import PADDINGS, image, slide, split
from kerlint.keras_api.dims import as_dims
from kerlint.keras_api.layer_rule import BOTH, DATA_FORMATS, Config, ConfigError, LayerRule, one
from kerlint.keras_api.resolve import is_plain, standard_tuple
from kerlint.keras_api.shapes import Shape
from kerlint.python.values import UNKNOWN, Value


def _pool(config: Config, shape: Shape) -> Shape:
    return slide(config, shape, "pool_size", split(config, shape)[1])


def _global_pool(config: Config, shape: Shape) -> Shape:
    spatial, channels = split(config, shape)
    return image(config, shape[0], (1,) * len(spatial) if config["keepdims"] else (), channels)


def _adaptive_pool(config: Config, shape: Shape) -> Shape:
    spatial, channels = split(config, shape)
    return image(config, shape[0], as_dims(config["output_size"], len(spatial)), channels)


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
        shape=one(_adaptive_pool),
        configure=_configure_adaptive(rank),
        rank=rank + 2,
        choices={"data_format": DATA_FORMATS},
    )


RULES = {
    f"{prefix}{kind}Pooling{rank}D": make(rank)
    for kind in ("Max", "Average")
    for rank in (1, 2, 3)
    for prefix, make in (("", _windowed), ("Global", _global), ("Adaptive", _adaptive))
}
