"""Marks in the program: rows reached, loops that train cut short, statements that may fail."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from kerlint.confirm.marking import AGAIN, FAILED, ROUNDS, ROWS, STAND_IN, Region, Rounds, compiled


def run(
    text: str, soft: frozenset[int] = frozenset(), stand_ins: dict[Region, int] | None = None
) -> tuple[dict[str, Any], set[int]]:
    """What a program leaves behind, and its rows; every call of `train()` is work."""
    work: list[int] = []
    rows: set[int] = set()
    rounds = Rounds(lambda: len(work))
    names: dict[str, Any] = {
        ROWS: rows.update,
        ROUNDS: rounds.items,
        AGAIN: lambda row: rounds.again(sys._getframe(1), row),
        STAND_IN: lambda index: f"stand-in {index}",
        FAILED: lambda error, row, name, before: f"{name}: {error}",
        "train": lambda: work.append(1),
        "work": work,
    }
    exec(compiled(text, "program.py", stand_ins or {}, soft), names)
    return names, rows


def test_a_loop_that_trains_ends_after_two_rounds() -> None:
    names, _ = run("for i in range(100):\n    train()\n")
    assert names["i"] == 1


def test_a_loop_that_only_builds_runs_to_its_end() -> None:
    names, _ = run("n = 0\nfor i in range(100):\n    n += 1\n")
    assert names["n"] == 100


def test_an_endless_loop_that_trains_ends() -> None:
    names, _ = run("n = 0\nwhile True:\n    n += 1\n    train()\n")
    assert names["n"] == 2


def test_loops_in_loops_end_each_for_itself() -> None:
    names, _ = run("for i in range(9):\n    for j in range(9):\n        train()\n")
    assert len(names["work"]) == 4


def test_rows_of_an_arm_that_is_not_taken_are_not_reached() -> None:
    _, rows = run("if 1:\n    x = 1\nelse:\n    x = 2\n")
    assert rows == {1, 2}


def test_a_function_tells_its_rows_when_it_is_called() -> None:
    text = "def f():\n    'It says so.'\n    return 1\n"
    assert run(text)[1] == {1}
    assert run(text + "f()\n")[1] == {1, 3, 4}


def test_a_statement_that_may_fail_binds_its_names_all_the_same() -> None:
    names, _ = run("a, b = 1 / 0\n", frozenset({1}))
    assert names["a"] == "a: division by zero"
    assert names["b"] == "b: division by zero"


def test_a_name_that_cannot_be_imported_costs_no_other() -> None:
    names, _ = run("from math import pi, no_such_name as n, e\n", frozenset({1}))
    assert names["pi"] + names["e"] > 5
    assert names["n"].startswith("n: cannot import name 'no_such_name'")


def test_an_expression_is_replaced_where_the_parent_says() -> None:
    names, _ = run("é = [1, missing.data[3]]\n", stand_ins={(1, 9, 1, 24): 7})
    assert names["é"] == [1, "stand-in 7"]


def test_future_imports_stay_first() -> None:
    assert run('"""Words."""\nfrom __future__ import annotations\nx: nothing = 1\n')[0]["x"] == 1


def test_a_statement_that_fails_can_ask_what_its_name_stood_for_before() -> None:
    text = "x = 1\nx = 1 / 0\ndef f(y):\n    y = 1 / 0\n    return y\nfound = f(3)\nz = 1 / 0\n"
    told: list[tuple[int, str, Any]] = []

    def failed(error: Exception, row: int, name: str, before: Callable[[], Any]) -> Any:
        try:
            told.append((row, name, before()))
        except NameError:
            told.append((row, name, None))
        return told[-1][2]

    names: dict[str, Any] = {ROWS: lambda rows: None, FAILED: failed}
    exec(compiled(text, "program.py", {}, frozenset({2, 4, 7})), names)
    assert told == [(2, "x", 1), (4, "y", 3), (7, "z", None)]
    assert names["found"] == 3
