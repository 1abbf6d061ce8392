"""The built distributions hold exactly what the tree holds, under one top-level name."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Built:
    """Files of the tree, members of the wheel, and of the source archive (its top folder removed)."""

    tree: frozenset[str]
    wheel: frozenset[str]
    sdist: frozenset[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, copy_checkout: Callable[[Path], Path]) -> Built:
    """A wheel and a source archive built from a copy of the checkout, so that no old build leaks in."""
    source = copy_checkout(tmp_path_factory.mktemp("source"))
    tree = frozenset(path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file())
    dist = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel", "--outdir", str(dist)]
    done = subprocess.run([*command, str(source)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        in_wheel = frozenset(name for name in wheel.namelist() if not name.endswith("/"))
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        files = [member.name for member in archive if member.isfile()]
    return Built(tree, in_wheel, frozenset(name.partition("/")[2] for name in files))


@pytest.mark.slow
def test_the_wheel_holds_the_packages_and_nothing_else(built: Built) -> None:
    engine = {name for name in built.tree if name.startswith("kerlint/")}
    rules = {f"kerlint/{name}" for name in built.tree if name.startswith("rules/")}
    assert {name for name in built.wheel if ".dist-info/" not in name} == engine | rules


@pytest.mark.slow
def test_the_wheel_has_one_top_level_name_and_the_license(built: Built) -> None:
    tops = {name.partition("/")[0] for name in built.wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kerlint"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in built.wheel)


@pytest.mark.slow
def test_the_source_archive_holds_all_that_is_packaged(built: Built) -> None:
    packaged = {name for name in built.tree if name.startswith(("kerlint/", "rules/"))}
    assert packaged | {"pyproject.toml", "README.md", "LICENSE"} <= built.sdist


def test_engine_and_rules_come_from_one_checkout() -> None:
    engine = Path(str(import_module("kerlint").__file__)).resolve()
    rules = Path(str(import_module("kerlint.rules").__file__)).resolve()
    assert rules.parent in {engine.parent.parent / "rules", engine.parent / "rules"}
