"""What a project's own files tell: where first-party imports start, and which Keras it is written for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from kerlint.config import folders_above, read_toml
from kerlint.problems import Problem

Target = Literal["keras2", "keras3"]

MARKS = ("pyproject.toml", "kerlint.toml", "setup.py", "setup.cfg", "requirements.txt", ".git")
"""Names of which one shows the root of a project."""

_TENSORFLOW = {f"tensorflow{flavour}" for flavour in ("", "-cpu", "-gpu", "-macos", "-intel")}
_FIRST_WITH_KERAS_3 = {"keras": (3,)} | dict.fromkeys(_TENSORFLOW, (2, 16))
"""The first version that is, or brings, Keras 3 (TensorFlow 2.16 release notes)."""

_REQUIREMENT = re.compile(r"\s*([A-Za-z][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;#)]*)")
_BOUND = re.compile(r"(===?|~=|\^|~|<=|>=|<|>|!=)?\s*v?(\d+(?:\.\d+)*)")


def root_of(folder: str) -> str | None:
    """The nearest folder at or above `folder` (absolute) that is a project's root, by `MARKS`."""
    for above in folders_above(folder):
        if any(os.path.exists(os.path.join(above, mark)) for mark in MARKS):
            return above
    return None


def import_roots(folder: str, root: str | None) -> tuple[str, ...]:
    """Folders where the imports of a file in `folder` (absolute) may start, nearest first.

    The first folder above the file's package, then the project's `src` folder and its root.
    """
    package = folder
    while os.path.isfile(os.path.join(package, "__init__.py")) and os.path.dirname(package) != package:
        package = os.path.dirname(package)
    roots = [package]
    if root is not None:
        source = os.path.join(root, "src")
        roots += [source] if os.path.isdir(source) else []
        roots.append(root)
    return tuple(dict.fromkeys(roots))


def inferred_target(root: str) -> Target | None:
    """The Keras that the requirements of the project at `root` ask for; None when they leave it open.

    Reads `requirements*.txt` and `pyproject.toml`; a requirement on Keras outweighs one on TensorFlow.
    """
    found: dict[str, Target] = {}
    for requirement in _requirements(root):
        name, target = _read(requirement)
        if target is not None:
            found.setdefault("keras" if name == "keras" else "tensorflow", target)
    return found.get("keras", found.get("tensorflow"))


def requirement_files(root: str) -> list[str]:
    """Paths of the files at `root` that may state requirements, those that exist."""
    try:
        names = sorted(os.listdir(root))
    except OSError:
        return []
    wanted = re.compile(r"requirements.*\.txt|pyproject\.toml")
    return [os.path.join(root, name) for name in names if wanted.fullmatch(name)]


def _requirements(root: str) -> Iterator[str]:
    for path in requirement_files(root):
        if path.endswith(".toml"):
            yield from _of_pyproject(path)
            continue
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                yield from file
        except OSError:
            continue


def _of_pyproject(path: str) -> Iterator[str]:
    """The requirements that a `pyproject.toml` states, as lines; none if it is broken, which is told elsewhere."""
    try:
        data = read_toml(path)
    except Problem:
        return
    project = _table(data, "project")
    yield from _strings(project.get("dependencies"))
    for group in (
        *_table(project, "optional-dependencies").values(),
        *_table(data, "dependency-groups").values(),
    ):
        yield from _strings(group)
    for name, version in _table(_table(_table(data, "tool"), "poetry"), "dependencies").items():
        given = version.get("version") if isinstance(version, dict) else version
        if isinstance(given, str):
            yield f"{name} {given}"


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _strings(value: Any) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _read(requirement: str) -> tuple[str, Target | None]:
    """The package a requirement line names, and the Keras its version bounds settle."""
    match = _REQUIREMENT.match(requirement)
    if match is None:
        return "", None
    name = match[1].lower().replace("_", "-")
    border = _FIRST_WITH_KERAS_3.get(name)
    if border is None:
        return name, None
    for sign, number in _BOUND.findall(match[2]):
        version = tuple(map(int, number.split(".")))[: len(border)]
        if (target := _settled(sign, version, border, number)) is not None:
            return name, target
    return name, None


def _settled(sign: str, version: tuple[int, ...], border: tuple[int, ...], number: str) -> Target | None:
    """What one bound says: wholly below the border, wholly at or above it, or neither (None).

    `~=2.4` and `^2.4` allow up to the next major version; `~=2.4.1` and `~2.4` stay in 2.4.
    """
    if version >= border:
        if sign in (">=", ">", "==", "===", "~=", "^", "~", ""):
            return "keras3"
        return "keras2" if sign == "<" and version == border else None
    parts = number.count(".") + 1
    pinned = sign in ("==", "===", "", "~") and parts >= len(border)
    stays = (sign == "~=" and parts > len(border)) or (sign == "^" and len(border) == 1)
    return "keras2" if sign in ("<", "<=") or pinned or stays else None
