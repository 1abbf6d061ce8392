"""A test that was asked before is answered as before; and nothing is taken for the same that may differ."""

from __future__ import annotations

import pytest

from .check import told, value_of

FOLLOWED = {
    "a name": ("u", "u"),
    "its negation": ("not u", "not u"),
    "a comparison": ("u == 3", "u == 3"),
    "a comparison the other way round": ("u == 3", "not u != 3"),
    "two names": ("u and v", "u and v"),
    "an attribute of something unknown": ("u.use", "u.use"),
    "an item of something unknown": ("u['use']", "u['use']"),
    "a setting of a library": ("lib.FLAG", "lib.FLAG"),
    "its kind": ("isinstance(u, str)", "isinstance(u, str)"),
    "its kind, of several": ("isinstance(u, (str, lib.Text))", "isinstance(u, (str, lib.Text))"),
    "whether it can be called": ("callable(u)", "callable(u)"),
}


@pytest.mark.parametrize("case", FOLLOWED, ids=str)
def test_the_second_branch_follows_the_first(case: str) -> None:
    first, second = FOLLOWED[case]
    text = f"a = b = 0\nif {first}: a = 1\nif {second}: b = 1\nx = [a, b] == [0, 1] or [a, b] == [1, 0]\n"
    text += f"if {first}: y = a + b\nelse: y = 0\nz = b if {second} else 1"
    assert told(value_of(text, "y")) == frozenset({0, 2})
    assert told(value_of(text, "z")) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("u == 'avg'", "u == 'max'"),
        ("u == 'avg'", "u is None"),
        ("u is None", "u"),
        ("u", "u is None"),
        ("u == 0", "u"),
        ("u is None", "u in ('avg', 'max')"),
        ("u not in ('avg', 'max')", "u == 'avg'"),
    ],
)
def test_one_answer_excludes_the_other(first: str, second: str) -> None:
    text = f"x = 0\nif {first}: x = 1\nif {second}: x = x + 2"
    assert told(value_of(text)) == frozenset({0, 1, 2})


@pytest.mark.parametrize(
    "test", ["not u and v is None", "v is None and not u", "not (u or v)", "not u and not v"]
)
def test_a_side_that_is_known_leaves_the_answer_to_the_other(test: str) -> None:
    text = f"v = None\nif {test}: v = (3,)\nx = 0 if v else 1 if u else 2\ny = 1 if u else len(v)"
    assert told(value_of(text)) == frozenset({0, 1})
    assert told(value_of(text, "y")) == 1


APART = {
    "another name": ("", "u", "v"),
    "a name bound again": ("u = lib.d()", "u", "u"),
    "a name bound again on one path": ("u = lib.d() if w else u", "u", "u"),
    "a name bound again in a loop": ("for i in lib.d(): u = i", "u", "u"),
    "an attribute set since": ("u.use = lib.d()", "u.use", "u.use"),
    "an attribute after something unknown was called": ("v(u)", "u.use", "u.use"),
    "a call": ("", "u()", "u()"),
    "another kind": ("", "isinstance(u, str)", "isinstance(u, list)"),
    "the kind of another name": ("", "isinstance(u, str)", "isinstance(v, str)"),
    "a kind of one's own": ("isinstance = lib.f", "isinstance(u, str)", "isinstance(u, str)"),
}


@pytest.mark.parametrize("case", APART, ids=str)
def test_what_may_have_changed_is_asked_again(case: str) -> None:
    between, first, second = APART[case]
    text = f"x = 0\nif {first}: x = 1\n{between}\nif {second}: x = x + 2"
    assert told(value_of(text)) == frozenset({0, 1, 2, 3})


def test_rounds_of_a_loop_ask_of_other_values() -> None:
    text = "x = 0\nfor i in u:\n    if i: x = 1\ny = 5 if i else x"
    assert told(value_of(text, "y")) == frozenset({0, 1, 5})


def test_one_parameter_is_followed_through_an_object_and_its_methods() -> None:
    text = "class A:\n    def __init__(self, f): self.f = f\n    def one(self): return 1 if self.f else 2\n"
    text += "    def two(self): return 1 if self.f else 2\na = A(u)\nx = (a.one(), a.two())\ny = x[0] == x[1]"
    assert told(value_of(text, "y")) is True


LOOKUPS = {
    "two tables": "a = {2: 20, 3: 30}[u]\nb = {2: 21, 3: 31}[u]\n",
    "a table and a test": "a = {2: 20, 3: 30}[u]\nb = 21 if u == 2 else 31\n",
    "a test and a table": "b = 0\nif u == 2: b = 21\nelif u == 3: b = 31\na = {2: 20, 3: 30}[u]\n",
    "two tuples": "a = (20, 30)[u]\nb = (21, 31)[u]\n",
    "two lists": "a = [20, 30][u]\nb = [21, 31][u]\n",
}


@pytest.mark.parametrize("case", LOOKUPS, ids=str)
def test_one_unknown_key_finds_the_same_place_everywhere(case: str) -> None:
    assert told(value_of(LOOKUPS[case] + "x = b - a if b else 1")) == 1


def test_a_key_that_the_path_denies_is_not_found() -> None:
    text = "x = 0\nif u == 'a': x = {'a': 1, 'b': 2}[u]\nif u != 'a': x = {'a': 1, 'b': 2}[u]"
    assert told(value_of(text)) == frozenset({1, 2})
    many = "x = 0\nif u == 'c': x = dict(a=1, b=2, c=3, d=4, e=5, f=6)[u]"
    assert told(value_of(many)) == frozenset({0, 3})


def test_other_keys_and_other_lengths_are_looked_up_apart() -> None:
    for text in ("{2: 1, 3: 2}[u] + {2: 10, 3: 20}[v]", "(1, 2)[u] + (10, 20, 10)[u]"):
        assert told(value_of(f"x = {text}")) == frozenset({11, 12, 21, 22})


def test_tests_of_private_attributes_are_followed() -> None:
    text = "class A:\n    def __init__(self, f): self.__f = f\n    def one(self):\n        x = 0\n"
    text += "        if self.__f == 'a': x = 1\n        if self.__f == 'b': x = x + 2\n        return x\n"
    assert told(value_of(text + "x = A(u).one()")) == frozenset({0, 1, 2})
