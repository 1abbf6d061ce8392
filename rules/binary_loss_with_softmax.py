"""A binary cross-entropy judges every class on its own, but the classes of a softmax exclude one another.

`binary_crossentropy` is the mean over the units of one yes-or-no question each. Behind a softmax the questions
are not independent: what counts is the one true class, and its weight is divided by the number of classes. The
loss looks small from the first batch on. The same holds for sigmoid units on one-hot targets: each sample
has one class, but nothing tells the model so.

Keras (all versions) is silent. Before Keras 2.2.5 even the accuracy was wrong (binary, and so near 1).

An info for two units, where the two losses differ by a factor only.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, activation='relu', input_dim=20))
model.add(Dense(10, activation='softmax'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])  # KER107 warning: 10 classes
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, activation='relu', input_dim=20))
model.add(Dense(10, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
```

Good: several labels a sample under sigmoids, and what cannot be known.

How to fix: `categorical_crossentropy` where classes exclude one another, `sigmoid` where they do not.

Fix safety: unsafe, for the model trains differently afterwards (it is its purpose). The fix writes
`categorical_crossentropy` after a softmax.

See: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.compiles import Compiled, Pair
from kerlint.model.facts import Program
from kerlint.model.heads import core
from kerlint.model.losses import Loss
from kerlint.probes import CompiledAs, Probe, Step

from ._compiles import head_name, head_place, is_one_hot, pairs, place_of, related, rewording, shown
from ._examples_binary_loss_with_softmax import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.COMPILE,
    (
        CompiledAs(losses=("binary_crossentropy",), heads=("softmax",), several=True),
        CompiledAs(losses=("binary_crossentropy",), heads=("sigmoid",), several=True, one_hot=True),
    ),
)

BINARY = "binary_crossentropy"
TWO = 2


def _fix(compiled: Compiled, pair: Pair, loss: Loss) -> Suggestion | None:
    if pair.head.activation != "softmax" or not isinstance(loss.written, str):
        return None
    new = "categorical_crossentropy"
    return rewording(compiled.site.argument("loss"), loss.written, new, title=f"write {new}")


def _hit(compiled: Compiled, pair: Pair, loss: Loss) -> Hit:
    units = pair.head.units
    classes = f"the {units} classes" if isinstance(units, int) else "classes"
    reason = "that exclude one another" if pair.head.activation == "softmax" else "of one-hot targets"
    return Hit(
        place_of(compiled, "loss"),
        f"{shown(loss)} judges each of {classes} {reason} on its own: {head_name(pair.head)}",
        Severity.INFO if units == TWO else Severity.WARNING,
        Confidence.CERTAIN if compiled.is_certain and isinstance(units, int) else Confidence.LIKELY,
        related=related((head_place(pair.head), f"{pair.head.activation} over {classes}")),
        fix=_fix(compiled, pair, loss),
    )


def _is_wrong(program: Program, pair: Pair) -> bool:
    """Whether each sample has one class of several."""
    head = pair.head
    if head.activation == "softmax":
        return head.units != 1
    is_dense = head.weights is not None and core(head.weights.operation).has("dense")
    several = isinstance(head.units, int) and head.units > 1
    return head.activation == "sigmoid" and is_dense and several and is_one_hot(program)


@rule("KER107", Severity.WARNING, fixable=True, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report binary cross-entropies over classes of which each sample has one."""
    yield from once(
        _hit(compiled, pair, pair.loss)
        for compiled, pair in pairs(program)
        if pair.loss is not None and pair.loss.word == BINARY and _is_wrong(program, pair)
    )
