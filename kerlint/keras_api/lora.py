"""Low-rank adaptation: `lora_rank` freezes a layer's kernel and puts two thin factors beside it."""

from __future__ import annotations

from collections.abc import Sequence

from kerlint.keras_api.dims import as_dim
from kerlint.keras_api.layer_rule import UNKNOWN_WEIGHTS, Config, Variable, Weights
from kerlint.keras_api.shapes import ShapeError
from kerlint.python.values import is_known


def with_lora(config: Config, weights: Sequence[Variable]) -> Sequence[Variable] | Weights:
    """A layer's weights, of which the first is its kernel, after `lora_rank` was obeyed."""
    rank = config.get("lora_rank")
    if not is_known(rank):
        return UNKNOWN_WEIGHTS
    if not rank:
        return weights
    kernel, *others = weights
    return (
        Variable(kernel.name, kernel.shape, trainable=False),
        *others,
        Variable(f"lora_{kernel.name}_a", (*kernel.shape[:-1], as_dim(rank))),
        Variable(f"lora_{kernel.name}_b", (as_dim(rank), kernel.shape[-1])),
    )


def require_no_constraint(config: Config, name: str) -> None:
    """Raise ShapeError if the layer, once built, has both a low-rank factor and a constraint on its kernel."""
    constraint, rank = config.get(name), config.get("lora_rank")
    if rank and is_known(rank) and constraint is not None and is_known(constraint):
        raise ShapeError(
            "Lora is incompatible with kernel constraints. In order to enable lora on this layer, remove the "
            f"`{name}` argument."
        )
