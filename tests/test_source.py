"""A file becomes a program whose statements are parsed one by one, when asked."""

from __future__ import annotations

import subprocess
import sys

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.findings import Region
from kerlint.source import Source, SourceError, Statement, concerns_keras, read


def program(text: str, filename: str = "a.py") -> Source:
    return read(text.encode(), filename)


def kinds(source: Source) -> list[tuple[str, str]]:
    return [(statement.kind, statement.name) for statement in source.statements]


@pytest.mark.parametrize(
    ("data", "concerned"),
    [
        pytest.param(b"import keras", True, id="keras"),
        pytest.param(b"from tensorflow import *", True, id="tensorflow"),
        pytest.param(b"import tf_keras as k", True, id="tf_keras"),
        pytest.param(b'{"source": ["import tensorflow as tf\\n"]}', True, id="notebook"),
        pytest.param(b"import torch", False, id="torch"),
        pytest.param(b"", False, id="empty"),
    ],
)
def test_the_gate_lets_pass_what_can_concern_keras(data: bytes, concerned: bool) -> None:
    assert concerns_keras(data) is concerned


def test_gate_and_discovery_do_not_import_libcst_nor_json() -> None:
    code = (
        "import sys, kerlint.discover, kerlint.source\n"
        "kerlint.source.concerns_keras(b'x')\n"
        "print([name for name in ('libcst', 'pathspec', 'json', 'tensorflow') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", _with_path(code)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def _with_path(code: str) -> str:
    return f"import sys; sys.path[:] = {sys.path!r}\n{code}"


def test_statements_have_kind_name_and_row() -> None:
    source = program(
        "# c\nimport a\n@x\nclass A:\n    pass\n@y(\n1)\nasync def f(): pass\ndef g(): pass\nx = 1\n"
    )
    assert kinds(source) == [("other", ""), ("class", "A"), ("def", "f"), ("def", "g"), ("other", "")]
    assert [statement.row for statement in source.statements] == [2, 3, 6, 9, 10]
    assert source.preamble + "".join(statement.text for statement in source.statements) == source.text


def test_bodies_are_parsed_once_and_only_on_demand() -> None:
    source = program("x = 1\ny = 2\n")
    first, second = source.statements
    assert first.body[0] is first.body[0]
    assert second._tree is None


def test_equal_statements_of_one_file_do_not_share_nodes() -> None:
    first, second = program("f(1)\nf(1)\n").statements
    assert first.body[0] is not second.body[0]
    assert first.region(first.body[0]).start_row == 1
    assert second.region(second.body[0]).start_row == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_rows_and_columns_do_not_depend_on_newlines_or_the_byte_order_mark(newline: str) -> None:
    text = 'a = "é😀"; b = f(1)\n\ndef g():\n\treturn a\n'.replace("\n", newline)
    source = read(b"\xef\xbb\xbf" + text.encode(), "a.py")
    assert source.newline == newline
    line = source.statements[0].body[0]
    assert isinstance(line, cst.SimpleStatementLine)
    assign = line.body[1]
    assert isinstance(assign, cst.Assign)
    call = assign.value
    assert source.statements[0].region(call) == Region(1, 15, 1, 19)
    assert source.statements[0].code(call) == "f(1)"
    assert source.line(4) == "\treturn a"
    assert source.line(99) == ""


def test_form_feeds_count_as_columns_and_lose_nothing() -> None:
    source = program("\fx = 1\n\f\n\fdef f():\n    return 2\n")
    assert [statement.row for statement in source.statements] == [1, 3]
    assert [source.statements[0].region(node) for node in source.statements[0].body] == [Region(1, 2, 1, 7)]
    assert source.problems == ()


def test_a_broken_statement_has_no_body_and_the_others_do() -> None:
    source = program("x = (1,\ndef f():\n    return 1\n")
    assert [len(statement.body) for statement in source.statements] == [0, 1]
    assert len(source.problems) == 1


def test_locations_of_a_python_file_are_its_rows() -> None:
    location = program("x = 1\n").location(Region(1, 1, 1, 2))
    assert (location.cell, location.file_row, location.region) == (None, 1, location.program)


def test_offsets_and_regions_are_inverse() -> None:
    source = program("ab\n\ncd\n")
    for offset in range(len(source.text) + 1):
        region = source.region(offset, offset)
        assert source.offset(region.start_row, region.start_column) == offset


def test_too_large_a_file_is_told_with_its_size() -> None:
    with pytest.raises(SourceError, match="11 bytes, more than the 10"):
        read(b"x = 1 + 123", "a.py", max_bytes=10)


def test_a_file_of_ten_megabytes_is_read_statement_by_statement() -> None:
    source = read((b"x = [" + b"1, 2, 3, " * 100 + b"]  # keras\n") * 10_900, "a.py")
    assert len(source.statements) == 10_900
    assert len(source.statements[-1].body) == 1


LINES = st.sampled_from(
    [
        "x = 1",
        "def f():",
        "    return 1",
        "\tpass",
        "class A:",
        "(",
        ")",
        "'''",
        "if a:",
        "else:",
        "%time x",
        "x?",
        "@d",
        "# c",
        "",
        "x = “a”",
        "print 1",
        "type X = int",
        "match a:",
        "    case 1:",
        "\\",
        "\x0c",
        "\xa0",
        "!ls",
    ]
)


@given(st.lists(LINES, max_size=14).map("\n".join), st.sampled_from(["a.py", "a.ipynb"]))
def test_any_program_can_be_asked_everything(text: str, filename: str) -> None:
    import json

    cell = {"cell_type": "code", "source": text}
    data = json.dumps({"cells": [cell, cell]}) if filename == "a.ipynb" else text
    source = read(data.encode(), filename)
    for statement in source.statements:
        assert isinstance(statement, Statement)
        for node in statement.body:
            assert statement.text[slice(*statement.span(node))] == statement.code(node)
            assert source.location(statement.region(node)).row >= 1
    for problem in source.problems:
        assert problem.place.location.row >= 1
        assert "\n" not in problem.message
