"""The VS Code extension offers the server's settings, all of them, and is of kerlint's version."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kerlint.server.settings import ServerSettings, read_settings
from kerlint.version import VERSION

OF_THE_CLIENT = {"interpreter", "importStrategy", "path", "trace.server"}


@pytest.fixture(scope="module")
def manifest(root: Path) -> dict[str, Any]:
    """The extension's package.json."""
    found: dict[str, Any] = json.loads((root / "editors" / "vscode" / "package.json").read_text())
    return found


def declared(kind: type[msgspec.Struct], before: str = "") -> Iterator[str]:
    """The names of the server's settings, with dots."""
    for item in msgspec.structs.fields(kind):
        name = f"{before}{item.encode_name}"
        if isinstance(item.type, type) and issubclass(item.type, msgspec.Struct):
            yield from declared(item.type, f"{name}.")
        else:
            yield name


def properties(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The extension's settings by their names without `kerlint.`."""
    found = manifest["contributes"]["configuration"]["properties"]
    return {name.removeprefix("kerlint."): told for name, told in found.items()}


def test_the_extension_offers_every_setting_of_the_server_and_no_other(manifest: dict[str, Any]) -> None:
    assert set(properties(manifest)) - OF_THE_CLIENT == set(declared(ServerSettings))


def test_the_defaults_are_those_of_the_server(manifest: dict[str, Any]) -> None:
    tree: dict[str, Any] = {}
    for name, told in properties(manifest).items():
        *above, last = name.split(".")
        table = tree
        for part in above:
            table = table.setdefault(part, {})
        table[last] = told["default"]
    assert read_settings({"settings": {"kerlint": tree}}) == (ServerSettings(), [])


def test_the_documentation_tells_of_every_setting(root: Path) -> None:
    page = (root / "docs" / "editors.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?`) \|", page, flags=re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`([\w.]+)`", row)}
    assert told == set(declared(ServerSettings))


def test_the_extension_has_kerlints_version(manifest: dict[str, Any]) -> None:
    assert manifest["version"] == VERSION
