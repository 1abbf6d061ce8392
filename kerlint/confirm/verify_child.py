"""The child of `kerlint summary --verify`: runs the user's file with Keras and tells what its models are.

A request holds what `Request` has; the answer is `{"keras": version, "models": {key: [table, ...]}}` and
`"error"` where the file stopped. Training is left out: `fit` builds the model on what it is given and
returns; `evaluate` gives zeros; data sets are made up.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections import defaultdict
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple

from kerlint.confirm.cells import in_cells
from kerlint.confirm.keras_table import table_of
from kerlint.confirm.surroundings import replace_surroundings


class Request(NamedTuple):
    """What the parent asks: `wanted` is a name or call, or None for the variables in `names`."""

    path: str
    text: str
    cells: list[list[int]]
    """The number, first and last row of each cell of a notebook."""
    module: str | None
    """The dotted name under which the file can be imported, for files of a package."""
    folders: list[str]
    """Where its imports start."""
    wanted: str | None
    is_started: bool
    """Whether the file is run as the program itself, not imported."""
    names: list[str]
    shapes: list[list[int | None]]
    keras: str
    """`keras` or `tf_keras`."""


def run(given: dict[str, Any]) -> dict[str, Any]:
    """Answer one request."""
    request = Request(**{name: given[name] for name in Request._fields})
    sys.path[:0] = request.folders
    sys.argv = [request.path]
    keras = importlib.import_module(request.keras)
    only_build(keras)
    return {"keras": keras.__version__, **_answer(keras, request)}


def _answer(keras: Any, request: Request) -> dict[str, Any]:
    module = ModuleType("__main__" if request.is_started else request.module or stem_of(request.path))
    try:
        namespace = run_file(request, module)
        if request.wanted is not None:
            return {"models": {request.wanted: _wanted(keras, request, namespace)}}
    except BaseException as error:
        found = _bound(keras, request, vars(module)) if request.wanted is None else {}
        return {"models": found, "error": words_of(error, request)}
    return {"models": _bound(keras, request, namespace)}


def run_file(request: Request, module: ModuleType) -> dict[str, Any]:
    """The names that the file leaves behind, imported from its package or run on its own."""
    if request.module is not None and not request.is_started:
        return vars(importlib.import_module(request.module))
    module.__file__ = request.path
    sys.modules[module.__name__] = module
    exec(compile(request.text, request.path, "exec"), vars(module))
    return vars(module)


def stem_of(path: str) -> str:
    """The name of the module that a file is."""
    return os.path.splitext(os.path.basename(path))[0]


def _wanted(keras: Any, request: Request, namespace: dict[str, Any]) -> list[Any]:
    assert request.wanted is not None
    value = eval(request.wanted, namespace)
    if callable(value) and not isinstance(value, keras.Model):
        value = value()
    models = models_of(keras, value)
    for model in models:
        _give_input(keras, model, request.shapes)
    return [table_of(model) for model in models]


def _bound(keras: Any, request: Request, namespace: dict[str, Any]) -> dict[str, Any]:
    found = {name: models_of(keras, namespace.get(name)) for name in request.names}
    for model in (model for models in found.values() for model in models):
        _give_input(keras, model, request.shapes)
    return {name: [table_of(model) for model in models] for name, models in found.items() if models}


def models_of(keras: Any, value: Any) -> list[Any]:
    """The models in a value, each once."""
    if isinstance(value, keras.Model):
        return [value]
    items = list(value.values()) if isinstance(value, dict) else value
    if isinstance(items, list | tuple):
        return list({id(model): model for item in items for model in models_of(keras, item)}.values())
    return []


def _give_input(keras: Any, model: Any, shapes: list[list[int | None]]) -> None:
    """Call a model that nobody built on symbolic inputs of these shapes."""
    if not shapes or model.built:
        return
    if hasattr(keras, "KerasTensor"):
        tensors = [keras.KerasTensor((None, *shape)) for shape in shapes]
    else:
        tensors = [keras.Input(shape) for shape in shapes]
    try:
        model(*tensors)
    except TypeError:
        model(tensors)


def only_build(keras: Any) -> None:
    """From now on nothing is trained, and data have the right shapes without being read or fetched."""
    _leave_training_out(keras)
    replace_surroundings(keras, lambda name, why: None)


def _leave_training_out(keras: Any) -> None:
    """From now on `fit` only builds, and `evaluate` gives zeros."""

    def fit(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
        if not self.built and hasattr(x, "shape"):
            self(x[:1])
        return SimpleNamespace(history=defaultdict(lambda: [0.0]), epoch=[0], params={}, model=self)

    def compile(self: Any, *args: Any, **kwargs: Any) -> None:
        given = kwargs.get("metrics") or []
        self._kerlint_metrics = len(given) if isinstance(given, list | tuple | dict) else 1
        compiled(self, *args, **kwargs)

    def evaluate(self: Any, *args: Any, **kwargs: Any) -> Any:
        metrics = getattr(self, "_kerlint_metrics", 0)
        return [0.0] * (1 + metrics) if metrics else 0.0

    compiled = keras.Model.compile
    keras.Model.fit, keras.Model.compile, keras.Model.evaluate = fit, compile, evaluate
    keras.Sequential.fit, keras.Sequential.compile, keras.Sequential.evaluate = fit, compile, evaluate


def words_of(error: BaseException, file: Request) -> str:
    """The error in a line, with the last row of the user's file on the way to it."""
    passed = traceback.extract_tb(error.__traceback__)
    rows = [frame.lineno for frame in passed if frame.filename == file.path]
    where = f"line {rows[-1]}: " if rows else ""
    return in_cells(f"{where}{type(error).__name__}: {' '.join(str(error).split())}", file.cells)[:500]
