"""A stateful recurrent layer keeps one state per sample of the batch, so the batch size must be fixed.

`stateful=True` carries the last states over to the next batch: sample i goes on where sample i was. Keras
makes the states when it builds the layer, and needs to know how many.

Keras 3 raises `ValueError: When using stateful=True in a RNN, the batch size must be static` when the layer is
built on an input without a batch size (Keras 2: `If a RNN is stateful, it needs to know its batch size`).
`fit` shuffles by default, which ties states to the wrong samples: reported as a warning.

Bad:

```python
from keras import Sequential, layers

model = Sequential([
    layers.Input((10, 3)),
    layers.LSTM(32, stateful=True),  # KER604 error: LSTM is stateful and its batch size is not known
    layers.Dense(1),
])
```

Good:

```python
from keras import Sequential, layers

model = Sequential([
    layers.Input(batch_shape=(16, 10, 3)),
    layers.LSTM(32, stateful=True),
    layers.Dense(1),
])
```

Good: what cannot be known, because the batch size comes from elsewhere.

```python
from config import BATCH
from keras import Sequential, layers

model = Sequential([layers.Input(batch_shape=(BATCH, 10, 3)), layers.LSTM(32, stateful=True)])
```

How to fix: `Input(batch_shape=(batch, steps, features))`, and `fit(..., batch_size=batch, shuffle=False)`.

See: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.data_facts import ArrayFact
from kerlint.model.facts import Graph, Model, Node, Program, Training
from kerlint.model.guards import is_guarded
from kerlint.probes import Holds, Probe, Property, Raises, Step

from ._examples_stateful_without_batch import BAD, GOOD
from ._labels import label
from ._recurrent import recurrent_value

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.COMPILE, (Raises("batch size", own=True), Holds(Property.STATES_MIXED)))


def _is_stateful(node: Node) -> bool:
    return node.operation.has("recurrent") and recurrent_value(node.operation, "stateful") is True


def _unsized(graph: Graph) -> Iterator[Hit]:
    for node in graph.nodes:
        shape, place = node.input_shape, node.operation.place or node.place
        site = node.operation.site
        is_told = site is not None and any(one.name.startswith("batch") for one in site.unexpected)
        if _is_stateful(node) and shape and shape[0] is None and place is not None and not is_told:
            message = f"{label(node.operation)} is stateful and its batch size is not known: give Input(batch_shape=...)"
            yield Hit(place, message)


def _batch(model: Model) -> int | None:
    """The fixed batch size of a model with stateful layers."""
    for node in model.flat.nodes:
        shape = node.input_shape
        if _is_stateful(node) and shape and isinstance(shape[0], int):
            return shape[0]
    return None


def _misfit(training: Training, batch: int) -> Hit | None:
    """A fit with other batches, or in another order, than the states are for."""
    site = training.site
    given, data = site.value("batch_size"), training.data
    is_array = data is not None and isinstance(data.x, ArrayFact)
    if not is_array or not site.exact:
        return None
    size = 32 if given is None else given
    argument = site.argument("batch_size")
    place = argument.place if argument is not None and argument.place is not None else site.place
    if isinstance(size, int) and size != batch:
        message = f"{training.kind} uses batches of {size}, the stateful layers keep states for {batch}"
        return Hit(place, message, Severity.ERROR)
    shuffle = site.argument("shuffle")
    if training.kind != "fit" or shuffle is None or shuffle.value is not True:
        return None
    message = "fit shuffles the samples, so that states go on in other samples: give shuffle=False"
    return Hit(shuffle.place or site.place, message, Severity.WARNING, Confidence.LIKELY)


@rule("KER604", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report stateful recurrent layers without a batch size, and fits that do not suit them."""
    hits = [hit for model in program.models for hit in _unsized(model.flat)]
    hits += [hit for graph in program.fragments for hit in _unsized(graph)]
    for model in program.models:
        batch = _batch(model)
        for training in program.trainings_of(model.identity) if batch is not None else ():
            hit = _misfit(training, batch) if batch and training.kind in ("fit", "evaluate") else None
            if hit is not None:
                hits.append(hit)
    for hit in hits:
        if not is_guarded(hit.place):
            yield hit
