"""Undecided branches: arms joined, paths split, alternatives that exclude each other, early exits."""

from __future__ import annotations

import pytest

from kerlint.python.joining import both, join, narrowed, same
from kerlint.python.values import OneOf, Unknown

from .check import told, value_of
from .null_domain import Run

CASES = {
    "arms that agree decide nothing": ("if u: x = 1\nelse: x = 1", 1),
    "arms that differ leave a choice": ("if u: x = 1\nelse: x = 2", {1, 2}),
    "a value set in one arm only is not certain to exist": ("if u: x = 1", ...),
    "a value changed in one arm is a choice": ("x = 1\nif u: x = 2", {1, 2}),
    "unknown on one path is unknown": ("x = 1\nif u: x = v", ...),
    "more than four alternatives are unknown": (
        "if u: x = 1\nelif v: x = 2\nelif w: x = 3\nelif u + 1: x = 4\nelse: x = 5",
        ...,
    ),
    "an arm that raises is not taken": ("x = 1\nif u:\n    x = 2\n    raise ValueError", 1),
    "lists that grew differently are open": ("x = [1]\nif u: x.append(2)", [1, ...]),
    "lists of one length are joined item by item": ("x = [1, 2]\nif u: x[0] = 5", [{1, 5}, 2]),
    "keys of one path may exist": ("x = {'a': 1}\nif u: x['b'] = 2", {"a": 1, ...: ...}),
    "values of one key are a choice": ("x = {'a': 1}\nif u: x['a'] = 2", {"a": {1, 2}}),
    "attributes are joined": ("class A: pass\na = A(); a.y = 1\nif u: a.y = 2\nx = a.y", {1, 2}),
    "choices made at one branch belong together": (
        "if u: a, b = 1, 10\nelse: a, b = 2, 20\nx = a + b",
        {11, 22},
    ),
    "choices made at two branches are combined": (
        "a = 1 if u else 2\nb = 10 if v else 20\nx = a + b",
        {11, 21, 12, 22},
    ),
    "a test of a choice narrows it": ("a = 5 if u else None\nx = 0\nif a is not None: x = a + 1", {0, 6}),
    "a test of a choice narrows what goes with it": (
        "a, b = ('p', 1) if u else ('q', 2)\nx = b if a == 'p' else -b",
        {1, -2},
    ),
    "a choice of one truth decides": ("a = 1 if u else 2\nif a: x = 'yes'\nelse: x = 'no'", "yes"),
    "a choice of functions is called both ways": ("f = len if u else max\nx = f([3, 4])", {2, 4}),
    "effects of a choice of functions are choices": (
        "n = [0]\ndef a(): n[0] = 1\ndef b(): n[0] = 2\n(a if u else b)()\nx = n",
        [{1, 2}],
    ),
    "effects inside an unknown expression are choices": (
        "n = [0]\ndef f(): n[0] = 1\nu and f()\nx = n",
        [{0, 1}],
    ),
    "an early return leaves the rest to the other path": (
        "def f():\n    if u: return 1\n    return 2\nx = f()",
        {1, 2},
    ),
    "break under an unknown test": ("x = 0\nfor i in range(3):\n    if u: break\n    x += 1", {0, 1, 2, 3}),
    "what break left behind is kept": (
        "x = 0\nfor i in [1]:\n    if u:\n        x = 5\n        break\n    x = 1",
        {5, 1},
    ),
    "what continue left behind is kept": (
        "x = 0\nfor i in [1]:\n    if u:\n        x = 5\n        continue\n    x = 1",
        {5, 1},
    ),
    "the else of a loop runs unless it broke": ("for i in [1]:\n    if u: break\nelse: x = 1\n", ...),
    "a loop over a choice is walked for each": ("x = 0\nfor i in ([1, 2] if u else [5]): x += i", {3, 5}),
    "a choice as a key": ("x = {'a': 1, 'b': 2}['a' if u else 'b']", {1, 2}),
    "storing under a choice of keys": (
        "x = {'a': 1, 'b': 2}\nx['a' if u else 'b'] = 3",
        {"a": {1, 3}, "b": {2, 3}},
    ),
    "unpacking where one alternative fails": (
        "try:\n    a, x = [1, 2] if u else [3]\nexcept ValueError:\n    x = 9",
        {2, 9},
    ),
    "match on a choice": (
        "match 1 if u else 'a':\n    case 1: x = 'one'\n    case _: x = 'other'",
        {"one", "other"},
    ),
}


def _frozen(value: object) -> object:
    match value:
        case set() | frozenset():
            return frozenset(_frozen(item) for item in value)
        case list():
            return [_frozen(item) for item in value]
        case dict():
            return {key: _frozen(item) for key, item in value.items()}
    return value


@pytest.mark.parametrize("case", CASES, ids=str)
def test_undecided(case: str) -> None:
    text, expected = CASES[case]
    assert _frozen(told(value_of(text))) == _frozen(expected)


def test_paths_are_split_where_a_library_is_called() -> None:
    run = Run("import lib\nif lib.a():\n    lib.f(1)\n    n = 1\nelse:\n    lib.g(2)\n    n = 2\nlib.h(n)\n")
    assert [arguments for name, arguments in run.calls if name == "lib.h"] == [[1], [2]]
    assert told(run["n"]) == {1, 2}


def test_nested_splits_give_each_path_its_own_values() -> None:
    text = "import lib\nu, v = lib.a(), lib.b()\nif u:\n    lib.f()\n    a = 1\n    if v:\n        lib.f()\n        b = 10\n    else:\n        b = 20\nelse:\n    a = 2\n    b = 30\nlib.h(a, b)\n"
    run = Run(text)
    seen = [tuple(told(one) for one in arguments) for name, arguments in run.calls if name == "lib.h"]
    assert (2, 30) in seen
    assert all(pair in ((1, 10), (1, 20), (2, 30), (1, frozenset({10, 20}))) for pair in seen)


def test_a_replay_takes_the_branch_it_was_made_for() -> None:
    text = "import lib\nu, v, w = lib.a(), lib.b(), lib.c()\nx = 0\nif u: x = 1\nif v:\n    lib.f()\n    y = 1\nelse:\n    y = 2\nif w:\n    lib.f()\n    z = 1\nelse:\n    z = 2\nlib.h(y, z)\n"
    run = Run(text)
    seen = {tuple(told(one) for one in arguments) for name, arguments in run.calls if name == "lib.h"}
    assert seen == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert told(run["x"]) == {0, 1}


def test_more_paths_than_allowed_are_joined() -> None:
    branches = "".join(f"if lib.a():\n    lib.f()\n    x{i} = 1\nelse:\n    x{i} = 2\n" for i in range(6))
    run = Run(f"import lib\n{branches}lib.h(x5)\n")
    assert all(told(run[f"x{i}"]) == {1, 2} for i in range(6))


# Paths and joins themselves


def test_paths_that_take_both_arms_of_a_branch_exclude_each_other() -> None:
    assert both(((1, 0),), ((1, 1),)) is None
    assert both(((1, 0),), ((2, 1),)) == ((1, 0), (2, 1))
    assert both((), ((2, 1),)) == ((2, 1),)


def test_what_is_the_same_on_two_paths_is_so_on_what_they_share() -> None:
    joined = join(["a", "b", "a"], [((1, 0), (2, 0)), ((1, 1),), ((1, 0), (2, 1))])
    assert isinstance(joined, OneOf)
    assert joined.paths == (((1, 0),), ((1, 1),))


def test_a_choice_is_narrowed_by_the_path() -> None:
    choice = OneOf(("a", "b"), (((1, 0),), ((1, 1),)))
    assert narrowed(choice, ((1, 1), (5, 0))) == "b"
    assert narrowed(choice, ((2, 1),)) is choice


@pytest.mark.parametrize(
    ("left", "right"), [(1, True), (1, 1.0), (0.0, -0.0), ("a", b"a"), ((1,), (1.0,)), ([], [])]
)
def test_values_that_only_look_alike_are_not_the_same(left: object, right: object) -> None:
    assert not same(left, right) or left == []


def test_joining_with_the_unknown_is_unknown() -> None:
    assert isinstance(join([1, Unknown()], [(), ()]), Unknown)
