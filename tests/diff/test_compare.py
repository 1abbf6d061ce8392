"""What counts as a difference between two models, and what does not."""

from __future__ import annotations

import pytest

from bench.twins import compared, told

_A = "i = keras.Input((8, 8, 3))\na = keras.Model(i, {})\n"
_B = "j = keras.Input((8, 8, 3))\nb = keras.Model(j, {})\n"


def _both(left: str, right: str) -> str:
    return _A.format(left) + _B.format(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("layers.Conv2D(3, 1)(i) + i", "layers.Add()([j, layers.Conv2D(3, 1)(j)])"),
        ("layers.TimeDistributed(layers.Dense(4))(i)", "layers.Dense(4)(j)"),
        ("layers.LeakyReLU(0.2)(i)", "layers.Activation('leaky_relu')(j)"),
        ("layers.ReLU(6)(i)", "tf.nn.relu6(j)"),
        ("layers.Softmax()(i)", "keras.ops.softmax(j)"),
        ("layers.MaxPooling2D(2)(i)", "layers.MaxPool2D((2, 2), strides=2)(j)"),
        ("i * 2.0", "keras.ops.multiply(2.0, j)"),
        ("i - 1.0", "tf.subtract(j, 1.0)"),
        ("layers.Dense(4)(layers.Identity()(i))", "layers.Dense(4)(layers.Dropout(0)(j))"),
        ("keras.Sequential([layers.Dense(4), layers.ReLU()])(i)", "layers.Dense(4, activation='relu')(j)"),
    ],
)
def test_two_spellings_of_one_function_are_equal(left: str, right: str) -> None:
    found, _ = compared(_both(left, right))
    assert found.is_equal, f"{told(found)} {found.doubts}"


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("layers.ReLU()(i)", "layers.LeakyReLU()(j)", "activation"),
        ("layers.LSTM(4)(i[:, 0])", "layers.GRU(4)(j[:, 0])", "LSTM against GRU"),
        (
            "layers.Dense(4, trainable=False)(i)",
            "layers.Dense(4)(j)",
            "trainable of Dense False against True",
        ),
        ("layers.Subtract()([layers.ReLU()(i), i])", "layers.Subtract()([j, layers.ReLU()(j)])", "inputs"),
        ("i - 1.0", "1.0 - j", "right"),
        ("i * 2.0", "j", "multiply only on the left"),
        (
            "layers.TimeDistributed(layers.Conv1D(4, 3))(i)",
            "layers.TimeDistributed(layers.Conv1D(4, 2))(j)",
            "layer.kernel_size",
        ),
    ],
)
def test_what_computes_something_else_is_a_difference(left: str, right: str, words: str) -> None:
    found, _ = compared(_both(left, right))
    assert found.equivalent is False, f"{told(found)} {found.doubts}"
    assert words in " ".join(told(found))


def test_one_layer_applied_twice_is_not_two_layers() -> None:
    left = "d = layers.Dense(3)\ni = keras.Input((3,))\na = keras.Model(i, d(d(i)))\n"
    right = "j = keras.Input((3,))\nb = keras.Model(j, layers.Dense(3)(layers.Dense(3)(j)))\n"
    found, _ = compared(left + right)
    assert found.equivalent is False
    assert "share weights on one side only" in " ".join(told(found))


@pytest.mark.parametrize("argument", ["kernel_initializer='zeros'", "kernel_regularizer='l2'"])
def test_initial_weights_and_penalties_are_told_and_leave_the_function_alone(argument: str) -> None:
    found, _ = compared(_both(f"layers.Dense(4, {argument})(i)", "layers.Dense(4)(j)"))
    assert found.equivalent is True
    assert [one.argument for one in found.differences] == [argument.partition("=")[0]]


@pytest.mark.parametrize(
    "right",
    ["layers.Dense(4, activation=ACTIVATION)(j)", "layers.Dense(UNITS)(j)", "layers.Dense(4)(mystery(j))"],
)
def test_what_is_unknown_makes_the_answer_unknown(right: str) -> None:
    found, _ = compared(_both("layers.Dense(4)(i)", right))
    assert found.equivalent is None
    assert found.doubts


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("i * 2.0", "j / 0.5"),
        ("layers.Softmax()(i)", "tf.exp(j) / tf.reduce_sum(tf.exp(j), axis=-1, keepdims=True)"),
    ],
)
def test_arithmetic_that_is_spelled_otherwise_is_not_called_different(left: str, right: str) -> None:
    found, _ = compared(_both(left, right))
    assert found.equivalent is None
    assert found.doubts[0].endswith("compute together is not followed")


def test_arithmetic_does_not_hide_that_layers_differ() -> None:
    found, _ = compared(_both("layers.Dense(3)(i * 2.0)", "layers.Dense(4)(j / 0.5)"))
    assert found.equivalent is False


def test_weights_outside_layers_make_the_answer_unknown() -> None:
    layer = (
        "class Scale(layers.Layer):\n"
        "    def build(self, shape):\n"
        "        self.w = self.add_weight(shape=(shape[-1],))\n"
        "    def call(self, x):\n"
        "        return x * self.w\n"
    )
    found, _ = compared(layer + _both("Scale()(i)", "Scale()(j)"))
    assert found.equivalent is None


def test_inputs_of_other_shapes_are_a_difference() -> None:
    text = "i = keras.Input((8, 3))\na = keras.Model(i, layers.Dense(2)(i))\n"
    other = "j = keras.Input((9, 3))\nb = keras.Model(j, layers.Dense(2)(j))\n"
    found, _ = compared(text + other)
    assert [(one.kind, one.argument) for one in found.differences] == [("shape", "input")]
    assert found.equivalent is False


def test_optimizers_losses_and_epochs_are_compared() -> None:
    text = _both("layers.Dense(2)(i)", "layers.Dense(2)(j)") + (
        "a.compile(keras.optimizers.Adam(1e-3), 'mse')\n"
        "b.compile(keras.optimizers.Adam(learning_rate=1e-4), keras.losses.MeanAbsoluteError())\n"
        "a.fit(x, y, epochs=3)\n"
        "b.fit(x, y, epochs=5)\n"
    )
    found, _ = compared(text)
    assert found.equivalent is True
    assert [(one.kind, one.argument) for one in found.differences] == [
        ("compile", "learning_rate"),
        ("compile", "loss"),
        ("fit", "epochs"),
    ]
    assert not found.is_equal


@pytest.mark.parametrize("units", [8, 9])
def test_models_that_lean_on_the_default_of_an_option_are_neither_equal_nor_different(units: int) -> None:
    text = (
        "import argparse\n"
        "parser = argparse.ArgumentParser()\n"
        "parser.add_argument('--units', default=8)\n"
        "a = keras.Sequential([keras.Input((4,)), layers.Dense(parser.parse_args().units)])\n"
        f"b = keras.Sequential([keras.Input((4,)), layers.Dense({units})])\n"
    )
    found, _ = compared(text)
    assert found.equivalent is None
    assert any(words.startswith("a supposes --units 8") for words in found.doubts)


_TWO = (
    "a = keras.Sequential([keras.Input((4,)), layers.Dense(8)])\n"
    "{before}b = keras.Sequential([keras.Input((4,)), layer])\n{after}"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "helpers.adjust(b)\n", id="a function of a module that is not there"),
        pytest.param("", "b = helpers.adjust(b)\n", id="one that gives something back"),
        pytest.param("", "helpers.adjust({'models': [a, b]})\n", id="inside of containers"),
        pytest.param("helpers.adjust(layer)\n", "", id="a layer, before the model is made of it"),
        pytest.param(
            "",
            "class Job:\n    def __init__(self, m):\n        self.m = m\nhelpers.run(Job(b))\n",
            id="an object",
        ),
    ],
)
def test_of_a_model_that_unknown_code_had_it_is_not_known_what_it_is(before: str, after: str) -> None:
    before = f"import helpers\nlayer = layers.Dense(8)\n{before}"
    found, _ = compared(_TWO.format(before=before, after=after))
    assert found.equivalent is None
    assert any("is given to helpers." in words and "which may change it" in words for words in found.doubts)


@pytest.mark.parametrize(
    "after", ["print(b, len(b.layers))\n", "import pickle\npickle.dumps(b)\n", "b.summary()\n"]
)
def test_code_that_changes_no_models_leaves_it_known(after: str) -> None:
    found, _ = compared(_TWO.format(before="layer = layers.Dense(8)\n", after=after))
    assert found.equivalent is True


def test_unknown_code_cannot_make_functional_models_of_other_weights_equal() -> None:
    text = _both("layers.Dense(2)(i)", "layers.Dense(3)(j)") + "import helpers\nhelpers.adjust(b)\n"
    found, _ = compared(text)
    assert found.equivalent is False
