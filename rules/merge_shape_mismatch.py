"""Tensors whose shapes do not fit together are refused as soon as the layer is called.

`Add`, `Multiply`, `Concatenate`, `x + y` and the like want equal extents (or 1) on every axis but the one that
is joined. Skip connections break this most often: a map of 27 is halved to 13 and doubled to 26, or one of the
two branches has `padding="same"` and the other has not. `Reshape` wants as many values as it gets, grouped
convolutions whole groups, and units and filters are integers: `64 / 2` is a float.

Keras 3 raises `ValueError` at the call that puts the graph together (`TypeError` where a merging layer is given
its tensors one by one and not in a list).

Bad:

```python
import keras
from keras import layers

inputs = keras.Input((27, 27, 3))
down = layers.Conv2D(8, 3, strides=2, padding="same")(inputs)
up = layers.UpSampling2D(2)(down)
outputs = layers.Concatenate()([inputs, up])  # KER306 error: Concatenate gets (?, 27, 27, 3) and (?, 28, 28, 8)
model = keras.Model(inputs, outputs)
```

Good:

```python
import keras
from keras import layers

inputs = keras.Input((28, 28, 3))
down = layers.Conv2D(8, 3, strides=2, padding="same")(inputs)
up = layers.UpSampling2D(2)(down)
outputs = layers.Concatenate()([inputs, up])
model = keras.Model(inputs, outputs)
```

Good: what cannot be known, because the shapes come from elsewhere.

```python
import keras
from config import SHAPE
from keras import layers

inputs = keras.Input(SHAPE)
outputs = layers.Add()([inputs, layers.Conv2D(8, 3)(inputs)])
```

How to fix: give both branches the same padding and strides, sizes that can be halved as often as they are, a
1x1 convolution where only the channels differ; `//` where a size is computed.

Fix safety: safe; `64 // 2` is the integer that was meant. Only divisions of integers without rest are rewritten.

See: https://keras.io/api/layers/merging_layers/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.keras_api.shapes import Shape
from kerlint.model.call_sites import Argument, Origin
from kerlint.model.facts import Graph, Node, Program
from kerlint.model.guards import is_guarded
from kerlint.probes import Probe, Raises, Step

from ._examples_merge_shape_mismatch import BAD, GOOD
from ._labels import label, shown
from ._recurrent import last_recurrent

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.BUILD,
    (
        Raises("shape", own=True),
        Raises("incompatible", own=True),
        Raises("groups"),
        Raises("integer"),
        Raises("invalid dimension"),
        Raises("not supported in conjunction"),
        Raises("positional argument", own=True),
    ),
)

MERGES = (
    "Inputs have incompatible shapes",
    "requires inputs with matching shapes",
    "Cannot broadcast shape",
    "Incompatible input shapes: axis values",
)
RESHAPES = "The total size of the tensor must be unchanged"
RANKS = re.compile(r"expected ndim=(\d), found ndim=(\d)")
SPOKEN = (
    "evenly divisible by the number of groups",
    "Number of groups (",
    "not supported in conjunction with",
    "too many positional arguments",
)
"""Refusals whose own words say all there is to say."""
SIZES = ("units", "filters", "input_dim", "output_dim", "projection_dim", "key_dim")
DIVISION = re.compile(r"[\w.]+(?:\s*[*+-]\s*[\w.]+)*\s*/\s*[\w.]+")
MOST_WORDS = 100


def _merge(node: Node) -> str:
    shapes = [tensor.shape for tensor in node.inputs if tensor.shape is not None]
    different = list(dict.fromkeys(shapes))[:2]
    seen = " and ".join(_batch_left_out(shape) for shape in different)
    name = {"add": "`+`", "subtract": "`-`", "multiply": "`*`", "matmul": "`@`"}.get(
        node.operation.cls.rpartition(".")[2], node.operation.cls.rpartition(".")[2]
    )
    what = label(node.operation) if node.operation.is_layer else name
    why = _by_one(different)
    return f"{what} gets {seen}, which do not fit: Keras raises ValueError{why}"


def _batch_left_out(shape: Shape) -> str:
    return shown(shape).replace("None", "?")


def _by_one(shapes: list[Shape]) -> str:
    """The mark of an odd size that was halved and doubled, or of a lost border."""
    if len(shapes) != 2 or len(shapes[0]) != len(shapes[1]) or len(shapes[0]) < 3:
        return ""
    gaps = {
        abs(a - b)
        for a, b in zip(shapes[0][1:-1], shapes[1][1:-1], strict=True)
        if isinstance(a, int) and isinstance(b, int) and a != b
    }
    return "; an odd size was halved and doubled" if gaps == {1} else ""


def _reshape(node: Node) -> str | None:
    shape, target = node.input_shape, node.operation.value("target_shape")
    if shape is None or not isinstance(target, tuple):
        return None
    return f"{label(node.operation)}: {shown(target)} cannot hold the values of {shown(shape[1:])}"


def _rank(graph: Graph, node: Node) -> str | None:
    """A layer inside the graph that is given too few or too many axes; after a recurrent one see KER601."""
    found, before = RANKS.search(node.error or ""), graph.sole_producer(node)
    if found is None or before is None or not before.inputs or last_recurrent(graph, node) is not None:
        return None
    if before.operation.kind != "layer":
        return None
    shape = node.input_shape
    seen = "" if shape is None else f" {shown(shape)}"
    name = label(before.operation)
    return f"{label(node.operation)} wants {found[1]} axes, and {name} gives {found[2]}:{seen}"


def _message(graph: Graph, node: Node) -> str | None:
    error = node.error or ""
    if any(words in error for words in MERGES):
        return _merge(node)
    return _reshape(node) if error.startswith(RESHAPES) else _rank(graph, node)


def _is_certain(node: Node) -> bool:
    """Whether Keras refuses the node, whatever a loop of unknown length does before."""
    return node.error is not None and not node.opaque_inputs and not node.repeated


def _nodes(program: Program) -> Iterator[Hit]:
    for graph in (*(model.flat for model in program.models), *program.fragments):
        for node in graph.nodes:
            message = _message(graph, node) if _is_certain(node) else None
            if message is not None and node.place is not None:
                related = [
                    (one.place, f"gives {shown(one.output_shape)}")
                    for one in graph.producers(node)
                    if one.place is not None and one.output_shape is not None
                ]
                yield Hit(node.place, message, related=tuple(related[:2]))


def _spoken(program: Program) -> Iterator[Hit]:
    for place, words in program.refusals:
        if any(known in words for known in SPOKEN):
            first = words.partition(". ")[0].rstrip(".")
            text = first if len(first) <= MOST_WORDS else first[:MOST_WORDS].rpartition(" ")[0]
            yield Hit(place, f"Keras refuses this call: {text[:1].lower()}{text[1:]}")


def _whole(argument: Argument) -> Suggestion | None:
    text, place = argument.text, argument.place
    if text is None or place is None or not DIVISION.fullmatch(text):
        return None
    edit = place.replacing(re.sub(r"\s*/\s*", " // ", text))
    return Suggestion("divide with //", (edit,), safe=True)


def _floats(program: Program) -> Iterator[Hit]:
    """Sizes that are floats: `Dense(n / 2)`."""
    for site in program.calls if program.target == "keras3" else ():
        if not site.symbol.startswith("keras.layers."):
            continue
        for name in SIZES:
            argument = site.argument(name)
            if argument is None or not isinstance(argument.value, float):
                continue
            seen = (
                ""
                if argument.text is None or argument.origin is not Origin.WRITTEN
                else f" ({argument.text})"
            )
            cure = "; divide with //" if "/" in seen else ""
            layer = site.symbol.rpartition(".")[2]
            message = (
                f"{name} of {layer} is the float {argument.value}{seen[:40]}: Keras 3 raises ValueError{cure}"
            )
            fix = _whole(argument) if argument.value.is_integer() else None
            yield Hit(argument.place or site.place, message, fix=fix)


@rule("KER306", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report calls that Keras refuses because of the shapes they are given."""
    for hit in (*_nodes(program), *_spoken(program), *_floats(program)):
        if not is_guarded(hit.place):
            yield hit
