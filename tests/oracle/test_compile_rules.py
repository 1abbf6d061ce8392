"""What the rules on losses, heads, activations and initializers say of Keras, asked of Keras."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.oracle

X = np.random.default_rng(1).random((8, 4), dtype="float32")
BINARY = (np.arange(8) % 2)[:, None]
CLASSES = np.arange(8) % 3
ONE_HOT = np.eye(3)[CLASSES]


def net(*layers: Any) -> Any:
    """A Sequential on four numbers."""
    import keras

    return keras.Sequential([keras.Input((4,)), *layers])


def dense(units: int = 1, activation: Any = None, **options: Any) -> Any:
    """A dense layer."""
    import keras

    return keras.layers.Dense(units, activation=activation, **options)


def trained(model: Any, y: Any, **options: Any) -> dict[str, float]:
    """The logs of one epoch."""
    model.compile(optimizer=options.pop("optimizer", "sgd"), **options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {name: values[0] for name, values in model.fit(X, y, verbose=0).history.items()}


def loss_of(model: Any, y: Any, loss: Any) -> float:
    """The loss of an untrained model."""
    model.compile(loss=loss)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(model.evaluate(X, y, verbose=0))


def test_a_softmax_over_one_unit_is_1() -> None:
    with pytest.warns(UserWarning, match="This axis has size 1"):
        assert (net(dense(1, "softmax")).predict(X, verbose=0) == 1).all()


def test_a_categorical_loss_over_one_unit_is_0_and_a_sparse_one_raises() -> None:
    import keras

    assert trained(net(dense(1, "sigmoid")), BINARY, loss="categorical_crossentropy")["loss"] == 0
    logits = keras.losses.CategoricalCrossentropy(from_logits=True)
    assert trained(net(dense(1)), BINARY, loss=logits)["loss"] == 0
    with pytest.raises(Exception, match="SparseSoftmaxCrossEntropyWithLogits"):
        trained(net(dense(1, "sigmoid")), BINARY, loss="sparse_categorical_crossentropy")


def test_logits_after_an_activation_are_found_again_unless_a_layer_hides_it() -> None:
    import keras

    def losses(model: Any) -> list[float]:
        return [
            loss_of(model, ONE_HOT, keras.losses.CategoricalCrossentropy(from_logits=flag))
            for flag in (True, False)
        ]

    first, second = losses(net(dense(3, "softmax")))
    assert first == pytest.approx(second)
    other, same = losses(net(dense(3, "softmax"), keras.layers.Flatten()))
    assert other != pytest.approx(same)


@pytest.mark.parametrize("loss", ["rmse", "logcosh", "huber_loss", "Mse", "binary-crossentropy"])
def test_an_unknown_loss_raises_in_fit_only(loss: str) -> None:
    model = net(dense())
    model.compile("sgd", loss)
    with pytest.raises(ValueError, match="Could not interpret loss identifier"):
        model.fit(X, BINARY, verbose=0)


@pytest.mark.parametrize("metric", ["rmse", "f1", "f1_m"])
def test_an_unknown_metric_raises_in_fit_only(metric: str) -> None:
    model = net(dense())
    model.compile("sgd", "mse", metrics=[metric])
    with pytest.raises(ValueError, match="Could not interpret metric identifier"):
        model.fit(X, BINARY, verbose=0)


def test_compile_refuses_metrics_that_are_no_list_and_optimizers_that_are_no_object() -> None:
    import keras

    with pytest.raises(ValueError, match="Expected `metrics` argument to be a list"):
        net(dense()).compile("sgd", "mse", metrics="accuracy")
    with pytest.raises(ValueError, match="Could not interpret optimizer identifier"):
        net(dense()).compile(keras.optimizers.Adam, "mse")
    with pytest.raises(ValueError, match="Could not interpret optimizer identifier"):
        net(dense()).compile("adem", "mse")


def test_metrics_in_the_third_place_are_loss_weights_and_raise_in_fit() -> None:
    model = net(dense())
    model.compile("sgd", "mse", ["accuracy"])
    with pytest.raises(ValueError, match="not a valid dtype"):
        model.fit(X, BINARY, verbose=0)


def test_keys_of_losses_must_be_names_of_outputs() -> None:
    import keras

    i = keras.Input((4,))
    model = keras.Model(i, [keras.layers.Dense(1, name="a")(i), keras.layers.Dense(1, name="b")(i)])
    model.compile("sgd", {"a": "mse", "c": "mse"})
    with pytest.raises(ValueError, match="in loss dict"):
        model.fit(X, [BINARY, BINARY], verbose=0)


def test_classes_of_losses_and_metrics_are_taken_and_balanced_is_no_class_weight() -> None:
    import keras

    logs = trained(
        net(dense()),
        BINARY,
        loss=keras.losses.MeanSquaredError,
        metrics=[keras.metrics.MeanAbsoluteError],
    )
    assert len(logs) == 2
    model = net(dense(1, "sigmoid"))
    model.compile("sgd", "binary_crossentropy")
    with pytest.raises(AttributeError):
        model.fit(X, BINARY, class_weight="balanced", verbose=0)


def test_fit_needs_a_compile_with_a_loss_or_a_loss_of_a_layer() -> None:
    acts: tuple[Callable[[Any], object], ...] = (
        lambda m: m.fit(X, BINARY),
        lambda m: m.evaluate(X, BINARY),
        lambda m: m.train_on_batch(X, BINARY),
    )
    for act in acts:
        with pytest.raises(ValueError, match="You must call `compile"):
            act(net(dense()))
    model = net(dense())
    model.compile("sgd")
    with pytest.raises(ValueError, match="No loss to compute"):
        model.fit(X, BINARY, verbose=0)
    regular = net(dense(1, kernel_regularizer="l2"))
    regular.compile("sgd")
    regular.fit(X, BINARY, verbose=0)


def test_the_word_accuracy_is_categorical_for_several_units() -> None:
    model = net(dense(3, "sigmoid"))
    logs = trained(model, ONE_HOT, loss="binary_crossentropy", metrics=["accuracy"])
    inside = [type(item).__name__ for group in model.metrics for item in getattr(group, "metrics", [])]
    assert "CategoricalAccuracy" in inside
    assert set(logs) == {"loss", "accuracy"}


def test_metrics_log_under_the_words_they_were_given_as() -> None:
    import keras

    given = ["acc", "MSE", "AUC", keras.metrics.AUC(name="x"), keras.metrics.binary_accuracy]
    logs = trained(net(dense(1, "sigmoid")), BINARY, loss="binary_crossentropy", metrics=given)
    assert set(logs) == {"loss", "acc", "MSE", "AUC", "x", "binary_accuracy"}


def test_dropout_after_a_softmax_makes_the_loss_nan() -> None:
    import keras

    model = net(dense(3, "softmax"), keras.layers.Dropout(0.5, seed=1))
    assert np.isnan(trained(model, ONE_HOT, loss="categorical_crossentropy")["loss"])


def test_a_dropout_rate_of_1_drops_all_and_beyond_is_refused_but_not_in_recurrent_layers() -> None:
    import keras

    assert float(np.abs(keras.layers.Dropout(1.0)(X, training=True)).sum()) == 0
    for rate in (-0.1, 1.5, 20):
        with pytest.raises(ValueError, match="between 0 and 1"):
            keras.layers.Dropout(rate)
    keras.layers.LSTM(3, dropout=20, recurrent_dropout=-1)(X[None], training=True)
    for cls in (keras.layers.GaussianDropout, keras.layers.AlphaDropout):
        with pytest.raises(ZeroDivisionError):
            cls(1)(X, training=True)


def test_one_initializer_object_gives_equal_weights() -> None:
    import keras

    def is_equal(first: Any, second: Any) -> bool:
        layers = [dense(4, kernel_initializer=item) for item in (first, second)]
        for layer in layers:
            layer.build((None, 4))
        return bool(np.allclose(*(layer.kernel for layer in layers)))

    shared, seeded = keras.initializers.HeNormal(), keras.initializers.HeNormal(seed=1)
    generator = keras.initializers.HeNormal(seed=keras.random.SeedGenerator(1))
    assert is_equal(shared, shared)
    assert is_equal(seeded, seeded)
    assert not is_equal(generator, generator)
    assert not is_equal("he_normal", "he_normal")


@pytest.mark.parametrize(("start", "activation"), [("zeros", "relu"), ("ones", "tanh"), ("zeros", "sigmoid")])
def test_hidden_units_that_begin_equal_stay_equal(start: str, activation: str) -> None:
    hidden = dense(4, activation, kernel_initializer=start)
    model = net(hidden, dense(1, kernel_initializer=start))
    for _ in range(3):
        trained(model, BINARY, loss="mse", optimizer="adam")
    kernel = np.asarray(hidden.kernel)
    assert np.allclose(kernel, kernel[:, :1])
    assert activation != "relu" or not kernel.any()


def test_a_layer_class_is_no_activation() -> None:
    import keras

    with pytest.raises(Exception, match="bool"):
        net(dense(3, keras.layers.LeakyReLU)).predict(X, verbose=0)


def test_the_argmax_of_one_unit_is_0() -> None:
    assert set(np.argmax(net(dense(1, "sigmoid")).predict(X, verbose=0), axis=1)) == {0}


@pytest.mark.parametrize(
    ("layer", "options"),
    [
        ("Conv2D", {"filters": 2, "kernel_size": 3, "padding": "smae"}),
        ("Conv2D", {"filters": 2, "kernel_size": 3, "padding": "causal"}),
        ("MaxPooling2D", {"padding": "SAME"}),
        ("Flatten", {"data_format": "channel_last"}),
    ],
)
def test_a_word_that_a_layer_does_not_take_raises(layer: str, options: dict[str, Any]) -> None:
    import keras

    with pytest.raises(ValueError, match=r"padding|data_format"):
        getattr(keras.layers, layer)(**options)(keras.Input((8, 8, 3)))


def test_a_convolution_takes_its_padding_in_capitals() -> None:
    import keras

    assert keras.layers.Conv2D(2, 3, padding="SAME").padding == "same"


@pytest.mark.parametrize(("mode", "flips"), [("horiz", False), ("HORIZONTAL", False), ("horizontal", True)])
def test_a_flip_in_an_unknown_direction_never_flips(mode: str, flips: bool) -> None:
    import keras

    images = np.random.default_rng(2).random((16, 4, 4, 3), dtype="float32")
    flipped = np.asarray(keras.layers.RandomFlip(mode, seed=3)(images, training=True))
    assert bool(np.abs(flipped - images).max() > 0) is flips
