"""What a subclass of MultiHeadAttention with a `call` of its own reaches for: the projections that Keras made.

Keras's own `build` makes them, so their weights are the layer's, however it is called
(`keras/src/layers/attention/multi_head_attention.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kerlint.keras_api.dims import as_dim
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape
from kerlint.model.apply import apply_operation
from kerlint.model.constants import constant
from kerlint.model.states import LayerState, TensorValue
from kerlint.python.arguments import Arguments
from kerlint.python.values import Instance, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

OWNER: Final = "keras.layers.MultiHeadAttention"
PROJECTIONS: Final = frozenset({"_query_dense", "_key_dense", "_value_dense", "_output_dense"})
ATTEND: Final = "_compute_attention"
_AXES: Final = "abcdefgh"


def project(
    domain: KerasDomain, receiver: Instance, name: str, arguments: Arguments, place: Place
) -> Value | None:
    """The result of one of the PROJECTIONS, or of ATTEND; None where it is not known to fit."""
    state = receiver.native
    assert isinstance(state, LayerState)
    given = [value for value in arguments.values() if isinstance(value, TensorValue)]
    if name == ATTEND:
        return _attended(domain, arguments, place)
    if len(given) != 1 or len(arguments.values()) != 1 or not given[0].keras_shape:
        return None
    made = _output(state) if name == "_output_dense" else _heads(state, name)
    inner = 2 if name == "_output_dense" else 1
    outer = len(given[0].keras_shape) - inner
    if made is None or not 0 < outer <= len(_AXES):
        return None
    axes, taken, new = _AXES[:outer], "mn"[:inner], "wxyz"[: len(made)]
    kernel = constant((*given[0].keras_shape[outer:], *made))
    equation = f"{axes}{taken},{taken}{new}->{axes}{new}"
    return apply_operation(domain, "keras.ops.einsum", Arguments.of(equation, given[0], kernel), place)


def _heads(state: LayerState, name: str) -> Shape:
    """Heads, and the width of each."""
    own = state.config.get("value_dim", Unknown("a width")) if name == "_value_dense" else None
    width = state.config.get("key_dim") if own is None or own == 0 else own
    return (as_dim(state.config.get("num_heads")), as_dim(width))


def _output(state: LayerState) -> Shape | None:
    """The width of the output: as it was asked for, else the query's."""
    own = state.config.get("output_shape", Unknown("a shape"))
    if isinstance(own, tuple):
        return tuple(as_dim(item) for item in own) if 0 < len(own) <= 4 else None
    return None if own else (_query_width(state),)


def _query_width(state: LayerState) -> Dim:
    built = state.built_with[0] if state.built_with and not state.may_be_unbuilt else None
    if built is None and state.calls and state.calls[0].inputs:
        built = state.calls[0].inputs[0].keras_shape
    return built[-1] if built and built[-1] is not None else UNKNOWN_DIM


def _attended(domain: KerasDomain, arguments: Arguments, place: Place) -> Value | None:
    """`(output, scores)`; the scores are None where Keras takes the fused kernel."""
    query, value = arguments.get(0, "query"), arguments.get(2, "value")
    if not (isinstance(query, TensorValue) and isinstance(value, TensorValue) and arguments.exact):
        return None
    if query.keras_shape is None or len(query.keras_shape) != 4:
        return None
    key = arguments.get(1, "key")
    scores = apply_operation(domain, "keras.ops.einsum", Arguments.of("bsnh,btnh->bnts", key, query), place)
    output = apply_operation(
        domain, "keras.ops.einsum", Arguments.of("bnts,bsnv->btnv", scores, value), place
    )
    return (output, Unknown("attention scores"))
