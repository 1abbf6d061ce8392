"""A dense layer on a feature map works on every position by itself, and what leaves it is still a map.

`Dense` multiplies the last axis only. Without `Flatten` or a global pooling before it, a classifier gives one
prediction per position, (None, 6, 6, 10) where (None, 10) was meant; with `Flatten` after it, the dense layers
before are 1x1 convolutions that never see the whole image.

Keras (all versions) builds both. At `fit` the cross-entropies raise `ValueError` when the targets have one
label an image; `mse` may broadcast them over the map and train on nonsense. `Flatten` after `Dense` is never
reported by anybody.

A warning, an error where the targets are seen to have one row an image. Maps as large as the input
(segmentation), enlarged ones and merged ones are left alone.

Bad:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Dense(10, activation="softmax"),  # KER304 warning: Dense gives (13, 13, 10) an image
])
model.compile("adam", "sparse_categorical_crossentropy")
```

Good:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
```

Good: what cannot be known, because a layer of unknown effect stands between.

```python
from blocks import head
from keras import Input, Sequential, layers

model = Sequential([Input((28, 28, 1)), layers.Conv2D(16, 3), head(), layers.Dense(10)])
model.compile("adam", "sparse_categorical_crossentropy")
```

How to fix: put `Flatten()` or `GlobalAveragePooling2D()` between the last feature map and the first `Dense`.

See: https://keras.io/api/layers/core_layers/dense/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.keras_api.shapes import UNKNOWN_DIM
from kerlint.model.compiles import Compiled
from kerlint.model.facts import Graph, Model, Node, Operation, Program
from kerlint.model.guards import is_guarded
from kerlint.model.losses import BINARY, CATEGORICAL, REGRESSION
from kerlint.probes import Holds, Probe, Property, Step

from ._examples_dense_on_feature_map import BAD, GOOD
from ._labels import label, shown
from ._targets import targets

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.CALL, (Holds(Property.MAP_LEFT),))

LOSSES = CATEGORICAL | BINARY | REGRESSION
ENLARGING = ("upsampling", "conv_transpose", "resizing")
BETWEEN = ("pool", "transparent", "activation", "norm", "dropout_like", "noise", "dense", "padding", "conv")
PASSED = ("transparent", "activation", "dropout_like", "dense")
NOT_SEEN_INTO = ("opaque", "custom", "operation", "model")
LEAST_RANK = 3
MAP_RANK = 4


def _is_on_map(node: Node) -> bool:
    shape = node.input_shape
    return node.operation.cls == "Dense" and shape is not None and len(shape) >= LEAST_RANK


def _is_backbone(node: Node) -> bool:
    """Whether a network of `keras.applications` gives the map."""
    shape, symbol = node.output_shape, node.operation.symbol or ""
    return symbol.startswith("keras.applications.") and shape is not None and len(shape) == MAP_RANK


def _way(graph: Graph, node: Node) -> list[Node] | None:
    """The nodes from the model's input to this one; None where the way branches or is not understood."""
    found: list[Node] = []
    above: Node | None = node
    while above is not None:
        if above.opaque_inputs or (above.operation.kind in NOT_SEEN_INTO and not _is_backbone(above)):
            return None
        found.append(above)
        if len(above.inputs) > 1:
            return None
        if not graph.producers(above):
            break
        above = graph.sole_producer(above)
        if above is None:
            return None
    return found[::-1]


def _last_conv(way: list[Node]) -> Node | None:
    """The convolution whose map comes to the last node; None where something made a vector of it."""
    for node in reversed(way[:-1]):
        if node.operation.has("conv") or _is_backbone(node):
            return node
        if not node.operation.has(*BETWEEN) or node.operation.has("global_pool", "reshape"):
            return None
    return None


def _shrank(way: list[Node]) -> bool:
    """Whether the map at the end is certainly smaller than the image at the beginning.

    Where the extents are not known (not: left free), a pool or strides on the way show it. A backbone always does.
    """
    if any(_is_backbone(node) for node in way):
        return True
    first = next((node for node in way if node.inputs), way[0])
    before, after = first.input_shape, way[-1].input_shape
    if after is not None and all(extent is UNKNOWN_DIM for extent in after[1:-1]):
        return any(_steps(node.operation) for node in way)
    if before is None or after is None or len(before) != len(after):
        return False
    pairs = list(zip(before[1:-1], after[1:-1], strict=True))
    return bool(pairs) and all(isinstance(a, int) and isinstance(b, int) and b < a for a, b in pairs)


def _steps(operation: Operation) -> bool:
    """Whether a layer certainly leaves out positions of its map."""
    strides = operation.value("strides")
    if strides is None and operation.has("pool"):
        strides = operation.value("pool_size")
    sizes = strides if isinstance(strides, tuple) else (strides,)
    return operation.has("pool", "conv") and all(isinstance(size, int) and size > 1 for size in sizes)


def _target_rank(program: Program, model: Model) -> int | None:
    """The number of axes of the targets that the model is fitted to."""
    ranks = (
        target.fact.rank
        for target in targets(program)
        if target.compiled.model is model and target.fed.event.trains
    )
    return next(ranks, None)


def _head(program: Program, compiled: Compiled) -> Iterator[Hit]:
    """A map leaves the model although it is trained on one label an image."""
    model = compiled.model
    for pair in compiled.pairs if compiled.is_certain else ():
        node, loss = pair.head.weights, pair.loss
        if node is None or loss is None or loss.word not in LOSSES or not _is_on_map(node):
            continue
        way = _way(model.flat, node)
        if way is None or any(one.operation.has(*ENLARGING) for one in way) or not _shrank(way):
            continue
        output, conv = node.output_shape, _last_conv(way)
        if conv is None or output is None or not model.flat.is_output(_end(model.flat, node)):
            continue
        rank = _target_rank(program, model)
        if rank == len(output):
            continue
        end, what = (
            ("", Severity.WARNING) if rank is None else (f", targets have {rank} axes", Severity.ERROR)
        )
        message = f"{label(node.operation)} gives {shown(output[1:])} an image{end}: no Flatten or pooling before it"
        related = ((conv.place, "the last feature map"),) if conv.place is not None else ()
        place = node.operation.place or node.place
        if place is not None:
            confidence = Confidence.CERTAIN if rank is not None else Confidence.LIKELY
            yield Hit(place, message, what, confidence, related=related)


def _end(graph: Graph, node: Node) -> Node:
    """The last of the nodes that only pass on what a node gives."""
    after = graph.sole_consumer(node)
    while after is not None and after.operation.has("transparent", "activation", "dropout_like"):
        node, after = after, graph.sole_consumer(after)
    return node


def _flattened_late(model: Model) -> Iterator[Hit]:
    """Dense layers on a map that is flattened only behind them."""
    for node in model.flat.nodes:
        if not _is_on_map(node):
            continue
        way = _way(model.flat, node)
        conv = _last_conv(way) if way is not None else None
        before = model.flat.sole_producer(node)
        is_first = before is None or before.operation.cls != "Dense"
        if (
            conv is None
            or not is_first
            or way is None
            or any(one.operation.cls == "Dense" for one in way[:-1])
        ):
            continue
        after = model.flat.sole_consumer(node)
        while after is not None and after.operation.cls != "Flatten" and after.operation.has(*PASSED):
            after = model.flat.sole_consumer(after)
        if after is None or after.operation.cls != "Flatten" or node.input_shape is None:
            continue
        place = node.operation.place or node.place
        if place is not None:
            message = (
                f"{label(node.operation)} works on each position of the {shown(node.input_shape[1:])} map alone: "
                "Flatten comes after it, not before"
            )
            related = ((after.place, "flattened here"),) if after.place is not None else ()
            yield Hit(place, message, confidence=Confidence.LIKELY, related=related)


@rule("KER304", Severity.WARNING, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report dense layers that are given the map of a convolution."""
    hits = [hit for compiled in program.compiles for hit in _head(program, compiled)]
    hits += [hit for model in program.models if model.connected for hit in _flattened_late(model)]
    for hit in hits:
        if not is_guarded(hit.place):
            yield hit
