"""Loops of unknown length: what holds however often they run."""

from __future__ import annotations

import pytest

from .check import told, value_of
from .null_domain import Run

CASES = {
    "a counter": ("x = 0\nfor i in u: x += 1", ...),
    "a flag": ("x = False\nfor i in u:\n    if v: x = True", {False, True}),
    "a value that stays": ("x = 'a'\nfor i in u: y = x", "a"),
    "a value that is set alike": ("x = 0\nfor i in u: x = 5", ...),
    "a test that only a later round meets": (
        "n, x = 0, False\nwhile lib.go():\n    n += 1\n    if n == 5: x = True",
        {False, True},
    ),
    "a chain of changes": ("a = x = 0\nfor i in u:\n    x = a\n    a = 1 if i else a", {0, 1}),
    "a list that grows": ("x = [0]\nfor i in u: x.append(1)", [0, ...]),
    "a list that is changed": ("x = [0, 5]\nfor i in u: x[0] += 1", [..., 5]),
    "a list that shrinks": ("x = [1, 2, 3]\nfor i in u: x.pop()", [...]),
    "a dict that grows": ("x = {'a': 1}\nfor i in u: x[i] = 2", {"a": ..., ...: ...}),
    "a dict that gains a known key": ("x = {'a': 1}\nfor i in u: x['b'] = 2", {"a": 1, ...: ...}),
    "a set that grows": ("x = {1}\nfor i in u: x.add(2)", {1, ...}),
    "an attribute": ("class A: n = 0\na = A(); a.n = 0\nfor i in u: a.n += 1\nx = a.n", ...),
    "a name that is bound again": ("x = None\nfor i in u: x = [1]", {None, (1,)}),
    "a deleted name": ("x = 1\nfor i in u:\n    del x\n    break", ...),
    "break at once": ("x = 0\nfor i in u:\n    x = 1\n    break", ...),
    "break in some round": ("x = 'a'\nfor i in u:\n    if i:\n        x = 'b'\n        break", {"a", "b"}),
    "continue in some rounds": ("x = 'a'\nfor i in u:\n    if i: continue\n    x = 'b'", {"a", "b"}),
    "else after some break": ("x = 'a'\nfor i in u:\n    if i: break\nelse:\n    x = 'b'", {"a", "b"}),
    "else after a certain break": ("x = 'a'\nfor i in u: break\nelse: x = 'b'", {"a", "b"}),
    "return in a loop": ("def f():\n    for i in u:\n        return 1\n    return 2\nx = f()", {1, 2}),
    "return in some round": (
        "def f():\n    for i in u:\n        if i: return 1\n    return 2\nx = f()",
        {1, 2},
    ),
    "a body that raises": ("x = 1\nfor i in u:\n    x = 2\n    raise ValueError", 1),
    "an unknown while": ("x = 0\nwhile u: x += 1", ...),
    "while true until something unknown": ("x = 0\nwhile True:\n    x += 1\n    if u: break", ...),
    "while true with a return": ("def f():\n    while True:\n        if u: return 5\nx = f()", {5, None}),
    "a loop inside": ("x = 0\nfor i in u:\n    for j in range(2): x += 1", ...),
    "an unknown loop inside a known one": ("x = []\nfor j in range(2):\n    for i in u: x.append(i)", [...]),
    "a comprehension over something unknown": ("n = []\nx = [n.append(i) for i in u]", [...]),
    "what a comprehension appends": ("x = []\n[x.append(i) for i in u]", [...]),
    "items of a list that may be longer": ("x = 0\nfor i in [1, *u]: x = i", ...),
    "an iterator": ("it = iter([1, 2, 3])\nfor i in u: next(it)\nx = list(it)", [...]),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_after_a_loop_of_unknown_length(case: str) -> None:
    text, expected = CASES[case]
    found = told(value_of(text))
    assert found == (frozenset(expected) if isinstance(expected, set) and ... not in expected else expected)


def test_the_body_is_walked_at_least_twice() -> None:
    run = Run("import lib\nfor i in lib.items():\n    lib.step(i)\n")
    assert [name for name, _ in run.calls].count("lib.step") == 2


def test_known_first_items_come_before_the_unknown_ones() -> None:
    run = Run("import lib\nfor i in [1, 2, *lib.more()]:\n    lib.step(i)\n")
    assert [told(arguments[0]) for name, arguments in run.calls if name == "lib.step"][:3] == [1, 2, ...]


def test_enumerating_something_unknown_gives_pairs() -> None:
    run = Run("import lib\nfor i, x in enumerate(lib.items()):\n    lib.step(i, x)\n")
    assert [told(tuple(arguments)) for name, arguments in run.calls if name == "lib.step"] == [(..., ...)] * 2


def test_known_loops_are_unrolled_with_their_items() -> None:
    run = Run("import lib\nfor i, n in enumerate([32, 64]):\n    lib.layer(i, n)\n")
    assert [arguments for _, arguments in run.calls] == [[0, 32], [1, 64]]
