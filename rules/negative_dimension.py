"""A window that is larger than the map it slides over leaves nothing, and Keras refuses to build the layer.

Every convolution with `padding="valid"` takes kernel - 1 cells from a map and every pool divides it, so a deep
stack on a small image runs out of cells: the layer that is refused is seldom the one that is to blame. The
same happens when an image comes channels first, (1, 28, 28), to layers that expect its channels last.

Keras 3 raises `ValueError: Computed output size would be zero or negative` (Keras 2: `Negative dimension size
caused by subtracting 3 from 1`) when the layer is built: at once when the input shape is known, at the first
call otherwise. `keras.applications` models refuse inputs below their smallest size.

Bad:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(32, 5, activation="relu"),
    layers.MaxPooling2D(4),
    layers.Conv2D(64, 5, activation="relu"),
    layers.MaxPooling2D(4),  # KER303 error: window of 4x4 does not fit into the 2x2 map
    layers.Flatten(),
    layers.Dense(10),
])
```

Good:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(32, 5, padding="same", activation="relu"),
    layers.MaxPooling2D(4),
    layers.Conv2D(64, 5, padding="same", activation="relu"),
    layers.MaxPooling2D(4),
    layers.Flatten(),
    layers.Dense(10),
])
```

Good: what cannot be known, because the size of the images comes from elsewhere.

```python
import config
from keras import Input, Sequential, layers

model = Sequential([Input((config.SIDE, config.SIDE, 3)), layers.Conv2D(8, 11), layers.MaxPooling2D(8)])
```

How to fix: `padding="same"` keeps the size; or drop a pooling layer, or start from larger images.

See: https://keras.io/api/layers/convolution_layers/convolution2d/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.keras_api.shapes import Shape
from kerlint.model.call_sites import CallSite
from kerlint.model.facts import Graph, Node, Operation, Program
from kerlint.model.guards import is_guarded
from kerlint.probes import Probe, Raises, Step

from ._examples_negative_dimension import BAD, GOOD
from ._labels import by, label, shown

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.BUILD, (Raises("zero or negative"), Raises("smaller than the corresponding"), Raises("at least"))
)

WORDS = ("Computed output size would be zero or negative", "Values in `cropping` argument should be smaller")
FORMAT_SETTERS = ("set_image_data_format", "set_image_dim_ordering")
CHANNELS = (1, 3, 4)
SMALLEST = {"Inception": 75, "InceptionResNet": 75, "Xception": 71}
"""The least side of an input by family of `keras.applications` (their `min_size`); 32 for all others."""
USUAL_SMALLEST = 32
MOST_RELATED = 6


def _spatial(operation: Operation, shape: Shape) -> Shape:
    return shape[2:] if operation.value("data_format") == "channels_first" else shape[1:-1]


def _window(operation: Operation) -> tuple[int, ...] | None:
    """What has to fit into the map: the kernel with its dilation, or the pool."""
    size = operation.value("kernel_size") if operation.has("conv") else operation.value("pool_size")
    dilation = operation.value("dilation_rate")
    if not isinstance(size, tuple) or not all(isinstance(extent, int) for extent in size):
        return None
    if isinstance(dilation, tuple) and len(dilation) == len(size):
        size = tuple(rate * (extent - 1) + 1 for rate, extent in zip(dilation, size, strict=True))
    return size


def _way_back(graph: Graph, node: Node) -> Iterator[Node]:
    """The nodes that lead straight to this one, nearest first."""
    above = graph.sole_producer(node)
    while above is not None:
        yield above
        above = graph.sole_producer(above)


def _shrinking(graph: Graph, node: Node) -> list[Node]:
    """Nodes on the way that made the map smaller, first applied first."""
    found = []
    for above in _way_back(graph, node):
        before, after = above.input_shape, above.output_shape
        if before is None or after is None or len(before) != len(after):
            break
        pairs = zip(_spatial(above.operation, before), _spatial(above.operation, after), strict=True)
        if any(isinstance(a, int) and isinstance(b, int) and b < a for a, b in pairs):
            found.append(above)
    return found[::-1]


def _comes_channels_first(graph: Graph, node: Node) -> Shape | None:
    """The input of the model, if it looks like an image with its channels first."""
    first = next((above for above in reversed(list(_way_back(graph, node))) if above.inputs), node)
    shape = first.input_shape
    if shape is None or len(shape) != 4 or first.operation.value("data_format") == "channels_first":
        return None
    return shape if shape[1] in CHANNELS and shape[2] == shape[3] and shape[2] not in CHANNELS else None


def _complaint(operation: Operation, shape: Shape) -> str:
    window, extents = _window(operation), _spatial(operation, shape)
    if "Cropping" in operation.cls:
        return f"{label(operation)} crops more than the {by(extents)} map"
    if window is None:
        return f"{label(operation)}: the window inside does not fit into {shown(shape)}"
    return f"{label(operation)}: its window of {by(window)} does not fit into the {by(extents)} map"


def _because(shrinking: list[Node]) -> str:
    """Who made the map so small, if anybody did."""
    first = shrinking[0] if shrinking else None
    if first is None or first.input_shape is None:
        return ", and Keras raises ValueError"
    begun = by(_spatial(first.operation, first.input_shape))
    count = f"{len(shrinking)} layer{'s' * (len(shrinking) > 1)}"
    return f" ({count} before it shrank {begun}, first {label(first.operation)})"


def _hit(graph: Graph, node: Node) -> Hit | None:
    operation, shape = node.operation, node.input_shape
    if shape is None or node.place is None or not any(word in (node.error or "") for word in WORDS):
        return None
    message = _complaint(operation, shape)
    turned = _comes_channels_first(graph, node)
    if turned is not None:
        want = (*turned[2:], turned[1])
        return Hit(node.place, f"{message}: the input {turned[1:]} is read as channels last, give {want}")
    shrinking = _shrinking(graph, node)
    cure = "" if _window(operation) is None else "; padding='same' keeps the size"
    related = [
        (one.place, f"shrinks the map to {by(_spatial(one.operation, one.output_shape or ()))}")
        for one in shrinking
        if one.place is not None
    ]
    return Hit(node.place, f"{message}{_because(shrinking)}{cure}", related=tuple(related[:MOST_RELATED]))


def _smallest(name: str) -> int:
    family = max((known for known in SMALLEST if name.startswith(known)), key=len, default="")
    return SMALLEST.get(family, USUAL_SMALLEST)


def _too_small(site: CallSite) -> Hit | None:
    """An application with an input below its least size."""
    name, argument = site.symbol.rpartition(".")[2], site.argument("input_shape")
    shape = argument.value if argument is not None else None
    if argument is None or not isinstance(shape, tuple) or len(shape) != 3:
        return None
    sides, least = shape[:2], _smallest(name)
    if not all(isinstance(side, int) and not isinstance(side, bool) for side in sides):
        return None
    if min(sides) >= least or shape[0] in CHANNELS:
        return None
    message = f"{name} takes images of at least {least}x{least}, got {by(sides)}: Keras raises ValueError"
    return Hit(argument.place or site.place, message)


def _hits(program: Program) -> Iterator[Hit]:
    graphs = (*(model.flat for model in program.models), *program.fragments)
    for graph in graphs:
        for node in graph.nodes:
            hit = _hit(graph, node) if node.error and not node.repeated else None
            if hit is not None:
                yield hit
    for site in program.calls:
        if site.symbol.startswith("keras.applications.") and site.symbol.count(".") == 2:
            hit = _too_small(site)
            if hit is not None:
                yield hit


@rule("KER303", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report layers whose window does not fit into their input, once a place."""
    if any(site.symbol.endswith(FORMAT_SETTERS) for site in program.calls):
        return
    for hit in _hits(program):
        if not is_guarded(hit.place):
            yield hit
