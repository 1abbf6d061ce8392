"""kerlint says of every layer what the installed Keras says, or that it does not know."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerlint.keras_api import behaviour
from kerlint.keras_api.behaviour import ConfigError, Weights
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape, ShapeError
from kerlint.python.values import UNKNOWN, Unknown

from .cases import CASES
from .cases.draws import Case
from .keras_side import Built, Refusal, ask_keras, with_defaults

EXAMPLES = int(os.environ.get("KERLINT_ORACLE_EXAMPLES", "200"))
pytestmark = pytest.mark.oracle
UNSHAPED = frozenset(
    [
        "FlaxLayer",
        "JaxLayer",
        "Lambda",
        "Layer",
        "LSTMCell",
        "GRUCell",
        "SimpleRNNCell",
        "StackedRNNCells",
        "TFSMLayer",
        "TorchModuleWrapper",
        "Wrapper",
    ]
)
"""What runs foreign code, has no call of its own, or is one step of a layer that is covered."""
thorough = settings(
    max_examples=EXAMPLES,
    database=None,
    derandomize=EXAMPLES == 200,
    suppress_health_check=list(HealthCheck),
)


def _draw(data: st.DataObject, case: Case) -> tuple[dict[str, Any], tuple[Shape, ...]]:
    given_arguments = {name: data.draw(strategy, label=name) for name, strategy in case.required.items()}
    for name, strategy in case.optional.items():
        if data.draw(st.booleans(), label=f"give {name}"):
            given_arguments[name] = data.draw(strategy, label=name)
    return given_arguments, data.draw(case.shapes, label="shapes")


def _ask_kerlint(layer: str, arguments: dict[str, Any], shapes: Any) -> tuple[Any, Weights] | Refusal:
    symbol = f"keras.layers.{layer}"
    try:
        config = behaviour.resolve(symbol, arguments)
    except ConfigError as error:
        return Refusal("construct", str(error))
    try:
        return behaviour.output_shape(symbol, config, shapes), behaviour.weights(symbol, config, shapes)
    except ShapeError as error:
        return Refusal("call", str(error))


def _agree(answered: Any, actual: tuple[Shape, ...]) -> bool:
    if answered is None:
        return True
    return len(answered) == len(actual) and all(
        shape is None
        or (
            len(shape) == len(real)
            and all(dim is UNKNOWN_DIM or dim == size for dim, size in zip(shape, real, strict=True))
        )
        for shape, real in zip(answered, actual, strict=True)
    )


@pytest.mark.parametrize("layer", sorted(CASES))
@thorough
@given(data=st.data())
def test_a_configuration_has_the_same_shape_count_and_errors(layer: str, data: st.DataObject) -> None:
    case = CASES[layer]
    arguments, shapes = _draw(data, case)
    expected = ask_keras(layer, arguments, shapes, case.dtype, case.call)
    full = with_defaults(layer, arguments)
    answer = _ask_kerlint(layer, full, shapes)
    if isinstance(expected, Refusal):
        if not isinstance(answer, Refusal):
            assert _is_unknown(answer[0]), f"Keras refuses: {expected}, kerlint: {answer}"
            return
        assert answer.stage == expected.stage, (answer, expected)
        return
    if not case.vague:
        _check_equal(layer, full, expected, answer)
    _check_partial(layer, full, shapes, expected, data)


def test_every_layer_with_a_symbolic_shape_is_covered() -> None:
    import keras

    public = {
        behaviour.canonical_class(name)
        for name, value in vars(keras.layers).items()
        if isinstance(value, type) and issubclass(value, keras.layers.Layer)
    }
    assert public - UNSHAPED <= set(behaviour.RULES)
    assert public - UNSHAPED <= set(CASES), "a layer without an oracle case"


def _is_unknown(outputs: Any) -> bool:
    """Whether kerlint did not claim to know the result."""
    return outputs is None or None in outputs


def _check_equal(layer: str, full: dict[str, Any], expected: Built, answer: Any) -> None:
    assert not isinstance(answer, Refusal), f"Keras: {expected}, kerlint refuses: {answer}"
    outputs, weights = answer
    assert outputs == expected.outputs
    assert (weights.trainable, weights.non_trainable) == (expected.trainable, expected.non_trainable)
    assert weights.shapes == expected.weights
    config = behaviour.resolve(f"keras.layers.{layer}", full)
    assert {name: config.get(name) for name in expected.attributes} == expected.attributes


def _check_partial(
    layer: str, full: dict[str, Any], shapes: tuple[Shape, ...], expected: Built, data: st.DataObject
) -> None:
    """What is hidden from kerlint never leads it to a wrong answer."""
    names = sorted(full)
    hidden = data.draw(st.sets(st.sampled_from(names), max_size=4), label="hidden") if names else set()
    partial = {name: UNKNOWN if name in hidden else value for name, value in full.items()}
    seen = tuple(_blur(shape, data) for shape in shapes)
    answer = _ask_kerlint(layer, partial, seen)
    assert not isinstance(answer, Refusal), f"Keras: {expected}, kerlint refuses: {answer} {partial} {seen}"
    outputs, weights = answer
    assert _agree(outputs, expected.outputs), (outputs, expected.outputs, partial, seen)
    for counted, real in (
        (weights.trainable, expected.trainable),
        (weights.non_trainable, expected.non_trainable),
    ):
        assert isinstance(counted, Unknown) or counted == real, (weights, expected, partial, seen)


def _blur(shape: Shape, data: st.DataObject) -> Shape | None:
    how = data.draw(st.sampled_from(["keep", "keep", "dims", "rank"]))
    if how == "rank":
        return None
    if how == "keep":
        return shape
    return tuple(UNKNOWN_DIM if data.draw(st.booleans()) else dim for dim in shape)
