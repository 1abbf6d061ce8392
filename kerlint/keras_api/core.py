"""Core layers: Dense, EinsumDense, embeddings, inputs, Identity, Masking, Lambda."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kerlint.keras_api.dims import as_dim, defined, is_size, show
from kerlint.keras_api.layer_rule import (
    BOTH,
    UNKNOWN_WEIGHTS,
    Config,
    ConfigError,
    LayerRule,
    Shapes,
    Variable,
    Weights,
    constant_weights,
    of_one,
    one,
    unchanged,
)
from kerlint.keras_api.resolve import is_plain, require_positive
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError, UnknownDim
from kerlint.python.values import UNKNOWN, Value, is_known


def with_lora(config: Config, weights: Sequence[Variable]) -> Sequence[Variable] | Weights:
    """The weights after `lora_rank` froze the first one and put two thin factors beside it."""
    rank = config.get("lora_rank")
    if not is_known(rank):
        return UNKNOWN_WEIGHTS
    if not rank:
        return weights
    kernel, *others = weights
    factors = (
        Variable(f"lora_{kernel.name}_a", (*kernel.shape[:-1], as_dim(rank))),
        Variable(f"lora_{kernel.name}_b", (as_dim(rank), kernel.shape[-1])),
    )
    return (Variable(kernel.name, kernel.shape, trainable=False), *others, *factors)


def _dense(config: Config, shape: Shape) -> Shape:
    defined(shape[-1], shape)
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
    return (*shape, as_dim(config["output_dim"]))


def _embedding_weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    table = (as_dim(config["input_dim"]), as_dim(config["output_dim"]))
    return with_lora(config, (Variable("embeddings", table),))


def _reversible_weights(config: Config) -> Sequence[Variable]:
    rows, columns = as_dim(config["input_dim"]), as_dim(config["output_dim"])
    reverse = () if config["tie_weights"] else (Variable("reverse_embeddings", (columns, rows)),)
    return (Variable("embeddings", (rows, columns)), *reverse)


def _configure_embedding(config: dict[str, Value]) -> None:
    require_positive(config, "input_dim", "output_dim")


_EINSUM = re.compile(r"(\.\.\.)?([a-zA-Z]+)(\.\.\.)?,([a-zA-Z]+)->(\.\.\.)?([a-zA-Z]+)(\.\.\.)?")


def _einsum_parts(config: Config, shape: Shape) -> tuple[str, str, str, Shape, int] | None:
    """Input, weight and output letters, the output shape, and how many axes `...` stands for in front."""
    equation, given = config["equation"], config["output_shape"]
    if not isinstance(equation, str) or not (isinstance(given, tuple) or is_size(given)):
        return None
    found = _EINSUM.match(equation)
    if found is None or bool(found[1]) != bool(found[5]) or bool(found[3]) != bool(found[7]):
        raise ShapeError(
            f"Invalid einsum equation '{equation}'. Equations must be in the form [X],[Y]->[Z], "
            "...[X],[Y]->...[Z], or [X]...,[Y]->[Z]...."
        )
    left, letters, right = bool(found[1]), found[2], bool(found[3])
    elided = max(len(shape) - len(letters), 0)
    own = tuple(
        None if item is None else as_dim(item) for item in (given if isinstance(given, tuple) else (given,))
    )
    front = shape[1:elided] if left else ()
    back = shape[len(shape) - elided :] if not left and elided and right else ()
    return letters, found[4], found[6], (shape[0], *front, *own, *back), elided if left else 0


def _einsum_maps(config: Config, shape: Shape) -> tuple[dict[str, Dim], dict[str, Dim], str, str] | None:
    parts = _einsum_parts(config, shape)
    if parts is None:
        return None
    inputs, weights, outputs, output, elided = parts
    if len(inputs) > len(shape) or elided + len(outputs) > len(output):
        raise ShapeError(f"The equation '{config['equation']}' does not fit input shape {show(shape)}.")
    skipped = len(shape) - len(inputs) if elided else 0
    given = dict(zip(inputs, shape[skipped:], strict=False))
    made = dict(zip(outputs, output[elided:], strict=False))
    return given, made, weights, outputs


def _einsum_dense(config: Config, shape: Shape) -> Shape | None:
    parts, maps = _einsum_parts(config, shape), _einsum_maps(config, shape)
    if parts is None or maps is None:
        return None
    given, made, weights, outputs = maps
    _check_einsum(given, made, weights, outputs)
    output = parts[3]
    filled = {letter: given[letter] for letter, dim in made.items() if dim is None and letter in given}
    letters = ["", *outputs] if parts[4] else list(outputs)
    return tuple(
        filled.get(letters[position], dim) if dim is None and position < len(letters) else dim
        for position, dim in enumerate(output)
    )


def _check_einsum(given: dict[str, Dim], made: dict[str, Dim], weights: str, outputs: str) -> None:
    for letter, dim in given.items():
        other = made.get(letter)
        if other is None or isinstance(other, UnknownDim) or isinstance(dim, UnknownDim):
            continue
        if other != dim:
            raise ShapeError(
                f"Input shape and output shape do not match at shared dimension '{letter}'. Input shape is "
                f"{dim}, and output shape is {other}."
            )
    for letter in outputs:
        if letter not in given and letter not in weights:
            raise ShapeError(f"Dimension '{letter}' was specified in the output but has no corresponding dim")
    for letter in weights:
        if letter not in made and letter not in given:
            raise ShapeError(f"Weight dimension '{letter}' did not have a match in the input or output spec")


def _einsum_weights(config: Config, shape: Shape) -> Sequence[Variable] | Weights:
    maps = _einsum_maps(config, shape)
    axes = config["bias_axes"]
    if maps is None or not is_known(axes):
        return UNKNOWN_WEIGHTS
    given, made, weights, outputs = maps
    kernel = tuple(defined(made.get(letter, given.get(letter)), shape) for letter in weights)
    if axes is None:
        return (Variable("kernel", kernel),)
    first = min((outputs.find(letter) for letter in axes), default=0)
    bias: Shape = tuple(defined(made[letter], shape) if letter in axes else 1 for letter in outputs[first:])
    return (Variable("kernel", kernel), Variable("bias", bias))


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
    if shape is None and batch_shape is None:
        raise ConfigError("You must pass a `shape` argument.")
    given = _standard_shape(batch_shape if shape is None else shape)
    if isinstance(given, tuple):
        batch = config.get("batch_size")
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
    "EinsumDense": LayerRule(shape=one(_einsum_dense), weights=of_one(_einsum_weights)),
    "Embedding": LayerRule(shape=one(_embedding), weights=_embedding_weights, configure=_configure_embedding),
    "ReversibleEmbedding": LayerRule(
        shape=one(_embedding),
        weights=constant_weights(_reversible_weights),
        configure=_configure_embedding,
        choices={"tie_weights": BOTH},
    ),
    "Identity": LayerRule(shape=unchanged, arity=None, any_rank=True),
    "Masking": LayerRule(shape=unchanged, any_rank=True),
    "ActivityRegularization": LayerRule(shape=unchanged, arity=None, any_rank=True),
    "Lambda": LayerRule(shape=_lambda, arity=None, any_rank=True),
    "InputLayer": _INPUT,
    "Input": _INPUT,
}
