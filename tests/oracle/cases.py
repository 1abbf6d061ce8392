"""What to draw for each layer: constructor arguments, faulty ones among them, and input shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .keras_side import Nested

Draw = SearchStrategy[Any]


@dataclass(frozen=True)
class Case:
    """How to draw one layer's configurations.

    `required` arguments are always drawn, `optional` ones half of the time. `shapes` draws all input
    shapes; `call` is how they are handed over: `spread` as positional arguments, `list` as one list,
    `input` not at all. `vague` layers depend on what happens elsewhere (`adapt`), so that kerlint may
    leave extents open even when it knows all arguments.
    """

    required: Mapping[str, Draw]
    optional: Mapping[str, Draw]
    shapes: Draw
    dtype: str = "float32"
    call: str = "spread"
    vague: bool = False


def mostly(usual: Draw, *faulty: Any) -> Draw:
    """Draws from `usual`, once in a while one of the faulty values."""
    return st.integers(0, 14).flatmap(lambda n: st.sampled_from(faulty) if n == 14 else usual)


batch = st.sampled_from([None, None, None, 2])
size = st.one_of(st.integers(1, 12), st.none())
channels = mostly(st.integers(1, 6), None)
flag = st.booleans()
data_format = mostly(st.sampled_from([None, "channels_last", "channels_last", "channels_first"]), "NHWC")
activation = mostly(st.sampled_from([None, "relu", "tanh", "swish", "linear"]), "rleu", 3)
initializer = mostly(st.sampled_from(["zeros", "ones", "he_normal", "GlorotUniform"]), "glorot")
regularizer = mostly(st.sampled_from([None, "l2", "L1"]), "l3")
trainable = mostly(flag, 1)
units = mostly(st.integers(1, 8), 0, -3, 2.5, "8", None)
axis = mostly(st.integers(-2, 2), 7)


def shape(*dims: Draw) -> Draw:
    """One shape with a batch axis before `dims`."""
    return st.tuples(batch, *dims)


def one(strategy: Draw) -> Draw:
    """A single input."""
    return st.tuples(strategy)


def spatial(rank: int, last: Draw = channels, extent: Draw = size) -> Draw:
    """Shapes of `rank` spatial axes and channels; once in a while of another rank."""
    right = shape(*[extent] * rank, last)
    wrong = st.one_of(shape(*[extent] * (rank + 1), last), shape(*[extent] * (rank - 1), last))
    return st.integers(0, 14).flatmap(lambda n: wrong if n == 14 else right)


def any_rank(least: int = 1, most: int = 4, last: Draw = channels) -> Draw:
    """Shapes of `least` to `most` axes after the batch axis."""
    return st.integers(least, most).flatmap(lambda n: shape(*[size] * (n - 1), last))


def tuple_or_int(rank: int, item: Draw, *faulty: Any) -> Draw:
    """An integer, or a tuple of `rank` of them; once in a while a tuple that is too long."""
    right = st.one_of(item, st.tuples(*[item] * rank))
    return mostly(right, (1,) * (rank + 1), 0, -1, *faulty)


def _conv(rank: int) -> dict[str, Draw]:
    return {
        "strides": tuple_or_int(rank, st.integers(1, 3)),
        "padding": mostly(st.sampled_from(["valid", "same", "SAME"]), "full", "causal"),
        "data_format": data_format,
        "dilation_rate": tuple_or_int(rank, st.integers(1, 2)),
        "activation": activation,
        "use_bias": flag,
        "bias_initializer": initializer,
        "bias_regularizer": regularizer,
        "activity_regularizer": regularizer,
        "trainable": trainable,
    }


def _kernel(rank: int) -> Draw:
    return tuple_or_int(rank, st.integers(1, 4), None, "3")


filters = mostly(st.sampled_from([1, 2, 3, 4, 6, 8]), 0, -1)
lora = mostly(st.none(), 1, 2)

CONVOLUTIONS = {
    **{
        f"Conv{r}D": Case(
            {"filters": filters, "kernel_size": _kernel(r)},
            {**_conv(r), "groups": mostly(st.sampled_from([1, 1, 2, 3]), 0, -1), "lora_rank": lora},
            one(spatial(r)),
        )
        for r in (1, 2, 3)
    },
    **{
        f"Conv{r}DTranspose": Case(
            {"filters": filters, "kernel_size": _kernel(r)},
            {
                **_conv(r),
                "output_padding": mostly(st.one_of(st.none(), tuple_or_int(r, st.integers(0, 1))), 2),
            },
            one(spatial(r)),
        )
        for r in (1, 2, 3)
    },
    **{
        f"DepthwiseConv{r}D": Case(
            {"kernel_size": _kernel(r)},
            {**_conv(r), "depth_multiplier": mostly(st.integers(1, 3), 0)},
            one(spatial(r)),
        )
        for r in (1, 2)
    },
    **{
        f"SeparableConv{r}D": Case(
            {"filters": filters, "kernel_size": _kernel(r)},
            {**_conv(r), "depth_multiplier": mostly(st.integers(1, 3), 0)},
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

_unit = {
    "units": units,
    "use_bias": flag,
    "activation": activation,
    "recurrent_initializer": initializer,
    "dropout": st.floats(0, 1),
    "trainable": trainable,
}
_sequence = {"return_sequences": flag, "return_state": flag, "stateful": flag, "unroll": flag}


def _nested(layer: str, **arguments: Draw) -> Draw:
    return st.builds(
        lambda **drawn: Nested(layer, tuple(drawn.items())),
        **arguments,
    )


_small = st.integers(1, 5)
_cell = st.one_of(
    _nested("LSTMCell", units=_small, use_bias=flag),
    _nested("GRUCell", units=_small, reset_after=flag),
    _nested("SimpleRNNCell", units=_small),
)
_cells = st.one_of(_cell, st.lists(_cell, min_size=1, max_size=3).map(tuple))
_rnn = st.one_of(
    _nested("LSTM", units=_small, return_sequences=flag, return_state=flag),
    _nested("GRU", units=_small, return_sequences=flag, reset_after=flag),
    _nested("SimpleRNN", units=_small, return_state=flag, go_backwards=flag),
)
_timed = st.one_of(
    _nested("Dense", units=_small, use_bias=flag, trainable=flag),
    _nested("Conv2D", filters=_small, kernel_size=_small, padding=st.sampled_from(["valid", "same"])),
    _nested("Flatten"),
    _nested("BatchNormalization"),
    _nested("Dropout", rate=st.floats(0, 1)),
)

RECURRENT = {
    "SimpleRNN": Case({"units": units}, {**_unit, **_sequence}, one(spatial(1))),
    "LSTM": Case({"units": units}, {**_unit, **_sequence, "unit_forget_bias": flag}, one(spatial(1))),
    "GRU": Case({"units": units}, {**_unit, **_sequence, "reset_after": flag}, one(spatial(1))),
    "RNN": Case({"cell": mostly(_cells, 3, "LSTM")}, _sequence, one(spatial(1))),
    **{
        f"ConvLSTM{r}D": Case(
            {"filters": filters, "kernel_size": _kernel(r)},
            {
                **{name: draw for name, draw in _conv(r).items() if name not in ("trainable",)},
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
            "backward_layer": st.one_of(st.none(), _nested("LSTM", units=_small, go_backwards=st.just(True))),
        },
        one(spatial(1)),
    ),
    "TimeDistributed": Case(
        {"layer": mostly(_timed, "Dense")}, {"trainable": trainable}, one(any_rank(1, 4))
    ),
    "SpectralNormalization": Case(
        {"layer": mostly(_timed, 3)}, {"power_iterations": mostly(_small, 0)}, one(any_rank(1, 3))
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


_heads = mostly(_small, 0, -1, 2.0)
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
            "head_dim": _small,
            "num_query_heads": st.sampled_from([2, 4, 6]),
            "num_key_value_heads": st.sampled_from([1, 2, 3]),
        },
        {"use_bias": flag, "use_gate": flag, "sliding_window": mostly(st.none(), 2, 0)},
        _attended(),
    ),
}

_factor = mostly(
    st.one_of(st.floats(0, 1), st.tuples(st.floats(0, 0.5), st.floats(0.5, 1))), 3.0, -2, (2, 3), "1", (1,)
)
_range = {"value_range": mostly(st.just((0, 1)), (0, 1, 2), 255)}
_seed = {"seed": st.just(1)}
_modes = {
    "interpolation": mostly(st.sampled_from(["nearest", "bilinear"]), "cubic"),
    "fill_mode": mostly(st.sampled_from(["reflect", "wrap", "constant", "nearest"]), "edge"),
}
_images = one(mostly(shape(size, size, st.sampled_from([1, 3, 3, None])), (None, None, 3), (None, 5)))


def _augment(*factors: str, **optional: Draw) -> Case:
    required = dict.fromkeys(factors, _factor)
    return Case(required, {**optional, **_seed, "data_format": data_format}, _images)


_sides = st.integers(1, 9)
AUGMENTATIONS = {
    "AugMix": _augment("factor", num_chains=st.just(2)),
    "AutoContrast": Case({}, _range, _images),
    "CenterCrop": Case({"height": _sides, "width": _sides}, {"data_format": data_format}, _images),
    "ContrastLimitedAdaptiveHistogramEqualization": Case({}, {"data_format": data_format}, _images),
    "CutMix": _augment("factor"),
    "Equalization": Case({}, _range, _images),
    "MaxNumBoundingBoxes": Case({"max_number": _sides}, {}, _images),
    "MixUp": Case({}, {"alpha": st.floats(0, 1), **_seed}, _images),
    "RandAugment": _augment("factor"),
    "RandomBrightness": _augment("factor", **_range),
    "RandomColorDegeneration": _augment("factor", **_range),
    "RandomColorJitter": _augment(brightness_factor=_factor, hue_factor=_factor),
    "RandomContrast": _augment("factor"),
    "RandomCrop": Case({"height": _sides, "width": _sides}, {"data_format": data_format, **_seed}, _images),
    "RandomElasticTransform": _augment("factor", scale=_factor, interpolation=_modes["interpolation"]),
    "RandomErasing": _augment("factor", scale=_factor),
    "RandomFlip": Case({}, {"mode": st.sampled_from(["horizontal", "vertical"]), **_seed}, _images),
    "RandomGaussianBlur": _augment(
        "factor", sigma=_factor, kernel_size=mostly(st.sampled_from([3, 5, (3, 5)]), 2)
    ),
    "RandomGrayscale": Case(
        {"factor": mostly(st.floats(0, 1), 1.5, -0.5)}, {"data_format": data_format}, _images
    ),
    "RandomHue": _augment("factor"),
    "RandomInvert": _augment("factor"),
    "RandomPerspective": _augment("factor", scale=mostly(st.floats(0, 1), 1.5)),
    "RandomPosterization": Case({"factor": mostly(st.integers(1, 8), 0, 9)}, {**_range, **_seed}, _images),
    "RandomRotation": _augment("factor", **_modes),
    "RandomSaturation": _augment("factor", **_range),
    "RandomSharpness": _augment("factor", **_range),
    "RandomShear": _augment("x_factor", "y_factor", **_modes),
    "RandomTranslation": _augment("height_factor", "width_factor", **_modes),
    "RandomZoom": _augment("height_factor", width_factor=_factor, **_modes),
    "Resizing": Case(
        {"height": _sides, "width": _sides},
        {"data_format": data_format, "crop_to_aspect_ratio": flag},
        _images,
    ),
    "Solarization": Case({}, {"addition_factor": _factor, "threshold_factor": _factor, **_range}, _images),
}

_flat = one(st.one_of(shape(st.integers(1, 3)), shape(), any_rank(1, 3, last=st.sampled_from([1, 3, None]))))
_output_mode = mostly(st.sampled_from(["int", "one_hot", "multi_hot", "count"]), "bag")
_lookup = {
    "max_tokens": mostly(st.sampled_from([None, 20]), 1),
    "num_oov_indices": st.integers(0, 2),
    "output_mode": mostly(st.sampled_from(["int", "one_hot", "multi_hot", "count"]), "bag"),
    "pad_to_max_tokens": flag,
    "invert": mostly(st.just(False), True),
}

PREPROCESSING = {
    "Rescaling": Case({"scale": st.floats(0, 1)}, {"offset": st.floats(0, 1)}, one(any_rank(0, 3))),
    "Normalization": Case(
        {},
        {
            "axis": mostly(st.sampled_from([-1, None, 1, (1, 2), (-1, 1)]), 7),
            "mean": mostly(st.none(), 1.0),
            "variance": mostly(st.none(), 2.0),
        },
        one(any_rank(1, 3)),
    ),
    "CategoryEncoding": Case(
        {"num_tokens": mostly(_sides, None, 0)},
        {"output_mode": mostly(st.sampled_from(["one_hot", "multi_hot", "count"]), "int")},
        _flat,
        dtype="int32",
    ),
    "Discretization": Case(
        {},
        {
            "bin_boundaries": mostly(st.just((0.0, 1.0)), None),
            "num_bins": mostly(st.none(), 4, -1),
            "output_mode": _output_mode,
            "sparse": mostly(st.just(False), True),
        },
        _flat,
    ),
    "Hashing": Case(
        {"num_bins": mostly(_sides, 0, None)},
        {"output_mode": _output_mode, "sparse": mostly(st.just(False), True)},
        _flat,
        dtype="int32",
    ),
    "HashedCrossing": Case(
        {"num_bins": _sides},
        {"output_mode": mostly(st.sampled_from(["int", "one_hot"]), "count")},
        mostly(_flat.map(lambda pair: pair * 2), ((None, 1),), ((None, 1), (None, 2))),
        dtype="int32",
        call="list",
    ),
    "IntegerLookup": Case(
        {},
        {**_lookup, "vocabulary": st.sampled_from([None, (3, 4, 5), (-1, 3, 4)])},
        _flat,
        "int64",
        vague=True,
    ),
    "StringLookup": Case(
        {},
        {**_lookup, "vocabulary": st.sampled_from([None, ("a", "b"), ("[UNK]", "a")])},
        _flat,
        "string",
        vague=True,
    ),
    "TextVectorization": Case(
        {},
        {
            "max_tokens": _lookup["max_tokens"],
            "output_mode": _lookup["output_mode"],
            "output_sequence_length": mostly(st.sampled_from([None, 5]), 2.5),
            "split": mostly(st.sampled_from(["whitespace", "character", None]), "word"),
            "standardize": mostly(st.sampled_from([None, "lower"]), "upper"),
            "pad_to_max_tokens": flag,
            "vocabulary": st.sampled_from([None, ("a", "b")]),
        },
        one(st.one_of(shape(), shape(st.just(1)))),
        "string",
        vague=True,
    ),
    "MelSpectrogram": Case(
        {},
        {
            "fft_length": mostly(st.just(512), 16),
            "sequence_stride": st.integers(1, 64),
            "sequence_length": mostly(st.sampled_from([None, 256]), 4096),
            "num_mel_bins": _sides,
        },
        one(st.one_of(shape(), shape(st.integers(100, 500)), shape(st.none()))),
    ),
    "STFTSpectrogram": Case(
        {"frame_length": st.sampled_from([8, 12, 16]), "window": st.none()},
        {
            "mode": mostly(st.sampled_from(["log", "stft", "real", "imag"]), "mel"),
            "frame_step": mostly(st.sampled_from([None, 2, 4]), 0, 32),
            "fft_length": mostly(st.sampled_from([None, 16, 32]), 4),
            "padding": mostly(st.sampled_from(["valid", "same"]), "causal"),
            "expand_dims": flag,
            "data_format": data_format,
        },
        one(spatial(1, extent=st.sampled_from([None, 4, 40, 41]))),
    ),
    "Pipeline": Case(
        {"layers": st.lists(_timed, min_size=1, max_size=2).map(tuple)}, {}, one(any_rank(1, 3)), vague=True
    ),
}

CASES: Mapping[str, Case] = {
    **AUGMENTATIONS,
    **PREPROCESSING,
    **RECURRENT,
    **ATTENTION,
    **CONVOLUTIONS,
    **POOLINGS,
    **NORMALIZATIONS,
    **ACTIVATIONS,
    **REGULARIZATIONS,
    **RESHAPINGS,
    **CORE,
    **MERGES,
}
