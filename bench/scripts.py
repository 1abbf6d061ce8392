"""Classic example scripts, run as they are without training: what models have they made by then?

A script of Keras's first years says `import keras`; here that is tf_keras, its data sets are rows of zeros,
nothing is downloaded, training and saving do nothing, and a prediction ends the run.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

ROWS = 16
_MNIST_ROWS = (60_000, 10_000)
_TRAINING = ("fit", "fit_generator", "train_on_batch", "evaluate", "save", "save_weights")
_ENDING = ("predict", "predict_on_batch")
_PICTURES = {"mnist": (28, 28), "fashion_mnist": (28, 28), "cifar10": (32, 32, 3), "cifar100": (32, 32, 3)}


class Ends(Exception):
    """The script needs what only a trained model or a download gives."""


def namespace_of(file: str) -> dict[str, Any]:
    """The global names of a script (a path below an entry of `sys.path`) when it ends or fails."""
    path = next(found for entry in sys.path if (found := Path(entry) / file).is_file())
    _stand_in()
    names: dict[str, Any] = {"__name__": "__main__", "__file__": str(path)}
    sys.argv = [str(path)]
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
    except Exception as error:
        print(f"{file} ends: {type(error).__name__}: {error}", file=sys.stderr)
    return names


def _stand_in() -> None:
    """Put tf_keras in Keras's place, with what would download or train taken out."""
    import tf_keras

    def ends(*given: Any, **options: Any) -> None:
        raise Ends

    tf_keras.backend.set_image_data_format("channels_last")
    for name in (*_TRAINING, *_ENDING):
        setattr(tf_keras.Model, name, ends if name in _ENDING else MagicMock())
    tf_keras.Model.load_weights = lambda *given, **options: None
    tf_keras.utils.get_file = ends
    tf_keras.utils.plot_model = lambda *given, **options: None
    for name in (*_PICTURES, "imdb", "reuters"):
        getattr(tf_keras.datasets, name).load_data = _rows_of(name)
    _alias("keras", tf_keras, depth=3)
    if "matplotlib" not in sys.modules and find_spec("matplotlib") is None:
        sys.modules["matplotlib"] = sys.modules["matplotlib.pyplot"] = MagicMock()


def _rows_of(name: str) -> Any:
    rows = _MNIST_ROWS if name == "mnist" else (ROWS, ROWS)

    def load_data(*given: Any, **options: Any) -> Any:
        return tuple(_part(name, count) for count in rows)

    return load_data


def _part(name: str, rows: int) -> Any:
    """One half of a data set; its labels reach the highest class."""
    import numpy as np

    if name in _PICTURES:
        labels = np.arange(rows) % 10
        return np.zeros((rows, *_PICTURES[name]), "uint8"), (
            labels.reshape(-1, 1) if name.startswith("cifar") else labels
        )
    labels = np.zeros(rows, "int64")
    labels[-1] = 1 if name == "imdb" else 45
    return np.array([[1, 2, 3]] * (rows - 1) + [[1, 2]], dtype=object), labels


def _alias(dotted: str, module: ModuleType, depth: int) -> None:
    sys.modules[dotted] = module
    for name, value in vars(module).items():
        if depth and isinstance(value, ModuleType) and not name.startswith("_"):
            _alias(f"{dotted}.{name}", value, depth - 1)
