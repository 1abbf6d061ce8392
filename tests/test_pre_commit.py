"""The two hooks under the real pre-commit: a commit is blocked, mended, and passes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

POOL_WITHOUT_STRIDES = """\
from keras import layers, models

model = models.Sequential(
    [
        layers.Input((28, 28, 1)),
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(3),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]
)
"""

CONFIG = """\
repos:
  - repo: {source}
    rev: {revision}
    hooks:
      - id: {hook}
"""


@dataclass(frozen=True)
class Repository:
    """A git repository below a temporary folder, with pre-commit's own store beside it."""

    folder: Path
    environment: dict[str, str]

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run git there; its hooks find this interpreter's `pre-commit` and its environments in the store."""
        return subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def commit_all(self, message: str) -> subprocess.CompletedProcess[str]:
        """Stage everything and commit; the hook decides whether it succeeds."""
        assert self.git("add", "--all").returncode == 0
        return self.git("commit", "--message", message)


def make_repository(folder: Path, store: Path) -> Repository:
    """An empty repository whose git ignores the machine's configuration and any outer repository."""
    folder.mkdir(parents=True, exist_ok=True)
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))
    }
    identity = {
        f"GIT_{who}_{what}": "test@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    environment = inherited | identity | {"GIT_CONFIG_GLOBAL": os.devnull, "PRE_COMMIT_HOME": str(store)}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    repository = Repository(folder, environment)
    assert repository.git("init", "--quiet").returncode == 0
    return repository


@pytest.fixture(scope="module")
def hooks(
    tmp_path_factory: pytest.TempPathFactory, copy_checkout: Callable[[Path], Path]
) -> tuple[Repository, str, Path]:
    """This checkout, uncommitted work included, as a repository of hooks: (repository, revision, store)."""
    store = tmp_path_factory.mktemp("store")
    folder = copy_checkout(tmp_path_factory.mktemp("hooks"))
    repository = make_repository(folder, store)
    done = repository.commit_all("the checkout under test")
    assert done.returncode == 0, done.stdout + done.stderr
    return repository, repository.git("rev-parse", "HEAD").stdout.strip(), store


def install(hook: str, folder: Path, hooks: tuple[Repository, str, Path]) -> Repository:
    """A user's repository in which `pre-commit install` set up one of the hooks."""
    source, revision, store = hooks
    repository = make_repository(folder, store)
    config = CONFIG.format(source=source.folder.as_posix(), revision=revision, hook=hook)
    (repository.folder / ".pre-commit-config.yaml").write_text(config)
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"],
        cwd=folder,
        env=repository.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return repository


@pytest.mark.slow
def test_a_finding_blocks_the_commit_until_it_is_mended(
    tmp_path: Path, hooks: tuple[Repository, str, Path]
) -> None:
    repository = install("kerlint", tmp_path / "user", hooks)
    model = repository.folder / "model.py"
    model.write_text(POOL_WITHOUT_STRIDES)
    blocked = repository.commit_all("add the model")
    said = blocked.stdout + blocked.stderr
    assert blocked.returncode != 0, said
    assert "KER301" in said and "model.py" in said
    assert repository.git("rev-parse", "--verify", "HEAD").returncode != 0, "nothing was committed"

    model.write_text(POOL_WITHOUT_STRIDES.replace("MaxPooling2D(3)", "MaxPooling2D(3, strides=3)"))
    passed = repository.commit_all("add the model")
    assert passed.returncode == 0, passed.stdout + passed.stderr


@pytest.mark.slow
def test_the_fixing_hook_mends_the_file_and_lets_the_second_commit_pass(
    tmp_path: Path, hooks: tuple[Repository, str, Path]
) -> None:
    repository = install("kerlint-fix", tmp_path / "user", hooks)
    model = repository.folder / "model.py"
    model.write_text(POOL_WITHOUT_STRIDES)
    blocked = repository.commit_all("add the model")
    assert blocked.returncode != 0, blocked.stdout + blocked.stderr
    assert "files were modified by this hook" in blocked.stdout + blocked.stderr
    assert "strides=3" in model.read_text()

    passed = repository.commit_all("add the model")
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_the_hooks_are_valid_and_never_ask_for_tensorflow(root: Path) -> None:
    manifest = root / ".pre-commit-hooks.yaml"
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tensorflow" not in manifest.read_text()
    assert manifest.read_text().count("types_or: [python, jupyter]") == 2
