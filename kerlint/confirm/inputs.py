"""Something to feed a model with when the program gives nothing: arrays that fit its inputs."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from kerlint.confirm.recording import layers_of

BATCH, FREE = 2, 16
"""Extents that stand for a batch and for other free axes."""
SIDES = {"1D": (16, 8), "2D": (64, 64, 3), "3D": (16, 16, 16, 1)}
SEQUENCES = ("LSTM", "GRU", "RNN", "Attention", "Masking", "TimeDistributed", "Bidirectional")
PICTURES = ("Random", "Resizing", "Crop", "Rescaling")
SIDE = 64
WORDS, PLAIN = (16,), (16,)
"""Shapes of one sample, by what the first layers' classes are called."""


def inputs_of(model: Any, samples: int = BATCH, seed: int = 0) -> Any | None:
    """Random arrays in the structure of a model's inputs; None where nothing says what it takes."""
    named = getattr(model, "_inputs_struct", None)
    if isinstance(named, dict):
        return {key: array_like(spec, samples, seed, model) for key, spec in named.items()}
    specs = _specs(model)
    if specs is None:
        return guessed_inputs(model, samples=samples, seed=seed)
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
    shape = [int(dim) if dim is not None else FREE for dim in tuple(spec.shape)]
    if shape and next(iter(spec.shape)) is None:
        shape[0] = samples
    return _drawn(shape, str(getattr(spec.dtype, "name", spec.dtype)), seed, model)


def guessed_inputs(
    model: Any, plain: tuple[int, ...] = PLAIN, samples: int = BATCH, seed: int = 0
) -> Any | None:
    """Arrays for a layer or model that nobody built, by the kinds of its layers; None where it takes more."""
    if _required(model) > 1:
        return None
    shape = next(_shapes(model), plain)
    return _drawn([samples, *shape], "float32", seed, model)


def _required(model: Any) -> int:
    """How many arguments `call` must have."""
    try:
        parameters = inspect.signature(model.call).parameters.values()
    except (TypeError, ValueError):
        return 1
    return sum(
        one.default is one.empty and one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)
        for one in parameters
        if one.name not in ("training", "mask")
    )


def _shapes(model: Any) -> Iterator[tuple[int, ...]]:
    """The shape that each layer, in order, would take for itself."""
    for layer in (model, *layers_of(model)):
        name = type(layer).__name__
        declared = getattr(layer, "batch_shape", None) if name == "InputLayer" else None
        if declared is not None:
            yield tuple(SIDE if dim is None and len(declared) > 3 else dim or FREE for dim in declared[1:])
        elif name == "Embedding":
            yield WORDS
        elif any(word in name for word in PICTURES):
            yield SIDES["2D"]
        elif name[-2:] in SIDES or (name.endswith("Transpose") and name[-11:-9] in SIDES):
            side = SIDES[name[-2:] if name[-2:] in SIDES else name[-11:-9]]
            yield side if getattr(layer, "data_format", None) != "channels_first" else (side[-1], *side[:-1])
        elif any(word in name for word in SEQUENCES):
            yield SIDES["1D"]


def _drawn(shape: list[int], dtype: str, seed: int, model: Any) -> Any:
    import numpy as np

    random = np.random.default_rng(seed)
    if dtype == "string":
        return np.full(shape, "word", dtype=object)
    highest = _vocabulary(model)
    if highest is not None or not dtype.startswith(("float", "bfloat", "complex")):
        return random.integers(0, highest or 2, shape).astype("int32" if dtype.startswith("float") else dtype)
    return random.normal(size=shape).astype("float32")


def _vocabulary(model: Any) -> int | None:
    """The smallest number of rows of the embeddings that a model looks its inputs up in."""
    found = [getattr(layer, "input_dim", None) for layer in (model, *layers_of(model))]
    rows = [rows for rows in found if isinstance(rows, int)]
    return min(rows) if rows else None
