"""A recurrent layer gives its last step, or all of them, and what comes next wants the other.

`return_sequences=False`, the default, leaves one vector: the next `LSTM`, `Conv1D` or `TimeDistributed` has no
sequence to walk along. `return_sequences=True` on the last recurrent layer makes one prediction per step, where
the targets have one per sample. `return_state=True` gives several tensors, which a Sequential cannot pass on.

Keras (all versions) raises `ValueError: expected ndim=3, found ndim=2` when the layers are stacked. One
prediction too many is refused by the cross-entropies at `fit`; `mse` and `mae` broadcast the target over all
steps without a word, and the network learns to give it at every step.

Bad:

```python
import numpy as np
from keras import Sequential, layers

model = Sequential([
    layers.Input((10, 3)),
    layers.LSTM(32),  # KER601 error: LSTM gives its last step only, and LSTM wants a sequence
    layers.LSTM(16),
    layers.Dense(1),
])
model.compile("adam", "mse")
model.fit(np.zeros((100, 10, 3)), np.zeros((100, 1)))
```

Good:

```python
import numpy as np
from keras import Sequential, layers

model = Sequential([
    layers.Input((10, 3)),
    layers.LSTM(32, return_sequences=True),
    layers.LSTM(16),
    layers.Dense(1),
])
model.compile("adam", "mse")
model.fit(np.zeros((100, 10, 3)), np.zeros((100, 1)))
```

Good: what cannot be known, because the targets come from elsewhere.

```python
from data import x, y
from keras import Sequential, layers

model = Sequential([layers.Input((10, 3)), layers.LSTM(16, return_sequences=True), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y)
```

How to fix: `return_sequences=True` on every recurrent layer but the last; for one prediction per step give
targets with as many steps.

Fix safety: safe where the layers cannot be stacked otherwise; unsafe where the steps of the last layer are dropped.

See: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.keras_api.shapes import Shape
from kerlint.model.call_sites import Origin
from kerlint.model.compiles import Compiled, Pair
from kerlint.model.data_facts import ArrayFact
from kerlint.model.facts import Graph, Model, Node, Operation, Program
from kerlint.model.guards import is_guarded
from kerlint.probes import Holds, Probe, Property, Raises, Step
from kerlint.python.values import Unknown

from ._examples_return_sequences_mismatch import BAD, GOOD
from ._labels import label
from ._recurrent import gives_last_step, gives_sequence, last_recurrent, recurrent_argument, recurrent_value

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.TRAIN,
    (
        Raises("ndim", own=True),
        Raises("same shape", own=True),
        Raises("expects 1 input"),
        Raises("at least 3 dimensions", own=True),
        Holds(Property.SHAPE_DIFFERS),
    ),
)

WANTS_SEQUENCE = ("expected ndim=3, found ndim=2", "with at least 3 dimensions", "expected ndim=3, found 2")
WANTS_VECTOR = "expected ndim=2, found ndim=3"
STEPS_AXIS = 1


def _graphs(program: Program) -> Iterator[Graph]:
    yield from (model.flat for model in program.models)
    yield from program.fragments


def _set(operation: Operation, value: str) -> Suggestion | None:
    """A fix that writes `return_sequences`; None for what a wrapper holds."""
    argument, site = recurrent_argument(operation, "return_sequences"), operation.site
    if argument is None or site is None:
        return None
    if argument.origin is Origin.DEFAULT:
        edit = site.adding("return_sequences", value)
    else:
        edit = argument.place.replacing(value) if argument.place and argument.text else None
    is_needed = value == "True"
    return None if edit is None else Suggestion(f"return_sequences={value}", (edit,), safe=is_needed)


def _stacked(graph: Graph, node: Node) -> Hit | None:
    """A layer that wants a sequence after one that gives a vector, or the other way round."""
    error = node.error or ""
    giver = last_recurrent(graph, node)
    place = None if giver is None else giver.operation.place or giver.place
    if giver is None or place is None:
        return None
    related = ((node.place, "refused here: ValueError"),) if node.place is not None else ()
    giving, taking = label(giver.operation), label(node.operation)
    if any(words in error for words in WANTS_SEQUENCE) and gives_last_step(giver):
        message = f"{giving} gives its last step only, and {taking} wants a sequence: return_sequences=True is missing"
        return Hit(place, message, Severity.ERROR, related=related, fix=_set(giver.operation, "True"))
    if WANTS_VECTOR in error and gives_sequence(giver):
        message = f"{giving} gives a sequence, and {taking} wants one vector: drop return_sequences=True"
        return Hit(place, message, Severity.ERROR, related=related)
    return None


def _target(program: Program, model: Model) -> Shape | None:
    for training in program.trainings_of(model.identity):
        if training.trains and training.data is not None and isinstance(training.data.y, ArrayFact):
            return training.data.y.shape
    return None


def _has_no_steps(target: Shape, output: Shape) -> bool:
    """Whether a target certainly has one value a sample, and not one a step."""
    steps = output[STEPS_AXIS]
    if len(target) == 1:
        return True
    return len(target) == 2 and isinstance(target[1], int) and isinstance(steps, int) and target[1] != steps


def _last(program: Program, compiled: Compiled, pair: Pair) -> Hit | None:
    """All steps leave the model, which is trained on one target a sample."""
    output, tail = pair.head.output.shape, pair.head.tail
    if output is None or len(output) != 3 or not tail or len(compiled.pairs) != 1:
        return None
    graph = compiled.model.flat
    last = tail[-1]
    giver = last if last.operation.has("recurrent") else last_recurrent(graph, last)
    target = _target(program, compiled.model)
    if giver is None or target is None or not gives_sequence(giver) or not _has_no_steps(target, output):
        return None
    steps = output[STEPS_AXIS]
    if isinstance(steps, Unknown) or giver.operation.place is None:
        return None
    count = f"{steps} steps" if isinstance(steps, int) else "every step"
    silent = pair.loss is not None and pair.loss.word in ("mean_squared_error", "mean_absolute_error")
    end = "which is broadcast without a word" if silent else "which fit refuses"
    message = f"{label(giver.operation)} gives {count} to a target with one value a sample, {end}"
    argument = recurrent_argument(giver.operation, "return_sequences")
    place = argument.place if argument is not None and argument.place is not None else giver.operation.place
    return Hit(place, message, Severity.ERROR, fix=_set(giver.operation, "False"))


def _states(model: Model) -> Iterator[Hit]:
    """Several outputs in the middle of a Sequential."""
    for node in model.graph.nodes if model.kind == "sequential" and model.complete else ():
        place, operation = node.operation.place, node.operation
        gives_states = operation.has("recurrent") and recurrent_value(operation, "return_state") is True
        if gives_states and place is not None:
            yield Hit(place, f"{label(operation)} gives its states too, which a Sequential cannot pass on")


def _hits(program: Program) -> Iterator[Hit]:
    for graph in _graphs(program):
        for node in graph.nodes:
            hit = _stacked(graph, node) if node.error is not None and not node.repeated else None
            if hit is not None:
                yield hit
    for compiled in program.compiles:
        for pair in compiled.pairs if compiled.is_certain else ():
            hit = _last(program, compiled, pair)
            if hit is not None:
                yield hit
    for model in program.models:
        yield from _states(model)


@rule("KER601", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report recurrent layers that give steps where one is wanted, or one where steps are."""
    for hit in _hits(program):
        if not is_guarded(hit.place):
            yield hit
