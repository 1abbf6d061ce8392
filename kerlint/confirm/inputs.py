"""Something to feed a model with when the program gives nothing: arrays that fit its inputs."""

from __future__ import annotations

from typing import Any

BATCH, FREE = 2, 16
"""Extents that stand for a batch and for other free axes."""


def inputs_of(model: Any, samples: int = BATCH, seed: int = 0) -> Any | None:
    """Random arrays in the structure of a model's inputs; None where nothing says what it takes."""
    named = getattr(model, "_inputs_struct", None)
    if isinstance(named, dict):
        return {key: array_like(spec, samples, seed, model) for key, spec in named.items()}
    specs = _specs(model)
    if specs is None:
        return None
    made = [array_like(spec, samples, seed + index, model) for index, spec in enumerate(specs)]
    return made[0] if len(made) == 1 else made


def _specs(model: Any) -> list[Any] | None:
    try:
        found = model.inputs
    except (AttributeError, ValueError):
        return None
    return list(found) or None if isinstance(found, list | tuple) else None


def array_like(spec: Any, samples: int, seed: int, model: Any = None) -> Any:
    """A random array of a symbolic tensor's shape and dtype; free axes get a few places."""
    import numpy as np

    shape = [int(dim) if dim is not None else FREE for dim in tuple(spec.shape)]
    if shape and next(iter(spec.shape)) is None:
        shape[0] = samples
    dtype = str(getattr(spec.dtype, "name", spec.dtype))
    random = np.random.default_rng(seed)
    if dtype == "string":
        return np.full(shape, "word", dtype=object)
    highest = _vocabulary(model)
    if highest is not None or not dtype.startswith(("float", "bfloat", "complex")):
        return random.integers(0, highest or 2, shape).astype("int32" if dtype.startswith("float") else dtype)
    return random.normal(size=shape).astype("float32")


def _vocabulary(model: Any) -> int | None:
    """The smallest number of rows of the embeddings that a model looks its inputs up in."""
    from kerlint.confirm.recording import layers_of

    rows = [
        layer.input_dim for layer in layers_of(model) if isinstance(getattr(layer, "input_dim", None), int)
    ]
    return min(rows) if rows else None
