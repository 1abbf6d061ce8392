"""The API snapshots say what the installed keras and tf_keras say."""

from __future__ import annotations

import importlib
import inspect
import os
import random
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kerlint.keras_api import names, signatures
from kerlint.keras_api.snapshot import load

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
pytestmark = pytest.mark.oracle

ROOTS = {"keras3": ("keras", "keras._tf_keras.keras"), "keras2": ("tf_keras", "tf_keras.api._v1.keras")}
TARGETS = sorted(ROOTS)
TWO_OBJECTS = {("keras3", "keras.layers.AlphaDropout")}
"""`tf.keras.layers.AlphaDropout` is a class of its own in Keras 3.15; kerlint takes the two for one."""
TAKEN_BEFORE = {"mesh"}
"""What a decorator of Keras 2's constructors takes out of the keywords, unseen by `inspect.signature`."""
CATEGORIES = ("activation", "constraint", "initializer", "loss", "metric", "optimizer", "regularizer")
MODULES = ("losses", "metrics", "optimizers", "callbacks", "layers")

ARGUMENTS: dict[str, Any] = {
    **dict.fromkeys(("units", "filters", "output_dim", "height", "width"), 4),
    **dict.fromkeys(("n", "num_heads", "key_dim", "head_dim", "num_query_heads", "num_key_value_heads"), 2),
    **dict.fromkeys(("pool_size", "output_size", "max_number"), 2),
    **dict.fromkeys(("kernel_size", "num_bins", "num_classes", "num_tokens", "input_dim"), 3),
    **dict.fromkeys(("recall", "precision", "sensitivity", "specificity", "rate"), 0.5),
    **dict.fromkeys(("stddev", "factor", "height_factor", "width_factor", "learning_rate"), 0.1),
    **dict.fromkeys(("initial_learning_rate", "decay_rate"), 0.1),
    **dict.fromkeys(("decay_steps", "first_decay_steps"), 10),
    **dict.fromkeys(("fn", "function", "schedule"), abs),
    "dims": (1,),
    "axes": 1,
    "target_shape": (2, 2),
    "output_shape": 4,
    "equation": "ab,bc->ac",
    "activation": "relu",
    "filepath": "x.keras",
    "filename": "x.csv",
    "backup_dir": "x",
    "monitor": "val_loss",
    "scale": 2.0,
    "boundaries": [1],
    "values": [0.1, 0.2],
    "target_class_ids": (0,),
}
"""Values for required parameters; a class that asks for another one is not probed."""
PROBES = {
    "bogus": 1,
    "name": "x",
    "dtype": "float32",
    "trainable": True,
    "activity_regularizer": None,
    "autocast": True,
    "input_shape": (3,),
    "input_dim": 3,
    "input_length": 3,
    "batch_input_shape": (2, 3),
    "batch_size": 2,
    "weights": None,
    "dynamic": False,
    "implementation": 1,
    "time_major": False,
    "alpha": 0.2,
    "lr": 0.1,
    "decay": 0.0,
    "clipnorm": 1.0,
    "jit_compile": False,
    "period": 1,
    "epsilon": 0.1,
    "border_mode": "same",
    "nb_filter": 3,
}
REFUSALS = (
    "unexpected keyword",
    "nrecognized keyword",
    "not recognized",
    "not understood",
    "not a valid argument",
    "is deprecated in the new",
    "multiple values for",
    "nrecognized argument",
    "takes no arguments",
)


@cache
def root(target: str, which: int) -> Any:
    return importlib.import_module(ROOTS[target][which])


def live(target: str, path: str) -> Any:
    """The object at a `keras.` path, in the package or else in its second API; or one of TensorFlow's."""
    for which in (0, 1):
        found = (
            importlib.import_module("tensorflow") if path.startswith("tensorflow.") else root(target, which)
        )
        for part in path.split(".")[1:]:
            found = getattr(found, part, None)
        if found is not None:
            return found
    raise AttributeError(path)


def public_paths(target: str) -> Iterator[tuple[str, str]]:
    snapshot = load(target)
    for module in snapshot.tables.modules:
        for name, canonical in snapshot.members(module).items():
            if not snapshot.is_module(canonical):
                yield f"{module}.{name}", canonical


def public_classes(target: str) -> Iterator[tuple[str, type]]:
    for path, canonical in public_paths(target):
        if path == canonical and canonical in load(target).classes:
            yield canonical, live(target, path)


def test_the_committed_snapshots_are_fresh() -> None:
    script = Path(__file__).parents[2] / "scripts" / "snapshot_keras.py"
    command = [sys.executable, str(script), "--check"]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout + run.stderr[-2000:]


@pytest.mark.parametrize("target", TARGETS)
def test_every_public_path_and_its_canonical_name_are_the_same_object(target: str) -> None:
    differing = [
        (path, canonical)
        for path, canonical in public_paths(target)
        if live(target, path) is not live(target, canonical)
    ]
    assert differing == []


@pytest.mark.parametrize("target", TARGETS)
def test_two_paths_share_a_name_exactly_when_they_share_an_object(target: str) -> None:
    paths = [(path, name) for path, name in public_paths(target) if ".legacy." not in path]
    pick = random.Random(0)
    near = {name: [path for path, other in paths if other == name] for name in {name for _, name in paths}}
    pairs = [(pick.choice(paths), pick.choice(paths)) for _ in range(20_000)]
    pairs += [((path, name), (pick.choice(near[name]), name)) for path, name in paths]
    for (left, left_name), (right, right_name) in pairs:
        same_object = live(target, left) is live(target, right)
        assert same_object == (left_name == right_name), (left, right)


@pytest.mark.parametrize("prefix", ["tensorflow.keras", "keras"])
def test_exists_agrees_with_the_attributes_of_both_spellings(prefix: str) -> None:
    package = root("keras3", 1 if prefix == "tensorflow.keras" else 0)
    for path, _ in public_paths("keras3"):
        found: Any = package
        for part in path.split(".")[1:]:
            found = getattr(found, part, None)
        spelled = prefix + path.removeprefix("keras")
        assert names.exists(spelled) == (found is not None), spelled


@pytest.mark.parametrize("target", TARGETS)
def test_a_path_inside_the_package_finds_the_public_name_of_its_object(target: str) -> None:
    package = ROOTS[target][0]
    for canonical, cls in public_classes(target):
        if cls.__module__.startswith(f"{package}.src") and ".legacy." not in canonical:
            inside = f"{cls.__module__}.{cls.__qualname__}"
            if getattr(importlib.import_module(cls.__module__), cls.__qualname__, None) is cls:
                assert names.canonical(inside, target) == canonical


def test_keras_2_takes_a_mesh_that_no_signature_shows() -> None:
    metric = importlib.import_module("tf_keras").metrics.AUC
    assert "mesh" not in inspect.signature(metric).parameters
    assert metric(mesh=None).name == "auc"
    found = signatures.signature("keras.metrics.AUC", "keras2")
    assert found is not None and "mesh" in [parameter.name for parameter in found.parameters]


@pytest.mark.parametrize("target", TARGETS)
def test_constructors_have_the_parameters_that_python_sees(target: str) -> None:
    checked = 0
    for canonical, cls in public_classes(target):
        found = signatures.signature(canonical, target)
        assert found is not None
        constructor: Any = inspect.getattr_static(cls, "__init__")
        parameters = list(inspect.signature(constructor).parameters.values())[1:]
        if constructor is object.__init__ or canonical == "keras.Model":
            continue
        if any(p.kind is p.VAR_POSITIONAL for p in parameters):
            continue
        own = [p for p in parameters if p.kind is not p.VAR_KEYWORD]
        assert found.parameters[: len(own)] == tuple(expected(p) for p in own), canonical
        if len(own) == len(parameters):
            unseen = TAKEN_BEFORE - {parameter.name for parameter in own}
            assert len([one for one in found.parameters if one.name not in unseen]) == len(own), canonical
            assert not found.accepts_kwargs
        checked += canonical.split(".")[1] in MODULES
    assert checked > 200


def expected(parameter: inspect.Parameter) -> signatures.Parameter:
    has_default = parameter.default is not parameter.empty
    keyword_only = parameter.kind is parameter.KEYWORD_ONLY
    kind = signatures.KEYWORD_ONLY if keyword_only else signatures.POSITIONAL_OR_KEYWORD
    return signatures.Parameter(
        parameter.name, kind, Plain(parameter.default) if has_default else None, has_default
    )


class Plain:
    """Equal to a default as the snapshot has it: the value, or OBJECT for what is not plain data."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, signatures.OBJECT) or (
            self.value == other and type(self.value) is type(other)
        )

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return repr(self.value)


def required_arguments(target: str, found: signatures.Signature) -> dict[str, Any] | None:
    """A value for each required parameter; layers and cells are made anew."""
    made: dict[str, Callable[[], object]] = {
        "layer": lambda: live(target, "keras.layers.LSTM")(2),
        "cell": lambda: live(target, "keras.layers.LSTMCell")(2),
        "cells": lambda: [live(target, "keras.layers.LSTMCell")(2)],
        "inner_optimizer": lambda: live(target, "keras.optimizers.SGD")(),
    }
    if any(name not in made and name not in ARGUMENTS for name in found.required):
        return None
    return {name: made[name]() if name in made else ARGUMENTS[name] for name in found.required}


def construct(cls: type, arguments: dict[str, Any]) -> str | None:
    """None when the constructor took the keywords, `other` when it raised for other reasons, else the refusal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            cls(**arguments)
        except (
            TypeError,
            ValueError,
            ImportError,
            AttributeError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            text = str(error)
            return text if any(words in text for words in REFUSALS) else "other"
    return None


@pytest.mark.parametrize("target", TARGETS)
def test_keras_refuses_exactly_the_keywords_that_the_signature_lacks(target: str) -> None:
    wrong: list[tuple[str, str, bool, str | None]] = []
    probed = 0
    for canonical, cls in public_classes(target):
        found = signatures.signature(canonical, target)
        assert found is not None
        arguments = required_arguments(target, found)
        if ".legacy." in canonical or arguments is None or construct(cls, arguments) is not None:
            continue
        for name, value in PROBES.items():
            if name in arguments:
                continue
            verdict = construct(cls, (required_arguments(target, found) or {}) | {name: value})
            takes = name in found.keywords or found.accepts_kwargs
            probed += verdict != "other"
            if verdict != "other" and takes == bool(verdict):
                wrong.append((canonical, name, takes, verdict))
    assert wrong == []
    assert probed > 5000


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("category", CATEGORIES)
def test_every_alias_is_what_get_makes_of_it(category: str, target: str) -> None:
    plural = {"loss": "losses"}.get(category, f"{category}s")
    module = live(target, f"keras.{plural}")
    table = names.aliases(category, target)
    assert table
    for alias, canonical in table.items():
        found = module.get(alias)
        item = found if inspect.isfunction(found) or inspect.isclass(found) else type(found)
        assert item is live(target, canonical), alias


@pytest.mark.parametrize("target", TARGETS)
def test_methods_and_properties_are_those_of_the_class(target: str) -> None:
    for canonical, cls in public_classes(target):
        public = {name for name in dir(cls) if not name.startswith("_")}
        known = set(signatures.methods(canonical, target)) - {"__call__"}
        assert known <= public, canonical
        functions = {name for name in public if inspect.isfunction(inspect.getattr_static(cls, name))}
        assert functions <= known, canonical
        properties = {name for name in public if isinstance(inspect.getattr_static(cls, name), property)}
        assert properties == names.properties(canonical, target), canonical


@pytest.mark.parametrize("target", TARGETS)
def test_methods_have_the_parameters_that_python_sees(target: str) -> None:
    for canonical, cls in public_classes(target):
        for name in signatures.methods(canonical, target):
            found = signatures.method(canonical, name, target)
            assert found is not None
            static = isinstance(inspect.getattr_static(cls, name), staticmethod)
            item = inspect.unwrap(getattr(getattr(cls, name), "__func__", getattr(cls, name)))
            parameters = list(inspect.signature(item).parameters.values())[not static :]
            named = [p.name for p in parameters if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)]
            if all(p.kind is not p.VAR_POSITIONAL for p in parameters):
                assert [p.name for p in found.parameters[: len(named)]] == named, (canonical, name)


@pytest.mark.parametrize("target", TARGETS)
def test_bases_are_the_real_ones(target: str) -> None:
    for canonical, cls in public_classes(target):
        for base in names.bases(canonical, target):
            if base not in load(target).hidden:
                assert issubclass(cls, live(target, base)), (canonical, base)
