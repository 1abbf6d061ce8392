"""What each layer of Keras does: one table over all families, and the questions it answers.

Unknown in, unknown out: an unknown argument never decides anything. Where an argument has few values
that matter (`LayerRule.choices`), all are tried and what they agree on is kept.
"""

from __future__ import annotations

from collections.abc import Mapping

from kerlint.keras_api import (
    activations,
    attention,
    audio,
    augmentation,
    conv_lstm,
    convolution,
    core,
    einsum_dense,
    merging,
    normalization,
    pooling,
    preprocessing,
    recurrent,
    regularization,
    reshaping,
    text,
    wrappers,
)
from kerlint.keras_api.class_names import auto_name, canonical_class
from kerlint.keras_api.evaluation import RULES, output_shape, rule_of, weights, weights_now
from kerlint.keras_api.layer_rule import (
    ConfigError,
    LayerSpec,
    UnknownName,
    Variable,
    Weights,
)
from kerlint.keras_api.resolve import normalise
from kerlint.python.values import Value

__all__ = [
    "RULES",
    "ConfigError",
    "LayerSpec",
    "UnknownName",
    "Variable",
    "Weights",
    "auto_name",
    "canonical_class",
    "is_supported",
    "output_shape",
    "resolve",
    "weights",
    "weights_now",
]

_FAMILIES = (
    activations,
    attention,
    audio,
    augmentation,
    conv_lstm,
    convolution,
    core,
    einsum_dense,
    merging,
    normalization,
    pooling,
    preprocessing,
    recurrent,
    regularization,
    reshaping,
    text,
    wrappers,
)
for _family in _FAMILIES:
    RULES.update(_family.RULES)


def is_supported(symbol: str) -> bool:
    """Whether the table knows this layer class."""
    return rule_of(symbol) is not None


def resolve(symbol: str, arguments: Mapping[str, Value], target: str = "keras3") -> dict[str, Value]:
    """The attributes of the built object, from constructor arguments with defaults filled in.

    `None` strides become the pool size, integers tuples, activations canonical names. What is unknown
    stays UNKNOWN. Raises ConfigError when Keras would certainly refuse; on a `keras2` target, whose
    checks differ, the arguments are handed back as they are instead (and every `padding` in lower case).
    """
    rule = rule_of(symbol)
    if target == "keras2" and isinstance(arguments.get("padding"), str):
        arguments = {**arguments, "padding": arguments["padding"].lower()}
    try:
        config = normalise(arguments)
        if rule is not None:
            rule.configure(config)
    except ConfigError:
        if target == "keras2":
            return dict(arguments)
        raise
    return config
