"""The same tables against Keras 2 (tf_keras): where it builds a layer, kerlint does not contradict it."""

from __future__ import annotations

import os
import re
import warnings
from inspect import Parameter, signature
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerlint.keras_api import behaviour
from kerlint.keras_api.shapes import UNKNOWN_DIM, ShapeError
from kerlint.python.values import Unknown

from .cases import CASES
from .keras_side import Nested, as_value

EXAMPLES = max(int(os.environ.get("KERLINT_ORACLE_EXAMPLES", "200")) // 40, 1)
pytestmark = pytest.mark.oracle
FAMILIES = r"(Conv|Separable|(Global|Max|Average).*Pool|.*Normalization|Dense|Embedding|Flatten|Permute"
COMMON = sorted(
    name
    for name in CASES
    if re.match(FAMILIES + r"|RepeatVector|ZeroPadding|.*Dropout|Concatenate|Dot|PReLU|ReLU|Softmax)", name)
    and not re.search("LSTM|Spectral|Reversible", name)
)
"""Where Keras 2 and 3 mean the same: recurrent layers are slow to build in Keras 2, others differ in oddities."""


def _ask_tf_keras(layer: str, arguments: dict[str, Any], shapes: Any, dtype: str, call: str) -> Any:
    import tf_keras

    made = getattr(tf_keras.layers, layer)(**{name: _as_object(item) for name, item in arguments.items()})
    tensors = [tf_keras.Input(batch_shape=shape, dtype=dtype) for shape in shapes]
    result = made(tensors) if call == "list" else made(*tensors)
    outputs = result if isinstance(result, list | tuple) else [result]
    flat = tuple(tuple(tensor.shape) for tensor in outputs)
    count = sum(int(weight.shape.num_elements()) for weight in made.trainable_weights)
    return flat, count, made.count_params() - count


def _as_object(value: Any) -> Any:
    import tf_keras

    if isinstance(value, Nested):
        made = getattr(tf_keras.layers, value.layer)
        return made(**{name: _as_object(item) for name, item in value.arguments})
    if isinstance(value, tuple) and any(isinstance(item, Nested) for item in value):
        return [_as_object(item) for item in value]
    return value


@pytest.mark.parametrize("layer", COMMON)
@settings(
    max_examples=EXAMPLES,
    database=None,
    derandomize=EXAMPLES == 5,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_keras_2_is_not_contradicted(layer: str, data: st.DataObject) -> None:
    tf_keras = pytest.importorskip("tf_keras")
    cls = getattr(tf_keras.layers, layer, None)
    if cls is None:
        return
    case = CASES[layer]
    arguments = {name: data.draw(strategy, label=name) for name, strategy in case.required.items()}
    for name, strategy in case.optional.items():
        if data.draw(st.booleans(), label=f"give {name}"):
            arguments[name] = data.draw(strategy, label=name)
    shapes = data.draw(case.shapes, label="shapes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            outputs, trainable, non_trainable = _ask_tf_keras(layer, arguments, shapes, case.dtype, case.call)
    except Exception:
        return
    parameters = signature(cls.__init__).parameters.values()
    defaults = {item.name: item.default for item in parameters if item.default is not Parameter.empty}
    full = {name: as_value(value) for name, value in {**defaults, **arguments}.items()}
    symbol = f"keras.layers.{layer}"
    config = behaviour.resolve(symbol, full, "keras2")
    try:
        answer = behaviour.output_shape(symbol, config, shapes)
        weights = behaviour.weights(symbol, config, shapes)
    except ShapeError as error:
        pytest.fail(f"tf_keras: {outputs}, kerlint refuses: {error}")
    assert answer is None or _fits(answer, outputs), (answer, outputs)
    assert isinstance(weights.trainable, Unknown) or weights.trainable == trainable
    assert isinstance(weights.non_trainable, Unknown) or weights.non_trainable == non_trainable


def _fits(answer: Any, actual: Any) -> bool:
    return len(answer) == len(actual) and all(
        shape is None
        or (
            len(shape) == len(real)
            and all(dim is UNKNOWN_DIM or dim == size for dim, size in zip(shape, real, strict=True))
        )
        for shape, real in zip(answer, actual, strict=True)
    )
