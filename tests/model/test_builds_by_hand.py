"""Layers that a user's layer builds by hand, with the policy it was given itself."""

from __future__ import annotations

from kerlint.model.facts import Model
from kerlint.summary.rows import table_of

from .helpers import model_of, names, params, program_of, totals

BLOCK = """
class Block(layers.Layer):
    def __init__(self, dtype=None, **kwargs):
        super().__init__(dtype=dtype, **kwargs)

    def build(self, shape):
        self.dense = layers.Dense(4, dtype=self.dtype_policy)
        self.dense.build(shape)

    def call(self, x):
        return self.dense(x)

    def compute_output_shape(self, shape):
        return (*shape[:-1], 4)
"""


def test_the_policy_of_a_layer_that_was_given_none_changes_no_weights() -> None:
    model = model_of(BLOCK + "i = keras.Input((6,))\nm = keras.Model(i, Block()(i))")
    assert totals(model) == (28, 28)


def test_the_policy_of_a_layer_that_was_given_an_unknown_one_leaves_the_count_open() -> None:
    model = model_of(
        "from elsewhere import POLICY" + BLOCK + "i = keras.Input((6,))\nm = keras.Model(i, Block(POLICY)(i))"
    )
    assert not isinstance(params(model)[-1], int)


MAYBE_BUILT = """
from elsewhere import FLAG

class Block(layers.Layer):
    def build(self, shape):
        self.dense = layers.Dense(4)
        if FLAG:
            self.dense.build({shape})

    def call(self, x):
        return self.dense(x)

i = keras.Input((6,))
m = keras.Model(i, Block()(i))
"""


def test_a_layer_that_is_built_by_hand_on_some_paths_has_the_weights_that_its_call_makes_too() -> None:
    assert totals(model_of(MAYBE_BUILT.format(shape="shape"))) == (28, 28)


def test_a_layer_that_is_built_otherwise_on_some_path_is_not_counted() -> None:
    count = params(model_of(MAYBE_BUILT.format(shape="(None, 7)")))[-1]
    assert not isinstance(count, int)


ATTENTION = """
class Block(layers.Layer):
    def build(self, shape):
        self.attention = layers.MultiHeadAttention(2, 3)
        if hasattr(self.attention, "_build_from_signature"):
            self.attention._build_from_signature(query=shape, value=shape)
        else:
            self.attention.build(query_shape=shape, value_shape=shape)

    def call(self, x):
        return self.attention(x, x)

    def compute_output_shape(self, shape):
        return shape

i = keras.Input((5, 6))
m = keras.Model(i, Block()(i))
"""


def test_both_versions_of_attention_are_built_as_programs_for_both_build_them() -> None:
    assert totals(model_of(ATTENTION)) == totals(model_of(ATTENTION, target="keras2")) == (168, 168)


FORMER = """
import tensorflow as tf
i = keras.Input((4,))
x = i + 1.0
{between}
m = keras.Model(i, (x + i) * 2.0)
"""


def listed(model: Model) -> list[str | None]:
    """The names in the table of a model of Keras 2."""
    return [row.name for row in table_of(model, "keras2").layers]


def test_keras_2_counts_the_layers_that_it_makes_of_operators() -> None:
    model = model_of(FORMER.format(between=""), target="keras2")
    assert listed(model) == ["input_1", "tf.__operators__.add", "tf.__operators__.add_1", "tf.math.multiply"]


def test_after_a_function_that_may_make_several_layers_keras_2_counts_unknown() -> None:
    model = model_of(FORMER.format(between="x = tf.nn.l2_normalize(x)"), target="keras2")
    assert listed(model) == ["input_1", "tf.__operators__.add", None, None, None]


def test_a_transform_of_complex_numbers_keeps_the_shapes_of_both_parts() -> None:
    model = model_of("""
        class Mix(layers.Layer):
            def call(self, x):
                real, _ = ops.fft2((x, ops.zeros_like(x)))
                return real

        i = keras.Input((5, 6))
        m = keras.Model(i, layers.Dense(2)(Mix()(i)))
    """)
    assert totals(model) == (14, 14)


def test_the_alphabet_is_known() -> None:
    model = model_of("""
        import string
        i = keras.Input((6,))
        m = keras.Model(i, layers.Dense(2, name="block" + string.ascii_lowercase[1])(i))
    """)
    assert names(model)[-1] == "blockb"


def test_keras_2_runs_on_tensorflow_and_keras_3_on_what_is_not_known() -> None:
    text = """
        from keras import backend as K
        i = keras.Input((6,))
        x = layers.Dense(2)(i)
        if K.backend() == "theano":
            x = layers.Dense(3)(x)
        m = keras.Model(i, x)
    """
    assert [len(model.layers) for model in program_of(text, target="keras2").models] == [2]
    assert len(program_of(text).models) != 1 or not program_of(text).models[0].complete


COMPATIBLE = """
if hasattr(keras, "version") and keras.version().startswith("3."):
    units = 2
else:
    units = 3
i = keras.Input((6,))
m = keras.Model(i, layers.Dense(units)(i))
"""


def test_what_the_tables_have_is_there_when_a_program_asks() -> None:
    assert totals(model_of(COMPATIBLE)) == (14, 14)


def test_what_a_newer_keras_may_have_is_not_denied() -> None:
    program = program_of(COMPATIBLE.replace("version", "surely_not_there"))
    assert [params(model)[-1] for model in program.models] != [21]
