"""The strings that Keras's `get()` functions take, found by asking them."""

from __future__ import annotations

import inspect
import re
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from snapshot_surface import Surface

CATEGORIES = {
    "activation": "activations",
    "constraint": "constraints",
    "initializer": "initializers",
    "loss": "losses",
    "metric": "metrics",
    "optimizer": "optimizers",
    "regularizer": "regularizers",
}
SPOKEN = (
    "acc",
    "bce",
    "BCE",
    "cce",
    "ce",
    "cosine_proximity",
    "crossentropy",
    "f1",
    "huber_loss",
    "iou",
    "kld",
    "leaky_relu",
    "relu6",
    "KLD",
    "kl",
    "l1",
    "l1l2",
    "l1_l2",
    "l2",
    "mae",
    "MAE",
    "mape",
    "MAPE",
    "mse",
    "MSE",
    "msle",
    "MSLE",
    "normal",
    "one",
    "precision",
    "recall",
    "rmse",
    "uniform",
    "xavier",
    "zero",
)
"""What people write, whether or not Keras takes it."""
NOT_OBJECTS = ("get", "serialize", "deserialize", "serialize_keras_object", "deserialize_keras_object")
"""Functions that Keras 2 finds because it looks a string up among all names of the module."""


def aliases(surface: Surface) -> dict[str, dict[str, str]]:
    """Category to canonical name to its strings, separated by spaces."""
    table: dict[str, dict[str, str]] = {}
    for category, module in CATEGORIES.items():
        found: dict[str, list[str]] = {}
        for word in sorted(_candidates(surface, module)):
            canonical = resolve(surface, surface.paths[f"keras.{module}"], word)
            if canonical is not None and word not in NOT_OBJECTS:
                found.setdefault(canonical, []).append(word)
        table[category] = {name: " ".join(_folded(category, words)) for name, words in sorted(found.items())}
    return table


def _folded(category: str, words: Iterable[str]) -> list[str]:
    """Optimizers are looked up in lower case: one spelling is enough."""
    return sorted({word.lower() for word in words}) if category == "optimizer" else sorted(words)


def _candidates(surface: Surface, module: str) -> set[str]:
    package = surface.paths[f"keras.{module}"]
    source = inspect.getmodule(package.get)
    known: Mapping[str, Any] = getattr(source, "ALL_OBJECTS_DICT", {})
    names = {*SPOKEN, *vars(source), *vars(package), *(key for key in known if isinstance(key, str))}
    names |= {path.rpartition(".")[2] for path in surface.paths if path.startswith(f"keras.{module}.")}
    names |= {path.rpartition(".")[2] for path in surface.paths if path.startswith("keras.layers.")}
    names = {name for name in names if not name.startswith("_")}
    return names | {_snake(name) for name in names} | {name.lower() for name in names}


def _snake(name: str) -> str:
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", name)).lower()


def resolve(surface: Surface, module: Any, word: str) -> str | None:
    """The canonical name of what `module.get(word)` gives, or None when Keras refuses the word."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = module.get(word)
        except (ValueError, TypeError, KeyError, AttributeError, NotImplementedError, ImportError):
            return None
    if found is None:
        return None
    item = found if inspect.isfunction(found) or inspect.isclass(found) else type(found)
    return surface.names.get(id(item)) or _of_tensorflow(item)


def _of_tensorflow(item: Any) -> str | None:
    """The name of a function of `tf.nn`, a few of which Keras 2 finds by their names."""
    from tensorflow import nn

    name = getattr(item, "__name__", "")
    return f"tensorflow.nn.{name}" if getattr(nn, name, None) is item else None
