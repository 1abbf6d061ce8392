"""A notebook is one program; every row knows its cell and its row in the file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.findings import Region
from kerlint.source import Source, SourceError, read
from kerlint.text.magics import mask_magics


def code(source: str | list[str], count: int | None = None) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": count, "metadata": {}, "outputs": [], "source": source}


def markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def notebook(*cells: dict[str, Any], indent: int | None = 1, **extra: Any) -> Source:
    document = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **extra}
    return read(json.dumps(document, indent=indent).encode(), "n.ipynb")


def test_cells_are_joined_in_order_and_counted_among_all() -> None:
    source = notebook(markdown("# t"), code("a = 1", 3), markdown("x"), code(["b = 2\n", "c = 3\n"]))
    assert source.text == "a = 1\nb = 2\nc = 3\n"
    assert [(cell.index, cell.execution_count, cell.start_row, cell.end_row) for cell in source.cells] == [
        (2, 3, 1, 1),
        (4, None, 2, 3),
    ]
    assert source.is_notebook


def test_places_name_the_cell_its_row_and_the_row_of_the_json() -> None:
    source = notebook(
        code(["a = 1\n", "b = 2"]), code("c = 3\nd = 4\n"), code(["e =", " 5\nf", " = 6\n", "g = 7"])
    )
    written = source.data.decode().split("\n")
    found = []
    for statement in source.statements:
        location = source.location(Region(statement.row, 1, statement.row, 2))
        assert location.file_row is not None
        found.append((location.cell, location.row, written[location.file_row - 1].strip()))
    assert found == [
        (1, 1, '"a = 1\\n",'),
        (1, 2, '"b = 2"'),
        (2, 1, '"source": "c = 3\\nd = 4\\n"'),
        (2, 2, '"source": "c = 3\\nd = 4\\n"'),
        (3, 1, '"e =",'),
        (3, 2, '" 5\\nf",'),
        (3, 3, '"g = 7"'),
    ]


def test_source_keys_in_outputs_and_metadata_do_not_confuse_the_rows() -> None:
    cell = code(["a = 1\n"])
    cell["outputs"] = [{"data": {"source": ["no"], "cells": [{"source": ["no"]}], "text": '"[{'}}]
    cell["metadata"] = {"source": "no", "cells": []}
    source = notebook(cell, code(["b = 2\n"]))
    rows = [source.location(Region(row, 1, row, 1)).file_row for row in (1, 2)]
    written = source.data.decode().split("\n")
    assert [written[row - 1].strip() for row in rows if row] == ['"a = 1\\n"', '"b = 2\\n"']


def test_a_notebook_on_one_row_of_json_works() -> None:
    source = notebook(code("a = 1\nb = 2"), indent=None)
    assert source.location(Region(2, 1, 2, 2)).file_row == 1


def test_format_three_is_read() -> None:
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": ["a = 1\n"], "prompt_number": 7}]}]}
    source = read(json.dumps(old, indent=1).encode(), "n.ipynb")
    assert (source.text, source.cells[0].execution_count) == ("a = 1\n", 7)
    assert source.location(Region(1, 1, 1, 2)).file_row == 8


def test_notebooks_of_other_languages_have_no_program() -> None:
    assert notebook(code("x <- 1"), metadata={"language_info": {"name": "R"}}).statements == ()
    assert notebook(code("x <- 1"), metadata={"kernelspec": {"language": "julia"}}).cells == ()


def test_a_broken_cell_leaves_the_next_one_whole() -> None:
    source = notebook(code("a = f(1,\n"), code("b = '''x"), code("c = 3"))
    assert [len(statement.body) for statement in source.statements] == [0, 0, 1]
    assert [problem.place.location.cell for problem in source.problems] == [1, 2]


def test_await_at_top_level_is_python_in_a_notebook() -> None:
    source = notebook(code("x = await f()\nasync with a: pass"))
    assert source.problems == ()
    assert all(statement.body for statement in source.statements)


def test_each_cell_may_import_from_the_future() -> None:
    source = notebook(code("import a\n"), code("from __future__ import division\nb = 1\n"))
    assert source.problems == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "line 1: not a notebook", id="empty"),
        pytest.param('{"cells": [', "line 1: not a notebook", id="cut off"),
        pytest.param('{\n"cells": [}', "line 2: not a notebook", id="broken json"),
        pytest.param("[]", "line 1: not a notebook: the JSON is not an object", id="a list"),
        pytest.param("{}", "it has no list of cells", id="no cells"),
        pytest.param('{"cells": 3}', "it has no list of cells", id="cells are a number"),
        pytest.param(
            '{"cells": [1]}', "cell 1: not a notebook: the cell is not an object", id="cell is a number"
        ),
        pytest.param(
            '{"cells": [{"cell_type": "code", "source": 3}]}', "cell 1: .*source is not text", id="source"
        ),
        pytest.param(
            '{"cells": [{"cell_type": "code", "source": [3]}]}', "cell 1: .*not text", id="list of numbers"
        ),
        pytest.param('{"cells": [{"cell_type": "code", "source": "\\u0000"}]}', "cell 1: NUL", id="nul"),
        pytest.param(
            '{"cells": [{"cell_type": "code", "source": "\\ud800"}]}', "cell 1: half", id="surrogate"
        ),
        pytest.param("[" * 100_000, "line 1: not a notebook", id="deep json"),
        pytest.param('{"worksheets": [{"cells": 3}]}', "no list of cells", id="format three broken"),
    ],
)
def test_a_malformed_notebook_is_told_in_one_line(text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        read(text.encode(), "n.ipynb")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "masked"),
    [
        pytest.param("%matplotlib inline\nx = 1", "pass#lotlib inline\nx = 1", id="line magic"),
        pytest.param("!pip install a 'b\nx = 1", "pass#install a 'b\nx = 1", id="shell with a loose quote"),
        pytest.param("if a:\n    !ls\n", "if a:\n    0#s\n", id="indented"),
        pytest.param("files = !ls -l\n", "files = _#s -l\n", id="captured shell output is unknown"),
        pytest.param("x = %env HOME\n", "x = _#nv HOME\n", id="captured magic"),
        pytest.param("a, b = !ls\n", "a, b = _#s\n", id="captured into two names"),
        pytest.param("x?\nkeras.layers.Dense??\n", "0#\npass#.layers.Dense??\n", id="help"),
        pytest.param("?x\n", "0#\n", id="help in front"),
        pytest.param("%time h = f(1)\n", "0    ;h = f(1)\n", id="timed statement is kept"),
        pytest.param("%timeit -n 10 f(1)\n", "0            ;f(1)\n", id="options of a timer go"),
        pytest.param("%%time\nx = 1", "#%time\nx = 1", id="timed cell is kept"),
        pytest.param(
            "%%bash\nfor i; do\n\ndone", "#%bash\n#or i; do\n\n#one", id="a cell in another language"
        ),
        pytest.param("%%writefile a.py\nx = 1", "#%writefile a.py\n# = 1", id="a cell written to a file"),
        pytest.param("!a \\\n  b 'c\nx = 1", "pass\n# b 'c\nx = 1", id="continued shell command"),
        pytest.param("x = '''\n%no\n!no\n'''\n", "x = '''\n%no\n!no\n'''\n", id="inside a string"),
        pytest.param("x = (5\n% 2)\n", "x = (5\n% 2)\n", id="a remainder"),
        pytest.param("x = a != b  # why?\n", "x = a != b  # why?\n", id="comparison and comment"),
        pytest.param('x = "a=%s"\n', 'x = "a=%s"\n', id="a format"),
        pytest.param("f(a=1) # x = !y\n", "f(a=1) # x = !y\n", id="a magic in a comment"),
    ],
)
def test_magics_are_masked_in_place(cell: str, masked: str) -> None:
    assert mask_magics(cell) == masked
    compile(masked, "cell", "exec")


PARTS = st.sampled_from(
    ["%", "!", "?", "x", " ", "\n", "%%", "time", "=", "(", ")", "'", "\\", "ls", "    ", '"""', "#"]
)


@given(st.lists(PARTS, max_size=25).map("".join))
def test_masking_keeps_every_row_and_its_length(cell: str) -> None:
    assert [len(row) for row in mask_magics(cell).split("\n")] == [len(row) for row in cell.split("\n")]


@given(
    st.lists(st.lists(st.text("ab\n ='", max_size=8), max_size=4), max_size=4), st.sampled_from([None, 1, 2])
)
def test_every_program_row_has_a_row_in_the_file(cells: list[list[str]], indent: int | None) -> None:
    source = notebook(*(code(cell) for cell in cells), indent=indent)
    rows = source.data.decode().count("\n") + 1
    before = 0
    for row in range(1, source.text.count("\n") + 1):
        location = source.location(Region(row, 1, row, 1))
        assert location.file_row is not None
        assert before <= location.file_row <= rows
        before = location.file_row
        assert location.row >= 1
