"""Shapes of bare operations equal those of the installed Keras (symbolically) and TensorFlow (eagerly)."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerlint.keras_api.ops import op_shape
from kerlint.keras_api.shapes import UNKNOWN_DIM, ShapeError
from kerlint.python.values import UNKNOWN

from .cases.draws import mostly

EXAMPLES = int(os.environ.get("KERLINT_ORACLE_EXAMPLES", "200"))
pytestmark = pytest.mark.oracle
thorough = settings(
    max_examples=EXAMPLES,
    database=None,
    derandomize=EXAMPLES == 200,
    suppress_health_check=list(HealthCheck),
)
side = st.sampled_from([1, 2, 4, 6])
free = st.one_of(side, st.none())
axis = mostly(st.integers(-3, 2), 5)
axes = st.one_of(st.none(), axis, st.tuples(st.just(0), st.just(-1)))
pair = st.tuples(st.integers(0, 2), st.integers(0, 2))
key = st.one_of(
    st.integers(-2, 2),
    st.builds(slice, st.one_of(st.none(), st.integers(-3, 3)), st.one_of(st.none(), st.integers(-3, 5))),
    st.just(None),
)

KERAS: dict[str, tuple[int, dict[str, Any]]] = {
    "relu": (1, {}),
    "softmax": (1, {"axis": st.just(-1)}),
    "cast": (1, {"dtype": st.just("float32")}),
    "add": (2, {}),
    "multiply": (2, {}),
    "maximum": (2, {}),
    "mean": (1, {"axis": axes, "keepdims": st.booleans()}),
    "max": (1, {"axis": axes, "keepdims": st.booleans()}),
    "argmax": (1, {"axis": st.one_of(st.none(), axis)}),
    "concatenate": (-1, {"axis": axis}),
    "stack": (-1, {"axis": axis}),
    "reshape": (1, {"newshape": st.sampled_from([(-1,), (2, -1), (None, 2), (4, 6), (-1, 3, 2), (-1, -1)])}),
    "transpose": (1, {"axes": st.sampled_from([None, (0, 1), (1, 0), (0, 2, 1), (0, 3, 1, 2), (0, 0)])}),
    "expand_dims": (1, {"axis": st.one_of(axis, st.tuples(st.just(0), st.just(-1)))}),
    "squeeze": (1, {"axis": st.one_of(st.none(), axis)}),
    "swapaxes": (1, {"axis1": axis, "axis2": axis}),
    "moveaxis": (1, {"source": axis, "destination": axis}),
    "tile": (1, {"repeats": st.one_of(st.integers(1, 3), st.tuples(st.integers(1, 2), st.integers(1, 3)))}),
    "repeat": (1, {"repeats": st.integers(1, 3), "axis": st.one_of(st.none(), axis)}),
    "pad": (1, {"pad_width": st.one_of(st.integers(0, 2), st.tuples(pair), st.lists(pair, min_size=2, max_size=3).map(tuple))}),
    "split": (1, {"indices_or_sections": st.one_of(st.sampled_from([1, 2, 3]), st.just((1,))), "axis": axis}),
    "unstack": (1, {"num": st.none(), "axis": axis}),
    "take": (1, {"indices": st.one_of(st.integers(0, 1), st.just((0, 1, 0))), "axis": st.one_of(st.none(), axis)}),
    "one_hot": (1, {"num_classes": st.integers(1, 5), "axis": axis}),
    "top_k": (1, {"k": st.just(1)}),
    "matmul": (2, {}),
    "dot": (2, {}),
    "einsum": (2, {"subscripts": st.sampled_from(["ab,bc->ac", "abc,cd->abd", "ab,ab->a", "bij,bjk->bik"])}),
    "get_item": (1, {"key": st.lists(key, min_size=1, max_size=3).map(tuple)}),
    "glu": (1, {"axis": st.just(-1)}),
    "image.resize": (1, {"size": st.tuples(side, side), "data_format": st.sampled_from(["channels_last", "channels_first"])}),
}  # fmt: skip

TENSORFLOW: dict[str, tuple[int, dict[str, Any]]] = {
    "reduce_mean": (1, {"axis": axes, "keepdims": st.booleans()}),
    "concat": (-1, {"axis": axis}),
    "stack": (-1, {"axis": axis}),
    "reshape": (1, {"shape": st.sampled_from([(-1,), (2, -1), (4, 6), (-1, 3, 2)])}),
    "transpose": (1, {"perm": st.sampled_from([None, (0, 1), (1, 0), (0, 2, 1)])}),
    "expand_dims": (1, {"axis": axis}),
    "squeeze": (1, {"axis": st.one_of(st.none(), axis)}),
    "tile": (1, {"multiples": st.tuples(st.integers(1, 2), st.integers(1, 3))}),
    "pad": (1, {"paddings": st.tuples(pair, pair)}),
    "split": (1, {"num_or_size_splits": st.one_of(st.sampled_from([1, 2]), st.just((1, 3))), "axis": axis}),
    "gather": (1, {"indices": st.just((0, 0)), "axis": axis}),
    "one_hot": (1, {"depth": st.integers(1, 5)}),
    "argmax": (1, {"axis": st.one_of(st.none(), axis)}),
    "matmul": (2, {}),
    "nn.depth_to_space": (1, {"block_size": st.just(2)}),
    "nn.space_to_depth": (1, {"block_size": st.just(2)}),
    "image.resize": (1, {"size": st.tuples(side, side)}),
}


@st.composite
def _inputs(draw: Any, count: int, extent: Any) -> tuple[tuple[int | None, ...], ...]:
    """Shapes that mostly go together."""
    rank = draw(st.integers(1, 4))
    base = tuple(draw(extent) for _ in range(rank))
    number = count if count > 0 else draw(st.integers(1, 3))
    others = [base if draw(st.booleans()) else (*base[:-1], draw(extent)) for _ in range(number - 1)]
    if count == 2 and draw(st.booleans()):
        others = [(*base[:-2], base[-1], draw(extent))] if rank > 1 else others
    return (base, *others)


def _shapes(result: Any) -> tuple[tuple[int | None, ...], ...]:
    items = result if isinstance(result, list | tuple) else (result,)
    return tuple(tuple(item.shape) for item in items)


def _ask(symbol: str, arguments: dict[str, Any], shapes: Any) -> Any:
    try:
        return op_shape(symbol, arguments, shapes)
    except ShapeError as error:
        return f"refused: {error}"


def _fits(answer: Any, actual: Any) -> bool:
    if answer is None:
        return True
    return len(answer) == len(actual) and all(
        shape is None
        or (
            len(shape) == len(real)
            and all(dim is UNKNOWN_DIM or dim == size for dim, size in zip(shape, real, strict=True))
        )
        for shape, real in zip(answer, actual, strict=True)
    )


@pytest.mark.parametrize("name", sorted(KERAS))
@thorough
@given(data=st.data())
def test_operations_of_keras(name: str, data: st.DataObject) -> None:
    import keras

    count, strategies = KERAS[name]
    shapes = data.draw(_inputs(count, free), label="shapes")
    drawn = {key: data.draw(strategy, label=key) for key, strategy in strategies.items()}
    tensors = [keras.KerasTensor(shape, "int32" if name == "one_hot" else "float32") for shape in shapes]
    function = keras.ops
    for part in name.split("."):
        function = getattr(function, part)
    bound = {"x1": "t", "x2": "t", **drawn} if count == 2 else drawn
    answer = _ask(f"keras.ops.{name}", bound, shapes)
    try:
        if name == "get_item":
            result = tensors[0][drawn["key"]]
        elif name == "einsum":
            result = function(drawn["subscripts"], *tensors)
        else:
            result = function(tensors, **drawn) if count < 0 else function(*tensors, **drawn)
    except Exception:
        return
    actual = _shapes(result)
    assert not isinstance(answer, str), (answer, actual)
    assert _fits(answer, actual), (answer, actual)
    _check_hidden(f"keras.ops.{name}", bound, shapes, actual, data)


def _check_hidden(symbol: str, bound: dict[str, Any], shapes: Any, actual: Any, data: st.DataObject) -> None:
    hidden = (
        data.draw(st.sets(st.sampled_from(sorted(bound)), max_size=2), label="hidden") if bound else set()
    )
    partial = {name: UNKNOWN if name in hidden else value for name, value in bound.items()}
    blurred = tuple(
        tuple(UNKNOWN_DIM if data.draw(st.booleans()) else dim for dim in shape) for shape in shapes
    )
    answer = _ask(symbol, partial, blurred)
    assert not isinstance(answer, str), (answer, actual)
    assert _fits(answer, actual), (answer, actual, partial, blurred)


@pytest.mark.parametrize("name", sorted(TENSORFLOW))
@thorough
@given(data=st.data())
def test_operations_of_tensorflow(name: str, data: st.DataObject) -> None:
    import tensorflow as tf

    count, strategies = TENSORFLOW[name]
    shapes = data.draw(_inputs(count, side), label="shapes")
    drawn = {key: data.draw(strategy, label=key) for key, strategy in strategies.items()}
    tensors = [tf.zeros(shape, "int32" if name == "one_hot" else "float32") for shape in shapes]
    function = tf
    for part in name.split("."):
        function = getattr(function, part)
    answer = _ask(f"tensorflow.{name}", drawn, shapes)
    try:
        result = function(tensors, **drawn) if count < 0 else function(*tensors, **drawn)
    except Exception:
        return
    actual = _shapes(result)
    assert not isinstance(answer, str), (answer, actual)
    assert _fits(answer, actual), (answer, actual)
    _check_hidden(f"tensorflow.{name}", drawn, shapes, actual, data)
