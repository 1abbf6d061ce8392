"""First-party modules on disk: what `import` means for the files of one project."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache

from kerlint.source import Source, SourceError, concerns_keras, read

MAX_MODULE_BYTES = 1_000_000
SMALL_MODULE_BYTES = 20_000
"""A module up to this size is read whatever is in it: it may hold the constants of a model."""
_MAKES_LAYERS = re.compile(
    rb"\b(?:Sequential|Model|Input|Dense|Embedding|LSTM|GRU|Flatten|Activation|BatchNormalization|\w*Conv\w*D|\w*Pool\w*D)\("
)


class DiskLoader:
    """Finds modules below the project's roots, beside the importing file, and in its own package.

    A large module that makes no layers is not first-party for kerlint: it has nothing to say.
    """

    def __init__(self, roots: tuple[str, ...], opened: Mapping[str, bytes] | None = None) -> None:
        self.roots = roots
        self.opened = opened or {}
        """Files (absolute paths) as an editor has them, which is not as they are on disk."""
        self.read: dict[str, Source | None] = {}

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were read, as absolute paths."""
        return tuple(sorted(path for path, source in self.read.items() if source is not None))

    def find(self, dotted: str, importer: str, level: int) -> Source | None:
        """The source that `importer` means by this name, or None if it is not first-party."""
        folder = os.path.dirname(os.path.abspath(importer))
        parts = dotted.split(".") if dotted else []
        if level:
            for _ in range(level - 1):
                folder = os.path.dirname(folder)
            return self._module(folder, parts)
        for root in (*self.roots, folder, _package_root(folder)):
            if parts and (found := self._module(root, parts)) is not None:
                return found
        return None

    def _module(self, folder: str, parts: list[str]) -> Source | None:
        base = os.path.join(folder, *parts)
        for path in (f"{base}.py", os.path.join(base, "__init__.py")):
            if parts or path.endswith("__init__.py"):
                source = self._read(path)
                if source is not None:
                    return source
        return None

    def _read(self, path: str) -> Source | None:
        if path not in self.read:
            self.read[path] = _read(path, self.opened.get(path))
        return self.read[path]


def _read(path: str, data: bytes | None) -> Source | None:
    try:
        if data is None:
            if os.path.getsize(path) > MAX_MODULE_BYTES:
                return None
            with open(path, "rb") as file:
                data = file.read()
        return read(data, path) if _may_matter(data) else None
    except (OSError, SourceError):
        return None


def _may_matter(data: bytes) -> bool:
    """Whether a module can have a say in what models look like: it is small, or makes layers itself."""
    return len(data) <= SMALL_MODULE_BYTES or _makes_layers(data)


@lru_cache(maxsize=64)
def _makes_layers(data: bytes) -> bool:
    """Whether a large module makes layers; many files of a package import the same one."""
    return _MAKES_LAYERS.search(data) is not None


def _package_root(folder: str) -> str:
    """The folder above the outermost package that `folder` is in."""
    while os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


__all__ = ["DiskLoader", "concerns_keras"]
