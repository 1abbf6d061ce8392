"""One layer object stands in several places of a stack, so that these places share their weights.

`[Dense(8)] * 3` is three times the same layer, and so is an attribute that is called twice on the way through
`call`. There is one kernel where several were meant: the model has fewer parameters than it looks like, and
every place pulls at the same weights. A reused `BatchNormalization` mixes the statistics of two layers.

Keras 3.15 is silent: a Sequential takes the same object twice, and `count_params()` counts it once.

Sharing on purpose is left alone: a layer applied to different inputs (siamese networks), in a loop (recurrence,
weights tied over depth), or that is named after it (`shared_dense`).

Bad:

```python
from keras import Input, Sequential, layers

model = Sequential([Input((8,))] + [layers.Dense(8, activation="relu")] * 3)  # KER405 warning: Dense is 3 places
model.add(layers.Dense(1))
```

Good:

```python
from keras import Input, Sequential, layers

model = Sequential([Input((8,))] + [layers.Dense(8, activation="relu") for _ in range(3)])
model.add(layers.Dense(1))
```

How to fix: make a layer for every place, in a list by a comprehension.

See: https://github.com/keras-team/keras/issues/13872
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.facts import Graph, Model, Node, Operation, Program
from kerlint.probes import Holds, Probe, Property, Step

from ._examples_shared_layer_instance import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.BUILD, (Holds(Property.SHARED_OBJECT),))

MEANT = re.compile(r"shar|tied|tie_|siam|recurr|weight_?s?_?ty|common|universal", re.IGNORECASE)
"""Names that say that sharing is meant."""


def _keeps_weights(operation: Operation) -> bool:
    """Whether two places of it would have different weights or statistics."""
    own = operation.has("weighted") or operation.has("batch_norm") or operation.cls == "PReLU"
    return operation.kind == "layer" and own and not operation.has("embedding")


def _is_meant(operation: Operation) -> bool:
    name = operation.name if operation.site is not None and operation.site.argument("name") else None
    return any(MEANT.search(text) for text in (operation.variable, name) if text is not None)


def _stacked(model: Model) -> Iterator[tuple[Operation, int]]:
    """Layers that are more than one item of a Sequential."""
    for operation in {layer.identity: layer for layer in model.layers}.values():
        times = sum(layer is operation for layer in model.layers)
        if times > 1 and _keeps_weights(operation):
            yield operation, times


def _chained(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """Two calls of one layer in different rows, the second on what came of the first."""
    calls: dict[int, list[Node]] = {}
    for node in graph.nodes:
        if _keeps_weights(node.operation) and not node.repeated:
            calls.setdefault(node.operation.identity, []).append(node)
    for nodes in calls.values():
        places = {node.place.key for node in nodes if node.place is not None} if len(nodes) > 1 else ()
        if 1 < len(nodes) == len(places) and nodes[1] in graph.downstream(nodes[0]):
            yield nodes[0], nodes[1]


def _label(operation: Operation) -> str:
    known = operation.variable not in (None, operation.cls)
    return f"`{operation.variable}` ({operation.cls})" if known else operation.cls


def _in_sequential(model: Model) -> Iterator[Hit]:
    for operation, times in _stacked(model):
        if operation.place is not None and not _is_meant(operation) and not model.repeated:
            message = f"{_label(operation)} is {times} places of the stack, which share one set of weights"
            yield Hit(operation.place, message, related=((model.place, "the stack"),))


def _in_graph(model: Model) -> Iterator[Hit]:
    """Calls in the model's own graph: those inside a layer that is itself called twice are no news."""
    for first, second in _chained(model.graph):
        if second.place is None or first.place is None or _is_meant(second.operation):
            continue
        message = (
            f"{_label(second.operation)} is called twice in a row of layers: both places share its weights"
        )
        yield Hit(
            second.place, message, None, Confidence.LIKELY, related=((first.place, "called here first"),)
        )


@rule("KER405", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report layer objects with weights that stand in several places of a stack, once per place."""
    yield from once(
        hit
        for model in program.models
        for hit in (_in_sequential(model) if model.kind == "sequential" else _in_graph(model))
    )
