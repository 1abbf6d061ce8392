"""A baseline knows accepted findings by what their lines say, and tells which of them are gone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.findings import Finding, Location, Region, Severity
from kerlint.problems import Problem
from kerlint.shell.baseline import Baseline, StaleEntry, flagged_text


class Project:
    """A folder with files, and findings at rows of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = str(folder / "baseline.json")

    def write(self, name: str, text: str) -> str:
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        return str(file)

    def finding(self, name: str, row: int, code: str = "KER301", end: int | None = None) -> Finding:
        region = Region(row, 1, end or row, 2)
        location = Location(str(self.folder / name), region, region)
        return Finding(code, "implicit-pool-strides", Severity.INFO, "message", location)

    def line_of(self, finding: Finding) -> str:
        rows = Path(finding.location.filename).read_text().split("\n")
        return flagged_text(rows, finding)

    def accept(self, findings: Iterable[Finding]) -> Baseline:
        """Write the baseline file of these findings and read it back."""
        data = Baseline.empty(self.path).renewed(findings, self.line_of).dump()
        Path(self.path).write_bytes(data)
        return Baseline.load(self.path)

    def rows(self, findings: Iterable[Finding]) -> list[int]:
        return [finding.location.row for finding in findings]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_accepted_findings_are_recognised_after_lines_moved_and_were_reformatted(project: Project) -> None:
    project.write("m.py", "a = 1\nx = f( 2 )\n")
    baseline = project.accept([project.finding("m.py", 2)])
    project.write("m.py", "\n\n\nif a:\n    x = f( 2 )\ny = f(3)\n")
    findings = [project.finding("m.py", 5), project.finding("m.py", 6)]
    kept, accepted, stale = baseline.filter(findings, project.line_of)
    assert (project.rows(kept), project.rows(accepted), stale) == ([6], [5], ())


def test_another_rule_another_file_or_another_line_is_new(project: Project) -> None:
    project.write("m.py", "x = f(2)\nx = f(3)\n")
    project.write("n.py", "x = f(2)\n")
    baseline = project.accept([project.finding("m.py", 1)])
    others = [project.finding("m.py", 1, "KER302"), project.finding("n.py", 1), project.finding("m.py", 2)]
    assert baseline.filter(others, project.line_of)[0] == tuple(others)


def test_equal_lines_are_counted(project: Project) -> None:
    project.write("m.py", "x = f(2)\n" * 3)
    findings = [project.finding("m.py", row) for row in (1, 2, 3)]
    baseline = project.accept(findings[:2])
    assert project.rows(baseline.filter(findings, project.line_of)[0]) == [3]
    stale = baseline.filter(findings[:1], project.line_of)[2]
    assert stale == (StaleEntry("m.py", "KER301", "x = f(2)", 1),)


def test_entries_are_stale_only_if_the_run_could_have_found_them(project: Project) -> None:
    for name in ("m.py", "n.py", "gone.py"):
        project.write(name, "x = f(2)\n")
    baseline = project.accept(project.finding(name, 1) for name in ("m.py", "n.py", "gone.py"))
    os.unlink(project.folder / "gone.py")
    linted = [str(project.folder / "m.py")]
    stale = baseline.filter((), project.line_of, linted, ["KER301"])[2]
    assert [entry.path for entry in stale] == ["gone.py", "m.py"]
    assert baseline.filter((), project.line_of, linted, ["KER101"])[2] == ()


def test_renewing_keeps_what_was_not_judged(project: Project) -> None:
    for name in ("m.py", "n.py"):
        project.write(name, "x = f(2)\ny = f(3)\n")
    old = project.accept(
        [project.finding("m.py", 1), project.finding("n.py", 1), project.finding("m.py", 1, "KER101")]
    )
    new = old.renewed(
        [project.finding("m.py", 2)], project.line_of, [str(project.folder / "m.py")], ["KER301"]
    )
    lines = [(key.path, key.code, known.line) for key, known in sorted(new.known.items())]
    assert sorted(lines) == [
        ("m.py", "KER101", "x = f(2)"),
        ("m.py", "KER301", "y = f(3)"),
        ("n.py", "KER301", "x = f(2)"),
    ]


def test_paths_are_relative_to_the_baseline_from_wherever_it_is_used(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("src/m.py", "x = f(2)\n")
    baseline = project.accept([project.finding("src/m.py", 1)])
    assert [key.path for key in baseline.known] == ["src/m.py"]
    monkeypatch.chdir(project.folder / "src")
    region = Region(1, 1, 1, 2)
    finding = Finding("KER301", "x", Severity.INFO, "m", Location("m.py", region, region))
    assert Baseline.load("../baseline.json").filter([finding], project.line_of)[0] == ()


def test_the_file_is_stable_and_readable(project: Project) -> None:
    project.write("m.py", "x = f(2)  # ü\nx = g(1)\n")
    findings = [project.finding("m.py", 2), project.finding("m.py", 1), project.finding("m.py", 1)]
    first, second = project.accept(findings).dump(), project.accept(reversed(findings)).dump()
    assert first == second == Path(project.path).read_bytes()
    content = json.loads(first)
    entries = content["findings"]["m.py"]
    assert content["version"] == 1
    assert [(entry["line"], entry["count"]) for entry in entries] == [
        ("x = f(2)  # ü".replace("  ", " "), 2),
        ("x = g(1)", 1),
    ]
    assert first.endswith(b"\n}\n")


def test_an_edit_of_a_body_leaves_its_definition_accepted(project: Project) -> None:
    project.write("m.py", "class A(Model):\n    x = 1\n")
    baseline = project.accept([project.finding("m.py", 1, end=2)])
    project.write("m.py", "class A(Model):\n    x = 2\n")
    assert baseline.filter([project.finding("m.py", 1, end=2)], project.line_of)[0] == ()


def test_an_edit_of_a_call_makes_its_finding_new(project: Project) -> None:
    project.write("m.py", "x = f(\n    2,\n)\n")
    baseline = project.accept([project.finding("m.py", 1, end=3)])
    project.write("m.py", "x = f(\n    3,\n)\n")
    assert len(baseline.filter([project.finding("m.py", 1, end=3)], project.line_of)[0]) == 1


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "not a baseline"),
        (b"{", "not a baseline"),
        (b"\xff\xfe", "not a baseline"),
        (b"[]", "not a baseline"),
        (b'{"version": 1}', "findings"),
        (b'{"version": "1", "findings": {}}', r"\$.version"),
        (b'{"version": 2, "findings": {}}', "version 2"),
        (b'{"version": 1, "findings": {"m.py": [{"code": "KER301"}]}}', "name"),
        (
            b'{"version": 1, "findings": {"m.py": [{"code": "a", "name": "b", "line": "c", "digest": "d", "count": 0}]}}',
            "count",
        ),
    ],
)
def test_a_broken_file_is_one_clear_line(project: Project, content: bytes, words: str) -> None:
    Path(project.path).write_bytes(content)
    with pytest.raises(Problem, match=words) as caught:
        Baseline.load(project.path)
    assert str(caught.value).startswith(project.path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_says_how_to_write_one(project: Project) -> None:
    with pytest.raises(Problem, match="--write-baseline"):
        Baseline.load(project.path)
    with pytest.raises(Problem, match="directory"):
        Baseline.load(str(project.folder))


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["KER101", "KER301"])), max_size=8))
def test_whatever_was_accepted_is_accepted_and_nothing_is_stale(cases: list[tuple[int, str]]) -> None:
    rows = ["a = f(1)", "b = f(2)", "a =  f(1)"]
    findings = []
    for row, code in cases:
        region = Region(row, 1, row, 2)
        findings.append(Finding(code, "n", Severity.INFO, "m", Location("m.py", region, region)))

    def line_of(finding: Finding) -> str:
        return flagged_text(rows, finding)

    baseline = Baseline.empty("baseline.json").renewed(findings, line_of)
    assert baseline.filter(reversed(findings), line_of)[::2] == ((), ())
    assert len(baseline.filter([*findings, *findings], line_of)[0]) == len(findings)
