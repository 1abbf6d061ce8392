"""Operators, literals, containers, subscripts and calls of built-in functions: exactly what Python says."""

from __future__ import annotations

import pytest

from .check import assert_exact

PROGRAMS = {
    "arithmetic": "x = 1 + 2 * 3 - 4 / 2 // 1 % 5 ** 2; y = -x; z = +y; w = ~5; c = (1 + 2j) * 2",
    "bit operators": "x = 6 & 3 | 8 ^ 1; y = x << 2 >> 1",
    "kinds of numbers stay apart": "x = 1; y = 1.0; z = True; a = 7 / 7; b = 7 // 2.0; c = True + True",
    "comparisons": "a = 1 < 2 <= 2 != 3; b = 'a' < 'b'; c = [1, 2] < [1, 3]; d = (1,) == (1.0,); e = 1 is None",
    "chained comparisons stop early": "n = []\ndef f(x):\n    n.append(x)\n    return x\nx = f(3) < f(2) < f(1)",
    "boolean operators give operands": "a = 0 or 'x'; b = 1 and []; c = None or 0 or (); d = not []",
    "boolean operators stop early": "n = []\na = 0 and n.append(1); b = 1 or n.append(2); c = 1 and n.append(3)",
    "conditional expressions": "a = 1 if [] else 2; b = 'y' if 'x' in 'xyz' else 'n'",
    "membership": "a = 2 in [1, 2]; b = 'a' in {'a': 1}; c = 'bc' in 'abcd'; d = 3 not in (1, 2); e = 4 in range(5)",
    "equality of containers": "a = [1, [2]] == [1, [2]]; b = {'a': 1} == {'a': 1.0}; c = [1] == (1,); d = {1} == {1, 2}",
    "identity": "a = []; b = a; c = a is b; d = a is not []; e = None is None",
    "strings": "a = 'ab' 'cd' r'\\n'; b = 'a' * 3 + \"it's\"; c = '''x\ny'''; d = u'e'",
    "numbers as written": "a = 1_000; b = 0xff; c = 0b11; d = 0o17; e = 1e3; f = .5; g = 3j",
    "tuples and lists with unpacking": "a = [1, 2]; b = (*a, 3); c = [*a, *'xy', *range(2)]; d = 1,; e = ()",
    "dicts with unpacking": "a = {'x': 1}; b = {**a, 'y': 2, 'x': 3}; c = {1: 'a', True: 'b'}; d = {}",
    "sets": "a = {1, 2, 1}; b = a | {3}; c = a & {2}; d = a - {1}; e = a ^ {2, 5}; f = {1} < a; g = len(a)",
    "methods of sets": "a = {1, 2}; a.add(3); a.discard(9); a.remove(1); b = a.union([7], (8,)); c = a.issubset(b)",
    "subscripts": "a = [1, 2, 3][-1]; b = 'abc'[1]; c = {'k': [4]}['k'][0]; d = (1, 2)[0]; e = range(9)[3]",
    "slices": "a = list(range(9)); b = a[1:7:2]; c = a[::-1]; d = a[-3:]; e = 'abcdef'[2:4]; f = (1, 2, 3)[:2]; g = a[5:1]",
    "slices assigned and deleted": "a = [1, 2, 3, 4]; a[1:3] = [9]; b = a[:]; del a[0], a[-1]; b[::2] = [7, 7]",
    "list methods": "a = [3, 1]; a.append(2); a.extend((5,)); a.insert(0, 9); b = a.pop(); a.remove(1); a.sort(); c = a.index(2); a.reverse(); d = a.copy(); d.clear()",
    "sorting with a key": "a = ['bb', 'a', 'ccc']; a.sort(key=len, reverse=True); b = sorted(a, key=lambda s: s[0]); c = sorted({3, 1, 2})",
    "dict methods": "a = {'x': 1}; b = a.get('y', 2); c = a.setdefault('z', []); c.append(1); d = a.pop('x'); a.update(q=1); e = list(a.items()); f = a.popitem(); g = a.copy()",
    "dict of keys": "a = dict.fromkeys('ab', 0); b = dict(a=1, **{'b': 2}); c = dict([('x', 1)]); d = dict(zip('ab', [1, 2])); e = list(d); f = {**d}.keys() - {'a'} if False else 1",
    "text methods": "a = ' Ab '.strip().lower(); b = 'a,b'.split(','); c = '-'.join(str(i) for i in range(3)); d = 'abc'.startswith(('x', 'a')); e = 'x{}'.format(3); f = 'a'.zfill(3)",
    "f-strings": "n = 3.14159; s = 'ab'; a = f'{n:.2f}|{s!r:>6}|{{x}}|{n + 1:{2 + 3}.1f}|{s=}'; b = rf'\\{s}'; c = f'{s}\\n\"' f'{1}'; d = F'''{s}\n'''",
    "f-strings of containers": "a = f'{[1, \"a\"]} {(1,)} { {1: 2} } {None} {True}'",
    "percent formatting": "a = '%s-%03d %r' % ('x', 5, 'y'); b = '%(k)s' % {'k': 1}; c = '100%%' % ()",
    "lengths and extremes": "a = len([1, 2]); b = max(1, 5, 3); c = min([4, 2], key=lambda x: -x); d = max([], default=0); e = sum([1, 2], 10); f = len('abc' * 2)",
    "any and all": "a = any([0, 1]); b = all([]); c = any(x > 2 for x in [1, 2]); d = all(x for x in (1, 1))",
    "enumerate, zip, map, filter, reversed": "a = list(enumerate('ab', 1)); b = list(zip([1, 2], 'xyz')); c = list(map(lambda x, y: x + y, [1, 2], [3, 4])); d = list(filter(None, [0, 1])); e = list(reversed([1, 2]))",
    "zip undoes itself": "a = [(1, 'a'), (2, 'b')]; b, c = zip(*a); d = list(zip(*[iter(range(4))] * 2)) if False else 0",
    "iterators are used up": "a = iter([1, 2, 3]); b = next(a); c = list(a); d = list(a); e = next(a, 'end')",
    "iterators see their list change": "a = [1]; r = []\nfor x in a:\n    r.append(x)\n    if x < 4: a.append(x + 1)\n",
    "enumerate sees its list change": "a = [1, 2, 3]\nfor i, x in enumerate(a):\n    if i < 2: a[i + 1] += x\n",
    "conversions": "a = int('7') + int(2.9); b = float('1e2'); c = str(None); d = bool([]); e = list('ab'); f = tuple([1]); g = round(2.567, 1); h = abs(-3); i = divmod(7, 2); j = chr(97) + str(ord('b')); k = repr('x'); m = hex(255)",
    "type checks": "a = isinstance(1, int); b = isinstance(True, int); c = isinstance('a', (int, str)); d = isinstance([], tuple); e = type(1) is int; f = type('a') == str; g = callable(len); h = issubclass(bool, object) if False else 1",
    "attributes of plain values": "a = hasattr([], 'append'); b = hasattr('a', 'nope'); c = getattr('ab', 'upper')(); d = (5).real; e = getattr(1, 'nope', 7); f = range(2, 9, 3).step",
    "assignment expressions": "a = (b := 3) + b; c = [d := 1, d + 1]; e = [f := i for i in range(3)]",
    "lambda with defaults": "f = lambda a, b=2, *c, d=4, **e: (a, b, c, d, e); x = f(1); y = f(1, 3, 5, d=6, z=7)",
    "augmented assignment changes in place": "a = b = [1]; a += [2]; c = d = {1}; c |= {2}; e = f = {'x': 1}; e |= {'y': 2}; g = h = [1]; g *= 2; i = j = (1,); i += (2,)",
    "aliases": "a = [[0] * 2] * 2; a[0][0] = 5; b = a[1]; c = {'k': b}; c['k'].append(1); d = a",
    "chained and starred assignment": "a = b = c = []; a.append(1); d, *e, f = range(5); (g, h), i = (1, 2), 3; [j, k] = 'xy'",
    "swapping": "a, b = 1, 2; a, b = b, a; c = [1, 2, 3]; c[0], c[2] = c[2], c[0]",
    "ellipsis and none": "a = ...; b = None; c = Ellipsis is ...",
    "large numbers": "a = 2 ** 100; b = a % 97; c = -7 // 2; d = -7 % 3; e = 10 ** -2",
    "slices with names": "s = slice(1, 3) if False else 0; a = [1, 2, 3, 4][1:3]",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_the_evaluator_agrees_with_python_exactly(text: str) -> None:
    assert_exact(text)
