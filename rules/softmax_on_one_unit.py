"""A softmax over one unit always outputs 1.

A softmax divides each exponential by their sum, and with one unit that is a number divided by itself. The
model predicts 1 for every sample, its gradient is zero, and the loss and the accuracy stay where they were
after the first batch: the accuracy is the share of the class 1.

Keras 3 says so in a `UserWarning`, which drowns in the output of the training; Keras 2 is silent.

Bad:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X, y = np.random.rand(100, 8), np.random.randint(0, 2, 100)
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='softmax'))  # KER202 error: always outputs 1
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X, y, epochs=10, batch_size=10)
```

Good:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X, y = np.random.rand(100, 8), np.random.randint(0, 2, 100)
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X, y, epochs=10, batch_size=10)
```

Good: a softmax over another axis, as attention over time has it. And what cannot be known: units that come
out of a configuration.

How to fix: `sigmoid` for two classes in one unit, one unit a class for more, no activation for a regression.

Fix safety: unsafe, for the model computes something else afterwards (it is its purpose). The fix writes
`sigmoid`.

See: https://keras.io/api/layers/activations/#softmax-function
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.keras_api.shapes import Dim
from kerlint.model.facts import Node, Operation, Program
from kerlint.model.heads import KEEPS_LAST_AXIS, Applied, activation_of, core, named_activation, width
from kerlint.probes import Holds, Probe, Property, Step, Warns

from ._compiles import activation_place, related, rewording
from ._examples_softmax_on_one_unit import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.CALL, (Holds(Property.CONSTANT_OUTPUT), Warns("This axis has size 1")))


def _is_handed_on(operation: Operation) -> bool:
    """Whether the units are a parameter's default: what a general function is called with is its caller's."""
    site = operation.site
    units = site.argument("units") or site.argument("filters") if site is not None else None
    return units is not None and any(
        parameter.name == units.text and parameter.default == units.value
        for parameter in (site.enclosing if site is not None else ())
    )


def _fused(program: Program) -> Iterator[Hit]:
    """Layers of one unit whose own activation is a softmax."""
    for operation in program.operations:
        made = core(operation)
        is_alone = operation.kind == "layer" and operation.has("dense", "conv") and width(operation) == 1
        if not is_alone or named_activation(made.value("activation")) != "softmax" or operation.place is None:
            continue
        if not _is_handed_on(operation):
            yield _hit(operation, made.cls, _fix(operation))


def _hit(operation: Operation, cls: str, fix: Suggestion | None) -> Hit:
    assert operation.place is not None
    message = f"softmax over the one unit of {cls} always outputs 1: nothing is learned"
    return Hit(operation.place, message, fix=fix)


def _fix(operation: Operation) -> Suggestion | None:
    argument = operation.site.argument("activation") if operation.site is not None else None
    return rewording(argument, "softmax", "sigmoid", title="write sigmoid")


def _extent(applied: Applied, source: Node | None) -> Dim:
    """The extent of the axis that a softmax runs over."""
    shape, axis = applied.node.output_shape, applied.axis
    if not isinstance(axis, int) or isinstance(axis, bool):
        return None
    if shape is not None and -len(shape) <= axis < len(shape) and len(shape) > 1:
        found = shape[axis]
        if isinstance(found, int) or axis != -1:
            return found
    return None if source is None or axis != -1 else width(source.operation)


def _separate(program: Program) -> Iterator[Hit]:
    """Softmax layers and operations behind one unit."""
    for graph in (*(model.flat for model in program.models), *program.fragments):
        for node in graph.nodes:
            applied = activation_of(node)
            if not isinstance(applied, Applied) or applied.name != "softmax":
                continue
            if core(node.operation).has("dense", "conv", "recurrent"):
                continue
            source = graph.sole_producer(node)
            while source is not None and source.operation.has(*KEEPS_LAST_AXIS):
                source = graph.sole_producer(source)
            place = activation_place(applied)
            if place is not None and _extent(applied, source) == 1:
                if source is not None and _is_handed_on(source.operation):
                    continue
                seen = "" if source is None else f" of {core(source.operation).cls}"
                message = f"softmax over the one unit{seen} always outputs 1: nothing is learned"
                where = source.operation.place if source is not None else None
                yield Hit(place, message, related=related((where, "one unit")), fix=_fix(node.operation))


@rule("KER202", Severity.ERROR, fixable=True, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report every softmax whose axis certainly has the extent one."""
    yield from once((*_fused(program), *_separate(program)))
