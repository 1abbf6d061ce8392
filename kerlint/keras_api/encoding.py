"""Encoding of categories: the shapes and modes that all layers with an `output_mode` share."""

from __future__ import annotations

from collections.abc import Callable

from kerlint.keras_api.layer_rule import ConfigError
from kerlint.keras_api.resolve import require_word
from kerlint.keras_api.shapes import Dim, Shape, UnknownDim
from kerlint.python.values import UNKNOWN, Value

_SYNONYMS = {"binary": "multi_hot", "tf-idf": "tf_idf"}


def encoded(shape: Shape, depth: Dim, mode: Value) -> Shape | None:
    """The shape after each category of the last axis became a vector of `depth`, as `mode` has it."""
    if mode == "int":
        return shape
    if not shape:
        return (depth,)
    if mode != "one_hot":
        return (*shape[:-1], depth)
    if isinstance(shape[-1], UnknownDim) and len(shape) > 1:
        return None
    return (*shape[:-1], depth) if shape[-1] == 1 and len(shape) > 1 else (*shape, depth)


def configure_modes(*modes: str) -> Callable[[dict[str, Value]], None]:
    """A `configure` that checks `output_mode` and puts its newer name for an older one. Raises ConfigError."""

    def configure(config: dict[str, Value]) -> None:
        mode = config.get("output_mode", UNKNOWN)
        if isinstance(mode, str) and _SYNONYMS.get(mode) in modes:
            config["output_mode"] = _SYNONYMS[mode]
        require_word(config, "output_mode", modes)
        if config.get("sparse") is True and config["output_mode"] == "int":
            raise ConfigError("`sparse` may only be true if `output_mode` is not 'int'.")

    return configure
