"""A rectifier on the output cuts off what the loss needs.

A ReLU gives 0 for half of all inputs and no gradient there. Behind a cross-entropy its values are no
probabilities: they are clipped at 1 and the loss stays where it began. In a regression it can never give a
negative number, and one unlucky step leaves the unit at 0 for ever. In front of a sigmoid it leaves no
probability below one half.

Keras (all versions) is silent.

An error where a cross-entropy follows, a warning for regressions on dense layers, for scores that must not be
negative (`from_logits=True`) and for a rectifier right before a softmax. Capped ones and Poisson losses are
fine.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(16, input_dim=8, activation='relu'))
model.add(Dense(1, activation='relu'))  # KER203 error: are no probabilities
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(16, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
```

Good: what cannot be known, as an activation that comes out of a configuration.

How to fix: `sigmoid` or `softmax` for classes, no activation for numbers. Where targets cannot be negative,
`softplus` keeps a gradient everywhere.

See: https://keras.io/api/layers/activations/#relu-function
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.compiles import Compiled, Pair
from kerlint.model.facts import Program
from kerlint.model.heads import Applied, core
from kerlint.model.losses import PROBABILISTIC, REGRESSION, Loss
from kerlint.probes import CompiledAs, Holds, Probe, Property, Step

from ._compiles import (
    activation_place,
    confidence_of,
    is_adversarial,
    is_part,
    is_reconstruction,
    pairs,
    place_of,
    related,
    shown,
)
from ._examples_relu_on_output import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

RECTIFIERS = ("relu", "leaky_relu", "elu", "selu", "prelu", "relu6", "gelu", "silu", "mish")

PROBE = Probe(
    Step.COMPILE,
    (
        CompiledAs(losses=tuple(sorted(PROBABILISTIC)), heads=RECTIFIERS),
        CompiledAs(losses=tuple(sorted(REGRESSION)), heads=("relu",)),
        Holds(Property.BOUNDED_OUTPUT),
    ),
)

SQUASHING = ("softmax", "sigmoid")


def _verdict(program: Program, compiled: Compiled, pair: Pair, loss: Loss) -> tuple[str, Severity] | None:
    """What is wrong with a rectifier as the last activation, and how grave it is."""
    name = pair.head.activation
    if loss.wants_probabilities:
        return f"its values are no probabilities for {shown(loss)}", Severity.ERROR
    if loss.word in PROBABILISTIC and loss.from_logits is True and name == "relu":
        return f"scores for {shown(loss)} must be able to be negative", Severity.WARNING
    is_dense = pair.head.weights is not None and core(pair.head.weights.operation).has("dense")
    if loss.word not in REGRESSION or name != "relu" or not is_dense or pair.head.last is None:
        return None
    if is_adversarial(program, compiled.model) or is_reconstruction(program, compiled.model):
        return None
    return f"{shown(loss)} never sees a negative number and the unit can die at 0", Severity.WARNING


def _before_squashing(pair: Pair, loss: Loss | None) -> tuple[Applied, str] | None:
    """A plain ReLU on the last weights, right before the softmax or sigmoid."""
    applied = pair.head.applied or ()
    if len(applied) < 2 or applied[0].name not in SQUASHING or applied[1].name != "relu":
        return None
    last, squashing = pair.head.tail[0], applied[0].node
    between = pair.head.tail[1 : pair.head.tail.index(squashing)]
    inner = [node for node in between if node is not applied[1].node]
    is_direct = applied[1].node in pair.head.tail[:2] and not any(n.operation.has("pool") for n in inner)
    if not is_direct or last is not pair.head.weights:
        return None
    harm = "never fall below 0.5" if applied[0].name == "sigmoid" else "lose all negative scores"
    return applied[1], f"relu right before the {applied[0].name}: its outputs {harm}"


def _hits(program: Program) -> Iterator[Hit]:
    for compiled, pair in pairs(program):
        loss = pair.loss
        if is_part(program, compiled.model):
            continue
        confidence = confidence_of(compiled)
        where = related((place_of(compiled, "loss"), "the loss"))
        squashed = _before_squashing(pair, loss)
        if squashed is not None and (place := activation_place(squashed[0])) is not None:
            yield Hit(place, squashed[1], Severity.WARNING, confidence, where)
        if loss is None or pair.head.activation not in RECTIFIERS or not pair.head.applied:
            continue
        found = _verdict(program, compiled, pair, loss)
        place = activation_place(pair.head.applied[0])
        if found is not None and place is not None:
            yield Hit(place, f"{pair.head.activation} on the output: {found[0]}", found[1], confidence, where)


@rule("KER203", Severity.ERROR, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report rectifiers that are the last activation of a compiled model."""
    yield from once(_hits(program))
