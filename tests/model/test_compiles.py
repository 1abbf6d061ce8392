"""What a model was compiled with, head by head."""

from __future__ import annotations

import pytest

from kerlint.keras_api.shapes import UNKNOWN_DIM
from kerlint.model.compiles import Compiled
from kerlint.python.values import UNKNOWN, Unknown

from .helpers import program_of


def compiled(text: str, *, target: str = "keras3") -> Compiled:
    """The only compile of a program."""
    (found,) = program_of(text, target=target).compiles
    return found


def head_of(layers: str) -> Compiled:
    """A Sequential on eight numbers with the given layers, compiled."""
    return compiled(f"m = keras.Sequential([keras.Input((8,)), {layers}])\nm.compile('sgd', 'mse')")


@pytest.mark.parametrize(
    ("layers", "activation", "units"),
    [
        ("layers.Dense(3)", "linear", 3),
        ("layers.Dense(3, 'softmax')", "softmax", 3),
        ("layers.Dense(3, activation=keras.activations.softmax)", "softmax", 3),
        ("layers.Dense(3), layers.Activation('sigmoid')", "sigmoid", 3),
        ("layers.Dense(3), layers.Softmax()", "softmax", 3),
        ("layers.Dense(3), layers.LeakyReLU()", "leaky_relu", 3),
        ("layers.Dense(3, activation=layers.LeakyReLU())", "leaky_relu", 3),
        ("layers.Dense(4, 'softmax'), layers.Dropout(0.5), layers.Reshape((2, 2))", "softmax", 2),
        ("layers.Dense(3, 'relu'), layers.BatchNormalization(), layers.Softmax()", "softmax", 3),
        (
            "layers.Reshape((4, 2)), layers.TimeDistributed(layers.Dense(5, activation='softmax'))",
            "softmax",
            5,
        ),
        ("layers.Reshape((4, 2)), layers.LSTM(3)", "tanh", 3),
        ("layers.Reshape((4, 4, 1)), layers.Conv2D(7, 1), layers.GlobalAveragePooling2D()", "linear", 7),
    ],
)
def test_a_head_has_the_last_activation_and_the_last_axis(layers: str, activation: str, units: int) -> None:
    (pair,) = head_of(layers).pairs
    assert (pair.head.activation, pair.head.units) == (activation, units)


@pytest.mark.parametrize(
    "layers",
    [
        "layers.Dense(3), layers.Lambda(mystery)",
        "layers.Dense(3, activation=mystery)",
        "layers.Dense(3), layers.BatchNormalization()",
        "layers.Dense(3), layers.Rescaling(2.0)",
        "mystery()",
    ],
)
def test_what_is_not_understood_leaves_the_activation_unknown(layers: str) -> None:
    heads = [pair.head for pair in head_of(layers).pairs]
    assert all(isinstance(head.activation, Unknown) for head in heads)


def test_units_are_told_without_an_input_shape() -> None:
    text = "m = keras.Sequential()\nm.add(layers.Dense(1, activation='softmax'))\nm.compile('sgd', 'mse')"
    (pair,) = compiled(text).pairs
    assert pair.head.units == 1


def test_units_from_elsewhere_are_unknown() -> None:
    (pair,) = head_of("layers.Dense(n, activation='softmax')").pairs
    assert (pair.head.activation, pair.head.units) == ("softmax", UNKNOWN_DIM)


def test_operations_on_tensors_are_heads_too() -> None:
    found = compiled("""
        import tensorflow as tf
        i = keras.Input((8,))
        x = tf.nn.softmax(layers.Dense(1)(i), axis=1)
        m = keras.Model(i, ops.squeeze(x))
        m.compile("sgd", "mse")
    """)
    (pair,) = found.pairs
    assert pair.head.activation == "softmax"
    assert pair.head.applied is not None and pair.head.applied[0].axis == 1


def test_a_traced_subclass_has_heads() -> None:
    found = compiled("""
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.a, self.b = layers.Dense(4, activation="relu"), layers.Dense(1, activation="sigmoid")

            def call(self, x):
                return self.b(self.a(x))

        net = Net()
        net.compile(loss="bce")
    """)
    (pair,) = found.pairs
    assert (pair.head.activation, pair.loss and pair.loss.word) == ("sigmoid", "binary_crossentropy")


@pytest.mark.parametrize(
    ("loss", "word", "from_logits"),
    [
        ("'mse'", "mean_squared_error", False),
        ("'CategoricalCrossentropy'", "categorical_crossentropy", False),
        ("keras.losses.mean_squared_error", "mean_squared_error", False),
        ("keras.losses.BinaryCrossentropy(from_logits=True)", "binary_crossentropy", True),
        ("keras.losses.BinaryCrossentropy(True)", "binary_crossentropy", True),
        ("keras.losses.BinaryCrossentropy(from_logits=flag)", "binary_crossentropy", UNKNOWN),
        ("keras.losses.KLDivergence()", "kl_divergence", False),
        ("['kld']", "kl_divergence", False),
        ("keras.losses.Huber(2.0)", "huber", False),
    ],
)
def test_a_loss_is_one_word_however_it_is_spelled(loss: str, word: str, from_logits: object) -> None:
    text = f"m = keras.Sequential([keras.Input((8,)), layers.Dense(3)])\nm.compile('sgd', loss={loss})"
    (pair,) = compiled(text).pairs
    assert pair.loss is not None and pair.loss.word == word
    assert pair.loss.from_logits == from_logits or isinstance(pair.loss.from_logits, Unknown)


@pytest.mark.parametrize("loss", ["mine", "lambda a, b: a", "'no_such_loss'", "None", "config['loss']"])
def test_a_custom_loss_is_not_known(loss: str) -> None:
    text = f"m = keras.Sequential([keras.Input((8,)), layers.Dense(3)])\nm.compile('sgd', loss={loss})"
    assert compiled(text).pairs[0].loss is None


def test_metrics_have_words_and_the_names_they_log() -> None:
    found = compiled("""
        m = keras.Sequential([keras.Input((8,)), layers.Dense(3)])
        given = ["acc", "mae", keras.metrics.AUC(), keras.metrics.AUC(name="x"), keras.metrics.binary_accuracy]
        m.compile("sgd", "mse", metrics=given)
    """)
    (pair,) = found.pairs
    assert [metric.word for metric in pair.metrics] == [
        "accuracy",
        "mean_absolute_error",
        "auc",
        "auc",
        "binary_accuracy",
    ]
    assert [metric.logged for metric in pair.metrics] == ["acc", "mae", None, "x", "binary_accuracy"]
    assert pair.metrics_known


def test_custom_metrics_are_known_to_be_there() -> None:
    text = "m = keras.Sequential([layers.Dense(3)])\nm.compile('sgd', 'mse', metrics=['mae', my_metric])"
    (pair,) = compiled(text).pairs
    assert [metric.word for metric in pair.metrics] == ["mean_absolute_error"]
    assert not pair.metrics_known


TWO = """
i = keras.Input((8,))
a = layers.Dense(1, name="a")(i)
b = layers.Dense(2, activation="softmax", name="b")(i)
m = keras.Model(i, [a, b])
"""


@pytest.mark.parametrize(
    "loss", ["['mse', 'kld']", "{'a': 'mse', 'b': 'kld'}", "{'b': 'kld', 'a': 'mse'}", "('mse', 'kld')"]
)
def test_losses_meet_their_outputs_by_position_or_by_name(loss: str) -> None:
    pairs = compiled(TWO + f"m.compile('sgd', loss={loss}, metrics={{'b': ['acc']}})").pairs
    assert [pair.loss.word for pair in pairs if pair.loss] == ["mean_squared_error", "kl_divergence"]
    assert [pair.head.activation for pair in pairs] == ["linear", "softmax"]
    assert [metric.word for metric in pairs[1].metrics] == ["accuracy"]


def test_the_optimizer_and_its_learning_rate_are_known() -> None:
    text = "m = keras.Sequential([layers.Dense(3)])\nm.compile(keras.optimizers.Adam(0.5), 'mse')"
    assert (compiled(text).optimizer, compiled(text).learning_rate) == ("keras.optimizers.Adam", 0.5)
    assert compiled(text.replace("0.5", "lr=0.25")).learning_rate == 0.25
    assert isinstance(compiled(text.replace("0.5", "rate()")).learning_rate, Unknown)


def test_a_builder_that_nobody_calls_is_compiled() -> None:
    found = compiled("""
        def build(units=4):
            model = keras.Sequential()
            model.add(layers.Dense(units, activation="relu"))
            model.add(layers.Dense(1))
            model.compile(loss="mse", optimizer="adam")
            return model
    """)
    assert [pair.loss.word for pair in found.pairs if pair.loss] == ["mean_squared_error"]
