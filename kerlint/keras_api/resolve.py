"""Construction: constructor arguments become the attributes the built object has, or Keras refuses.

Normalisers by argument name serve all layers; a family's own `configure` does the rest. Unknown values
pass through everywhere and are never a reason to refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.layer_rule import ConfigError, UnknownName
from kerlint.keras_api.sizes import SizeValue
from kerlint.python.values import CONSTANTS, UNKNOWN, Symbol, Value, is_known


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# `keras.{activations,initializers,regularizers,constraints}.ALL_OBJECTS_DICT` of Keras 3.15.
ACTIVATIONS = _words(
    "celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu "
    "linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus "
    "softsign sparse_plus sparse_sigmoid sparsemax squareplus swish tanh tanh_shrink threshold"
)
INITIALIZERS = _words(
    "Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer Initializer "
    "LecunNormal LecunUniform Ones Orthogonal OrthogonalInitializer RandomNormal RandomUniform STFT "
    "STFTInitializer TruncatedNormal VarianceScaling Zeros constant glorot_normal glorot_uniform "
    "he_normal he_uniform identity initializer lecun_normal lecun_uniform normal one ones orthogonal "
    "random_normal random_uniform stft truncated_normal uniform variance_scaling zero zeros"
)
REGULARIZERS = _words(
    "L1 L1L2 L2 OrthogonalRegularizer Regularizer l1 l1l2 l2 orthogonal_regularizer regularizer"
)
CONSTRAINTS = _words(
    "Constraint MaxNorm MinMaxNorm NonNeg UnitNorm constraint max_norm min_max_norm non_neg unit_norm"
)
_SYNONYMS = {"swish": "silu", "hard_swish": "hard_silu"}
_ACTIVATION_HOMES = ("keras.activations.", "keras.ops.", "tensorflow.nn.", "tf.nn.", "keras.ops.nn.")


def is_plain(value: Value) -> bool:
    """Whether `value` is a Python constant: neither unknown nor an object."""
    return isinstance(value, CONSTANTS)


def activation(value: Value, name: str = "activation") -> Value:
    """What `keras.activations.get` makes of it: a canonical name, or the object itself.

    Raises UnknownName for a string that is no activation, ConfigError for what cannot be called.
    """
    if value is None:
        return "linear"
    if isinstance(value, str):
        if value not in ACTIVATIONS:
            raise UnknownName(f"Could not interpret activation function identifier: {value}")
        return _SYNONYMS.get(value, value)
    if isinstance(value, Symbol):
        home, _, last = value.dotted.rpartition(".")
        if home + "." in _ACTIVATION_HOMES and last in ACTIVATIONS:
            return _SYNONYMS.get(last, last)
    if is_plain(value):
        raise ConfigError(f"Could not interpret activation function identifier: {value}")
    return value


def _named(kind: str, names: frozenset[str]) -> Callable[[Value, str], Value]:
    def check(value: Value, name: str) -> Value:
        if isinstance(value, str) and value not in names:
            raise UnknownName(f"Could not interpret {kind} identifier: {value}")
        if value is not None and not isinstance(value, str) and is_plain(value):
            raise ConfigError(f"Could not interpret {kind} identifier: {value}")
        return value

    return check


def data_format(value: Value, name: str = "data_format") -> Value:
    """`channels_last` where nothing was said (Keras's own default). Raises ConfigError for other words."""
    if not is_known(value):
        return UNKNOWN
    if value is None:
        return "channels_last"
    if str(value).lower() not in ("channels_first", "channels_last"):
        raise ConfigError(
            "The `data_format` argument must be one of {'channels_first', 'channels_last'}. "
            f"Received: data_format={value}"
        )
    return str(value).lower()


def _trainable(value: Value, name: str) -> Value:
    if is_plain(value) and not isinstance(value, bool):
        raise ConfigError(f"Expected `trainable` to be a boolean. Received: trainable={value}")
    return value


BY_NAME: Mapping[str, Callable[[Value, str], Value]] = {
    "activation": activation,
    "recurrent_activation": activation,
    "data_format": data_format,
    "trainable": _trainable,
}
BY_SUFFIX: Mapping[str, Callable[[Value, str], Value]] = {
    "_initializer": _named("initializer", INITIALIZERS),
    "_regularizer": _named("regularizer", REGULARIZERS),
    "_constraint": _named("constraint", CONSTRAINTS),
}


@lru_cache(maxsize=1024)
def _normaliser(name: str) -> Callable[[Value, str], Value] | None:
    return BY_NAME.get(name) or BY_SUFFIX.get(name[name.rfind("_") :] if "_" in name else "")


def normalise(arguments: Mapping[str, Value]) -> dict[str, Value]:
    """Apply the normalisers that go by an argument's name. Raises ConfigError."""
    config: dict[str, Value] = {}
    for name, value in arguments.items():
        if not is_known(value):
            config[name] = UNKNOWN
            continue
        normaliser = _normaliser(name)
        config[name] = normaliser(value, name) if normaliser else value
    return config


def standard_tuple(value: Value, rank: int, name: str, *, allow_zero: bool = False) -> Value:
    """What Keras's `standardize_tuple` makes of it: an integer becomes `rank` equal ones.

    Raises ConfigError for another length, for items that are no numbers, for items below one (zero).
    """
    if not is_known(value) or not (is_plain(value) or isinstance(value, tuple)):
        return UNKNOWN
    complaint = f"The `{name}` argument must be a tuple of {rank} integers. Received {name}={value!r}"
    items = (value,) * rank if isinstance(value, int) else value
    if not isinstance(items, tuple) or len(items) != rank:
        raise ConfigError(complaint)
    least = 0 if allow_zero else 1
    for item in items:
        if item is None or isinstance(item, str | bytes | tuple):
            raise ConfigError(f"{complaint} including element {item!r} of type {type(item)}")
        if isinstance(item, int | float) and item < least:
            bound = ">= 0" if allow_zero else "> 0"
            raise ConfigError(f"{complaint}, including values {{{item}}} that do not satisfy `value {bound}`")
    return tuple(item if is_known(item) or isinstance(item, SizeValue) else UNKNOWN for item in items)


def set_tuples(config: dict[str, Value], rank: int, *names: str) -> None:
    """Standardise several arguments of `config` in place. Raises ConfigError."""
    for name in names:
        config[name] = standard_tuple(config.get(name, UNKNOWN), rank, name)


def standard_padding(config: dict[str, Value], allowed: tuple[str, ...]) -> None:
    """Lower-case `padding` in place, as convolutions do. Raises ConfigError for other words."""
    padding = config.get("padding", UNKNOWN)
    if not is_plain(padding):
        return
    lowered = padding.lower() if isinstance(padding, str) else padding
    if lowered not in allowed:
        raise ConfigError(
            f"The `padding` argument must be a list/tuple or one of {set(allowed)}. Received: {padding!r}"
        )
    config["padding"] = lowered


def require_positive(config: Mapping[str, Value], *names: str, optional: bool = False) -> None:
    """Raise ConfigError unless each named argument is a positive integer or unknown (or None)."""
    for name in names:
        value = config.get(name, UNKNOWN)
        if not (is_plain(value) or isinstance(value, tuple)) or (optional and value is None):
            continue
        if not is_size(value) or value <= 0:
            raise ConfigError(
                f"Received an invalid value for `{name}`, expected a positive integer. "
                f"Received: {name}={value}"
            )


def require_fraction(config: Mapping[str, Value], name: str) -> None:
    """Raise ConfigError unless the argument lies in [0, 1] or is unknown."""
    value = config.get(name, UNKNOWN)
    if is_plain(value) and not (isinstance(value, int | float) and 0 <= value <= 1):
        raise ConfigError(
            f"Invalid value received for argument `{name}`. Expected a float value between 0 and 1. "
            f"Received: {name}={value}"
        )


def lies_below(value: Any, bound: float) -> bool:
    """Whether `value` is certainly a number below `bound`."""
    return isinstance(value, int | float) and value < bound


def require_word(config: Mapping[str, Value], name: str, words: Sequence[Value]) -> None:
    """Raise ConfigError unless the argument is one of `words` or unknown."""
    value = config.get(name, UNKNOWN)
    if is_plain(value) and value not in words:
        raise ConfigError(
            f"Unknown value for `{name}` argument. Allowed values are: {words}. Received: {name}={value!r}"
        )
