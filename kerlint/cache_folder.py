"""Where the cache lives, and what must be equal for a result of an earlier run to hold.

Imports next to nothing: the shortcut for a run in which nothing changed goes through here.
"""

from __future__ import annotations

import os
import sys

NAME = ".kerlint_cache"
VARIABLE = "KERLINT_CACHE_DIR"
_ROOT_MARKS = ("kerlint.toml", "pyproject.toml", ".git")
_FILES = {
    ".gitignore": "# Made by kerlint.\n*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of kerlint: https://bford.info/cachedir/\n",
}


def default_folder() -> str:
    """The cache folder (absolute) of a run in the working folder, unless the configuration names another.

    `$KERLINT_CACHE_DIR`, else `.kerlint_cache` in the nearest folder at or above that looks like a
    project's root, else in the working folder.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return os.path.abspath(named)
    here = folder = os.getcwd()
    while True:
        if any(os.path.exists(os.path.join(folder, mark)) for mark in _ROOT_MARKS):
            return os.path.join(folder, NAME)
        parent = os.path.dirname(folder)
        if parent == folder:
            return os.path.join(here, NAME)
        folder = parent


def prepare(folder: str) -> bool:
    """Make the cache folder, kept out of git and of backups; False when nothing can be written there."""
    try:
        os.makedirs(folder, exist_ok=True)
        for name, text in _FILES.items():
            path = os.path.join(folder, name)
            if not os.path.exists(path):
                with open(path, "x", encoding="ascii") as file:
                    file.write(text)
    except FileExistsError:
        return os.path.isdir(folder)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def is_cache(folder: str) -> bool:
    """Whether `folder` is a cache that kerlint made, by its tag."""
    try:
        with open(os.path.join(folder, "CACHEDIR.TAG"), encoding="utf-8") as file:
            return file.read() == _FILES["CACHEDIR.TAG"]
    except (OSError, UnicodeDecodeError):
        return False


def engine_files() -> list[str]:
    """Paths of everything that decides what kerlint says of a file: its code, tables, rules and parser."""
    package = os.path.dirname(os.path.abspath(__file__))
    found = [*_sources(package), *_sources(os.path.join(os.path.dirname(package), "rules"))]
    for folder in sys.path:
        parser = os.path.join(folder, "libcst", "_version.py")
        if os.path.exists(parser):
            return [*found, parser]
    return found


def _sources(folder: str) -> list[str]:
    found = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []
    for entry in entries:
        if entry.name.endswith((".py", ".json")):
            found.append(entry.path)
        elif entry.is_dir() and entry.name != "__pycache__":
            found += _sources(entry.path)
    return found


def stamp(path: str) -> tuple[int, int] | None:
    """Modification time in ns and size of a file (-1 for a folder); None when there is nothing."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, -1 if status.st_mode & 0o170000 == 0o040000 else status.st_size


def fingerprint() -> bytes:
    """What identifies this kerlint on this Python; changes when any file of `engine_files` does."""
    parts = [sys.version, *(f"{path}\0{stamp(path)}" for path in engine_files())]
    return "\n".join(parts).encode("utf-8", "surrogateescape")
