"""Signatures as the snapshots have them, and the notation they are written in."""

from __future__ import annotations

import pytest

from kerlint.keras_api.signatures import (
    KEYWORD_ONLY,
    OBJECT,
    POSITIONAL_ONLY,
    POSITIONAL_OR_KEYWORD,
    Parameter,
    Signature,
    method,
    methods,
    parse,
    signature,
)


def of(name: str, target: str = "keras3") -> Signature:
    found = signature(name, target)
    assert found is not None
    return found


def test_the_notation_reads_every_kind_of_parameter() -> None:
    assert parse("a, /, b=(1,2), *, c='x', d=<keras.activations.tanh>, **") == Signature(
        (
            Parameter("a", POSITIONAL_ONLY),
            Parameter("b", POSITIONAL_OR_KEYWORD, (1, 2), True),
            Parameter("c", KEYWORD_ONLY, "x", True),
            Parameter("d", KEYWORD_ONLY, OBJECT("keras.activations.tanh"), True),
        ),
        accepts_kwargs=True,
    )
    assert parse("") == Signature(())
    assert parse("a, *args").accepts_args


def test_a_layer_takes_what_its_bases_take() -> None:
    dense = of("keras.layers.Dense")
    assert dense.positional[:2] == ("units", "activation")
    assert {
        "name",
        "dtype",
        "trainable",
        "input_shape",
        "input_dim",
        "activity_regularizer",
    } <= dense.keywords
    assert not dense.accepts_kwargs
    assert "batch_input_shape" not in dense.keywords
    assert "weights" not in dense.keywords


def test_keras_2_takes_the_older_keywords() -> None:
    dense = of("keras.layers.Dense", "keras2")
    assert {"batch_input_shape", "weights", "input_dim"} <= dense.keywords
    assert "input_length" in of("keras.layers.Embedding", "keras2").keywords


@pytest.mark.parametrize(
    ("name", "keyword"),
    [
        ("keras.layers.Embedding", "input_length"),
        ("keras.layers.Embedding", "weights"),
        ("keras.layers.LeakyReLU", "alpha"),
        ("keras.layers.Conv2D", "input_shape"),
        ("keras.layers.LSTM", "implementation"),
        ("keras.layers.add", "name"),
        ("keras.optimizers.Adam", "decay"),
        ("keras.optimizers.Adam", "clipnorm"),
    ],
)
def test_keywords_that_keras_3_still_takes(name: str, keyword: str) -> None:
    assert keyword in of(name).keywords


@pytest.mark.parametrize(
    ("name", "keyword"),
    [
        ("keras.layers.Conv2D", "border_mode"),
        ("keras.layers.Conv2D", "subsample"),
        ("keras.layers.LSTM", "input_length"),
        ("keras.layers.LSTM", "time_major"),
        ("keras.optimizers.Adam", "lr"),
        ("keras.callbacks.ModelCheckpoint", "period"),
        ("keras.Model", "input"),
    ],
)
def test_keywords_that_keras_3_refuses(name: str, keyword: str) -> None:
    found = of(name)
    assert keyword not in found.keywords
    assert not found.accepts_kwargs


def test_reduce_lr_on_plateau_swallows_any_keyword() -> None:
    assert of("keras.callbacks.ReduceLROnPlateau").accepts_kwargs


def test_defaults_are_plain_data() -> None:
    defaults = of("keras.layers.MaxPooling2D").defaults
    assert defaults["pool_size"] == (2, 2)
    assert defaults["strides"] is None
    assert defaults["padding"] == "valid"
    assert of("keras.optimizers.Adam").defaults["epsilon"] == 1e-07
    assert of("keras.layers.Dense").required == ("units",)


def test_model_has_its_two_forms_in_one() -> None:
    model = of("keras.Model")
    assert model.positional == ("inputs", "outputs", "name")
    assert model.required == ()


def test_methods_are_inherited_and_removed_ones_are_gone() -> None:
    fit = method("keras.Sequential", "fit")
    assert fit is not None
    assert fit.positional[:4] == ("x", "y", "batch_size", "epochs")
    assert "workers" not in fit.keywords
    assert method("keras.Sequential", "fit_generator") is None
    assert method("keras.Sequential", "fit_generator", "keras2") is not None
    assert signature("keras.Sequential.fit") == fit
    assert method("keras.optimizers.SGD", "apply_gradients") is not None
    assert {"call", "build", "add_weight", "__call__"} <= set(methods("keras.layers.Dense"))


def test_compile_takes_its_arguments_in_keras_s_order() -> None:
    compiled = method("keras.Model", "compile")
    assert compiled is not None
    assert compiled.positional[:4] == ("optimizer", "loss", "loss_weights", "metrics")
    older = method("keras.Model", "compile", "keras2")
    assert older is not None
    assert older.positional[:4] == ("optimizer", "loss", "metrics", "loss_weights")


def test_what_the_library_lacks_has_no_signature() -> None:
    assert signature("keras.layers.FooBar") is None
    assert signature("keras.layers") is None
    assert method("numpy.ndarray", "sum") is None
    assert signature("keras.layers.Dense.no_such_method") is None
