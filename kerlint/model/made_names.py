"""Automatic names that library objects take for parts of their own, so that the counters stay right.

Measured with keras 3.15 (held by tests/oracle/test_names_taken.py): a MultiHeadAttention makes an unnamed
Softmax and Dropout when it is first called, `x + y` on symbolic tensors makes an operation `add`.
"""

from __future__ import annotations

from kerlint.keras_api.class_names import auto_name

_AUGMENTERS = (
    "RandomShear",
    "RandomTranslation",
    "RandomRotation",
    "Solarization",
    "RandomPosterization",
    "AutoContrast",
    "Equalization",
    "RandomBrightness",
    "RandomColorDegeneration",
    "RandomContrast",
    "RandomSharpness",
)

MADE_BY_INIT: dict[str, tuple[str, ...]] = {
    "AugMix": _AUGMENTERS,
    "RandAugment": _AUGMENTERS,
    "TextVectorization": ("StringLookup",),
}
"""Layer class to the classes of what its constructor makes."""

MADE_BY_BUILD: dict[str, tuple[str, ...]] = {
    "GroupQueryAttention": ("Softmax", "Dropout"),
    "MultiHeadAttention": ("Softmax", "Dropout"),
}
"""Layer class to the classes of what its first call makes."""

_OPERATION_CLASSES = {
    "keras.activations.exponential": "Exp",
    "keras.activations.relu": "ReLU",
    "keras.activations.swish": "Silu",
    "keras.ops.swish": "Silu",
}
NOT_OPERATIONS = frozenset(
    {"keras.activations.linear", "keras.ops.shape", "keras.ops.ndim", "keras.ops.size"}
)
"""Functions of tensors that make no node."""


def operation_base(symbol: str) -> str:
    """The automatic name, without number, of a function of `keras.ops` or `keras.activations`."""
    cls = _OPERATION_CLASSES.get(symbol)
    return auto_name(cls) if cls is not None else symbol.rpartition(".")[2]
