"""Folders give the files that git and the excludes leave, in stable order; faults are data."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerlint.discover import Discovery, discover
from kerlint.patterns import Patterns


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")


def repository(root: Path) -> None:
    (root / ".git" / "info").mkdir(parents=True)


def found(*paths: str, **options: object) -> list[str]:
    discovery = discover(paths or ["."], **options)  # type: ignore[arg-type]
    assert discovery.problems == []
    return discovery.files


def test_folders_are_walked_in_sorted_order_for_python_and_notebooks(tree: Path) -> None:
    make(tree, "b.py", "a/z.py", "a/y.ipynb", "a/x.pyi", "c.txt", "a.py", "d.PY")
    assert found() == ["a.py", "a/x.pyi", "a/y.ipynb", "a/z.py", "b.py"]


def test_names_are_shown_as_they_were_asked_for(tree: Path) -> None:
    make(tree, "a/b.py")
    assert found("a") == ["a/b.py"]
    assert found("./a/") == ["a/b.py"]
    assert found("a/b.py") == ["a/b.py"]
    assert found(str(tree)) == [str(tree / "a/b.py")]


def test_default_excludes_are_left_out_and_can_be_replaced(tree: Path) -> None:
    make(
        tree,
        "a.py",
        "venv/b.py",
        ".venv/c.py",
        "x/node_modules/d.py",
        "build/e.py",
        ".ipynb_checkpoints/f.ipynb",
    )
    assert found() == ["a.py"]
    assert found(exclude=["a.*"]) == [
        ".ipynb_checkpoints/f.ipynb",
        ".venv/c.py",
        "build/e.py",
        "venv/b.py",
        "x/node_modules/d.py",
    ]
    assert found(extend_exclude=["a.py"]) == []


def test_excludes_with_slashes_count_from_the_root(tree: Path) -> None:
    make(tree, "a/gen/x.py", "b/gen/x.py", "a/y.py")
    assert found(extend_exclude=["a/gen"]) == ["a/y.py", "b/gen/x.py"]
    assert found(extend_exclude=["**/gen"]) == ["a/y.py"]
    assert found("a", extend_exclude=["a/gen/*.py"]) == ["a/y.py"]


def test_a_named_file_is_taken_whatever_its_name_unless_excludes_are_forced(tree: Path) -> None:
    make(tree, "venv/a.py", "script")
    assert found("venv/a.py", "script") == ["venv/a.py", "script"]
    assert found("venv/a.py", "script", force_exclude=True) == ["script"]
    assert found("venv") == ["venv/a.py"]
    assert found("venv", force_exclude=True) == []


def test_gitignore_is_obeyed_nested_and_with_exceptions(tree: Path) -> None:
    repository(tree)
    make(tree, "a.py", "b.py", "out/c.py", "sub/a.py", "sub/keep.py", "sub/gen_1.py", "sub/deep/gen_2.py")
    (tree / ".gitignore").write_text("# c\n/b.py\nout/\ngen_*.py\n")
    (tree / "sub" / ".gitignore").write_text("!gen_1.py\na.py\n")
    assert found() == ["a.py", "sub/gen_1.py", "sub/keep.py"]
    assert found(respect_gitignore=False) == [
        "a.py",
        "b.py",
        "out/c.py",
        "sub/a.py",
        "sub/deep/gen_2.py",
        "sub/gen_1.py",
        "sub/keep.py",
    ]


def test_ignore_files_of_the_parents_and_of_git_itself_hold(tree: Path) -> None:
    repository(tree)
    make(tree, "p/q/a.py", "p/q/b.py", "p/q/c.py")
    (tree / ".gitignore").write_text("a.py\n")
    (tree / ".git" / "info" / "exclude").write_text("b.py\n")
    assert found("p/q") == ["p/q/c.py"]
    assert found("p/q/a.py") == ["p/q/a.py"]
    assert found("p/q/a.py", "p/q/c.py", force_exclude=True) == ["p/q/c.py"]


def test_an_ignored_folder_is_entered_when_named(tree: Path) -> None:
    repository(tree)
    make(tree, "out/a.py")
    (tree / ".gitignore").write_text("out\n")
    assert found() == []
    assert found("out") == ["out/a.py"]
    assert found("out", force_exclude=True) == []


def test_a_repository_within_a_repository_has_its_own_rules(tree: Path) -> None:
    repository(tree)
    make(tree, "inner/a.py")
    (tree / ".gitignore").write_text("a.py\n")
    repository(tree / "inner")
    assert found("inner") == ["inner/a.py"]


def test_unreadable_patterns_are_passed_over(tree: Path) -> None:
    repository(tree)
    make(tree, "a.py", "b.py")
    (tree / ".gitignore").write_bytes(b"\xff\n!\na.py\n[\n\\\n")
    assert "b.py" in found()
    assert "a.py" not in found()


def test_git_agrees(tree: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    lines = "*.log\n/top.py\n**/tmp/\ndoc/**/x.py\n!doc/keep/x.py\na/*/b.py\n[cd].py\nfoo?.py\n\\#h.py\n"
    (tree / ".gitignore").write_text(lines)
    make(tree, "top.py", "s/top.py", "s/tmp/y.py", "tmp.py", "doc/x.py", "doc/a/b/x.py", "doc/keep/x.py")
    make(tree, "a/z/b.py", "a/b.py", "a/y/z/b.py", "c.py", "e.py", "foo1.py", "foo.py", "#h.py", "é/ü.py")
    listed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert sorted(found()) == sorted(name for name in listed if name.endswith(".py"))


def test_links_to_folders_make_no_loop_and_no_duplicates(tree: Path) -> None:
    make(tree, "a/b.py")
    (tree / "a" / "loop").symlink_to(tree)
    (tree / "again").symlink_to(tree / "a")
    (tree / "z.py").symlink_to(tree / "a" / "b.py")
    (tree / "gone.py").symlink_to(tree / "nowhere")
    assert found() == ["a/b.py"]
    assert found("again") == ["again/b.py"]


def test_a_file_is_given_once_however_often_it_is_named(tree: Path) -> None:
    make(tree, "a/b.py")
    assert found("a", "a/b.py", ".", str(tree)) == ["a/b.py"]


def test_what_cannot_be_reached_is_told_in_one_line_and_the_rest_goes_on(tree: Path) -> None:
    make(tree, "a.py")
    os.mkfifo(tree / "pipe")
    discovery = discover(["gone", "a.py", "pipe", "a.py/b"])
    assert discovery == Discovery(
        ["a.py"],
        [
            "gone: no such file or folder",
            "pipe: neither a file nor a folder",
            "a.py/b: no such file or folder",
        ],
    )


def test_an_unreadable_folder_is_a_problem(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tree, "a.py", "locked/b.py")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    discovery = discover(["."])
    assert (discovery.files, discovery.problems) == (["a.py"], ["locked/: permission denied"])
    assert discovery.folders == [str(tree)]


def test_pathspec_is_imported_only_for_an_ignore_file(tree: Path) -> None:
    make(tree, "a.py")
    code = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "from kerlint.discover import discover\n"
        "print(discover(['.']).files, 'pathspec' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['a.py'] False"


def test_many_files_take_little_time(tree: Path) -> None:
    repository(tree)
    (tree / ".gitignore").write_text("\n".join(f"*.x{number}\nfoo{number}/" for number in range(60)))
    for number in range(20):
        make(tree, *(f"d{number}/f{index}.py" for index in range(100)))
    start = time.process_time()
    assert len(found()) == 2000
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("venv", "a/venv", True),
        ("venv", "a/venv2", False),
        ("*.pb.py", "a/x.pb.py", True),
        ("a/*.py", "a/b.py", True),
        ("a/*.py", "a/b/c.py", False),
        ("a/**/c.py", "a/c.py", True),
        ("a/**/c.py", "a/x/y/c.py", True),
        ("./a/", "a", True),
        ("/a", "a", True),
        ("/a", "b/a", False),
        ("a/**", "a/b/c", True),
        ("[ab].py", "x/a.py", True),
        ("[!ab].py", "x/a.py", False),
        ("x?.py", "x1.py", True),
        ("a+b.py", "a+b.py", True),
    ],
)
def test_patterns(pattern: str, path: str, matches: bool) -> None:
    assert Patterns([pattern]).match(path.rpartition("/")[2], path) is matches


@given(st.lists(st.text("ab*?[]!/.\\-^{", max_size=8), max_size=3), st.text("ab/.", max_size=6))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_pattern_can_be_asked(patterns: list[str], path: str) -> None:
    assert Patterns(patterns).match(path.rpartition("/")[2], path) in (True, False)
