"""A program falls into its top-level statements, and joins again to the same text."""

from __future__ import annotations

import ast
import re
import sysconfig
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.text.lines import LineReader, logical_lines
from kerlint.text.split import split

STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))


def rows_of_statements(text: str) -> list[int]:
    """Where CPython sees top-level statements start, decorators included, one a row."""
    rows: list[int] = []
    for node in ast.parse(text).body:
        decorators = getattr(node, "decorator_list", [])
        row = min([node.lineno, *(each.lineno for each in decorators)])
        if row not in rows:
            rows.append(row)
    return rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("a = 1; b = 2\nc = 3\n", [1, 2], id="semicolons are one statement"),
        pytest.param("# c\n\nx = 1\n# d\n\ny = 2", [3, 6], id="comments between belong to what is above"),
        pytest.param("@a\n@b(\n1)\n\n# c\ndef f():\n    pass\nx\n", [1, 8], id="decorators"),
        pytest.param("if a:\n    b\nelif c:\n    d\nelse:\n    e\nf\n", [1, 7], id="branches"),
        pytest.param("try:\n  a\nexcept E:\n  b\nelse:\n  c\nfinally:\n  d\ne\n", [1, 9], id="try"),
        pytest.param("for a in b:\n    c\nelse:\n    d\nelsewhere = 1\n", [1, 5], id="for else"),
        pytest.param("x = (\n1,\n2\n)\ny\n", [1, 5], id="brackets at the margin"),
        pytest.param("x = [[[[[[[\n1\n]]]]]]]\ny\n", [1, 4], id="brackets deeper than the fast path"),
        pytest.param('x = """\ndef f(:\n"""\ny\n', [1, 4], id="triple quotes"),
        pytest.param("x = 'it\\'s' + \"#\" # '\ny\n", [1, 2], id="quotes within quotes and comments"),
        pytest.param("x = 1 + \\\n2\ny\n", [1, 3], id="continuation"),
        pytest.param('f"{a["b"]}"\ny\n', [1, 2], id="f-strings"),
        pytest.param("async def f():\n    pass\n\n\nclass A: pass\n", [1, 5], id="async and one-line"),
        pytest.param("\f\nx = 1\n\f\n\fdef f():\n\n  pass\n", [2, 4], id="form feeds"),
        pytest.param("class A:\n    x = 1\n\\\n    y = 2\n", [1], id="a row that only continues"),
        pytest.param("", [], id="empty"),
        pytest.param("# only a comment", [], id="comment"),
        pytest.param("    x = 1\ny\n", [1, 2], id="unexpected indentation is kept"),
    ],
)
def test_statements_start_where_they_should(text: str, rows: list[int]) -> None:
    before, pieces = split(text)
    assert [piece.row for piece in pieces] == rows
    assert before + "".join(piece.text for piece in pieces) == text


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("a = f(1,\nb = 2\ndef g():\n    pass\n", [1, 2, 3], id="a bracket never closed"),
        pytest.param('a = """x\nimport b\nc = 1\n', [1, 2, 3], id="triple quotes never closed"),
        pytest.param("a = 'x\nb = 1\n", [1, 2], id="a quote never closed"),
        pytest.param("a = 1)\nb = 1\n", [1, 2], id="a bracket too many"),
    ],
)
def test_a_broken_statement_does_not_swallow_the_next(text: str, rows: list[int]) -> None:
    assert [piece.row for piece in split(text)[1]] == rows


def test_statements_of_real_files_are_those_of_cpython() -> None:
    checked = 0
    for path in sorted(STANDARD_LIBRARY.glob("*.py"))[::4]:
        text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
        before, pieces = split(text)
        assert before + "".join(piece.text for piece in pieces) == text
        assert [piece.row for piece in pieces] == rows_of_statements(text), path
        assert all(piece.excess is None for piece in pieces), path
        checked += 1
    assert checked > 30


PIECES = st.sampled_from(
    [
        "x",
        " ",
        "\n",
        "    ",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        "#",
        "def f():",
        "@a",
        "if a:",
        "else:",
        "\t",
        "\x0c",
        "=",
        "b'",
        'f"{',
        "class A:",
        "\\\n",
        "é",
        "\u2028",
        "elif",
        "1",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_joins_again(text: str) -> None:
    lines = logical_lines(text)
    assert "".join(lines) == text
    before, pieces = split(text)
    assert before + "".join(piece.text for piece in pieces) == text
    assert all(text.startswith(piece.text, piece.start) for piece in pieces)
    assert [piece.row for piece in pieces] == [text.count("\n", 0, piece.start) + 1 for piece in pieces]


@given(st.lists(PIECES, max_size=30).map("".join))
def test_lines_one_at_a_time_join_too(text: str) -> None:
    reader = LineReader(text)
    start = 0
    while start < len(text):
        end = reader.end_of_line(start)
        assert end > start
        start = end
    assert start == len(text)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_whatever_python_reads_is_split_as_python_does(text: str) -> None:
    try:
        rows = rows_of_statements(text)
    except (SyntaxError, ValueError):
        return
    if re.search(r"^[ \t\f]*\\$", text, re.MULTILINE):
        return  # a row that only continues: CPython counts the statement from the next one
    assert [piece.row for piece in split(text)[1]] == rows


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a(\n" * 30_000, id="brackets never closed"),
        pytest.param("x = '''\n" * 30_001, id="quotes never closed"),
        pytest.param("(" * 500_000, id="one row of brackets"),
        pytest.param("x = {'a': [{'b': ({'c': [1]})}]},\n" * 5_000, id="nested data"),
        pytest.param("x = 1 \\\n" * 100_000, id="continued for ever"),
        pytest.param("'" * 200_001, id="quotes"),
    ],
)
def test_hostile_text_is_split_in_time(text: str) -> None:
    start = time.process_time()
    before, pieces = split(text)
    assert time.process_time() - start < 10
    assert before + "".join(piece.text for piece in pieces) == text
