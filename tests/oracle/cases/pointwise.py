"""Normalisations, activations, regularisation, and layers that only move cells."""

from __future__ import annotations

from hypothesis import strategies as st

from .draws import (
    Case,
    Draw,
    activation,
    any_rank,
    axis,
    data_format,
    flag,
    initializer,
    mostly,
    one,
    regularizer,
    size,
    spatial,
    trainable,
    tuple_or_int,
)

_NORM = {"center": flag, "scale": flag, "gamma_initializer": initializer, "beta_regularizer": regularizer}
_axes = st.one_of(axis, st.tuples(axis), st.tuples(st.integers(1, 2), st.just(-1)))

NORMALIZATIONS = {
    "BatchNormalization": Case(
        {},
        {**_NORM, "axis": mostly(axis, (1, 2), None), "renorm": flag, "trainable": trainable},
        one(any_rank()),
    ),
    "LayerNormalization": Case({}, {**_NORM, "axis": mostly(_axes, None, "last")}, one(any_rank())),
    "GroupNormalization": Case(
        {"groups": mostly(st.sampled_from([1, 2, 3, -1]), 0, 32, 1.5)},
        {**_NORM, "axis": axis},
        one(any_rank()),
    ),
    "RMSNormalization": Case({}, {"axis": _axes}, one(any_rank())),
    "UnitNormalization": Case({}, {"axis": mostly(_axes, None)}, one(any_rank())),
}

_slope = mostly(st.floats(0, 1), -0.5, None)
ACTIVATIONS = {
    "Activation": Case({"activation": activation}, {}, one(any_rank())),
    "ReLU": Case(
        {},
        {
            "max_value": mostly(st.sampled_from([None, 6, 1.5]), -1),
            "negative_slope": _slope,
            "threshold": _slope,
        },
        one(any_rank()),
    ),
    "LeakyReLU": Case({}, {"negative_slope": _slope}, one(any_rank())),
    "ELU": Case({}, {"alpha": st.floats(0, 2)}, one(any_rank())),
    "Softmax": Case({}, {"axis": st.sampled_from([-1, 1])}, one(any_rank())),
    "PReLU": Case(
        {},
        {
            "shared_axes": mostly(st.sampled_from([None, 1, (1,), (1, 2)]), (7,)),
            "alpha_initializer": initializer,
            "trainable": trainable,
        },
        one(any_rank()),
    ),
}

_rate = mostly(st.floats(0, 1), 1.5, -0.1, 20)
REGULARIZATIONS = {
    "Dropout": Case(
        {"rate": _rate},
        {"noise_shape": mostly(st.sampled_from([None, (None, 1)]), (0, 1), 3)},
        one(any_rank()),
    ),
    "AlphaDropout": Case({"rate": _rate}, {"seed": st.just(1)}, one(any_rank())),
    "GaussianDropout": Case({"rate": _rate}, {"seed": st.just(1)}, one(any_rank())),
    "GaussianNoise": Case({"stddev": _rate}, {"seed": st.just(1)}, one(any_rank())),
    "ActivityRegularization": Case({}, {"l1": st.floats(0, 1)}, one(any_rank())),
    **{
        f"SpatialDropout{r}D": Case({"rate": _rate}, {"seed": st.just(1)}, one(spatial(r))) for r in (1, 2, 3)
    },
}


def _margins(r: int, least: int = 0) -> Draw:
    item = st.integers(least, 3)
    pair = st.tuples(item, item)
    if r == 1:
        return mostly(st.one_of(item, pair), (1, 1, 1), -1)
    return mostly(st.one_of(item, st.tuples(*[item] * r), st.tuples(*[pair] * r)), (1,) * (r + 1), -1, None)


RESHAPINGS = {
    "Flatten": Case({}, {"data_format": data_format}, one(any_rank(last=size))),
    "Reshape": Case(
        {
            "target_shape": mostly(
                st.sampled_from([(-1,), (2, -1), (4, 6), (3, -1, 2), (None, 2), (1, 12), (12,)]),
                (-1, -1),
                (-2, 3),
            )
        },
        {},
        one(any_rank(1, 3, last=st.sampled_from([1, 2, 4, 6, 12, 24, None]))),
    ),
    "Permute": Case(
        {"dims": mostly(st.sampled_from([(1, 2), (2, 1), (3, 1, 2), (1, 3, 2)]), (0, 1), (1, 1))},
        {},
        one(any_rank(2, 3, last=size)),
    ),
    "RepeatVector": Case({"n": mostly(st.integers(1, 5), 0, 2.0, True)}, {}, one(any_rank(1, 2, last=size))),
    **{
        f"UpSampling{r}D": Case(
            {},
            {"size": tuple_or_int(r, st.integers(1, 3))} | ({} if r == 1 else {"data_format": data_format}),
            one(spatial(r)),
        )
        for r in (1, 2, 3)
    },
    **{
        f"ZeroPadding{r}D": Case({}, {"padding": _margins(r), "data_format": data_format}, one(spatial(r)))
        for r in (1, 2, 3)
    },
    **{
        f"Cropping{r}D": Case(
            {},
            {"cropping": _margins(r)} | ({} if r == 1 else {"data_format": data_format}),
            one(spatial(r)),
        )
        for r in (1, 2, 3)
    },
}
