"""The target and the import roots from a project's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.project import import_roots, inferred_target, root_of


@pytest.mark.parametrize(
    ("requirement", "target"),
    [
        ("keras<3", "keras2"),
        ("keras>=2.4,<3.0", "keras2"),
        ("Keras==2.3.1", "keras2"),
        ("keras==2.*", "keras2"),
        ("keras~=2.15", "keras2"),
        ("keras>=3", "keras3"),
        ("keras >= 3.1 ; python_version > '3.9'", "keras3"),
        ("keras>=2.4", None),
        ("keras", None),
        ("keras!=2.4", None),
        ("tensorflow<2.16", "keras2"),
        ("tensorflow-gpu==2.10.1", "keras2"),
        ("tensorflow[and-cuda]>=2.16", "keras3"),
        ("tensorflow>=2.4,<2.11  # pinned", "keras2"),
        ("tensorflow~=2.15.0", "keras2"),
        ("tensorflow~=2.15", None),
        ("tensorflow<3", None),
        ("tensorflow==2.*", None),
        ("tensorflow-datasets==1.0", None),
        ("# keras<3", None),
        ("-r keras.txt", None),
    ],
)
def test_a_requirement_settles_the_target(tmp_path: Path, requirement: str, target: str | None) -> None:
    (tmp_path / "requirements.txt").write_text(f"numpy\n{requirement}\n")
    assert inferred_target(str(tmp_path)) == target


@pytest.mark.parametrize(
    ("toml", "target"),
    [
        ('[project]\ndependencies = ["keras>=3"]', "keras3"),
        ('[project.optional-dependencies]\ntf = ["tensorflow<2.13"]', "keras2"),
        ('[dependency-groups]\ndev = ["keras<3", {include-group = "x"}]', "keras2"),
        ('[tool.poetry.dependencies]\nkeras = "^2.15"', "keras2"),
        ('[tool.poetry.dependencies]\ntensorflow = "^2.15"', None),
        ('[tool.poetry.dependencies]\ntensorflow = {version = "~2.15"}', "keras2"),
        ("project = 3", None),
        ("not toml", None),
    ],
)
def test_dependencies_in_pyproject_settle_the_target(tmp_path: Path, toml: str, target: str | None) -> None:
    (tmp_path / "pyproject.toml").write_text(toml)
    assert inferred_target(str(tmp_path)) == target


def test_a_requirement_on_keras_outweighs_tensorflow(tmp_path: Path) -> None:
    (tmp_path / "requirements-dev.txt").write_text("tensorflow<2.16\nkeras>=3\n")
    assert inferred_target(str(tmp_path)) == "keras3"


def test_no_requirements_leave_the_target_open(tmp_path: Path) -> None:
    assert inferred_target(str(tmp_path)) is None
    assert inferred_target(str(tmp_path / "missing")) is None


def test_the_root_is_the_nearest_folder_with_a_mark(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert root_of(str(inner)) == str(tmp_path)
    (tmp_path / "a" / "setup.py").write_text("")
    assert root_of(str(inner)) == str(tmp_path / "a")


def test_imports_start_above_the_package_then_in_src_and_the_root(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "pkg" / "sub"
    package.mkdir(parents=True)
    (tmp_path / "src").mkdir()
    for folder in (package, package.parent):
        (folder / "__init__.py").write_text("")
    roots = import_roots(str(package), str(tmp_path))
    assert roots == (str(tmp_path / "lib"), str(tmp_path / "src"), str(tmp_path))
    assert import_roots(str(tmp_path), None) == (str(tmp_path),)
