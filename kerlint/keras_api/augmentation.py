"""Image layers: augmentation keeps the shape, cropping and resizing set two of its extents.

Bounds of the factors after the `_FACTOR_BOUNDS` of `keras.src.layers.preprocessing.image_preprocessing`
(Keras 3.15).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kerlint.keras_api.dims import as_dim, show
from kerlint.keras_api.layer_rule import (
    DATA_FORMATS,
    Config,
    ConfigError,
    LayerRule,
    one,
    unchanged,
)
from kerlint.keras_api.resolve import is_plain, standard_tuple
from kerlint.keras_api.shapes import Shape, ShapeError
from kerlint.python.values import UNKNOWN, Value

_UNIT, _SIGNED = (0, 1), (-1, 1)
_Bounds = tuple[float, float]

FACTORS: Mapping[str, Mapping[str, _Bounds]] = {
    "AugMix": {"factor": _UNIT},
    "CutMix": {"factor": _UNIT},
    "RandAugment": {"factor": _UNIT},
    "RandomBrightness": {"factor": _SIGNED},
    "RandomColorDegeneration": {"factor": _SIGNED},
    "RandomColorJitter": {
        "brightness_factor": _SIGNED,
        "contrast_factor": _UNIT,
        "saturation_factor": _SIGNED,
        "hue_factor": _UNIT,
    },
    "RandomContrast": {"factor": _UNIT},
    "RandomElasticTransform": {"factor": _UNIT, "scale": _UNIT},
    "RandomErasing": {"factor": _UNIT, "scale": _UNIT},
    "RandomGaussianBlur": {"factor": _UNIT, "sigma": _UNIT},
    "RandomGrayscale": {"factor": _UNIT},
    "RandomHue": {"factor": _UNIT},
    "RandomInvert": {"factor": _UNIT},
    "RandomPerspective": {"factor": _UNIT, "scale": _UNIT},
    "RandomPosterization": {"factor": (1, 8)},
    "RandomRotation": {"factor": _SIGNED},
    "RandomSaturation": {"factor": _SIGNED},
    "RandomSharpness": {"factor": _UNIT},
    "RandomShear": {"x_factor": _UNIT, "y_factor": _UNIT},
    "RandomTranslation": {"height_factor": _SIGNED, "width_factor": _SIGNED},
    "RandomZoom": {"height_factor": _SIGNED, "width_factor": _SIGNED},
    "Solarization": {"addition_factor": _UNIT, "threshold_factor": _UNIT},
}
"""Class to argument to the range its numbers must lie in."""

_EACH_IN_RANGE = frozenset({"RandomShear", "RandomTranslation", "RandomZoom", "Solarization"})
"""Where both numbers of a pair are checked; elsewhere the pair must only overlap the range."""
_NONE_ALLOWED = frozenset(
    {("RandomZoom", "width_factor"), ("RandomBrightness", "factor"), ("RandomRotation", "factor")}
)
_CHECKED_MODES = frozenset(
    {"RandomElasticTransform", "RandomRotation", "RandomShear", "RandomTranslation", "RandomZoom"}
)
_FILL_MODES = ("reflect", "wrap", "constant", "nearest", "mirror")
_RANGED = frozenset(
    [
        "AutoContrast",
        "Equalization",
        "RandomBrightness",
        "RandomColorDegeneration",
        "RandomPosterization",
        "RandomSaturation",
        "RandomSharpness",
        "Solarization",
    ]
)


def _check_factor(layer: str, name: str, value: Value, bounds: _Bounds) -> None:
    low, high = bounds
    complaint = (
        f"The `{name}` argument should be a number (or a list of two numbers) in the range [{low}, {high}]. "
        f"Received: {name}={value!r}"
    )
    if value is None and ((layer, name) in _NONE_ALLOWED or layer == "RandomColorJitter"):
        return
    if isinstance(value, tuple):
        numbers = [item for item in value if isinstance(item, int | float)]
        if len(value) != 2 or (len(numbers) == 2 and not _overlaps(layer, numbers, bounds)):
            raise ConfigError(complaint)
    elif isinstance(value, int | float):
        if not low <= value <= high or (layer == "RandomZoom" and value <= -1):
            raise ConfigError(complaint)
    elif is_plain(value):
        raise ConfigError(complaint)


def _overlaps(layer: str, pair: list[float], bounds: _Bounds) -> bool:
    low, high = bounds
    if layer in _EACH_IN_RANGE:
        least = min(pair) > -1 if layer == "RandomZoom" else min(pair) >= low
        return least and max(pair) <= high
    return pair[0] <= high and pair[1] >= low


def _configure(layer: str) -> Callable[[dict[str, Value]], None]:
    def configure(config: dict[str, Value]) -> None:
        config.setdefault("data_format", "channels_last")
        for name, bounds in FACTORS.get(layer, {}).items():
            _check_factor(layer, name, config.get(name, UNKNOWN), bounds)
        if layer in _CHECKED_MODES:
            _check_word(config, "interpolation", ("nearest", "bilinear"))
            _check_word(
                config, "fill_mode", _FILL_MODES if layer == "RandomElasticTransform" else _FILL_MODES[:4]
            )
        if layer == "RandomPerspective":
            _check_word(config, "interpolation", ("nearest", "bilinear"))
        if layer in _RANGED:
            _check_value_range(config.get("value_range", UNKNOWN))
        if layer == "RandomGaussianBlur":
            _check_odd(config.get("kernel_size", UNKNOWN))
            config["kernel_size"] = standard_tuple(config.get("kernel_size", UNKNOWN), 2, "kernel_size")

    return configure


def _check_word(config: Mapping[str, Value], name: str, words: tuple[str, ...]) -> None:
    value = config.get(name, UNKNOWN)
    if is_plain(value) and value not in words:
        raise ConfigError(f"Unknown `{name}` {value!r}. Expected of one {words}.")


def _check_value_range(value: Value) -> None:
    if (isinstance(value, tuple) and len(value) != 2) or is_plain(value):
        raise ConfigError(
            f"The `value_range` argument should be a list of two numbers. Received: value_range={value!r}"
        )


def _check_odd(value: Value) -> None:
    items = value if isinstance(value, tuple) else (value,)
    if any(isinstance(item, int) and item % 2 == 0 for item in items):
        raise ConfigError(f"kernel_size must be an odd number. Received: kernel_size={value}")


def _sized(config: Config, shape: Shape) -> Shape:
    """Height and width set, wherever the layout has them: unbatched images have no batch axis."""
    if len(shape) < 3 and config.get("data_format") == "channels_first":
        raise ShapeError(f"Images must have rank 3 or 4. Received: input_shape={show(shape)}")
    first = (1 if len(shape) == 4 else 0) + (config.get("data_format") == "channels_first")
    if len(shape) < first + 2:
        raise ShapeError(f"Images must have rank 3 or 4. Received: input_shape={show(shape)}")
    return (*shape[:first], as_dim(config["height"]), as_dim(config["width"]), *shape[first + 2 :])


def _center_crop(config: Config, shape: Shape) -> Shape:
    if len(shape) not in (3, 4):
        raise ShapeError(
            "`input_shape` must be a non-nested tuple or list of rank-1 with size 3 (unbatched) or 4 (batched). "
        )
    return _sized(config, shape)


def _random_crop(config: Config, shape: Shape) -> Shape:
    height = len(shape) - (2 if config.get("data_format") == "channels_first" else 3)
    if height < 0:
        raise ShapeError(f"Images must have rank 3 or 4. Received: input_shape={show(shape)}")
    return (*shape[:height], as_dim(config["height"]), as_dim(config["width"]), *shape[height + 2 :])


def _three_channels(config: Config, shape: Shape) -> Shape:
    if len(shape) not in (3, 4):
        raise ShapeError(
            "Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). Received: "
            f"input_shape={show(shape)}"
        )
    channels = shape[-3 if config.get("data_format") == "channels_first" else -1]
    if isinstance(channels, int) and channels != 3:
        raise ShapeError(f"Input images must have 3 channels, but received images with {channels} channels.")
    return shape


_SIZED = {"CenterCrop": _center_crop, "RandomCrop": _random_crop, "Resizing": _sized}
_UNCHANGED = "AutoContrast ContrastLimitedAdaptiveHistogramEqualization Equalization MaxNumBoundingBoxes MixUp RandomFlip"

RULES = {
    **{
        name: LayerRule(shape=unchanged, configure=_configure(name), arity=None, any_rank=True)
        for name in (*FACTORS, *_UNCHANGED.split())
    },
    **{
        name: LayerRule(shape=one(shape), choices={"data_format": DATA_FORMATS})
        for name, shape in _SIZED.items()
    },
    "RandomColorDegeneration": LayerRule(
        shape=one(_three_channels),
        configure=_configure("RandomColorDegeneration"),
        choices={"data_format": DATA_FORMATS},
    ),
}
