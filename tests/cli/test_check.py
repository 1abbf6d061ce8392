"""`kerlint check`: what is linted, how it is told, and the exit status."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from kerlint import commands
from kerlint.shell.request import COMMANDS
from kerlint.version import VERSION

from .helpers import FIXED, PLAIN, POOL, QUIET, kerlint, written


def findings(*arguments: str | Path, stdin: str = "") -> list[tuple[str, int, str]]:
    """Name, row and code of what a run reports in JSON."""
    result = kerlint(*arguments, "--output-format", "json", stdin=stdin)
    return [
        (Path(item["filename"]).name, item["location"]["row"], item["code"])
        for item in json.loads(result.out)
    ]


def test_the_command_may_be_left_out(folder: Path) -> None:
    written(folder, good__py=POOL)
    assert kerlint("good.py") == kerlint("check", "good.py")
    assert kerlint() == kerlint("check", ".")
    assert kerlint("--select", "KER3").status == 1


def test_a_clean_run_is_status_0(folder: Path) -> None:
    written(folder, plain__py=PLAIN, fixed__py=FIXED)
    result = kerlint()
    assert (result.status, result.out, result.err) == (0, "All good: 2 files checked\n", "")


def test_findings_are_status_1(folder: Path) -> None:
    written(folder, pool__py=POOL)
    assert kerlint().status == 1
    assert kerlint("--exit-zero").status == 0


@pytest.mark.parametrize(
    ("level", "status"), [("info", 1), ("warning", 0), ("error", 0)], ids=["info", "warning", "error"]
)
def test_fail_on_says_what_fails(folder: Path, level: str, status: int) -> None:
    written(folder, quiet__py=QUIET)
    assert findings() == [("quiet.py", 6, "KER301")]
    assert kerlint("--fail-on", level).status == status
    written(folder, kerlint__toml=f"jobs = 1\nfail-on = '{level}'\n")
    assert kerlint().status == status


def test_each_file_fails_by_its_own_configuration(folder: Path) -> None:
    written(folder / "strict", quiet__py=QUIET, kerlint__toml="fail-on = 'info'\n")
    written(folder / "loose", pool__py=POOL, kerlint__toml="fail-on = 'error'\n")
    assert kerlint("loose").status == 0
    assert kerlint("strict").status == 1
    assert kerlint("strict", "loose").status == 1


def test_nothing_to_check_is_told(folder: Path) -> None:
    result = kerlint()
    assert (result.status, result.out) == (0, "No files to check\n")


@pytest.mark.parametrize(
    ("config", "rows"),
    [
        ("", [("pool.py", 6, "KER301")]),
        ("select = ['KER2']", []),
        ("ignore = ['implicit-pool-strides']", []),
        ("[per-file-ignores]\n'pool.py' = ['KER3']", []),
        ("[per-file-ignores]\n'!pool.py' = ['KER3']", [("pool.py", 6, "KER301")]),
        ("[per-file-ignores]\n'other/*' = ['ALL']", [("pool.py", 6, "KER301")]),
        ("extend-exclude = ['pool.py']", []),
        ("exclude = ['p*.py']", []),
        ("include = ['*.pyx']", []),
    ],
)
def test_the_configuration_decides_what_runs(
    folder: Path, config: str, rows: list[tuple[str, int, str]]
) -> None:
    written(folder, pool__py=POOL, kerlint__toml=f"jobs = 1\n{config}\n")
    assert findings() == rows


def test_the_nearest_configuration_holds(folder: Path) -> None:
    written(folder, pool__py=POOL)
    written(folder / "sub", pool__py=POOL, kerlint__toml="ignore = ['KER301']\n")
    written(folder / "table", pool__py=POOL, pyproject__toml="[tool.kerlint]\nextend-exclude = ['pool.py']\n")
    written(folder / "none", pool__py=POOL, pyproject__toml="[project]\nname = 'x'\n")
    result = kerlint("--output-format", "concise")
    assert [line.split(":")[0] for line in result.out.splitlines()[:-1]] == ["none/pool.py", "pool.py"]


def test_isolated_and_config_pass_over_configuration_files(folder: Path) -> None:
    written(folder, pool__py=POOL, kerlint__toml="ignore = ['KER301']\n")
    other = written(folder.parent / "other", mine__toml="severity = {implicit-pool-strides = 'error'}\n")
    assert findings() == []
    assert len(findings("--isolated", "--jobs", "1")) == 1
    result = kerlint("--config", other / "mine.toml", "--jobs", "1", "--output-format", "concise")
    assert "error KER301" in result.out


def test_severities_can_be_set_by_code_or_name(folder: Path) -> None:
    written(folder, pool__py=POOL, kerlint__toml="jobs = 1\n[severity]\nKER301 = 'info'\n")
    assert kerlint().status == 0
    written(folder, kerlint__toml="jobs = 1\n[severity]\nimplicit-pool-strides = 'error'\n")
    assert kerlint("--fail-on", "error").status == 1


def test_a_file_that_is_left_out_is_left_out_when_named_too(folder: Path) -> None:
    written(folder / "build", pool__py=POOL)
    result = kerlint("build/pool.py")
    assert (result.status, result.out) == (0, "No files to check\n")
    assert "leave out what was named" in result.err
    assert kerlint("--no-force-exclude", "build/pool.py").status == 1
    assert kerlint("build").status == 1, "a folder that is named is entered"
    assert kerlint("--force-exclude", "build").status == 0


def test_what_git_ignores_is_left_out(folder: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    written(folder, pool__py=POOL)
    (folder / ".gitignore").write_text("pool.py\n")
    assert findings() == []
    assert findings("--no-respect-gitignore") == [("pool.py", 6, "KER301")]


def test_a_notebook_is_one_program(folder: Path) -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "text"},
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": 1,
            "source": "%pip install keras\n",
        },
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 2, "source": POOL},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "n.ipynb").write_text(json.dumps(notebook))
    assert kerlint("--output-format", "concise").out.startswith("n.ipynb:cell 3:6:9: warning KER301")


def test_standard_input_is_linted(folder: Path) -> None:
    result = kerlint("-", stdin=POOL)
    assert result.status == 1
    assert result.out.startswith("<stdin>:6:9: warning KER301")
    assert " 6 |         keras.layers.MaxPooling2D(3)," in result.out


def test_standard_input_has_the_settings_of_its_name(folder: Path) -> None:
    written(folder / "sub", kerlint__toml="ignore = ['KER301']\n")
    assert kerlint("-", "--stdin-filename", "sub/new.py", stdin=POOL).status == 0
    result = kerlint("-", "--stdin-filename", "new.py", "--output-format", "concise", stdin=POOL)
    assert result.out.startswith("new.py:6:9:")
    result = kerlint("-", "--stdin-filename", "build/new.py", stdin=POOL)
    assert (result.status, result.out) == (0, "")


def test_standard_input_that_cannot_be_read_is_status_2() -> None:
    result = kerlint("-", stdin="import keras\0")
    assert result.status == 2
    assert result.complaints == ["kerlint: <stdin>: line 1: NUL byte; this is not a text file"]


@pytest.mark.parametrize("output_format", ["json", "json-lines", "sarif", "gitlab", "rdjson"])
def test_machine_formats_are_json_with_findings_or_without(folder: Path, output_format: str) -> None:
    for text in (POOL, PLAIN):
        written(folder, model__py=text)
        result = kerlint("--output-format", output_format)
        for document in result.out.splitlines() if output_format == "json-lines" else [result.out]:
            json.loads(document)
        assert ("has no strides and moves by its pool size" in result.out) is (text is POOL)


def test_the_format_can_stand_in_the_configuration(folder: Path) -> None:
    written(folder, pool__py=POOL, kerlint__toml="jobs = 1\noutput-format = 'github'\n")
    assert kerlint().out.startswith("::warning ")
    assert kerlint("--output-format", "concise").out.startswith("pool.py:6:9")


def test_output_goes_to_a_file(folder: Path) -> None:
    written(folder, pool__py=POOL)
    result = kerlint("--output-format", "json", "--output-file", "found.json")
    assert (result.status, result.out, result.err) == (1, "", "")
    assert json.loads((folder / "found.json").read_text())[0]["code"] == "KER301"


def test_colours_come_when_they_are_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder, pool__py=POOL)
    assert "\x1b[" not in kerlint().out
    assert "\x1b[" in kerlint("--color").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in kerlint().out
    assert "\x1b[" not in kerlint("--no-color").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in kerlint().out


def test_statistics_count_by_rule(folder: Path) -> None:
    written(folder, one__py=POOL, two__py=POOL)
    assert kerlint("--statistics").out.splitlines()[0].split()[:3] == ["2", "warning", "KER301"]
    (row,) = json.loads(kerlint("--statistics", "--output-format", "json").out)
    assert (row["code"], row["count"]) == ("KER301", 2)


def test_files_are_listed_without_being_read(folder: Path) -> None:
    written(folder, b__py="import keras\0", a__py="", note__txt="")
    result = kerlint("--show-files")
    assert (result.status, result.out) == (0, "a.py\nb.py\n")


def test_settings_are_shown_with_their_source(folder: Path) -> None:
    (folder / "requirements.txt").write_text("keras<3\n")
    written(folder, a__py="", kerlint__toml="ignore = ['KER1']\n")
    out = kerlint("--show-settings", "a.py").out
    assert str(folder / "kerlint.toml") in out
    assert 'target = "keras2"' in out
    assert "KER301" in out
    assert "KER101" not in out


def test_an_import_of_tf_keras_says_more_than_the_requirements(folder: Path) -> None:
    (folder / "requirements.txt").write_text("keras>=3\n")
    written(
        folder,
        old__py="import tf_keras\ntf_keras.optimizers.legacy.Adam()\n",
        new__py="import keras\nkeras.optimizers.legacy.Adam()\n",
    )
    found = json.loads(kerlint("--output-format", "json", "--select", "KER112").out)
    assert [finding["filename"].rpartition("/")[2] for finding in found] == ["new.py"]
    assert kerlint("--target", "keras3", "--select", "KER112", "old.py").status == 1


def test_verbose_tells_what_was_skipped_and_where_evaluation_ended(folder: Path) -> None:
    written(folder, pool__py=POOL, plain__py=PLAIN, endless__py="import keras\nwhile True:\n    pass\n")
    result = kerlint("--verbose", "--no-cache")
    assert "kerlint: 3 files: 1 without Keras, 0 from the cache" in result.complaints
    assert "time: " in result.out


def test_local_rules_run_only_when_the_command_line_agrees(folder: Path) -> None:
    rule = '''"""Every program is suspicious."""
from kerlint.catalog import Hit, rule
from kerlint.findings import Severity

open("ran.txt", "w").close()


@rule("KER990", Severity.ERROR)
def check(program):
    return ()
'''
    written(folder / "mine", every_program__py=rule)
    written(folder, pool__py=POOL, kerlint__toml="jobs = 1\nrules = ['mine']\n")
    result = kerlint("pool.py")
    assert result.complaints == [
        "kerlint: warning: kerlint.toml: own rules not loaded (--allow-local-rules runs their code)"
    ]
    assert not (folder / "ran.txt").exists()
    assert kerlint("--allow-local-rules", "--select", "KER990", "pool.py").status == 0
    assert (folder / "ran.txt").exists()


def test_local_rules_that_fail_to_load_are_one_line(folder: Path) -> None:
    written(folder / "mine", broken__py="1 / 0\n")
    written(folder, pool__py=POOL, kerlint__toml="rules = ['mine']\n")
    result = kerlint("--allow-local-rules", "pool.py")
    assert result.status == 2
    assert result.complaints[0].endswith("broken.py: ZeroDivisionError: division by zero")


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_printed(option: str) -> None:
    assert kerlint(option).out == f"kerlint {VERSION}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["check", "--help"], ["rule", "-h"]], ids=" ".join)
def test_help_fits_a_terminal(arguments: list[str]) -> None:
    result = kerlint(*arguments)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("Usage: kerlint ")
    assert max(map(len, result.out.splitlines())) <= 100


@pytest.mark.parametrize("name", ["KER301", "ker301", "implicit-pool-strides"])
def test_a_rule_is_documented_by_code_or_name(name: str) -> None:
    result = kerlint("rule", name)
    assert result.out.startswith("KER301 implicit-pool-strides (info, fixable)\n")
    assert result.out.endswith("/rules/implicit-pool-strides/\n")


def test_all_rules_are_documented() -> None:
    listed = json.loads(kerlint("rule", "--all", "--output-format", "json").out)
    assert {"KER001", "KER002", "KER101", "KER201", "KER301", "KER302"} <= {rule["code"] for rule in listed}
    text = kerlint("rule", "--all").out
    assert all(f"{rule['code']} {rule['name']}" in text for rule in listed)


def test_the_options_of_a_rule_are_documented() -> None:
    (options,) = [json.loads(kerlint("rule", "mixed-padding", "--output-format", "json").out)["options"]]
    for name in options:
        assert name in kerlint("rule", "mixed-padding").out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["mixed-paddings"], "kerlint: unknown rule 'mixed-paddings' (did you mean mixed-padding?)"),
        (["KER3011"], "kerlint: unknown rule 'KER3011' (did you mean KER301?)"),
        ([], "kerlint: name one rule, or give --all"),
        (["KER301", "--all"], "kerlint: name one rule, or give --all"),
    ],
)
def test_a_rule_that_does_not_exist_is_one_line(arguments: list[str], line: str) -> None:
    result = kerlint("rule", *arguments)
    assert (result.status, result.complaints) == (2, [line])


def test_a_misspelt_command_is_told_from_a_path() -> None:
    result = kerlint("claen")
    assert result.complaints == ["kerlint: claen: no such file or folder (did you mean the command clean?)"]
    assert set(COMMANDS) == set(commands.kerlint.commands)
