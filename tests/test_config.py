"""Configuration files: what is read, what is refused and how that is told."""

from __future__ import annotations

import json
import runpy
import tomllib
from pathlib import Path
from typing import get_args

import jsonschema
import pytest

from kerlint import commands
from kerlint.config import NAMES, Config, Format, Level, Target, find, load, merged
from kerlint.problems import Problem
from kerlint.report import RENDERERS

SCRIPT = runpy.run_path(str(Path(__file__).parent.parent / "scripts" / "make_schema.py"))
PATH: Path = SCRIPT["PATH"]


def loaded(folder: Path, text: str, name: str = "kerlint.toml") -> Config:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load(str(path)).config


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("selct = []", "kerlint.toml: unknown key 'selct' (did you mean select?)"),
        (
            "per_file_ignores = {}",
            "kerlint.toml: unknown key 'per_file_ignores' (did you mean per-file-ignores?)",
        ),
        ("zzz = 1", "kerlint.toml: unknown key 'zzz' (see `kerlint check --show-settings`)"),
        ("preview = 'yes'", "kerlint.toml: preview: expected bool, got str"),
        ("select = [1]", "kerlint.toml: select[0]: expected str, got int"),
        ("jobs = 0", "kerlint.toml: jobs: expected int >= 1"),
        ("fail-on = 'fatal'", "kerlint.toml: fail-on: unknown value 'fatal' (one of info, warning, error)"),
        ("target = 'tf'", "kerlint.toml: target: unknown value 'tf' (one of keras2, keras3)"),
        ("\n\nselect = [", "kerlint.toml:3: invalid TOML: Invalid value"),
        ("a = 1\nb =\nc = 2", "kerlint.toml:2: invalid TOML: Invalid value"),
        ("extend = 'nope.toml'", "nope.toml: No such file or directory"),
        ("extend = 'kerlint.toml'", "kerlint.toml: extends itself through kerlint.toml"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Problem) as caught:
        loaded(tmp_path, text)
    assert str(caught.value) == line


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[" * 100_000, b"\x00"], ids=["UTF-16", "deep", "NUL"])
def test_a_file_that_is_no_toml_is_one_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "kerlint.toml"
    path.write_bytes(data)
    with pytest.raises(Problem) as caught:
        load(str(path))
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_is_read_past(tmp_path: Path) -> None:
    assert loaded(tmp_path, "\ufeffpreview = true").preview is True


def test_pyproject_holds_its_table_only(tmp_path: Path) -> None:
    text = "[project]\nname = 'x'\n[tool.kerlint]\nselect = ['KER3']\n"
    assert loaded(tmp_path, text, "pyproject.toml").select == ["KER3"]
    with pytest.raises(Problem, match=r"tool\.kerlint: expected a table"):
        loaded(tmp_path, "[tool]\nkerlint = 3\n", "pyproject.toml")


def test_the_own_file_goes_before_pyproject_which_needs_a_table(tmp_path: Path) -> None:
    assert find(str(tmp_path)) is None
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert find(str(tmp_path)) is None
    (tmp_path / "pyproject.toml").write_text("[tool.kerlint]\n")
    assert find(str(tmp_path)) == str(tmp_path / "pyproject.toml")
    (tmp_path / "kerlint.toml").write_text("")
    assert find(str(tmp_path)) == str(tmp_path / NAMES[0])


def test_paths_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    loaded(tmp_path, "src = ['lib']\nbaseline = 'b.json'\n", "base.toml")
    config = loaded(tmp_path / "sub", "extend = '../base.toml'\nrules = ['mine']\ncache-dir = '/var/c'\n")
    assert config.src == [str(tmp_path / "lib")]
    assert config.baseline == str(tmp_path / "b.json")
    assert config.rules == [str(tmp_path / "sub" / "mine")]
    assert config.cache_dir == "/var/c"


def test_an_extending_file_goes_over_its_base(tmp_path: Path) -> None:
    loaded(
        tmp_path,
        "select = ['KER1']\nignore = ['KER101']\nextend-exclude = ['a']\npreview = true\n"
        "[severity]\nKER101 = 'info'\nKER201 = 'info'\n",
        "base.toml",
    )
    config = loaded(
        tmp_path,
        "extend = 'base.toml'\nselect = ['KER2']\nextend-exclude = ['b']\n[severity]\nKER201 = 'error'\n",
    )
    assert config.select == ["KER2"]
    assert config.ignore == ["KER101"]
    assert config.extend_exclude == ["a", "b"]
    assert config.preview is True
    assert config.severity == {"KER101": "info", "KER201": "error"}


def test_merging_with_nothing_changes_nothing() -> None:
    config = Config(select=["KER1"], options={"KER302": {"x": 1}}, extend_select=["a"])
    assert merged(config, Config()) == config
    assert merged(Config(), config) == config


def test_the_choices_of_the_command_line_are_those_of_the_configuration() -> None:
    assert get_args(Level) == commands.LEVELS
    assert get_args(Target) == commands.TARGETS
    assert get_args(Format) == commands.FORMATS == tuple(RENDERERS)


def test_the_shipped_schema_is_fresh() -> None:
    assert PATH.read_text(encoding="utf-8") == SCRIPT["schema"](), "run python scripts/make_schema.py"


@pytest.mark.parametrize(
    ("text", "is_valid"),
    [
        ("select = ['ALL']\nfail-on = 'error'\njobs = 2\n[severity]\nKER101 = 'info'\n", True),
        ("[options.mixed-padding]\nmixed-runs = true\n[per-file-ignores]\n'tests/*' = ['KER2']\n", True),
        ("selct = []", False),
        ("fail-on = 'fatal'", False),
        ("jobs = 0", False),
    ],
)
def test_the_schema_agrees_with_the_reader(tmp_path: Path, text: str, is_valid: bool) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(PATH.read_text(encoding="utf-8")))
    validator.check_schema(validator.schema)
    assert validator.is_valid(tomllib.loads(text)) is is_valid
    if is_valid:
        loaded(tmp_path, text)
    else:
        with pytest.raises(Problem):
            loaded(tmp_path, text)
