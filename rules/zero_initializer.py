"""A hidden layer begins with equal weights, and its units stay equal.

Units that begin with the same weights compute the same, get the same gradient and stay the same: the layer is
one unit, however many it has. Zeros under a ReLU are worse: its output and its gradient are 0 and nothing ever
moves.

Keras (all versions) is silent.

An error for zeros under a ReLU and where the next layer begins with equal weights too; a warning else, for a
random next layer breaks the symmetry slowly; an info where the program never trains the model, nor returns it from
the function that builds it: then the weights may be meant. Not reported: outputs (a logistic regression may begin at 0), the
last layer of a residual branch or a gate, fixed kernels, biases, scales, embeddings that are given as an array.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(16, input_dim=8, activation='relu', kernel_initializer='zeros'))  # KER502 error: begins with zeros
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', 'binary_crossentropy')
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(16, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid', kernel_initializer='zeros', bias_initializer='zeros'))
```

Good: what cannot be known, as an initializer that comes out of a configuration.

How to fix: leave the argument out. To make two models equal, copy the weights
(`b.set_weights(a.get_weights())`) or set a seed.

See: https://keras.io/api/layers/initializers/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.compiles import has_gaps
from kerlint.model.facts import Graph, Model, Node, Operation, Program
from kerlint.model.heads import Applied, activation_of, width
from kerlint.probes import Holds, Probe, Property, Step

from ._compiles import related
from ._examples_zero_initializer import BAD, GOOD
from ._initial_weights import given_equal, is_put_to_use
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.CALL, (Holds(Property.EQUAL_UNITS),))

PASSED = ("dropout_like", "noise", "identity", "batch_norm", "pool", "activation", "reshape", "padding")


def _next(graph: Graph, node: Node) -> Node | None:
    """The layer with weights that alone takes what this one gives; None for merges, outputs, code unseen."""
    current = graph.sole_consumer(node)
    while current is not None and current.operation.kind in ("layer", "operation"):
        if current.operation.has("weighted"):
            return None if current.operation.has("attention") or current.opaque_inputs else current
        if not current.operation.has(*PASSED):
            return None
        current = graph.sole_consumer(current)
    return None


def _units(operation: Operation) -> object:
    return operation.value("units") if operation.has("recurrent") else width(operation)


def _is_dead(graph: Graph, node: Node) -> bool:
    """Whether a ReLU stands right behind the weights."""
    own = activation_of(node)
    after = graph.sole_consumer(node)
    behind = activation_of(after) if own is None and after is not None else own
    return isinstance(behind, Applied) and behind.name in ("relu", "relu6")


def _hits(program: Program, model: Model) -> Iterator[Hit]:
    graph = model.flat
    for node in graph.nodes:
        found, after = given_equal(node.operation, program.target), _next(graph, node)
        if found is None or after is None or _units(node.operation) == 1 or node.operation.place is None:
            continue
        argument, words = found
        is_hopeless = given_equal(after.operation, program.target) is not None
        is_dead = words == "zeros" and _is_dead(graph, node)
        name = f"{node.operation.cls} of `{model.label}` begins with {words}"
        lasting = "its units stay equal" if is_hopeless else "its units begin as one"
        harm = "nothing ever moves under its relu" if is_dead else lasting
        severity = Severity.ERROR if is_dead or is_hopeless else Severity.WARNING
        yield Hit(
            argument.place or node.operation.place,
            f"the hidden {name}: {harm}",
            severity if is_put_to_use(program, model) else Severity.INFO,
            related=related((after.operation.place, "the next layer with weights")),
        )


@rule("KER502", Severity.ERROR, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report hidden layers whose weights begin equal."""
    yield from once(hit for model in program.models if not has_gaps(model) for hit in _hits(program, model))
