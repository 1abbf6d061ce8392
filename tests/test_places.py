"""Places are cheap, compare by node, and edit the text as it is already written."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst
import pytest

from kerlint.findings import Region
from kerlint.source import Place, Source, SourceEdit, read


def nodes_of(source: Source, kind: type[cst.CSTNode]) -> list[Place]:
    """Places of all nodes of one kind, in order of text."""
    places = []
    for statement in source.statements:
        stack: list[cst.CSTNode] = list(reversed(statement.body))
        while stack:
            node = stack.pop()
            if isinstance(node, kind):
                places.append(Place(statement, node))
            stack.extend(reversed(node.children))
    return places


def applied(text: str, edit: SourceEdit) -> str:
    """The text with an edit made by offsets, last one first."""
    for start, end, new in sorted(edit.replacements, reverse=True):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("f()", "f(k=2)", id="no arguments"),
        pytest.param("f( )", "f(k=2 )", id="space only"),
        pytest.param("f(\n    # c (\n)", "f(k=2\n    # c (\n)", id="comment only"),
        pytest.param("f(a)", "f(a, k=2)", id="one argument"),
        pytest.param("f(a,)", "f(a, k=2,)", id="trailing comma"),
        pytest.param("f(a , )", "f(a , k=2, )", id="spaced comma"),
        pytest.param("f((a))", "f((a), k=2)", id="parenthesized argument"),
        pytest.param("(f)(a)", "(f)(a, k=2)", id="parenthesized function"),
        pytest.param("(f\n)\\\n(\n)", "(f\n)\\\n(k=2\n)", id="nothing where one looks for it"),
        pytest.param("f([\n1,\n])", "f([\n1,\n], k=2)", id="hugged list"),
        pytest.param("f(a  # c\n  )", "f(a, k=2  # c\n  )", id="comment after the only argument"),
        pytest.param("f(a,\n  b)", "f(a,\n  b,\n  k=2)", id="aligned"),
        pytest.param("f(a, b,\n  c, d)", "f(a, b,\n  c, d, k=2)", id="filled"),
        pytest.param("f(\n    a,\n    b\n)", "f(\n    a,\n    b,\n    k=2\n)", id="one a row"),
        pytest.param(
            "f(\n    a,\n    b,\n)", "f(\n    a,\n    b,\n    k=2,\n)", id="one a row, trailing comma"
        ),
        pytest.param(
            "f(\n\ta,\n\tb,  # c\n)", "f(\n\ta,\n\tb,  # c\n\tk=2,\n)", id="comment after the comma"
        ),
        pytest.param("f(\n  a,\n  b  # c\n)", "f(\n  a,\n  b,  # c\n  k=2\n)", id="comment, no comma"),
        pytest.param("f(\n  a,\n\n  # end\n)", "f(\n  a,\n  k=2,\n\n  # end\n)", id="comment at the end"),
        pytest.param("f(x for x in y)", "f((x for x in y), k=2)", id="bare generator"),
        pytest.param("f((x for x in y))", "f((x for x in y), k=2)", id="wrapped generator"),
        pytest.param("f(a, **o)", "f(a, k=2, **o)", id="before unpacked keywords"),
        pytest.param(
            "f(\n  a,\n  **o,\n)", "f(\n  a,\n  k=2,\n  **o,\n)", id="before unpacked keywords, one a row"
        ),
        pytest.param("f(**o)", "f(k=2, **o)", id="unpacked keywords only"),
        pytest.param("f(a=(1, 2),)\ng(1)", "f(a=(1, 2), k=2,)\ng(1)", id="another statement follows"),
        pytest.param(
            "if a:\n    f(\n        b,\n    )",
            "if a:\n    f(\n        b,\n        k=2,\n    )",
            id="indented",
        ),
        pytest.param('f("é😀", 1)', 'f("é😀", 1, k=2)', id="beyond latin"),
    ],
)
def test_an_argument_is_added_in_the_way_the_call_is_written(before: str, after: str) -> None:
    source = read(before.encode(), "a.py")
    edit = nodes_of(source, cst.Call)[0].adding_argument("k", "2")
    assert edit is not None
    assert applied(source.text, edit) == after
    compile(after, "after", "exec")


@pytest.mark.parametrize("text", ["f(*a)", "f(1, *a)", "f(k=1)", "f(a, k=1, **o)"])
def test_no_argument_is_added_where_it_may_be_given_already(text: str) -> None:
    assert nodes_of(read(text.encode(), "a.py"), cst.Call)[0].adding_argument("k", "2") is None


def test_only_calls_take_arguments() -> None:
    source = read(b"x = 1\n", "a.py")
    assert nodes_of(source, cst.Name)[0].adding_argument("k", "2") is None
    assert Place(source.statements[0]).adding_argument("k", "2") is None


def test_edits_are_rows_and_columns_of_the_file() -> None:
    source = read("# c\r\n\r\ny = g('é')\r\n".encode(), "a.py")
    (edit,) = nodes_of(source, cst.Call)[0].replacing("h()").edits()
    assert edit.content == "h()"
    assert edit.location.region == Region(3, 5, 3, 11)


def test_edits_in_a_notebook_are_in_their_cell() -> None:
    data = (
        b'{"cells": [{"cell_type": "code", "source": "a = 1"}, {"cell_type": "code", "source": "\\nf(1)"}]}'
    )
    place = nodes_of(read(data, "n.ipynb"), cst.Call)[0]
    edit = place.adding_argument("k", "2")
    assert edit is not None
    (made,) = edit.edits()
    assert (made.location.cell, made.location.region, made.content) == (2, Region(2, 4, 2, 4), ", k=2")
    assert made.location.program == Region(3, 4, 3, 4)


def test_text_and_key_of_nodes_and_regions() -> None:
    source = read(b"x = f(1)\ny = f(2)\n", "a.py")
    first, second = nodes_of(source, cst.Call)
    assert (first.text, second.text) == ("f(1)", "f(2)")
    assert first.key == ("a.py", 1, 5, 1, 9)
    assert sorted([second, first], key=lambda place: place.key) == [first, second]
    override = Place(first.statement, override=Region(1, 1, 1, 2))
    assert (override.text, override.location.column) == ("x", 1)
    assert Place(second.statement).text == "y = f(2)"


def test_places_are_equal_when_they_name_the_same_node_whatever_the_chain() -> None:
    source = read(b"x = f(1)\ny = f(2)\n", "a.py")
    first, second = nodes_of(source, cst.Call)
    chained = first.with_chain((second,))
    assert chained == first
    assert hash(chained) == hash(first)
    assert chained.chain == (second,)
    assert first != second
    assert first != "f(1)"


LAYOUTS: Sequence[str] = ("", " ", "\n", "\n    ", "  # c\n  ")


@pytest.mark.parametrize("gap", LAYOUTS)
@pytest.mark.parametrize("comma", ["", ",", " ,"])
@pytest.mark.parametrize("end", LAYOUTS)
def test_every_layout_stays_python_and_gains_one_keyword(gap: str, comma: str, end: str) -> None:
    text = f"f({gap}a,{gap}b=1{comma}{end})\n"
    source = read(text.encode(), "a.py")
    edit = nodes_of(source, cst.Call)[0].adding_argument("k", "2")
    assert edit is not None
    (call,) = nodes_of(read(applied(text, edit).encode(), "a.py"), cst.Call)
    assert isinstance(call.node, cst.Call)
    assert [each.keyword and each.keyword.value for each in call.node.args] == [None, "b", "k"]
