"""Core layers: Dense, EinsumDense, embeddings, inputs, Identity, Masking, Lambda."""

from __future__ import annotations

from collections.abc import Sequence

from kerlint.keras_api.dims import as_dim, defined, is_size
from kerlint.keras_api.layer_rule import (
    BOTH,
    Config,
    ConfigError,
    LayerRule,
    Shapes,
    Variable,
    Weights,
    constant_weights,
    one,
    unchanged,
)
from kerlint.keras_api.lora import require_no_constraint, with_lora
from kerlint.keras_api.resolve import is_plain, require_positive
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape
from kerlint.python.values import UNKNOWN, Value, is_known


def _dense(config: Config, shape: Shape) -> Shape:
    defined(shape[-1], shape)
    require_no_constraint(config, "kernel_constraint")
    return (*shape[:-1], as_dim(config["units"]))


def _dense_weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    (shape,) = inputs
    units = as_dim(config["units"])
    last = UNKNOWN_DIM if shape is None else defined(shape[-1], shape)
    bias = (Variable("bias", (units,)),) if config["use_bias"] else ()
    return with_lora(config, (Variable("kernel", (last, units)), *bias))


def _configure_dense(config: dict[str, Value]) -> None:
    require_positive(config, "units")


def _embedding(config: Config, shape: Shape) -> Shape:
    require_no_constraint(config, "embeddings_constraint")
    return (*shape, as_dim(config["output_dim"]))


def _reversible(config: Config, shape: Shape) -> Shape:
    return (*shape[:-1], as_dim(config["input_dim"])) if config["reverse"] else _embedding(config, shape)


def _embedding_weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    table = (as_dim(config["input_dim"]), as_dim(config["output_dim"]))
    return with_lora(config, (Variable("embeddings", table),))


def _reversible_weights(config: Config) -> Sequence[Variable]:
    rows, columns = as_dim(config["input_dim"]), as_dim(config["output_dim"])
    reverse = () if config["tie_weights"] else (Variable("reverse_embeddings", (columns, rows)),)
    return (Variable("embeddings", (rows, columns)), *reverse)


def _configure_embedding(config: dict[str, Value]) -> None:
    require_positive(config, "input_dim", "output_dim")


def _input(config: Config, inputs: Shapes) -> Shapes:
    shape = config["batch_shape"]
    if not isinstance(shape, tuple):
        return (None,)
    return (tuple(None if item is None else as_dim(item) for item in shape),)


def _configure_input(config: dict[str, Value]) -> None:
    shape = config.pop("input_shape", None) or config.get("shape")
    batch_shape = config.pop("batch_input_shape", None) or config.get("batch_shape")
    config["batch_shape"] = UNKNOWN
    tensor = config.get("tensor", config.get("input_tensor"))
    if tensor is not None or not (is_known(shape) and is_known(batch_shape)):
        return
    if shape is not None and batch_shape is not None:
        raise ConfigError("You cannot pass both `shape` and `batch_shape` at the same time.")
    batch = config.get("batch_size")
    if batch_shape is not None and batch is not None and is_known(batch):
        raise ConfigError("You cannot pass both `batch_size` and `batch_shape` at the same time.")
    if shape is None and batch_shape is None:
        raise ConfigError("You must pass a `shape` argument.")
    given = _standard_shape(batch_shape if shape is None else shape)
    if isinstance(given, tuple):
        config["batch_shape"] = given if shape is None else (batch if is_known(batch) else UNKNOWN, *given)


def _standard_shape(shape: Value) -> Value:
    if is_plain(shape):
        raise ConfigError(f"Cannot convert '{shape}' to a shape.")
    if not isinstance(shape, tuple):
        return UNKNOWN
    for dim in shape:
        if isinstance(dim, str | float):
            raise ConfigError(f"Cannot convert '{shape}' to a shape. Found invalid dimension '{dim}'.")
        if is_size(dim) and dim < 0:
            raise ConfigError(f"Cannot convert '{shape}' to a shape. Negative dimensions are not allowed.")
    return shape


def _lambda(config: Config, inputs: Shapes) -> Shapes:
    given = config.get("output_shape")
    if not isinstance(given, tuple) or any(isinstance(item, tuple) for item in given):
        return (None,)
    batch = inputs[0][0] if inputs and inputs[0] else UNKNOWN_DIM
    return ((batch, *(None if item is None else as_dim(item) for item in given)),)


_INPUT = LayerRule(shape=_input, configure=_configure_input, arity=0, any_rank=True)

RULES = {
    "Dense": LayerRule(
        shape=one(_dense),
        weights=_dense_weights,
        configure=_configure_dense,
        min_rank=2,
        choices={"use_bias": BOTH},
    ),
    "Embedding": LayerRule(shape=one(_embedding), weights=_embedding_weights, configure=_configure_embedding),
    "ReversibleEmbedding": LayerRule(
        shape=one(_reversible),
        weights=constant_weights(_reversible_weights),
        configure=_configure_embedding,
        choices={"tie_weights": BOTH, "reverse": BOTH},
    ),
    "Identity": LayerRule(shape=unchanged, arity=None, any_rank=True),
    "Masking": LayerRule(shape=unchanged, any_rank=True),
    "ActivityRegularization": LayerRule(shape=unchanged, arity=None, any_rank=True),
    "Lambda": LayerRule(shape=_lambda, arity=None, any_rank=True),
    "InputLayer": _INPUT,
    "Input": _INPUT,
}
