"""What kind of layer a class is, in the field's terms: the words that rules ask for.

A trait is a plain string; `MEANINGS` says what each one promises. Classes are listed by trait, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from kerlint.keras_api.class_names import canonical_class
from kerlint.keras_api.layer_rule import LayerSpec
from kerlint.python.values import Value

MEANINGS: Mapping[str, str] = {
    "weighted": "has trainable weights that mix features: convolutions, Dense, recurrent, attention, embeddings",
    "conv": "slides a learned kernel over space or time, transposed, depthwise and separable ones included",
    "conv_transpose": "a convolution that enlarges its input",
    "depthwise": "a convolution that keeps the input's channels apart",
    "separable": "a depthwise convolution followed by a pointwise one",
    "dense": "a matrix product over the last axis (or the axes of an einsum)",
    "recurrent": "walks along time with a state (ConvLSTM, RNN and Bidirectional included)",
    "cell": "one step of a recurrent layer; takes states, is held by RNN",
    "embedding": "looks vectors up by integer index",
    "attention": "mixes positions by learned or computed similarity",
    "pool": "reduces windows or all of space by a statistic",
    "max_pool": "takes the maximum: not affine",
    "average_pool": "takes the mean: affine",
    "global_pool": "reduces all spatial axes",
    "adaptive_pool": "pools to a fixed output size",
    "activation": "a standalone non-linearity",
    "norm": "normalises by statistics of its input or of the training data",
    "batch_norm": "normalises by statistics of the batch and keeps moving ones",
    "dropout_like": "drops elements in training, is the identity otherwise",
    "noise": "disturbs its input by random numbers in training",
    "transparent": "may stand between a layer and its activation without being one itself",
    "affine": "computes an affine map of its input at inference",
    "merge": "makes one tensor of several",
    "reshape": "only moves elements: Flatten, Reshape, Permute, RepeatVector",
    "padding": "adds a border of zeros",
    "cropping": "cuts a border off",
    "upsampling": "enlarges by repeating or interpolating",
    "resizing": "brings images to a fixed size",
    "rescaling": "multiplies and shifts by constants",
    "augmentation": "changes images at random in training",
    "wrapper": "holds another layer and applies it",
    "mode_dependent": "does something else in training than at inference",
    "mask_aware": "uses a mask that comes with its input",
    "mask_source": "makes a mask",
    "stateful": "keeps variables beside its trainable weights: statistics, states, tables",
    "lambda": "computes what a user's function computes",
    "input": "where data enters; has no inputs itself",
    "identity": "hands its input on",
    "preprocessing": "prepares raw data: text, categories, images, audio",
    "adaptable": "has `adapt`: learns from data before training",
}


def _all(*names: str) -> str:
    return " ".join(names)


def _spatial(*names: str, ranks: str = "123") -> str:
    return " ".join(name.replace("#", rank) for name in names for rank in ranks)


_AUGMENTATION = (
    "AugMix CutMix MixUp RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter "
    "RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur "
    "RandomGrayscale RandomHue RandomInvert RandomPerspective RandomPosterization RandomRotation "
    "RandomSaturation RandomSharpness RandomShear RandomTranslation RandomZoom"
)
_CONV = _spatial("Conv#D", "Conv#DTranspose")
_DEPTHWISE, _SEPARABLE = _spatial("DepthwiseConv#D", ranks="12"), _spatial("SeparableConv#D", ranks="12")
_MAX_POOL = _spatial("MaxPooling#D", "GlobalMaxPooling#D", "AdaptiveMaxPooling#D")
_AVERAGE_POOL = _spatial("AveragePooling#D", "GlobalAveragePooling#D", "AdaptiveAveragePooling#D")
_GLOBAL = _spatial("GlobalMaxPooling#D", "GlobalAveragePooling#D")
_ADAPTIVE = _spatial("AdaptiveMaxPooling#D", "AdaptiveAveragePooling#D")
_RECURRENT = "LSTM GRU SimpleRNN RNN Bidirectional " + _spatial("ConvLSTM#D")
_CELLS = "LSTMCell GRUCell SimpleRNNCell StackedRNNCells"
_ATTENTION = "Attention AdditiveAttention MultiHeadAttention GroupQueryAttention"
_ACTIVATIONS = "Activation ReLU LeakyReLU PReLU ELU Softmax ThresholdedReLU"
_NORM = (
    "BatchNormalization LayerNormalization GroupNormalization RMSNormalization UnitNormalization "
    "SyncBatchNormalization"
)
_DROPOUT = "Dropout AlphaDropout GaussianDropout " + _spatial("SpatialDropout#D")
_MERGE = "Add Subtract Multiply Average Maximum Minimum Concatenate Dot"
_RESHAPE = "Flatten Reshape Permute RepeatVector"
_PADDING, _CROPPING = _spatial("ZeroPadding#D"), _spatial("Cropping#D")
_UPSAMPLING = _spatial("UpSampling#D")
_IMAGE = (
    "AutoContrast ContrastLimitedAdaptiveHistogramEqualization Equalization Solarization CenterCrop "
    "Resizing Rescaling MaxNumBoundingBoxes Pipeline"
)
_DATA = (
    "Normalization Discretization CategoryEncoding Hashing HashedCrossing StringLookup IntegerLookup "
    "TextVectorization MelSpectrogram STFTSpectrogram"
)
_DENSE = "Dense EinsumDense"
_EMBEDDING = "Embedding ReversibleEmbedding"

_CLASSES: Mapping[str, str] = {
    "weighted": _all(
        _CONV,
        _DEPTHWISE,
        _SEPARABLE,
        _DENSE,
        _RECURRENT,
        _CELLS,
        _EMBEDDING,
        "AdditiveAttention",
        "MultiHeadAttention",
        "GroupQueryAttention",
    ),
    "conv": _all(_CONV, _DEPTHWISE, _SEPARABLE),
    "conv_transpose": _spatial("Conv#DTranspose"),
    "depthwise": _DEPTHWISE,
    "separable": _SEPARABLE,
    "dense": _DENSE,
    "recurrent": _RECURRENT,
    "cell": _CELLS,
    "embedding": _EMBEDDING,
    "attention": _ATTENTION,
    "pool": f"{_MAX_POOL} {_AVERAGE_POOL}",
    "max_pool": _MAX_POOL,
    "average_pool": _AVERAGE_POOL,
    "global_pool": _GLOBAL,
    "adaptive_pool": _ADAPTIVE,
    "activation": _ACTIVATIONS,
    "norm": _NORM,
    "batch_norm": "BatchNormalization SyncBatchNormalization",
    "dropout_like": _DROPOUT,
    "noise": "GaussianNoise GaussianDropout AlphaDropout",
    "transparent": _all(
        _NORM,
        _DROPOUT,
        _PADDING,
        _CROPPING,
        _UPSAMPLING,
        _MAX_POOL,
        _AVERAGE_POOL,
        "Flatten Reshape Permute Rescaling Identity GaussianNoise ActivityRegularization Masking",
    ),
    "affine": _all(
        _CONV,
        _DEPTHWISE,
        _SEPARABLE,
        _DENSE,
        _DROPOUT,
        _PADDING,
        _CROPPING,
        _UPSAMPLING,
        _AVERAGE_POOL,
        _RESHAPE,
        "BatchNormalization Rescaling Normalization Identity GaussianNoise Add Subtract Average",
        "Concatenate ActivityRegularization SyncBatchNormalization",
    ),
    "merge": _MERGE,
    "reshape": _RESHAPE,
    "padding": _PADDING,
    "cropping": _CROPPING,
    "upsampling": _UPSAMPLING,
    "resizing": "Resizing CenterCrop RandomCrop",
    "rescaling": "Rescaling",
    "augmentation": _AUGMENTATION,
    "wrapper": "TimeDistributed Bidirectional Wrapper SpectralNormalization",
    "mode_dependent": _all(
        _DROPOUT,
        _AUGMENTATION,
        "BatchNormalization SyncBatchNormalization GaussianNoise",
        "SpectralNormalization",
    ),
    "mask_aware": f"{_RECURRENT} {_ATTENTION} TimeDistributed Softmax GlobalAveragePooling1D BatchNormalization",
    "mask_source": "Masking Embedding ReversibleEmbedding",
    "stateful": "BatchNormalization SyncBatchNormalization Normalization StringLookup IntegerLookup "
    "TextVectorization Discretization SpectralNormalization",
    "lambda": "Lambda",
    "input": "InputLayer Input",
    "identity": "Identity ActivityRegularization",
    "preprocessing": f"{_IMAGE} {_DATA} {_AUGMENTATION}",
    "adaptable": "Normalization StringLookup IntegerLookup TextVectorization Discretization",
}


@cache
def _by_class() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for trait, names in _CLASSES.items():
        for name in names.split():
            table.setdefault(name, set()).add(trait)
    return {name: frozenset(found) for name, found in table.items()}


@lru_cache(maxsize=4096)
def _of_class(symbol: str) -> frozenset[str]:
    return _by_class().get(canonical_class(symbol), frozenset())


def traits(symbol: str, config: Mapping[str, Value] | None = None) -> frozenset[str]:
    """The traits of a layer class by dotted name; empty for what is not known.

    With a resolved `config`, a wrapper has the traits of the layer it holds as well.
    """
    own = _of_class(symbol)
    if config is None:
        return own
    held = config.get("layer") if "wrapper" in own else None
    return own | traits(held.symbol, held.config) if isinstance(held, LayerSpec) else own
