"""The JSON contract of design.md section 7: ruff's fields and kerlint's own."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kerlint.report import RENDERERS, render
from kerlint.report.run import Run
from kerlint.report.statistics import render as render_statistics
from kerlint.report.statistics import render_json

Snapshot = Callable[[str, str], None]
MakeRun = Callable[..., Run]


def test_the_whole_json_output_is_as_accepted(sample_run: Run, snapshot: Snapshot) -> None:
    snapshot("json.json", render("json", sample_run))


def test_no_findings_are_an_empty_list(empty_run: Run) -> None:
    assert render("json", empty_run) == "[]\n"
    assert render("json-lines", empty_run) == ""


def test_json_lines_holds_the_same_objects_a_line_each(sample_run: Run) -> None:
    lines = render("json-lines", sample_run).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render("json", sample_run))


def test_rows_are_those_of_the_cell_and_the_filename_is_absolute(sample_run: Run) -> None:
    item = json.loads(render("json", sample_run))[-1]
    assert item["filename"] == "/work/project/study.ipynb"
    assert (item["cell"], item["location"]) == (3, {"row": 2, "column": 5})
    assert item["fix"]["edits"][0]["location"] == {"row": 2, "column": 19}


def test_relative_filenames_become_absolute(make_run: MakeRun, sample_run: Run) -> None:
    elsewhere = make_run(folder="/elsewhere", findings=sample_run.findings[2:3])
    assert json.loads(render("json", elsewhere))[0]["filename"] == "/work/project/src/gan.py"


@pytest.mark.parametrize("name", ["json", "json-lines", "sarif", "gitlab", "rdjson", "junit"])
def test_machine_formats_are_ascii_without_half_surrogates(name: str, hostile_run: Run) -> None:
    output = render(name, hostile_run)
    assert output.isascii()
    if name != "junit":
        documents = output.splitlines() if name == "json-lines" else [output]
        for document in documents:
            assert json.dumps(json.loads(document), ensure_ascii=False).encode()
            assert "\N{GRINNING FACE}" in json.dumps(json.loads(document), ensure_ascii=False)


@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_renders_every_run_and_ends_its_last_line(
    name: str, full_run: Run, empty_run: Run, hostile_run: Run
) -> None:
    for run in (full_run, empty_run, hostile_run):
        output = render(name, run)
        assert not output or output.endswith("\n")
        assert output == render(name, run)


def test_an_unknown_format_is_a_key_error(empty_run: Run) -> None:
    with pytest.raises(KeyError):
        render("yaml", empty_run)


def test_statistics_count_by_rule_and_severity(sample_run: Run) -> None:
    *rows, last = render_statistics(sample_run).splitlines()
    assert last.startswith("Found 1 error, 2 warnings, 1 info in 3 of 7 files")
    assert rows == [
        "1  error    KER101       optimizer-reused",
        "1  warning  KER201  [?]  conv-no-activation",
        "1  warning  KER301  [*]  implicit-pool-strides",
        "1  info     KER301  [*]  implicit-pool-strides",
    ]


def test_statistics_put_the_most_frequent_first(make_run: MakeRun, sample_run: Run) -> None:
    info = sample_run.findings[1]
    rows = json.loads(render_json(make_run(findings=(*sample_run.findings, *[info] * 11))))
    assert rows[0] == {
        "code": "KER301",
        "name": "implicit-pool-strides",
        "severity": "info",
        "count": 12,
        "safe": 12,
        "unsafe": 0,
    }
    assert [row["count"] for row in rows] == [12, 1, 1, 1]
