"""What is not Python is told by statement, with its likely cause; what is only newer is not told."""

from __future__ import annotations

import pytest

from kerlint.source import read
from kerlint.text.syntax import MAX_PROBLEMS


def problems(text: str, filename: str = "a.py") -> list[tuple[int, str, str]]:
    source = read(text.encode(), filename)
    return [(each.place.location.row, each.kind, each.cause or each.message) for each in source.problems]


@pytest.mark.parametrize(
    ("text", "row", "cause"),
    [
        pytest.param("x = “a”\n", 1, "typographic quotes", id="quotes"),
        pytest.param("a = 1\nx = 2 \u2013 1\n", 2, "where a minus should be", id="dash"),
        pytest.param("x =\u00a01\n", 1, "non-breaking", id="non-breaking space"),
        pytest.param("def f():\nreturn 1\n", 1, "indentation was lost", id="lost indentation"),
        pytest.param("  x = 1\n", 1, "indentation was lost", id="unexpected indentation"),
        pytest.param("if a:\n\tx = 1\n        y = 2\n", 3, "tabs and spaces are mixed", id="mixed tabs"),
        pytest.param("x = 1\nprint 'a'\n", 2, "Python 2: `print`", id="print statement"),
        pytest.param("exec 'a'\n", 1, "Python 2: `exec`", id="exec statement"),
        pytest.param("if a <> b: pass\n", 1, "Python 2: `<>`", id="not equal"),
        pytest.param("raise E, 'x'\n", 1, "Python 2: `raise`", id="raise"),
        pytest.param("x = 10L\n", 1, "Python 2: long", id="long"),
        pytest.param("x = 0777\n", 1, "Python 2: octal", id="octal"),
        pytest.param("%matplotlib inline\n", 1, "IPython magic", id="magic outside a notebook"),
        pytest.param("!ls\n", 1, "IPython magic or shell", id="shell outside a notebook"),
        pytest.param("pip install keras\n", 1, "a shell command", id="pip"),
        pytest.param(">>> x = 1\n", 1, "prompt", id="prompt"),
        pytest.param("In [3]: import x\n", 1, "prompt", id="IPython prompt"),
        pytest.param("```python\nx = 1\n```\n", 1, "Markdown", id="fence"),
        pytest.param("12 import os\n", 1, "line numbers", id="line numbers"),
        pytest.param("<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n", 1, "merge conflict", id="conflict"),
        pytest.param(
            "def f():\n    a\n<<<<<<< HEAD\n    b\n=======\n    c\n>>>>>>> x\n", 3, "merge", id="inside"
        ),
        pytest.param("x = f(1,\ny = 2\n", 1, "closing bracket is missing", id="open bracket"),
        pytest.param("x = 1)\n", 1, "bracket is missing or one too many", id="one bracket too many"),
        pytest.param("x = 'a\n", 1, "closing quote is missing", id="open quote"),
        pytest.param("x = '''a\ny = 1\n", 1, "closing quote is missing", id="open triple quote"),
        pytest.param("f(a=1, a=2)\n", 1, "keyword argument repeated: a", id="no accident known"),
        pytest.param("return 1\n", 1, "indentation was lost", id="return outside a function"),
    ],
)
def test_the_likely_cause_is_told_at_its_row(text: str, row: int, cause: str) -> None:
    found = problems(text)
    assert (found[0][0], found[0][1]) == (row, "syntax")
    assert cause in found[0][2]


def test_each_broken_statement_is_told_and_the_others_still_parse() -> None:
    source = read("a = 1\nb = “x”\ndef f():\n    return 2\nprint 'a'\nc = 3\n".encode(), "a.py")
    assert [problem.place.location.row for problem in source.problems] == [2, 5]
    assert [len(statement.body) for statement in source.statements] == [1, 0, 1, 0, 1]


def test_a_conflict_is_told_once_and_a_wasteland_not_line_by_line() -> None:
    assert len(problems("<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n")) == 1
    assert len(problems("a b\n" * 1000)) == MAX_PROBLEMS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("type X = int\n", id="PEP 695 alias"),
        pytest.param("def f[T](x: T) -> T: return x\n", id="PEP 695 function"),
        pytest.param("class A[T]: pass\n", id="PEP 695 class"),
        pytest.param("x = f'{a['b']}'\n", id="PEP 701"),
        pytest.param("try:\n    a\nexcept* E:\n    b\n", id="exception groups"),
        pytest.param("match a:\n    case {'x': [1, *_]}: pass\n", id="match"),
        pytest.param("with (open(a) as b, open(c) as d): pass\n", id="parenthesized with"),
        pytest.param("x = 1 \\\n    + 2\n", id="continuation"),
        pytest.param("if a: pass\nelse: pass\n", id="plain"),
        pytest.param("await f()\n", id="await at top level"),
        pytest.param("x = '\\d'\nassert (1, 'x')\n", id="only a SyntaxWarning"),
    ],
)
def test_python_is_no_problem_however_new(text: str) -> None:
    source = read(text.encode(), "a.py")
    assert all(statement.body for statement in source.statements)
    assert source.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = " + "(" * 5000 + "1" + ")" * 5000, id="nested parentheses"),
        pytest.param("x = " + "a + " * 20_000 + "a", id="a sum of 20,000 terms"),
        pytest.param("x = " + "lambda: " * 5000 + "1", id="lambdas"),
        pytest.param("x = a" + ".b()" * 5000, id="chained calls"),
        pytest.param("if a:\n    b\n" + "elif a:\n    b\n" * 5000, id="branches"),
        pytest.param("x = " + "lambda x=(" * 3000, id="lambda defaults never closed"),
    ],
)
def test_a_pathological_statement_costs_itself_only(text: str) -> None:
    source = read(f"a = 1\n{text}\nb = 2\n".encode(), "a.py")
    bodies = [len(statement.body) for statement in source.statements]
    assert (bodies[0], bodies[-1]) == (1, 1)
    assert [(each.kind, each.place.location.row) for each in source.problems] == [("too-deep", 2)]


def test_problems_beside_a_pathological_statement_are_told_too() -> None:
    text = "x = " + "(" * 5000 + "1" + ")" * 5000 + "\nprint 1\n"
    assert [(row, kind) for row, kind, _ in problems(text)] == [(1, "too-deep"), (2, "syntax")]


def test_a_number_beyond_all_measure_does_not_raise() -> None:
    assert len(problems("x = " + "9" * 5000 + "\n")) <= 1


def test_deep_indentation_is_a_syntax_problem() -> None:
    text = "".join(" " * depth + "if a:\n" for depth in range(150)) + " " * 150 + "pass\n"
    assert [kind for _, kind, _ in problems(text)] == ["syntax"]
