"""Programs for Keras 2 run on tf_keras: in this process `keras` and `tensorflow.keras` are its other names."""

from __future__ import annotations

import importlib
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

REAL = "tf_keras"
NAMES = ("keras", "tensorflow.keras", "tensorflow.python.keras")
MOVED = {
    "layers": (
        "advanced_activations convolutional convolutional_recurrent core cudnn_recurrent embeddings local merge "
        "noise normalization pooling recurrent wrappers"
    ),
    "utils": "conv_utils data_utils generic_utils io_utils layer_utils np_utils training_utils vis_utils",
}
"""Modules of stand-alone Keras 2 whose members are those of the package around them now."""


def rename_legacy() -> None:
    """From now on imports of Keras give tf_keras."""
    import tensorflow as tf

    real = importlib.import_module(REAL)
    for name in [name for name in sys.modules if _tail(name) is not None]:
        del sys.modules[name]
    tf.keras = real
    sys.meta_path.insert(0, _Renamed())


def _tail(fullname: str) -> str | None:
    """What follows one of the names of Keras; None for other modules."""
    for name in NAMES:
        if fullname == name or fullname.startswith(f"{name}."):
            return fullname[len(name) :]
    return None


class _Renamed(MetaPathFinder, Loader):
    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """The module of tf_keras that a name of Keras means."""
        tail = _tail(fullname)
        if tail is None:
            return None
        found = _module(tail)
        return None if found is None else ModuleSpec(fullname, self, origin=found.__name__, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module itself, which keeps its own name."""
        tail = _tail(spec.name)
        found = _module(tail or "")
        assert found is not None
        copy = ModuleType(spec.name)
        copy.__dict__.update({name: value for name, value in vars(found).items() if name != "__spec__"})
        return copy

    def exec_module(self, module: ModuleType) -> None:
        """It was run under its own name."""


def _module(tail: str) -> ModuleType | None:
    parts = [part for part in tail.split(".") if part]
    if len(parts) > 1 and parts[-1] in MOVED.get(parts[-2], "").split():
        parts = parts[:-1]
    for dotted in (".".join([REAL, *parts]), ".".join([REAL, "src", *parts])):
        try:
            return importlib.import_module(dotted)
        except ModuleNotFoundError:
            continue
    return None
