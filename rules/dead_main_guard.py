"""Code behind a test of `__name__` that can never hold does not run, and nobody is told.

`__name__` is `"__main__"` in the file that Python is started with, and the module's own name elsewhere. A slip
(`"__name__"`, `"main"`, `"__main_"`) makes a test that is false in every run: the script ends at once, without
an error, without a training. The same holds for work behind an `exit()` or a `return` of the same block.

Bad:

```python
from keras import Sequential, layers


def main():
    model = Sequential([layers.Input((4,)), layers.Dense(1)])
    model.compile("adam", "mse")


if __name__ == "__name__":  # KER003 error: `__name__` is never '__name__'
    main()
```

Good:

```python
from keras import Sequential, layers


def main():
    model = Sequential([layers.Input((4,)), layers.Dense(1)])
    model.compile("adam", "mse")


if __name__ == "__main__":
    main()
```

kerlint is silent about names that a module may really have: a test that compares with a word in which nobody
would see a misspelt `__main__` may mean an import on purpose.

How to fix: compare with `"__main__"`; put the work before the `exit()` or `return`.

Fix safety: unsafe. The fix writes `"__main__"`, and the code that never ran will run.

See: https://docs.python.org/3/library/__main__.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.facts import Program
from kerlint.model.script import Dead
from kerlint.probes import Unconfirmable

PROBE = Unconfirmable("what never runs leaves nothing to measure")

MISSPELT = re.compile(r"_*(?:name|main|mian|maine?|init|__?file)_*", re.IGNORECASE)
"""What is evidently meant to be `__main__`."""

BAD = {
    "only one pair of underscores, or none": """
import keras

if __name__ == "_main_":  # KER003 error: never '_main_'
    keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)]).summary()

if "main" == __name__:  # KER003 error: never 'main'
    keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)]).summary()
""",
    "two strings are compared": """
import keras


def train():
    keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)]).summary()


if "__name__" == "__main__":  # KER003 error: two different strings
    train()
""",
    "the script has left already": """
import sys
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
sys.exit(0)  # KER003 warning: nothing behind it runs
model.compile("adam", "mse")
""",
    "the function has returned already": """
from keras import Sequential, layers


def build():
    model = Sequential()
    model.add(layers.Dense(1, input_shape=(4,)))
    return model  # KER003 warning: nothing behind it runs
    model.compile(loss="mse", optimizer="adam")


build()
""",
}

GOOD = {
    "the usual guard": """
import keras

if __name__ == "__main__":
    keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)]).summary()
""",
    "a module's own name, on purpose": """
import keras

if __name__ == "plugins.dense":
    registered = keras.layers.Dense
""",
    "the other way round": """
import keras

if __name__ != "main":
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
""",
    "a return in a branch": """
from keras import Sequential, layers


def build(compiled):
    model = Sequential([layers.Input((4,)), layers.Dense(1)])
    if not compiled:
        return model
    model.compile(loss="mse", optimizer="adam")
    return model


build(True)
""",
    "an exit that depends on something": """
import sys
import keras

if len(sys.argv) > 3:
    sys.exit(1)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
""",
    "the exit at the end": """
import sys
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
sys.exit(0)
""",
    "a name that is only known at run time": """
import keras
from settings import ENTRY

if __name__ == ENTRY:
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
""",
}


def _guard(dead: Dead) -> Hit | None:
    if dead.literal is None:
        message = "two different strings are compared, not `__name__`: what is below never runs"
        return Hit(dead.place, message, Severity.ERROR)
    if not MISSPELT.fullmatch(dead.test):
        return None
    message = f"`__name__` is never {dead.test!r}: what is below never runs"
    quote = dead.literal.text[:1]
    edit = dead.literal.replacing(f"{quote}__main__{quote}" if quote in "'\"" else '"__main__"')
    return Hit(dead.place, message, fix=Suggestion("compare with '__main__'", (edit,), safe=False))


@rule("KER003", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report impossible tests of `__name__`, and work behind an exit or a return."""
    for dead in program.script.dead:
        if dead.reason == "name":
            hit = _guard(dead)
            if hit is not None:
                yield hit
        else:
            what = "exit" if dead.reason == "exit" else "`return`"
            yield Hit(
                dead.place, f"nothing behind it runs: the {what} comes before the work", Severity.WARNING
            )
