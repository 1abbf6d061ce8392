"""Where a file's imports start, under which name it is imported, and what of a project a child may read."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Mapping
from glob import glob
from typing import Any

_MOST_READS = 500
"""Files and packages of a project that a child may read."""


def module_name(path: str) -> str | None:
    """The dotted name under which a file of a package can be imported; None for others."""
    _, parts = _package(path)
    stem, ending = os.path.splitext(os.path.basename(path))
    return ".".join([*parts, stem]) if parts and ending == ".py" and stem.isidentifier() else None


def folders_of(path: str) -> list[str]:
    """Where the imports of a file start."""
    return list(dict.fromkeys([_package(path)[0], os.path.dirname(path)]))


def first_party(request: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """What the child of a request may read, and the folders whose names it may see.

    That is what the program's text imports from the request's `folders`, and what those files import: single
    files, and whole packages (folders with an `__init__.py`). Besides, what the request `reads`.
    """
    programs = [request, *request.get("files", ())]
    folders = [path for one in programs for path in one.get("folders", ()) if os.path.isabs(path)]
    found = dict.fromkeys(_with_package(path) for path in request.get("reads", ()))
    for one in programs:
        path = str(one.get("path", ""))
        if os.path.isabs(path) and module_name(path):
            found[_with_package(path)] = None
    waiting = [str(one.get("text", "")) for one in programs]
    while waiting and len(found) < _MOST_READS:
        for parts in _imported(waiting.pop()):
            for folder in folders:
                reached = _reached(folder, parts)
                if reached is not None and reached not in found:
                    found[reached] = None
                    waiting += texts(reached)
    return [path for path in found if _may_be_read(path)], folders


def texts(path: str) -> Iterator[str]:
    """The text of a module, or of all modules of a package, as far as it can be read."""
    files = [path] if path.endswith(".py") else glob(os.path.join(path, "**", "*.py"), recursive=True)
    for name in files[:_MOST_READS]:
        try:
            with open(name, encoding="utf-8", errors="replace") as file:
                yield file.read()
        except OSError:
            continue


def _imported(text: str) -> set[tuple[str, ...]]:
    """The dotted names that a text imports, wherever it does."""
    found = set[tuple[str, ...]]()
    for node in _nodes(text):
        if isinstance(node, ast.Import):
            found |= {tuple(alias.name.split(".")) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            base = node.module.split(".")
            found |= {(*base, alias.name) for alias in node.names}
    return found


def _nodes(text: str) -> Iterator[ast.AST]:
    try:
        return ast.walk(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return iter(())


def _reached(folder: str, parts: tuple[str, ...]) -> str | None:
    """The module or whole package that a dotted name means below a folder."""
    for part in parts:
        folder = os.path.join(folder, part)
        if os.path.isfile(f"{folder}.py"):
            return f"{folder}.py"
        if os.path.isfile(os.path.join(folder, "__init__.py")):
            return folder
        if not os.path.isdir(folder):
            return None
    return None


def _may_be_read(path: str) -> bool:
    """Whether a path is code of the project, and no way into what is not.

    A link may lead out of the project, and a stray `__init__.py` makes a package of the user's home.
    """
    real = os.path.realpath(path)
    if not os.path.isdir(path):
        return real.endswith(".py")
    home = os.path.realpath(os.path.expanduser("~"))
    return not os.path.islink(path) and not (home + os.sep).startswith(real + os.sep)


def _with_package(path: str) -> str:
    folder, parts = _package(path)
    return os.path.join(folder, parts[0]) if parts else path


def _package(path: str) -> tuple[str, list[str]]:
    """The folder above a file's outermost package, and the names of the packages down to it."""
    folder, parts = os.path.dirname(path), list[str]()
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        parts.insert(0, name)
    return folder, parts
