"""A network that has shrunk its map to one cell goes on convolving it, or skips cells it never looks at.

With `padding="same"` nothing is refused: a 3x3 kernel on a 1x1 map multiplies by its middle and pads with zeros
for the rest, so that eight of nine weights never learn. Strides larger than the kernel leave cells out. A
`Dense` on a million flattened features has more weights than the rest of the network together.

Keras (all versions) is silent. An info: the model works, but not as its author thought.

Bad:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(16, 3, strides=4, padding="same", activation="relu"),  # KER307 info: strides of 4 skip cells
    layers.MaxPooling2D(8, padding="same"),
    layers.Conv2D(32, 3, padding="same", activation="relu"),  # KER307 info: 3x3 window on a 1x1 map
    layers.Flatten(),
    layers.Dense(10),
])
```

Good:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(10),
])
```

Good: what cannot be known, because the size of the images comes from elsewhere.

```python
from config import SIDE
from keras import Input, Sequential, layers

model = Sequential([Input((SIDE, SIDE, 3)), layers.MaxPooling2D(32), layers.Conv2D(8, 3, padding="same")])
```

How to fix: fewer strides and pools before it, 1x1 kernels behind it, global pooling in place of `Flatten`.

See: https://keras.io/api/layers/convolution_layers/convolution2d/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.keras_api.shapes import Shape
from kerlint.model.facts import Graph, Node, Operation, Program
from kerlint.probes import Holds, Probe, Property, Step

from ._examples_spatial_collapse import BAD, GOOD
from ._labels import by, label

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.CALL, (Holds(Property.WINDOW_WASTED),))

MOST_FEATURES = 2**20


def _spatial(operation: Operation, shape: Shape) -> Shape:
    return shape[2:] if operation.value("data_format") == "channels_first" else shape[1:-1]


def _extents(operation: Operation, *names: str) -> tuple[int, ...] | None:
    for name in names:
        value = operation.value(name)
        if isinstance(value, tuple) and all(isinstance(one, int) for one in value):
            return value
    return None


def _slides(operation: Operation) -> bool:
    """Whether it is a convolution or pool that walks over a map and does not enlarge it."""
    is_window = operation.has("conv", "pool") and not operation.has("global_pool", "adaptive_pool")
    return operation.kind == "layer" and is_window and not operation.has("conv_transpose")


def _is_single_cell(operation: Operation, shape: Shape | None) -> bool:
    return shape is not None and len(shape) > 2 and all(one == 1 for one in _spatial(operation, shape))


def _on_one_cell(graph: Graph, node: Node) -> Hit | None:
    """A larger window on a map of one cell that some layer before it has made."""
    operation = node.operation
    window, before = _extents(operation, "kernel_size", "pool_size"), graph.sole_producer(node)
    if (
        window is None
        or max(window) < 2
        or before is None
        or not _is_single_cell(operation, node.input_shape)
    ):
        return None
    place = operation.place or node.place
    maker = _maker(graph, node)
    if place is None or node.error is not None or maker is None:
        return None
    related = ((maker.place, "the map is one cell from here on"),) if maker.place is not None else ()
    cell = by((1,) * len(window))
    return Hit(
        place, f"{label(operation)}: {by(window)} window on a {cell} map sees padding alone", related=related
    )


def _maker(graph: Graph, node: Node) -> Node | None:
    """The convolution or pool that made the map one cell; None where it was so from the beginning."""
    above = graph.sole_producer(node)
    while above is not None:
        if _slides(above.operation) and not _is_single_cell(above.operation, above.input_shape):
            return above if above.input_shape is not None else None
        if above.operation.has("reshape", "global_pool"):
            return None
        above = graph.sole_producer(above)
    return None


def _skipping(node: Node) -> Hit | None:
    """Strides that jump over cells; a kernel of one with strides is a projection."""
    operation = node.operation
    kernel, strides = _extents(operation, "kernel_size"), _extents(operation, "strides")
    place = operation.place or node.place
    if kernel is None or strides is None or place is None or max(kernel) < 2 or len(kernel) != len(strides):
        return None
    if not any(step > width > 1 for width, step in zip(kernel, strides, strict=True)):
        return None
    return Hit(
        place,
        f"{label(operation)}: strides of {by(strides if len(set(strides)) > 1 else strides[:1])} skip cells under a {by(kernel)} kernel",
    )


def _flooded(graph: Graph, node: Node) -> Hit | None:
    """A dense layer on more features than anybody wants to multiply."""
    shape, before, place = node.input_shape, graph.sole_producer(node), node.operation.place or node.place
    if node.operation.cls != "Dense" or shape is None or before is None or before.operation.cls != "Flatten":
        return None
    features, weights = shape[-1], node.operation.params
    if not isinstance(features, int) or features <= MOST_FEATURES or place is None:
        return None
    count = f" ({weights:,} weights)" if isinstance(weights, int) else ""
    return Hit(
        place, f"{label(node.operation)} gets {features:,} flattened features{count}: pool the map first"
    )


@rule("KER307", Severity.INFO)
def check(program: Program) -> Iterator[Hit]:
    """Report windows on one cell, strides that skip, and huge flattened maps."""
    for model in program.models:
        for node in model.flat.nodes:
            hits = (_on_one_cell(model.flat, node), _skipping(node)) if _slides(node.operation) else ()
            yield from (hit for hit in (*hits, _flooded(model.flat, node)) if hit is not None)
