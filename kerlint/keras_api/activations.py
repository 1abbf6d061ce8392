"""Activation layers: elementwise, and PReLU with weights of its own."""

from __future__ import annotations

from collections.abc import Sequence

from kerlint.keras_api.dims import defined, index_axis, is_size
from kerlint.keras_api.layer_rule import (
    UNKNOWN_WEIGHTS,
    Config,
    ConfigError,
    LayerRule,
    Variable,
    Weights,
    of_one,
    unchanged,
)
from kerlint.keras_api.resolve import is_plain, lies_below
from kerlint.keras_api.shapes import Dim, Shape
from kerlint.python.values import UNKNOWN, Value, is_known


def _require_non_negative(config: dict[str, Value], name: str, *, optional: bool = False) -> None:
    value = config.get(name, UNKNOWN)
    if lies_below(value, 0) or (value is None and not optional):
        raise ConfigError(f"{name} of the layer cannot be None or a negative value. Received: {name}={value}")


def _configure_relu(config: dict[str, Value]) -> None:
    _require_non_negative(config, "max_value", optional=True)
    _require_non_negative(config, "negative_slope")
    _require_non_negative(config, "threshold")


def _configure_leaky_relu(config: dict[str, Value]) -> None:
    if "alpha" in config:
        config["negative_slope"] = config.pop("alpha")
    _require_non_negative(config, "negative_slope")


def _configure_prelu(config: dict[str, Value]) -> None:
    axes = config.get("shared_axes")
    if is_plain(axes) and axes is not None:
        config["shared_axes"] = (axes,)


def _prelu_weights(config: Config, shape: Shape) -> Sequence[Variable] | Weights:
    axes = config.get("shared_axes")
    if not is_known(axes) or (axes is not None and not all(is_size(axis) for axis in axes)):
        return UNKNOWN_WEIGHTS
    slopes: list[Dim] = list(shape[1:])
    for axis in axes or ():
        slopes[index_axis(axis - 1, shape[1:])] = 1
    return (Variable("alpha", tuple(defined(dim, shape) for dim in slopes)),)


_ELEMENTWISE = LayerRule(shape=unchanged, arity=None, any_rank=True)

RULES = {
    "Activation": _ELEMENTWISE,
    "ELU": _ELEMENTWISE,
    "Softmax": _ELEMENTWISE,
    "ReLU": LayerRule(shape=unchanged, configure=_configure_relu, arity=None, any_rank=True),
    "LeakyReLU": LayerRule(shape=unchanged, configure=_configure_leaky_relu, arity=None, any_rank=True),
    "PReLU": LayerRule(
        shape=unchanged, weights=of_one(_prelu_weights), configure=_configure_prelu, any_rank=True
    ),
}
