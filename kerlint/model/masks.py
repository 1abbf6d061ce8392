"""Masks that travel with tensors: Keras makes operations for them and hands them to layers that take one.

They are no layers, but edges of the graph: `model.layers` is ordered by them too, and they take automatic
names. After `compute_mask` of the layers in keras 3.15 (held by the oracle's programs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.class_names import auto_name
from kerlint.keras_api.layer_rule import LayerSpec
from kerlint.model.naming import blur, generated
from kerlint.model.states import LayerState, NodeState, OperationState, TensorValue
from kerlint.python.values import next_serial

if TYPE_CHECKING:
    from kerlint.keras_api.shapes import Shape
    from kerlint.model.domain import KerasDomain

TAKERS = frozenset(
    [
        "AdditiveAttention",
        "Attention",
        "BatchNormalization",
        "Bidirectional",
        "ConvLSTM1D",
        "ConvLSTM2D",
        "ConvLSTM3D",
        "GRU",
        "GlobalAveragePooling1D",
        "LSTM",
        "RNN",
        "SimpleRNN",
        "Softmax",
        "TimeDistributed",
    ]
)
"""Layers that are handed the mask of their first argument."""
CARRIERS = frozenset(
    [
        "Activation",
        "ActivityRegularization",
        "AlphaDropout",
        "BatchNormalization",
        "Dense",
        "Dropout",
        "ELU",
        "GaussianDropout",
        "GaussianNoise",
        "GroupNormalization",
        "Identity",
        "LayerNormalization",
        "LeakyReLU",
        "MultiHeadAttention",
        "Normalization",
        "PReLU",
        "ReLU",
        "Rescaling",
        "Softmax",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
        "TimeDistributed",
        "UnitNormalization",
    ]
)
"""Layers that hand the mask of their first input on."""
RECURRENT = frozenset(
    {"Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM", "RNN", "SimpleRNN"}
)
"""Layers that hand it on with sequences only."""
MAKERS = frozenset({"Embedding", "Masking", "ReversibleEmbedding"})
"""Layers that make a mask of their input."""
MERGES = frozenset({"Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"})
CONCATENATION = ("Concatenate", "ExpandDims", "ZerosLike", "LogicalOr", "Any")
"""Operations that join the masks of concatenated tensors, as many as the case wants."""


def carry_masks(domain: KerasDomain, state: LayerState, node: NodeState) -> None:
    """Give a node its masks as edges, and its outputs the masks they leave with."""
    if domain.target != "keras3" or not node.symbolic:
        return
    masks = [tensor.mask for tensor in node.inputs if tensor.mask is not None]
    if not masks and state.cls not in MAKERS:
        return
    if masks and state.cls in TAKERS:
        node.edges = (*node.edges, *masks)
    mask = _made(domain, state, node) or (_carried(domain, state, node, masks) if masks else None)
    if mask is not None:
        node.outputs[0].mask = mask


def _made(domain: KerasDomain, state: LayerState, node: NodeState) -> TensorValue | None:
    """The mask that an Embedding or Masking makes of its input."""
    if state.cls == "Masking":
        return _operation(domain, "Any", _operation(domain, "NotEqual", *node.inputs))
    if state.cls in MAKERS and state.config.get("mask_zero") is True:
        return _operation(domain, "NotEqual", *node.inputs)
    return None


def _carried(
    domain: KerasDomain, state: LayerState, node: NodeState, masks: list[TensorValue]
) -> TensorValue | None:
    if state.cls in CARRIERS:
        return node.inputs[0].mask
    if state.cls in RECURRENT:
        return node.inputs[0].mask if _gives_sequences(state) else None
    if state.cls in MERGES:
        joined = masks[0]
        for mask in masks[1:]:
            joined = _operation(domain, "LogicalOr", joined, mask)
        return joined
    if state.cls == "Concatenate":
        for cls in CONCATENATION:
            blur(domain, cls)
        return _operation(None, "Any", *masks)
    if state.cls in ("Attention", "AdditiveAttention") and node.inputs[0].mask is not None:
        return _operation(domain, "ConvertToTensor", node.inputs[0].mask)
    return None


def _gives_sequences(state: LayerState) -> bool:
    wrapped = state.config.get("layer")
    config = wrapped.config if isinstance(wrapped, LayerSpec) else state.config
    return config.get("return_sequences") is True


def _operation(domain: KerasDomain | None, cls: str, *inputs: TensorValue) -> TensorValue:
    """The output of an operation that only Keras knows of; without a domain it takes no name."""
    symbol = f"keras.ops.{auto_name(cls)}"
    operation = OperationState(symbol, None, None, next_serial())
    operation.name = generated(domain, cls) if domain is not None else None
    node = NodeState(operation, inputs, None, next_serial(), edges=inputs, is_hidden=True)
    node.outputs = (TensorValue(_shape(cls, inputs), node),)
    return node.outputs[0]


def _shape(cls: str, inputs: tuple[TensorValue, ...]) -> Shape | None:
    """The shape of what is made of masks: `Any` is taken over the last axis by Masking alone."""
    shapes = {tensor.keras_shape for tensor in inputs}
    first = inputs[0].keras_shape
    if len(shapes) > 1 or first is None:
        return None
    return (first[:-1] if len(inputs) == 1 else None) if cls == "Any" else first
