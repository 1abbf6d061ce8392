"""reviewdog's format: the fields of its protocol, byte columns, and suggestions that really apply."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kerlint.findings import Applicability, Edit, Finding, Fix, Location, Region, Severity
from kerlint.report import render
from kerlint.report.run import Run

MakeRun = Callable[..., Run]

_POSITION = {
    "type": "object",
    "required": ["line"],
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
_RANGE = {
    "type": "object",
    "required": ["start"],
    "additionalProperties": False,
    "properties": {"start": _POSITION, "end": _POSITION},
}
_LOCATION = {
    "type": "object",
    "required": ["path", "range"],
    "additionalProperties": False,
    "properties": {"path": {"type": "string"}, "range": _RANGE},
}
_NAMED = {"type": "object", "properties": {"name": {"type": "string"}, "url": {"type": "string"}}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": _NAMED,
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location", "severity", "code"],
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string", "minLength": 1},
                    "location": _LOCATION,
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {
                        "type": "object",
                        "required": ["value"],
                        "additionalProperties": False,
                        "properties": {"value": {"type": "string"}, "url": {"type": "string"}},
                    },
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["range", "text"],
                            "additionalProperties": False,
                            "properties": {"range": _RANGE, "text": {"type": "string"}},
                        },
                    },
                    "related_locations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "location"],
                            "additionalProperties": False,
                            "properties": {"message": {"type": "string"}, "location": _LOCATION},
                        },
                    },
                },
            },
        },
    },
}


def diagnostics(run: Run) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(render("rdjson", run))["diagnostics"]
    return loaded


def suggest(source: bytes, suggestion: dict[str, Any]) -> bytes:
    """The source after a suggestion, as the protocol defines its range: 1-based bytes, end exclusive."""
    rows = source.split(b"\n")

    def offset(position: dict[str, int]) -> int:
        return sum(len(row) + 1 for row in rows[: position["line"] - 1]) + position["column"] - 1

    start, end = (offset(suggestion["range"][side]) for side in ("start", "end"))
    text: str = suggestion["text"]
    return source[:start] + text.encode() + source[end:]


@pytest.mark.parametrize("name", ["full_run", "empty_run", "hostile_run"])
def test_the_report_has_the_fields_of_the_protocol(name: str, request: pytest.FixtureRequest) -> None:
    report = json.loads(render("rdjson", request.getfixturevalue(name)))
    errors = Draft202012Validator(SCHEMA).iter_errors(report)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_columns_count_utf8_bytes(make_run: MakeRun) -> None:
    region = Region(1, 3, 1, 4)
    finding = Finding("KER201", "n", Severity.INFO, "m", Location("a.py", region, region))
    run = make_run(findings=(finding,), lines=lambda filename, cell: ["a\N{DESERET CAPITAL LETTER LONG I}b"])
    # The protocol's own example: the column of b is 6.
    assert diagnostics(run)[0]["location"]["range"] == {
        "start": {"line": 1, "column": 6},
        "end": {"line": 1, "column": 7},
    }


def test_a_notebook_points_at_the_whole_row_of_the_file(sample_run: Run) -> None:
    item = diagnostics(sample_run)[-1]
    assert item["location"]["range"] == {"start": {"line": 42}}
    assert item["message"].endswith("(cell 3, row 2)")
    assert item["related_locations"][0]["message"].endswith("(cell 3, row 2)")
    assert "suggestions" not in item


def test_without_the_source_only_rows_are_told(make_run: MakeRun) -> None:
    run = make_run(lines=lambda filename, cell: None)
    assert diagnostics(run)[0]["location"]["range"] == {"start": {"line": 4}}
    assert "suggestions" not in diagnostics(run)[0]


def test_a_suggestion_applied_gives_the_fixed_line(sample_run: Run) -> None:
    filename = sample_run.findings[0].location.filename
    source = "\n".join(sample_run.lines(filename, None) or []).encode()
    first, second = diagnostics(sample_run)[:2]
    assert 'tage", activation="relu"))\n' in suggest(source, first["suggestions"][0]).decode()
    assert (
        "\tmodel.add(MaxPooling2D(pool_size=3, strides=3))\n\treturn"
        in suggest(source, second["suggestions"][0]).decode()
    )


def test_edits_of_several_rows_become_one_suggestion(make_run: MakeRun) -> None:
    source = ["é = f(", "    1,", ")", "é = g()"]
    regions = [Region(1, 5, 1, 6), Region(3, 1, 3, 1), Region(4, 5, 4, 8)]
    edits = tuple(
        Edit(Location("a.py", region, region), text)
        for region, text in zip(regions, ["h", "2", "ö"], strict=True)
    )
    finding = Finding(
        "KER201",
        "n",
        Severity.INFO,
        "m",
        Location("a.py", regions[0], regions[0]),
        fix=Fix("t", edits, Applicability.SAFE),
    )
    (item,) = diagnostics(make_run(findings=(finding,), lines=lambda filename, cell: source))
    (suggestion,) = item["suggestions"]
    fixed = suggest("\n".join(source).encode(), suggestion).decode()
    assert fixed == "é = h(\n    1,\n2)\né = ö"
