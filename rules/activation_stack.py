"""Two activations in a row do the work of one, or undo it.

A softmax of a softmax is nearly uniform, and the loss cannot fall; so is a softmax of sigmoids. A rectifier
behind a ReLU does nothing: its input is never negative. A softmax in a hidden layer makes its units share a
sum of 1, so that almost all information is lost before the next layer. And an activation given as a layer class
(`activation=LeakyReLU`) is no activation at all.

Keras is silent, but for the class, which raises when the layer is called. The same function twice is an info
where the second application changes nothing, and so are three or more hidden sigmoids or tanhs, whose gradients
vanish.

Bad:

```python
from keras.models import Sequential
from keras.layers import Activation, Dense

model = Sequential()
model.add(Dense(64, input_dim=20, activation='softmax'))  # KER206 warning: softmax in a hidden layer
model.add(Dense(10, activation='softmax'))
model.add(Activation('softmax'))  # KER206 error: softmax of a softmax
```

Good:

```python
from keras.models import Sequential
from keras.layers import Activation, Dense

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dense(10))
model.add(Activation('softmax'))
```

Good: attention, gates and mixtures, in which a softmax weighs something else, and what cannot be known.

How to fix: keep one activation. In hidden layers `relu`.

See: https://keras.io/api/layers/activations/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.keras_api import names
from kerlint.model.facts import Graph, Node, Program
from kerlint.model.heads import Applied, activation_of, core
from kerlint.probes import Holds, Probe, Property, Raises, Step
from kerlint.python.values import Symbol

from ._compiles import activation_place, related
from ._examples_activation_stack import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.CALL,
    (
        Holds(Property.SQUEEZED),
        Holds(Property.UNUSED),
        Raises("not allowed in Graph"),
        Raises("bool"),
        Raises("truth value"),
    ),
)

SQUASHING = ("softmax", "sigmoid")
IDEMPOTENT = ("relu", "relu6")
IDLE_AFTER_RELU = ("leaky_relu", "prelu", "elu")
SATURATING = ("sigmoid", "tanh", "hard_sigmoid")
PASSED = ("dropout_like", "noise", "identity")
MANY = 3


def _applied(node: Node) -> Applied | None:
    found = activation_of(node)
    return found if isinstance(found, Applied) and not node.opaque_inputs else None


def _previous(graph: Graph, node: Node) -> Applied | None:
    """The activation right before a separate activation, dropout aside."""
    current = graph.sole_producer(node)
    while current is not None and current.operation.kind == "layer" and current.operation.has(*PASSED):
        current = graph.sole_producer(current)
    if current is None or core(current.operation).has("recurrent"):
        return None
    return _applied(current)


def _judge(first: str, second: str) -> tuple[str, Severity] | None:
    """What is wrong with `second` right behind `first`."""
    if first == second == "softmax":
        return "softmax of a softmax is nearly uniform: the loss cannot fall", Severity.ERROR
    if first in SQUASHING and second in SQUASHING:
        return f"{second} of a {first}: probabilities are squeezed twice", Severity.WARNING
    if first == second and first in IDEMPOTENT:
        return f"{second} right behind a {first} changes nothing", Severity.INFO
    if first in IDEMPOTENT and second in IDLE_AFTER_RELU:
        return (
            f"{second} right behind a {first} changes nothing: its input is never negative",
            Severity.WARNING,
        )
    return None


def _pairs(graph: Graph) -> Iterator[Hit]:
    for node in graph.nodes:
        second = _applied(node)
        if second is None or core(node.operation).has("dense", "conv", "recurrent"):
            continue
        first = _previous(graph, node)
        found = None if first is None or first.axis != second.axis else _judge(first.name, second.name)
        place = activation_place(second)
        if first is not None and found is not None and place is not None:
            yield Hit(place, *found, related=related((activation_place(first), f"the first, {first.name}")))


def _hidden_softmax(graph: Graph) -> Iterator[Hit]:
    """A softmax over the features of a dense layer whose only use is the next layer with weights."""
    for node in graph.nodes:
        applied = _applied(node)
        if applied is None or applied.name != "softmax" or not _is_dense(graph, node):
            continue
        current = graph.sole_consumer(node)
        while (
            current is not None
            and current.operation.kind == "layer"
            and (current.operation.has(*PASSED, "batch_norm") or current.operation.cls == "Flatten")
        ):
            current = graph.sole_consumer(current)
        place = activation_place(applied)
        if current is None or place is None or current.operation.kind != "layer":
            continue
        if core(current.operation).cls == "Dense" and not current.opaque_inputs:
            message = "softmax in a hidden layer: its units share a sum of 1 before the next Dense"
            yield Hit(
                place, message, Severity.WARNING, related=related((current.operation.place, "the next"))
            )


def _is_dense(graph: Graph, node: Node) -> bool:
    if core(node.operation).cls == "Dense":
        return True
    before = graph.sole_producer(node)
    return before is not None and core(before.operation).cls == "Dense"


def _saturating(graph: Graph) -> Iterator[Hit]:
    """Chains of hidden dense layers that all saturate."""
    seen: set[int] = set()
    for node in graph.nodes:
        chain: list[Applied] = []
        current: Node | None = node
        while current is not None and current.index not in seen and (found := _fused(current)) is not None:
            seen.add(current.index)
            chain.append(found)
            current = graph.sole_consumer(current)
        hidden = chain if current is not None else chain[:-1]
        if len(hidden) >= MANY and (place := activation_place(hidden[0])) is not None:
            message = f"{len(hidden)} hidden layers of {hidden[0].name} in a row: gradients vanish"
            yield Hit(place, message, Severity.INFO)


def _fused(node: Node) -> Applied | None:
    found = _applied(node) if core(node.operation).cls == "Dense" else None
    return found if found is not None and found.name in SATURATING else None


def _classes(program: Program) -> Iterator[Hit]:
    """Layer classes given as activations."""
    for operation in program.operations:
        site = operation.site
        argument = site.argument("activation") if site is not None else None
        if operation.kind != "layer" or site is None or argument is None:
            continue
        value = argument.value
        if not isinstance(value, Symbol) or names.category(value.dotted, program.target) != "layer":
            continue
        if names.kind(value.dotted, program.target) == "class":
            message = (
                f"the activation is the class {value.name}, not an object of it: calling the layer raises"
            )
            yield Hit(argument.place or site.place, message)


@rule("KER206", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report activations behind activations, and those that are none."""
    graphs = (*(model.flat for model in program.models), *program.fragments)
    found = list(_classes(program))
    for graph in graphs:
        found += [*_pairs(graph), *_hidden_softmax(graph), *_saturating(graph)]
    yield from once(found)
