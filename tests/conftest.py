"""Fixtures that more than one test file needs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from bench.browser import Browser, chromium

hypothesis.settings.register_profile("kerlint", deadline=None)  # a busy machine is no fault
hypothesis.settings.load_profile("kerlint")

ROOT = Path(__file__).resolve().parent.parent
EMACS_PACKAGES = Path("/usr/share/emacs/site-lisp/elpa")
"""Where Debian puts Emacs's packages; what is in it is asked for without starting Emacs."""


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout the tests run in."""
    return ROOT


@pytest.fixture(scope="session")
def copy_checkout() -> Callable[[Path], Path]:
    """A function that copies the checkout as it is now, without what git ignores, to a new folder."""

    def copy(target: Path) -> Path:
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target / name)
        return target

    return copy


def validators_folder() -> Path:
    """Where `scripts/install_validators.sh` puts the published readers of our formats."""
    return Path(os.environ.get("KERLINT_VALIDATORS", ROOT / "build" / "validators"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-snapshots` accepts what the snapshot tests produce now."""
    parser.addoption("--update-snapshots", action="store_true", help="rewrite tests/snapshots")


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")


def _absent() -> list[str]:
    """Markers of tests whose tools are not here: validators only outside CI (there they fail), the others anywhere."""
    found = []
    if not (validators_folder() / ".installed").is_file() and not _in_ci():
        found.append("validators")
    if shutil.which("emacs") is None or not any(EMACS_PACKAGES.glob("eglot-*")):
        found.append("editors")
    if chromium() is None:
        found.append("browser")
    return found


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests whose tools are not on this machine."""
    for marker in _absent():
        asking = [item for item in items if item.get_closest_marker(marker)]
        if asking:
            config.hook.pytest_deselected(items=asking)
            items[:] = [item for item in items if item not in asking]


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """A headless Chromium; fails where there is none."""
    executable = chromium()
    if executable is None:
        pytest.fail("no Chromium: apt-get install chromium, or name one in KERLINT_CHROMIUM")
    return Browser(executable, tmp_path)


@pytest.fixture
def validators() -> Path:
    """The `node_modules` of the validators; fails where they are not installed."""
    folder = validators_folder()
    if not (folder / ".installed").is_file():
        pytest.fail(f"no validators in {folder}: run scripts/install_validators.sh")
    return folder / "node_modules"


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """A function (name, text) that asserts that the text equals tests/snapshots/<name>."""

    def check(name: str, text: str) -> None:
        file = ROOT / "tests" / "snapshots" / name
        if request.config.getoption("--update-snapshots"):
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(text.encode())
        assert file.is_file(), f"no snapshot {name}: run pytest --update-snapshots and read it"
        assert text == file.read_bytes().decode(), "differs: pytest --update-snapshots accepts it"

    return check
