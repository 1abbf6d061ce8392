"""Recurrent layers, wrappers and attention."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ..keras_side import Nested
from .draws import (
    Case,
    activation,
    any_rank,
    channels,
    conv,
    filters,
    flag,
    initializer,
    kernel,
    mostly,
    nested,
    one,
    small,
    spatial,
    timed,
    trainable,
    units,
)

_unit = {
    "units": units,
    "use_bias": flag,
    "activation": activation,
    "recurrent_initializer": initializer,
    "dropout": st.floats(0, 1),
    "trainable": trainable,
}
_sequence = {"return_sequences": flag, "return_state": flag, "stateful": flag, "unroll": flag}


_cell = st.one_of(
    nested("LSTMCell", units=small, use_bias=flag),
    nested("GRUCell", units=small, reset_after=flag),
    nested("SimpleRNNCell", units=small),
)
_cells = st.one_of(_cell, st.lists(_cell, min_size=1, max_size=3).map(tuple))
_rnn = st.one_of(
    nested("LSTM", units=small, return_sequences=flag, return_state=flag),
    nested("GRU", units=small, return_sequences=flag, reset_after=flag),
    nested("SimpleRNN", units=small, return_state=flag, go_backwards=flag),
)

RECURRENT = {
    "SimpleRNN": Case({"units": units}, {**_unit, **_sequence}, one(spatial(1))),
    "LSTM": Case({"units": units}, {**_unit, **_sequence, "unit_forget_bias": flag}, one(spatial(1))),
    "GRU": Case({"units": units}, {**_unit, **_sequence, "reset_after": flag}, one(spatial(1))),
    "RNN": Case({"cell": mostly(_cells, 3, "LSTM")}, _sequence, one(spatial(1))),
    **{
        f"ConvLSTM{r}D": Case(
            {"filters": filters, "kernel_size": kernel(r)},
            {
                **{name: draw for name, draw in conv(r).items() if name not in ("trainable",)},
                **{name: draw for name, draw in _sequence.items() if name != "unroll"},
            },
            one(spatial(r + 1, extent=st.one_of(*[st.integers(1, 12)] * 5, st.none()))),
        )
        for r in (1, 2, 3)
    },
    "Bidirectional": Case(
        {"layer": mostly(_rnn, 3, Nested("Dense", (("units", 2),)))},
        {
            "merge_mode": mostly(st.sampled_from(["concat", "sum", "mul", "ave", None]), "max"),
            "backward_layer": st.one_of(st.none(), nested("LSTM", units=small, go_backwards=st.just(True))),
        },
        one(spatial(1)),
    ),
    "TimeDistributed": Case({"layer": mostly(timed, "Dense")}, {"trainable": trainable}, one(any_rank(1, 4))),
    "SpectralNormalization": Case(
        {"layer": mostly(timed, 3)}, {"power_iterations": mostly(small, 0)}, one(any_rank(1, 3))
    ),
}


@st.composite
def _attended(draw: Any) -> Any:
    """Query, value and perhaps key, mostly of one rank."""
    query = draw(any_rank(2, 2))
    value = draw(any_rank(2, 2))
    if draw(flag):
        value = (*value[:-1], query[-1])
    how = draw(mostly(st.sampled_from(["two", "like"]), "free", "one"))
    if how == "one":
        return (query,)
    if how == "two":
        return (query, value)
    return (query, value, (*value[:-1], draw(channels)) if how == "like" else draw(any_rank(1, 3)))


_heads = mostly(small, 0, -1, 2.0)
ATTENTION = {
    "Attention": Case(
        {},
        {
            "use_scale": flag,
            "score_mode": mostly(st.sampled_from(["dot", "concat"]), "sum"),
            "dropout": st.floats(0, 1),
        },
        _attended(),
        call="list",
    ),
    "AdditiveAttention": Case({}, {"use_scale": flag}, _attended(), call="list"),
    "MultiHeadAttention": Case(
        {"num_heads": _heads, "key_dim": _heads},
        {
            "value_dim": mostly(st.sampled_from([None, 3]), 0, -1),
            "use_bias": flag,
            "output_shape": st.sampled_from([None, 4, (4,), (2, 3)]),
            "use_gate": flag,
            "dropout": st.floats(0, 1),
            "kernel_initializer": initializer,
            "trainable": trainable,
        },
        _attended(),
    ),
    "GroupQueryAttention": Case(
        {
            "head_dim": small,
            "num_query_heads": st.sampled_from([2, 4, 6]),
            "num_key_value_heads": st.sampled_from([1, 2, 3]),
        },
        {"use_bias": flag, "use_gate": flag, "sliding_window": mostly(st.none(), 2, 0)},
        _attended(),
    ),
}
