"""GitLab Code Quality: the fields that GitLab's documentation asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kerlint.report import render
from kerlint.report.run import Run

MakeRun = Callable[..., Run]

SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}


def report(run: Run) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(render("gitlab", run))
    return loaded


@pytest.mark.parametrize("name", ["full_run", "empty_run", "hostile_run"])
def test_the_report_has_the_fields_gitlab_reads(name: str, request: pytest.FixtureRequest) -> None:
    errors = Draft202012Validator(SCHEMA).iter_errors(report(request.getfixturevalue(name)))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_severities_map_to_gitlabs_own(sample_run: Run) -> None:
    assert [item["severity"] for item in report(sample_run)] == ["minor", "info", "major", "minor"]


def test_a_notebook_points_at_the_row_of_the_file_and_names_the_cell(sample_run: Run) -> None:
    item = report(sample_run)[-1]
    assert item["location"] == {"path": "study.ipynb", "lines": {"begin": 42, "end": 42}}
    assert item["description"].endswith("(cell 3, row 2)")


def test_no_two_fingerprints_are_alike(sample_run: Run, make_run: MakeRun) -> None:
    items = report(make_run(findings=sample_run.findings * 3))
    assert len({item["fingerprint"] for item in items}) == len(items) == 12
