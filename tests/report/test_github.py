"""GitHub workflow commands against `@actions/core` itself, byte for byte."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kerlint.report import render
from kerlint.report.github import command
from kerlint.report.run import Run

MakeRun = Callable[..., Run]

NASTY = "100% of a:b,c\r\nsecond\tline ::error:: %0A \N{GRINNING FACE}"

CASES: list[tuple[str, dict[str, str | int], str]] = [
    ("error", {"title": "KER101", "file": "src/a b.py", "line": 2, "endLine": 2, "col": 1}, "plain"),
    ("warning", {"title": NASTY, "file": NASTY, "line": 1, "endLine": 9}, NASTY),
    ("notice", {"title": "t", "file": "C:\\a,b.py", "line": 3, "endLine": 3, "col": 4, "endColumn": 5}, ""),
    ("error", {"title": "kerlint"}, NASTY),
]

# `AnnotationProperties` of @actions/core names them otherwise than the command does.
_NAMES = {"line": "startLine", "col": "startColumn"}

_SCRIPT = """
import { pathToFileURL } from "node:url";
const core = await import(pathToFileURL(process.argv[1]).href);
for (const [name, properties, message] of JSON.parse(process.argv[2])) core[name](message, properties);
"""


@pytest.mark.validators
def test_commands_are_those_of_actions_core_byte_for_byte(validators: Path) -> None:
    asked = [
        (name, {_NAMES.get(key, key): value for key, value in properties.items()}, message)
        for name, properties, message in CASES
    ]
    module = validators / "@actions" / "core" / "lib" / "core.js"
    node = ["node", "--input-type=module", "-e", _SCRIPT, str(module), json.dumps(asked)]
    theirs = subprocess.run(node, check=True, capture_output=True, timeout=60).stdout
    ours = "".join(f"{command(*case)}\n" for case in CASES)
    assert ours.encode() == theirs


def test_severities_map_to_error_warning_and_notice(sample_run: Run) -> None:
    lines = render("github", sample_run).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::warning", "::notice", "::error", "::warning"]


def test_columns_are_given_for_a_single_row_only(sample_run: Run) -> None:
    one_row, _, many_rows, notebook = render("github", sample_run).splitlines()
    assert "line=4,endLine=4,col=12,endColumn=40::" in one_row
    assert "line=8,endLine=11::" in many_rows
    assert "file=study.ipynb,line=42,endLine=42::study.ipynb:cell 3:2:5: " in notebook


def test_related_places_and_the_verdict_are_further_lines(sample_run: Run) -> None:
    line = render("github", sample_run).splitlines()[2]
    assert "%0Asrc/gan.py:5:23: first compiled here%0A" in line
    assert line.endswith("%0Aconfirmed: second fit raised ValueError: Unknown variable")


def test_a_problem_is_an_error_of_its_file(full_run: Run) -> None:
    last = render("github", full_run).splitlines()[-1]
    assert last == "::error title=kerlint,file=src/broken.ipynb::malformed notebook: no cells"


def test_no_text_can_start_a_command_of_its_own(hostile_run: Run) -> None:
    lines = render("github", hostile_run).split("\n")
    assert len(lines) == 4
    assert "\r" not in "".join(lines)
    assert all(line.startswith("::error title=") for line in lines[:-1])
