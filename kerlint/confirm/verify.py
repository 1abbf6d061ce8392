"""`--verify`: builds the models of a summary with Keras in a child process and compares cell by cell.

The child runs the user's file. It gets a temporary folder to work in, an environment without secrets and
a time limit; what it answers is JSON, never pickled.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from kerlint.keras_api.shapes import Shape, UnknownDim
from kerlint.problems import Problem
from kerlint.summary.table import Row, Summary, Table

SECONDS = 300.0
"""The time that importing TensorFlow and building all models may take."""
PACKAGES = {"keras2": "tf_keras", "keras3": "keras"}
_KEPT = (
    "PATH",
    "PYTHONPATH",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "VIRTUAL_ENV",
)
"""Variables that the child sees; all others may hold secrets."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Keras says of one table."""

    table: Table
    differences: tuple[str, ...] = ()
    agreeing: int = 0
    open: int = 0
    """Cells that Keras knows and kerlint does not."""
    unbuilt: str | None = None
    """Why Keras was not asked."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdicts on the models of a summary, in its order."""

    keras: str
    verdicts: tuple[Verdict, ...]
    error: str | None = None
    """Where and why the program stopped."""

    @property
    def disagrees(self) -> bool:
        """Whether any cell differs."""
        return any(verdict.differences for verdict in self.verdicts)


def verify(summary: Summary, text: str, wanted: str | None, shapes: Sequence[Shape]) -> Verification:
    """Build the models and compare. Raises Problem when Keras cannot be asked."""
    package = keras_for(summary.target)
    if summary.missing:
        given = ", ".join(f"{name}=..." for name in summary.missing)
        raise Problem("--verify calls the builder: it needs all arguments", remedy=f"give {given}")
    names = list(dict.fromkeys(table.variable for table in summary.models if table.variable))
    request = {
        "path": summary.filename,
        "text": text,
        "module": module_name(summary.filename),
        "folders": folders_of(summary.filename),
        "wanted": wanted,
        "is_started": wanted is None or not is_defined(wanted, text),
        "names": names if wanted is None else [],
        "shapes": [list(shape) for shape in shapes],
        "keras": package,
    }
    answer = asked(request)
    return Verification(answer["keras"], tuple(_verdicts(summary, answer, wanted)), answer.get("error"))


def keras_for(target: str) -> str:
    """The package that is the Keras of a target. Raises Problem where it, or TensorFlow, is not installed."""
    package = PACKAGES[target]
    missing = [name for name in ("tensorflow", package) if find_spec(name) is None]
    if missing:
        extra = "pip install 'kerlint[confirm]'" if package == "keras" else f"pip install {' '.join(missing)}"
        raise Problem(f"--verify needs {' and '.join(missing)}, not installed", remedy=extra)
    return package


def is_defined(wanted: str, text: str) -> bool:
    """Whether a target begins with a function or class of the file: then the file is imported, not started."""
    root = re.split(r"[.(]", wanted, maxsplit=1)[0].strip()
    return re.search(rf"^(?:async\s+)?(?:def|class)\s+{re.escape(root)}\b", text, re.MULTILINE) is not None


def asked(
    request: Mapping[str, Any], seconds: float = SECONDS, child_module: str = "kerlint.confirm.verify_child"
) -> dict[str, Any]:
    """The child's answer. Raises Problem when there is none."""
    command = [sys.executable, "-P", "-m", child_module]
    with tempfile.TemporaryDirectory(prefix="kerlint-", ignore_cleanup_errors=True) as folder:
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            out, errors = child.communicate(json.dumps(request), seconds)
        except subprocess.TimeoutExpired as error:
            raise Problem(f"--verify: not done after {seconds:g} s", where=request["path"]) from error
        finally:
            _end(child)
    if child.returncode or not out.strip():
        last = (errors.strip().splitlines() or [""])[-1]
        raise Problem(f"--verify: the child ended with status {child.returncode}: {last}"[:300])
    answer: dict[str, Any] = json.loads(out)
    return answer


def _end(child: subprocess.Popen[str]) -> None:
    """End the child if it still runs, with everything that it started."""
    if child.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
        child.communicate()


def _environment(folder: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "HOME": folder,
        "KERAS_HOME": folder,
        "KERAS_BACKEND": "tensorflow",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "MPLBACKEND": "agg",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
    }


def _package(path: str) -> tuple[str, list[str]]:
    """The folder above a file's outermost package, and the names of the packages down to it."""
    folder, parts = os.path.dirname(path), list[str]()
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        parts.insert(0, name)
    return folder, parts


def module_name(path: str) -> str | None:
    """The dotted name under which a file of a package can be imported; None for others."""
    _, parts = _package(path)
    stem, ending = os.path.splitext(os.path.basename(path))
    return ".".join([*parts, stem]) if parts and ending == ".py" and stem.isidentifier() else None


def folders_of(path: str) -> list[str]:
    """Where the imports of a file start."""
    return list(dict.fromkeys([_package(path)[0], os.path.dirname(path)]))


def _verdicts(summary: Summary, answer: Mapping[str, Any], wanted: str | None) -> Iterator[Verdict]:
    built: Mapping[str, list[Any]] = answer["models"]
    if wanted is not None:
        tables = built.get(wanted, [])
        for index, table in enumerate(summary.models):
            theirs = _same(table, tables) or (tables[index] if len(tables) == len(summary.models) else None)
            yield _verdict(table, theirs, "Keras built no such model")
        return
    last = {table.variable: table for table in summary.models}
    for table in summary.models:
        tables = built.get(table.variable or "", [])
        theirs = _same(table, tables) or (tables[0] if tables and last[table.variable] is table else None)
        yield _verdict(table, theirs, "not bound to a name when the program ends")


def _same(table: Table, tables: Sequence[Any]) -> Any:
    return next((theirs for theirs in tables if theirs["name"] == table.name), None)


def _verdict(table: Table, theirs: Any, otherwise: str) -> Verdict:
    if theirs is None:
        return Verdict(table, unbuilt=otherwise)
    differences: list[str] = []
    agreeing = unknown = 0
    for label, mine, other in _cells(table, theirs):
        if mine is None:
            unknown += 1
        elif mine != other:
            differences.append(f"{label}: kerlint says {mine}, Keras {other}")
        else:
            agreeing += 1
    return Verdict(table, tuple(differences), agreeing, unknown)


def _cells(table: Table, theirs: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Pairs of cells with a label; None is what kerlint leaves open. Keras's own open cells are left out."""
    yield "name", table.name, theirs["name"]
    if theirs["params"] is not None:
        yield "params", table.params, theirs["params"]
        yield "trainable params", table.trainable_params, theirs["trainable"]
    rows = theirs["layers"]
    if len(table.layers) != len(rows):
        mine = f"{len(table.layers)} layers" if table.complete else None
        yield "layers", mine, f"{len(rows)} layers"
        return
    for row, (cls, name, shapes, params) in zip(table.layers, rows, strict=True):
        yield f"{name}: class", row.cls, cls
        yield f"{name}: name", row.name, name
        if shapes is not None:
            yield from _shape_cells(f"{name}: output shape", row, shapes)
        if params is not None:
            yield f"{name}: params", row.params, params


def _shape_cells(label: str, row: Row, shapes: list[Any]) -> Iterator[tuple[str, Any, Any]]:
    """One cell a shape; extents that kerlint leaves open are taken from Keras's, so that the others count."""
    if not row.outputs:
        yield label, None, shapes
        return
    if len(row.outputs) != len(shapes):
        yield label, f"{len(row.outputs)} tensors", f"{len(shapes)} tensors"
        return
    for mine, theirs in zip(row.outputs, shapes, strict=True):
        if mine is None or (len(mine) == len(theirs) and _is_open(mine, theirs)):
            yield label, None, theirs
        else:
            yield label, mine, tuple(theirs)


def _is_open(mine: Shape, theirs: list[Any]) -> bool:
    """Whether kerlint leaves an extent open, and none of the others differs."""
    pairs = list(zip(mine, theirs, strict=True))
    settled = [(one, other) for one, other in pairs if not isinstance(one, UnknownDim)]
    return len(settled) < len(pairs) and all(one == other for one, other in settled)
