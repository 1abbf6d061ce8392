"""What random programs are made of: templates of expressions by kind, simple statements, functions, classes."""

from __future__ import annotations

EXPRESSIONS: dict[str, list[str]] = {
    "int": [
        *["{n}", "({n} + 1)", "len({ints})", "({int} + {int})", "({int} - {int})", "({int} * {int})"],
        *["({int} % 7)", "({int} // 3)", "-{int}", "abs({int})", "sum({ints})", "max({ints}, default=0)"],
        *["min({int}, {int})", "len({str})", "{table}.get({str}, {int})", "{pair}[0]", "{pair}[1]"],
        *[
            "({int} if {bool} else {int})",
            "sum({x} * {int!s} for {x} in {ints})",
            "(lambda {x}: {int!s})({int})",
        ],
        *["({ints} or [{int}])[0]", "({ints} + [{int}])[-1]", "int({str}.isalpha())", "round({float})"],
        *["({x} := {int})", "int('{n}')", "divmod({int}, 4)[1]", "({int} & 6)", "({int} | 1)", "({int} ^ 2)"],
        *[
            "({int} << 1)",
            "len({set})",
            "hash(1)",
            "{str}.count('a')",
            "ord(({str} + 'z')[0])",
            "({int} or {int})",
        ],
        *[
            "({int} and {int})",
            "next(iter({ints} + [{int}]))",
            "len({{{x}: 1 for {x} in {ints}}})",
            "sorted({ints} + [{int}])[0]",
        ],
        *["(1 if {int} == {int} else 2)", "([{int}, {int}, {int}].index({int}) if False else {int})"],
        *[
            "getattr({int}, 'real')",
            "max([{int}, {int}], key=lambda {x}: -{x})",
            "len(list(zip({ints}, {strs})))",
        ],
    ],
    "float": [
        "{n}.5",
        "({int} / 4)",
        "1e-3",
        "({float} * 2)",
        "float({int})",
        "({float} + {int})",
        "abs({float})",
    ],
    "str": [
        *[
            "'{word}'",
            "'k{n}'",
            "str({int})",
            "({str} + {str})",
            "f'{{{int!n}}}-{{{str!n}}}'",
            "f'{{{int!n}:03d}}'",
        ],
        *[
            "{str}.upper()",
            "{str}.replace('a', 'b')",
            "{str}[::-1]",
            "{str}[:2]",
            "','.join({strs})",
            "({str} * 2)",
        ],
        *["'%s_%d' % ({str}, {int})", "'{{}}/{{}}'.format({str}, {int})", "({str} if {bool} else {str})"],
        *[
            "repr({ints})",
            "str({table})",
            "{str}.strip().title()",
            "''.join(sorted({str}))",
            "f'{{{pair!n}}}'",
        ],
        *[
            "''.join({x} + {str} for {x} in {strs})",
            "({str} or {str})",
            "f'{{{str!n}!r:>6}}'",
            "type({int}).__name__",
        ],
        *[
            "str({bool})",
            "repr({float})",
            "f'{{{int!n} = }}'",
            "', '.join(map(str, {ints}))",
            "{str}.rpartition('_')[2]",
        ],
    ],
    "bool": [
        *[
            "True",
            "False",
            "({int} > {int})",
            "({int} == {int})",
            "(not {bool})",
            "({bool} and {bool})",
            "({bool} or {bool})",
        ],
        *[
            "({int} in {ints})",
            "({str} in {table})",
            "({str} == {str})",
            "isinstance({int}, int)",
            "bool({ints})",
        ],
        *[
            "({int} < {int} <= {int})",
            "any({x} > {int!s} for {x} in {ints})",
            "all({x} % 2 for {x} in {ints})",
        ],
        *[
            "{str}.startswith('a')",
            "({ints} == {ints})",
            "({maybe} is None)",
            "({maybe} is not None)",
            "({str} not in {strs})",
        ],
        *[
            "callable({str})",
            "hasattr({int}, 'real')",
            "hasattr({str}, 'nothing')",
            "({pair} < {pair})",
            "({set} <= {set})",
        ],
        *[
            "isinstance({maybe}, (int, str))",
            "({table} == {table})",
            "({int} != {int})",
            "({maybe} == {int})",
        ],
    ],
    "ints": [
        *[
            "[]",
            "[{n}, {n}]",
            "[{int}, {int}, {int}]",
            "[{int!s} for {x} in {ints}]",
            "[{x} for {x} in {ints} if {bool!s}]",
        ],
        *[
            "sorted({ints})",
            "sorted({ints}, key=lambda {x}: -{x}, reverse={bool})",
            "list(range({int} % 6))",
            "({ints} + {ints})",
        ],
        *[
            "{ints}[1:]",
            "{ints}[::-1]",
            "{ints}[{int}:{int}]",
            "list(map(lambda {x}: {int!s}, {ints}))",
            "list({table}.values())",
        ],
        *[
            "[*{ints}, {int}]",
            "[{int}, *{ints}]",
            "list(filter(None, {ints}))",
            "[{int!s} for {x} in {ints} for {y} in {ints}]",
        ],
        *[
            "list(reversed({ints}))",
            "list({pair})",
            "sorted({set})",
            "({ints} if {bool} else {ints})",
            "([{int}] * 2)",
        ],
        *[
            "[len({x}) for {x} in {strs}]",
            "list(zip({ints}, {ints}))[0:0]",
            "[{x} + {y} for {x}, {y} in zip({ints}, {ints})]",
        ],
        *[
            "{ints}.copy()",
            "[{x} for {x}, _ in sorted({table}.items(), key=lambda {y}: {y}[1])][0:0] + {ints}",
        ],
        *[
            "[i * {x} for i, {x} in enumerate({ints}, {int})]",
            "list({ints})",
            "[{x} if {x} > {int!s} else 0 for {x} in {ints}]",
        ],
    ],
    "strs": [
        "[]",
        "['{word}', '{word}']",
        "list({str})",
        "{str}.split('b')",
        "[{str}, {str}]",
        "sorted({table})",
        "[str({x}) for {x} in {ints}]",
        "list({table})",
    ],
    "table": [
        *[
            "{{}}",
            "{{'a': {int}}}",
            "dict(a={int}, b={int})",
            "{{'{word}': {int}, '{word}': {int}}}",
            "{{str({x}): {int!s} for {x} in {ints}}}",
        ],
        *[
            "{{**{table}, 'a': {int}}}",
            "dict(zip({strs}, {ints}))",
            "({table} | {table})",
            "{{{str}: {int}, **{table}}}",
        ],
        *[
            "dict.fromkeys({strs}, {int})",
            "{{{y}: len({y}) for {y} in {strs}}}",
            "dict({table})",
            "dict(sorted({table}.items()))",
        ],
        *[
            "({table} if {bool} else {table})",
            "{table}.copy()",
            "dict([({str}, {int})])",
            "dict({table}, b={int})",
        ],
    ],
    "set": [
        "set()",
        "{{{n}, {n}}}",
        "set({ints})",
        "{{{int!s} for {x} in {ints}}}",
        "({set} | {set})",
        "({set} & {set})",
        "({set} - {{{int}}})",
        "(frozenset({ints}) | {set} if False else {set})",
        "({set} ^ {set})",
    ],
    "pair": [
        "({n}, {n})",
        "({int}, {int})",
        "divmod({int}, 5)",
        "({pair}[1], {int})",
        "({pair} if {bool} else ({int}, {int}))",
        "tuple([{int}, {int}])",
        "{pair}[::-1]",
    ],
    "maybe": [
        "None",
        "{n}",
        "{table}.get({str})",
        "({int} if {bool} else None)",
        "({maybe} or {int})",
        "({maybe} and {int})",
        "{maybe}",
    ],
    "pack": ["()", "({int},)", "tuple({ints})"],
}

SIMPLE: list[str] = [
    "{ints}.append({int})",
    "{ints}.extend({ints})",
    "{ints}.insert({n}, {int})",
    "{ints}.sort()",
    "{ints}.reverse()",
    "{table}[{str}] = {int}",
    "{table}.update({table})",
    "{table}.setdefault({str}, {int})",
    "{table}.pop({str}, None)",
    "{set}.add({int})",
    "{set}.update({ints})",
    "{set}.discard({int})",
    "{x}, {y} = {pair}",
    "{x}, *{y} = [{int}, *{ints}]",
    "({x}, {y}), {z} = {pair}, {int}",
    "{x} = {y} = {ints}",
    "{x} = {int}\n{x} += {int}",
    "{x} = {ints}\n{x} += [{int}]",
    "{x} = {str}\n{x} *= 2",
    "{x} = [{int}, {int}, {int}]\n{x}[{n} % 3] = {int}",
    "{x} = [{int}, {int}, {int}]\ndel {x}[{n} % 3]",
    "{x} = [{int}, {int}, {int}]\n{x}[1:] = {ints}",
    "{x} = [[{int}] * 2, {ints}]\n{x}[0][1] = {int}",
    "{x} = {{'k': {ints}}}\n{x}['k'].append({int})",
    "{x} = {table}\n{x} |= {table}",
    "{x} = {set}\n{x} |= {{{int}}}",
    "{x} = iter({ints})\n{y} = next({x}, None)\n{z} = list({x})",
    "{x} = ({y} * {n} for {y} in {ints})\n{z} = list({x}), list({x})",
    "{x} = [lambda {y}=i: {y} + i for i in range(3)]\n{z} = [{y}() for {y} in {x}]",
    "{x} = list(enumerate({strs}))",
    "{x} = list(zip(*[{pair}, {pair}]))",
    "{x} = max({strs}, key=len, default='')",
    "{x} = [{ints}, {ints}]\n{y} = [*{x}[0], *{x}[1]]",
    "{x} = {ints}.pop() if {ints} else None",
    "{x} = dict({table}, **{{'z': {int}}})",
    "{x}: int = {int}",
    "assert {int} is not None",
    "pass",
]

FUNCTIONS: list[tuple[str, str]] = [
    ("a", "{int}"),
    ("a, b={str}", "{int}"),
    ("a, b={str}", "{int}, {str}"),
    ("a, b={str}", "b={str}, a={int}"),
    ("a, *args", "{int}, {int}, {int}"),
    ("a, *args, c={int}", "*[{int}, {int}], c={int}"),
    ("a, **kw", "{int}, k={int}, m={int}"),
    ("a, /, c, *, b={str}", "{int}, c={int}"),
    ("*args, **kw", "{int}, {int}, q={int}"),
    ("a, d=[]", "{int}"),
    ("a, c={int}, **kw", "**{{'a': {int}, 'z': {int}}}"),
    ("", ""),
]

CLASSES: dict[str, list] = {  # type: ignore[type-arg]
    "base": [
        """class {name}:
    kind = {int}
    shared = []
    __secret = {int}
    def __init__(self, a, b={int}):
        self.a = a
        self.b = b
        self.items = {ints}
        self.__own = a
    def total(self):
        return self.a + self.b + len(self.items) + self.__own
    def grow(self, c=1):
        self.a += c
        self.items.append(c)
        return self.a
    @property
    def double(self):
        return self.a * 2
    @double.setter
    def double(self, value):
        self.a = value // 2
    @classmethod
    def make(cls, a=2):
        cls.shared.append(a)
        return cls(a)
    @staticmethod
    def plus(a, b={int}):
        return a + b
    def __len__(self):
        return 3
    def __getitem__(self, index):
        return (self.items + [7, 8, 9])[index]
    def __eq__(self, other):
        return isinstance(other, {name}) and self.a == other.a
    def __call__(self, a):
        return a + self.a
    def __iter__(self):
        return iter(self.items)
    def __str__(self):
        return f"<{{self.a}}>"
    def __add__(self, other):
        return self.a + (other.a if isinstance(other, {name}) else other)
    def __contains__(self, item):
        return item in self.items
""",
        """class {name}(object):
    kind = {int}
    table = {{'a': kind, 'b': [{x} * 2 for {x} in range(3)]}}
    def __init__(self, a):
        self.a = a
        self.items = []
        for i in range(a % 4):
            self.items.append(i)
    def total(self): return self.a * self.kind
    def grow(self, c={int}):
        self.items += [c]
        self.b = c
        return len(self.items)
    double = property(lambda self: 2)
    @classmethod
    def make(cls, a=2): return cls(a)
    @staticmethod
    def plus(a, b=1): return a - b
    def __len__(self): return len(self.items)
    def __getitem__(self, index): return index
    def __call__(self, a): return a
    def __iter__(self):
        yield 1
        yield from self.items
    def __str__(self): return 'c'
    def __add__(self, other): return 5
    def __contains__(self, item): return item > 2
""",
    ],
    "derived": [
        """class {name}({base}):
    kind = {int}
    def __init__(self, a, *rest, **named):
        super().__init__(a, *rest, **named)
        self.extra = {int}
    def total(self):
        return super().total() + self.extra
    @classmethod
    def make(cls, a=3):
        made = super().make(a)
        made.extra = a
        return made
""",
        """class {name}({base}):
    def grow(self, c=2):
        return super(type(self), self).grow(c) if type(self) is {name} else c
    def __str__(self):
        return 'd' + super().__str__()
""",
        """class {name}({base}):
    pass
""",
    ],
    "uses": [
        ("OBJ.a", "int"),
        ("OBJ.total()", "int"),
        ("OBJ.grow()", "int"),
        ("OBJ.grow({int})", "int"),
        ("CLS.kind", "int"),
        ("CLS.make({int}).a", "int"),
        ("CLS.plus({int})", "int"),
        ("len(OBJ)", "int"),
        ("OBJ({int})", "int"),
        ("str(OBJ)", "str"),
        ("f'{{OBJ}}'", "str"),
        ("(OBJ + {int})", "int"),
        ("({int} in OBJ)", "bool"),
        ("isinstance(OBJ, CLS)", "bool"),
        ("hasattr(OBJ, 'b')", "bool"),
        ("hasattr(OBJ, 'nope')", "bool"),
        ("getattr(OBJ, 'nope', {int})", "int"),
        ("[{x} for {x} in OBJ]", "ints"),
        ("OBJ.items", "ints"),
        ("OBJ[1]", "int"),
        ("type(OBJ).__name__", "str"),
        ("(OBJ == CLS({int}))", "bool"),
        ("OBJ.__dict__['a']", "int"),
    ],
}

UNKNOWN_INPUTS: list[tuple[str, str, str]] = [
    ("u0", "int", "number"),
    ("u1", "int", "number"),
    ("t0", "str", "text"),
    ("b0", "bool", "flag"),
    ("b1", "bool", "flag"),
    ("m0", "ints", "numbers"),
    ("o0", "maybe", "perhaps"),
]
