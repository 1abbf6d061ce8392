"""Arrays and pipelines as the parent describes them: shape, dtype, range, labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COUNT, FREE = 64, 16
"""Extents where nobody knows: of samples, and of other axes."""
LARGE = 1 << 22
"""Elements from which on the samples of an array overlap in memory."""

Spec = Mapping[str, Any]


def made(spec: Any, seed: int = 0) -> Any:
    """What a description describes: an array, a tuple or dict of such, a pipeline."""
    if spec is None:
        return None
    if spec["kind"] == "tuple":
        return tuple(made(item, seed + index) for index, item in enumerate(spec["items"]))
    if spec["kind"] == "dict":
        return {key: made(item, seed + index) for index, (key, item) in enumerate(spec["items"].items())}
    if spec["kind"] == "pipeline":
        return pipeline(spec, seed)
    if spec["kind"] == "value":
        return spec["value"]
    return array(spec, seed)


def array(spec: Spec, seed: int = 0) -> Any:
    """An array; a list of numbers where the program has one."""
    values = _labels(spec) if spec.get("labels") else _numbers(spec, seed)
    return values.tolist() if spec.get("list") else values


def pipeline(spec: Spec, seed: int) -> Any:
    """A `tf.data.Dataset` of few elements."""
    import tensorflow as tf

    element = made(spec["element"], seed)
    if spec.get("batched"):
        return tf.data.Dataset.from_tensors(element).repeat(int(spec.get("count") or 2))
    return tf.data.Dataset.from_tensors(element).repeat(int(spec.get("count") or COUNT))


def _shape(spec: Spec) -> tuple[int, ...]:
    given = spec["shape"]
    first = COUNT if given and given[0] is None else None
    rest = [FREE if dim is None else dim for dim in given]
    return tuple([first, *rest[1:]] if first is not None else rest)


def _numbers(spec: Spec, seed: int) -> Any:
    import numpy as np

    shape, dtype = _shape(spec), spec.get("dtype") or "float32"
    size = int(np.prod(shape))
    random = np.random.default_rng(seed)
    if dtype in ("object", "string", "str") or dtype.startswith("<U"):
        return np.full(shape, "word", dtype=object)
    if size > LARGE and len(shape) > 1:
        return _windows(_drawn(random, shape[0] + size // shape[0], dtype, spec), shape)
    return _drawn(random, size, dtype, spec).reshape(shape)


def _drawn(random: Any, size: int, dtype: str, spec: Spec) -> Any:
    """Numbers between the bounds, both of which are among them."""
    is_float = dtype.startswith(("float", "bfloat", "complex"))
    low, high = spec.get("low"), spec.get("high")
    if dtype == "bool":
        return random.integers(0, 2, size).astype(bool)
    if not is_float:
        low = int(low if low is not None else 0)
        drawn = random.integers(low, int(high if high is not None else low + 1) + 1, size)
    elif low is None or high is None:
        drawn = random.normal(size=size)
    else:
        drawn = random.uniform(low, high, size)
    if size > 1 and low is not None and high is not None:
        drawn[0], drawn[-1] = high, low
    return drawn.astype("float32" if dtype == "bfloat16" else dtype)


def _windows(flat: Any, shape: tuple[int, ...]) -> Any:
    """Samples that overlap in memory: each is the one before, moved by one place."""
    import numpy as np

    step = flat.itemsize
    strides = [step]
    for extent in reversed(shape[2:]):
        strides.insert(0, strides[0] * extent)
    return np.lib.stride_tricks.as_strided(flat, shape, (step, *strides))


def _labels(spec: Spec) -> Any:
    """Codes or one-hot rows in turn, the highest first."""
    import numpy as np

    labels, shape = spec["labels"], _shape(spec)
    one_hot = labels["encoding"] == "one-hot"
    classes = (shape[-1] if one_hot and len(shape) > 1 else labels.get("classes")) or 2
    count = int(np.prod(shape[:-1] if one_hot else shape))
    codes = (classes - 1 - np.arange(count) % classes) + (0 if one_hot else labels.get("first", 0))
    dtype = spec.get("dtype") or ("float32" if one_hot else "int64")
    if one_hot:
        return np.eye(classes)[codes].reshape(shape).astype(dtype)
    return codes.reshape(shape).astype(dtype)
