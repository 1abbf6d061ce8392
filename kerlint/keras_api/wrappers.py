"""Layers that hold another layer: they ask for its shapes and weights and change them a little."""

from __future__ import annotations

from collections.abc import Sequence

from kerlint.keras_api.class_names import canonical_class
from kerlint.keras_api.dims import multiply, show
from kerlint.keras_api.evaluation import output_shape, rule_of, variables
from kerlint.keras_api.layer_rule import (
    UNKNOWN_WEIGHTS,
    Config,
    ConfigError,
    LayerRule,
    LayerSpec,
    RankError,
    Shapes,
    Variable,
    Weights,
)
from kerlint.keras_api.resolve import is_plain
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape, ShapeError
from kerlint.keras_api.traits import traits
from kerlint.python.values import UNKNOWN, Value, is_known

MERGE_MODES = ("sum", "mul", "ave", "concat", None)


def _held(spec: Value, inputs: Shapes) -> Sequence[Variable] | Weights:
    try:
        return variables(spec.symbol, spec.config, inputs) if isinstance(spec, LayerSpec) else UNKNOWN_WEIGHTS
    except RankError:
        return UNKNOWN_WEIGHTS


def _child(shape: Shape) -> Shape:
    if len(shape) < 3:
        raise ShapeError(
            "`TimeDistributed` Layer should be passed an `input_shape` with at least 3 dimensions, received: "
            f"{show(shape)}"
        )
    return (shape[0], *shape[2:])


def _shapes_only(spec: LayerSpec, inputs: Shapes) -> Shapes | None:
    """The held layer's shapes, asked past its own check of the rank, which waits until data flows."""
    try:
        return output_shape(spec.symbol, spec.config, inputs)
    except RankError:
        if "conv" in traits(spec.symbol):
            raise
        return (None,)


def _time_distributed(config: Config, inputs: Shapes) -> Shapes:
    (given,) = inputs
    spec = config["layer"]
    if not isinstance(spec, LayerSpec):
        return (None,)
    outputs = _shapes_only(spec, (None if given is None else _child(given),))
    if outputs is None or len(outputs) != 1 or not outputs[0]:
        return (None,)
    batch, steps = (UNKNOWN_DIM, UNKNOWN_DIM) if given is None else (outputs[0][0], given[1])
    return ((batch, steps, *outputs[0][1:]),)


def _time_distributed_weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    (given,) = inputs
    return _held(config["layer"], (None if given is None else _child(given),))


def _doubled(shape: Shape | None) -> Shape | None:
    return None if shape is None else (*shape[:-1], multiply(shape[-1], 2))


def _bidirectional(config: Config, inputs: Shapes) -> Shapes | None:
    spec, mode = config["layer"], config["merge_mode"]
    outputs = output_shape(spec.symbol, spec.config, inputs[:1]) if isinstance(spec, LayerSpec) else None
    if outputs is None:
        return None
    first, states = outputs[0], outputs[1:]
    merged = (_doubled(first),) if mode == "concat" else (first, first) if mode is None else (first,)
    return (*merged, *states, *states)


def _bidirectional_weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    backward = config.get("backward_layer")
    parts = [_held(config["layer"], inputs[:1])]
    parts.append(parts[0] if backward is None else _held(backward, inputs[:1]))
    return _both(parts)


def _both(parts: Sequence[Sequence[Variable] | Weights]) -> Sequence[Variable] | Weights:
    found: list[Variable] = []
    for part in parts:
        if isinstance(part, Weights):
            return UNKNOWN_WEIGHTS
        found += part
    return found


def _configure_bidirectional(config: dict[str, Value]) -> None:
    _require_layer(config, "Bidirectional")
    mode = config.get("merge_mode", UNKNOWN)
    if is_known(mode) and mode not in MERGE_MODES:
        raise ConfigError(
            f"Invalid merge mode. Received: {mode}. Merge mode should be one of "
            '{"sum", "mul", "ave", "concat", None}'
        )
    forward, backward = config.get("layer", UNKNOWN), config.get("backward_layer")
    if isinstance(forward, LayerSpec) and rule_of(forward.symbol) and "return_state" not in forward.config:
        raise ConfigError(f"'{canonical_class(forward.symbol)}' object has no attribute 'go_backwards'")
    if isinstance(forward, LayerSpec) and (backward is None or isinstance(backward, LayerSpec)):
        mirrored = {**forward.config, "go_backwards": True}
        _check_directions(forward.config, mirrored if backward is None else backward.config)


def _check_directions(forward: Config, backward: Config) -> None:
    pair = forward.get("go_backwards", UNKNOWN), backward.get("go_backwards", UNKNOWN)
    if is_known(pair[0]) and is_known(pair[1]) and pair[0] == pair[1]:
        raise ConfigError(
            "Forward layer and backward layer should have different `go_backwards` value. Received: "
            f"forward_layer.go_backwards {pair[0]}, backward_layer.go_backwards={pair[1]}"
        )
    for name in ("stateful", "return_sequences", "return_state"):
        ahead, back = forward.get(name, UNKNOWN), backward.get(name, UNKNOWN)
        if is_known(ahead) and is_known(back) and ahead != back:
            raise ConfigError(
                "Forward layer and backward layer are expected to have the same value for attribute "
                f'"{name}", got "{ahead}" for forward layer and "{back}" for backward layer'
            )


def _require_layer(config: dict[str, Value], wrapper: str) -> None:
    layer = config.get("layer", UNKNOWN)
    if is_plain(layer) or isinstance(layer, tuple):
        raise ConfigError(
            f"Please initialize `{wrapper}` layer with a `keras.layers.Layer` instance. Received: {layer!r}"
        )


def _configure_time_distributed(config: dict[str, Value]) -> None:
    _require_layer(config, "TimeDistributed")


def _configure_wrapper(config: dict[str, Value]) -> None:
    _require_layer(config, "Wrapper")


def _configure_spectral(config: dict[str, Value]) -> None:
    _require_layer(config, "SpectralNormalization")
    power = config.get("power_iterations", UNKNOWN)
    if isinstance(power, int | float) and power <= 0:
        raise ConfigError(
            f"`power_iterations` should be greater than zero. Received: `power_iterations={power}`"
        )


def _spectral(config: Config, inputs: Shapes) -> Shapes | None:
    spec = config["layer"]
    _spectral_weights(config, inputs)
    return _shapes_only(spec, inputs) if isinstance(spec, LayerSpec) else (None,)


def _spectral_weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    """The held layer's weights and one singular vector along the kernel's last axis."""
    held = _held(config["layer"], inputs)
    if isinstance(held, Weights):
        return held
    if (
        not held
        or held[0].name not in ("kernel", "embeddings")
        or "recurrent_kernel" in [v.name for v in held]
    ):
        raise ShapeError("The layer object has no attribute 'kernel' nor 'embeddings'")
    kernel, *others = held
    return (kernel, Variable("vector_u", (1, kernel.shape[-1]), trainable=False), *others)


def _wrapper(config: Config, inputs: Shapes) -> Shapes:
    return (None,)


def _wrapper_weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    return _held(config["layer"], inputs)


RULES = {
    "TimeDistributed": LayerRule(
        shape=_time_distributed,
        weights=_time_distributed_weights,
        configure=_configure_time_distributed,
        any_rank=True,
    ),
    "Bidirectional": LayerRule(
        shape=_bidirectional,
        weights=_bidirectional_weights,
        configure=_configure_bidirectional,
        arity=None,
        any_rank=True,
        choices={"merge_mode": ("sum", "concat", None)},
    ),
    "SpectralNormalization": LayerRule(
        shape=_spectral, weights=_spectral_weights, configure=_configure_spectral, any_rank=True
    ),
    "Wrapper": LayerRule(shape=_wrapper, weights=_wrapper_weights, configure=_configure_wrapper, arity=None),
}
