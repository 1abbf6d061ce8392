"""What programs do to tensors and layers beside calling layers, with the method that it is done in."""

from __future__ import annotations

import pytest

from kerlint.model.acts import Act, Deed

from .helpers import program_of

LAYER = """
import numpy as np
import tensorflow as tf

class Own(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = None

    def call(self, x):
        {body}
        return x

    def helper(self, x):
        return layers.Dense(3)(x)

inputs = keras.Input((4,))
outputs = Own()(inputs)
"""


def acts(body: str, kind: Deed) -> list[Act]:
    """The acts of one kind inside a layer that is called on an Input."""
    return [act for act in program_of(LAYER.format(body=body)).acts if act.kind is kind]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("x = x if ops.sum(x) > 0 else -x", "if"),
        ("x = x if not ops.sum(x) else -x", "not"),
        ("_ = ops.any(x) and 3", "and"),
        ("assert ops.sum(x) == 0", "assert"),
        ("_ = len(x)", "len"),
        ("_ = [float(x)]", "float"),
        ("_ = bool(x)", "bool"),
        ("_ = range(ops.max(x))", "range"),
    ],
)
def test_python_asks_a_tensor(body: str, word: str) -> None:
    act = acts(body, Deed.ASK)[0]
    assert (act.what, act.owner, act.method, act.symbolic, act.converted) == (
        word,
        "Own",
        "call",
        True,
        False,
    )


def test_nothing_is_asked_of_what_is_known() -> None:
    assert acts("_ = range(x.shape[1]); assert x.shape[-1] == 4; _ = bool(self.dense)", Deed.ASK) == []


def test_layers_are_made_in_a_call_and_its_helpers() -> None:
    found = acts("x = layers.Dense(2)(x); x = self.helper(x)", Deed.CONSTRUCT)
    assert [act.what for act in found] == ["Dense", "Dense"]
    assert all(act.operation is not None and act.caller is not None for act in found)


def test_what_stands_under_an_if_is_conditional() -> None:
    (lazy,) = acts("if self.dense is None: self.dense = layers.Dense(3)", Deed.CONSTRUCT)
    assert lazy.is_conditional
    (plain,) = acts("self.dense = layers.Dense(3)", Deed.CONSTRUCT)
    assert not plain.is_conditional


def test_a_layers_result_can_be_dropped() -> None:
    (drop,) = acts("layers.Dense(3)(x)", Deed.DROP)
    assert drop.what == "Dense"
    assert acts("_ = layers.Dense(3)(x)", Deed.DROP) == []


def test_a_variable_is_stored_with_the_call_that_made_it() -> None:
    (store,) = acts("self.state = tf.Variable(1.0, trainable=False)", Deed.STORE)
    assert store.what == "state"
    assert store.site is not None
    assert store.site.arguments["trainable"].value is False


def test_functions_of_others_that_take_a_tensor_are_noted() -> None:
    found = acts("x = tf.abs(x) + np.exp(x)", Deed.FUNCTION)
    assert [act.what for act in found] == ["tensorflow.abs", "numpy.exp"]


def test_a_function_of_ones_own_is_converted() -> None:
    program = program_of(
        """
        import tensorflow as tf

        class Own(layers.Layer):
            @tf.function
            def call(self, x):
                return x if tf.reduce_sum(x) > 0 else -x

        outputs = Own()(keras.Input((4,)))
        """
    )
    assert [act.converted for act in program.acts if act.kind is Deed.ASK] == [True]


def test_freezing_is_noted_in_order() -> None:
    program = program_of(
        """
        model = keras.Sequential([keras.Input((3,)), layers.Dense(2)])
        model.trainable = False
        model.layers[0].trainable = True
        """
    )
    freezes = [act for act in program.acts if act.kind is Deed.FREEZE]
    assert [act.what for act in freezes] == ["False", "True"]
    assert freezes[0].order < freezes[1].order
