"""A categorical cross-entropy needs one unit a class under a softmax.

Over one unit it is always zero: Keras normalises the output to a sum of 1, so that the one class has the
probability 1, whatever was predicted. Nothing is learned. `sparse_categorical_crossentropy` over one unit
fails as soon as a label is not 0. Under a sigmoid the units do not compete; Keras divides them by their sum
inside the loss, and what `predict` gives is not what was trained.

Keras 3 warns of one unit with a `SyntaxWarning` (the loss is 0.0), and raises `InvalidArgumentError` for sparse
labels; Keras 2 is silent on the first. All versions are silent on the sigmoid.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='categorical_crossentropy', optimizer='adam')  # KER103 error: over one unit is always 0
```

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dense(10, activation='sigmoid'))
model.compile(loss='categorical_crossentropy', optimizer='adam')  # KER103 warning: sigmoid
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dense(10, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
```

Good: units and losses that cannot be known, and a loss of one's own with the same name.

How to fix: two classes in one unit are `binary_crossentropy` and `sigmoid`; classes that exclude one another
are one unit each and `softmax`; labels that do not are `binary_crossentropy` and `sigmoid`.

Fix safety: unsafe, for the model trains differently afterwards (it is its purpose). The fix writes
`binary_crossentropy` for one sigmoid unit.

See: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.compiles import Compiled, Pair
from kerlint.model.facts import Program
from kerlint.model.losses import CATEGORICAL, Loss
from kerlint.probes import CompiledAs, Holds, Probe, Property, Step

from ._compiles import confidence_of, head_name, head_place, pairs, place_of, related, rewording, shown
from ._examples_categorical_loss_wrong_head import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

INDEPENDENT = ("sigmoid", "hard_sigmoid", "tanh")
"""Activations under which units do not compete."""

PROBE = Probe(
    Step.COMPILE,
    (
        Holds(Property.LOSS_WITHOUT_GRADIENT),
        CompiledAs(losses=tuple(sorted(CATEGORICAL)), units=1),
        CompiledAs(losses=tuple(sorted(CATEGORICAL)), heads=INDEPENDENT, from_logits=False, several=True),
    ),
)


def _on_one_unit(compiled: Compiled, pair: Pair, loss: Loss) -> Hit:
    is_sparse = loss.word == "sparse_categorical_crossentropy"
    outcome = "fails for every label but 0" if is_sparse else "is always 0"
    argument = compiled.site.argument("loss")
    can_mend = pair.head.activation == "sigmoid" and isinstance(loss.written, str)
    return Hit(
        place_of(compiled, "loss"),
        f"{shown(loss)} over one unit {outcome}: `{compiled.model.label}` ends in {head_name(pair.head)}",
        related=related((head_place(pair.head), "the one unit")),
        fix=rewording(argument, str(loss.written), "binary_crossentropy", title="write binary_crossentropy")
        if can_mend
        else None,
    )


def _on_independent(compiled: Compiled, pair: Pair, loss: Loss) -> Hit:
    return Hit(
        place_of(compiled, "loss"),
        f"{shown(loss)} after a {pair.head.activation}: the classes of {head_name(pair.head)} do not compete",
        Severity.WARNING,
        confidence_of(compiled),
        related=related((head_place(pair.head), f"{pair.head.activation}, not softmax")),
    )


def _hits(program: Program) -> Iterator[Hit]:
    for compiled, pair in pairs(program):
        loss = pair.loss
        if loss is None or loss.word not in CATEGORICAL:
            continue
        if pair.head.units == 1:
            yield _on_one_unit(compiled, pair, loss)
        elif pair.head.activation in INDEPENDENT and loss.from_logits is False:
            yield _on_independent(compiled, pair, loss)


@rule("KER103", Severity.ERROR, fixable=True, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report categorical cross-entropies over one unit, or over units that do not compete."""
    yield from once(_hits(program))
