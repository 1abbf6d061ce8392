"""The public names of an installed Keras: which paths there are, and which of an object's is canonical."""

from __future__ import annotations

import inspect
import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import Any

TOP_LEVEL = ("keras.Model", "keras.Sequential", "keras.Input")
"""Where the short name is the one everybody knows; all other objects live in the module of their kind."""
PREFERRED = {
    "keras.losses": -2,
    "keras.backend": -1,
    "keras.models": -1,
    "keras.metrics": 1,
    "keras.preprocessing": 2,
    "keras.mixed_precision": 1,
}
"""Ties between modules: lower wins. `keras.backend` and `keras.models` have the names Keras 2 also has."""
KINDS_OF_BASES = ("callbacks", "initializers", "layers", "losses", "metrics", "models", "optimizers")
"""Where a hidden base class says something to a user; trackables and savers do not."""
OLDER_MEANING = ("keras.layers.Merge",)
"""Hidden bases whose name was a public class of Keras 1 with other arguments: they get no name."""
SKIPPED = ("api", "src", "protobuf", "_tf_keras")


@dataclass
class Surface:
    """Public paths (spelled with `keras.`) to live objects, and each object's canonical name."""

    paths: dict[str, Any] = field(default_factory=dict)
    canonical: dict[str, str] = field(default_factory=dict)
    """Path to canonical path."""
    names: dict[int, str] = field(default_factory=dict)
    """id of a class or function to canonical name."""
    hidden: set[str] = field(default_factory=set)
    _named: list[tuple[str, Any]] = field(default_factory=list)

    def name(self, item: Any, canonical: str) -> None:
        """Give a live object its name."""
        self._named.append((canonical, item))
        self.names.setdefault(id(item), canonical)

    def objects(self) -> Iterator[tuple[str, Any]]:
        """Canonical names with their objects, hidden classes included, sorted."""
        yield from sorted(self._named, key=lambda pair: pair[0])


def public_paths(root: str) -> dict[str, Any]:
    """Every public dotted path below an importable root, spelled as if the root were `keras`."""
    found: dict[str, Any] = {}

    def walk(module: ModuleType, prefix: str, above: tuple[int, ...]) -> None:
        found[prefix] = module
        for name in sorted(vars(module)):
            item = getattr(module, name)
            if name.startswith("_") or name in SKIPPED:
                continue
            if not inspect.ismodule(item):
                found[f"{prefix}.{name}"] = item
            elif ".src" not in item.__name__ and "keras" in item.__name__ and id(item) not in above:
                walk(item, f"{prefix}.{name}", (*above, id(item)))

    start = import_module(root)
    walk(start, "keras", (id(start),))
    return found


def survey(paths: Mapping[str, Any], unlisted: Iterable[type] = ()) -> Surface:
    """Choose one canonical name for each object among its paths, and name the hidden bases.

    `unlisted` are classes that are neither public nor bases of public ones, and worth a name all the same.
    """
    surface = Surface(dict(paths))
    groups: dict[object, list[str]] = defaultdict(list)
    for path, item in paths.items():
        groups[_group(path, item)].append(path)
    for members in groups.values():
        best = min(members, key=lambda path: _rank(path, getattr(paths[members[0]], "__name__", "")))
        for path in members:
            surface.canonical[path] = best
        if not inspect.ismodule(paths[best]):
            surface.name(paths[best], best)
    _name_hidden_bases(surface, unlisted)
    return surface


def _group(path: str, item: Any) -> object:
    """Paths in one group are one thing. The stand-ins for legacy optimizers are one class, yet six names."""
    if (
        inspect.ismodule(item)
        or ".legacy." in path
        or not (inspect.isclass(item) or inspect.isfunction(item))
    ):
        return path
    return id(item)


def _rank(path: str, own_name: str) -> tuple[object, ...]:
    module, _, name = path.rpartition(".")
    kind = ".".join(module.split(".")[:2])
    return (
        path not in TOP_LEVEL,
        any(part in module for part in ("legacy", "experimental", "compat")),
        name != own_name,
        module == "keras",
        PREFERRED.get(kind, 0),
        len(path),
        path,
    )


def _name_hidden_bases(surface: Surface, unlisted: Iterable[type]) -> None:
    taken = {*surface.canonical.values(), *OLDER_MEANING}
    public = [item for _, item in surface.objects() if inspect.isclass(item)]
    for base in chain(*map(inspect.getmro, public), unlisted):
        parts = base.__module__.split(".")
        if parts[0] not in ("keras", "tf_keras") or id(base) in surface.names:
            continue
        kind = {"engine": "models"}.get(parts[2], parts[2])
        canonical = f"keras.{kind}.{base.__name__}"
        if kind in KINDS_OF_BASES and canonical not in taken:
            taken.add(canonical)
            surface.hidden.add(canonical)
            surface.name(base, canonical)


def member_table(surface: Surface) -> dict[str, str]:
    """Module to its members in the snapshot's notation."""
    members: dict[str, list[str]] = {
        path: [] for path, item in surface.paths.items() if inspect.ismodule(item)
    }
    for path, item in surface.paths.items():
        module, _, name = path.rpartition(".")
        if not module:
            continue
        canonical = surface.canonical[path]
        if inspect.ismodule(item):
            members[module].append(f"{name}/")
        elif canonical == path:
            members[module].append(name)
        else:
            near, _, target = canonical.rpartition(".")
            members[module].append(f"{name}={target if near == module else canonical}")
    return {module: " ".join(sorted(names)) for module, names in sorted(members.items())}


def internal_paths(surface: Surface, package: str) -> Iterator[tuple[str, str]]:
    """Where `<package>.src` defines or re-exports a named object, with that object's canonical name."""
    source = import_module(f"{package}.src")
    for info in pkgutil.walk_packages(source.__path__, f"{package}.src.", onerror=lambda name: None):
        if info.name.endswith(("_test", "conftest")) or "test" in info.name.split(".")[-1]:
            continue
        try:
            module = import_module(info.name)
        except (ImportError, AttributeError, RuntimeError):  # backends that are not installed
            continue
        for name, item in sorted(vars(module).items()):
            canonical = (
                surface.names.get(id(item)) if inspect.isclass(item) or inspect.isfunction(item) else None
            )
            if canonical is not None and (info.ispkg or item.__module__ == info.name):
                yield f"{info.name}.{name}", canonical
