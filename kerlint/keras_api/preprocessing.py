"""Preprocessing of numbers, categories, and the Pipeline of layers."""

from __future__ import annotations

from collections.abc import Sequence

from kerlint.keras_api.dims import as_dim, index_axis, is_size, show
from kerlint.keras_api.encoding import configure_modes, encoded
from kerlint.keras_api.evaluation import output_shape, variables
from kerlint.keras_api.layer_rule import (
    UNKNOWN_WEIGHTS,
    Config,
    ConfigError,
    LayerRule,
    LayerSpec,
    Shapes,
    Variable,
    Weights,
    of_one,
    one,
    unchanged,
)
from kerlint.keras_api.resolve import lies_below, require_word
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError, UnknownDim
from kerlint.python.values import UNKNOWN, Value, is_known


def _category(config: Config, shape: Shape) -> Shape | None:
    return encoded(shape, as_dim(config["num_tokens"]), config["output_mode"])


def _hashing(config: Config, shape: Shape) -> Shape | None:
    mode = config["output_mode"]
    return encoded(shape, as_dim(config["num_bins"]), "count" if mode != "int" else mode)


def _discretization(config: Config, shape: Shape) -> Shape | None:
    mode, bins = config["output_mode"], config["bin_boundaries"]
    if mode in ("int", "one_hot"):
        return encoded(shape, _bins(config, bins), mode)
    return (shape[0], *shape[2:], _bins(config, bins)) if len(shape) > 1 else (_bins(config, bins),)


def _bins(config: Config, boundaries: Value) -> Dim:
    if isinstance(boundaries, tuple):
        return len(boundaries) + 1
    return as_dim(config["num_bins"]) if boundaries is None else UNKNOWN_DIM


def _crossing(config: Config, inputs: Shapes) -> Shapes:
    if len(inputs) != 2:
        raise ShapeError(f"Expected as input a list/tuple of 2 tensors. Received {len(inputs)}")
    first, second = inputs
    if first is None or second is None:
        return (None,)
    if not first or not second:
        raise ShapeError("tuple index out of range")
    known = not isinstance(first[-1], UnknownDim) and not isinstance(second[-1], UnknownDim)
    if known and first[-1] != second[-1]:
        raise ShapeError(
            "Expected the two input tensors to have identical shapes. Received "
            f"input_shape=[{show(first)}, {show(second)}]"
        )
    bins = as_dim(config["num_bins"])
    if config["output_mode"] == "one_hot" and first == (1,):
        return ((bins,),)
    return (encoded(first, bins, config["output_mode"]),)


def _normalization(config: Config, shape: Shape) -> Shape:
    _kept(config, shape)
    return shape


def _kept(config: Config, shape: Shape) -> Shape | None:
    """The extents of the axes with statistics of their own, in order; None when these are not known."""
    axes = config["axis"]
    if not isinstance(axes, tuple) or not all(is_size(axis) for axis in axes):
        return None
    kept = [shape[position] for position in sorted(index_axis(axis, shape) for axis in axes)]
    repeated = len(kept) > len({index_axis(axis, shape) for axis in axes})
    if repeated and config["mean"] is None:
        _check_repeated(kept)
    if None in kept:
        raise ShapeError(
            f"All `axis` values to be kept must have a known shape. Received axis={axes}, "
            f"inputs.shape={show(shape)}"
        )
    return tuple(kept)


def _check_repeated(kept: Sequence[Dim]) -> None:
    if any(is_size(dim) and dim != 1 for dim in kept):
        raise ShapeError("An axis is named twice: the statistics cannot be broadcast against the inputs.")


def _normalization_weights(config: Config, shape: Shape) -> Sequence[Variable] | Weights:
    kept = _kept(config, shape)
    if not is_known(config["mean"]) or (kept is None and config["mean"] is None):
        return UNKNOWN_WEIGHTS
    if config["mean"] is not None or kept is None:
        return ()
    statistics = [Variable(name, kept, trainable=False) for name in ("mean", "variance")]
    return [*statistics, Variable("count", (), trainable=False)]


def _configure_normalization(config: dict[str, Value]) -> None:
    axis = config.get("axis", UNKNOWN)
    config["axis"] = () if axis is None else (axis,) if is_size(axis) else axis
    mean, variance = config.get("mean", UNKNOWN), config.get("variance", UNKNOWN)
    if is_known(mean) and is_known(variance) and (mean is None) != (variance is None):
        raise ConfigError(
            "When setting values directly, both `mean` and `variance` must be set. Received: "
            f"mean={mean} and variance={variance}"
        )


def _pipeline(config: Config, inputs: Shapes) -> Shapes | None:
    shapes: Shapes | None = inputs
    layers = config["layers"]
    if not isinstance(layers, tuple):
        return None
    for layer in layers:
        if shapes is None or not isinstance(layer, LayerSpec):
            return None
        shapes = output_shape(layer.symbol, layer.config, shapes)
    return shapes


def _configure_category(config: dict[str, Value]) -> None:
    mode = config.get("output_mode")
    config["output_mode"] = "multi_hot" if mode == "binary" else config.get("output_mode", UNKNOWN)
    require_word(config, "output_mode", ("count", "one_hot", "multi_hot"))
    _require_bins(config, "num_tokens")


def _configure_hashing(config: dict[str, Value]) -> None:
    _require_bins(config, "num_bins")
    configure_modes("int", "one_hot", "multi_hot", "count")(config)


def _require_bins(config: dict[str, Value], name: str) -> None:
    bins = config.get(name, UNKNOWN)
    if bins is None or lies_below(bins, 1):
        raise ConfigError(f"`{name}` must be >= 1. Received: {name}={bins}.")


def _configure_discretization(config: dict[str, Value]) -> None:
    configure_modes("int", "one_hot", "multi_hot", "count")(config)
    bins, boundaries = config.get("num_bins", UNKNOWN), config.get("bin_boundaries", UNKNOWN)
    if lies_below(bins, 0):
        raise ConfigError(f"`num_bins` must be greater than or equal to 0. Received: `num_bins={bins}`")
    if is_known(bins) and is_known(boundaries) and (bins is None) == (boundaries is None):
        raise ConfigError(
            "You need to set either `num_bins` or `bin_boundaries`, not both. Received: "
            f"`num_bins={bins}` and `bin_boundaries={boundaries}`"
        )


def _pipeline_weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    shapes: Shapes | None = inputs
    found: list[Variable] = []
    for layer in config["layers"] if isinstance(config["layers"], tuple) else (UNKNOWN,):
        part = (
            variables(layer.symbol, layer.config, shapes) if isinstance(layer, LayerSpec) and shapes else None
        )
        if part is None or isinstance(part, Weights):
            return UNKNOWN_WEIGHTS
        found += part
        shapes = output_shape(layer.symbol, layer.config, shapes or ())
    return found


RULES = {
    "Rescaling": LayerRule(shape=unchanged, any_rank=True),
    "Normalization": LayerRule(
        shape=one(_normalization), weights=of_one(_normalization_weights), configure=_configure_normalization
    ),
    "CategoryEncoding": LayerRule(
        shape=one(_category),
        configure=_configure_category,
        choices={"output_mode": ("count", "one_hot", "multi_hot")},
    ),
    "Hashing": LayerRule(
        shape=one(_hashing), configure=_configure_hashing, choices={"output_mode": ("int", "count")}
    ),
    "HashedCrossing": LayerRule(
        shape=_crossing,
        configure=configure_modes("int", "one_hot"),
        arity=None,
        choices={"output_mode": ("int", "one_hot")},
    ),
    "Discretization": LayerRule(
        shape=one(_discretization),
        configure=_configure_discretization,
        choices={"output_mode": ("int", "one_hot", "count")},
    ),
    "Pipeline": LayerRule(shape=_pipeline, weights=_pipeline_weights, arity=None, any_rank=True),
}
