"""Layers on an axis of unknown size, against the same layers on every size that it may have."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kerlint.keras_api import behaviour
from kerlint.keras_api.merging import RULES as MERGING
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, ShapeError
from kerlint.keras_api.sizes import Origin, SizeDim, is_extent, value_of

N = SizeDim(Origin(), is_sized=True)
SIZES = range(80)
OF_CONVOLUTIONS = {"dilation_rate": 1, "output_padding": None}
WINDOWS = st.fixed_dictionaries(
    {
        "kernel_size": st.integers(1, 5),
        "strides": st.integers(1, 4),
        "padding": st.sampled_from(("valid", "same")),
    }
)
LAYERS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "Conv1D": st.builds(
        lambda window, dilation: (
            {**window, "filters": 2, "dilation_rate": dilation}
            if window["strides"] == 1
            else {**window, "filters": 2}
        ),
        WINDOWS,
        st.integers(1, 3),
    ),
    "SeparableConv1D": WINDOWS.map(lambda window: {**window, "filters": 2}),
    "DepthwiseConv1D": WINDOWS,
    "Conv1DTranspose": WINDOWS.map(lambda window: {**window, "filters": 2}),
    "MaxPooling1D": WINDOWS.map(
        lambda window: {
            "pool_size": window["kernel_size"],
            "strides": window["strides"],
            "padding": window["padding"],
        }
    ),
    "ZeroPadding1D": st.fixed_dictionaries({"padding": st.tuples(st.integers(0, 4), st.integers(0, 4))}),
    "Cropping1D": st.fixed_dictionaries({"cropping": st.tuples(st.integers(0, 4), st.integers(0, 4))}),
    "UpSampling1D": st.fixed_dictionaries({"size": st.integers(1, 4)}),
}
Step = tuple[str, dict[str, Any]]
STEPS = st.sampled_from(sorted(LAYERS)).flatmap(lambda name: st.tuples(st.just(name), LAYERS[name]))


def after(steps: list[Step], size: Dim) -> Dim:
    """The extent after the layers. Raises ShapeError where Keras would."""
    for name, arguments in steps:
        symbol = f"keras.layers.{name}"
        defaults = {"data_format": "channels_last", **(OF_CONVOLUTIONS if "Conv" in name else {})}
        config = behaviour.resolve(symbol, {**defaults, **arguments})
        outputs = behaviour.output_shape(symbol, config, ((None, size, 2),))
        assert outputs is not None and outputs[0] is not None
        size = outputs[0][1]
    return size


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=5))
def test_layers_give_an_unknown_size_what_they_give_each_size(steps: list[Step]) -> None:
    made = after(steps, N)
    assert isinstance(made, SizeDim)
    for size in SIZES:
        try:
            expected = after(steps, size)
        except ShapeError:
            continue
        assert made.at(size) == expected
        assert size >= made.least


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 7), st.integers(0, 3))
def test_padding_that_depends_on_the_parity_of_a_size_is_followed(kernel: int, stride: int) -> None:
    """As `keras.applications` pads before a strided convolution (`correct_pad`)."""

    def padded(size: Dim) -> Dim:
        assert is_extent(size)
        margin = (value_of(kernel // 2 + size % 2), kernel // 2)
        return after([("ZeroPadding1D", {"padding": margin}), _pool(kernel, stride + 1)], size)

    made = padded(N)
    assert isinstance(made, SizeDim)
    assert [made.at(size) for size in range(8, 80)] == [padded(size) for size in range(8, 80)]


def _pool(window: int, stride: int) -> Step:
    return ("MaxPooling1D", {"pool_size": window, "strides": stride, "padding": "valid"})


def test_merging_extents_that_go_together_keeps_one_of_them_where_none_can_be_1() -> None:
    half = (N.sized(4) + 1) // 2
    add = MERGING["Add"].shape
    assert add({}, ((None, N, 2), (None, N, 2))) == ((None, N, 2),)
    assert add({}, ((None, N.sized(4), 2), (None, half, 2))) == ((None, N, 2),)
    assert add({}, ((None, N, 2), (None, (N + 1) // 2, 2))) == ((None, UNKNOWN_DIM, 2),)
    other = SizeDim(Origin(), least=2)
    assert add({}, ((None, N.sized(4), 2), (None, other, 2))) == ((None, UNKNOWN_DIM, 2),)
    assert add({}, ((None, N.sized(4), 2), (None, other.sized(), 2))) == ((None, N, 2),)


def test_a_free_axis_stays_free_beside_an_unknown_one() -> None:
    add = MERGING["Add"].shape
    assert add({}, ((None, None, 2), (None, N, 2))) == ((None, None, 2),)
