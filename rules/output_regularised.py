"""Something disturbs the output after its activation.

What comes out of a softmax or sigmoid is the prediction. A dropout behind it sets predictions to 0 and scales
the others up: the logarithm of 0 is in the loss, which is NaN after the first batches of a
`categorical_crossentropy`. A batch normalisation behind it moves probabilities out of the range from 0 to 1. A
dropout between the last dense layer and its activation removes classes at random.

Keras (all versions) is silent.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense, Dropout

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dense(10, activation='softmax'))
model.add(Dropout(0.5))  # KER504 error: Dropout after the softmax
model.compile(loss='categorical_crossentropy', optimizer='adam')
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense, Dropout

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dropout(0.5))
model.add(Dense(10, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
```

Good: what cannot be known, and blocks that end in a dropout but are part of a larger model.

How to fix: move it in front of the last layer with weights.

See: https://keras.io/api/layers/regularization_layers/dropout/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.compiles import Compiled
from kerlint.model.facts import Node, Program
from kerlint.model.heads import Applied, Head, activation_of, core
from kerlint.probes import Holds, Probe, Property, Step

from ._compiles import activation_place, confidence_of, is_part, pairs, related
from ._examples_output_regularised import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.CALL, (Holds(Property.OUTPUT_DISTURBED),))

PROBABLE = ("softmax", "sigmoid")
PASSED = ("dropout_like", "batch_norm", "reshape", "identity", "noise")


def _last_activation(head: Head) -> tuple[int, Applied] | None:
    """The softmax or sigmoid of a head, though other layers follow, with its position in the tail."""
    for index in range(len(head.tail) - 1, -1, -1):
        node = head.tail[index]
        found = activation_of(node)
        if isinstance(found, Applied):
            return (index, found) if found.name in PROBABLE else None
        if node.operation.kind != "layer" or not node.operation.has(*PASSED):
            return None
    return None


def _disturbs(node: Node) -> bool:
    return node.operation.kind == "layer" and node.operation.has("dropout_like", "batch_norm")


def _after(compiled: Compiled, head: Head, index: int, applied: Applied) -> Iterator[Hit]:
    """What stands behind the activation."""
    for node in head.tail[index + 1 :]:
        place = node.operation.place
        if not _disturbs(node) or place is None:
            continue
        harm = "predictions become 0" if node.operation.has("dropout_like") else "they leave the range 0 to 1"
        yield Hit(
            place,
            f"{node.operation.cls} after the {applied.name} of `{compiled.model.label}`: {harm}",
            confidence=confidence_of(compiled),
            related=related((activation_place(applied), applied.name)),
        )


def _before(compiled: Compiled, head: Head, index: int, applied: Applied) -> Iterator[Hit]:
    """A dropout between the last dense layer and a separate activation."""
    if head.weights is None or not core(head.weights.operation).has("dense"):
        return
    between = head.tail[1:index]
    if any(isinstance(activation_of(node), Applied) for node in (head.tail[0], *between)):
        return
    for node in between:
        if node.operation.kind == "layer" and node.operation.has("dropout_like") and node.operation.place:
            yield Hit(
                node.operation.place,
                f"{node.operation.cls} right before the {applied.name} of `{compiled.model.label}`: "
                "scores of classes are dropped",
                Severity.WARNING,
                related=related((activation_place(applied), applied.name)),
            )


def _hits(program: Program) -> Iterator[Hit]:
    for compiled, pair in pairs(program):
        found = _last_activation(pair.head)
        if found is not None and not is_part(program, compiled.model):
            yield from _after(compiled, pair.head, *found)
            yield from _before(compiled, pair.head, *found)


@rule("KER504", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report dropout and normalisation at the output of a compiled model."""
    yield from once(_hits(program))
