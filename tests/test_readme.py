"""The README says what is true: its table of rules, its commands, its configuration, its links."""

from __future__ import annotations

import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    """The README's text."""
    return (root / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def test_the_rules_and_the_example_are_what_kerlint_prints(root: Path, readme: str) -> None:
    rewritten = runpy.run_path(str(root / "scripts" / "readme_rules.py"))["rewritten"]
    assert rewritten(readme) == readme, "run `python scripts/readme_rules.py`"


def test_the_configuration_is_accepted(tmp_path: Path, readme: str) -> None:
    (block,) = blocks(readme, "toml")
    assert tomllib.loads(block)
    (tmp_path / "pyproject.toml").write_text(block)
    (tmp_path / "plain.py").write_text("import os\n")
    command = [str(Path(sys.executable).with_name("kerlint")), "check", "plain.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_option_it_names_exists(readme: str) -> None:
    kerlint = str(Path(sys.executable).with_name("kerlint"))
    pages = [
        subprocess.run([kerlint, command, "--help"], capture_output=True, text=True, check=True).stdout
        for command in ("check", "summary", "diff")
    ]
    known = set(re.findall(r"--[a-z][a-z-]+", "".join(pages)))
    lines = [line for block in blocks(readme, "sh") for line in block.splitlines()]
    used = {word for line in lines for word in shlex.split(line, comments=True) if word.startswith("--")}
    assert used, "the README shows commands"
    assert used <= known
    assert set(re.findall(r"`kerlint [^`]*?(--[a-z-]+)", readme)) <= known


def test_every_link_into_the_checkout_leads_somewhere(root: Path, readme: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", readme)
    assert targets
    assert [target for target in targets if not (root / target).exists()] == []
