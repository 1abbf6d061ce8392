"""A dense layer without an activation before the next dense layer adds no depth to the network.

A dense layer is an affine map, and an affine map of an affine map is one affine map: the two layers represent
no more than the second one alone could. Dropout, batch normalisation and flattening between them change
nothing about that. The usual cause is a forgotten `activation="relu"`: the default is none.

Keras (all versions) is silent.

Reported where the activation is omitted and the next layer with weights is dense too. Not where it may be
meant: a written `activation="linear"`, a bottleneck narrower than both neighbours (a factorised matrix, a linear
code), the end of an encoder, frozen layers, constant weights of a model that the program never trains.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=20))  # KER204 warning: no activation
model.add(Dense(32, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dense(32, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
```

Good: what cannot be known: an activation from elsewhere, code of one's own between the layers.

How to fix: give the layer an activation. Where it is linear on purpose, write `activation="linear"`.

Fix safety: unsafe, for the model computes something else afterwards. The fix writes `relu`.

See: https://keras.io/api/layers/core_layers/dense/ and https://arxiv.org/abs/2105.08095
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.compiles import has_gaps
from kerlint.model.facts import Graph, Model, Node, Operation, Program
from kerlint.model.heads import Core, core, named_activation, width
from kerlint.probes import Holds, Probe, Property, Step

from ._compiles import related
from ._examples_linear_dense_stack import BAD, GOOD
from ._initial_weights import given_equal, is_put_to_use
from ._learned import is_frozen, learned
from ._once import once
from ._parts import parts

if TYPE_CHECKING:
    from kerlint.places import Place

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.CALL, (Holds(Property.AFFINE),))


def _is_linear(made: Core) -> bool:
    return made.cls == "Dense" and named_activation(made.value("activation")) == "linear"


def _is_passed(node: Node) -> bool:
    """Whether a layer is affine and keeps features where they are."""
    operation = node.operation
    if operation.kind != "layer" or node.opaque_inputs:
        return False
    return operation.has("batch_norm", "dropout_like", "identity") or operation.cls == "Flatten"


def _next(graph: Graph, start: Node) -> Node | None:
    """The dense layer that follows with nothing but affine layers between; None where anything else comes."""
    current = graph.sole_consumer(start)
    while current is not None and _is_passed(current):
        current = graph.sole_consumer(current)
    is_dense = current is not None and not current.opaque_inputs and core(current.operation).cls == "Dense"
    return current if is_dense else None


def _is_omitted(operation: Operation) -> bool:
    """Whether nobody wrote an activation; what a wrapper holds is asked at its own construction."""
    return operation.site is not None and operation.site.is_omitted("activation")


def _is_bottleneck(start: Node, end: Node) -> bool:
    """Whether it is narrower than its input and than what follows: a factorised matrix, a linear code."""
    units, after = width(start.operation), width(end.operation)
    before = start.input_shape[-1] if start.input_shape else None
    if not isinstance(units, int):
        return start.operation.value("use_bias") is not True
    wider_before = not isinstance(before, int) or units < before
    return wider_before and isinstance(after, int) and units < after


def _is_fixed(program: Program, model: Model, *nodes: Node) -> bool:
    """Whether somebody gave both layers constant weights, for a model that only computes."""
    given = all(given_equal(node.operation, program.target) is not None for node in nodes)
    return given and not is_put_to_use(program, model)


def _ends(program: Program) -> frozenset[int]:
    """Identities of layers that end a model of its own: an embedding, a code, a score."""
    found = set()
    for model in parts(program):
        for node in model.flat.nodes:
            current: Node | None = node
            while current is not None and (current is node or _is_passed(current)):
                if model.flat.is_output(current):
                    found.add(node.operation.identity)
                current = model.flat.sole_consumer(current)
    return frozenset(found)


def _activated(program: Program) -> frozenset[Place]:
    """Where layers are constructed that are activated in some model: on another arm of an `if`, say."""
    return frozenset(
        node.operation.place
        for model in program.models
        for node in model.flat.nodes
        if node.operation.place is not None and core(node.operation).cls == "Dense"
        if not _is_linear(core(node.operation)) or _next(model.flat, node) is None
    )


def _fix(operation: Operation) -> Suggestion | None:
    edit = None if operation.site is None else operation.site.adding("activation", '"relu"')
    return None if edit is None else Suggestion('add activation="relu"', (edit,), safe=False)


def _hit(model: Model, start: Node, end: Node) -> Hit | None:
    operation = start.operation
    if operation.place is None:
        return None
    name = f"{operation.cls} `{operation.variable}`" if operation.variable else operation.cls
    return Hit(
        operation.place,
        f"{name} has no activation: it and the {core(end.operation).cls} after it collapse into one affine map",
        confidence=Confidence.CERTAIN if model.connected else Confidence.LIKELY,
        related=related((end.operation.place, "the next layer with weights")),
        fix=_fix(operation),
    )


def _candidates(program: Program) -> Iterator[tuple[Model, Node, Node]]:
    for model in program.models:
        for start in () if has_gaps(model) else model.flat.nodes:
            operation = start.operation
            if operation.kind != "layer" or not _is_linear(core(operation)) or operation.has("wrapper"):
                continue
            end = _next(model.flat, start)
            if end is None or not _is_omitted(operation):
                continue
            if not _is_bottleneck(start, end) and not _is_fixed(program, model, start, end):
                yield model, start, end


def _hits(program: Program) -> Iterator[Hit]:
    found = list(_candidates(program))
    trained = learned(program) if found else frozenset()
    found = [one for one in found if not is_frozen(one[1].operation, trained)]
    if found:
        ends, activated = _ends(program), _activated(program)
        for model, start, end in found:
            hit = None if start.operation.identity in ends else _hit(model, start, end)
            if hit is not None and hit.place not in activated:
                yield hit


@rule("KER204", Severity.WARNING, fixable=True, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report dense layers whose output reaches the next dense layer without a non-linearity."""
    yield from once(_hits(program))
