"""Two models that are one network written in two styles differ in a few arguments.

Whoever asks why "the same" network trains better as a `Sequential` than with the functional API has, nearly
always, not written the same network: one convolution pads and the other does not, an activation is only in one
of them, a dropout rate was typed anew. The layers' order and widths are the same, so that the difference
hides; often even the number of parameters is equal.

Keras (all versions) is silent: both are models.

Bad:

```python
import numpy as np
from keras import Input, Model, Sequential, layers

x, y = np.zeros((8, 28, 28, 1)), np.zeros((8, 1))
stack = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(1),
])
inputs = Input((28, 28, 1))
h = layers.Conv2D(8, 3, activation="relu")(inputs)
h = layers.Conv2D(16, 3)(h)  # KER150 info: activation of Conv2D 'relu' against 'linear'
graph = Model(inputs, layers.Dense(1)(layers.Flatten()(h)))
for model in (stack, graph):
    model.compile("adam", "mse")
stack.fit(x, y, verbose=0)
graph.fit(x, y, verbose=0)
```

Good:

```python
import numpy as np
from keras import Input, Model, Sequential, layers

x, y = np.zeros((8, 28, 28, 1)), np.zeros((8, 1))
stack = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(1),
])
inputs = Input((28, 28, 1))
h = layers.Conv2D(8, 3, activation="relu")(inputs)
h = layers.ReLU()(layers.Conv2D(16, 3)(h))
graph = Model(inputs, layers.Dense(1)(layers.Flatten()(h)))
for model in (stack, graph):
    model.compile("adam", "mse")
stack.fit(x, y, verbose=0)
graph.fit(x, y, verbose=0)
```

Twins are two trained models of different style (a `Sequential`, a functional model, a class, a class around a
`Sequential`) with the same layers with weights, of the same widths, in the same order. kerlint is silent on
models of one style, which are rather variants that somebody compares, and where something is not known.

How to fix: `kerlint diff FILE:MODEL FILE:MODEL` shows both side by side, and what to write to make them equal.

See: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.facts import Model, Program, exclude_each_other
from kerlint.probes import Unconfirmable

from ._examples_twin_models_diverge import BAD, GOOD

if TYPE_CHECKING:
    from kerlint.diff.compare import Comparison, Difference

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Unconfirmable("whether two models are meant to be the same is for people to say")

WEIGHTED = ("conv", "dense", "recurrent", "embedding", "attention")
FEWEST = 3
"""Layers with weights that make a coincidence unlikely."""
MOST_DIFFERENCES = 4
"""Kinds of difference above which two models are two models."""
MOST_WORDS = 2
"""Kinds of difference that the message names."""
WIDTHS = ("filters", "units", "output_dim", "num_heads")


def _style(model: Model) -> str:
    holds = any(layer.kind == "model" for layer in model.layers)
    return f"{model.kind}{' around models' if holds else ''}"


def _skeleton(model: Model) -> tuple[object, ...] | None:
    """Classes and widths of the layers with weights; None where a width is not known."""
    found: list[object] = []
    for node in model.flat.nodes:
        operation = node.operation
        if operation.kind in ("opaque", "custom", "model") or node.repeated:
            return None
        if operation.has(*WEIGHTED):
            widths = [operation.value(name) for name in WIDTHS if name in operation.config]
            if not all(isinstance(width, int) for width in widths):
                return None
            found.append((operation.cls, *widths))
    return tuple(found) if len(found) >= FEWEST else None


def _trained(program: Program) -> list[Model]:
    """The models that are trained, each once, that are known in full."""
    fitted = {event.model for event in program.trainings if event.trains}
    models = {model.identity: model for model in program.models if model.identity in fitted}
    forms = Counter(model.identity for model in program.models)
    return [
        model
        for model in models.values()
        if model.complete and model.traced and not model.repeated and forms[model.identity] == 1
    ]


def _twins(program: Program) -> Iterator[tuple[Model, Model]]:
    """Pairs of one skeleton and two styles."""
    known = [(model, _skeleton(model)) for model in _trained(program)]
    for (one, mine), (other, theirs) in combinations(known, 2):
        if mine is None or mine != theirs or _style(one) == _style(other):
            continue
        if not exclude_each_other(one.path, other.path):
            yield (one, other) if one.place.key <= other.place.key else (other, one)


def _causes(found: Comparison) -> list[Difference]:
    """The differences, if they are few, and certain; else none."""
    from kerlint.diff.result import words_of

    causes = [one for one in found.differences if one.changes_function]
    kinds = {words_of(one) for one in causes}
    is_certain = not found.open and not any(
        step.is_open for chain in (found.left, found.right) for step in chain.steps
    )
    return causes if is_certain and len(kinds) <= MOST_DIFFERENCES else []


def _told(causes: list[Difference], sides: tuple[str, str]) -> str:
    from kerlint.diff.result import words_of

    counted = Counter(words_of(one, sides) for one in causes)
    words = [f"{text} ({count} times)" if count > 1 else text for text, count in counted.items()]
    more = f" and {len(words) - MOST_WORDS} more" if len(words) > MOST_WORDS else ""
    return ", ".join(words[:MOST_WORDS]) + more


@rule("KER150", Severity.INFO)
def check(program: Program) -> Iterator[Hit]:
    """Report what parts two models that are one network in two styles."""
    for one, other in _twins(program):
        from kerlint.diff.compare import compare_models

        causes = _causes(compare_models(one, other))
        if not causes:
            continue
        words = _told(causes, (f"in `{one.label}`", f"in `{other.label}`"))
        step = causes[0].right or causes[0].left
        place = step.operation.place if step is not None else None
        partner = causes[0].left.operation.place if causes[0].left is not None else None
        yield Hit(
            place or other.place,
            f"`{other.label}` is not quite `{one.label}` in another style: {words}"[:160],
            confidence=Confidence.LIKELY,
            related=((partner or one.place, f"in `{one.label}`"),),
        )
