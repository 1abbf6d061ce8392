"""The web site is made from the rules and the README, and builds without a warning."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from kerlint.catalog import catalog


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    """Every page by its path."""
    made: dict[str, str] = runpy.run_path(str(root / "scripts" / "make_docs.py"))["pages"]()
    return made


def test_every_rule_has_a_page_with_its_examples(pages: dict[str, str]) -> None:
    for rule in catalog().values():
        page = pages[f"rules/{rule.name}.md"]
        assert page.startswith(f"# {rule.code} {rule.name}\n")
        assert page.count("```") % 2 == 0
        assert all(title[1:] in page for title in (*rule.bad, *rule.good))


def test_the_table_of_rules_names_all_of_them(pages: dict[str, str]) -> None:
    assert all(f"({rule.name}.md)" in pages["rules/index.md"] for rule in catalog().values())


def test_a_rules_address_is_that_of_its_page(pages: dict[str, str]) -> None:
    for rule in catalog().values():
        path = rule.url.removeprefix("https://kerlint.readthedocs.io/").rstrip("/")
        assert f"{path}.md" in pages


def test_every_option_of_the_command_is_shown(pages: dict[str, str]) -> None:
    for option in ("--select", "--preview", "--statistics", "--changed-since"):
        assert option in pages["options.md"]


@pytest.mark.slow
def test_the_site_builds_without_a_warning(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "rules" / "optimizer-reused" / "index.html").is_file()
