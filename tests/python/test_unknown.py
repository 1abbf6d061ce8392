"""What is not known stays unknown: no operation makes a boolean, a number or a fact of it."""

from __future__ import annotations

import pytest

from .check import told, value_of

NEVER_KNOWN = [
    *[
        "u is None",
        "u is not None",
        "None is u",
        "u == 1",
        "u != 1",
        "1 == u",
        "u == u",
        "u is u",
        "u < 3",
        "not u",
    ],
    *[
        "u in [1]",
        "1 in u",
        "u not in {}",
        "'a' in u",
        "isinstance(u, int)",
        "isinstance(1, u)",
        "callable(u)",
    ],
    *[
        "hasattr(u, 'x')",
        "bool(u)",
        "issubclass(u, int)",
        "type(u)",
        "len(u)",
        "str(u)",
        "repr(u)",
        "int(u)",
        "u + 1",
    ],
    *[
        "1 + u",
        "-u",
        "[] + u",
        "'a' + u",
        "'%s' % u",
        "f'{u}'",
        "u[0]",
        "u.x",
        "u()",
        "u.x()",
        "[1, 2, 3, 4, 5][u]",
    ],
    *[
        "{'a': 1}.get(u)",
        "sorted(u)[0]",
        "max(u, 1)",
        "min([u, 1])",
        "sum([u, 1])",
        "round(u)",
        "range(u)",
        "tuple(u)",
    ],
    *[
        "any([u])",
        "all([u, 1])",
        "any(x for x in u)",
        "(u,) == (1,)",
        "[u] == [1]",
        "{'a': u} == {'a': 1}",
        "u and v",
    ],
    *[
        "(u,) < (2,)",
        "'a'.join([u])",
        "'{}'.format(u)",
        "u < 1 < 2",
        "0 < u < 2",
        "getattr(u, 'x', 3)",
        "lib.flag is None",
    ],
    *[
        "lib.flag == 1",
        "isinstance(lib.flag, str)",
        "not lib.flag",
        "lib.TABLE['a']",
        "next(iter(u))",
        "list(u)[0]",
    ],
    *[
        "list({'a', 'b', 'c', 'd', 'e'})[0]",
        "open('f')",
        "input()",
        "id([])",
        "hash('a')",
        "print",
        "globals()['u']",
    ],
    *[
        "__import__('os')",
        "eval('1')",
        "sorted([u, 1])[0]",
        "[u, 1].index(1)",
        "[u].count(1)",
        "max([1, 2], key=u)",
    ],
]


@pytest.mark.parametrize("text", [text for text in NEVER_KNOWN if text != "print"])
def test_nothing_is_known_of(text: str) -> None:
    assert told(value_of(f"x = {text}")) is ...


KNOWN_ALL_THE_SAME = {
    "x = u and False": {..., False},
    "x = [u, 1][1]": 1,
    "x = (u, v)[1:] == ()": False,
    "x = len([u, v])": 2,
    "x = [u] == []": False,
    "x = any([u, 1])": True,
    "x = all([u, 0])": False,
    "x = {'a': u, 'b': 2}['b']": 2,
    "x = isinstance([u], list)": True,
    "x = bool([u])": True,
    "x = not (u,)": False,
    "x = 1 if [u] else 2": 1,
    "x = (1, u) == (2, u)": False,
    "x = [u, 2, 3][-1]": 3,
    "x = sorted([3, 1]) == [1, u]": ...,
    "x = [*u, 1]": [...],
    "x = [1, *u, 2]": [1, ...],
    "x = {**u, 'a': 1}": {"a": 1, ...: ...},
    "x = {'a': 1, **u}": {"a": ..., ...: ...},
    "x = {1, *u}": {1, ...},
    "x = dict(u, a=1)": {"a": 1, ...: ...},
    "x = lib is None": False,
    "x = bool(lib)": True,
    "x = lib.Thing is None": False,
    "x = 3 if u else 3": 3,
    "x = 3 if u else 4": frozenset({3, 4}),
    "x = u or 3": ...,
    "x = (1 if u else 2) + 1": frozenset({2, 3}),
    "x = (1 if u else 2) is None": False,
    "x = (0 if u else 2) or 5": frozenset({5, 2}),
    "x = 'a' * (1 if u else 2)": frozenset({"a", "aa"}),
    "x = len('a' if u else [])": frozenset({0, 1}),
    "x = int('1' if u else '2')": frozenset({1, 2}),
    "x = [1, 2][u]": frozenset({1, 2}),
    "x = ('a' if u else 'b').upper()": frozenset({"A", "B"}),
    "x = isinstance(1 if u else 2, int)": True,
    "a, x = (1, 2) if u else (3, 4)": frozenset({2, 4}),
    "x = list(enumerate(u))": [...],
    "x = list(zip([1, 2], u))": [...],
    "x = [1 for _ in u]": [...],
    "x = [i for i in [1, 2] if u]": [...],
    "x = [i for i in [1, 2] if i > 1 or u]": [...],
    "x = list({7})": [7],
    "x = set([1, u])": {1, ...},
}


@pytest.mark.parametrize("text", KNOWN_ALL_THE_SAME)
def test_no_more_and_no_less_is_known(text: str) -> None:
    expected = KNOWN_ALL_THE_SAME[text]
    if expected == {..., False}:
        expected = ...
    assert told(value_of(text)) == expected


CHANGED = {
    "a list that unknown code was given": ("x = [1]\nlib.f(x)", [1, ...]),
    "a dict under an unknown key": ("x = {'a': 1}\nx[u] = 2", {"a": ..., ...: ...}),
    "a dict that something unknown updates": ("x = {'a': 1}\nx.update(u)", {"a": ..., ...: ...}),
    "a dict that loses an unknown key": ("x = {'a': 1}\ndel x[u]", {...: ...}),
    "a list at an unknown index": ("x = [1, 2]\nx[u] = 3", [..., ...]),
    "a list that grows by something unknown": ("x = [1]\nx += u\nx.append(2)", [1, ...]),
    "a list that loses an unknown item": ("x = [1, 2]\nx.remove(u)", [...]),
    "a list sorted by something unknown": ("x = [1, 2]\nx.sort(key=u)", [..., ...]),
    "a set that gains something unknown": ("x = {1}\nx.add(u)", {1, ...}),
    "a set that loses something unknown": ("x = {1}\nx.discard(u)", {...}),
    "an alias of one of two lists": ("x = [1]\ny = x if u else []\ny.append(2)", frozenset({(1,), (1, 2)})),
    "an alias hidden in something unknown": ("x = [1]\ny = x if u else v\ny.append(2)", [...]),
    "an alias hidden in an item": ("x = [1]\ny = [x, 0, 0, 0, 0][u]\ny.append(2)", [...]),
    "an alias hidden in an attribute": (
        "x = [1]\nclass A: pass\na = A()\na.x = x\ny = a if u else v\ny.x.append(2)",
        [...],
    ),
}


@pytest.mark.parametrize("case", CHANGED, ids=str)
def test_what_may_have_changed_is_not_known(case: str) -> None:
    text, expected = CHANGED[case]
    if case == "a list that unknown code was given":
        text = text.replace("lib.f(x)", "u(x)")
    found = told(value_of(text))
    assert found == ([1, ...] if case == "an alias of one of two lists" else expected)


def test_mutable_attributes_of_hidden_objects_are_forgotten() -> None:
    text = "class A:\n    def __init__(self): self.n = 1\n    def add(self): self.n += 1\na = A()\ny = a if u else v\ny.add()\nx = a.n"
    assert told(value_of(text)) is ...
