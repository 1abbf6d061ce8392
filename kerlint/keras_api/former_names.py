"""Where Keras lives and lived: packages, modules and names of all its generations."""

from __future__ import annotations

from typing import Final

PREFIXES: Final = (
    "tensorflow.compat.v1.keras",
    "tensorflow.compat.v2.keras",
    "tensorflow.contrib.keras.api.keras",
    "tensorflow.contrib.keras.python.keras",
    "tensorflow.contrib.keras",
    "tensorflow.python.keras.api._v1.keras",
    "tensorflow.python.keras.api._v2.keras",
    "tensorflow.python.keras",
    "tensorflow.keras",
    "tensorflow_core.keras",
    "tensorflow_core.python.keras",
    "tf_keras.api._v1.keras",
    "tf_keras.api._v2.keras",
    "tf_keras.src",
    "tf_keras",
    "keras.api._v1.keras",
    "keras.api._v2.keras",
    "keras.api",
    "keras._tf_keras.keras",
    "keras.src",
    "keras",
)
"""Every package that is or was Keras, longer spellings before their own prefixes."""
PRIVATE: Final = ("keras.src.", "tf_keras.src.")

PRIVATE_BACKEND: Final = "keras.src.backend."
"""Keras 3's own switch between backends: its functions share names with `keras.backend` and `keras.ops`, but
not their arguments. (In Keras 2 the path is the public backend.)"""

TENSORFLOW_SHORTCUTS: Final = ("initializers", "losses", "metrics", "optimizers")
"""`tf.losses` is `tf.keras.losses` since TensorFlow 2 (tensorflow/__init__.py); only known members count."""

FORMER_MODULES: Final = {
    "objectives": "losses",
    "initializations": "initializers",
    "engine": "models",
    "engine.topology": "models",
    "engine.training": "models",
    "utils.np_utils": "utils",
    "utils.vis_utils": "utils",
    "utils.layer_utils": "utils",
    "utils.data_utils": "utils",
    "utils.generic_utils": "utils",
    "utils.visualize_util": "utils",
}
"""Modules of Keras 1 and 2 (keras 1.2.2 and 2.3.1 sources) that are gone, to where their members went."""

FORMER_NAMES: Final = {
    "layers.Deconvolution2D": "layers.Conv2DTranspose",
    "layers.Deconvolution3D": "layers.Conv3DTranspose",
    "layers.Deconv2D": "layers.Conv2DTranspose",
    "layers.Deconv3D": "layers.Conv3DTranspose",
    "layers.Convolution1D": "layers.Conv1D",
    "layers.Convolution2D": "layers.Conv2D",
    "layers.Convolution3D": "layers.Conv3D",
    "layers.SeparableConvolution2D": "layers.SeparableConv2D",
    "initializers.normal": "initializers.RandomNormal",
    "initializers.uniform": "initializers.RandomUniform",
    "constraints.maxnorm": "constraints.MaxNorm",
    "constraints.nonneg": "constraints.NonNeg",
    "constraints.unitnorm": "constraints.UnitNorm",
    "layers.BatchNormalizationV1": "layers.BatchNormalization",
    "layers.BatchNormalizationV2": "layers.BatchNormalization",
    "utils.visualize_util.plot": "utils.plot_model",
    "utils.vis_utils.plot": "utils.plot_model",
}
"""Names of Keras 1 and 2 that only changed their spelling (keras/legacy/layers.py, the 2.0 release notes)."""
