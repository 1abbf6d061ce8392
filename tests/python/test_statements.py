"""Statements on what is known: exactly what Python does."""

from __future__ import annotations

import pytest

from .check import assert_exact, told, value_of
from .null_domain import Run

PROGRAMS = {
    "if, elif and else": "a = 3\nif a > 5: b = 1\nelif a > 2: b = 2\nelse: b = 3",
    "for over every kind of iterable": "r = []\nfor x in [1]: r.append(x)\nfor x in (2,): r.append(x)\nfor x in 'a': r.append(x)\nfor x in {'k': 1}: r.append(x)\nfor x in range(2): r.append(x)\nfor k, v in {'a': 1}.items(): r += [k, v]",
    "break, continue and else": "r = []\nfor i in range(6):\n    if i == 1: continue\n    if i == 4: break\n    r.append(i)\nelse:\n    r.append('no')\nfor i in []: pass\nelse: r.append('else')",
    "nested loops with breaks": "r = []\nfor i in range(3):\n    for j in range(3):\n        if j > i: break\n        r.append((i, j))\n    else:\n        r.append('all')",
    "while": "n, r = 0, []\nwhile n < 5:\n    n += 1\n    if n == 2: continue\n    r.append(n)\nelse:\n    r.append('done')",
    "while true with a break": "n = 0\nwhile True:\n    n += 1\n    if n == 3: break",
    "del of names, items and attributes": "a = 1; b = [1, 2, 3]; del b[0]; c = {'x': 1, 'y': 2}; del c['x']; del a\nclass A: pass\no = A(); o.p = 1; del o.p; d = hasattr(o, 'p')",
    "global and nonlocal": "n = 0\ndef f():\n    global n, m\n    n += 1\n    m = 5\n    k = 0\n    def g():\n        nonlocal k\n        k += 2\n        return k\n    return g() + g()\nx = f()",
    "a global name that is deleted shows the builtin again": "def f():\n    global len\n    len = 5\n    a = len\n    del len\n    return (a, len('xy'))\nx = f()",
    "annotations": "a: int = 3\nb: 'str'\nc: list[int] = []\nclass A:\n    x: int = 1\n    y: str\nd = A.x",
    "match over constants": "def f(x):\n    match x:\n        case 1 | 2: return 'few'\n        case None: return 'none'\n        case 'a': return 'text'\n        case _: return 'other'\na = [f(1), f(2), f(None), f('a'), f(9)]",
    "match over sequences": "def f(x):\n    match x:\n        case []: return 0\n        case [a]: return a\n        case [1, *rest]: return rest\n        case (a, b) if a > b: return 'falls'\n        case [*_, last]: return last\na = [f([]), f([7]), f([1, 2, 3]), f((5, 4)), f((2, 3, 9))]",
    "match over mappings and classes": "class P:\n    def __init__(self, x): self.x = x\ndef f(v):\n    match v:\n        case {'k': 1}: return 'one'\n        case {'k': k, **rest}: return (k, rest)\n        case P(x=0): return 'origin'\n        case P(x=x): return x\n        case int(n): return n + 1\n        case str() as s: return s\na = [f({'k': 1}), f({'k': 2, 'z': 3}), f(P(0)), f(P(5)), f(4), f('s')]",
    "a failed match leaves names alone": "x = 1\nmatch (5, 6):\n    case (x, 7): pass\n    case (a, b): y = a",
    "try with the handler that fits": "r = []\nfor d in ({}, {'a': 0}, {'a': 2}, {'a': 'x'}):\n    try:\n        r.append(10 // d['a'])\n    except KeyError as e:\n        r.append('key')\n    except (ZeroDivisionError, OverflowError):\n        r.append('zero')\n    except Exception:\n        r.append('other')\n    else:\n        r.append('fine')\n    finally:\n        r.append('.')",
    "raised exceptions of one's own": "class E(ValueError): pass\ndef f(x):\n    if x: raise E('no')\n    return 1\ntry:\n    a = f(1)\nexcept ValueError as e:\n    a = 'caught'; b = isinstance(e, E)\nc = f(0)",
    "reraising and nested try": "r = []\ntry:\n    try:\n        raise KeyError('k')\n    except KeyError:\n        r.append(1)\n        raise\n    finally:\n        r.append(2)\nexcept LookupError:\n    r.append(3)",
    "return in finally": "def f():\n    try:\n        return 1\n    finally:\n        r.append(2)\ndef g():\n    try: raise ValueError\n    finally: return 7\nr = []; a = f(); b = g()",
    "an exception in a called function": "def f(x): return g(x) + 1\ndef g(x): return [1, 2][x]\ntry: a = f(5)\nexcept IndexError: a = 'out'\nb = f(1)",
    "operations that fail": "r = []\nfor f in (lambda: None.x, lambda: [].nope, lambda: 1 + 'a', lambda: int('q'), lambda: (1)(), lambda: [].pop(), lambda: nope, lambda: (lambda a: a)()):\n    try: f()\n    except AttributeError: r.append('A')\n    except TypeError: r.append('T')\n    except ValueError: r.append('V')\n    except LookupError: r.append('L')\n    except NameError: r.append('N')",
    "assertions": "try:\n    assert 1 == 2, 'no'\n    a = 1\nexcept AssertionError: a = 2\nassert a",
    "context managers": "r = []\nclass M:\n    def __init__(self, s): self.s = s\n    def __enter__(self): r.append('in'); return self\n    def __exit__(self, *a): r.append('out'); return self.s\nwith M(0) as m, M(1) as n:\n    r.append((m.s, n.s))\nwith M(True):\n    raise ValueError\nr.append('after')",
    "suppress": "from contextlib import suppress\na = 1\nwith suppress(KeyError, ValueError):\n    a = 2\n    {}['x']\n    a = 3",
    "context managers from generators": "from contextlib import contextmanager\n@contextmanager\ndef m(x):\n    yield x + 1\nwith m(2) as a: b = a",
    "statements behind semicolons and colons": "if 1: a = 1; b = 2\nfor i in range(2): c = i; d = c",
    "a string as a statement": "'doc'\na = 1\n'''more'''",
    "the main guard": "if __name__ == '__main__':\n    a = 1\nelse:\n    a = 2",
    "async functions are defined": "async def f(x): return x + 1\nasync def g(): return await f(1)",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_the_evaluator_agrees_with_python_exactly(text: str) -> None:
    assert_exact(text)


def test_a_raise_at_the_top_ends_its_statement_only() -> None:
    run = Run("x = 1\nfor i in [1]:\n    x = 2\n    raise ValueError\n    x = 3\ny = 4\n")
    assert (run["x"], run["y"]) == (2, 4)
    assert "the program stops here" in run.interpreter.gave_up[0][1]


def test_leaving_the_program_under_an_unknown_test_is_not_taken() -> None:
    assert value_of("import sys\nx = 1\nif u:\n    x = 2\n    sys.exit(1)\n") == 1


def test_with_an_unknown_manager_the_body_runs() -> None:
    assert told(value_of("with u as f:\n    x = [1, f]\n")) == [1, ...]


def test_a_library_import_in_try_is_taken_to_succeed() -> None:
    assert value_of("try:\n    import cupy\n    x = True\nexcept ImportError:\n    x = False\n") is True


def test_an_unknown_call_in_try_may_have_raised() -> None:
    assert told(value_of("x = 0\ntry:\n    lib.f()\n    x = 1\nexcept OSError:\n    x = 2\n")) == {1, 2}


def test_state_at_the_handler_is_not_certain() -> None:
    text = (
        "n = 0\ntry:\n    n = 1\n    lib.f()\n    n = 2\nexcept OSError:\n    x = n\nelse:\n    x = 'fine'\n"
    )
    assert told(value_of(text)) is ...
