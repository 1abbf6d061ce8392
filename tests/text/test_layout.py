"""The layout of a program agrees with Python's own tokenizer, and survives what Python does not read."""

from __future__ import annotations

import io
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kerlint
from kerlint.text.layout import Layout, Statement, read_layout, row_starts, split_rows


def rows(layout: Layout) -> list[tuple[int, int]]:
    return [(item.first_row, item.last_row) for item in layout.statements]


def comments_by_tokenize(text: str) -> list[tuple[int, int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(*_start(token), token.string) for token in tokens if token.type == tokenize.COMMENT]


def _start(token: tokenize.TokenInfo) -> tuple[int, int]:
    return token.start[0], token.start[1] + 1


def logical_lines_by_tokenize(text: str) -> list[tuple[int, int]]:
    found, first = [], 0
    skipped = {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in skipped:
            continue
        first = first or token.start[0]
        if token.type == tokenize.NEWLINE:
            found.append((first, token.start[0]))
            first = 0
    return found


OWN_FILES = sorted(Path(kerlint.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_agrees_with_tokenize_on_our_own_sources(path: Path) -> None:
    text = path.read_text("utf-8")
    layout = read_layout(text)
    assert [(c.row, c.column, c.text) for c in layout.comments] == comments_by_tokenize(text)
    heads = logical_lines_by_tokenize(text)
    joined = {row for first, last in rows(layout) for row in (first, last)}
    assert joined <= {row for pair in heads for row in pair}
    undecorated = [
        pair
        for pair in heads
        if not text.splitlines()[pair[0] - 1].lstrip().startswith(("@", "async def", "def", "class"))
    ]
    assert set(undecorated) <= set(rows(layout))


@pytest.mark.parametrize(
    "text, count",
    [
        ("x = '# no'\n", 0),
        ('x = "a\\"# no"  # yes\n', 1),
        ("x = '''\n# no\n'''  # yes\n", 1),
        ("x = r'\\'  # yes\n", 0),
        ("x = r'\\\\'  # yes\n", 1),
        ("x = f'{a}#{b}'\n", 0),
        ('x = f"{d["#"]}"  # yes\n', 1),
        ('x = f"{d["a"]:#>10}"  # yes\n', 1),
        ('x = f"{y:\'>10}"  # yes\n', 1),
        ("x = f'{{#'  # yes\n", 1),
        ("x = f'{a!r:{w}}'  # yes\n", 1),
        ("x = f'''{\n  a  # in a field\n}'''\n", 0),
        ("x = f'{a != 1}'  # yes\n", 1),
        ("x = 'open # no\ny = 1  # yes\n", 1),
        ("x = f'{open # no\ny = 1  # yes\n", 1),
        ("def f(): return rb'#' # yes", 1),
        ("x = 'a\\\n# no'  # yes\n", 1),
    ],
)
def test_a_hash_in_a_string_is_no_comment(text: str, count: int) -> None:
    assert len(read_layout(text).comments) == count


def test_a_call_over_many_rows_is_one_statement() -> None:
    assert rows(read_layout("a = f(\n  1,  # one\n\n  2)\nb = 2\n")) == [(1, 4), (5, 5)]


def test_a_backslash_joins_rows() -> None:
    layout = read_layout("a = 1 + \\\n  2\nb = 3")
    assert rows(layout) == [(1, 2), (3, 3)]
    assert layout.open_rows == {2, 3}


def test_a_compound_statement_is_its_header() -> None:
    assert rows(read_layout("for x in (\n  a):\n    f(x)\nelse:\n    g()\n")) == [
        (1, 2),
        (3, 3),
        (4, 4),
        (5, 5),
    ]


def test_decorators_belong_to_the_line_they_decorate() -> None:
    text = "@a\n@b(\n  1)\n# note\ndef f():\n    pass\n"
    assert rows(read_layout(text)) == [(1, 5), (6, 6)]


def test_a_comment_alone_speaks_about_the_statement_below() -> None:
    layout = read_layout("# one\n\n# two\nx = f(\n  1,\n)\ny = 2  # three\n# four\n")
    assert [comment.target for comment in layout.comments] == [
        Statement(4, 6),
        Statement(4, 6),
        Statement(7, 7),
        None,
    ]


def test_nothing_reaches_across_cells() -> None:
    text = "x = f(\n# end of cell\ny = 1\n'''open\nz = 2\n"
    layout = read_layout(text, cell_rows=(1, 3, 5))
    assert [item.first_row for item in layout.statements] == [1, 3, 4, 5]
    assert layout.comments[0].target == Statement(1, 3)
    assert read_layout("# above\nx = 1\n", cell_rows=(1, 2)).comments[0].target is None


def test_an_open_bracket_is_given_up_at_a_line_that_starts_a_statement() -> None:
    layout = read_layout("model.add(Dense(\ndef f():\n    return 1\nx = 2\n")
    assert rows(layout) == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_rows_count_as_python_counts_them() -> None:
    text = "a\x0cb\r\nc\rd\u2028e\n"
    assert split_rows(text) == ["a\x0cb", "c", "d\u2028e", ""]
    assert row_starts(text) == [0, 5, 7, 11]


@given(st.text(alphabet="ab#'\"\\\n\r(){}[]f:!@ =", max_size=60))
def test_any_text_has_a_layout_with_statements_in_order(text: str) -> None:
    layout = read_layout(text)
    flat = [row for pair in rows(layout) for row in pair]
    assert flat == sorted(flat)
    assert all(0 < row <= len(row_starts(text)) for row in flat)
    lines = split_rows(text)
    assert all(lines[c.row - 1][c.column - 1 :] == c.text for c in layout.comments)
