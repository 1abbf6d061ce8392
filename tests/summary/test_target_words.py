"""How a target is split into a file and a name, and how shapes are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.problems import Problem
from kerlint.summary.target import Target, parse_shape, parse_target


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        ("net.py", "net.py", None),
        ("net.py:build", "net.py", "build"),
        ("net.py:trainer.model", "net.py", "trainer.model"),
        ("net.py:build(3, name='a:b')", "net.py", "build(3, name='a:b')"),
        ("net.py: build( 3 )", "net.py", "build( 3 )"),
        (r"C:\nets\vgg.py", r"C:\nets\vgg.py", None),
        (r"C:\nets\vgg.py:build", r"C:\nets\vgg.py", "build"),
        ("C:vgg", "C:vgg", None),
        ("book.ipynb:model", "book.ipynb", "model"),
    ],
)
def test_the_first_colon_with_a_name_after_it_ends_the_path(text: str, path: str, wanted: str | None) -> None:
    assert parse_target(text) == Target(path, wanted)


def test_a_file_that_exists_ends_the_path_whatever_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a:b").mkdir()
    Path("a:b/net.py").touch()
    Path("odd:name").touch()
    assert parse_target("a:b/net.py:build") == Target("a:b/net.py", "build")
    assert parse_target("odd:name") == Target("odd:name", None)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("build(x)", "x is not a literal"),
        ("build(1 + y)", "is not a literal"),
        ("build(**{})", r"\*\* takes no literal"),
        ("build(", "is not a name or a call"),
        ("models[0]", "is not a name or a call"),
    ],
)
def test_what_is_no_name_and_no_literal_call_is_refused(tmp_path: Path, wanted: str, words: str) -> None:
    path = tmp_path / "net.py"
    path.touch()
    with pytest.raises(Problem, match=words):
        parse_target(f"{path}:{wanted}")


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("32,32,3", (32, 32, 3)),
        ("(32, 32, 3)", (32, 32, 3)),
        ("[7]", (7,)),
        ("None,64", (None, 64)),
        ("10,", (10,)),
        ("()", ()),
    ],
)
def test_shapes_are_read_with_and_without_brackets(text: str, shape: tuple[int | None, ...]) -> None:
    assert parse_shape(text) == shape


@pytest.mark.parametrize("text", ["a,b", "3x3", "-1,2", "0", "1,,2"])
def test_what_is_no_shape_is_refused(text: str) -> None:
    with pytest.raises(Problem, match="not a shape"):
        parse_shape(text)
