"""Attention layers. Their inputs are query, value and (optionally) key, in Keras's order."""

from __future__ import annotations

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
)
from kerlint.keras_api.resolve import is_plain, lies_below, require_positive
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError, UnknownDim
from kerlint.python.values import UNKNOWN, Value, is_known


def _differ(a: Dim, b: Dim) -> bool:
    return not isinstance(a, UnknownDim) and not isinstance(b, UnknownDim) and a != b


def _roles(inputs: Shapes) -> tuple[Shape | None, Shape | None, Shape | None]:
    """Query, value and key; the value serves as key where none is given. Raises ShapeError."""
    if len(inputs) not in (2, 3):
        raise ShapeError(
            "Attention accepts 2 or 3 inputs, namely query, value and optionally key. Received length: "
            f"{len(inputs)}."
        )
    return inputs[0], inputs[1], inputs[-1]


def _with_scores(config: Config, output: Shape | None, scores: Shape | None) -> Shapes | None:
    return (output, scores) if config["return_attention_scores"] else (output,)


def _dot(config: Config, inputs: Shapes) -> Shapes | None:
    query, value, key = _roles(inputs)
    if query is None:
        return _with_scores(config, None, None)
    output = (*query[:-1], UNKNOWN_DIM if value is None else value[-1])
    return _with_scores(config, output, (*query[:-1], UNKNOWN_DIM if key is None else key[-2]))


def _additive(config: Config, inputs: Shapes) -> Shapes | None:
    query, _, _ = _roles(inputs)
    if query is not None and config["use_scale"]:
        defined(query[-1], query)
    return _dot(config, inputs)


def _dot_weights(config: Config, inputs: Shapes) -> Sequence[Variable]:
    named = {"scale": config["use_scale"], "concat_score_weight": config["score_mode"] == "concat"}
    return [Variable(name, ()) for name, wanted in named.items() if wanted]


def _additive_weights(config: Config, inputs: Shapes) -> Sequence[Variable]:
    query, _, _ = _roles(inputs)
    return [Variable("scale", (_last(query),))] if config["use_scale"] else []


def _configure_dot(config: dict[str, Value]) -> None:
    mode = config.get("score_mode", UNKNOWN)
    if is_plain(mode) and mode not in ("dot", "concat"):
        raise ConfigError(
            "Invalid value for argument score_mode. Expected one of {'dot', 'concat'}. "
            f"Received: score_mode={mode!r}"
        )


def _check_key(value: Shape | None, key: Shape | None) -> None:
    if value is None or key is None:
        return
    middle = zip(value[1:-1], key[1:-1], strict=False)
    if len(value) != len(key) or any(_differ(a, b) for a, b in middle):
        raise ShapeError(
            "All dimensions of `value` and `key`, except the last one, must be equal. Received: "
            f"value_shape={show(value)} and key_shape={show(key)}"
        )


def _multi_head(config: Config, inputs: Shapes) -> Shapes | None:
    query, value, key = _roles(inputs)
    _check_key(value, key)
    for shape in (query, value, key):
        if shape is not None:
            defined(shape[-1], shape)
    if query is None:
        return _with_scores(config, None, None)
    own = config["output_shape"]
    heads = as_dim(config["num_heads"])
    scores = (query[0], heads, query[1], query[1])
    if not own and is_known(own):
        return _with_scores(config, query, scores)
    if not isinstance(own, tuple):
        return _with_scores(config, None, scores)
    return _with_scores(config, (*query[:-1], *(as_dim(item) for item in own)), scores)


def _projection(width: Dim, heads: Dim, size: Dim, *, bias: bool) -> list[Variable]:
    return [Variable("kernel", (width, heads, size)), *([Variable("bias", (heads, size))] if bias else [])]


def _last(shape: Shape | None) -> Dim:
    return UNKNOWN_DIM if shape is None else defined(shape[-1], shape)


def _multi_head_weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    query, value, key = _roles(inputs)
    heads, size, own = as_dim(config["num_heads"]), as_dim(config["key_dim"]), config["output_shape"]
    if not is_known(config["value_dim"]) or not is_known(own):
        return UNKNOWN_WEIGHTS
    wide = as_dim(config["value_dim"]) if config["value_dim"] else size
    result = tuple(as_dim(item) for item in own) if own else (_last(query),)
    bias: bool = config["use_bias"]
    return [
        *_projection(_last(query), heads, size, bias=bias),
        *_projection(_last(key), heads, size, bias=bias),
        *(_projection(_last(query), heads, wide, bias=bias) if config["use_gate"] else []),
        *_projection(_last(value), heads, wide, bias=bias),
        Variable("kernel", (heads, wide, *result)),
        *([Variable("bias", result)] if bias else []),
    ]


def _configure_multi_head(config: dict[str, Value]) -> None:
    config.setdefault("use_gate", False)
    require_positive(config, "num_heads", "key_dim")
    require_positive(config, "value_dim", optional=True)
    own = config.get("output_shape")
    if is_size(own) and own:
        config["output_shape"] = (own,)
    _check_common(config)


def _check_common(config: dict[str, Value]) -> None:
    window = config.get("sliding_window")
    if is_plain(window) and window is not None and not (isinstance(window, int) and window > 0):
        raise ConfigError(
            f"`sliding_window` must be `None` or a positive integer. Received: sliding_window={window!r}"
        )
    if config.get("flash_attention") is True and lies_below(0, config.get("dropout", 0)):
        raise ConfigError(
            "Dropout is not supported when flash attention is enabled. Please set dropout to 0.0 to use "
            "flash attention."
        )


def _grouped(config: Config, inputs: Shapes) -> Shapes | None:
    query, value, key = _roles(inputs)
    _check_key(value, key)
    for shape in (query, value, key):
        if shape is not None:
            defined(shape[-1], shape)
            if len(shape) < 3:
                raise ShapeError(f"The equation 'bqm,muh->bquh' does not fit input shape {show(shape)}.")
    if query is not None and value is not None and _differ(query[-1], value[-1]):
        raise ShapeError(
            "The last dimension of `query_shape` and `value_shape` must be equal, but are "
            f"{query[-1]}, {value[-1]}. Received: query_shape={show(query)}, value_shape={show(value)}"
        )
    if query is None:
        return _with_scores(config, None, None)
    length = UNKNOWN_DIM if key is None else key[1]
    return _with_scores(config, query, (query[0], as_dim(config["num_query_heads"]), query[1], length))


def _grouped_weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    query, value, key = _roles(inputs)
    if any(shape is not None and len(shape) != 3 for shape in (query, value, key)):
        return UNKNOWN_WEIGHTS
    heads, size = as_dim(config["num_query_heads"]), as_dim(config["head_dim"])
    groups, bias = as_dim(config["num_key_value_heads"]), config["use_bias"]
    return [
        *_projection(_last(query), heads, size, bias=bias),
        *_projection(_last(key), groups, size, bias=bias),
        *(_projection(_last(query), heads, size, bias=bias) if config["use_gate"] else []),
        *_projection(_last(value), groups, size, bias=bias),
        Variable("kernel", (heads, size, _last(query))),
        *([Variable("bias", (_last(query),))] if bias else []),
    ]


def _configure_grouped(config: dict[str, Value]) -> None:
    config.setdefault("use_gate", False)
    heads, groups = config.get("num_query_heads", UNKNOWN), config.get("num_key_value_heads", UNKNOWN)
    if is_size(heads) and is_size(groups) and (groups == 0 or heads % groups):
        raise ConfigError("`num_query_heads` must be divisible by `num_key_value_heads`.")
    _check_common(config)


_SCORES = {"return_attention_scores": BOTH}
_HEADS = {**_SCORES, "use_bias": BOTH, "use_gate": BOTH}

RULES = {
    "Attention": LayerRule(
        shape=_dot,
        weights=_dot_weights,
        configure=_configure_dot,
        arity=None,
        any_rank=True,
        choices={**_SCORES, "use_scale": BOTH, "score_mode": ("dot", "concat")},
    ),
    "AdditiveAttention": LayerRule(
        shape=_additive,
        weights=_additive_weights,
        arity=None,
        any_rank=True,
        choices={**_SCORES, "use_scale": BOTH},
    ),
    "MultiHeadAttention": LayerRule(
        shape=_multi_head,
        weights=_multi_head_weights,
        configure=_configure_multi_head,
        arity=None,
        any_rank=True,
        choices=_HEADS,
    ),
    "GroupQueryAttention": LayerRule(
        shape=_grouped,
        weights=_grouped_weights,
        configure=_configure_grouped,
        arity=None,
        any_rank=True,
        choices=_HEADS,
    ),
}
