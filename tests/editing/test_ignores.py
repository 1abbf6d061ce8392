"""`--add-ignores` silences every finding it can, and changes nothing but comments."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.editing.ignores import add_ignores, with_ignores
from kerlint.findings import Finding, Location, Region, Severity
from kerlint.fix import apply_edits
from kerlint.source import Source, read
from kerlint.suppress import apply

NAMES = {"KER101": "optimizer-reused", "KER301": "implicit-pool-strides", "KER001": "x", "KER002": "y"}


def locate(region: Region) -> Location:
    return Location("m.py", region, region)


def finding(row: int, code: str = "KER301") -> Finding:
    return Finding(code, NAMES[code], Severity.INFO, "message", locate(Region(row, 1, row, 2)))


def ignored(text: str, *findings: Finding) -> str:
    return apply_edits(text.encode(), "m.py", add_ignores(text, findings, locate)).decode()


@pytest.mark.parametrize(
    "text, row, expected",
    [
        ("x = f(2)\n", 1, "x = f(2)  # kerlint: ignore[KER301]\n"),
        ("x = f(2)", 1, "x = f(2)  # kerlint: ignore[KER301]"),
        ("x = f(2)   \r\ny\n", 1, "x = f(2)  # kerlint: ignore[KER301]   \r\ny\n"),
        ("x = f(2)  # why\n", 1, "x = f(2)  # why  # kerlint: ignore[KER301]\n"),
        ("x = f(2)  # noqa: E501\n", 1, "x = f(2)  # noqa: E501  # kerlint: ignore[KER301]\n"),
        ("x = f(\n  g(2),\n  3)\n", 2, "x = f(\n  g(2),  # kerlint: ignore[KER301]\n  3)\n"),
        ("x = f(2) + \\\n  3\n", 1, "x = f(2) + \\\n  3  # kerlint: ignore[KER301]\n"),
        ("x = f('''a\nb''', 2)\n", 1, "x = f('''a\nb''', 2)  # kerlint: ignore[KER301]\n"),
        ("@d\nclass A(\n  B):\n  pass\n", 1, "@d  # kerlint: ignore[KER301]\nclass A(\n  B):\n  pass\n"),
        ("if x: y = f(2)\n", 1, "if x: y = f(2)  # kerlint: ignore[KER301]\n"),
    ],
)
def test_the_comment_stands_where_it_can_and_near_the_finding(text: str, row: int, expected: str) -> None:
    assert ignored(text, finding(row)) == expected


@pytest.mark.parametrize(
    "before, after",
    [
        ("x = 1  # kerlint: ignore[KER900]\n", "x = 1  # kerlint: ignore[KER101, KER301, KER900]\n"),
        ("x = 1  # kerlint: ignore[] -- a\n", "x = 1  # kerlint: ignore[KER101, KER301] -- a\n"),
        (
            "x = 1  # kerlint: ignore[mixed-padding,KER301]\n",
            "x = 1  # kerlint: ignore[KER101, KER301, mixed-padding]\n",
        ),
        ("# kerlint: ignore[KER900]\nx = 1\n", "# kerlint: ignore[KER101, KER301, KER900]\nx = 1\n"),
        ("x = 1  # noqa: KER101\n", "x = 1  # noqa: KER101  # kerlint: ignore[KER301]\n"),
        (
            "# kerlint: ignore-file[KER101]\nx = 1\n",
            "# kerlint: ignore-file[KER101]\nx = 1  # kerlint: ignore[KER301]\n",
        ),
        ("x = 1  # kerlint: ignore\n", "x = 1  # kerlint: ignore\n"),
        (
            "x = 1  # kerlint: ingore[KER101]\n",
            "x = 1  # kerlint: ingore[KER101]  # kerlint: ignore[KER101, KER301]\n",
        ),
    ],
)
def test_a_comment_that_is_there_takes_the_new_codes(before: str, after: str) -> None:
    row = 1 + before.startswith("# ")
    assert ignored(before, finding(row), finding(row, "KER101"), finding(row)) == after


def test_syntax_errors_and_unused_comments_are_not_silenced() -> None:
    assert ignored("x = 1\n", finding(1, "KER001"), finding(1, "KER002")) == "x = 1\n"


def test_a_finding_outside_any_statement_is_left() -> None:
    assert ignored("\nx = 1\n", finding(1), finding(9)) == "\nx = 1\n"


def test_in_a_notebook_the_comment_goes_into_the_cell() -> None:
    cells = [
        {"cell_type": "code", "source": source}
        for source in (["a = f(2)\n", "b = 1"], ["%time c = f(2)\n", "d"])
    ]
    data = json.dumps({"nbformat": 4, "cells": cells}).encode()
    source: Source = read(data, "m.ipynb")
    rows = [number for number, line in enumerate(source.lines, 1) if "f(2)" in line]
    found = tuple(
        Finding("KER301", "n", Severity.INFO, "m", source.location(Region(row, 1, row, 2))) for row in rows
    )
    after = json.loads(with_ignores(data, "m.ipynb", found))
    assert [cell["source"][0] for cell in after["cells"]] == [
        "a = f(2)  # kerlint: ignore[KER301]\n",
        "%time c = f(2)  # kerlint: ignore[KER301]\n",
    ]


def test_a_file_keeps_its_bytes_around_the_comments() -> None:
    elsewhere = Finding(
        "KER301", "n", Severity.INFO, "m", Location("n.py", Region(1, 1, 1, 2), Region(1, 1, 1, 2))
    )
    data = b"\xef\xbb\xbfx = f(2)\r\ny = 1"
    after = b"\xef\xbb\xbfx = f(2)  # kerlint: ignore[KER301]\r\ny = 1"
    assert with_ignores(data, "m.py", [finding(1), elsewhere]) == after
    assert with_ignores(data, "m.py", [elsewhere]) is data


PIECES = [
    "x = f(\n  2,\n)\n",
    "y = '''a\n b''' + \\\n 'c'\n",
    "@d\ndef g(a,\n      b):\n    return f(2)  # why\n",
    "z = 1  # kerlint: ignore[KER301]\n",
    "# kerlint: ignore[KER101]\nw = f(2); v = f(3)\n",
    "if x:\n    u = f'{x!r}' '#'\n",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), st.data())
def test_all_are_silenced_at_once_and_the_program_is_the_same(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    places = st.tuples(st.integers(1, text.count("\n")), st.sampled_from(["KER101", "KER301"]))
    findings = [finding(*place) for place in data.draw(st.lists(places, max_size=6))]
    after = ignored(text, *findings)
    assert ast.dump(ast.parse(after)) == ast.dump(ast.parse(text))
    assert ignored(after, *findings) == after
    kept = apply(after, findings, (), locate)[0]
    lines: Sequence[str] = text.split("\n")
    assert all(not lines[item.location.row - 1].partition("#")[0].strip() for item in kept)
