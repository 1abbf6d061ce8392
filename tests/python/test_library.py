"""What is known of Python's own library: its results are Python's, or unknown."""

from __future__ import annotations

import pytest

from .check import assert_exact, is_unknown, told, value_of

PROGRAMS = {
    "all of math": "import math\na = [math.hypot(3, 4), math.factorial(5), math.comb(5, 2), math.perm(5, 2), math.isqrt(17), math.fsum([.1] * 10), math.atan2(1, 1), math.degrees(math.pi), math.copysign(1, -2), math.modf(2.5), math.lcm(4, 6), math.tanh(1), math.dist((0, 0), (3, 4)), math.log1p(1), math.isnan(math.nan), math.isfinite(1), math.tau]",
    "items moved about": "from itertools import chain, combinations, permutations, islice, pairwise, zip_longest, product\na = list(chain.from_iterable([[1], [2, 3]])); b = list(combinations([1, 2, 3], 2)); c = list(permutations('ab')); d = list(islice([1, 2, 3, 4], 1, 3)); e = list(pairwise([1, 2, 3])); f = list(zip_longest([1, 2], [3], fillvalue=0)); g = list(product([1, 2], repeat=2))",
    "items chosen by functions": "import itertools as it\na = list(it.takewhile(lambda x: x < 2, [1, 2, 1])); b = list(it.dropwhile(lambda x: x < 2, [1, 2, 1])); c = list(it.filterfalse(lambda x: x % 2, range(4))); d = list(it.starmap(pow, [(2, 3), (3, 2)])); e = list(it.accumulate([1, 2, 3])); f = list(it.accumulate([1, 2, 3], lambda a, b: a * b)); g = list(it.accumulate([1, 2], initial=5))",
    "endless iterators": "import itertools\na = list(zip(range(2), itertools.cycle('ab'))); b = list(zip('xy', itertools.count(5))); c = itertools.count(); d = (next(c), next(c)); e = list(itertools.islice(itertools.count(1, 2), 3)); f = [x for x, _ in zip(itertools.repeat(7), 'ab')]",
    "operators as functions": "import operator, functools\nfrom operator import itemgetter, attrgetter, mul\na = [operator.add(1, 2), mul(2, 3), operator.truediv(1, 2), operator.neg(1), operator.getitem([1], 0), operator.eq(1, 1), operator.not_(0), operator.contains([1], 1), operator.concat([1], [2])]; b = sorted([(2, 'a'), (1, 'b')], key=itemgetter(0)); c = itemgetter(0, 1)('ab')\nclass A:\n    class B: x = 5\nd = attrgetter('B.x')(A()); e = operator.methodcaller('split', ',')('a,b'); f = functools.reduce(operator.mul, [1, 2, 3], 1)",
    "queues": "from collections import deque\nd = deque([1, 2]); d.append(3); d.appendleft(0); a = d.popleft(); b = d.pop(); c = len(d); e = list(d); d.extend([5]); f = [x for x in d]; g = d == [1, 2, 5]; h = isinstance(d, list); i = 5 in d; j = bool(d); d = 0",
    "ordered dicts": "from collections import OrderedDict\na = OrderedDict([('a', 1), ('b', 2), ('c', 3)]); a.move_to_end('a'); b = list(a); a.move_to_end('c', last=False); c = list(a); d = a.popitem(last=False); e = a.popitem()",
    "slices": "s = slice(1, 3); a = [1, 2, 3, 4][s]; b = 'hello'[slice(None, None, -1)]; c = s.start",
    "properties made by a call": "class A:\n    def _get(self): return self.k\n    k = 3\n    p = property(_get)\n    q = property(lambda self: self.k + 1)\n    s = staticmethod(lambda x: x)\n    c = classmethod(lambda cls: cls.__name__)\na = A(); b = (a.p, a.q, a.s(5), A.s(6), a.c(), a._get())",
    "cached properties": "from functools import cached_property\nclass A:\n    n = 0\n    @cached_property\n    def p(self):\n        self.n += 1\n        return [self.n]\na = A(); b = a.p is a.p; c = a.n; d = a.p",
    "attributes as a dict": "class A:\n    def __init__(self, **k):\n        self.__dict__.update(k)\n        vars(self)['z'] = 3\na = A(x=5); b = (a.x, a.z, hasattr(a, 'x'), getattr(a, 'y', 3), a.__dict__['x'], sorted(vars(a))); del a.__dict__['x']; c = hasattr(a, 'x'); d = vars(a) == {'z': 3}",
    "attributes as a dict on one path": "class A: pass\na = A()\nfor i in range(2):\n    if i: a.__dict__['x'] = 1\n    else: a.__dict__['y'] = 2\nb = (a.x, a.y)",
    "managers that do nothing": "from contextlib import nullcontext\nwith nullcontext(7) as a: pass\nwith nullcontext() as b: c = 1",
    "paths of text": "import os\na = [os.path.dirname('/x/y'), os.path.split('/a/b'), os.path.normpath('a//b/../c')]",
    "enumerations": "from enum import Enum, auto\nclass C(Enum):\n    A = 1\n    B = 'x'\n    ALIAS = 1\n    def low(self): return self.name.lower()\n    @property\n    def twice(self): return self.value * 2\nclass D(Enum):\n    X = auto()\n    Y = auto()\na = [C.A.value, C['B'].name, C('x') is C.B, [m.name for m in C], len(C), C.A == C.A, C.A != C.B, C.A == 1, C.ALIAS is C.A, C.B.twice, C.A.low(), D.Y.value, C.A in (C.B, C.A), isinstance(C.A, C)]",
    "enumerations of texts": "from enum import StrEnum, auto\nclass S(StrEnum):\n    RELU = 'relu'\n    TANH = auto()\na = [S.RELU.value, S('relu') is S.RELU, S.TANH.value]",
    "results of one function for arguments of several types": "def f(t): return 'yes' if t[0] is True else type(t[0]).__name__\na = [f((True,)), f((1,)), f((1.0,)), f((1,))]\ndef g(x): return str(x)\nb = [g(0.0), g(-0.0), g(0), g(False)]",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_the_evaluator_agrees_with_python_exactly(text: str) -> None:
    assert_exact(text)


def test_named_tuples_can_be_changed_and_compared() -> None:
    text = "from collections import namedtuple\nP = namedtuple('P', 'a b')\np = P(1, 2)\nx = [p._replace(b=5).b, p.b, p._asdict(), p._fields, len(p), p == (1, 2), p == P(1, 3)]"
    assert told(value_of(text)) == [5, 2, {"a": 1, "b": 2}, ("a", "b"), 2, True, False]


def test_typed_named_tuples_can_be_changed() -> None:
    text = "from typing import NamedTuple\nclass P(NamedTuple):\n    a: int\n    b: int = 2\n    def total(self): return self.a + self.b\np = P(1)\nx = [p._replace(a=5).total(), p.total(), p[0], p[-1], len(p), p._asdict()]"
    assert told(value_of(text)) == [7, 3, 1, 2, 2, {"a": 1, "b": 2}]


@pytest.mark.parametrize(
    "text",
    [
        "from itertools import chain\nx = list(chain(u, [1]))[0]",
        "from itertools import takewhile\nx = list(takewhile(u, [1]))[0]",
        "from itertools import islice\nx = list(islice(u, 2))[0]",
        "from collections import deque\nd = deque(u)\nd.append(1)\nx = d.popleft()",
        "from collections import deque\nd = deque([1, 2], maxlen=u)\nx = d.popleft()",
        "from enum import Enum\nclass C(Enum):\n    A = 1\nx = C(u)",
        "from enum import Enum\nclass C(Enum):\n    A = 1\n    def __init__(self, n): self._value_ = 5\nx = C.A.value",
        "class A: pass\na = A()\na.__dict__ = u\nx = hasattr(a, 'y')",
        "import math\nx = math.factorial(10 ** 6)",
        "x = slice(u)",
    ],
)
def test_what_the_library_makes_of_the_unknown_is_unknown(text: str) -> None:
    assert is_unknown(value_of(text))


def test_a_decorator_nobody_knows_may_give_arguments() -> None:
    text = "@u\ndef f(a, b=2): return [a, b]\nx = f()\ny = f(1)"
    assert told(value_of(text)) == [..., ...]
    assert told(value_of(text, "y")) == [1, 2]


def test_star_imports_of_the_standard_library_are_known() -> None:
    text = (
        "from math import *\nfrom itertools import *\nx = [sqrt(4), ceil(2.1), list(chain([1], [2]))]\ny = pi"
    )
    assert told(value_of(text)) == [2.0, 3, [1, 2]]


def test_the_texts_of_both_pythons_are_those_of_this_one() -> None:
    text = "import six\nx = [isinstance('a', six.string_types), isinstance(1, six.string_types), six.text_type(3)]"
    assert told(value_of(text)) == [True, False, "3"]
