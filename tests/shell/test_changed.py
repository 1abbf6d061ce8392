"""Only findings on lines that changed since a revision are kept; git says which lines those are."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kerlint.findings import Finding, Location, Region, Related, Severity
from kerlint.problems import Problem
from kerlint.shell.changed import WHOLE_FILE, Rows, changed_lines, rows_in_file, touching

Git = Callable[..., str]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.email", "a@b.c")
    git(folder, "config", "user.name", "A")
    return folder


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / f"{name}.py").write_bytes(text.encode())
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "c")
    return git(folder, "rev-parse", "HEAD")


def changes(folder: Path, rev: str = "HEAD") -> dict[str, tuple[Rows, ...]]:
    """The changed rows by file name relative to the repository."""
    found = changed_lines(rev, str(folder))
    return {os.path.relpath(name, os.path.realpath(folder)): rows for name, rows in found.items()}


def test_edited_added_and_deleted_rows_are_told_apart(repository: Path) -> None:
    commit(repository, a="1\n2\n3\n4\n5\n6\n")
    (repository / "a.py").write_text("1\n22\n3\nnew\nnew\n4\n6\n")
    assert changes(repository) == {"a.py": (Rows(2, 2), Rows(4, 5), Rows(7, 6))}


def test_committed_staged_and_unstaged_changes_count(repository: Path) -> None:
    first = commit(repository, a="1\n2\n3\n", b="1\n")
    commit(repository, a="1\n2\n33\n", b="1\n")
    (repository / "b.py").write_text("2\n")
    git(repository, "add", "b.py")
    (repository / "a.py").write_text("0\n2\n33\n")
    assert changes(repository, first) == {"a.py": (Rows(1, 1), Rows(3, 3)), "b.py": (Rows(1, 1),)}


def test_untracked_files_are_changed_as_a_whole_unless_ignored(repository: Path) -> None:
    commit(repository, a="1\n")
    (repository / "new.py").write_text("1\n")
    (repository / "ignored.py").write_text("1\n")
    (repository / ".gitignore").write_text("ignored.py\n")
    assert changes(repository) == {"new.py": (WHOLE_FILE,), ".gitignore": (WHOLE_FILE,)}


def test_of_a_renamed_file_only_the_edits_count(repository: Path) -> None:
    text = "".join(f"line {number}\n" for number in range(30))
    commit(repository, a=text, b=text.upper())
    git(repository, "mv", "a.py", "c.py")
    git(repository, "mv", "b.py", "d.py")
    (repository / "c.py").write_text(text.replace("line 9\n", "line nine\n"))
    assert changes(repository) == {"c.py": (Rows(10, 10),)}


def test_deleted_files_have_no_rows(repository: Path) -> None:
    commit(repository, a="1\n", b="1\n")
    (repository / "a.py").unlink()
    assert changes(repository) == {}


@pytest.mark.parametrize(
    "name", ["a b.py", "é.py", 'q"uote.py', "tab\t.py", "back\\slash.py", "-n.py", "new\nline.py"]
)
def test_odd_names_are_read_back(repository: Path, name: str) -> None:
    (repository / name).write_text("1\n")
    commit(repository)
    (repository / name).write_text("1\n2\n")
    (repository / f"x{name}").write_text("1\n")
    assert changes(repository) == {name: (Rows(2, 2),), f"x{name}": (WHOLE_FILE,)}


def test_lines_that_look_like_a_diff_do_not_confuse(repository: Path) -> None:
    commit(repository, a="x\n-- b/other.py\n", b="1\n")
    (repository / "a.py").write_text("x\n++ b/other.py\n@@ -1 +9 @@\nBinary files a and b differ")
    (repository / "b.py").write_text("2")
    assert changes(repository) == {"a.py": (Rows(2, 4),), "b.py": (Rows(1, 1),)}


def test_the_users_git_configuration_does_not_matter(repository: Path) -> None:
    commit(repository, a="1\n", b="1\n")
    options = {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.external": "false",
        "diff.context": "5",
        "diff.interHunkContext": "9",
        "diff.renames": "false",
        "diff.relative": "true",
        "color.ui": "always",
        "color.diff": "always",
    }
    for option, value in options.items():
        git(repository, "config", option, value)
    folder = repository / "sub"
    folder.mkdir()
    (repository / "a.py").write_text("2\n")
    assert changed_lines("HEAD", str(folder)) == {os.path.realpath(repository / "a.py"): (Rows(1, 1),)}


def test_files_that_git_calls_binary_are_changed_as_a_whole(repository: Path) -> None:
    (repository / ".gitattributes").write_text("*.ipynb -diff\n")
    (repository / "a b.ipynb").write_text("1\n")
    commit(repository, a="1\n")
    (repository / "a b.ipynb").write_text("2\n")
    assert changes(repository) == {"a b.ipynb": (WHOLE_FILE,)}


def test_submodules_are_left_out(repository: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    git(inner, "init", "-q")
    git(inner, "config", "user.email", "a@b.c")
    git(inner, "config", "user.name", "A")
    commit(inner, m="1\n")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "inner")
    commit(repository, a="1\n")
    (repository / "inner" / "m.py").write_text("2\n")
    (repository / "a.py").write_text("2\n")
    assert changes(repository) == {"a.py": (Rows(1, 1),)}


def test_three_dots_ask_for_the_merge_base(repository: Path) -> None:
    commit(repository, a="1\n", b="1\n")
    git(repository, "checkout", "-q", "-b", "topic")
    commit(repository, a="2\n")
    git(repository, "checkout", "-q", "main")
    commit(repository, b="2\n")
    git(repository, "checkout", "-q", "topic")
    assert changes(repository, "main...") == {"a.py": (Rows(1, 1),)}
    assert set(changes(repository, "main")) == {"a.py", "b.py"}


@pytest.mark.parametrize("rev", ["nothing", "", "--all", "-n", "HEAD~9", "nothing..."])
def test_an_unknown_revision_is_one_clear_line(repository: Path, rev: str) -> None:
    commit(repository, a="1\n")
    with pytest.raises(Problem, match="git knows no revision"):
        changed_lines(rev, str(repository))


def test_outside_a_repository_there_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(Problem, match="in a git repository only") as caught:
        changed_lines("HEAD", str(tmp_path))
    assert "\n" not in str(caught.value)


def test_without_git_there_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem, match="needs git"):
        changed_lines("HEAD", str(tmp_path))


def at(region: tuple[int, int, int, int], filename: str = "m.py", file_row: int | None = None) -> Location:
    return Location(filename, Region(*region), Region(*region), file_row=file_row)


def finding(location: Location, *related: Location) -> Finding:
    others = tuple(Related(place, "there") for place in related)
    return Finding("KER101", "optimizer-reused", Severity.ERROR, "message", location, related=others)


@pytest.mark.parametrize(
    "rows, kept",
    [
        (Rows(2, 2), False),
        (Rows(3, 3), True),
        (Rows(5, 9), True),
        (Rows(6, 6), False),
        (Rows(1, 9), True),
        (Rows(4, 3), True),
        (Rows(3, 2), False),
        (Rows(6, 5), False),
        (WHOLE_FILE, True),
    ],
)
def test_a_finding_is_kept_if_one_of_its_rows_changed(tmp_path: Path, rows: Rows, kept: bool) -> None:
    changed = {os.path.realpath(tmp_path / "m.py"): (rows,)}
    spanning = finding(at((3, 5, 5, 2)))
    assert touching([spanning], changed, str(tmp_path)) == ((spanning,) if kept else ())


def test_a_finding_is_kept_for_a_change_at_a_place_that_explains_it(tmp_path: Path) -> None:
    changed = {os.path.realpath(tmp_path / "m.py"): (Rows(9, 9),)}
    explained = finding(at((1, 1, 1, 2)), at((9, 1, 9, 2)))
    elsewhere = finding(at((1, 1, 1, 2)), at((9, 1, 9, 2), "n.py"))
    assert touching([explained, elsewhere], changed, str(tmp_path)) == (explained,)


def test_in_a_notebook_the_rows_of_the_json_file_count() -> None:
    assert rows_in_file(at((2, 1, 4, 3), file_row=40)) == (40, 42)
    assert rows_in_file(at((2, 1, 4, 1))) == (2, 3)
    assert rows_in_file(at((2, 1, 2, 1))) == (2, 2)
