"""Traits of bare operations on tensors, in the same words as those of layers."""

from __future__ import annotations

ACTIVATIONS = frozenset(
    {
        "relu", "relu6", "elu", "selu", "gelu", "silu", "swish", "sigmoid", "hard_sigmoid", "tanh", "softmax",
        "softplus", "softsign", "leaky_relu", "log_softmax", "log_sigmoid", "hard_silu", "hard_swish", "mish",
        "exponential", "crelu", "celu", "glu", "hard_tanh", "threshold",
    }
)  # fmt: skip
MERGES = frozenset(
    {
        "add",
        "multiply",
        "subtract",
        "maximum",
        "minimum",
        "concatenate",
        "concat",
        "stack",
        "matmul",
        "einsum",
        "true_divide",
        "divide",
    }
)
HOMES = (
    "keras.activations.",
    "keras.ops.",
    "keras.backend.",
    "tensorflow.nn.",
    "tensorflow.keras.",
    "tensorflow.math.",
    "tensorflow.",
)


def operation_traits(symbol: str) -> frozenset[str]:
    """`activation` for non-linearities, `merge` for what makes one tensor of several."""
    name = symbol.rpartition(".")[2]
    if not symbol.startswith(HOMES):
        return frozenset()
    if name in ACTIVATIONS:
        return frozenset({"activation"})
    return frozenset({"merge"}) if name in MERGES else frozenset()
