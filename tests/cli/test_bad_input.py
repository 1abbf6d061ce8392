"""What cannot be done: one clear line each, status 2, and everything else is still reported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .helpers import PLAIN, POOL, kerlint, written

DEEP = "import keras\nx = " + "(" * 5000 + "1" + ")" * 5000 + "\n"
SUM = "import keras\nx = " + " + ".join(["1"] * 20_000) + "\n"

CANNOT = {
    "NUL bytes": ("bad.py", b"import keras\x00\n", "kerlint: bad.py: line 1: NUL byte"),
    "an unknown coding cookie": (
        "bad.py",
        b"# -*- coding: klingon -*-\nimport keras\n",
        "kerlint: bad.py: line 1: unknown encoding 'klingon'",
    ),
    "a wrong coding cookie": (
        "bad.py",
        b"# -*- coding: ascii -*-\nimport keras  # \xff\n",
        "kerlint: bad.py: line 2: byte 0xff is not valid ascii",
    ),
    "bytes that are no UTF-8": ("bad.py", b"import keras  # \xff\n", "kerlint: bad.py: line 1: byte 0xff"),
    "a notebook cut short": ("bad.ipynb", b'{"cells": ["keras', "kerlint: bad.ipynb: line 1: not a notebook"),
    "a notebook without cells": ("bad.ipynb", b'{"keras": 1}', "kerlint: bad.ipynb: line 1: not a notebook"),
    "more than 10 MB": (
        "bad.py",
        b"import keras\n" + b"x = [1, 2, 3]\n" * 720_000,
        "kerlint: bad.py: line 1: 10,080,013 bytes, more than",
    ),
}


@pytest.mark.parametrize(("name", "data", "line"), CANNOT.values(), ids=CANNOT)
def test_a_file_that_cannot_be_linted_is_one_line(folder: Path, name: str, data: bytes, line: str) -> None:
    written(folder, good__py=POOL)
    (folder / name).write_bytes(data)
    result = kerlint("--output-format", "concise")
    assert result.status == 2
    assert len(result.complaints) == 1
    assert result.complaints[0].startswith(line)
    assert result.out.startswith("good.py:6:9: warning KER301")


FINDINGS = {
    "a syntax error": ("import keras\nx = (\n", "not Python"),
    "5,000 nested parentheses": (DEEP, "nested more than"),
    "a sum of 20,000 terms": (SUM, "more than"),
}


@pytest.mark.parametrize(("text", "words"), FINDINGS.values(), ids=FINDINGS)
def test_a_file_that_no_parser_reads_is_one_finding(folder: Path, text: str, words: str) -> None:
    written(folder, good__py=POOL, bad__py=text)
    result = kerlint("--output-format", "concise")
    assert result.status == 1
    assert result.err == ""
    lines = result.out.splitlines()
    assert lines[0].startswith("bad.py:2:")
    assert "error KER001 [source-not-python]" in lines[0]
    assert words in lines[0]
    assert lines[1].startswith("good.py:6:9: warning KER301")


ENDLESS = {
    "while True": "import keras\nn = 0\nwhile True:\n    n += 1\n",
    "unbounded recursion": "import keras\ndef f(n):\n    return f(n + 1)\nf(0)\n",
    "an endless generator": "import keras\nimport itertools\nx = [n for n in itertools.count()]\n",
    "a huge power": "import keras\nx = 10 ** 10 ** 10\ny = 'a' * 10 ** 12\n",
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_a_program_that_never_ends_does_not_hold_up_the_run(folder: Path, text: str) -> None:
    written(folder, good__py=POOL, bad__py=text)
    result = kerlint("--output-format", "concise")
    assert result.status == 1
    assert "good.py:6:9: warning KER301" in result.out
    assert result.err == ""


def test_a_missing_path_is_told_and_the_others_are_linted(folder: Path) -> None:
    written(folder, good__py=POOL)
    result = kerlint("nope.py", "good.py", "nowhere/")
    assert result.status == 2
    assert result.complaints == [
        "kerlint: nope.py: no such file or folder",
        "kerlint: nowhere/: no such file or folder",
    ]
    assert "KER301" in result.out
    assert "exit status 2" in result.out


def test_a_file_that_may_not_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder, good__py=POOL, secret__py=POOL)

    def refuse(path: str, mode: str) -> object:
        if path.endswith("secret.py"):
            raise PermissionError(13, "Permission denied", path)
        return open(path, mode)

    monkeypatch.setattr("kerlint.shell.lint_run.open", refuse, raising=False)
    result = kerlint()
    assert result.status == 2
    assert result.complaints == ["kerlint: secret.py: Permission denied"]
    assert "good.py:6:9" in result.out


def test_a_loop_of_links_is_walked_once(folder: Path) -> None:
    written(folder / "a", good__py=POOL)
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "a" / "self.py").symlink_to(folder / "a" / "self.py")
    result = kerlint("--output-format", "concise")
    assert result.status == 1
    assert result.out.count("KER301") == 1


CONFIGS = {
    "broken TOML": ("select = [\n", "kerlint: kerlint.toml:1: invalid TOML: Invalid value"),
    "an unknown key": ("selct = []\n", "kerlint: kerlint.toml: unknown key 'selct' (did you mean select?)"),
    "an unknown rule": (
        "ignore = ['mixed-pading']\n",
        "kerlint: kerlint.toml: unknown rule 'mixed-pading' (did you mean mixed-padding?)",
    ),
    "an unknown rule in severity": (
        "[severity]\nKER001x = 'info'\n",
        "kerlint: kerlint.toml: severity: unknown rule 'KER001x' (did you mean KER001?)",
    ),
    "an unknown rule for some files": (
        "[per-file-ignores]\n'a.py' = ['optimizer-reuse']\n",
        "kerlint: kerlint.toml: per-file-ignores: unknown rule 'optimizer-reuse' (did you mean optimizer-reused?)",
    ),
    "an option of a rule without options": (
        "[options.optimizer-reused]\nx = 1\n",
        "kerlint: kerlint.toml: options.optimizer-reused: optimizer-reused has no options",
    ),
    "an unknown option of a rule": (
        "[options.mixed-padding]\nstrct = true\n",
        (
            "kerlint: kerlint.toml: options.mixed-padding: mixed-padding has no option 'strct'; "
            "it has include-pools, strict"
        ),
    ),
    "an option of the wrong kind": (
        "[options.mixed-padding]\nstrict = 'yes'\n",
        "kerlint: kerlint.toml: options.mixed-padding: Expected bool, got str - at strict",
    ),
    "a value of the wrong kind": ("preview = 3\n", "kerlint: kerlint.toml: preview: expected bool, got int"),
}


@pytest.mark.parametrize(("text", "line"), CONFIGS.values(), ids=CONFIGS)
def test_a_bad_configuration_is_one_line(folder: Path, text: str, line: str) -> None:
    written(folder, kerlint__toml=text, good__py=POOL)
    result = kerlint()
    assert (result.status, result.out, result.complaints) == (2, "", [line])


OPTIONS = {
    "an unknown option": (["--slect", "KER3"], "no such option: --slect (did you mean --select?)"),
    "an unknown rule": (["--select", "KER3011"], "unknown rule 'KER3011' (did you mean KER301?)"),
    "a prefix without rules": (
        ["--ignore", "KER89"],
        "unknown rule 'KER89' (`kerlint rule --all` lists them)",
    ),
    "a bad choice": (["--fail-on", "fatal"], "invalid value for '--fail-on': 'fatal' is not one of"),
    "no jobs": (["--jobs", "0"], "invalid value for '--jobs' / '-j': 0 is not in the range x>=1"),
    "a missing value": (["--select"], "option '--select' requires an argument"),
    "a missing configuration": (["--config", "no.toml"], "no.toml: No such file or directory"),
    "a missing baseline": (["--baseline", "no.json"], "no such baseline"),
    "a baseline to nowhere": (["--write-baseline"], "--write-baseline: where to? (add --baseline FILE)"),
    "contradictions": (["--diff", "--add-ignores"], "--diff and --add-ignores exclude each other"),
    "two sources of settings": (
        ["--isolated", "--config", "a.toml"],
        "--isolated and --config exclude each other",
    ),
    "standard input and paths": (["-", "a.py"], "standard input (-) and paths cannot be linted in one run"),
    "changes without a repository": (["--changed-since", "HEAD"], "git repository"),
    "an unsuitable format": (
        ["--statistics", "--output-format", "sarif"],
        "--statistics has no sarif format",
    ),
}


@pytest.mark.parametrize(("arguments", "line"), OPTIONS.values(), ids=OPTIONS)
def test_a_bad_option_is_one_line(folder: Path, arguments: list[str], line: str) -> None:
    written(folder, good__py=POOL)
    result = kerlint(*arguments)
    assert result.status == 2
    assert result.out == ""
    assert len(result.complaints) == 1
    assert result.complaints[0].startswith("kerlint: ")
    assert line in result.complaints[0]


def test_an_output_file_that_cannot_be_written_is_told(folder: Path) -> None:
    written(folder, plain__py=PLAIN)
    result = kerlint("--output-file", "no/such/folder/out.txt")
    assert result.status == 2
    assert result.complaints == [
        "kerlint: no/such/folder/out.txt: cannot be written: No such file or directory"
    ]


def test_a_crash_of_a_rule_is_told_and_the_others_speak(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kerlint import linter

    def crash(*arguments: object) -> object:
        raise ZeroDivisionError("of a rule")

    written(folder, good__py=POOL + "x = 1  # kerlint: ignore[KER301]\n")
    real = linter._rules

    def rules(settings: object) -> list[object]:
        from dataclasses import replace

        return [replace(rule, check=crash) if rule.code == "KER101" else rule for rule in real(settings)]  # type: ignore[arg-type]

    monkeypatch.setattr(linter, "_rules", rules)
    result = kerlint("--no-cache")
    assert result.status == 2
    assert result.complaints == [
        "kerlint: internal error in good.py: rule KER101: ZeroDivisionError: of a rule"
    ]
    assert "KER301" in result.out


def test_a_crash_of_the_core_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*arguments: object) -> object:
        raise AssertionError("two\nlines")

    monkeypatch.setattr("kerlint.shell.session.load_core", lambda: crash)
    written(folder, good__py=POOL)
    result = kerlint("--no-cache")
    assert result.status == 2
    assert result.complaints == ["kerlint: internal error in good.py: AssertionError: two lines"]


def test_a_crash_outside_any_file_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*arguments: object) -> object:
        raise AssertionError("two\nlines")

    monkeypatch.setattr("kerlint.shell.run.gather", crash)
    result = kerlint("--no-cache")
    assert (result.status, result.complaints) == (2, ["kerlint: internal error: AssertionError: two lines"])
    monkeypatch.setenv("KERLINT_DEBUG", "1")
    with pytest.raises(AssertionError):
        kerlint("--no-cache")


def test_a_working_folder_that_is_gone_is_told(folder: Path) -> None:
    script = "import os, sys; os.rmdir(os.getcwd()); from kerlint.cli import main; sys.exit(main(['check']))"
    gone = folder / "gone"
    gone.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=gone, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "kerlint: the working folder is gone (No such file or directory)\n"


@pytest.mark.parametrize("name", ["a b.py", "naïve.py", "line\nbreak.py", os.fsdecode(b"latin-\xff.py")])
def test_any_file_name_can_be_told(folder: Path, name: str) -> None:
    (folder / name).write_text(POOL)
    for output_format in ("text", "concise", "json", "sarif", "junit", "github", "gitlab", "rdjson", "html"):
        result = kerlint("--output-format", output_format, name)
        assert (result.status, result.err) == (1, ""), output_format


def test_a_broken_configuration_costs_its_own_files_only(folder: Path) -> None:
    written(folder, good__py=POOL)
    written(folder / "sub", bad__py=POOL, worse__py=POOL, kerlint__toml="select = [\n")
    result = kerlint("--output-format", "concise")
    assert result.status == 2
    assert result.complaints == ["kerlint: sub/kerlint.toml:1: invalid TOML: Invalid value"]
    assert result.out.startswith("good.py:6:9: ")
    assert "bad.py" not in result.out
