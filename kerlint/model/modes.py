"""The training mode that a call runs in, as Keras passes it down from call to call.

`Layer._resolve_and_populate_arg` in keras/src/layers/layer.py: what the call is given counts, else what the
call around has, else the default that the layer's own `call` writes (True for image augmentation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.keras_api.traits import traits
from kerlint.model.states import LayerState
from kerlint.python.values import Unknown, Value

if TYPE_CHECKING:
    from kerlint.python.arguments import Arguments
    from kerlint.python.values import FunctionValue

SECOND = frozenset(
    {
        "BatchNormalization",
        "Dropout",
        "AlphaDropout",
        "GaussianDropout",
        "GaussianNoise",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
        "SpectralNormalization",
        "Sequential",
        "Functional",
        "Model",
    }
)
"""Library classes whose `call` takes `training` right after the inputs."""


def mode_of(state: LayerState, method: FunctionValue | None, arguments: Arguments, around: Value) -> Value:
    """The mode of one call: True, False, None where nobody says, or Unknown."""
    if method is None and around is None and arguments.only is not None and arguments.exact:
        return True if "augmentation" in traits(state.symbol) else None
    written = arguments.keywords.get("training")
    if written is not None:
        return written.value
    position = _position(state, method)
    if position is not None and position < len(arguments.positional):
        return arguments.positional[position].value
    if position is None and method is None and len(arguments.positional) > 1:
        return Unknown("may be given by position") if around is None else around
    if not arguments.exact:
        return Unknown("may be unpacked")
    if around is not None:
        return around
    return True if method is None and "augmentation" in traits(state.symbol) else _default(method)


def _default(method: FunctionValue | None) -> Value:
    return None if method is None else method.defaults.get("training")


def _position(state: LayerState, method: FunctionValue | None) -> int | None:
    """Where among the positional arguments the mode stands."""
    if method is None:
        return 1 if state.cls in SECOND else None
    if not isinstance(method.node, cst.FunctionDef):
        return None
    named = [param.name.value for param in (*method.node.params.posonly_params, *method.node.params.params)]
    return named.index("training") - 1 if "training" in named else None
