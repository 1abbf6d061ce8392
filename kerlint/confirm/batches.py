"""One batch of what a training is given, and predictions for as many samples as were asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

BATCH, MOST_BATCH, FEWEST = 32, 256, 2
MOST_NUMBERS = 1_000_000
"""In one batch of one array."""


def first_batch(given: dict[str, Any], steps: str = "steps_per_epoch") -> dict[str, Any]:
    """The arguments with one batch of the data: arrays are cut, pipelines and generators are stopped."""
    x, y = given.get("x"), given.get("y")
    size = given.get("batch_size") or BATCH
    rows = _rows(x, y, size) if isinstance(size, int) and size > 0 else None
    if rows is not None:
        for name in ("x", "y", "sample_weight"):
            if given.get(name) is not None:
                given[name] = _taken(given[name], rows)
        if steps in given:
            given[steps] = 1
    elif given.get(steps) is not None or _is_stream(x):
        given[steps] = 1
    if given.get("validation_data") is not None and steps == "steps_per_epoch":
        given["validation_steps"] = 1
    return given


def _is_stream(x: Any) -> bool:
    """Whether data comes batch by batch, perhaps without end."""
    return not hasattr(x, "shape") and not isinstance(x, Mapping | Sequence) and hasattr(x, "__iter__")


def _rows(x: Any, y: Any, size: int) -> Any | None:
    """The rows of one batch, those of the extreme labels among them; None where x and y do not go together."""
    import numpy as np

    leaves = _leaves(x) + _leaves(y)
    if not all(isinstance(leaf, np.ndarray) for leaf in leaves):
        return None
    lengths = {len(leaf) for leaf in leaves}
    if len(lengths) != 1:
        return None
    count = lengths.pop()
    heaviest = max(leaf.size // max(count, 1) for leaf in leaves)
    size = min(size, max(FEWEST, MOST_NUMBERS // max(heaviest, 1)))
    if count <= size:
        return None
    first: list[int] = []
    for leaf in _leaves(y):
        if leaf.size == count and leaf.dtype.kind in "iufb":
            first += [int(leaf.argmax()), int(leaf.argmin())]
    return list(dict.fromkeys([*first, *range(min(count, min(size, MOST_BATCH) + len(first)))]))[:size]


def _leaves(data: Any) -> list[Any]:
    if data is None:
        return []
    if isinstance(data, Mapping):
        return [leaf for value in data.values() for leaf in _leaves(value)]
    if isinstance(data, list | tuple):
        return [leaf for value in data for leaf in (_leaves(value) if hasattr(value, "shape") else [value])]
    return [data] if hasattr(data, "__len__") and getattr(data, "ndim", True) else []


def _taken(data: Any, rows: Any) -> Any:
    if isinstance(data, Mapping):
        return {key: _taken(value, rows) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return type(data)(_taken(value, rows) for value in data)
    return data[rows]


def guessed(model: Any, x: Any) -> Any:
    """Zeros in the shape of a prediction; None where it is not known."""
    import numpy as np

    shape = getattr(model, "output_shape", None)
    if not isinstance(shape, tuple) or not all(isinstance(dim, int | None) for dim in shape):
        return None
    count = len(x) if isinstance(x, np.ndarray | list) else BATCH
    return np.zeros((count, *(dim or 1 for dim in shape[1:])), "float32")


def as_many(result: Any, x: Any) -> Any:
    """A prediction for as many samples as were asked for, though few were computed."""
    import numpy as np

    if isinstance(result, np.ndarray) and hasattr(x, "shape") and result.ndim and len(x) > len(result) > 0:
        return np.resize(result, (len(x), *result.shape[1:]))
    return result
