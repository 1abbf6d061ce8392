"""Write kerlint/kerlint.schema.json, the JSON schema of the configuration: `python scripts/make_schema.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from kerlint.config import Config

PATH = Path(__file__).parent.parent / "kerlint" / "kerlint.schema.json"


def schema() -> str:
    """The schema as text. TOML has no null, so the defaults of None are left out."""
    (_,), components = msgspec.json.schema_components([Config])
    config = components["Config"]
    properties = {name: _without_null(given) for name, given in config["properties"].items()}
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://kerlint.readthedocs.io/kerlint.schema.json",
        "title": "kerlint",
        "description": "`kerlint.toml`, or `[tool.kerlint]` in `pyproject.toml`.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return json.dumps(document, indent=2) + "\n"


def _without_null(given: dict[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in given["anyOf"] if kind != {"type": "null"}]
    return {"description": given["description"], **kinds[0]}


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(PATH.read_text(encoding="utf-8") != schema())
    PATH.write_text(schema(), encoding="utf-8")
