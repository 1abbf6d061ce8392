"""Tensors of data: made by functions that are told a shape, used in models without being part of their graph."""

from __future__ import annotations

import pytest

from kerlint.keras_api.shapes import Shape

from .helpers import applied, model_of, named, program_of, totals

CREATIONS: dict[str, Shape | None] = {
    "ops.zeros((2, 3))": (2, 3),
    "ops.ones([4])": (4,),
    "ops.arange(5)": (5,),
    "ops.arange(2, 9, 2)": (4,),
    "ops.arange(start=0, stop=6, step=1)": (6,),
    "tf.range(3)": (3,),
    "ops.eye(3)": (3, 3),
    "tf.constant([[1.0, 2.0], [3.0, 4.0]])": (2, 2),
    "tf.random.normal((2, 5))": (2, 5),
    "keras.random.uniform(shape=(7,))": (7,),
    "np.random.rand(2, 3)": (2, 3),
    "np.random.normal(size=(2, 3))": (2, 3),
    "tf.Variable(tf.zeros([3, 1]))": (3, 1),
    "ops.expand_dims(ops.arange(4), 0)": (1, 4),
}


@pytest.mark.parametrize("text", CREATIONS)
def test_a_made_tensor_has_its_shape(text: str) -> None:
    expected = CREATIONS[text]
    program = program_of(f"""
        import numpy as np
        import tensorflow as tf
        made = {text}
        m = keras.Sequential([keras.Input(made.shape), layers.Flatten()])
    """)
    assert expected is not None
    size = 1
    for extent in expected:
        assert isinstance(extent, int)
        size *= extent
    assert program.models[0].layers[0].outputs == ((None, size),)


def test_operations_on_data_alone_are_no_nodes() -> None:
    model = model_of("""
        i = keras.Input((4,))
        table = ops.ones((4, 3)) * 2.0
        m = keras.Model(i, ops.matmul(i, table))
    """)
    assert applied(model) == ["keras.ops.matmul"]
    assert model.outputs[0].shape == (None, 3)


def test_positions_embedded_inside_a_layer_are_counted() -> None:
    model = model_of("""
        class Positions(layers.Layer):
            def __init__(self, length, width):
                super().__init__()
                self.embed = layers.Embedding(length, width)

            def call(self, x):
                length = ops.shape(x)[-2]
                return x + self.embed(ops.arange(0, length))

        i = keras.Input((6, 8))
        m = keras.Model(i, Positions(6, 8)(i))
    """)
    assert totals(model) == (48, 48)
    assert model.outputs[0].shape == (None, 6, 8)


def test_a_free_axis_stays_free_through_a_dynamic_shape() -> None:
    model = model_of("""
        class Merge(layers.Layer):
            def call(self, x):
                shape = ops.shape(x)
                return ops.reshape(x, (shape[0], shape[1] * shape[2], shape[3]))

        i = keras.Input((4, 6, 3))
        m = keras.Model(i, Merge()(i))
    """)
    assert model.outputs[0].shape == (None, 24, 3)


def test_data_builds_a_model_and_makes_no_graph() -> None:
    program = program_of("""
        import tensorflow as tf
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.d = layers.Dense(3)

            def call(self, x):
                return self.d(x)

        net = Net()
        net(tf.zeros((1, 4)))
        stack = keras.Sequential([layers.Dense(2), layers.Dense(1)])
        stack(tf.ones((5, 6)))
    """)
    assert totals(named(program, "net")) == (15, 15)
    assert totals(named(program, "stack")) == (17, 17)


def test_patches_of_images() -> None:
    model = model_of("""
        i = keras.Input((32, 32, 3))
        m = keras.Model(i, ops.image.extract_patches(i, 8))
    """)
    assert model.outputs[0].shape == (None, 4, 4, 192)
