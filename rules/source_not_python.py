# ruff: noqa: RUF001, RUF002 (typographic quotes and dashes are what this rule is about)
"""Code that is not Python stops at its first line, before any model is built.

Code copied from a blog, a PDF, a chat or a notebook export often arrives damaged: quotes and minus signs
turned into typographic ones, indentation lost, prompts (`>>>`), notebook magics (`%matplotlib inline`) and
shell commands (`!pip install keras`) left in, or it was written for Python 2.

Python refuses the whole file with a SyntaxError. kerlint names the likely cause at the broken statement and
goes on with the others, so that one broken line does not hide the findings around it. Statements that are
nested so deeply that parsing them would crash the parser are reported here too, and left out.

Bad:

```python
from keras import Sequential, layers

model = Sequential([layers.Input((3,)), layers.Dense(1)])
model.compile(optimizer=‘adam’, loss=‘mse’)  # KER001 error: typographic quotes
```

Good:

```python
from keras import Sequential, layers

model = Sequential([layers.Input((3,)), layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
```

Good: odd characters inside of plain strings and comments are nobody's business.

```python
from keras import Sequential, layers

# “Attention” – the section’s title
model = Sequential([layers.Input((3,)), layers.Dense(1)], name="small")
print("it’s built — really")
```

How to fix: write plain quotes and minus signs; restore the indentation; run notebook code as a notebook
(`.ipynb` files are read with their magics); port Python 2 code.

Fix safety: safe. The fix replaces typographic quotes and dashes outside of strings and comments, where the
statement is Python afterwards.

See: https://docs.python.org/3/reference/lexical_analysis.html
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.facts import Program
from kerlint.places import SourceEdit
from kerlint.probes import Unconfirmable

if TYPE_CHECKING:
    from kerlint.source import SyntaxProblem

QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
}
SIGNS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00a0\u2009\u202f\u3000", " "),
}
"""What word processors and web pages write, and what was meant."""

TOKEN = re.compile(
    r"#[^\n]*"
    r"|'{3}.*?'{3}|\"{3}.*?\"{3}"
    r"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\""
    rf"|[{''.join((*QUOTES, *SIGNS))}]",
    re.DOTALL,
)
"""A comment, a string, or one character that may have to be replaced."""

PROBE = Unconfirmable("what does not parse cannot be built")

BAD = {
    "typographic single quotes": """
from keras import Sequential, layers

model = Sequential([layers.Input((4,)), layers.Dense(10, activation=’softmax’)])  # KER001 error: typographic quotes
model.compile("adam", "mse")
""",
    "typographic double quotes": """
from keras import layers

head = layers.Dense(10, name=“head”)  # KER001 error: typographic quotes
body = layers.Dense(64, name="it is plain here")
""",
    "a dash for a minus, deep in a function": """
import tensorflow as tf


def stable_softmax(x):
    # the largest logit — subtracted from all
    shifted = x — tf.reduce_max(x, axis=1, keepdims=True)  # KER001 error: where a minus should be
    return tf.exp(shifted) / tf.reduce_sum(tf.exp(shifted), axis=1, keepdims=True)
""",
    "lost indentation": """
from keras import Model, layers


class Net(Model):  # KER001 error: the indentation was lost
def __init__(self):  # KER001 error: the indentation was lost
super().__init__()
self.head = layers.Dense(1)
""",
    "magics and shell commands in a Python file": """
%matplotlib inline
# ^ KER001 error: an IPython magic or shell command outside a notebook
!pip install keras
# ^ KER001 error: an IPython magic or shell command outside a notebook
import keras
""",
    "prompts of the Python shell": """
>>> from keras import layers
# ^ KER001 error: a prompt of the Python shell
>>> layers.Dense(1)
# ^ KER001 error: a prompt of the Python shell
""",
    "Python 2": """
from keras.models import Sequential

model = Sequential()
print model.summary()  # KER001 error: Python 2
""",
    "a bracket that is never closed": """
from keras import Sequential, layers

model = Sequential([  # KER001 error: a closing bracket is missing
    layers.Input((4,)),
    layers.Dense(1),
model.compile("adam", "mse")
""",
    "a merge conflict": """
from keras import layers

<<<<<<< HEAD
# ^ KER001 error: a merge conflict
units = 32
=======
units = 64
>>>>>>> wider
hidden = layers.Dense(units)
""",
    "a space that does not break": """
from keras import layers

hidden = layers.Dense(32)  # KER001 error: a non-breaking or invisible space
""",
}

GOOD = {
    "plain quotes and a minus": """
import tensorflow as tf
from keras import layers

head = layers.Dense(10, activation='softmax', name="head")
shifted = tf.zeros(3) - tf.reduce_max(tf.zeros(3))
""",
    "odd characters in strings and comments": """
from keras import layers

# the author’s “best” guess – 10 classes
head = layers.Dense(10, name="head")
print('“quoted” — and it’s fine', f"é {head.name}")
""",
    "indented by tabs throughout": """
from keras import Model, layers


class Net(Model):
\tdef __init__(self):
\t\tsuper().__init__()
\t\tself.head = layers.Dense(1)
""",
    "names in other alphabets": """
from keras import layers

größe = 10
слой = layers.Dense(größe)
""",
    "await at the top level, as notebooks allow": """
import asyncio

import keras

await asyncio.sleep(0)
print(keras.__version__)
""",
    "cannot know: a program that is made later is not read": """
import keras

exec("model = keras.Sequential(")
""",
}


def _message(problem: SyntaxProblem) -> str:
    if problem.kind != "syntax":
        return f"{problem.message}; the statement is left out"
    words = re.sub(r" on line \d+$|(?<=') \(U\+[0-9A-F]+\)$", "", problem.message)
    return f"not Python: {words}" if problem.cause is None else f"not Python ({words}): {problem.cause}"


def _is_python(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<statement>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _mended(text: str) -> str:
    """The text with plain characters for odd ones, each of one width; strings and comments are kept.

    Signs come second, for a quote that was mended may have made a string around them.
    """
    for plain in (QUOTES, SIGNS):
        text = TOKEN.sub(partial(_replace, plain), text)
    return text


def _replace(plain: Mapping[str, str], match: re.Match[str]) -> str:
    return plain.get(match[0], match[0])


def _fix(problem: SyntaxProblem) -> Suggestion | None:
    """Replace odd characters outside of strings and comments, if that makes the statement Python."""
    statement = problem.place.statement
    mended = _mended(statement.text)
    if problem.kind != "syntax" or mended == statement.text or not _is_python(mended):
        return None
    pairs = enumerate(zip(statement.text, mended, strict=True), start=statement.start)
    replaced = tuple((offset, offset + 1, new) for offset, (old, new) in pairs if old != new)
    edit = SourceEdit(statement.source, replaced)
    return Suggestion("write plain quotes, minus signs and spaces", (edit,), safe=True)


@rule("KER001", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report each statement that is not Python, or that cannot be read."""
    for problem in program.syntax_problems:
        severity = Severity.WARNING if problem.kind == "unread" else Severity.ERROR
        yield Hit(problem.place, _message(problem), severity, fix=_fix(problem))
