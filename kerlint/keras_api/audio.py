"""Spectrograms."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log2

from kerlint.keras_api.convolution import image, split, window_extent
from kerlint.keras_api.dims import as_dim, combine, is_size, multiply, show
from kerlint.keras_api.layer_rule import (
    BOTH,
    DATA_FORMATS,
    Config,
    ConfigError,
    LayerRule,
    Variable,
    of_one,
    one,
)
from kerlint.keras_api.resolve import lies_below, require_word
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError
from kerlint.python.values import UNKNOWN, Value


def _mel(config: Config, shape: Shape) -> Shape:
    stride, bins = as_dim(config["sequence_stride"]), as_dim(config["num_mel_bins"])
    time = shape[0] if len(shape) == 1 else shape[1]
    frames = combine(lambda size, step: (size + step + 1) // step, time, stride)
    return (bins, frames) if len(shape) == 1 else (shape[0], bins, frames)


def _configure_mel(config: dict[str, Value]) -> None:
    length = config.get("sequence_length") or config.get("fft_length", UNKNOWN)
    config["sequence_length"] = length
    if is_size(length) and lies_below(config.get("fft_length", UNKNOWN), length):
        raise ConfigError(
            "`fft_length` must be greater than or equal to `sequence_length`. Received: "
            f"`sequence_length`={length}, `fft_length`={config['fft_length']}."
        )


def _fft_bins(config: Config) -> Dim:
    length, frame = config["fft_length"], config["frame_length"]
    if length is None and is_size(frame) and frame > 0:
        length = 2 ** ceil(log2(frame))
    return length // 2 + 1 if is_size(length) and length else UNKNOWN_DIM


def _stft(config: Config, shape: Shape) -> Shape:
    (time,), channels = split(config, shape)
    frame, step = as_dim(config["frame_length"]), config["frame_step"]
    if step is None and is_size(frame):
        step = frame // 2
    frames = window_extent(time, frame, as_dim(step), 1, config["padding"])
    bins = multiply(_fft_bins(config), 2 if config["mode"] == "stft" else 1)
    if channels is None:
        raise ShapeError(f"The channels must be defined. Found `None`. Received: input_shape={show(shape)}")
    if not config["expand_dims"]:
        return image(config, shape[0], (frames,), multiply(bins, channels))
    if config["data_format"] == "channels_first":
        return (shape[0], channels, frames, bins)
    return (shape[0], frames, bins, channels)


def _stft_weights(config: Config, shape: Shape) -> Sequence[Variable]:
    kernel = (as_dim(config["frame_length"]), 1, _fft_bins(config))
    names = {"real_kernel": config["mode"] != "imag", "imag_kernel": config["mode"] != "real"}
    return [Variable(name, kernel) for name, wanted in names.items() if wanted]


_STFT_MODES = ("log", "magnitude", "psd", "real", "imag", "angle", "stft")


def _configure_stft(config: dict[str, Value]) -> None:
    frame, step, fft = (config.get(name, UNKNOWN) for name in ("frame_length", "frame_step", "fft_length"))
    if is_size(step) and (step < 1 or (is_size(frame) and step > frame)):
        raise ConfigError(
            "`frame_step` should be a positive integer not greater than `frame_length`. Received "
            f"frame_step={step}, frame_length={frame}"
        )
    if is_size(fft) and is_size(frame) and fft < frame:
        raise ConfigError(
            f"`fft_length` should be not less than `frame_length`. Received fft_length={fft}, frame_length={frame}"
        )
    require_word(config, "mode", _STFT_MODES)
    require_word(config, "scaling", ("density", "spectrum", None))
    require_word(config, "padding", ("valid", "same"))


RULES = {
    "MelSpectrogram": LayerRule(shape=one(_mel), configure=_configure_mel, min_rank=1),
    "STFTSpectrogram": LayerRule(
        shape=one(_stft),
        weights=of_one(_stft_weights),
        configure=_configure_stft,
        rank=3,
        choices={
            "data_format": DATA_FORMATS,
            "expand_dims": BOTH,
            "mode": ("stft", "real", "imag", "log"),
            "padding": ("valid", "same"),
        },
    ),
}
