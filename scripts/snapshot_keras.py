"""Write kerlint/keras_api/keras3.json and keras2.json from the installed keras and tf_keras.

python scripts/snapshot_keras.py            # write both
python scripts/snapshot_keras.py --check    # exit 1 when a file is not what would be written
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from snapshot_aliases import aliases
from snapshot_attributes import attributes_of_bases
from snapshot_signatures import Effective, notation, of_class, of_function
from snapshot_surface import Surface, internal_paths, member_table, public_paths, survey

from kerlint.keras_api import names
from kerlint.keras_api.snapshot import Snapshot, Tables

FOLDER = Path(__file__).parents[1] / "kerlint" / "keras_api"
TARGETS = {
    "keras3": ("keras", "keras", "keras._tf_keras.keras"),
    "keras2": ("tf_keras", "tf_keras", "tf_keras.api._v1.keras"),
}
"""Target to the distribution, its API and a second API of it; the second adds the paths the first lacks."""

UNLISTED = {"keras3": "keras.src.models.functional", "keras2": "tf_keras.src.engine.functional"}
"""Where the class of `keras.Model(inputs, outputs)` is: not public, yet imported by many."""
FORMER = ("keras.initializers.normal", "keras.initializers.uniform")
"""Names of the v1 API that `kerlint.keras_api.names` knows as old spellings of today's classes."""


def main() -> int:
    """Write or check both files; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say whether the files are fresh")
    check = parser.parse_args().check
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    stale = False
    for target in TARGETS:
        path, text = FOLDER / f"{target}.json", render(snapshot(target))
        fresh = path.exists() and path.read_text(encoding="utf-8") == text
        stale |= not fresh
        if not check:
            path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {len(text):,} bytes, {'fresh' if fresh else 'stale' if check else 'written'}")
    return int(check and stale)


def snapshot(target: str) -> dict[str, Any]:
    """The whole document for one target."""
    package, first, second = TARGETS[target]
    own, other = public_paths(first), public_paths(second)
    functional = import_module(UNLISTED[target]).Functional
    surface = survey({path: item for path, item in (other | own).items() if path not in FORMER}, [functional])
    document: dict[str, Any] = {
        "package": package,
        "version": import_module(package).__version__,
        "modules": member_table(surface),
        "only_tensorflow": _by_module(path for path in other if path not in own),
        "only_package": _by_module(path for path in own if path not in other),
        "hidden": " ".join(sorted(surface.hidden)),
        "internal": {},
        "classes": _classes(surface),
        "functions": _functions(surface),
        "constants": {"keras.__version__": import_module(package).__version__},
        "aliases": aliases(surface),
        "attributes": attributes_of_bases(target),
    }
    document["internal"] = _exceptions(document, surface, package)
    return document


def _by_module(paths: Iterator[str]) -> dict[str, str]:
    table: dict[str, list[str]] = {}
    for path in sorted(paths):
        module, _, name = path.rpartition(".")
        table.setdefault(module, []).append(name)
    return {module: " ".join(found) for module, found in table.items()}


def _exceptions(document: Mapping[str, Any], surface: Surface, package: str) -> dict[str, str]:
    """Internal paths of named objects that the rules of `kerlint.keras_api.names` would get wrong."""
    known = Snapshot(msgspec.convert(document, Tables))
    prefix = len(f"{package}.src.")
    return {
        path[prefix:]: canonical
        for path, canonical in sorted(internal_paths(surface, package))
        if names.resolve(known, path) != canonical
    }


def _text(found: Effective, surface: Surface) -> str:
    def name_of(item: Any) -> str:
        named = surface.names.get(id(item))
        if named is not None:
            return named
        if inspect.isclass(item) or inspect.isfunction(item):
            return f"{item.__module__}.{item.__qualname__}"
        return type(item).__name__ if " at 0x" in repr(item) else repr(item)

    return notation(found, name_of)


def _functions(surface: Surface) -> dict[str, str]:
    return {
        name: _text(of_function(inspect.unwrap(item)), surface)
        for name, item in surface.objects()
        if inspect.isfunction(item)
    }


def _classes(surface: Surface) -> dict[str, Any]:
    live = {name: item for name, item in surface.objects() if inspect.isclass(item)}
    full = {name: _methods(item, surface) for name, item in live.items()}
    entries: dict[str, Any] = {}
    for name, item in sorted(live.items(), key=lambda pair: len(pair[1].__mro__)):
        bases = [surface.names[id(base)] for base in item.__mro__[1:] if id(base) in surface.names]
        above = [live[base] for base in bases]
        inherited: dict[str, str] = {}
        for base in reversed(bases):
            inherited.update(entries[base]["methods"])
        own = {key: text for key, text in full[name].items() if inherited.pop(key, None) != text}
        entries[name] = {
            "init": _text(of_class(item), surface),
            "bases": " ".join(bases),
            "methods": own | dict.fromkeys(inherited, "-"),
            "properties": " ".join(sorted(_properties(item).difference(*map(_properties, above)))),
        }
    return {
        name: {key: value for key, value in entry.items() if value} for name, entry in sorted(entries.items())
    }


def _methods(cls: type, surface: Surface) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in dir(cls):
        if name.startswith("_") and name != "__call__":
            continue
        item = inspect.getattr_static(cls, name)
        bound = getattr(cls, name)
        if isinstance(item, property) or not (inspect.isfunction(bound) or inspect.ismethod(bound)):
            continue
        found[name] = _text(of_function(inspect.unwrap(getattr(bound, "__func__", bound)), cls), surface)
    return found


def _properties(cls: type) -> set[str]:
    return {
        name
        for name in dir(cls)
        if not name.startswith("_") and isinstance(inspect.getattr_static(cls, name), property)
    }


def render(document: Mapping[str, Any]) -> str:
    """JSON with one entry a line, so that a new Keras reads as a diff."""
    sections = []
    for key, value in document.items():
        if isinstance(value, dict) and value:
            lines = ",\n".join(f"  {_json(name)}: {_json(item)}" for name, item in value.items())
            sections.append(f" {_json(key)}: {{\n{lines}\n }}")
        else:
            sections.append(f" {_json(key)}: {_json(value)}")
    return "{\n" + ",\n".join(sections) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
