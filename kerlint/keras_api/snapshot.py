"""The generated tables of Keras's API, one a version, loaded once and decoded piece by piece.

`scripts/snapshot_keras.py` writes them from the installed packages: `keras3.json` from keras (with what only
`tensorflow.keras` has), `keras2.json` from tf_keras (with what only its v1 API has). Long lists of names are
one string, signatures are one string each: the file loads in milliseconds and reads well in a diff.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

DEFAULT_TARGET: Final = "keras3"


class ClassEntry(msgspec.Struct, frozen=True):
    """A class: constructor, library bases in order of resolution, methods its bases lack or have otherwise."""

    init: str = ""
    bases: str = ""
    methods: dict[str, str] = {}
    properties: str = ""


class Tables(msgspec.Struct, frozen=True):
    """The JSON document. Every dotted name in it is canonical unless said otherwise."""

    package: str
    version: str
    modules: dict[str, str]
    """Module to its members: `Name`, `Alias=Name` (same module), `Alias=dotted.Name`, `submodule/`."""
    only_tensorflow: dict[str, str]
    """Module to the members that exist through `tensorflow.keras` (or its v1 API), not through the package."""
    only_package: dict[str, str]
    """Module to the members that exist through the package and not through `tensorflow.keras`."""
    hidden: str
    """Classes that are not public, but bases of public ones, by a name of our own (`keras.layers.BaseConv`)."""
    internal: dict[str, str]
    """Paths inside `keras.src` (without that prefix) that the general rules of `names` would get wrong."""
    classes: dict[str, ClassEntry]
    functions: dict[str, str]
    constants: dict[str, Any]
    aliases: dict[str, dict[str, str]]
    """Category to canonical name to the strings that `get()` takes for it."""
    attributes: dict[str, str] = {}
    """`layer` and `model` to every attribute that an object of the base class may have, on any backend."""


class Snapshot:
    """One version's API with its lookups. Everything is built on first use and kept."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.classes: Final = tables.classes
        self.functions: Final = tables.functions
        self.constants: Final = tables.constants
        self._members: dict[str, Mapping[str, str]] = {}

    def members(self, module: str) -> Mapping[str, str]:
        """Public member to canonical name; empty for what is not a public module."""
        found = self._members.get(module)
        if found is None:
            found = self._members[module] = MappingProxyType(
                _decode_members(module, self.tables.modules.get(module, ""))
            )
        return found

    def is_module(self, dotted: str) -> bool:
        """Whether it is a public module."""
        return dotted in self.tables.modules

    def public(self, dotted: str) -> str | None:
        """The canonical name of a public path under `keras`, or None when there is no such path."""
        if dotted in self.tables.modules:
            return dotted
        module, _, name = dotted.rpartition(".")
        return self.members(module).get(name)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Canonical names given to classes that are not public."""
        return frozenset(self.tables.hidden.split())

    @cached_property
    def camel_names(self) -> Mapping[str, str | None]:
        """Class-like name anywhere in the API to its canonical name; None where two objects share it."""
        found: dict[str, str | None] = {name.rpartition(".")[2]: name for name in self.hidden}
        for module in self.tables.modules:
            for name, canonical in self.members(module).items():
                if name[0].isupper() and ".legacy." not in canonical:
                    found[name] = canonical if found.get(name, canonical) == canonical else None
        return found

    @cache  # noqa: B019 - the two snapshots live as long as the process
    def is_only(self, where: str, dotted: str) -> bool:
        """Whether a public path is in `only_tensorflow` or `only_package` (`where` says which)."""
        module, _, name = dotted.rpartition(".")
        return name in getattr(self.tables, where).get(module, "").split()

    @cached_property
    def attributes(self) -> Mapping[str, frozenset[str]]:
        """`layer` and `model` to the attributes that their objects may have."""
        return {kind: frozenset(text.split()) for kind, text in self.tables.attributes.items()}

    @cached_property
    def aliases(self) -> Mapping[str, Mapping[str, str]]:
        """Category to alias to canonical name."""
        return {
            category: {alias: canonical for canonical, text in table.items() for alias in text.split()}
            for category, table in self.tables.aliases.items()
        }


def _decode_members(module: str, text: str) -> dict[str, str]:
    members: dict[str, str] = {}
    for token in text.split():
        name, _, target = token.partition("=")
        if name[-1] == "/":
            name = name[:-1]
        target = target or name
        members[name] = target if "." in target else f"{module}.{target}"
    return members


@cache
def load(target: str = DEFAULT_TARGET) -> Snapshot:
    """The snapshot of `keras3` or `keras2`.

    Raises:
        ValueError: for another target.
    """
    if target not in ("keras2", "keras3"):
        raise ValueError(f"target is {target!r}, not keras2 or keras3")
    data = Path(__file__).with_name(f"{target}.json").read_bytes()
    return Snapshot(msgspec.json.decode(data, type=Tables))
