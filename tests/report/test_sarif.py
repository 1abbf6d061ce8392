"""SARIF against the published schema and Microsoft's own validator."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kerlint.findings import Finding, Location, Region
from kerlint.report import render
from kerlint.report.run import Run, split_lines

MakeRun = Callable[..., Run]


def log(run: Run) -> dict[str, Any]:
    """The only run of the rendered log."""
    loaded: dict[str, Any] = json.loads(render("sarif", run))["runs"][0]
    return loaded


@pytest.fixture(params=["full_run", "empty_run", "hostile_run"])
def any_run(request: pytest.FixtureRequest) -> Run:
    run: Run = request.getfixturevalue(request.param)
    return run


@pytest.mark.validators
def test_the_log_is_valid_against_the_published_schema(any_run: Run, validators: Path) -> None:
    file = validators / "@microsoft" / "sarif-multitool-linux" / "sarif-2.1.0.json"
    schema = json.loads(file.read_text(encoding="utf-8-sig"))
    errors = Draft202012Validator(schema).iter_errors(json.loads(render("sarif", any_run)))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def complaints(log: str, validators: Path, folder: Path) -> set[str]:
    """The rules of Microsoft's validator that a log breaks, notes left out."""
    tool = validators / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    (folder / "in.sarif").write_text(log, encoding="utf-8")
    command = [str(tool), "validate", "in.sarif", "-o", "out.sarif", "--log", "ForceOverwrite"]
    command += ["--level", "Error;Warning;Note", "--rule-kind", "Sarif;Ghas"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    # Its exit status is 0 whatever it finds; a result without a level is a warning (SARIF 3.27.10).
    said = json.loads((folder / "out.sarif").read_text(encoding="utf-8-sig"))["runs"][0]
    results = said.get("results", [])
    return {result["ruleId"] for result in results if result.get("level") not in ("note", "none")}


@pytest.mark.validators
def test_microsofts_validator_finds_no_error_and_no_warning(
    any_run: Run, validators: Path, tmp_path: Path
) -> None:
    assert complaints(render("sarif", any_run), validators, tmp_path) == set()


@pytest.mark.validators
def test_microsofts_validator_can_complain(sample_run: Run, validators: Path, tmp_path: Path) -> None:
    damaged = render("sarif", sample_run).replace('"startLine": 4,', '"startLine": 4, "endLine": 2,', 1)
    damaged = damaged.replace('"ruleIndex": 2', '"ruleIndex": 99')
    assert complaints(damaged, validators, tmp_path)


def test_severities_map_to_levels_and_rules_are_indexed(sample_run: Run) -> None:
    run = log(sample_run)
    rules = run["tool"]["driver"]["rules"]
    assert [result["level"] for result in run["results"]] == ["warning", "note", "error", "warning"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]


def test_a_finding_of_an_unlisted_rule_has_no_index(make_run: MakeRun) -> None:
    run = log(make_run(rules=dict))
    assert run["tool"]["driver"]["rules"] == []
    assert not any("ruleIndex" in result for result in run["results"])


def test_rules_tell_their_name_summary_prose_and_level(sample_run: Run) -> None:
    rule = log(sample_run)["tool"]["driver"]["rules"][0]
    assert rule["name"] == "OptimizerReused"
    assert rule["shortDescription"]["text"] == "An optimizer belongs to one model."
    assert rule["fullDescription"]["text"] == (
        "An optimizer belongs to one model. Its slots are made for that model's variables."
    )
    assert "```python" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_regions_are_code_points_with_exclusive_ends(sample_run: Run) -> None:
    run = log(sample_run)
    assert run["columnKind"] == "unicodeCodePoints"
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {
        "startLine": 4,
        "startColumn": 12,
        "endLine": 4,
        "endColumn": 40,
        "snippet": {"text": 'Conv2D(64, 3, name="e\N{COMBINING ACUTE ACCENT}tage")'},
    }


def test_a_finding_quotes_its_rows_and_the_rows_around(sample_run: Run) -> None:
    place = log(sample_run)["results"][2]["locations"][0]["physicalLocation"]
    assert place["region"]["snippet"]["text"].startswith("gan.compile(\n    optimizer=opt,\n")
    assert (place["contextRegion"]["startLine"], place["contextRegion"]["endLine"]) == (7, 12)
    assert place["contextRegion"]["snippet"]["text"].startswith("gan = stack(")


def test_very_long_lines_are_not_quoted(make_run: MakeRun) -> None:
    run = log(make_run(lines=lambda filename, cell: ["x" * 10_000] * 20))
    assert "snippet" not in json.dumps(run["results"])


def test_uris_are_percent_encoded_and_relative_to_the_base(sample_run: Run, make_run: MakeRun) -> None:
    place = log(sample_run)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "src/a%20b%2Cc%3Ad%25.py", "uriBaseId": "SRCROOT"}
    outside = log(make_run(folder="/other"))["results"][2]["locations"][0]["physicalLocation"]
    assert outside["artifactLocation"] == {"uri": "file:///work/project/src/gan.py"}


def test_a_notebook_points_at_the_row_of_the_file_and_names_the_cell(sample_run: Run) -> None:
    result = log(sample_run)["results"][-1]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 42}
    assert result["message"]["text"].endswith("overlapping was meant (cell 3, row 2)")
    assert "fixes" not in result


def test_a_fix_replaces_regions_of_the_file(sample_run: Run) -> None:
    (fix,) = log(sample_run)["results"][1]["fixes"]
    (change,) = fix["artifactChanges"]
    assert fix["description"] == {"text": "write the strides"}
    assert [item["insertedContent"]["text"] for item in change["replacements"]] == [
        "pool_size=",
        ", strides=3",
    ]
    assert change["replacements"][0]["deletedRegion"] == {
        "startLine": 5,
        "startColumn": 25,
        "endLine": 5,
        "endColumn": 25,
    }


def test_related_places_have_a_message_and_an_id(sample_run: Run) -> None:
    related = log(sample_run)["results"][2]["relatedLocations"]
    assert [(item["id"], item["message"]["text"]) for item in related] == [
        (1, "first compiled here"),
        (2, "made here"),
    ]


def test_problems_are_notifications_of_a_failed_invocation(full_run: Run, sample_run: Run) -> None:
    (invocation,) = log(full_run)["invocations"]
    assert not invocation["executionSuccessful"]
    assert [item["level"] for item in invocation["toolExecutionNotifications"]] == ["error", "note"]
    assert log(sample_run)["invocations"][0]["executionSuccessful"]


def keys(run: Run) -> list[str]:
    return [result["partialFingerprints"]["kerlint/v1"] for result in log(run)["results"]]


def shifted(finding: Finding, rows: int) -> Finding:
    old = finding.location.region
    region = Region(old.start_row + rows, old.start_column, old.end_row + rows, old.end_column)
    return Finding(
        finding.code,
        finding.name,
        finding.severity,
        f"{finding.message} at row {region.start_row}",
        Location(finding.location.filename, region, region),
    )


def test_fingerprints_survive_lines_added_above(sample_run: Run, make_run: MakeRun) -> None:
    findings = sample_run.findings[:3]
    moved = make_run(
        findings=tuple(shifted(finding, 5) for finding in findings),
        lines=lambda filename, cell: [*split_lines("\n" * 4), *(sample_run.lines(filename, cell) or [])],
    )
    assert keys(moved) == keys(sample_run)[:3]


def test_fingerprints_tell_equal_lines_apart(sample_run: Run, make_run: MakeRun) -> None:
    twice = keys(make_run(findings=(sample_run.findings[0],) * 3))
    assert len(set(twice)) == 3
    assert twice[0] == keys(sample_run)[0]


def test_fingerprints_change_with_the_line(sample_run: Run, make_run: MakeRun) -> None:
    changed = replace(make_run(), lines=lambda filename, cell: ["opt = SGD()"] * 20)
    assert not set(keys(changed)) & set(keys(sample_run))
