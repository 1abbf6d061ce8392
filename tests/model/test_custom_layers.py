"""Users' layers: weights of their own, `build`, `call`, declared shapes, layers derived from library layers."""

from __future__ import annotations

import pytest

from kerlint.keras_api.shapes import UNKNOWN_DIM

from .helpers import flat, model_of, params, program_of, totals

LINEAR = """
class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="normal")
        self.b = self.add_weight(shape=[self.units], trainable=False)

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b
"""


def test_weights_made_in_build_are_counted_and_shape_the_output() -> None:
    model = model_of(LINEAR + "i = keras.Input((6,))\nm = keras.Model(i, Linear(4)(i))")
    assert params(model) == [0, 28]
    assert totals(model) == (28, 24)
    assert model.outputs[0].shape == (None, 4)
    assert model.complete


def test_each_object_has_weights_of_its_own_and_a_shared_one_has_them_once() -> None:
    model = model_of(
        LINEAR + "i = keras.Input((4,))\none = Linear(4)\nm = keras.Model(i, Linear(4)(one(one(i))))"
    )
    assert totals(model) == (40, 32)


def test_weights_made_in_init_are_counted() -> None:
    model = model_of("""
        class Scale(layers.Layer):
            def __init__(self):
                super().__init__()
                self.gain = self.add_weight(shape=(), initializer="ones")

            def call(self, x):
                return x * self.gain

        i = keras.Input((4,))
        m = keras.Model(i, Scale()(i))
    """)
    assert totals(model) == (1, 1)
    assert model.outputs[0].shape == (None, 4)


def test_a_weight_of_unknown_shape_leaves_the_count_open() -> None:
    model = model_of("""
        from elsewhere import SIZE

        class Scale(layers.Layer):
            def build(self, shape):
                self.gain = self.add_weight(shape=(SIZE,))

            def call(self, x):
                return x * self.gain

        i = keras.Input((1,))
        m = keras.Model(i, Scale()(i))
    """)
    assert totals(model) == (None, None)
    assert model.outputs[0].shape == (None, UNKNOWN_DIM)


def test_a_declared_output_shape_has_the_last_word() -> None:
    model = model_of("""
        from elsewhere import transform

        class Magic(layers.Layer):
            def call(self, x):
                return transform(x)

            def compute_output_shape(self, input_shape):
                return (*input_shape[:-1], 2 * input_shape[-1])

        i = keras.Input((5, 4))
        m = keras.Model(i, layers.Dense(3)(Magic()(i)))
    """)
    assert params(model)[-1] == 27
    assert model.outputs[0].shape == (None, 5, 3)


def test_a_declared_shape_that_breaks_off_is_not_believed() -> None:
    model = model_of("""
        class Mean(layers.Layer):
            def call(self, x):
                return transform(x)

            def compute_output_shape(self, input_shapes):
                return (input_shapes[0][-1],)

        i = keras.Input((5, 4))
        m = keras.Model(i, Mean()(i))
    """)
    assert model.outputs[0].shape is None


def test_a_derived_library_layer_keeps_its_behaviour() -> None:
    model = model_of("""
        class Wide(layers.Dense):
            def __init__(self, **kwargs):
                super().__init__(64, activation="relu", **kwargs)

        i = keras.Input((4,))
        m = keras.Model(i, Wide()(i))
    """)
    wide = model.layers[1]
    assert (wide.cls, wide.kind, wide.name, wide.params) == ("Wide", "layer", "wide", 320)
    assert wide.value("activation") == "relu"


def test_super_call_is_the_library_layer_inside() -> None:
    model = model_of("""
        class Doubled(layers.Dense):
            def call(self, x):
                return super().call(x) * 2

        i = keras.Input((4,))
        m = keras.Model(i, Doubled(3)(i))
    """)
    assert flat(model) == ["Dense", "keras.ops.multiply"]
    assert model.flat.nodes[0].operation.has("dense")
    assert totals(model) == (15, 15)
    assert model.outputs[0].shape == (None, 3)


def test_build_is_given_the_shapes_of_a_list() -> None:
    model = model_of("""
        class Bilinear(layers.Layer):
            def build(self, shapes):
                left, right = shapes
                self.w = self.add_weight(shape=(left[-1], right[-1]))

            def call(self, inputs):
                a, b = inputs
                return ops.matmul(ops.matmul(a, self.w), ops.transpose(b))

        a, b = keras.Input((3,)), keras.Input((5,))
        m = keras.Model([a, b], Bilinear()([a, b]))
    """)
    assert totals(model) == (15, 15)


def test_a_wrapper_sees_through_to_its_layer() -> None:
    model = model_of("""
        i = keras.Input((7, 4))
        x = layers.TimeDistributed(layers.Dense(3, activation="relu"))(i)
        x = layers.Bidirectional(layers.LSTM(2), merge_mode="concat")(x)
        m = keras.Model(i, x)
    """)
    assert params(model) == [0, 15, 96]
    assert model.outputs[0].shape == (None, 4)


LAMBDAS = {
    "lambda t: t * 2": (None, 6, 4),
    "lambda t: ops.mean(t, axis=1)": (None, 4),
    "lambda t: ops.expand_dims(t, -1)": (None, 6, 4, 1),
    "lambda t: t[:, 0, :]": (None, 4),
}


@pytest.mark.parametrize("text", LAMBDAS)
def test_a_lambda_is_evaluated_over_shapes(text: str) -> None:
    model = model_of(f"i = keras.Input((6, 4))\nm = keras.Model(i, layers.Lambda({text})(i))")
    assert model.outputs[0].shape == LAMBDAS[text]
    assert [node.operation.cls for node in model.flat.nodes] == ["Lambda"]


def test_a_layer_that_calls_itself_is_opaque_and_ends() -> None:
    program = program_of("""
        class Loop(layers.Layer):
            def call(self, x):
                return self(x)

        i = keras.Input((4,))
        m = keras.Model(i, Loop()(i))
    """)
    assert program.models[0].outputs[0].shape is None
