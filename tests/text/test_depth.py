"""No statement that could kill or stall libcst reaches it, and none that people write is refused."""

from __future__ import annotations

import time

import pytest

from kerlint.source import read
from kerlint.text.depth import MAX_BRACKETS, MAX_LINKS, excess_of_line, excess_of_statement


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("x = " + "(" * 5000 + "1" + ")" * 5000, "brackets", id="nested parentheses"),
        pytest.param("x = " + "[" * 5000, "brackets", id="brackets never closed"),
        pytest.param("x = " + " + ".join(["a"] * 20_000), "links", id="a sum of 20,000 terms"),
        pytest.param("x = a" + ".b()" * 5000, "links", id="chained calls"),
        pytest.param("x = a" + "[0]" * 5000, "links", id="chained subscripts"),
        pytest.param("x = a" + ".b" * 5000, "links", id="chained attributes"),
        pytest.param("x = f(1, a" + ".b" * 5000 + ")", "links", id="chained attributes in a flat call"),
        pytest.param("x = f" + "(1, [2, 3])" * 5000, "links", id="flat calls chained"),
        pytest.param("x = [" + "f(1) + " * 5000 + "1]", "links", id="a sum of flat calls"),
        pytest.param("x = " + "lambda: " * 5000 + "1", "links", id="nested lambdas"),
        pytest.param("x = " + "lambda a, b: " * 5000 + "1", "links", id="lambdas with commas"),
        pytest.param("x = " + "not " * 5000 + "1", "links", id="negations"),
        pytest.param("x = " + "-" * 5000 + "1", "links", id="minuses"),
        pytest.param("x = (" + '"a" ' * 5000 + ")", "links", id="strings side by side"),
        pytest.param("x = [a " + "for a, b in c " * 5000 + "]", "links", id="comprehension of many loops"),
        pytest.param("x = " + "a if b else " * 5000 + "c", "links", id="conditional expressions"),
        pytest.param('x = f"{' + "(" * 3000 + "1" + ")" * 3000 + '}"', "brackets", id="inside an f-string"),
        pytest.param("x = '" + "a" * 2_000_000 + "'", "characters", id="two million characters"),
    ],
)
def test_pathological_lines_are_refused(line: str, words: str) -> None:
    assert words in (excess_of_line(line) or "")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("x = [" + "1.5, -2, " * 5000 + "]", id="a long list"),
        pytest.param("x = {" + "'a': [1, 2], " * 5000 + "}", id="a long mapping"),
        pytest.param("x = '''" + "prose (with - and or not) " * 500 + "'''", id="a long docstring"),
        pytest.param("x = f'" + "<p style=a-b> and or {a} " * 60 + "'", id="a template"),
        pytest.param("x = " + " + ".join(["a"] * 400), id="400 terms"),
        pytest.param("x = [" + "lambda x, y: x + y, " * 2000 + "]", id="many lambdas side by side"),
        pytest.param("x = " + "(" * 50 + "1" + ")" * 50, id="50 parentheses"),
    ],
)
def test_what_people_write_is_not_refused(line: str) -> None:
    assert excess_of_line(line) is None


def test_many_branches_and_nested_case_patterns_are_refused() -> None:
    branches = "if a:\n    b\n" + "elif a:\n    b\n" * 600
    assert "branches" in (excess_of_statement(branches) or "")
    patterns = "match a:\n    case " + "{1: " * 12 + "1" + "}" * 12 + ":\n        pass\n"
    assert "case" in (excess_of_statement(patterns) or "")
    assert excess_of_statement("match a:\n    case {1: [A(x=1)]}:\n        pass\n") is None


AT_THE_LIMIT = {
    "calls": "x = a" + ".b()" * (MAX_LINKS // 2 - 5),
    "sum": "x = " + " + ".join(["a"] * (MAX_LINKS - 5)),
    "subscripts": "x = a" + "[0]" * (MAX_LINKS - 5),
    "lambdas": "x = " + "lambda: " * (MAX_LINKS - 5) + "1",
    "strings": "x = (" + '"a" ' * (MAX_LINKS - 5) + ")",
    "conditions": "x = " + "a if b else " * (MAX_LINKS // 2 - 5) + "c",
    "brackets": "x = " + "[" * (MAX_BRACKETS - 1) + "1" + "]" * (MAX_BRACKETS - 1),
    "loops": "x = " + "[" * (MAX_BRACKETS - 1) + "1" + " for a in b]" * (MAX_BRACKETS - 1),
    "nested calls": "x = " + "f(a[" * (MAX_BRACKETS // 2 - 1) + "1" + "])" * (MAX_BRACKETS // 2 - 1),
    "cases": "match a:\n    case " + "{1: " * 6 + "1" + "}" * 6 + ":\n        pass",
    "branches": "if a:\n    b\n" + "elif a:\n    b\n" * (MAX_LINKS - 5),
}


@pytest.mark.parametrize("name", AT_THE_LIMIT)
def test_the_limits_leave_parsing_and_positions_quick_and_whole(name: str) -> None:
    start = time.process_time()
    source = read(AT_THE_LIMIT[name].encode() + b"\ny = 1\n", "a.py")
    for statement in source.statements:
        assert [statement.region(node).start_row for node in statement.body] == [statement.row]
    assert source.problems == ()
    assert time.process_time() - start < 5
