"""A learning rate is so large that the training diverges, or so small that nothing moves.

Adam and its kin scale every step to about the learning rate, whatever the gradient: from 0.1 on, weights jump
past every minimum. Plain gradient descent diverges above 1. Below 1e-7 a step is lost in the rounding of 32-bit
numbers.

Keras (all versions) is silent; the loss may become infinite or NaN, or stay where it began.

Bad:

```python
import keras
from keras.models import Sequential
from keras.layers import Dense

model = Sequential([Dense(16, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(
    loss='binary_crossentropy',
    optimizer=keras.optimizers.Adam(learning_rate=0.5),  # KER111 warning: 0.5 is large for Adam
)
```

Good:

```python
import keras
from keras.models import Sequential
from keras.layers import Dense

model = Sequential([Dense(16, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer=keras.optimizers.Adam(learning_rate=0.001))
```

Good: a linear regression with one layer, for which large steps are fine, a rate that a callback or a schedule
changes, and what cannot be known.

How to fix: begin with the default (0.001 for Adam, 0.01 for SGD).

See: https://keras.io/api/optimizers/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.call_sites import CallSite
from kerlint.model.compiles import Compiled
from kerlint.model.facts import Program
from kerlint.probes import Holds, Probe, Property, Step
from kerlint.source import Place

from ._compiles import related
from ._examples_learning_rate_suspicious import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.TRAIN,
    (
        Holds(Property.UNCHANGED_WEIGHTS),
        Holds(Property.WILD_STEP),
        Holds(Property.LOSS_NOT_FINITE),
    ),
)

SCALED = ("Adam", "AdamW", "Nadam", "Adamax", "RMSprop", "Lion")
"""Optimizers whose steps are about as large as the learning rate."""
LARGE, LARGE_PLAIN, SMALL = 0.1, 1.0, 1e-7
SCHEDULING = (
    "LearningRateScheduler",
    "learning_rate.assign",
    ".learning_rate =",
    ".lr =",
    "set_value(",
    "lr_find",
)
"""Words in programs that change the rate later."""
SEVERAL = 2


def _is_deep(compiled: Compiled) -> bool:
    """Whether there are several layers with weights: one of them alone is a linear regression."""
    weighted = [node for node in compiled.model.flat.nodes if node.operation.has("weighted")]
    return len(weighted) >= SEVERAL


def _verdict(name: str, rate: float) -> str | None:
    if rate < 0:
        return f"the learning rate {rate:g} of {name} is negative: it climbs instead of descending"
    if 0 < rate <= SMALL:
        return f"the learning rate {rate:g} is so small that {name} does not move the weights"
    if name in SCALED and rate >= LARGE:
        return f"the learning rate {rate:g} is large for {name}, whose steps are about that size"
    if name == "SGD" and rate > LARGE_PLAIN:
        return f"the learning rate {rate:g} is so large that SGD diverges"
    return None


def _place(site: CallSite) -> Place:
    for name in ("learning_rate", "lr"):
        argument = site.arguments.get(name)
        if argument is not None and argument.is_given and argument.place is not None:
            return argument.place
    return site.place


def _is_scheduled(site: CallSite) -> bool:
    text = site.place.statement.source.text
    return any(word in text for word in SCHEDULING)


def _hits(program: Program) -> Iterator[Hit]:
    for compiled in program.compiles:
        site, rate = compiled.optimizer_site, compiled.learning_rate
        if site is None or compiled.optimizer is None or not isinstance(rate, int | float):
            continue
        message = _verdict(compiled.optimizer.rpartition(".")[2], rate)
        if message is None or _is_scheduled(site) or not _is_deep(compiled):
            continue
        yield Hit(
            _place(site),
            message,
            Severity.WARNING,
            Confidence.LIKELY,
            related=related((compiled.site.place, f"`{compiled.model.label}` is compiled with it")),
        )


@rule("KER111", Severity.WARNING, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report learning rates far outside of what the optimizer can use."""
    yield from once(_hits(program))
