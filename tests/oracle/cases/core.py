"""Dense and its kin, inputs, and layers that merge."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .draws import (
    Case,
    activation,
    any_rank,
    axis,
    flag,
    initializer,
    lora,
    mostly,
    one,
    size,
    trainable,
    units,
)

CORE = {
    "Dense": Case(
        {"units": units},
        {
            "use_bias": flag,
            "activation": activation,
            "kernel_initializer": initializer,
            "kernel_constraint": mostly(st.sampled_from([None, "non_neg"]), "positive"),
            "lora_rank": lora,
            "trainable": trainable,
        },
        one(any_rank(0, 3)),
    ),
    "EinsumDense": Case(
        {
            "equation": mostly(
                st.sampled_from(
                    ["ab,bc->ac", "abc,cd->abd", "...x,xy->...y", "abc,cde->abde", "abc,bd->adc"]
                ),
                "ab,bc",
                "ab,bc->ad",
            ),
            "output_shape": st.sampled_from([4, (4,), (None, 4), (4, 5), (None, 4, 5), (4, None)]),
        },
        {"bias_axes": mostly(st.sampled_from([None, "c", "d", "y", "de", "e"]), "z"), "lora_rank": lora},
        one(any_rank(1, 3)),
    ),
    "Embedding": Case(
        {"input_dim": units, "output_dim": units},
        {"mask_zero": flag, "lora_rank": lora, "trainable": trainable},
        one(any_rank(0, 2, last=size)),
        dtype="int32",
    ),
    "ReversibleEmbedding": Case(
        {"input_dim": units, "output_dim": units},
        {"tie_weights": flag},
        one(any_rank(0, 2, last=size)),
        "int32",
    ),
    "Identity": Case({}, {}, one(any_rank(0, 3))),
    "Masking": Case({}, {"mask_value": st.just(0.0)}, one(any_rank(1, 3))),
    "InputLayer": Case(
        {},
        {
            "shape": mostly(st.sampled_from([(), (3,), (None, 3), (8, 8, 1)]), 3, (2.5,), (-1,)),
            "batch_shape": mostly(st.none(), (None, 3), (2, None)),
            "batch_size": mostly(st.sampled_from([None, 4]), 8),
        },
        st.just(()),
        call="input",
    ),
}


@st.composite
def alike(draw: Any, least: int = 1, most: int = 3, fixed: int | None = None) -> Any:
    """Several shapes that mostly go together, as merge layers want them."""
    base = draw(any_rank(1, 3, last=size))
    count = fixed if fixed is not None else draw(st.integers(least, most))
    change = mostly(st.just("same"), "one", "free", "other", "shorter")
    return tuple(_changed(base, draw(change), draw(st.integers(1, len(base) - 1))) for _ in range(count))


def _changed(base: tuple[int | None, ...], how: str, where: int) -> tuple[int | None, ...]:
    new = {"one": 1, "free": None, "other": 9}
    if how == "shorter":
        return base[:where] + base[where + 1 :]
    return base if how == "same" else (*base[:where], new[how], *base[where + 1 :])


MERGES = {
    **{
        name: Case({}, {}, alike(), call="list")
        for name in ("Add", "Multiply", "Average", "Maximum", "Minimum")
    },
    "Subtract": Case({}, {}, mostly(st.just(2), 1, 3).flatmap(lambda n: alike(fixed=n)), call="list"),
    "Concatenate": Case({}, {"axis": axis}, alike(), call="list"),
    "Dot": Case(
        {
            "axes": mostly(
                st.sampled_from([1, -1, 2, (1, 1), (2, 1), (1, 2), (-1, -1)]), (1,), (1, 2, 3), "1", None
            )
        },
        {"normalize": flag},
        mostly(st.just(2), 1, 3).flatmap(lambda n: alike(fixed=n)),
        call="list",
    ),
}
