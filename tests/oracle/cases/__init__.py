"""What to draw for each layer: constructor arguments, faulty ones among them, and input shapes."""

from __future__ import annotations

from collections.abc import Mapping

from .augmentation import AUGMENTATIONS
from .convolution import CONVOLUTIONS, POOLINGS
from .core import CORE, MERGES
from .draws import Case
from .pointwise import ACTIVATIONS, NORMALIZATIONS, REGULARIZATIONS, RESHAPINGS
from .preprocessing import PREPROCESSING
from .recurrent import ATTENTION, RECURRENT

CASES: Mapping[str, Case] = {
    **AUGMENTATIONS,
    **PREPROCESSING,
    **RECURRENT,
    **ATTENTION,
    **CONVOLUTIONS,
    **POOLINGS,
    **NORMALIZATIONS,
    **ACTIVATIONS,
    **REGULARIZATIONS,
    **RESHAPINGS,
    **CORE,
    **MERGES,
}
