"""A layer that is made inside `call` is a new one at every call, with new weights that nobody trains.

`call` runs once for every graph that is traced and once for every batch in eager mode. State belongs into
`__init__` or `build`, where it is made once and tracked.

Keras 3.15 raises in `fit` and `predict`: "tf.function only supports singleton tf.Variables created on the
first call", also for `Dropout` alone, whose seed is a variable. Set as an attribute it is "You cannot add new
elements of state". In eager mode it is silent: the model has no such weights, and other ones at every call.
Layers without state (`Flatten`, `Activation`, pooling, merging) may be made in `call`; so may a layer that is
made under `if self.layer is None`.

Bad:

```python
from keras import Model, layers


class Net(Model):
    def __init__(self):
        super().__init__()
        self.head = layers.Dense(1)

    def call(self, x):
        x = layers.Dense(64, activation="relu")(x)  # KER403 error: Dense is made anew at every call
        return self.head(x)
```

Good:

```python
from keras import Model, layers


class Net(Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(64, activation="relu")
        self.head = layers.Dense(1)

    def call(self, x):
        x = layers.Flatten()(self.hidden(x))
        return self.head(x)
```

How to fix: make it in `__init__` (or `build`), keep it as an attribute and call the attribute.

See: https://keras.io/guides/making_new_layers_and_models_via_subclassing/
https://github.com/tensorflow/tensorflow/issues/48878
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.acts import Act, Deed
from kerlint.model.facts import Operation, Program
from kerlint.model.guards import around
from kerlint.probes import Holds, Probe, Property, Raises, Step

from ._examples_layer_created_in_call import BAD, GOOD
from ._labels import is_named_as_class
from ._modes import switches

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.TRAIN,
    (
        Raises("singleton tf.Variables"),
        Raises("add new elements of state"),
        Holds(Property.MISSING_WEIGHTS),
    ),
)

LAZY = re.compile(r"\bNone\b|hasattr|getattr|built|first|init|\bnot\b|\blen\(|==\s*0")
"""Words of a test that makes a layer at the first call alone."""
VARIABLES = {"tensorflow.Variable": "a tf.Variable", "add_weight": "a weight"}
STATELESS_NORM = "UnitNormalization"


def _has_state(program: Program, operation: Operation) -> bool:
    """Whether a layer surely keeps variables: weights, statistics, or the state of a random generator."""
    if operation.kind == "layer":
        if operation.has("dropout_like", "noise", "augmentation"):
            return switches(operation) is True
        own_weights = operation.has("weighted") or operation.cls == "PReLU"
        return own_weights or (operation.has("norm") and operation.cls != STATELESS_NORM)
    params = operation.params
    if isinstance(params, int) and params > 0:
        return True
    model = program.model(operation.identity) if operation.kind == "model" else None
    return model is not None and any(_has_state(program, layer) for layer in model.layers)


def _what(program: Program, act: Act) -> str | None:
    """What is made, in words; None for what has no state."""
    if act.operation is None:
        return VARIABLES.get(act.what)
    if not is_named_as_class(act.place):
        return None
    return act.what if _has_state(program, act.operation) else None


def _is_a_way_out(act: Act) -> bool:
    """Whether it is made where something else has failed, and not at every call."""
    if act.place.node is None:
        return False
    return any(
        type(node).__name__.startswith("Except") for node in around(act.place.statement, act.place.node)
    )


@rule("KER403", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report state that is made in `call`, or in a helper called from it, once per place."""
    seen: set[object] = set()
    for act in program.acts:
        if act.kind is not Deed.CONSTRUCT or act.method != "call" or act.caller is None:
            continue
        what = _what(program, act)
        if what is None or act.place.key in seen or any(LAZY.search(test) for test in act.all_conditions):
            continue
        if _is_a_way_out(act):
            continue
        seen.add(act.place.key)
        message = f"{what} is made anew at every call of `{act.owner}.call`: fit raises ValueError"
        trains = act.operation is None or not act.operation.has("dropout_like", "noise", "augmentation")
        yield Hit(act.place, f"{message}, and eager code never trains it" if trains else message)
