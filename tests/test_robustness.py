"""No input makes the core raise, hang or kill its process: every file gives a Report."""

from __future__ import annotations

import json
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Formatter
from types import FrameType

import pytest

from kerlint.catalog import catalog
from kerlint.findings import Report
from kerlint.linter import lint_bytes
from kerlint.settings import LintSettings

TIME_LIMIT = 20.0

CLASSIC = b'''\
# -*- coding: utf-8 -*-
"""Trains a convolutional network."""
from __future__ import print_function
import keras
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, Dropout, Flatten, Conv2D, MaxPooling2D
from keras import backend as K

batch_size, num_classes, epochs = 128, 10, 12
img_rows, img_cols = 28, 28
(x_train, y_train), (x_test, y_test) = mnist.load_data()
if K.image_data_format() == "channels_first":
    x_train = x_train.reshape(x_train.shape[0], 1, img_rows, img_cols)
    input_shape = (1, img_rows, img_cols)
else:
    x_train = x_train.reshape(x_train.shape[0], img_rows, img_cols, 1)
    input_shape = (img_rows, img_cols, 1)
x_train = x_train.astype("float32") / 255
y_train = keras.utils.to_categorical(y_train, num_classes)
opt = keras.optimizers.Adadelta()
model = Sequential()
model.add(Conv2D(32, kernel_size=(3, 3), activation="relu", input_shape=input_shape))
for filters in [64, 128]:
    model.add(Conv2D(filters, (3, 3), padding="same"))
    model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(num_classes, activation="softmax"))
model.compile(loss=keras.losses.categorical_crossentropy, optimizer=opt, metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=batch_size, epochs=epochs, validation_data=(x_test, y_test))
'''

BLOCKS = '''\
import tensorflow as tf
from tensorflow.keras import layers as L

CONFIG = {"filters": (64, 128), "act": "relu", **{"größe": 3}}

def block(x, f, *, stride=1, act=CONFIG["act"], name=None):
    """Ein Block, der f Kanäle ausgibt: x → y."""
    y = L.Conv2D(f, 3, stride, padding="same", name=name and f"{name}_conv")(x)
    y = L.BatchNormalization()(y)
    if stride != 1 or x.shape[-1] != f:
        x = L.Conv2D(f, 1, stride)(x)
    return L.Activation(act)(L.add([x, y]))

class Net(tf.keras.Model):
    def __init__(self, depth=2, **kwargs):
        super().__init__(**kwargs)
        self.blocks = [L.Conv1D(2 ** i, 3) for i in range(depth)]
        self.pool = L.MaxPool1D()
        self.head = lambda t: L.Dense(1)(t)  # noqa: E731

    @tf.function
    def call(self, x, training=None):
        for i, layer in enumerate(self.blocks):
            x = layer(x) if i else self.pool(layer(x))
        match x.shape.rank:
            case 3:
                return self.head(x)
            case _:
                raise ValueError(f"no {x!r}")

def build(shape=(224, 224, 3)):
    inputs = x = L.Input(shape)
    for n, f in enumerate(CONFIG["filters"]):
        x = block(x, f, stride=1 + n, name="b%d" % n)
    try:
        x = L.GlobalAveragePooling2D()(x)
    finally:
        x = L.Dense(10)(x)
    return tf.keras.Model(inputs, x)

with tf.device("/cpu:0"):
    models = {k: build() for k in "ab"}
    sgd = tf.keras.optimizers.SGD(1e-2)
    for m in models.values():
        m.compile(sgd, "mse")  # kerlint: ignore[KER101]
'''.encode()

NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# A model\n", "in two cells"]},
            {
                "cell_type": "code",
                "metadata": {},
                "outputs": [],
                "source": "%matplotlib inline\nimport keras",
            },
            {
                "cell_type": "code",
                "metadata": {},
                "outputs": [],
                "source": ["!ls\n", "m = keras.Sequential([keras.layers.MaxPooling2D(3)])\n", "m.summary?"],
            },
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    },
    indent=1,
).encode()

PROGRAMS = {"classic.py": CLASSIC, "blocks.py": BLOCKS, "cells.ipynb": NOTEBOOK}


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise AssertionError in this thread when the body takes more CPU time: a busy machine is no fault."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"no end after {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def lint(data: bytes, filename: str = "model.py") -> Report:
    """The report of all rules, within the time limit; fails when a rule crashed."""
    with time_limit(TIME_LIMIT):
        report = lint_bytes(data, filename, LintSettings(rules=tuple(catalog())))
    assert report.failures == ()
    return report


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_whole_program_is_linted(name: str) -> None:
    report = lint(PROGRAMS[name], name)
    assert report.problem is None
    assert not report.skipped
    assert report.findings, "each program has a pool without strides"


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_cut_off_anywhere_gives_a_report(name: str) -> None:
    data = PROGRAMS[name]
    for end in range(0, len(data), max(1, len(data) // 120)):
        lint(data[:end], name)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", PROGRAMS)
def test_flipped_bytes_give_a_report(name: str, seed: int) -> None:
    dice = random.Random(f"{name}{seed}")
    for _ in range(40):
        data = bytearray(PROGRAMS[name])
        for _ in range(dice.choice((1, 1, 2, 5, 30))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        lint(bytes(data), name)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", PROGRAMS)
def test_lost_moved_and_doubled_lines_give_a_report(name: str, seed: int) -> None:
    dice = random.Random(f"{name}{seed}")
    for _ in range(40):
        lines = PROGRAMS[name].splitlines(keepends=True)
        for _ in range(dice.randint(1, 4)):
            here, there = dice.randrange(len(lines)), dice.randrange(len(lines))
            match dice.randrange(4):
                case 0:
                    del lines[here]
                case 1:
                    lines.insert(there, lines[here])
                case 2:
                    lines[here] = b"\t" * dice.randrange(3) + lines[here].lstrip()
                case _:
                    lines[here], lines[there] = lines[there], lines[here]
        lint(b"".join(lines), name)


def nested(opening: str, closing: str, depth: int) -> bytes:
    """An assignment of `depth` nested brackets, in a file that passes the gate."""
    return f"import keras\nx = {opening * depth}{closing * depth}\n".encode()


HOSTILE = {
    "empty": b"",
    "one byte": b"\x80",
    "NUL bytes": b"import keras\nx = '\x00'\n",
    "only NUL bytes": b"keras\x00" * 1000,
    "a BOM": b"\xef\xbb\xbfimport keras\n",
    "a BOM of another encoding": "import keras\n".encode("utf-16"),
    "a wrong coding cookie": b"# coding: klingon\nimport keras\n",
    "a cookie that names no text encoding": b"# coding: hex\nimport keras\n",
    "a cookie that lies": b"# coding: ascii\nimport keras\nx = '\xe9'\n",
    "latin-1": b"# coding: latin-1\nimport keras\nx = '\xe9'\n",
    "lone carriage returns": b"import keras\rx = 1\r",
    "a leading form feed": b"\x0cimport keras\nx = 1\n",
    "no last newline": b"import keras\nkeras.layers.MaxPooling2D()",
    "nested parentheses": nested("(", ")", 5000),
    "nested lists": nested("[", "]", 5000),
    "nested calls": nested("f(", ")", 3000),
    "nested lambdas": b"import keras\nx = " + b"lambda: " * 5000 + b"0\n",
    "a long sum": b"import keras\nx = " + b" + ".join([b"1"] * 20_000) + b"\n",
    "a long chain of calls": b"import keras\nx = keras" + b".b()" * 5000 + b"\n",
    "a long chain of comparisons": b"import keras\nx = " + b" < ".join([b"1"] * 5000) + b"\n",
    "many strings in a row": b"import keras\nx = (" + b"'a' " * 5000 + b")\n",
    "many elifs": b"import keras\nif a: pass\n" + b"elif b: pass\n" * 3000,
    "deep indentation": b"import keras\n"
    + b"".join(b" " * n + b"if x:\n" for n in range(99))
    + b" " * 99
    + b"pass\n",
    "an endless loop": b"import keras\nwhile True:\n    x = keras.layers.Dense(1)\n",
    "an endless loop without keras in it": b"import keras\nn = 0\nwhile n >= 0:\n    n += 1\n",
    "unbounded recursion": b"import keras\ndef f(n):\n    return f(n + 1)\nkeras.layers.Dense(f(0))\n",
    "mutual recursion": b"import keras\nf = lambda: g()\ndef g():\n    return f()\ng()\n",
    "a tree of recursion": b"import keras\ndef f(n):\n    return f(n - 1) + f(n - 2)\nf(100)\n",
    "a huge range": b"import keras\nxs = list(range(10 ** 12))\nm = [keras.layers.Dense(n) for n in xs]\n",
    "a huge power": b"import keras\nx = 10 ** 10 ** 10\n",
    "a power of powers": b"import keras\nx = 9\nfor _ in range(9):\n    x = x ** x\n",
    "a huge shift": b"import keras\nx = 1 << (1 << 60)\n",
    "a huge string": b"import keras\nx = 'a' * 10 ** 12\ny = '%99999999999d' % 3\nz = f'{3:99999999999}'\n",
    "a growing string": b"import keras\nx = 'ab'\nfor _ in range(99):\n    x += x\n",
    "a growing list": b"import keras\nx = [1]\nfor _ in range(99):\n    x = x + x\n",
    "a list that holds itself": b"import keras\nx = []\nx.append(x)\nkeras.Sequential(x)\nprint(x == [x], str(x))\n",
    "an object that is its own attribute": b"import keras\nclass A: pass\na = A()\na.a = a\nkeras.Model(a, a.a.a)\n",
    "a class that is its own base": b"import keras\nclass A(keras.Model): pass\nclass A(A): pass\nclass A(A): pass\nA()\n",
    "a model inside itself": b"import keras\nm = keras.Sequential()\nm.add(m)\nm.compile('adam')\n",
    "a generator without end": b"import keras\ndef g():\n    while True:\n        yield keras.layers.Dense(1)\nkeras.Sequential(list(g()))\n",
    "division by zero": b"import keras\nkeras.layers.Dense(1 // 0, 1 % 0, 0 ** -1, 1.0 / 0)\n",
    "wrong argument kinds": b"import keras\nkeras.layers.Conv2D({}, [], None, *1, **2)(3)(4)\nkeras.Sequential(5).add()\n",
    "bad subscripts": b"import keras\nx = [1][5]; y = {}[keras]; z = 'a'['b']; del x[0][1], q; w = (1)[::0]\n",
    "unhashable keys": b"import keras\nx = {[]: 1, {}: 2}\ny = {[1], {}}\nx[{}] = keras\n",
    "an integer too long to print": b"import keras\nx = " + b"9" * 10_000 + b"\ny = str(x)\n",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_sources_give_a_report(data: bytes) -> None:
    lint(data)


HOSTILE_NOTEBOOKS = {
    "empty": b"",
    "not JSON": b"import keras",
    "cut off": NOTEBOOK[:-40],
    "no object": b"[]",
    "a number": b"3",
    "no cells": b'{"nbformat": 4, "x": "keras"}',
    "cells of another kind": b'{"cells": {"keras": 1}, "nbformat": 4}',
    "cells that are no objects": b'{"cells": ["keras", 1, null], "nbformat": 4}',
    "a cell without source": b'{"cells": [{"cell_type": "code", "x": "keras"}], "nbformat": 4}',
    "source of another kind": b'{"cells": [{"cell_type": "code", "source": {"keras": 1}}], "nbformat": 4}',
    "source lines of another kind": b'{"cells": [{"cell_type": "code", "source": ["keras", 1]}], "nbformat": 4}',
    "an old format": b'{"worksheets": [{"cells": [{"input": "import keras"}]}], "nbformat": 3}',
    "deeply nested JSON": b'{"keras": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a lone surrogate": b'{"cells": [{"cell_type": "code", "source": "import keras\\nx = \'\\ud800\'"}], "nbformat": 4}',
    "another kernel": b'{"cells": [{"cell_type": "code", "source": "library(keras)\\nx <- 1"}], "metadata":'
    b' {"kernelspec": {"language": "R", "name": "ir", "display_name": "R"}}, "nbformat": 4}',
}


@pytest.mark.parametrize("data", HOSTILE_NOTEBOOKS.values(), ids=HOSTILE_NOTEBOOKS)
def test_hostile_notebooks_give_a_report(data: bytes) -> None:
    lint(data, "cells.ipynb")


@pytest.mark.slow
def test_ten_megabytes_give_a_report() -> None:
    line = b"weights = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]  # a table of numbers\n"
    with time_limit(300):
        report = lint_bytes(
            b"import keras\n" + line * (10_000_000 // len(line)),
            "table.py",
            LintSettings(rules=tuple(catalog())),
        )
    assert report.failures == ()


NAMES = ["x", "y", "model", "keras", "layers", "opt", "f", "C", "self", "tf", "undefined"]
ATOMS = [
    *NAMES,
    *["None", "True", "3.5", "-1", "2", "300", "'relu'", "'same'", "()", "[]", "{}", "...", "(28, 28, 1)"],
    *["keras.Input((8, 8, 3))", "keras.Sequential()", "keras.optimizers.Adam()", "layers.Flatten()"],
]
CALLEES = [
    *["layers.Conv2D", "layers.MaxPooling2D", "layers.Dense", "keras.Sequential", "keras.Model", "model.add"],
    *["model.compile", "model.fit", "f", "C", "x", "range", "len", "zip", "isinstance", "functools.partial"],
]
OPERATORS = ["+", "*", "//", "%", "==", "<", "in", "is not", "or", "and"]
EXPRESSIONS = [
    *[
        "{callee}({e})",
        "{callee}({e}, {e})",
        "{callee}({e}, activation={e})",
        "{callee}(*{e})",
        "{callee}(**{e})",
    ],
    *[
        "({e})({e})",
        "({e} {operator} {e})",
        "({e} {operator} {e})",
        "[{e}, {e}]",
        "({e}, {e})",
        "{{{e}: {e}}}",
    ],
    *[
        "({e} if {e} else {e})",
        "[{e} for x in {e}]",
        "{{x: {e} for x in {e} if {e}}}",
        "({e})[{e}]",
        "({e})[{e}:]",
    ],
    *["({e}).{name}", "(lambda x: {e})", "(y := {e})", "(not {e})", "(-({e}))", "'%s' % ({e},)"],
]
SIMPLE = [
    *["{e}", "{name} = {e}", "{name} = {e}", "{name} += {e}", "{name}, *{name} = {e}", "{name}.{name} = {e}"],
    *["{name}[{e}] = {e}", "del {name}", "assert {e}", "{name}: {e} = {e}", "pass", "raise {e}"],
]
COMPOUND = [
    *[
        "if {e}:{body}",
        "if {e}:{body}\nelse:{body}",
        "for {name} in {e}:{body}",
        "while {e}:{body}\n    break",
    ],
    *["while {e}:{body}", "try:{body}\nexcept Exception as x:{body}", "with {e} as y:{body}"],
    *["def f(x=1, *y, **model):{body}\n    return {e}", "def f(x):{body}\n    yield {e}"],
    *[
        "class C({e}):\n    def call(self, x):{deeper}\n        return {e}",
        "match {e}:\n    case [x, *y]:{deeper}",
    ],
]


class Author:
    """Writes random programs, of valid syntax, around the names a Keras program uses."""

    def __init__(self, seed: str) -> None:
        self.dice = random.Random(seed)

    def expression(self, depth: int) -> str:
        """An expression nested at most `depth` levels deep."""
        if depth == 0 or self.dice.random() < 0.25:
            return self.dice.choice(ATOMS)
        return self.filled(self.dice.choice(EXPRESSIONS), depth - 1)

    def filled(self, template: str, depth: int) -> str:
        """The template with each of its gaps filled by something new."""
        filler = {
            "e": lambda: self.expression(depth),
            "name": lambda: self.dice.choice(NAMES),
            "callee": lambda: self.dice.choice(CALLEES),
            "operator": lambda: self.dice.choice(OPERATORS),
            "body": lambda: self.block(depth, 1),
            "deeper": lambda: self.block(depth, 2),
        }
        parts = []
        for text, gap, _, _ in Formatter().parse(template):
            parts.append(text)
            parts.append(filler[gap]() if gap else "")
        return "".join(parts)

    def statement(self, depth: int) -> str:
        """A statement, of several lines when it is compound."""
        compound = depth > 0 and self.dice.random() < 0.4
        return self.filled(self.dice.choice(COMPOUND if compound else SIMPLE), depth - 1 if compound else 2)

    def block(self, depth: int, levels: int) -> str:
        """One to three statements on lines of their own, indented by four columns a level."""
        lines = "\n".join(self.statement(max(depth, 0)) for _ in range(self.dice.randint(1, 3))).split("\n")
        return "".join(f"\n{'    ' * levels}{line}" for line in lines)

    def program(self) -> str:
        """A module of a few statements below the usual imports."""
        header = "import functools\nimport keras\nimport tensorflow as tf\nfrom keras import layers\n"
        return header + "\n".join(self.statement(3) for _ in range(self.dice.randint(2, 8))) + "\n"


@pytest.mark.parametrize("seed", range(6))
def test_random_programs_give_a_report(seed: int) -> None:
    author = Author(f"author {seed}")
    for _ in range(40):
        lint(author.program().encode())


@pytest.mark.slow
def test_our_own_sources_give_reports_without_findings(root: Path) -> None:
    for path in sorted([*(root / "kerlint").rglob("*.py"), *(root / "bench").glob("*.py")]):
        report = lint(path.read_bytes(), str(path))
        assert report.problem is None
        assert report.findings == (), path
