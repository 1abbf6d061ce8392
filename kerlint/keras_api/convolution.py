"""Convolutions: plain, transposed, depthwise and separable, in one to three dimensions.

Formulas after `keras.src.ops.operation_utils.compute_conv_output_shape` and
`keras.src.backend.common.backend_utils.compute_conv_transpose_output_shape` (Keras 3.15), checked by the
layer oracle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kerlint.keras_api.dims import as_dim, as_dims, combine, defined, is_size, multiply, show
from kerlint.keras_api.layer_rule import (
    BOTH,
    DATA_FORMATS,
    Config,
    ConfigError,
    LayerRule,
    Variable,
    Weights,
    of_one,
    one,
)
from kerlint.keras_api.lora import require_no_constraint, with_lora
from kerlint.keras_api.resolve import (
    lies_below,
    require_positive,
    set_tuples,
    standard_padding,
    standard_tuple,
)
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError
from kerlint.keras_api.sizes import SizeDim, is_extent
from kerlint.python.values import Value

PADDINGS = ("valid", "same")


def split(config: Config, shape: Shape) -> tuple[Shape, Dim]:
    """The spatial extents and the channels of an image-like shape, by the config's `data_format`."""
    if config.get("data_format") == "channels_first":
        return shape[2:], shape[1]
    return shape[1:-1], shape[-1]


def image(config: Config, batch: Dim, spatial: Sequence[Dim], channels: Dim) -> Shape:
    """The inverse of `split`."""
    if config.get("data_format") == "channels_first":
        return (batch, channels, *spatial)
    return (batch, *spatial, channels)


def window_extent(size: Dim, window: Dim, stride: Dim, dilation: Dim, padding: Value) -> Dim:
    """How many positions a sliding window takes along one axis.

    Raises ShapeError when that is none, and when `padding` is no padding.
    """
    if padding not in (*PADDINGS, "causal"):
        raise ShapeError(f"`padding` must be either `'valid'` or `'same'`. Received {padding}.")
    if stride == 0:
        raise ShapeError("`strides` must not be 0.")
    if size is None:
        return None
    reach = (dilation * (window - 1) if is_size(dilation) and is_size(window) else None) if window != 1 else 0
    if padding != "valid":
        reach = 0
    if not is_size(size) or reach is None:
        return _windows_of_unknown(size, reach, stride, padding)
    if size - reach - 1 < 0 and padding == "valid":
        raise ShapeError(
            f"Computed output size would be zero or negative. Received: input size {size}, window "
            f"{window}, dilation {dilation}, strides {stride}, padding={padding}."
        )
    return (size - reach - 1) // stride + 1 if is_size(stride) else UNKNOWN_DIM


def _windows_of_unknown(size: Dim, reach: int | None, stride: Dim, padding: Value) -> Dim:
    """The same of a size that is not known: where a whole window is needed, there is room for one."""
    if reach is None or not is_size(stride) or not isinstance(size, SizeDim):
        return UNKNOWN_DIM
    room = size.reaching(reach + 1) if padding == "valid" else size
    return UNKNOWN_DIM if room is None else combine(lambda given: (given - reach - 1) // stride + 1, room)


def _windows(config: Config, spatial: Shape, window: str) -> list[Dim]:
    rank = len(spatial)
    sizes, strides = as_dims(config[window], rank), as_dims(config["strides"], rank)
    dilations = as_dims(config.get("dilation_rate", (1,) * rank), rank)
    return [
        window_extent(*axis, config["padding"])
        for axis in zip(spatial, sizes, strides, dilations, strict=True)
    ]


def slide(config: Config, shape: Shape, window: str, channels: Dim) -> Shape:
    """The shape after a window named `window` in the config slid over `shape`. Raises ShapeError."""
    spatial, _ = split(config, shape)
    return image(config, shape[0], _windows(config, spatial, window), channels)


def _conv(config: Config, shape: Shape) -> Shape:
    _require_groups(config, shape)
    require_no_constraint(config, "kernel_constraint")
    return slide(config, shape, "kernel_size", as_dim(config["filters"]))


def _require_groups(config: Config, shape: Shape) -> None:
    channels, groups = defined(split(config, shape)[1], shape), config.get("groups", 1)
    if is_size(channels) and is_size(groups) and groups and channels % groups:
        raise ShapeError(
            f"The number of input channels must be evenly divisible by the number of groups. Received "
            f"groups={groups}, but the input has {channels} channels (full input shape is {show(shape)})."
        )


def _transpose_extent(
    size: Dim, kernel: Dim, stride: Dim, dilation: Dim, extra: Value, padding: Value
) -> Dim:
    if size is None:
        return None
    if padding == "same" and extra is None:
        return multiply(size, stride)
    if not (is_extent(size) and is_size(kernel) and is_size(stride) and is_size(dilation)):
        return UNKNOWN_DIM
    reach = (kernel - 1) * dilation + 1
    if extra is None:
        return (size - 1) * stride + max(reach, stride)
    if not is_size(extra):
        return UNKNOWN_DIM
    return (size - 1) * stride + (reach if padding == "valid" else reach % 2) + extra


def _conv_transpose(config: Config, shape: Shape) -> Shape:
    spatial, channels = split(config, shape)
    defined(channels, shape)
    rank = len(spatial)
    extra = config.get("output_padding")
    axes = zip(
        spatial,
        as_dims(config["kernel_size"], rank),
        as_dims(config["strides"], rank),
        as_dims(config["dilation_rate"], rank),
        (None,) * rank if extra is None else as_dims(extra, rank),
        strict=True,
    )
    extents = [_transpose_extent(*axis, config["padding"]) for axis in axes]
    return image(config, shape[0], extents, as_dim(config["filters"]))


def _depthwise(config: Config, shape: Shape) -> Shape:
    channels = defined(split(config, shape)[1], shape)
    return slide(config, shape, "kernel_size", multiply(channels, as_dim(config["depth_multiplier"])))


def _bias(config: Config, *extents: Dim) -> tuple[Variable, ...]:
    return (Variable("bias", extents),) if config["use_bias"] else ()


def _kernel(rank: int, config: Config) -> tuple[Dim, ...]:
    return as_dims(config["kernel_size"], rank)


def _conv_weights(config: Config, shape: Shape) -> Sequence[Variable] | Weights:
    channels, filters = defined(split(config, shape)[1], shape), as_dim(config["filters"])
    groups = as_dim(config.get("groups", 1))
    depth = channels // groups if is_size(channels) and is_size(groups) else UNKNOWN_DIM
    if groups == 1:
        depth = channels
    kernel = Variable("kernel", (*_kernel(len(shape) - 2, config), depth, filters))
    return with_lora(config, (kernel, *_bias(config, filters)))


def _transpose_weights(config: Config, shape: Shape) -> Sequence[Variable]:
    channels, filters = defined(split(config, shape)[1], shape), as_dim(config["filters"])
    kernel = Variable("kernel", (*_kernel(len(shape) - 2, config), filters, channels))
    return (kernel, *_bias(config, filters))


def _depthwise_weights(config: Config, shape: Shape) -> Sequence[Variable]:
    channels, depth = defined(split(config, shape)[1], shape), as_dim(config["depth_multiplier"])
    kernel = Variable("kernel", (*_kernel(len(shape) - 2, config), channels, depth))
    return (kernel, *_bias(config, multiply(depth, channels)))


def _separable_weights(config: Config, shape: Shape) -> Sequence[Variable]:
    channels, depth = defined(split(config, shape)[1], shape), as_dim(config["depth_multiplier"])
    filters, rank = as_dim(config["filters"]), len(shape) - 2
    return (
        Variable("depthwise_kernel", (*_kernel(rank, config), channels, depth)),
        Variable("pointwise_kernel", (*(1,) * rank, multiply(depth, channels), filters)),
        *_bias(config, filters),
    )


def _configure(
    rank: int, *, causal: bool = False, exclusive: bool = True
) -> Callable[[dict[str, Value]], None]:
    def configure(config: dict[str, Value]) -> None:
        set_tuples(config, rank, "kernel_size", "strides", "dilation_rate")
        standard_padding(config, (*PADDINGS, "causal") if causal else PADDINGS)
        _require_counts(config)
        _check_output_padding(config, rank)
        if exclusive and _largest(config["strides"]) > 1 and _largest(config["dilation_rate"]) > 1:
            raise ConfigError(
                "`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: "
                f"strides={config['strides']} and dilation_rate={config['dilation_rate']}"
            )

    return configure


def _largest(value: Value) -> int:
    items = value if isinstance(value, tuple) else ()
    return max((item for item in items if is_size(item)), default=0)


def _require_counts(config: dict[str, Value]) -> None:
    require_positive(config, "filters", "depth_multiplier", optional=True)
    groups, filters = config.get("groups", 1), config.get("filters")
    if lies_below(groups, 1):
        raise ConfigError(f"The number of groups must be a positive integer. Received: groups={groups}.")
    if is_size(groups) and is_size(filters) and filters % groups:
        raise ConfigError(
            "The number of filters must be evenly divisible by the number of groups. "
            f"Received: groups={groups}, filters={filters}."
        )


def _check_output_padding(config: dict[str, Value], rank: int) -> None:
    if config.get("output_padding") is None:
        return
    extra = standard_tuple(config["output_padding"], rank, "output_padding", allow_zero=True)
    config["output_padding"] = extra
    for padding, stride in zip(as_dims(extra, rank), as_dims(config["strides"], rank), strict=True):
        if is_size(padding) and is_size(stride) and padding >= stride:
            raise ConfigError(
                "`output_padding` must be strictly less than `strides` for all dimensions. "
                f"Received: output_padding={extra}, strides={config['strides']}"
            )


_CHOICES = {"data_format": DATA_FORMATS, "use_bias": BOTH, "padding": PADDINGS}


def _plain(rank: int) -> LayerRule:
    return LayerRule(
        shape=one(_conv),
        weights=of_one(_conv_weights),
        configure=_configure(rank, causal=rank == 1),
        rank=rank + 2,
        choices=_CHOICES,
    )


def _transposed(rank: int) -> LayerRule:
    return LayerRule(
        shape=one(_conv_transpose),
        weights=of_one(_transpose_weights),
        configure=_configure(rank),
        rank=rank + 2,
        choices=_CHOICES,
    )


def _depthwise_rule(rank: int) -> LayerRule:
    return LayerRule(
        shape=one(_depthwise),
        weights=of_one(_depthwise_weights),
        configure=_configure(rank, exclusive=False),
        rank=rank + 2,
        choices=_CHOICES,
    )


def _separable(rank: int) -> LayerRule:
    return LayerRule(
        shape=one(_conv),
        weights=of_one(_separable_weights),
        configure=_configure(rank, exclusive=False),
        rank=rank + 2,
        choices=_CHOICES,
    )


RULES = {
    **{f"Conv{rank}D": _plain(rank) for rank in (1, 2, 3)},
    **{f"Conv{rank}DTranspose": _transposed(rank) for rank in (1, 2, 3)},
    **{f"DepthwiseConv{rank}D": _depthwise_rule(rank) for rank in (1, 2)},
    **{f"SeparableConv{rank}D": _separable(rank) for rank in (1, 2)},
}
