"""Classes: attributes, inheritance, properties, special methods, records and enumerations."""

from __future__ import annotations

import pytest

from .check import assert_exact, told, value_of

PROGRAMS = {
    "attributes and methods": "class A:\n    k = 1\n    def __init__(self, x, y=2): self.x, self.y = x, y\n    def total(self): return self.x + self.y + self.k\na = A(5); b = a.total(); A.k = 10; c = a.total(); a.k = 0; d = a.total(); e = A.total(a)",
    "class bodies behind a colon": "class A: x = 1; y = x + 1\na = (A.x, A.y)",
    "class attributes are shared": "class A:\n    items = []\na, b = A(), A()\na.items.append(1); c = b.items; a.items = []; d = A.items",
    "inheritance and super": "class A:\n    def __init__(self, a): self.a = a\n    def f(self): return ['A']\nclass B(A):\n    def __init__(self, a, b):\n        super().__init__(a)\n        self.b = b\n    def f(self): return super().f() + ['B']\nclass C(B):\n    def f(self): return super(C, self).f() + ['C']\nx = C(1, 2); y = x.f(); z = (x.a, x.b)",
    "the order of methods in a diamond": "class A:\n    def f(self): return 'A'\nclass B(A):\n    def f(self): return 'B' + super().f()\nclass C(A):\n    def f(self): return 'C' + super().f()\nclass D(B, C):\n    def f(self): return 'D' + super().f()\nx = D().f()",
    "mixins": "class M:\n    def hello(self): return self.name\nclass B: name = 'b'\nclass C(M, B): pass\nx = C().hello(); y = isinstance(C(), M); z = issubclass(C, B)",
    "properties": "class A:\n    def __init__(self): self._x = 1\n    @property\n    def x(self): return self._x * 2\n    @x.setter\n    def x(self, v): self._x = v\na = A(); b = a.x; a.x = 5; c = a.x; a.x += 1; d = a._x",
    "static and class methods": "class A:\n    n = 1\n    @staticmethod\n    def s(x): return x + 1\n    @classmethod\n    def c(cls, y): return (cls.__name__, cls.n, y)\nclass B(A): n = 2\na = A.s(1); b = A().s(2); c = A.c(3); d = B().c(4)",
    "special methods": "class V:\n    def __init__(self, x): self.x = x\n    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))\n    def __radd__(self, o): return self + o\n    def __eq__(self, o): return self.x == o.x\n    def __len__(self): return self.x\n    def __getitem__(self, i): return self.x * i\n    def __setitem__(self, i, v): self.x = v\n    def __contains__(self, i): return i == self.x\n    def __call__(self, y): return self.x - y\n    def __iter__(self): return iter([self.x, self.x])\n    def __bool__(self): return self.x > 1\n    def __neg__(self): return V(-self.x)\n    def __lt__(self, o): return self.x < o.x\n    def __repr__(self): return f'V({self.x})'\n    def __iadd__(self, o):\n        self.x += o\n        return self\na, b = V(1), V(2)\nc = (a + b).x; d = (1 + a).x; e = a == V(1); f = a != b; g = len(b); h = b[5]; i = 2 in b; j = b(1); k = list(b); m = [bool(a), not b]; n = (-b).x; o = a < b; p = f'{a}{[b.x]}'; q = str(b); a += 4; r = a.x; a[0] = 9; s = a.x",
    "attributes by name": "class A: pass\na = A(); setattr(a, 'x', 1); b = getattr(a, 'x'); c = hasattr(a, 'y'); d = getattr(a, 'y', 3); delattr(a, 'x'); e = hasattr(a, 'x'); f = a.__class__.__name__; g = type(a) is A",
    "missing attributes by __getattr__": "class A:\n    x = 1\n    def __getattr__(self, name): return name + '!'\na = A(); b = a.x; c = a.y",
    "setting through __setattr__": "class A:\n    def __setattr__(self, name, value): super().__setattr__(name, value * 2)\na = A(); a.x = 3; b = a.x",
    "making objects through __new__": "class A:\n    one = None\n    def __new__(cls):\n        if cls.one is None: cls.one = super().__new__(cls)\n        return cls.one\na = A() is A()",
    "subclasses are told": "R = []\nclass A:\n    def __init_subclass__(cls, **k): R.append((cls.__name__, k))\nclass B(A, tag=1): pass\na = len(R)",
    "callable objects": "class A:\n    def __call__(self): return 1\na = callable(A()); b = callable(A); c = A()()\nclass B: pass\nd = callable(B())",
    "nested classes and methods as values": "class A:\n    class B: x = 1\n    def f(self): return 2\na = A.B.x; b = A().f; c = b(); d = A.B().x",
    "iteration by special methods": "class A:\n    def __iter__(self):\n        yield 1\n        yield 2\na = [x for x in A()]; b, c = A(); d = sum(A())",
    "dataclasses": "from dataclasses import dataclass, field\n@dataclass\nclass A:\n    x: int\n    y: int = 2\n    z: list = field(default_factory=list)\n    def total(self): return self.x + self.y\n@dataclass\nclass B(A):\n    w: str = 'w'\na = A(1); b = A(1, y=3); c = a.total(); d = a == A(1); e = a.z is b.z; f = (B(5).w, B(5).x, B(1, 2, [], 'q').w)",
    "dataclasses with a post-init": "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\n    def __post_init__(self): self.y = self.x * 2\na = A(4).y",
    "dataclasses that pass values on": "import dataclasses\nclass P:\n    def __init__(self, given=None):\n        for k, v in (given or {}).items(): self.__dict__[k] = v\n@dataclasses.dataclass\nclass A(P):\n    given: dataclasses.InitVar[object] = None\n    def __post_init__(self, given): super().__init__(given)\n@dataclasses.dataclass\nclass B(A):\n    n: int = 0\na = B(n=16).n; b = B({'n': 8}).n; c = B().n",
    "objects compare by identity": "class A: pass\na, b = A(), A(); c = a == a; d = a == b; e = a != b; f = a in [b]; g = [a].index(a); h = {a: 1}[a]",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_the_evaluator_agrees_with_python_exactly(text: str) -> None:
    assert_exact(text)


def test_named_tuples_have_fields_and_positions() -> None:
    text = "from collections import namedtuple\nP = namedtuple('P', 'a b', defaults=[7])\np = P(1)\nq, r = p\nx = [p.a, p.b, q, r, p[1]]"
    assert told(value_of(text)) == [1, 7, 1, 7, 7]


def test_typed_named_tuples_have_fields() -> None:
    text = "from typing import NamedTuple\nclass P(NamedTuple):\n    a: int\n    b: int = 2\np = P(1)\nq, r = p\nx = [p.a, p.b, q, r]"
    assert told(value_of(text)) == [1, 2, 1, 2]


def test_members_of_an_enumeration_are_not_their_values() -> None:
    text = "from enum import Enum\nclass C(Enum):\n    RED = 1\n    BLUE = 2\nx = [C.RED.value, C.RED.name, C.RED is C.RED, C.RED is C.BLUE, C.RED == 1]"
    assert told(value_of(text)) == [1, "RED", True, False, False]


def test_attributes_of_a_class_with_an_unknown_base_may_exist() -> None:
    text = "class A(u):\n    y = 1\na = A()\nx = [A.y, hasattr(a, 'z'), getattr(a, 'z', 3), isinstance(a, int), bool(a)]"
    assert told(value_of(text)) == [1, ..., ..., ..., ...]


def test_an_attribute_set_on_one_of_two_objects_is_a_choice_on_both() -> None:
    text = "class A: n = 0\na, b = A(), A()\na.n = b.n = 1\n(a if u else b).n = 2\nx = [a.n, b.n]"
    assert told(value_of(text)) == [{1, 2}, {1, 2}]


def test_an_attribute_set_on_one_path_may_exist() -> None:
    assert told(value_of("class A: pass\na = A()\nif u: a.y = 1\nx = hasattr(a, 'y')")) is ...


def test_what_a_descriptor_gives_is_not_known() -> None:
    text = "class D:\n    def __get__(self, o, t): return 1\nclass A:\n    y = D()\nx = A().y"
    assert told(value_of(text)) is ...
