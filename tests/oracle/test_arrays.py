"""The numbers of `linspace` are numpy's and TensorFlow's own, to the last bit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.model.arrays import known_array
from kerlint.python.arguments import Arguments

pytestmark = pytest.mark.oracle
ENDS = st.floats(-4, 4, allow_nan=False, allow_subnormal=False)
COUNTS = st.integers(0, 40)


@given(ENDS, ENDS, COUNTS)
def test_numpy_spreads_the_same_numbers(start: float, stop: float, number: int) -> None:
    import numpy as np

    array = known_array("numpy.linspace", Arguments.of(start, stop, number))
    assert array is not None
    assert array.numbers is None or array.numbers == tuple(np.linspace(start, stop, number).tolist())


@given(st.floats(0, 2), st.floats(0, 2), COUNTS.filter(bool))
def test_keras_spreads_the_same_numbers(start: float, stop: float, number: int) -> None:
    from keras import ops

    array = known_array("keras.ops.linspace", Arguments.of(start, stop, number))
    assert array is not None
    assert array.numbers is None or array.numbers == tuple(
        float(one) for one in ops.linspace(start, stop, number)
    )
