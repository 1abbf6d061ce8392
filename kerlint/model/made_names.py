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
    "abs": "Absolute",
    "allclose": "AllClose",
    "batch_normalization": "BatchNorm",
    "cdist": "CDist",
    "conj": "Conjugate",
    "ctc_decode": "CTCDecode",
    "ctc_loss": "CTCLoss",
    "fft": "FFT",
    "fft2": "FFT2",
    "hard_swish": "HardSilu",
    "ifft2": "IFFT2",
    "irfft": "IRFFT",
    "isin": "IsIn",
    "istft": "ISTFT",
    "layer_normalization": "LayerNorm",
    "psnr": "PSNR",
    "rfft": "RFFT",
    "rms_normalization": "RMSNorm",
    "searchsorted": "SearchSorted",
    "stft": "STFT",
    "svd": "SVD",
    "swish": "Silu",
}
"""Functions of `keras.ops` whose class is not their name in capitals."""
_ACTIVATION_CLASSES = {
    "keras.activations.exponential": "Exp",
    "keras.activations.relu": "ReLU",
}
NOT_OPERATIONS = frozenset(
    {"keras.activations.linear", "keras.ops.shape", "keras.ops.ndim", "keras.ops.size"}
)
"""Functions of tensors that make no node."""


FORMER_OPERATIONS = {
    "keras.ops.add": "tf.__operators__.add",
    "keras.ops.multiply": "tf.math.multiply",
    "keras.ops.subtract": "tf.math.subtract",
    "keras.ops.divide": "tf.math.truediv",
    "keras.ops.true_divide": "tf.math.truediv",
    "keras.ops.negative": "tf.math.negative",
    "keras.ops.power": "tf.math.pow",
    "keras.ops.mod": "tf.math.floormod",
    "keras.ops.floor_divide": "tf.compat.v1.floor_div",
    "keras.ops.get_item": "tf.__operators__.getitem",
    "tensorflow.add": "tf.math.add",
    "tensorflow.math.add": "tf.math.add",
    "tensorflow.cast": "tf.cast",
    "tensorflow.concat": "tf.concat",
    "tensorflow.expand_dims": "tf.expand_dims",
    "tensorflow.math.reduce_mean": "tf.math.reduce_mean",
    "tensorflow.nn.relu": "tf.nn.relu",
    "tensorflow.reduce_mean": "tf.math.reduce_mean",
    "tensorflow.reshape": "tf.reshape",
}
"""Operators and functions to the stem of the layer that Keras 2 makes of each."""


def operation_class(symbol: str) -> str:
    """The class that Keras makes an operation of for a function of `keras.ops` or `keras.activations`."""
    name = symbol.rpartition(".")[2]
    known = _ACTIVATION_CLASSES.get(symbol) or _OPERATION_CLASSES.get(name)
    return known or "".join(part.capitalize() for part in name.split("_"))


def operation_base(symbol: str) -> str:
    """The automatic name, without number, of such an operation."""
    return auto_name(operation_class(symbol))
