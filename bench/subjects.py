"""Model builders of real packages: what `bench.summary` asks kerlint and Keras about.

A subject is an expression in the namespace of one file. `subjects.txt` lists those of the corpus; the
constructors of `keras.applications` come from the installed Keras.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from bench.corpus import HERE, packages
from kerlint.keras_api.applications import APPLICATIONS

LISTED = HERE / "subjects.txt"
VARIABLE = "kerlint_subject"
_QUIET = """
import importlib, keras
from keras.src.utils import file_utils
file_utils.get_file = lambda *given, **options: "nowhere"
keras.Model.load_weights = lambda *given, **options: None
"""
"""Nothing is downloaded or loaded: weights change no table."""
_QUIET_LEGACY = """
import importlib, tf_keras
keras = tf_keras
tf_keras.utils.get_file = lambda *given, **options: "nowhere"
tf_keras.Model.load_weights = lambda *given, **options: None
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """One call to evaluate in `file` (relative to `root`), `values` being what its hidden names stand for."""

    package: str
    root: Path
    file: str
    call: str
    target: str = "keras3"
    values: tuple[tuple[str, str], ...] = field(default=())
    is_script: bool = False
    """`call` is a name that the file has after it was run as a script, up to its training."""

    @property
    def label(self) -> str:
        """For people: the call, and what is hidden in it."""
        if self.is_script:
            return f"{Path(self.file).name}: {self.call}"
        return self.call + "".join(f", {name} = {value}" for name, value in self.values)

    def hidden_imports(self) -> str:
        """Statements that bring `keras`, and the hidden names from where kerlint cannot look."""
        bring = f"\nimport {self.keras} as keras" if "keras." in self.call else ""
        return bring + "".join(f"\nfrom elsewhere import {name}" for name, _ in self.values) + "\n"

    @property
    def keras(self) -> str:
        """The package that it is built with."""
        return "keras" if self.target == "keras3" else "tf_keras"

    def for_keras(self) -> str:
        """A program of its own that builds the model."""
        if self.is_script:
            return f"from bench.scripts import namespace_of\n{VARIABLE} = namespace_of({self.file!r})[{self.call!r}]\n"
        module = self.file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        quiet = _QUIET if self.target == "keras3" else _QUIET_LEGACY
        shown = "".join(f"{name} = {value}\n" for name, value in self.values)
        space = f"{{**globals(), **vars(importlib.import_module({module!r}))}}"
        return f"{quiet}{shown}{VARIABLE} = eval({self.call!r}, {space})\n"


def listed() -> Iterator[Subject]:
    """The subjects of the corpus: `package file call` a line, after `[keras2]` those for Keras 2.

    `:name` instead of a call is a name of a script.
    """
    folders = {package.requirement.partition("==")[0]: package.folder for package in packages()}
    target = "keras3"
    for line in LISTED.read_text().splitlines():
        if line.startswith("["):
            target = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            package, file, call = line.split(maxsplit=2)
            name = call.removeprefix(":")
            yield Subject(package, folders[package], file, name, target, is_script=name != call)


def applications() -> list[tuple[str, str]]:
    """(file, constructor) of all `keras.applications`, by the installed sources."""
    folder = _installed() / "keras/src/applications"
    found = []
    for name in APPLICATIONS:
        files = [path for path in sorted(folder.glob("*.py")) if f"\ndef {name}(" in path.read_text()]
        (file,) = files
        found.append((f"keras/src/applications/{file.name}", name))
    return found


def _installed() -> Path:
    spec = importlib.util.find_spec("keras")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parents[1]


def application(file: str, call: str, **values: str) -> Subject:
    """A subject of the installed `keras.applications`; `values` are hidden from kerlint."""
    return Subject("keras", _installed(), file, call, values=tuple(values.items()))


HIDDEN: dict[str, dict[str, tuple[str, ...]]] = {
    "weights": {"weights": ("None", "'imagenet'")},
    "classes": {"classes": ("1000", "7")},
    "pooling": {"pooling": ("None", "'avg'", "'max'")},
    "include_top": {"include_top": ("True", "False")},
    "input_shape": {"input_shape": ("None", "(352, 352, 3)")},
    "name": {"name": ("'mine'", "'other'")},
    "weights, classes": {"weights": ("None",), "classes": ("1000", "7")},
    "include_top, pooling": {"include_top": ("True", "False"), "pooling": ("None", "'avg'")},
    "weights, classes, pooling, include_top": {
        "weights": ("None",),
        "classes": ("1000",),
        "include_top": ("True", "False"),
        "pooling": ("'avg'",),
    },
    "all five": {
        "weights": ("None",),
        "classes": ("9",),
        "include_top": ("True", "False"),
        "pooling": ("'max'",),
        "input_shape": ("(352, 352, 3)",),
    },
}
"""Arguments left unknown together, and values they may have."""


def with_hidden(file: str, name: str, group: str) -> Iterator[Subject]:
    """A constructor with the arguments of a group hidden: one subject for each choice of their values."""
    given = HIDDEN[group]
    arguments = {argument: f"hidden_{argument}" for argument in given}
    if group == "pooling":
        arguments["include_top"] = "False"
    if "weights" not in arguments:
        arguments["weights"] = "None"
    call = f"{name}({', '.join(f'{key}={value}' for key, value in arguments.items())})"
    for choice in product(*given.values()):
        values = {f"hidden_{key}": value for key, value in zip(given, choice, strict=True)}
        yield application(file, call, **values)


def environment_of(subject: Subject) -> dict[str, str]:
    """What the process that builds the subject needs in its environment."""
    legacy = {"TF_USE_LEGACY_KERAS": "1", "SM_FRAMEWORK": "tf.keras"} if subject.target == "keras2" else {}
    path = os.pathsep.join(filter(None, (str(subject.root), os.environ.get("PYTHONPATH"))))
    return {"PYTHONPATH": path, **legacy}
