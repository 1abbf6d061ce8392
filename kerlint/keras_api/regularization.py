"""Layers that do something in training only: dropout and noise."""

from __future__ import annotations

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.layer_rule import ConfigError, LayerRule, unchanged
from kerlint.keras_api.resolve import is_plain, require_fraction
from kerlint.python.values import UNKNOWN, Value


def _configure_rate(config: dict[str, Value]) -> None:
    require_fraction(config, "rate")


def _configure_dropout(config: dict[str, Value]) -> None:
    _configure_rate(config)
    noise = config.get("noise_shape", UNKNOWN)
    sizes = noise if isinstance(noise, tuple) else ()
    if (is_plain(noise) and noise is not None) or any(is_size(size) and size <= 0 for size in sizes):
        raise ConfigError(
            "Invalid value received for argument `noise_shape`. Expected all dimensions to be positive "
            f"integers or None. Received: noise_shape={noise}"
        )


def _configure_noise(config: dict[str, Value]) -> None:
    require_fraction(config, "stddev")


_RATE = LayerRule(shape=unchanged, configure=_configure_rate, arity=None, any_rank=True)

RULES = {
    "Dropout": LayerRule(shape=unchanged, configure=_configure_dropout, arity=None, any_rank=True),
    "AlphaDropout": _RATE,
    "GaussianDropout": _RATE,
    "GaussianNoise": LayerRule(shape=unchanged, configure=_configure_noise, arity=None, any_rank=True),
    **{
        f"SpatialDropout{rank}D": LayerRule(
            shape=unchanged, configure=_configure_rate, rank=rank + 2, any_rank=True
        )
        for rank in (1, 2, 3)
    },
}
