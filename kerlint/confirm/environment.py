"""What kerlint's own process knows of TensorFlow without importing it: is it there, and in what surroundings."""

from __future__ import annotations

import os
from importlib.util import find_spec

from kerlint.problems import Problem

PACKAGES = {"keras2": "tf_keras", "keras3": "keras"}
"""The package that is the Keras of a target."""
_KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
"""Variables that a child sees; all others may hold secrets."""
_THREADS = "2"
_SET = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "MPLBACKEND": "agg",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONHASHSEED": "0",
    # Threads reserve address space, which is limited, on a machine of many processors most of it.
    "MALLOC_ARENA_MAX": "4",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": _THREADS,
    "TF_NUM_INTRAOP_THREADS": _THREADS,
    "TF_NUM_INTEROP_THREADS": _THREADS,
}


def missing(package: str) -> list[str]:
    """What is not installed of TensorFlow and a Keras package."""
    return [name for name in ("tensorflow", package) if find_spec(name) is None]


def keras_for(target: str, option: str) -> str:
    """The package that is the Keras of a target. Raises Problem where it, or TensorFlow, is not installed."""
    package = PACKAGES[target]
    lacking = missing(package)
    if lacking:
        extra = "pip install 'kerlint[confirm]'" if package == "keras" else f"pip install {' '.join(lacking)}"
        raise Problem(f"{option} needs {' and '.join(lacking)}, not installed", remedy=extra)
    return package


def require_tensorflow() -> None:
    """Raises Problem when there is no TensorFlow, or no Keras, to confirm with."""
    lacking = missing("keras")
    if lacking and missing("tf_keras"):
        words = f"--confirm needs {' and '.join(lacking)}, not installed"
        raise Problem(words, remedy="pip install 'kerlint[confirm]'")


def environment(package: str, folder: str) -> dict[str, str]:
    """The environment of a process that runs users' code, whose home is `folder`."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    legacy = {"TF_USE_LEGACY_KERAS": "1"} if package == "tf_keras" else {}
    return kept | _SET | legacy | {"HOME": folder, "KERAS_HOME": folder, "TMPDIR": folder}
