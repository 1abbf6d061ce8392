"""The corpus is pinned and unpacked safely; the ecosystem report shows findings with their lines."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bench import corpus, ecosystem, subjects


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> corpus.Package:
    """A pinned package whose sources would be unpacked below a temporary folder."""
    monkeypatch.setattr(corpus, "SOURCES", tmp_path / "sources")
    return corpus.Package("toy==1.0", "wheel", "0" * 64)


def write_wheel(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in members.items():
            wheel.writestr(name, text)
    return path


def write_sdist(path: Path, members: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as sdist:
        for name, text in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            sdist.addfile(entry, io.BytesIO(text.encode()))
    return path


def test_every_package_is_pinned_by_version_and_hash() -> None:
    pinned = corpus.packages()
    assert len({package.requirement for package in pinned}) == len(pinned) >= 28
    assert all(re.fullmatch(r"[\w-]+==[\w.]+", package.requirement) for package in pinned)
    assert {package.kind for package in pinned} == {"wheel", "sdist"}
    assert all(re.fullmatch(r"[0-9a-f]{64}", package.sha256) for package in pinned)


def test_only_python_files_and_notebooks_are_unpacked(tmp_path: Path, package: corpus.Package) -> None:
    archive = write_wheel(
        tmp_path / "toy.whl", {"toy/a.py": "a = 1\n", "toy/b.ipynb": "{}", "pyproject.toml": "[tool.ruff]"}
    )
    corpus.unpack(package, archive)
    assert [path.name for path in corpus.files(package)] == ["a.py", "b.ipynb"]
    (marker,) = package.folder.rglob("*.toml")
    assert (marker.parent, marker.read_text()) == (package.folder, "")


@pytest.mark.parametrize("name", ["../evil.py", "/evil.py", "toy/../../evil.py"])
def test_a_member_outside_the_folder_is_refused(tmp_path: Path, package: corpus.Package, name: str) -> None:
    for archive in (
        write_wheel(tmp_path / "toy.whl", {name: "evil = 1\n"}),
        write_sdist(tmp_path / "toy.tar.gz", {name: "evil = 1\n"}),
    ):
        with pytest.raises(SystemExit, match="refusing to unpack"):
            corpus.unpack(package, archive)
    assert not list(tmp_path.rglob("evil.py"))


def test_an_archive_is_found_by_its_hash_not_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "ARCHIVES", tmp_path)
    (tmp_path / "toy-1.0.whl").write_bytes(b"another file under the right name")
    (tmp_path / "renamed.whl").write_bytes(b"the pinned one")
    wanted = corpus.Package("toy==1.0", "wheel", hashlib.sha256(b"the pinned one").hexdigest())
    found = corpus.find_archive(wanted)
    assert found is not None
    assert found.name == "renamed.whl"


def finding(filename: str, row: int, cell: int | None = None) -> dict[str, Any]:
    """A finding as in kerlint's JSON, as far as the report reads it."""
    where = {"filename": filename, "location": {"row": row, "column": 1}, "cell": cell}
    return {**where, "code": "KER301", "severity": "info", "confidence": "certain", "message": "a message"}


def test_a_report_shows_the_source_line_of_a_file_and_of_a_cell(package: corpus.Package) -> None:
    cells = [{"source": "# text"}, {"source": ["x = 1\n", "y = 2"]}]
    package.folder.mkdir(parents=True)
    (package.folder / "a.py").write_text("first = 1\n    second = 2\n")
    (package.folder / "b.ipynb").write_text(json.dumps({"cells": cells}))
    in_file = ecosystem.describe(package, finding("a.py", 2))
    in_cell = ecosystem.describe(package, finding(str(package.folder / "b.ipynb"), 2, cell=2))
    assert in_file == "a.py:2:1: KER301 info a message\n    second = 2"
    assert in_cell == "b.ipynb:cell 2:2:1: KER301 info a message\n    y = 2"


def test_a_vanished_and_a_new_finding_show_as_a_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: corpus.Package
) -> None:
    monkeypatch.setattr(ecosystem, "ACCEPTED", tmp_path)
    ecosystem.accepted_file(package).write_text("a.py:1:1: old\n")
    assert ecosystem.changes(package, "a.py:1:1: old\n") == []
    assert {"-a.py:1:1: old", "+a.py:1:1: new"} <= set(ecosystem.changes(package, "a.py:1:1: new\n"))


def test_a_subject_is_a_call_or_a_name_of_a_script() -> None:
    found = list(subjects.listed())
    call = next(one for one in found if one.package == "image-classifiers")
    script = next(one for one in found if one.file.endswith("examples/mnist_cnn.py"))
    assert not call.is_script and call.call.endswith(")")
    assert (script.is_script, script.call, script.label) == (True, "model", "mnist_cnn.py: model")
    assert "namespace_of" in script.for_keras()
