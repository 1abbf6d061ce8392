"""Vocabulary lookups and text vectorisation."""

from __future__ import annotations

from kerlint.keras_api.dims import as_dim, is_size
from kerlint.keras_api.encoding import configure_modes, encoded
from kerlint.keras_api.layer_rule import (
    Config,
    ConfigError,
    LayerRule,
    one,
)
from kerlint.keras_api.resolve import is_plain, lies_below, require_word
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape
from kerlint.python.values import Value, is_known


def _lookup(config: Config, shape: Shape) -> Shape | None:
    return encoded(shape, _vocabulary_size(config), config["output_mode"])


def _vocabulary_size(config: Config) -> Dim:
    """The width of an encoded token; not known before `adapt`, which may come from anywhere."""
    padded = config["pad_to_max_tokens"]
    if padded is True:
        return as_dim(config["max_tokens"])
    words, extra = config["vocabulary"], config["num_oov_indices"]
    certain = isinstance(words, tuple) and all(is_plain(word) for word in words) and is_size(extra)
    if padded is not False or not certain or not is_known(config["oov_token"]):
        return UNKNOWN_DIM
    special = (config["oov_token"],) * extra
    given = len(words) - len(special) if words[: len(special)] == special else len(words)
    return given + len(special)


def _text(config: Config, shape: Shape) -> Shape | None:
    if config["output_mode"] == "int":
        length = config["output_sequence_length"]
        return (shape[0] if shape else UNKNOWN_DIM, None if length is None else as_dim(length))
    if not is_known(config["split"]):
        return None
    if config["split"] is not None:
        shape = (*shape, None)
    elif len(shape) <= 1:
        shape = (*shape, 1)
    lookup = {"num_oov_indices": 1, "oov_token": "[UNK]", **config}
    return encoded(shape, _vocabulary_size(lookup), config["output_mode"])


_LOOKUP_MODES = ("int", "one_hot", "multi_hot", "count", "tf_idf")


def _configure_lookup(config: dict[str, Value]) -> None:
    configure_modes(*_LOOKUP_MODES)(config)
    most = config.get("max_tokens")
    if lies_below(most, 2):
        raise ConfigError(f"If set, `max_tokens` must be greater than 1. Received: max_tokens={most}")
    if config.get("pad_to_max_tokens") is True and most is None:
        raise ConfigError(f"If pad_to_max_tokens is True, must set `max_tokens`. Received: max_tokens={most}")
    if lies_below(config.get("num_oov_indices"), 0):
        raise ConfigError("`num_oov_indices` must be greater than or equal to 0.")
    if config.get("invert") is True and is_plain(config["output_mode"]) and config["output_mode"] != "int":
        raise ConfigError(
            f"`output_mode` must be `'int'` when `invert` is true. Received: output_mode={config['output_mode']}"
        )


def _configure_text(config: dict[str, Value]) -> None:
    _configure_lookup(config)
    require_word(config, "standardize", ("lower_and_strip_punctuation", "lower", "strip_punctuation", None))
    require_word(config, "split", ("whitespace", "character", None))
    mode, length = config["output_mode"], config.get("output_sequence_length")
    if mode == "int" and is_plain(length) and length is not None and not is_size(length):
        raise ConfigError(
            "`output_sequence_length` must be either None or an integer when `output_mode` is 'int'. Received: "
            f"output_sequence_length={length!r}"
        )
    if is_plain(mode) and mode != "int" and is_known(length) and length is not None:
        raise ConfigError(
            "`output_sequence_length` must not be set if `output_mode` is not 'int'. Received "
            f"output_sequence_length={length}."
        )


_LOOKUP = LayerRule(shape=one(_lookup), configure=_configure_lookup, choices={"output_mode": _LOOKUP_MODES})

RULES = {
    "IntegerLookup": _LOOKUP,
    "StringLookup": _LOOKUP,
    "TextVectorization": LayerRule(
        shape=one(_text), configure=_configure_text, choices={"output_mode": _LOOKUP_MODES}
    ),
}
