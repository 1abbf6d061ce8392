"""Weights made ahead of any call, objects made and set in users' own ways, and names given as texts."""

from __future__ import annotations

from .helpers import model_of, shapes

OWN_LAYER = """
    class Patches(layers.Layer):
        def build(self, input_shape):
            self.project = layers.Dense(8)
            self.project.build({shape})
            self.positions = layers.Embedding(5, 8)
            self.positions.build((1, 5))

        def call(self, x):
            return self.project(x) + self.positions(ops.arange(5))

        def compute_output_shape(self, input_shape):
            return (*input_shape[:-1], 8)

    inputs = keras.Input((5, 3))
    model = keras.Model(inputs, Patches()(inputs))
"""


def test_layers_that_a_layer_builds_itself_count() -> None:
    assert model_of(OWN_LAYER.format(shape="input_shape")).weigh().total == 3 * 8 + 8 + 5 * 8


def test_a_layer_built_on_something_unknown_is_not_counted() -> None:
    source = "    from elsewhere import shape\n" + OWN_LAYER.format(shape="shape")
    assert not isinstance(model_of(source).weigh().total, int)


def test_a_model_that_makes_and_sets_itself_by_its_base_is_followed() -> None:
    model = model_of("""
        import typing

        class Base(keras.Model):
            def __new__(cls, *args, **kwargs):
                return typing.cast(Base, super().__new__(cls))

            def __setattr__(self, name, value):
                return super().__setattr__(name, value)

        class Net(Base):
            def __init__(self, units):
                self.dense = layers.Dense(units)
                inputs = keras.Input((3,))
                super().__init__(inputs=inputs, outputs=self.dense(inputs))

        model = Net(4)
    """)
    assert model.complete
    assert model.weigh().total == 16


def test_an_activation_by_its_name_as_text_is_found() -> None:
    model = model_of("""
        from keras.layers import LeakyReLU, ReLU

        def block(x, activation):
            function = eval(activation)
            return function(name="active")(layers.Dense(4)(x))

        inputs = keras.Input((3,))
        model = keras.Model(inputs, block(inputs, "LeakyReLU"))
    """)
    assert [layer.cls for layer in model.layers] == ["InputLayer", "Dense", "LeakyReLU"]
    assert model.complete


def test_helpers_of_keras_that_others_use_give_extents() -> None:
    model = model_of("""
        from keras.src.applications import imagenet_utils
        from keras.src.utils.argument_validation import standardize_tuple
        from six.moves import xrange

        shape = imagenet_utils.obtain_input_shape(
            None, default_size=32, min_size=8, data_format="channels_last", require_flatten=True
        )
        inputs = x = keras.Input(shape)
        for _ in xrange(2):
            x = layers.Conv2D(4, standardize_tuple(3, 2, "kernel_size"))(x)
        model = keras.Model(inputs, x)
    """)
    assert shapes(model)[-1] == (None, 28, 28, 4)
    assert model.weigh().total == 3 * 3 * 3 * 4 + 4 + 3 * 3 * 4 * 4 + 4
