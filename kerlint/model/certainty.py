"""Which values surely are tensors: what a call is given may be a list as well, and so may what functions return."""

from __future__ import annotations

from kerlint.model.states import LayerState, ModelState, OperationState, TensorValue

ALWAYS = frozenset(
    """
    abs all any argmax argmin cast ceil clip clip_by_value concat concatenate cos count_nonzero cumsum
    divide_no_nan exp expand_dims floor gather l2_normalize log logical_and logical_not logical_or matmul max
    maximum mean min minimum norm ones_like
    reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_std reduce_sum
    reduce_variance relu reshape rsqrt sigmoid sign sin softmax sqrt square squeeze stack std stop_gradient sum
    tanh tile transpose var zeros_like
    """.split()  # noqa: SIM905
)
"""Functions of `keras.ops` and `tensorflow` that give one tensor, whatever they are given."""
OF_TENSORS = frozenset(
    """
    add equal floor_divide get_item greater greater_equal less less_equal mod multiply negative not_equal
    positive power subtract true_divide
    """.split()  # noqa: SIM905
)
"""Operators, which give a tensor if they are given one (a list has some of them too)."""
HOMES = ("keras.ops.", "tensorflow.")
DEEPEST = 200


def is_surely_tensor(tensor: TensorValue, depth: int = 0) -> bool:
    """Whether the program holds one tensor here, and no list or dict or anything unknown."""
    if depth > DEEPEST:
        return False
    for border in (tensor.outer, tensor.inner):
        if border is not None:
            return is_surely_tensor(border, depth + 1)
    node = tensor.producer
    if node is None:
        return tensor.keras_shape is not None
    layer = node.layer
    if isinstance(layer, OperationState):
        name = layer.symbol.rpartition(".")[2]
        if layer.opaque or not layer.symbol.startswith(HOMES):
            return False
        of_tensor = name in OF_TENSORS and any(is_surely_tensor(one, depth + 1) for one in node.inputs)
        return name in ALWAYS or of_tensor
    if isinstance(layer, ModelState):
        return layer.kind in ("functional", "sequential", "application") and len(node.outputs) == 1
    if layer.is_custom:
        return False
    return isinstance(layer, LayerState) and len(node.outputs) == 1
