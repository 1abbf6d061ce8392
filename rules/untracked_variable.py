"""A `tf.Variable`, or a layer inside a plain object, is not tracked by Keras 3 and never trained by `fit`.

Keras 3 tracks `keras.Variable`s (`add_weight` makes them) and layers that are attributes, in lists, tuples,
dicts and sets too. A `tf.Variable` that is set on a layer or model is not among its weights: `fit` never
changes it, `save` forgets it. The same holds for layers that an object of a plain class keeps for a model.

Keras 3.15 is silent (a model without other weights warns "does not have any trainable weights"):
`trainable_weights` is empty, the variable is the same after `fit`. Keras 2 tracked `tf.Variable`s.

An info where the variable was made with `trainable=False` and is assigned: it is not saved with the model.

Bad:

```python
import tensorflow as tf
from keras import layers


class Scale(layers.Layer):
    def __init__(self):
        super().__init__()
        self.gain = tf.Variable(1.0)  # KER402 error: `gain` is a tf.Variable

    def call(self, inputs):
        return inputs * self.gain
```

Good:

```python
from keras import layers


class Scale(layers.Layer):
    def build(self, input_shape):
        self.gain = self.add_weight(shape=(), initializer="ones")

    def call(self, inputs):
        return inputs * self.gain
```

How to fix: make it with `self.add_weight(...)` or `keras.Variable(...)`; derive the class that holds layers from
`keras.Layer`.

See: https://keras.io/guides/migrating_to_keras_3/
https://github.com/keras-team/keras/issues/16797
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.acts import Act, Deed
from kerlint.model.facts import Model, Program
from kerlint.model.guards import around
from kerlint.model.user_class import UserClass
from kerlint.places import Place
from kerlint.probes import Holds, Probe, Property, Step

from ._examples_untracked_variable import BAD, GOOD
from ._labels import label
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.BUILD, (Holds(Property.MISSING_WEIGHTS),))

OWN_TRAINING = ("train_step", "trainable_variables", "trainable_weights", "weights", "variables")
"""Members with which a class may look after its variables itself."""
TAKES_CARE = re.compile(r"\b(?:trainable_variables|trainable_weights|_layers|_tracker|GradientTape)\b")
"""Words of a file that may hand such layers to the training itself."""
PLAIN_CLASS = re.compile(r"class\s+(\w+)\s*(?:\(\s*(?:object)?\s*\))?\s*:")


def _is_read(cls: UserClass, name: str) -> bool:
    """Whether a forward method reads the attribute."""
    reads = re.compile(rf"\bself\.{re.escape(name)}\b(?!\s*[-+*/]?=[^=])(?!\.assign)")
    forward = [method for each, method in cls.methods.items() if each not in ("__init__", "build")]
    return any(reads.search(method.whole.text) for method in forward)


def _is_assigned(cls: UserClass, name: str) -> bool:
    """Whether a method changes the variable; else it is a constant, which nobody misses in a file."""
    changes = re.compile(rf"\bself\.{re.escape(name)}\.assign")
    return any(changes.search(method.whole.text) for method in cls.methods.values())


def _is_made_anew(act: Act) -> bool:
    """Whether every call makes another variable: the rule layer-created-in-call speaks of that."""
    return act.method == "call" and not act.is_conditional


def _trainable(act: Act) -> bool | None:
    """Whether the variable was made to train; None where that is not known."""
    if act.site is None or not act.site.exact:
        return None
    given = act.site.arguments.get("trainable") or act.site.arguments.get("1")
    if given is None or given.value is None:
        return True
    return given.value if isinstance(given.value, bool) else None


def _hit(cls: UserClass, act: Act) -> Hit | None:
    trainable = _trainable(act)
    if trainable is None or not _is_read(cls, act.what):
        return None
    if trainable is False:
        if not _is_assigned(cls, act.what):
            return None
        return Hit(
            act.place,
            f"`{act.what}` is a tf.Variable, which Keras 3 does not track: `{cls.name}` is saved without it",
            Severity.INFO,
            Confidence.LIKELY,
        )
    return Hit(
        act.place,
        f"`{act.what}` is a tf.Variable, which Keras 3 does not track: fit never trains it, save forgets it",
    )


def _plain_class(place: Place) -> str | None:
    """The class around a construction, where it derives from nothing."""
    if place.node is None:
        return None
    for node in around(place.statement, place.node):
        if type(node).__name__ == "ClassDef":
            found = PLAIN_CLASS.match(place.statement.code(node).lstrip())
            return found[1] if found is not None else None
    return None


def _kept_elsewhere(program: Program, model: Model) -> Iterator[Hit]:
    """Layers with weights that `call` takes from an object of a plain class, and that the model does not list."""
    cls = program.class_of(model.identity)
    source = cls.place.statement.source.text if cls is not None else ""
    if cls is None or not model.complete or not model.traced or TAKES_CARE.search(source):
        return
    if any(cls.method(name) for name in OWN_TRAINING):
        return
    listed = {layer.identity for layer in model.layers}
    for node in model.graph.nodes:
        layer, place = node.operation, node.operation.place
        if layer.kind != "layer" or not layer.has("weighted") or layer.identity in listed or place is None:
            continue
        holder = _plain_class(place)
        if holder is not None:
            yield Hit(
                place,
                f"{label(layer)} is kept in `{holder}`, no class of Keras: "
                f"fit never trains it, `{cls.name}` is saved without it",
            )


@rule("KER402", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report variables and layers of layers and models that Keras 3 does not know of, once per place."""
    if program.target == "keras3":
        yield from once((*_variables(program), *_layers(program)))


def _layers(program: Program) -> Iterator[Hit]:
    for model in program.models:
        if model.kind == "subclassed":
            yield from _kept_elsewhere(program, model)


def _variables(program: Program) -> Iterator[Hit]:
    for act in program.acts:
        if act.kind is not Deed.STORE or act.operation is None or _is_made_anew(act):
            continue
        cls = program.class_of(act.operation.identity)
        if cls is None or any(cls.method(name) for name in OWN_TRAINING):
            continue
        hit = _hit(cls, act)
        if hit is not None:
            yield hit
