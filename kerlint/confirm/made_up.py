"""Data for models whose own data nobody knows: inputs that fit the layers, targets that fit outputs and loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kerlint.confirm.inputs import inputs_of

_LABELS = ("sparse", "categorical", "binary", "hinge")


def example_for(model: Any, loss: Any) -> tuple[Any, Any] | None:
    """(x, y) for one step of a model; None where nothing says what it takes."""
    x = inputs_of(model)
    if x is None:
        return None
    y = model(x)
    if isinstance(y, dict):
        return x, {key: target_for(value, _of(loss, key, 0)) for key, value in y.items()}
    if isinstance(y, list | tuple):
        return x, [target_for(value, _of(loss, None, index)) for index, value in enumerate(y)]
    return x, target_for(y, loss)


def completed(given: Mapping[str, Any], made: tuple[Any, Any]) -> dict[str, Any]:
    """The x and y of a training: an array that the program has, with as many made ones beside it; else both made."""
    import numpy as np

    x, y = made
    if "y" not in given:
        return {"x": x}
    if isinstance(given["y"], np.ndarray) and given["y"].ndim:
        return {"x": _repeated(x, len(given["y"])), "y": given["y"]}
    if isinstance(given.get("x"), np.ndarray) and given["x"].ndim:
        return {"x": given["x"], "y": _repeated(y, len(given["x"]))}
    return {"x": x, "y": y}


def _repeated(data: Any, count: int) -> Any:
    """Made samples over and over, up to a count."""
    import numpy as np

    if isinstance(data, dict):
        return {key: _repeated(value, count) for key, value in data.items()}
    if isinstance(data, list):
        return [_repeated(value, count) for value in data]
    return np.resize(data, (count, *data.shape[1:]))


def _of(loss: Any, key: str | None, index: int) -> Any:
    if isinstance(loss, dict):
        return loss.get(key)
    if isinstance(loss, list | tuple):
        return loss[index] if index < len(loss) else None
    return loss


def target_for(output: Any, loss: Any) -> Any:
    """Targets in the encoding that a loss asks for, the last class among them."""
    import numpy as np

    shape = tuple(int(dim) for dim in output.shape)
    words = str(getattr(loss, "name", None) or getattr(loss, "__name__", None) or loss).lower()
    if "sparse" in words and shape:
        return np.resize(np.arange(shape[-1])[::-1], shape[:-1]).astype("int32")
    if "categorical" in words and shape:
        codes = np.resize(np.arange(shape[-1])[::-1], shape[:-1])
        return np.eye(shape[-1], dtype="float32")[codes]
    if any(word in words for word in _LABELS):
        return (np.arange(int(np.prod(shape))) % 2).reshape(shape).astype("float32")
    return np.random.default_rng(1).normal(size=shape).astype("float32")
