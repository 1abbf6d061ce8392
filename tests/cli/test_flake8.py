"""kerlint as a plugin of the real flake8: its codes, its configuration, and nothing imported in vain."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .helpers import FIXED, POOL, QUIET, written

SUPPRESSED = POOL.replace("(3),", "(3),  # {}")


def flake8(folder: Path, *arguments: str, stdin: str = "") -> list[str]:
    """The lines that flake8 prints of kerlint's codes, without the words of the messages."""
    command = [sys.executable, "-m", "flake8", "--isolated", "--select", "KER", *arguments]
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, text=True, check=False)
    assert done.stderr == "", done.stderr
    return [" ".join(line.split()[:3]) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """One run of flake8 over files that show what the plugin obeys."""
    folder = tmp_path_factory.mktemp("flake8")
    written(folder, kerlint__toml="extend-exclude = ['left_out.py']\n", left_out__py=POOL)
    written(folder, pool__py=POOL, fixed__py=FIXED, info__py=QUIET, plain__py="import os\n")
    written(folder, own__py=SUPPRESSED.format("kerlint: ignore[KER301]"), crlf__py=POOL.replace("\n", "\r\n"))
    written(folder, noqa__py=SUPPRESSED.format("noqa: KER301"))
    (folder / "latin.py").write_bytes(b"# -*- coding: latin-1 -*-\nx = '\xe9'; " + POOL.encode())
    written(folder / "broken", kerlint__toml="slect = ['KER1']\n", pool__py=POOL)
    written(folder / "silent", kerlint__toml="ignore = ['KER301']\n", pool__py=POOL)
    written(folder / "strict", kerlint__toml="fail-on = 'info'\n", info__py=QUIET)
    return flake8(folder, ".")


def test_findings_stand_at_their_places_under_their_codes(lines: list[str]) -> None:
    at = "6:9: KER301 [implicit-pool-strides]"
    assert [line for line in lines if line.startswith(("./pool", "./crlf", "./latin"))] == [
        f"./crlf.py:{at}",
        "./latin.py:7:9: KER301 [implicit-pool-strides]",
        f"./pool.py:{at}",
    ]


@pytest.mark.parametrize("name", ["own", "noqa", "left_out", "silent", "fixed", "plain"])
def test_what_kerlint_passes_by_flake8_does_not_show(lines: list[str], name: str) -> None:
    assert not [line for line in lines if name in line]


def test_what_fails_no_run_is_not_shown_unless_the_configuration_says_that_it_does(lines: list[str]) -> None:
    assert [line for line in lines if "info.py" in line] == [
        "./strict/info.py:6:9: KER301 [implicit-pool-strides]"
    ]


def test_a_broken_configuration_is_told_where_it_holds_and_the_other_files_go_on(lines: list[str]) -> None:
    assert [line for line in lines if "KER000" in line] == [
        "./broken/pool.py:1:1: KER000 broken/kerlint.toml:"
    ]


def test_standard_input_is_linted_with_the_settings_of_the_folder(tmp_path: Path) -> None:
    written(tmp_path, kerlint__toml="")
    assert flake8(tmp_path, "-", stdin=POOL) == ["stdin:6:9: KER301 [implicit-pool-strides]"]


WATCH = """\
import sys
before = set(sys.modules)
from kerlint.flake8_plugin import Checker
list(Checker(None, "a.py", ["import os\\n"]).run())
print(*sorted(set(sys.modules) - before))
"""


def test_files_without_keras_cost_flake8_two_small_modules(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = {name for name in done.stdout.split() if "kerlint" in name}
    assert loaded == {"kerlint", "kerlint.flake8_plugin", "kerlint.gate", "kerlint.version"}
    assert not {"libcst", "msgspec", "click", "pathspec"} & set(done.stdout.split())
