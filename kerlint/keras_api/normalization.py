"""Normalisation layers: the shape stays, the weights hang on the normalised axes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kerlint.keras_api.dims import defined, index_axis, is_size
from kerlint.keras_api.layer_rule import (
    BOTH,
    UNKNOWN_WEIGHTS,
    Config,
    ConfigError,
    LayerRule,
    Variable,
    Weights,
    of_one,
    one,
)
from kerlint.keras_api.resolve import is_plain
from kerlint.keras_api.shapes import Shape, ShapeError
from kerlint.python.values import UNKNOWN, Value, is_known


def _axes(config: Config) -> tuple[int, ...] | None:
    """The normalised axes in Keras's order (lists are sorted); None when one is not known."""
    axis = config["axis"]
    if is_size(axis):
        return (axis,)
    if isinstance(axis, tuple) and all(is_size(item) for item in axis):
        return tuple(sorted(axis))
    return None


def _extents(axes: Iterable[int], shape: Shape) -> Shape:
    return tuple(defined(shape[index_axis(axis, shape)], shape) for axis in axes)


def _normalised(config: Config, shape: Shape) -> Shape:
    _extents(_axes(config) or (), shape)
    return shape


def _layer(config: Config, shape: Shape) -> Shape:
    has_weights = config["scale"] or config["center"] or config["rms_scaling"]
    return _normalised(config, shape) if has_weights else _unit(config, shape)


def _unit(config: Config, shape: Shape) -> Shape:
    for axis in _axes(config) or ():
        index_axis(axis, shape)
    return shape


def _scale_and_center(config: Config, extents: Shape) -> list[Variable]:
    names = {"gamma": config["scale"], "beta": config["center"]}
    return [Variable(name, extents) for name, wanted in names.items() if wanted]


def _batch_weights(config: Config, shape: Shape) -> Sequence[Variable] | Weights:
    axes = _axes(config)
    if axes is None:
        return UNKNOWN_WEIGHTS
    extents = _extents(axes, shape)
    moving = ["moving_mean", "moving_variance"]
    if config.get("renorm", False):
        moving += ["moving_stddev", "renorm_mean", "renorm_stddev"]
    return [*_scale_and_center(config, extents), *(Variable(name, extents, False) for name in moving)]


def _layer_weights(config: Config, shape: Shape) -> Sequence[Variable] | Weights:
    axes = _axes(config)
    if axes is None:
        return UNKNOWN_WEIGHTS
    if config.get("rms_scaling", False):
        return (Variable("gamma", _extents(axes, shape)),)
    if not (config["scale"] or config["center"]):
        return ()
    return _scale_and_center(config, _extents(axes, shape))


def _rms_weights(config: Config, shape: Shape) -> Sequence[Variable] | Weights:
    axes = _axes(config)
    return UNKNOWN_WEIGHTS if axes is None else (Variable("scale", _extents(axes, shape)),)


def _group(config: Config, shape: Shape) -> Shape:
    groups, axes = config["groups"], _axes(config)
    for channels in _extents(axes or (), shape):
        if not (is_size(channels) and is_size(groups)) or groups == -1:
            continue
        if channels < groups:
            raise ShapeError(
                f"Number of groups ({groups}) cannot be more than the number of channels ({channels})."
            )
        if channels % groups:
            raise ShapeError(
                f"Number of groups ({groups}) must be a multiple of the number of channels ({channels})."
            )
    return shape


def _configure_batch(config: dict[str, Value]) -> None:
    config.setdefault("renorm", False)
    axis = config.get("axis", UNKNOWN)
    if isinstance(axis, tuple) or axis is None:
        raise ConfigError(f"The `axis` argument must be an integer. Received: axis={axis}")


def _configure_group(config: dict[str, Value]) -> None:
    groups = config.get("groups", UNKNOWN)
    if is_plain(groups) and not (is_size(groups) and (groups > 0 or groups == -1)):
        raise ConfigError(
            "Received an invalid value for argument `groups`, expected a positive integer (or `-1` for "
            f"instance normalization). Received: groups={groups}"
        )


def _configure_layer(config: dict[str, Value]) -> None:
    config.setdefault("rms_scaling", False)
    _configure_axis(config)


def _configure_axis(config: dict[str, Value]) -> None:
    axis = config.get("axis", UNKNOWN)
    if is_known(axis) and is_plain(axis) and not is_size(axis):
        raise ConfigError(
            f"Expected an int or a list/tuple of ints for the argument 'axis', but received: {axis!r}"
        )


_AFFINE = {"scale": BOTH, "center": BOTH}

RULES = {
    "BatchNormalization": LayerRule(
        shape=one(_normalised),
        weights=of_one(_batch_weights),
        configure=_configure_batch,
        choices={**_AFFINE, "renorm": BOTH},
    ),
    "LayerNormalization": LayerRule(
        shape=one(_layer),
        weights=of_one(_layer_weights),
        configure=_configure_layer,
        choices={**_AFFINE, "rms_scaling": BOTH},
    ),
    "GroupNormalization": LayerRule(
        shape=one(_group),
        weights=of_one(_layer_weights),
        configure=_configure_group,
        choices=_AFFINE,
    ),
    "RMSNormalization": LayerRule(
        shape=one(_normalised), weights=of_one(_rms_weights), configure=_configure_axis
    ),
    "UnitNormalization": LayerRule(shape=one(_unit), configure=_configure_axis),
}
