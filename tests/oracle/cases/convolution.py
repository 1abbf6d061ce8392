"""Convolutions and poolings."""

from __future__ import annotations

from hypothesis import strategies as st

from .draws import Case, conv, data_format, filters, flag, kernel, lora, mostly, one, spatial, tuple_or_int

CONVOLUTIONS = {
    **{
        f"Conv{r}D": Case(
            {"filters": filters, "kernel_size": kernel(r)},
            {**conv(r), "groups": mostly(st.sampled_from([1, 1, 2, 3]), 0, -1), "lora_rank": lora},
            one(spatial(r)),
        )
        for r in (1, 2, 3)
    },
    **{
        f"Conv{r}DTranspose": Case(
            {"filters": filters, "kernel_size": kernel(r)},
            {
                **conv(r),
                "output_padding": mostly(st.one_of(st.none(), tuple_or_int(r, st.integers(0, 1))), 2),
            },
            one(spatial(r)),
        )
        for r in (1, 2, 3)
    },
    **{
        f"DepthwiseConv{r}D": Case(
            {"kernel_size": kernel(r)},
            {**conv(r), "depth_multiplier": mostly(st.integers(1, 3), 0)},
            one(spatial(r)),
        )
        for r in (1, 2)
    },
    **{
        f"SeparableConv{r}D": Case(
            {"filters": filters, "kernel_size": kernel(r)},
            {**conv(r), "depth_multiplier": mostly(st.integers(1, 3), 0)},
            one(spatial(r)),
        )
        for r in (1, 2)
    },
}


def _pool_case(kind: str, r: int) -> Case:
    pool = tuple_or_int(r, st.integers(1, 4), None)
    return Case(
        {"pool_size": pool},
        {
            "strides": mostly(st.one_of(st.none(), tuple_or_int(r, st.integers(1, 3))), 0),
            "padding": mostly(st.sampled_from(["valid", "same"]), "SAME", "full"),
            "data_format": data_format,
        },
        one(spatial(r)),
    )


_GLOBAL = {"data_format": data_format, "keepdims": flag}

POOLINGS = {
    **{f"{kind}Pooling{r}D": _pool_case(kind, r) for kind in ("Max", "Average") for r in (1, 2, 3)},
    **{
        f"Global{kind}Pooling{r}D": Case({}, _GLOBAL, one(spatial(r)))
        for kind in ("Max", "Average")
        for r in (1, 2, 3)
    },
    **{
        f"Adaptive{kind}Pooling{r}D": Case(
            {"output_size": tuple_or_int(r, st.integers(1, 4), None, "3")},
            {"data_format": data_format},
            one(spatial(r)),
        )
        for kind in ("Max", "Average")
        for r in (1, 2, 3)
    },
}
