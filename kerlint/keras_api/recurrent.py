"""Recurrent layers over cells, and the cells called by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kerlint.keras_api.cells import cell_weights, output_of, states_of
from kerlint.keras_api.dims import show
from kerlint.keras_api.layer_rule import (
    BOTH,
    UNKNOWN_WEIGHTS,
    Config,
    ConfigError,
    LayerRule,
    LayerSpec,
    RankError,
    ShapeFunction,
    Shapes,
    Variable,
    WeightFunction,
    Weights,
)
from kerlint.keras_api.resolve import is_plain, lies_below
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError
from kerlint.python.values import UNKNOWN, Value


def _cell(name: str | None) -> Callable[[Config], Value]:
    """How to get at the cell: LSTM's own config is its cell's, RNN holds one."""
    if name is None:
        return lambda config: config["cell"]
    return lambda config: LayerSpec(f"keras.layers.{name}", config)


def _rnn_shape(cell: Callable[[Config], Value], rank: int | None) -> ShapeFunction:
    def shape(config: Config, inputs: Shapes) -> Shapes | None:
        given = sequence_of(inputs, rank)
        batch, steps = (UNKNOWN_DIM, UNKNOWN_DIM) if given is None else (given[0], given[1])
        check_stateful(config, batch, given)
        if given is not None:
            cell_weights(cell(config), _features(given), given)
        output = output_of(cell(config))
        first = (batch, steps, output) if config["return_sequences"] else (batch, output)
        if not config["return_state"]:
            return (first,)
        states = states_of(cell(config))
        if states is None:
            return None
        return (first, *((batch, size) for size in states))

    return shape


def sequence_of(inputs: Shapes, rank: int | None) -> Shape | None:
    """The sequence's shape; initial states beside it do not matter. Raises ShapeError."""
    given = inputs[0] if inputs else None
    if given is None:
        return None if rank is None else (UNKNOWN_DIM,) * rank
    if (rank is not None and len(given) != rank) or len(given) < 2:
        raise RankError(
            f"Input 0 of the recurrent layer is incompatible with the layer: expected ndim={rank or 3}, "
            f"found ndim={len(given)}. Full shape received: {show(given)}"
        )
    return given


def _features(shape: Shape) -> Dim:
    return (shape[0], *shape[2:])[-1]


def check_stateful(config: Config, batch: Dim, shape: Shape | None) -> None:
    """Raise ShapeError when the layer keeps its state but the batch axis is free."""
    if config.get("stateful") is True and batch is None and shape is not None:
        raise ShapeError(
            "When using `stateful=True` in a RNN, the batch size must be static. Found dynamic batch size: "
            f"sequence.shape={show(shape)}"
        )


def _rnn_weights(cell: Callable[[Config], Value], rank: int | None) -> WeightFunction:
    def weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
        given = sequence_of(inputs, rank)
        if given is None:
            return UNKNOWN_WEIGHTS
        found = cell_weights(cell(config), _features(given), given)
        return UNKNOWN_WEIGHTS if found is None else found

    return weights


def _cell_shape(name: str) -> ShapeFunction:
    def shape(config: Config, inputs: Shapes) -> Shapes | None:
        spec = LayerSpec(f"keras.layers.{name}", config)
        batch = inputs[0][0] if inputs and inputs[0] else UNKNOWN_DIM
        states = states_of(spec)
        if states is None:
            return None
        return ((batch, output_of(spec)), *((batch, size) for size in states))

    return shape


def _cell_own_weights(name: str) -> WeightFunction:
    def weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
        given = inputs[0] if inputs else None
        if given is None:
            return UNKNOWN_WEIGHTS
        found = cell_weights(LayerSpec(f"keras.layers.{name}", config), given[-1], given)
        return UNKNOWN_WEIGHTS if found is None else found

    return weights


def _configure_units(config: dict[str, Value]) -> None:
    units = config.get("units", UNKNOWN)
    if lies_below(units, 1) or (is_plain(units) and not isinstance(units, int | float)):
        raise ConfigError(
            f"Received an invalid value for argument `units`, expected a positive integer, got {units!r}."
        )


def _configure_single_state(config: dict[str, Value]) -> None:
    _configure_units(config)
    if isinstance(config.get("units"), float):
        raise ConfigError(
            "state_size must be an integer, or a list/tuple of integers (one for each state tensor)."
        )


def _configure_rnn(config: dict[str, Value]) -> None:
    cell = config.get("cell", UNKNOWN)
    if is_plain(cell):
        raise ConfigError(f"Argument `cell` should have a `call` method. Received: cell={cell!r}")


def _layer(cell_name: str | None, rank: int | None) -> LayerRule:
    cell = _cell(cell_name)
    return LayerRule(
        shape=_rnn_shape(cell, rank),
        weights=_rnn_weights(cell, rank),
        configure=_CONFIGURE.get(cell_name, _configure_single_state),
        arity=None,
        any_rank=True,
        choices={
            "return_sequences": BOTH,
            "return_state": BOTH,
            **(_CELL_CHOICES[cell_name] if cell_name else {}),
        },
    )


_CONFIGURE = {None: _configure_rnn, "LSTMCell": _configure_units}


def _step_layer(name: str) -> LayerRule:
    return LayerRule(
        shape=_cell_shape(name),
        weights=_cell_own_weights(name),
        configure=_configure_units,
        arity=None,
        any_rank=True,
        choices=_CELL_CHOICES[name],
    )


_CELL_CHOICES = {
    "SimpleRNNCell": {"use_bias": BOTH},
    "LSTMCell": {"use_bias": BOTH},
    "GRUCell": {"use_bias": BOTH, "reset_after": BOTH},
}

RULES = {
    "SimpleRNN": _layer("SimpleRNNCell", 3),
    "LSTM": _layer("LSTMCell", 3),
    "GRU": _layer("GRUCell", 3),
    "RNN": _layer(None, None),
    **{name: _step_layer(name) for name in _CELL_CHOICES},
    "StackedRNNCells": LayerRule(
        shape=_cell_shape("StackedRNNCells"),
        weights=_cell_own_weights("StackedRNNCells"),
        arity=None,
        any_rank=True,
    ),
}
