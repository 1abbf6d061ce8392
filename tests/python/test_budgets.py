"""Every budget runs out in some program, and the evaluator still answers, and claims nothing wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kerlint.python.budget import Budget, OutOfBudget
from kerlint.python.values import Unknown

from .check import told
from .null_domain import Run

SMALL = Budget()


def test_steps_run_out_with_an_exception() -> None:
    with pytest.raises(OutOfBudget):
        Run("n = 0\nwhile n >= 0:\n    n += 1\nx = 1\n", budget=replace(SMALL, steps=500, patience=10**9))


def test_steps_run_out_inside_built_in_functions_too() -> None:
    text = "x = list(range(15000))\nfor i in range(1000):\n    y = list(map(bool, x))\n"
    with pytest.raises(OutOfBudget):
        Run(text, budget=replace(SMALL, steps=20_000, patience=10**9))


def test_depth_of_calls() -> None:
    text = (
        "".join(f"def f{i}(): return f{i + 1}() + 1\n" for i in range(30)) + "def f30(): return 0\nx = f0()\n"
    )
    assert Run(text, budget=replace(SMALL, depth=50))["x"] == 30
    assert told(Run(text, budget=replace(SMALL, depth=5))["x"]) is ...


def test_recursion() -> None:
    run = Run("def f(n): return f(n + 1)\nx = f(0)\ny = 1\n")
    assert isinstance(run["x"], Unknown)
    assert run["y"] == 1
    assert "recurses too deeply" in run.interpreter.gave_up[0][1]


def test_rounds_of_a_loop() -> None:
    run = Run("x = 0\nfor i in range(100):\n    x += 1\ny = 1\n", budget=replace(SMALL, iterations=10))
    assert (told(run["x"]), run["y"]) == (..., 1)


def test_items_of_a_container() -> None:
    budget = replace(SMALL, items=50)
    run = Run(
        "a = list(range(60))\nx = len(a)\nb = [0] * 60\ny = len(b)\nc = [1] * 40\nc += c\nz = len(c)\n",
        budget=budget,
    )
    assert [told(run[name]) for name in "xyz"] == [..., ..., ...]


def test_characters_of_a_text() -> None:
    run = Run("x = 'ab' * 100\ny = 'ab' * 10\nz = f'{y}{y}'\nw = y + y\n", budget=replace(SMALL, text=30))
    assert [told(run[name]) for name in "xyzw"] == [..., "ab" * 10, ..., ...]


def test_bits_of_a_number() -> None:
    run = Run("x = 2 ** 10000\ny = 1 << 10000\nz = 2 ** 100\nfor i in range(9): z = z * z\n")
    assert [told(run[name]) for name in "xyz"] == [..., ..., ...]


def test_paths_of_an_activation() -> None:
    text = "import lib\n" + "".join(
        f"if lib.a():\n    lib.f()\n    x{i} = 1\nelse:\n    x{i} = 2\n" for i in range(5)
    )
    run = Run(text, budget=replace(SMALL, paths=2))
    assert all(told(run[f"x{i}"]) == {1, 2} for i in range(5))


def test_splits_in_all() -> None:
    text = "import lib\ndef f():\n    if lib.a():\n        lib.f()\n        return 1\n    return 2\nx = [f(), f(), f()]\n"
    assert told(Run(text, budget=replace(SMALL, splits=1))["x"]) == [{1, 2}] * 3
    assert told(Run(text, budget=replace(SMALL, splits=0))["x"]) == [{1, 2}] * 3


def test_modules() -> None:
    files = {f"m{i}": f"x = {i}\n" for i in range(5)}
    text = "".join(f"from m{i} import x as x{i}\n" for i in range(5)) + "y = [x0, x1, x2, x3, x4]\n"
    found = Run(text, files, replace(SMALL, modules=3))["y"]
    assert [told(item) for item in found.items[:2]] == [0, 1]


def test_patience_of_an_activation_that_builds_nothing() -> None:
    text = "s = [0]\ndef f():\n    global n\n    n = 1\n    for i in range(3000):\n        for j in range(3000): s[0] += 1\n    return 5\nn = 0\nx = f()\ny = s[0]\nz = f()\n"
    run = Run(text, budget=replace(SMALL, patience=300))
    assert [told(run[name]) for name in "xyzn"] == [..., ..., ..., ...] or told(run["x"]) == 5
    assert told(run["y"]) is ...


def test_deep_expressions_are_given_up() -> None:
    run = Run("x = " + "(lambda: " * 400 + "1" + ")()" * 400 + "\ny = 2\n")
    assert run["y"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "x = '{:>999999999}'.format(1)",
        "x = 'a'.ljust(10 ** 12)",
        "x = '%999999999d' % 3",
        "x = f'{3:999999999}'",
        "x = format(3, '999999999')",
        "x = 'a'.replace('a', 'b' * 10 ** 5).replace('b', 'c' * 10 ** 5)",
        "x = bytes(10 ** 12)",
        "x = round(5, -10 ** 9)",
        "x = pow(7, 10 ** 9)",
        "x = (5).to_bytes(10 ** 10, 'big')",
        "x = '\u00b2'.join('ab').center(10 ** 9)",
        "x = f'{1:\u00b2}'",
        "x = b'%0999999999d' % 3",
        "x = '%*d' % (10 ** 9, 3)",
        "x = list(range(10 ** 12))",
        "x = [0] * 10 ** 12",
        "x = (0,) * 10 ** 12",
    ],
)
def test_operations_that_only_cost_memory_are_not_done(text: str) -> None:
    known = told(Run(text)["x"])
    assert known is ... or (isinstance(known, list) and known[-1] is ...)
