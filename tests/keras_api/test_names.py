"""Canonical names, kinds, bases and categories over the committed snapshots."""

from __future__ import annotations

import pytest

from kerlint.keras_api import names

SPELLINGS = {
    "keras.layers.MaxPooling2D": [
        "tensorflow.keras.layers.MaxPool2D",
        "tf_keras.layers.MaxPooling2D",
        "keras.src.layers.pooling.max_pooling2d.MaxPooling2D",
        "keras.src.layers.MaxPool2D",
        "keras.layers.pooling.MaxPooling2D",
        "tensorflow.python.keras.layers.pooling.MaxPooling2D",
        "tensorflow.python.keras.api._v2.keras.layers.MaxPool2D",
    ],
    "keras.layers.Conv2D": [
        "keras.layers.convolutional.Conv2D",
        "keras.layers.convolutional.Convolution2D",
        "keras.layers.Convolution2D",
        "keras.api._v2.keras.layers.Conv2D",
        "keras.api.layers.Conv2D",
        "tensorflow.compat.v1.keras.layers.Conv2D",
        "tensorflow.contrib.keras.layers.Conv2D",
        "tf_keras.src.layers.convolutional.conv2d.Conv2D",
        "keras._tf_keras.keras.layers.Conv2D",
    ],
    "keras.layers.Conv2DTranspose": [
        "keras.layers.Deconvolution2D",
        "keras.layers.convolutional.Deconvolution2D",
        "keras.layers.Convolution2DTranspose",
    ],
    "keras.layers.LeakyReLU": ["keras.layers.advanced_activations.LeakyReLU"],
    "keras.layers.Dense": ["keras.layers.core.Dense", "keras.src.layers.core.dense.Dense"],
    "keras.layers.BatchNormalization": [
        "keras.layers.normalization.BatchNormalization",
        "tensorflow.python.keras.layers.normalization_v2.BatchNormalization",
    ],
    "keras.layers.LSTM": ["keras.layers.recurrent.LSTM", "keras.src.layers.rnn.lstm.LSTM"],
    "keras.layers.RandomFlip": ["tensorflow.keras.layers.experimental.preprocessing.RandomFlip"],
    "keras.layers.Layer": [
        "keras.Layer",
        "keras.engine.Layer",
        "keras.engine.topology.Layer",
        "keras.engine.base_layer.Layer",
        "keras.src.layers.layer.Layer",
        "tensorflow.python.keras.engine.base_layer.Layer",
    ],
    "keras.Input": ["keras.layers.Input", "tensorflow.keras.Input", "keras.engine.topology.Input"],
    "keras.Model": [
        "keras.models.Model",
        "keras.engine.training.Model",
        "keras.engine.Model",
        "keras.src.models.model.Model",
        "tensorflow.keras.models.Model",
    ],
    "keras.Sequential": ["keras.models.Sequential", "keras.src.models.sequential.Sequential"],
    "keras.losses.mean_squared_error": [
        "tensorflow.keras.losses.mse",
        "keras.losses.MSE",
        "keras.metrics.mse",
        "keras.objectives.mean_squared_error",
        "tensorflow.losses.mse",
    ],
    "keras.optimizers.Adam": [
        "keras.optimizers.adam_v2.Adam",
        "tensorflow.keras.optimizers.experimental.Adam",
        "keras.src.optimizers.adam.Adam",
        "tensorflow.optimizers.Adam",
    ],
    "keras.optimizers.legacy.Adam": ["tensorflow.keras.optimizers.legacy.Adam"],
    "keras.utils.to_categorical": ["keras.utils.np_utils.to_categorical"],
    "keras.utils.plot_model": ["keras.utils.vis_utils.plot_model", "keras.utils.visualize_util.plot"],
    "keras.utils.pad_sequences": ["tensorflow.keras.preprocessing.sequence.pad_sequences"],
    "keras.regularizers.L2": ["keras.regularizers.l2"],
    "keras.initializers.GlorotUniform": ["keras.initializers.glorot_uniform"],
    "keras.constraints.MaxNorm": ["keras.constraints.max_norm", "keras.constraints.maxnorm"],
    "keras.applications.VGG16": ["keras.applications.vgg16.VGG16"],
    "keras.ops.relu": ["keras.ops.nn.relu", "keras.src.ops.nn.relu"],
    "keras.layers.concatenate": ["keras.layers.merge.concatenate"],
    "keras.preprocessing.image.ImageDataGenerator": [
        "tensorflow.keras.preprocessing.image.ImageDataGenerator",
        "keras.src.legacy.preprocessing.image.ImageDataGenerator",
    ],
    "keras.backend.image_data_format": [
        "keras.config.image_data_format",
        "keras.src.backend.image_data_format",
    ],
    "keras.models.Functional": [
        "keras.src.models.functional.Functional",
        "keras.engine.functional.Functional",
        "tensorflow.python.keras.engine.functional.Functional",
    ],
    "keras.Model.fit": ["tensorflow.keras.models.Model.fit", "keras.engine.training.Model.fit"],
    "keras.layers": ["tensorflow.keras.layers", "keras.src.layers", "tf_keras.layers"],
    "keras": ["tensorflow.keras", "tf_keras", "tensorflow.python.keras", "keras"],
}
ONE_NAME = [(path, name) for name, paths in SPELLINGS.items() for path in (name, *paths)]


@pytest.mark.parametrize("target", ["keras2", "keras3"])
@pytest.mark.parametrize(("path", "name"), ONE_NAME, ids=[path for path, _ in ONE_NAME])
def test_every_spelling_has_one_canonical_name(path: str, name: str, target: str) -> None:
    assert names.canonical(path, target) == name


@pytest.mark.parametrize(
    "name",
    [
        "numpy.zeros",
        "torch.nn.Conv2d",
        "tensorflow.nn.relu",
        "tensorflow.losses.sparse_softmax_cross_entropy",
    ],
)
def test_names_outside_keras_come_back_unchanged(name: str) -> None:
    assert names.canonical(name) == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("tensorflow.keras.layers.FooBar", "keras.layers.FooBar"),
        ("keras.src.layers.FooBar", "keras.layers.FooBar"),
        ("keras.layers.AtrousConvolution2D", "keras.layers.AtrousConvolution2D"),
        ("keras.src.layers.merging.foo", "keras.layers.merging.foo"),
        ("keras.layers.local.LocallyConnected1D", "keras.layers.LocallyConnected1D"),
        ("keras.layers.cudnn_recurrent.CuDNNLSTM", "keras.layers.CuDNNLSTM"),
        ("keras.losses.cosine_proximity", "keras.losses.cosine_similarity"),
        ("tf_keras.nothing.at_all", "keras.nothing.at_all"),
        ("kerastuner.Tuner", "kerastuner.Tuner"),
        ("keras_hub.models.Backbone", "keras_hub.models.Backbone"),
    ],
)
def test_what_this_version_lacks_keeps_its_name_under_the_normal_prefix(path: str, name: str) -> None:
    assert names.canonical(path) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("keras.layers.Dense", "class"),
        ("keras.layers.add", "function"),
        ("keras.layers", "module"),
        ("keras.layers.FooBar", None),
        ("keras.__version__", "constant"),
        ("numpy.zeros", None),
    ],
)
def test_kind_tells_classes_functions_and_modules_apart(name: str, kind: str | None) -> None:
    assert names.kind(name) == kind


def test_modules_are_those_that_can_be_imported() -> None:
    assert {
        "keras",
        "keras.layers",
        "keras.applications.vgg16",
        "keras.optimizers.schedules",
    } <= names.modules()
    assert "keras.layers.core" not in names.modules()
    assert "keras.ops" not in names.modules("keras2")


def test_members_give_what_a_star_import_binds() -> None:
    layers = names.members("keras.layers")
    assert layers["MaxPool2D"] == "keras.layers.MaxPooling2D"
    assert layers["Input"] == "keras.Input"
    assert names.members("keras")["layers"] == "keras.layers"
    assert names.members("keras.no_such_module") == {}


def test_bases_run_up_to_the_root_of_their_kind() -> None:
    assert names.bases("keras.layers.Conv2D")[:2] == ("keras.layers.BaseConv", "keras.layers.Layer")
    assert names.is_subclass("keras.Sequential", "keras.Model")
    assert names.is_subclass("keras.layers.Dense", "keras.layers.Dense")
    assert not names.is_subclass("keras.layers.Dense", "keras.Model")
    assert names.bases("numpy.ndarray") == ()


@pytest.mark.parametrize("target", ["keras2", "keras3"])
@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("keras.layers.Dense", "layer"),
        ("keras.Model", "model"),
        ("keras.Sequential", "model"),
        ("keras.optimizers.Adam", "optimizer"),
        ("keras.optimizers.schedules.ExponentialDecay", "schedule"),
        ("keras.losses.BinaryCrossentropy", "loss"),
        ("keras.losses.mean_squared_error", "loss"),
        ("keras.metrics.AUC", "metric"),
        ("keras.callbacks.EarlyStopping", "callback"),
        ("keras.initializers.HeNormal", "initializer"),
        ("keras.regularizers.L2", "regularizer"),
        ("keras.constraints.MaxNorm", "constraint"),
        ("keras.activations.relu", "activation"),
        ("keras.applications.VGG16", "application"),
        ("keras.applications.vgg16.preprocess_input", "preprocessing"),
        ("keras.datasets.mnist.load_data", "dataset"),
        ("keras.utils.to_categorical", "utils"),
        ("keras.losses.get", "utils"),
        ("keras.backend.clear_session", "backend"),
        ("keras.preprocessing.image.ImageDataGenerator", "preprocessing"),
        ("numpy.zeros", None),
    ],
)
def test_category_follows_the_bases_then_the_module(name: str, category: str | None, target: str) -> None:
    assert names.category(name, target) == category


def test_an_old_metric_is_a_metric_although_keras_2_derives_it_from_layer() -> None:
    assert "keras.layers.Layer" in names.bases("keras.metrics.Mean", "keras2")
    assert names.category("keras.metrics.Mean", "keras2") == "metric"


@pytest.mark.parametrize(
    ("category", "text", "name"),
    [
        ("loss", "mse", "keras.losses.mean_squared_error"),
        ("loss", "CategoricalCrossentropy", "keras.losses.CategoricalCrossentropy"),
        ("loss", "huber_loss", None),
        ("optimizer", "ADAM", "keras.optimizers.Adam"),
        ("activation", "swish", "keras.activations.silu"),
        ("activation", "Relu", None),
        ("initializer", "xavier", None),
        ("initializer", "he_normal", "keras.initializers.HeNormal"),
        ("metric", "rmse", None),
        ("metric", "AUC", "keras.metrics.AUC"),
        ("regularizer", "l2", "keras.regularizers.L2"),
        ("no_such_category", "l2", None),
    ],
)
def test_aliases_are_those_that_get_takes(category: str, text: str, name: str | None) -> None:
    assert names.alias(category, text) == name


@pytest.mark.parametrize(
    ("path", "target", "expected"),
    [
        ("keras.losses.mse", "keras3", False),
        ("tensorflow.keras.losses.mse", "keras3", True),
        ("keras.losses.mean_squared_error", "keras3", True),
        ("keras.layers.core", "keras3", False),
        ("keras.layers.core.Dense", "keras3", False),
        ("keras.utils.np_utils", "keras3", False),
        ("keras.preprocessing.image.ImageDataGenerator", "keras3", False),
        ("tensorflow.keras.preprocessing.image.ImageDataGenerator", "keras3", True),
        ("keras.layers.CuDNNLSTM", "keras3", False),
        ("keras.layers", "keras3", True),
        ("tensorflow.keras", "keras3", True),
        ("keras.src.layers", "keras3", None),
        ("keras.engine.topology", "keras3", False),
        ("tensorflow.python.keras.layers", "keras3", None),
        ("keras.layers.core.Dense", "keras2", None),
        ("keras.losses.mse", "keras2", True),
        ("keras.Model.fit", "keras3", True),
        ("keras.Model.trainable_weights", "keras3", True),
        ("keras.losses.Reduction.SUM", "keras3", None),
        ("keras.__version__", "keras3", True),
        ("keras.layers.add.__name__", "keras3", None),
        ("tensorflow.keras.initializers.normal", "keras3", False),
        ("numpy.zeros", "keras3", None),
    ],
)
def test_exists_judges_the_path_as_spelled(path: str, target: str, expected: bool | None) -> None:
    assert names.exists(path, target) is expected


def test_properties_include_inherited_ones() -> None:
    assert {"trainable_weights", "path"} <= names.properties("keras.layers.Dense")
    assert names.properties("numpy.ndarray") == frozenset()


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(ValueError, match="keras9"):
        names.canonical("keras.layers.Dense", "keras9")


def test_the_private_backend_of_keras_3_is_not_the_public_one() -> None:
    assert names.canonical("keras.src.backend") == "keras.src.backend"
    assert names.canonical("keras.src.backend.numpy.repeat") == "keras.src.backend.numpy.repeat"
    assert names.canonical("keras.src.backend.numpy.repeat", "keras2") == "keras.backend.repeat"
