"""Calls of user functions: binding, closures, decorators, recursion, generators."""

from __future__ import annotations

import pytest

from .check import assert_exact, told, value_of
from .null_domain import Run

PROGRAMS = {
    "binding by position, keyword and default": "def f(a, b=2, *c, d=4, **e): return (a, b, c, d, e)\nx = f(1); y = f(1, 3, 5, d=6, z=7); z = f(b=1, a=2); w = f(*[1, 2, 3], **{'d': 9})",
    "positional only and keyword only": "def f(a, /, b, *, c=3): return (a, b, c)\nx = f(1, 2); y = f(1, b=2, c=5)\ndef g(a, /, **k): return (a, k)\nz = g(1, a=2)",
    "forwarding": "def f(*a, **k): return g(*a, x=1, **k)\ndef g(*a, **k): return (a, k)\nr = f(1, 2, y=3)",
    "defaults are evaluated once": "def f(x, acc=[]):\n    acc.append(x)\n    return acc\na = f(1); b = f(2); c = a is b",
    "defaults keep the value of their time": "n = 1\ndef f(a=n): return a\nn = 2\nx = f()",
    "a function defined twice": "def f(): return 1\na = f()\ndef f(): return 2\nb = f()",
    "a name rebound before its function": "f = 5\na = f\ndef f(): return 1\nb = f()",
    "functions see globals late": "n = 1\ndef f(): return n\na = f()\nn = 2\nb = f()",
    "functions see the contents of globals": "n = [1]\ndef f(): return n[0]\na = f()\nn[0] = 2\nb = f()",
    "closures": "def adder(n):\n    def add(x): return x + n\n    n += 1\n    return add\na = adder(1)(10); fs = [adder(i) for i in range(3)]; b = [f(0) for f in fs]",
    "late binding in loops": "fs = [lambda: i for i in range(3)]; a = [f() for f in fs]; gs = [lambda i=i: i for i in range(3)]; b = [g() for g in gs]",
    "recursion": "def fact(n): return 1 if n < 2 else n * fact(n - 1)\nx = fact(6)\ndef depth(t): return 1 + max(map(depth, t), default=0) if isinstance(t, list) else 0\ny = depth([[], [[]]])",
    "mutual recursion": "def even(n): return n == 0 or odd(n - 1)\ndef odd(n): return n != 0 and even(n - 1)\nx = even(7)",
    "decorators": "log = []\ndef deco(f):\n    def inner(*a):\n        log.append(len(a))\n        return f(*a) + 1\n    return inner\n@deco\ndef f(x): return x\na = f(1)\ndef named(n):\n    def wrap(f): return (n, f(0))\n    return wrap\n@named('k')\ndef g(x): return x\nb = g",
    "decorators that register": "R = {}\ndef register(f):\n    R[f.__name__] = f\n    return f\n@register\ndef one(): return 1\n@register\ndef two(): return 2\na = [R[n]() for n in R]; b = len(R)",
    "decorators that are classes": "class D:\n    def __init__(self, f): self.f = f; self.n = 0\n    def __call__(self, *a):\n        self.n += 1\n        return self.f(*a)\n@D\ndef f(x): return x * 2\na = f(3); b = f.n",
    "wraps": "import functools\ndef d(f):\n    @functools.wraps(f)\n    def inner(*a, **k): return f(*a, **k)\n    return inner\n@d\ndef f(a): return a\nx = f(3)",
    "partial": "from functools import partial\ndef f(a, b, c=0): return (a, b, c)\ng = partial(f, 1, c=5)\nx = g(2); y = g(2, c=6); h = partial(g, 9)\nz = h()",
    "reduce, chain, product, repeat": "import functools, itertools\na = functools.reduce(lambda x, y: x * y, [1, 2, 3, 4]); b = list(itertools.chain([1], (2,), 'a')); c = list(itertools.product([1, 2], 'ab')); d = list(itertools.repeat(0, 3))",
    "math": "import math\na = math.sqrt(16) + math.ceil(1.2) + math.floor(2.7) + math.log2(8); b = math.pi; c = math.prod([2, 3])",
    "copies": "import copy\na = [[1], {'k': [2]}]; b = copy.copy(a); c = copy.deepcopy(a); b[0].append(9); d = c[0] is a[0]",
    "generators": "def g(n):\n    for i in range(n):\n        yield i * 2\n    yield from 'ab'\na = list(g(3)); b = sum(x for x in range(4)); it = g(2); c = next(it); d = list(it); e = list(it)",
    "generators that yield nothing": "def g():\n    if False: yield 1\na = list(g())",
    "comprehensions": "a = [x * y for x in range(3) for y in range(x)]; b = {k: v for k, v in zip('ab', [1, 2]) if v > 1}; c = {x % 3 for x in range(9)}; d = [[y for y in range(x)] for x in range(3)]; x = 'outer'; e = [x for x in [1]]; f = x",
    "a comprehension in a class body": "class A:\n    xs = [1, 2]\n    ys = [x * 2 for x in xs]\na = A.ys",
    "function attributes": "def f(): return f.calls\nf.calls = 3\na = f(); b = f.__name__",
    "functions as values": "ops = {'add': lambda a, b: a + b, 'neg': lambda a: -a}\na = ops['add'](1, 2); b = [f(3) for f in (ops['neg'], abs, str)]",
    "early returns": "def f(x):\n    if x > 2: return 'big'\n    for i in range(5):\n        if i == x: return i\n    return None\na = [f(i) for i in (-1, 1, 5)]",
    "names with two underscores": "class A:\n    def __init__(self): self.__x = 1\n    def get(self): return self.__x\nclass B(A):\n    def __init__(self):\n        super().__init__()\n        self.__x = 2\nb = B(); a = b.get(); c = b._B__x",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_the_evaluator_agrees_with_python_exactly(text: str) -> None:
    assert_exact(text)


def test_unknown_arguments_reach_what_they_may_reach() -> None:
    assert told(value_of("def f(a, b=2, *c, **d): return (a, b, c, d)\nx = f(1, *u)")) == (1, ..., ..., {})
    assert told(value_of("def f(a, b=2): return (a, b)\nx = f(1, **u)")) == (1, ...)


def test_a_call_with_unknown_unpacking_of_a_builtin_is_unknown() -> None:
    assert told(value_of("x = [list(*u), max(*u), len(*u)]")) == [..., ..., ...]


def test_wrong_arguments_are_an_error_python_reports() -> None:
    assert value_of("def f(a): pass\ntry:\n    f()\n    x = 1\nexcept TypeError:\n    x = 2") == 2


def test_what_two_paths_of_a_function_return_is_a_choice() -> None:
    assert told(value_of("def f(c):\n    if c: return 1\n    return 'a'\nx = f(u)")) == {1, "a"}


def test_a_path_that_returns_early_leaves_its_effects() -> None:
    text = "n = [0]\ndef f(c):\n    if c:\n        n[0] = 1\n        return\n    n.append(2)\nf(u)\nx = n"
    assert told(value_of(text)) == [{0, 1}, ...]


def test_a_generator_that_changes_something_else_leaves_it_unknown() -> None:
    assert told(value_of("n = 0\ndef g():\n    global n\n    n += 1\n    yield n\nit = g()\nx = n")) is ...


def test_a_function_that_is_not_followed_may_have_changed_its_arguments() -> None:
    text = "def f(a, n):\n    a.append(n)\n    return f(a, n + 1)\nxs = []\nf(xs, 0)\nx = len(xs)"
    assert told(value_of(text)) is ...


def test_imports_of_first_party_modules_are_followed() -> None:
    files = {
        "pkg": "from .sub import twice\nLIMIT = 3\n",
        "pkg.sub": "from pkg import other\ndef twice(x): return x * 2\n",
        "pkg.other": "name = 'other'\n",
    }
    run = Run(
        "import pkg\nimport pkg.other as o\nfrom pkg.sub import twice as t\na = pkg.twice(pkg.LIMIT)\nb = t(1)\nc = o.name\n",
        files,
    )
    assert (run["a"], run["b"], run["c"]) == (6, 2, "other")


def test_star_imports_bring_public_names() -> None:
    run = Run(
        "from m import *\na = x\ntry:\n    b = _y\nexcept NameError:\n    b = 'no'\n",
        {"m": "x = 1\n_y = 2\n"},
    )
    assert (run["a"], run["b"]) == (1, "no")


def test_names_after_a_star_import_of_a_library_are_unknown() -> None:
    assert told(value_of("from other import *\ntry:\n    x = name\nexcept NameError:\n    x = 1")) == ...


def test_modules_that_import_each_other_end() -> None:
    files = {"a": "import b\nx = 1\n", "b": "from a import x\ny = 2\n"}
    assert Run("import b\nr = b.y\n", files)["r"] == 2
