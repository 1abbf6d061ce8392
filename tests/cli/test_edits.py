"""Commands that change files: fixes, suppression comments, baselines; and findings on changed lines."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from .helpers import FIXED, PLAIN, POOL, kerlint, written

SHARED = """\
import keras

optimizer = keras.optimizers.Adam(1e-3)
first = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
second = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
first.compile(optimizer, loss="mse")
second.compile(optimizer, loss="mse")
"""
"""One warning with an unsafe fix: KER101 at row 7."""


def test_safe_fixes_are_written_and_counted(folder: Path) -> None:
    written(folder, pool__py=POOL, shared__py=SHARED)
    result = kerlint("--fix", "--output-format", "concise")
    assert (folder / "pool.py").read_text() == FIXED
    assert (folder / "shared.py").read_text() == SHARED
    assert result.status == 1, "what only an unsafe fix would mend is left"
    assert "Fixed 1 finding." in result.out
    assert "pool.py" not in result.out


def test_a_run_that_fixes_everything_is_status_0(folder: Path) -> None:
    written(folder, pool__py=POOL)
    assert kerlint("--fix").status == 0
    assert kerlint("--fix").out == "All good: 1 file checked\n"


def test_unsafe_fixes_are_made_when_asked_for(folder: Path) -> None:
    written(folder, shared__py=SHARED)
    assert kerlint("--fix", "--unsafe-fixes").status == 0
    assert (folder / "shared.py").read_text().count("Adam(1e-3)") == 2
    assert kerlint().status == 0


def test_a_diff_changes_nothing_and_is_status_1(folder: Path) -> None:
    written(folder, pool__py=POOL)
    for arguments in (["--diff"], ["--fix", "--diff"]):
        result = kerlint(*arguments)
        assert result.status == 1
        assert result.out.startswith("--- pool.py\n+++ pool.py\n@@ ")
        assert "+        keras.layers.MaxPooling2D(3, strides=3),\n" in result.out
    assert (folder / "pool.py").read_text() == POOL


def test_no_difference_is_status_0(folder: Path) -> None:
    written(folder, shared__py=SHARED)
    result = kerlint("--diff")
    assert (result.status, result.out) == (0, "")


def test_a_diff_can_be_applied(folder: Path) -> None:
    written(folder, pool__py=POOL)
    patch = kerlint("--diff").out
    subprocess.run(["git", "apply", "-p0"], input=patch, text=True, check=True, cwd=folder)
    assert (folder / "pool.py").read_text() == FIXED


def test_fix_only_says_nothing_of_the_rest(folder: Path) -> None:
    written(folder, pool__py=POOL, shared__py=SHARED)
    result = kerlint("--fix-only")
    assert (result.status, result.out) == (0, "")
    assert (folder / "pool.py").read_text() == FIXED


def test_standard_input_is_fixed_to_standard_output() -> None:
    result = kerlint("-", "--fix", stdin=POOL)
    assert (result.status, result.out) == (0, FIXED)
    assert "Fixed 1 finding" in result.err
    result = kerlint("-", "--fix", stdin=SHARED)
    assert (result.status, result.out) == (1, SHARED)
    assert "KER101" in result.err
    assert kerlint("-", "--diff", "--stdin-filename", "a.py", stdin=POOL).out.startswith("--- a.py\n")
    assert kerlint("-", "--fix-only", stdin=POOL).out == FIXED


def test_standard_input_that_is_left_out_is_given_back() -> None:
    result = kerlint("-", "--fix", "--stdin-filename", "build/a.py", stdin=POOL)
    assert (result.status, result.out) == (0, POOL)


def test_a_file_that_cannot_be_written_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, data: bytes) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("kerlint.shell.edit_run.write_atomically", refuse)
    written(folder, pool__py=POOL)
    result = kerlint("--fix")
    assert result.status == 2
    assert result.complaints == ["kerlint: pool.py: cannot be written: Permission denied"]


def test_a_notebook_is_fixed_in_its_cell(folder: Path) -> None:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [{"x": 1}], "execution_count": 2, "source": POOL}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "n.ipynb").write_text(json.dumps(notebook, indent=1))
    assert kerlint("--fix").status == 0
    after = json.loads((folder / "n.ipynb").read_text())
    assert after["cells"][0]["source"] == FIXED
    assert after["cells"][0]["outputs"] == [{"x": 1}]


def test_comments_are_added_for_every_finding(folder: Path) -> None:
    written(folder, pool__py=POOL, shared__py=SHARED, plain__py=PLAIN)
    result = kerlint("--add-ignores")
    assert (result.status, result.out) == (0, "Added 2 comments in 2 files\n")
    assert "# kerlint: ignore[KER101]" in (folder / "shared.py").read_text()
    assert kerlint().out == "All good: 3 files checked\n"
    assert kerlint("--add-ignores").out == "Nothing to suppress\n"


def test_an_unused_comment_is_a_finding_and_mended(folder: Path) -> None:
    text = "import keras\n\nx = keras.layers.Dense(1)  # kerlint: ignore[KER301]\n"
    written(folder, a__py=text)
    assert "KER002" in kerlint("--output-format", "concise").out
    kerlint("--fix")
    assert (folder / "a.py").read_text() == "import keras\n\nx = keras.layers.Dense(1)\n"


def test_a_baseline_hides_what_it_holds(folder: Path) -> None:
    written(folder, pool__py=POOL)
    result = kerlint("--baseline", "old.json", "--write-baseline")
    assert result.status == 0
    assert result.complaints == ["kerlint: 1 finding written to old.json"]
    assert kerlint("--baseline", "old.json").status == 0
    written(folder, pool__py="\n\n" + POOL, new__py=SHARED)
    result = kerlint("--baseline", "old.json", "--output-format", "concise")
    assert result.status == 1
    assert "pool.py" not in result.out
    assert "new.py:7:1: " in result.out


def test_stale_entries_of_a_baseline_are_told(folder: Path) -> None:
    written(folder, pool__py=POOL, shared__py=SHARED)
    kerlint("--baseline", "old.json", "--write-baseline")
    written(folder, pool__py=FIXED)
    result = kerlint("--baseline", "old.json")
    assert result.status == 0
    assert result.complaints == [
        "kerlint: old.json: no longer found: pool.py: KER301: keras.layers.MaxPooling2D(3),"
    ]
    assert kerlint("--baseline", "old.json", "shared.py").err == "", (
        "files that were not linted are not judged"
    )
    assert kerlint("--baseline", "old.json", "--select", "KER1").err == "", "nor rules that did not run"


def test_the_baseline_can_stand_in_the_configuration(folder: Path) -> None:
    written(folder, pool__py=POOL, kerlint__toml="jobs = 1\nbaseline = 'old.json'\n")
    assert kerlint().status == 2
    assert kerlint("--write-baseline").status == 0
    assert kerlint().status == 0


def test_a_broken_baseline_is_one_line(folder: Path) -> None:
    written(folder, pool__py=POOL, old__json="{")
    result = kerlint("--baseline", "old.json")
    assert result.status == 2
    assert len(result.complaints) == 1
    assert "not a baseline" in result.complaints[0]


def test_only_findings_on_changed_lines_are_shown(folder: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        subprocess.run(["git", *identity, *arguments], check=True, cwd=folder, capture_output=True)

    written(folder, pool__py=POOL)
    git("init")
    git("add", "pool.py")
    git("commit", "-m", "one")
    written(folder, pool__py=POOL + "\n" + POOL)
    assert kerlint().out.count("KER301") == 2
    result = kerlint("--changed-since", "HEAD", "--output-format", "concise")
    assert result.status == 1
    assert [line.split(":")[1] for line in result.out.splitlines()[:-1]] == ["15"]
    result = kerlint("--changed-since", "no-such-revision")
    assert result.status == 2
    assert "git knows no revision 'no-such-revision'" in result.complaints[0]


def test_only_what_would_be_shown_is_fixed(folder: Path) -> None:
    written(folder, pool__py=POOL)
    kerlint("--baseline", "old.json", "--write-baseline")
    written(folder, pool__py=POOL + "\nsecond = keras.Sequential([keras.layers.MaxPooling2D(4)])\n")
    kerlint("--baseline", "old.json", "--fix")
    after = (folder / "pool.py").read_text()
    assert "MaxPooling2D(3)" in after
    assert "MaxPooling2D(4, strides=4)" in after
