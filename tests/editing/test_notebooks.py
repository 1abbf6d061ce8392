"""Editing a notebook changes the edited characters of a cell's source and not one byte more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.editing.files import CannotEdit
from kerlint.editing.notebooks import NotebookDocument
from kerlint.findings import Edit, Location, Region
from kerlint.fix import apply_edits

NAME = "model.ipynb"


def notebook(*sources: str | Sequence[str], **members: Any) -> dict[str, Any]:
    cells = [
        {
            "cell_type": "code",
            "metadata": {},
            "source": source,
            "outputs": [{"text": ["x = f(1)\n", "é\u001b[0m"]}],
        }
        for source in sources
    ]
    return {"nbformat": 4, "cells": cells, "metadata": {"é": [1.0, 1e5]}, **members}


def edit(cell: int, region: tuple[int, int, int, int], content: str) -> Edit:
    where = Region(*region)
    return Edit(Location(NAME, where, where, cell=cell), content)


def sources(data: bytes) -> list[Any]:
    return [cell.get("source") for cell in json.loads(data.decode("utf-8-sig"))["cells"]]


def adding_two(cell: int, row: int) -> Edit:
    return edit(cell, (row, 8, row, 8), ", 2")


@pytest.mark.parametrize("indent", [None, 0, 1, 4, "\t"])
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize(
    "source", ["é = 1\nx = f(1)\n🎉", ["é = 1\n", "x = f(1)\n", "🎉"], ["é = 1\nx = f(1)"]]
)
def test_every_style_of_json_keeps_its_bytes(indent: Any, ascii_only: bool, source: Any) -> None:
    text = json.dumps(notebook("x = f(1)", source), indent=indent, ensure_ascii=ascii_only) + "\n"
    head, tail = text.rsplit("x = f(1)", 2)[0], text.rsplit("x = f(1)", 2)[2]
    middle = text[len(head) + len("x = f(1)") : len(text) - len(tail) - len("x = f(1)")]
    expected = f"{head}x = f(1, 2){middle}x = f(1){tail}"
    assert apply_edits(text.encode(), NAME, [adding_two(2, 2)]) == expected.encode()


def test_crlf_byte_order_mark_and_odd_spacing_stay() -> None:
    text = '\r\n{ "cells" :[ {"source": [ "x = f(1)\\r\\n" ,\r\n"y"]\r\n} ] ,"nbformat":4}'
    data = b"\xef\xbb\xbf" + text.encode()
    assert apply_edits(data, NAME, [adding_two(1, 1)]) == data.replace(b"f(1)", b"f(1, 2)")


def test_escapes_as_others_would_not_write_them_stay() -> None:
    text = r'{"cells": [{"source": "\u0061 = \"\/\"\nx = f(1)"}]}'
    assert apply_edits(text.encode(), NAME, [adding_two(1, 2)]) == text.replace("f(1)", "f(1, 2)").encode()


def test_new_rows_become_items_of_a_list_in_its_own_style() -> None:
    text = json.dumps(notebook(["a = 1\n", "b = 2"]), indent=1)
    data = apply_edits(text.encode(), NAME, [edit(1, (2, 1, 2, 1), "c\nd\n")])
    assert sources(data) == [["a = 1\n", "c\n", "d\n", "b = 2"]]
    assert data.decode() == json.dumps(notebook(["a = 1\n", "c\n", "d\n", "b = 2"]), indent=1)


def test_new_rows_in_a_list_of_one_follow_its_indentation() -> None:
    text = json.dumps(notebook(["b = 2"]), indent=1)
    data = apply_edits(text.encode(), NAME, [edit(1, (1, 1, 1, 1), "c\n")])
    assert data.decode() == json.dumps(notebook(["c\n", "b = 2"]), indent=1)


def test_new_rows_in_a_string_stay_in_the_string() -> None:
    data = apply_edits(json.dumps(notebook("b = 2")).encode(), NAME, [edit(1, (1, 1, 1, 1), "c\n")])
    assert sources(data) == ["c\nb = 2"]


def test_deleted_rows_leave_the_list() -> None:
    text = json.dumps(notebook(["a\n", "b\n", "c"]), indent=1)
    first = apply_edits(text.encode(), NAME, [edit(1, (2, 1, 3, 1), "")])
    assert first.decode() == json.dumps(notebook(["a\n", "c"]), indent=1)
    last = apply_edits(text.encode(), NAME, [edit(1, (2, 2, 3, 2), "")])
    assert last.decode() == json.dumps(notebook(["a\n", "b"]), indent=1)
    everything = apply_edits(text.encode(), NAME, [edit(1, (1, 1, 3, 2), "")])
    assert sources(everything) == [[""]]


@pytest.mark.parametrize(
    "ascii_only, written", [(True, '"# \\u00e9\\ud83c\\udf89x = f(1)"'), (False, '"# é🎉x = f(1)"')]
)
def test_new_text_is_escaped_as_the_file_does(ascii_only: bool, written: str) -> None:
    text = json.dumps(notebook("x = f(1)"), ensure_ascii=ascii_only)
    data = apply_edits(text.encode(), NAME, [edit(1, (1, 1, 1, 1), "# é🎉")])
    assert written in data.decode()


def test_quotes_and_backslashes_in_new_text_are_escaped() -> None:
    data = apply_edits(json.dumps(notebook(["x"])).encode(), NAME, [edit(1, (1, 1, 1, 2), '"a\\\t"')])
    assert sources(data) == [['"a\\\t"']]


def test_cells_are_counted_among_all_cells() -> None:
    book = notebook("x = f(1)", "x = f(1)")
    book["cells"].insert(0, {"cell_type": "markdown", "source": "x = f(1)"})
    book["cells"].insert(1, {"cell_type": "raw"})
    data = apply_edits(json.dumps(book).encode(), NAME, [adding_two(4, 1)])
    assert sources(data) == ["x = f(1)", None, "x = f(1)", "x = f(1, 2)"]
    for absent in (0, 2, 5):
        with pytest.raises(CannotEdit, match="no cell"):
            apply_edits(json.dumps(book).encode(), NAME, [adding_two(absent, 1)])


def test_notebooks_of_format_3_are_edited() -> None:
    book: dict[str, Any] = {
        "worksheets": [{"cells": [{"input": ["x = f(1)"]}]}, {"cells": [{"input": "x = f(1)"}]}]
    }
    data = apply_edits(json.dumps(book).encode(), NAME, [adding_two(2, 1)])
    book["worksheets"][1]["cells"][0]["input"] = "x = f(1, 2)"
    assert data.decode() == json.dumps(book)


def test_keys_that_only_look_like_the_source_are_passed_by() -> None:
    text = '{"metadata": {"cells": [{"source": "no"}], "a": "\\"cells\\": ["}, "cells": [{"source": "x = f(1)"}]}'
    assert apply_edits(text.encode(), NAME, [adding_two(1, 1)]).decode() == text.replace("f(1)", "f(1, 2)")


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'"cells"', b"\xff", b'{"cells": [' + b"[" * 100_000, b'{"cells": [{"source": 3}]}'],
)
def test_what_is_no_notebook_is_refused(data: bytes) -> None:
    with pytest.raises(CannotEdit):
        apply_edits(data, NAME, [adding_two(1, 1)])


CHARS = 'ab"\\/é名🎉\t\x1b\u2028'
PIECES = st.lists(st.text(CHARS, max_size=6).map(lambda piece: piece + "\n"), max_size=4)


@st.composite
def edited_notebooks(draw: st.DrawFn) -> tuple[str, str, list[Edit]]:
    rows = [*draw(PIECES), draw(st.text(CHARS, max_size=6))]
    as_list = draw(st.booleans())
    style: dict[str, Any] = {
        "indent": draw(st.sampled_from([None, 1, 2])),
        "ensure_ascii": draw(st.booleans()),
        "sort_keys": draw(st.booleans()),
    }
    edits, new_rows = [], []
    for number, row in enumerate(rows, 1):
        body, newline = row.rstrip("\n"), row[len(row.rstrip("\n")) :]
        start, end = sorted((draw(st.integers(0, len(body))), draw(st.integers(0, len(body)))))
        content = draw(st.none() | st.text('ab"\\', min_size=1, max_size=3))
        if content is not None:
            edits.append(edit(1, (number, start + 1, number, end + 1), content))
            body = body[:start] + content + body[end:]
        new_rows.append(body + newline)
    before, after = [rows, new_rows] if as_list else ["".join(rows), "".join(new_rows)]
    return json.dumps(notebook(before), **style), json.dumps(notebook(after), **style), edits


@given(edited_notebooks())
def test_editing_rows_equals_writing_the_notebook_anew_in_its_style(
    case: tuple[str, str, list[Edit]],
) -> None:
    before, after, edits = case
    assert apply_edits(before.encode(), NAME, edits).decode() == after


@given(st.lists(st.text(CHARS + "\n\r", max_size=5), min_size=1, max_size=4), st.data())
def test_any_cut_of_any_list_equals_cutting_the_joined_text(rows: list[str], data: st.DataObject) -> None:
    raw = json.dumps(notebook(rows)).encode()
    document = NotebookDocument(raw)
    text = "".join(rows)
    assert document.text(1) == text
    start, end = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    if any(text[at - 1 : at + 1] == "\r\n" for at in (start, end)):
        return
    content = data.draw(st.text("a\n", max_size=3)) if "\r" not in text else ""
    change = edit(1, (*_position(text, start), *_position(text, end)), content)
    assert "".join(sources(apply_edits(raw, NAME, [change]))[0]) == text[:start] + content + text[end:]


def _position(text: str, offset: int) -> tuple[int, int]:
    rows = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(rows), len(rows[-1]) + 1
