"""Arguments that Keras 1 and 2 took and Keras 3 does not, and what took their place.

The renames of Keras 1 are those of its successor's own table (keras 2.3.1, keras/legacy/interfaces.py and the
2.0 release notes). What Keras 2 took is read from its snapshot. A test holds every new name to Keras 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from kerlint.keras_api import signatures

_WEIGHTS: Final = {
    "output_dim": "units",
    "nb_filter": "filters",
    "init": "kernel_initializer",
    "bias": "use_bias",
    "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer",
    "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint",
    "filter_length": "kernel_size",
    "nb_row": "kernel_size",
    "nb_col": "kernel_size",
    "subsample": "strides",
    "subsample_length": "strides",
    "border_mode": "padding",
    "dim_ordering": "data_format",
    "atrous_rate": "dilation_rate",
}
_RECURRENT: Final = {
    "inner_init": "recurrent_initializer",
    "inner_activation": "recurrent_activation",
    "U_regularizer": "recurrent_regularizer",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
    "forget_bias_init": "unit_forget_bias",
    "consume_less": "implementation",
}
_OF_LAYERS: Final = {
    **_WEIGHTS,
    **_RECURRENT,
    "p": "rate",
    "sigma": "stddev",
    "pool_length": "pool_size",
    "stride": "strides",
    "length": "size",
    "beta_init": "beta_initializer",
    "gamma_init": "gamma_initializer",
    "batch_input_shape": "batch_shape",
}
_OF_MODELS: Final = {"input": "inputs", "output": "outputs"}
_OF_TRAINING: Final = {
    "nb_epoch": "epochs",
    "samples_per_epoch": "steps_per_epoch",
    "nb_val_samples": "validation_steps",
    "val_samples": "steps",
    "generator": "x",
    "X": "x",
}
_ELSEWHERE: Final[Mapping[str, Mapping[str, str]]] = {
    "keras.utils.to_categorical": {"nb_classes": "num_classes", "y": "x"},
    "keras.layers.Embedding": {
        "init": "embeddings_initializer",
        "W_regularizer": "embeddings_regularizer",
        "W_constraint": "embeddings_constraint",
    },
    "keras.layers.PReLU": {"init": "alpha_initializer"},
    "keras.callbacks.ReduceLROnPlateau": {"epsilon": "min_delta"},
    "keras.callbacks.ModelCheckpoint": {"period": "save_freq"},
    "keras.datasets.imdb.load_data": {"nb_words": "num_words"},
    "keras.datasets.reuters.load_data": {"nb_words": "num_words"},
    "keras.initializers.RandomNormal": {"scale": "stddev"},
}
DROPPED: Final = frozenset(
    """
    W_learning_rate_multiplier activity_reg batch_norm consume_less dropout_W dropout_U
    forget_bias_init implementation input_length mode nb_worker max_q_size pickle_safe show_accuracy
    weights dim_ordering batch_input_shape class_mode
    """.split()  # noqa: SIM905
)
"""Arguments of Keras 1 that say so by their name, whatever took them."""


@lru_cache(maxsize=2048)
def replacement(symbol: str, name: str) -> str | None:
    """What Keras 3 calls an argument of Keras 1 or 2 of this class or function, if it has it."""
    own = _ELSEWHERE.get(symbol, {}).get(name)
    if own is not None:
        return own
    table: Mapping[str, str] = {}
    if symbol in ("keras.Model", "keras.Sequential"):
        table = _OF_MODELS
    elif symbol.startswith(("keras.Model.", "keras.Sequential.")):
        table = _OF_TRAINING
    elif symbol.startswith("keras.layers."):
        table = _OF_LAYERS
    new, now = table.get(name), signatures.signature(symbol.removesuffix("_generator"))
    if new is None or now is None:
        return None
    if name == "output_dim" and "units" not in now:
        return None
    return new if new in now else None


@lru_cache(maxsize=2048)
def is_former(symbol: str, name: str) -> bool:
    """Whether Keras 1 or 2 took this argument there; what Keras 3 still takes is not asked."""
    if replacement(symbol, name) is not None:
        return True
    before = signatures.signature(symbol, "keras2")
    if before is not None and name in before:
        return True
    return symbol.startswith(("keras.layers.", "keras.Model", "keras.Sequential")) and name in DROPPED
