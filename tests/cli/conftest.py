"""A folder to work in, apart from the checkout and from the terminal the tests run in."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder of the test: empty, and the root of a project by its `kerlint.toml`."""
    for name in ("NO_COLOR", "FORCE_COLOR", "KERLINT_CACHE_DIR", "KERLINT_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    here = tmp_path / "project"
    here.mkdir()
    (here / "kerlint.toml").write_text("jobs = 1\n")
    monkeypatch.chdir(here)
    return here
