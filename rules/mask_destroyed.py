"""A layer that knows nothing of masks loses the one that `mask_zero=True` made, and padding counts as data.

`Embedding(mask_zero=True)` and `Masking` mark the padded steps; recurrent layers, attention and
`GlobalAveragePooling1D` skip what is marked. `Flatten`, `Conv1D`, `MaxPooling1D`, `Permute`, `Reshape`, `Lambda`
and the like drop the mark before anybody used it, so that predictions depend on how much padding a sample has.

Keras 3 warns (`was passed an input with a mask attached to it. However, this layer does not support masking`)
and goes on; Keras 2 drops the mask silently, or raises `TypeError` in some layers.

Bad:

```python
from keras import Sequential, layers

model = Sequential([
    layers.Input((20,)),
    layers.Embedding(1000, 16, mask_zero=True),
    layers.Flatten(),  # KER603 warning: Flatten loses the mask of Embedding
    layers.Dense(1, activation="sigmoid"),
])
```

Good:

```python
from keras import Sequential, layers

model = Sequential([
    layers.Input((20,)),
    layers.Embedding(1000, 16, mask_zero=True),
    layers.GlobalAveragePooling1D(),
    layers.Dense(1, activation="sigmoid"),
])
```

Good: what cannot be known, because a layer of the user's may know what to do with the mask.

```python
from blocks import Pooling
from keras import Sequential, layers

model = Sequential([layers.Input((20,)), layers.Embedding(1000, 16, mask_zero=True), Pooling(), layers.Dense(1)])
```

How to fix: use the mask first (a recurrent layer, attention, average pooling), or do without `mask_zero`.

See: https://keras.io/guides/understanding_masking_and_padding/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.facts import Graph, Node, Program
from kerlint.model.guards import is_guarded
from kerlint.probes import Probe, Step, Warns

from ._examples_mask_destroyed import BAD, GOOD
from ._labels import label

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.BUILD, (Warns("does not support mask"),))

LOSING = frozenset(
    """
    Flatten Reshape Permute Lambda Conv1D SeparableConv1D DepthwiseConv1D Conv1DTranspose Conv2D
    MaxPooling1D AveragePooling1D GlobalMaxPooling1D Cropping1D ZeroPadding1D UpSampling1D
    """.split()  # noqa: SIM905
)
"""Layers that were seen to warn when a mask comes in."""
KEEPING = frozenset(
    """
    Dense BatchNormalization LayerNormalization Dropout SpatialDropout1D GaussianNoise GaussianDropout
    AlphaDropout Activation ReLU LeakyReLU PReLU ELU Softmax TimeDistributed Rescaling ActivityRegularization
    """.split()  # noqa: SIM905
)
"""Layers that hand the mask on without using it."""


def _makes_mask(node: Node) -> bool:
    operation = node.operation
    if operation.cls == "Embedding":
        return operation.value("mask_zero") is True
    return operation.cls == "Masking"


def _losers(graph: Graph, source: Node) -> Iterator[Node]:
    """The layers at which the mask is lost before anybody uses it."""
    front, seen = [source], [source]
    while front:
        for node in graph.consumers(front.pop(0)):
            if node in seen or node.operation.kind != "layer":
                continue
            seen.append(node)
            if node.operation.cls in LOSING:
                yield node
            elif node.operation.cls in KEEPING:
                front.append(node)


@rule("KER603", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report layers that lose a mask which nothing has used."""
    for graph in (model.graph for model in program.models):
        for source in (node for node in graph.nodes if _makes_mask(node)):
            for node in _losers(graph, source):
                place = node.operation.place or node.place
                if place is None or is_guarded(place):
                    continue
                made = source.operation.place or source.place
                related = ((made, "makes the mask"),) if made is not None else ()
                what = f"{label(node.operation)} loses the mask of {label(source.operation)}"
                yield Hit(
                    place, f"{what} before any layer has used it: padding counts as data", related=related
                )
