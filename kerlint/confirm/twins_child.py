"""The child of `kerlint diff --verify`: builds two models, gives them one set of weights, compares outputs.

A request holds what `Request` has; the answer is `{"keras": version, "difference": number}`, or `"error"`
with what stopped it.
"""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

from kerlint.confirm.verify_child import Request as File
from kerlint.confirm.verify_child import models_of, only_build, run_file, stem_of, words_of


class Request(NamedTuple):
    """What the parent asks: two files with what is wanted of each, and the layers that stand for one another."""

    path: str
    """The file that an error is told of."""
    files: list[dict[str, Any]]
    pairs: list[list[list[Any]]]
    """Layers, left and right, whose weights are to be the same, as `ranks` has them."""
    shapes: list[list[int]]
    """Of the inputs, batch axis included."""
    highest: int | None
    """For inputs that are indexes: the number that none reaches."""
    keras: str


def run(given: dict[str, Any]) -> dict[str, Any]:
    """Answer one request."""
    request = Request(**{name: given[name] for name in Request._fields})
    keras = importlib.import_module(request.keras)
    only_build(keras)
    return {"keras": keras.__version__, **_answer(keras, request)}


def _answer(keras: Any, request: Request) -> dict[str, Any]:
    known: dict[str, dict[str, Any]] = {}
    files = [File(**given) for given in request.files]
    asked = files[0]
    try:
        models = []
        for asked in files:
            models.append(_model(keras, asked, known))
        return {"difference": _difference(models, request)}
    except BaseException as error:
        return {"error": words_of(error, asked)}


def _model(keras: Any, file: File, known: dict[str, dict[str, Any]]) -> Any:
    """The model that is wanted of a file, which runs once."""
    if file.path not in known:
        sys.path[:0] = file.folders
        sys.argv = [file.path]
        module = ModuleType("__main__" if file.is_started else file.module or stem_of(file.path))
        known[file.path] = run_file(file, module)
    assert file.wanted is not None
    value = eval(file.wanted, known[file.path])
    if callable(value) and not isinstance(value, keras.Model):
        value = value()
    return models_of(keras, value)[0]


def _difference(models: list[Any], request: Request) -> float:
    """The largest difference between outputs, as a share of the largest output."""
    import numpy as np

    inputs = _inputs(request)
    left, right = models
    for model in models:
        model(inputs, training=False)
    mine, theirs = _layers(left), _layers(right)
    for one, other in request.pairs:
        theirs[tuple(other)].set_weights(mine[tuple(one)].get_weights())
    made = [[np.asarray(one) for one in _flat(model(inputs, training=False))] for model in models]
    shapes = [[one.shape for one in outputs] for outputs in made]
    if shapes[0] != shapes[1]:
        raise ValueError(f"the outputs have the shapes {_told(shapes[0])} and {_told(shapes[1])}")
    return max(map(_apart, *made))


def _told(shapes: list[tuple[int, ...]]) -> str:
    return ", ".join(map(str, shapes))


def _apart(one: Any, other: Any) -> float:
    """The largest difference of two arrays, as a share of the largest number in the first."""
    import numpy as np

    return float(np.max(np.abs(one - other)) / max(1e-6, float(np.max(np.abs(one)))))


def _inputs(request: Request) -> Any:
    import numpy as np

    random = np.random.default_rng(0)
    if request.highest is not None:
        made = [random.integers(0, request.highest, shape) for shape in request.shapes]
    else:
        made = [random.normal(size=shape).astype("float32") for shape in request.shapes]
    return made[0] if len(made) == 1 else made


def ranks(names: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Each name as its stem and its place among those of one stem: Keras numbers them on from model to model."""
    parted = sorted((stem, int(number or 0), name) for name in names for stem, number in [_parts(name)])
    counted: Counter[str] = Counter()
    found = {}
    for stem, _, name in parted:
        found[name] = (stem, counted[stem])
        counted[stem] += 1
    return found


def _parts(name: str) -> tuple[str, str]:
    stem, line, number = name.rpartition("_")
    return (stem, number) if line and number.isdigit() else (name, "")


def _layers(model: Any) -> dict[tuple[str, int], Any]:
    """The layers with weights, by rank; models and users' layers are looked into, wrappers are not."""
    known = {layer.name: layer for layer in _leaves(model) if layer.weights}
    return {rank: known[name] for name, rank in ranks(known).items()}


def _leaves(layer: Any) -> Iterator[Any]:
    inside = list(layer._flatten_layers(recursive=False, include_self=False))
    is_own = type(layer).__module__.partition(".")[0] in ("keras", "tf_keras")
    if inside and (hasattr(layer, "layers") or not is_own):
        for inner in inside:
            yield from _leaves(inner)
    else:
        yield layer


def _flat(value: Any) -> list[Any]:
    """The tensors of a structure, in Keras's order."""
    if isinstance(value, dict):
        return [tensor for key in sorted(value) for tensor in _flat(value[key])]
    if isinstance(value, list | tuple):
        return [tensor for item in value for tensor in _flat(item)]
    return [value]
