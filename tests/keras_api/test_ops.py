"""Shapes of bare operations, without asking Keras (tests/oracle does that)."""

from __future__ import annotations

from typing import Any

import pytest

from kerlint.keras_api.ops import is_elementwise, op_shape
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape, ShapeError
from kerlint.python.values import UNKNOWN

IMAGE: Shape = (None, 8, 8, 3)


@pytest.mark.parametrize(
    ("symbol", "arguments", "inputs", "expected"),
    [
        pytest.param("keras.ops.relu", {}, (IMAGE,), (IMAGE,), id="elementwise keeps the shape"),
        pytest.param("keras.ops.add", {"x1": 0, "x2": 0}, (IMAGE, (1, 1, 3)), (IMAGE,), id="broadcast"),
        pytest.param("keras.ops.add", {"x1": "t", "x2": 3.0}, (IMAGE,), (IMAGE,), id="a number beside it"),
        pytest.param("keras.ops.add", {"x1": "t", "x2": UNKNOWN}, (IMAGE,), (None,), id="an unknown operand"),
        pytest.param(
            "keras.ops.mean", {"axis": (1, 2), "keepdims": False}, (IMAGE,), ((None, 3),), id="a reduction"
        ),
        pytest.param(
            "tensorflow.reduce_mean", {"1": 1, "keepdims": True}, (IMAGE,), ((None, 1, 8, 3),), id="by position"
        ),
        pytest.param(
            "keras.ops.mean", {"axis": UNKNOWN, "keepdims": False}, (IMAGE,), (None,), id="an unknown axis"
        ),
        pytest.param(
            "tensorflow.concat", {"axis": 3}, (IMAGE, IMAGE), ((None, 8, 8, 6),), id="tensors end to end"
        ),
        pytest.param(
            "keras.ops.reshape", {"newshape": (-1, 192)}, (IMAGE,), ((None, 192),), id="a free axis stays free"
        ),
        pytest.param(
            "tensorflow.split", {"1": (1, 2), "axis": -1}, (IMAGE,), ((None, 8, 8, 1), (None, 8, 8, 2)),
            id="TensorFlow splits into sizes",
        ),
        pytest.param(
            "keras.ops.split", {"indices_or_sections": (1,), "axis": -1}, (IMAGE,),
            ((None, 8, 8, 1), (None, 8, 8, 2)), id="Keras splits at indices",
        ),
        pytest.param(
            "keras.ops.get_item", {"key": (Ellipsis, slice(0, 2))}, (IMAGE,), ((None, 8, 8, 2),), id="a slice"
        ),
        pytest.param("keras.ops.get_item", {"key": (slice(None), 0)}, (IMAGE,), ((None, 8, 3),), id="an index"),
        pytest.param(
            "tensorflow.image.resize", {"size": (16, UNKNOWN)}, (IMAGE,), ((None, 16, UNKNOWN_DIM, 3),),
            id="one side is unknown",
        ),
        pytest.param("keras.ops.conjure", {}, (IMAGE,), None, id="no such operation"),
        pytest.param("mine.relu", {}, (IMAGE,), None, id="not a library's"),
    ],
)  # fmt: skip
def test_an_operation_gives(symbol: str, arguments: dict[str, Any], inputs: Any, expected: Any) -> None:
    assert op_shape(symbol, arguments, inputs) == expected


@pytest.mark.parametrize(
    ("symbol", "arguments", "inputs"),
    [
        pytest.param("keras.ops.add", {"x1": 0, "x2": 0}, ((None, 4), (None, 5)), id="no broadcast"),
        pytest.param("keras.ops.matmul", {}, ((None, 4), (5, 6)), id="inner extents"),
        pytest.param("keras.ops.squeeze", {"axis": 1}, ((None, 4),), id="not of extent 1"),
        pytest.param("keras.ops.get_item", {"key": (0, 9)}, ((None, 4),), id="out of bounds"),
        pytest.param("keras.ops.concatenate", {"axis": 7}, ((None, 4), (None, 4)), id="no such axis"),
    ],
)
def test_what_certainly_fails_is_an_error(symbol: str, arguments: dict[str, Any], inputs: Any) -> None:
    with pytest.raises(ShapeError):
        op_shape(symbol, arguments, inputs)


def test_an_unknown_rank_stays_unknown() -> None:
    assert op_shape("keras.ops.mean", {"axis": 1}, (None,)) == (None,)
    assert op_shape("keras.ops.split", {"indices_or_sections": 2, "axis": 1}, (None,)) == (None, None)


def test_elementwise_operations_are_told_from_others() -> None:
    assert is_elementwise("keras.activations.relu")
    assert is_elementwise("tensorflow.nn.leaky_relu")
    assert not is_elementwise("keras.ops.mean")
    assert not is_elementwise("mine.relu")
