"""The result of a layer is thrown away, so that the layer is no part of the model.

Layers return new tensors and change none. A call whose result nobody takes (`Dense(64)(x)` on a row of its
own), a `call` that returns nothing, or a layer that is made in `__init__` and never called again leave
something out that was meant to be in.

Keras (all versions) is silent about the first and the last: the model simply has fewer layers. A `call` that
returns nothing is an error in `fit`.

Bad:

```python
import keras
from keras import layers

inputs = keras.Input((8,))
x = layers.Dense(64, activation="relu")(inputs)
layers.Dropout(0.5)(x)  # KER404 warning: the result of Dropout is thrown away
model = keras.Model(inputs, layers.Dense(1)(x))
```

Good:

```python
import keras
from keras import layers

inputs = keras.Input((8,))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dropout(0.5)(x)
model = keras.Model(inputs, layers.Dense(1)(x))
```

How to fix: take the result (`x = layer(x)`), return it, or delete the layer.

See: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.acts import Act, Deed
from kerlint.model.facts import Model, Operation, Program
from kerlint.model.user_class import UserClass
from kerlint.probes import Holds, Probe, Property, Step

from ._examples_discarded_layer import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.BUILD, (Holds(Property.UNUSED),))

RETURNS = re.compile(r"\breturn\s+\w")
GIVES = re.compile(r"\b(?:return|yield|raise)\b")
"""Words without which a function gives nothing."""
IDLE = re.compile(
    r"""\A(?:\s|\.\.\.|pass\b|#[^\n]*|"{3}.*?"{3}|'{3}.*?'{3}|"[^"\n]*"|'[^'\n]*')*\Z""", re.DOTALL
)
"""A body that does nothing at all: that of an abstract method."""


ARGUMENT = re.compile(r"\)\(\s*(\w+)\s*\)$")
"""What a layer is called on in `Layer(...)(x)`."""


def _dropped(program: Program, act: Act) -> Hit | None:
    """A statement that is the call of a library layer on a tensor of the model."""
    operation = act.operation
    if operation is None or operation.kind != "layer":
        return None
    if act.method == "call" and act.caller is not None:
        whole = f"`{act.owner}.call`"
    elif program.is_notebook or act.inside or operation.variable is not None:
        return None
    elif act.symbolic and _is_in_model(program, act):
        whole = "the model"
    elif _is_in_block(act):
        whole = f"`{act.function}`"
    else:
        return None
    return Hit(
        act.place, f"the result of {operation.cls} is thrown away: {whole} goes on as if it were not there"
    )


def _is_in_model(program: Program, act: Act) -> bool:
    """Whether a functional model is put together after the act, in the same function."""
    row = act.place.region.start_row
    return any(
        model.kind == "functional" and model.builder == act.function and model.place.region.start_row > row
        for model in program.models
    )


def _is_in_block(act: Act) -> bool:
    """Whether a function made the layer for this call alone, goes on with the same tensor, and returns something.

    A test that only tries a layer out returns nothing.
    """
    place = act.place
    argument = ARGUMENT.search(place.text)
    rows = place.statement.source.text.split("\n")
    row = place.region.start_row
    depth = _depth(rows[row - 1])
    if act.function is None or argument is None or rows[row - 1][:depth].strip():
        return False
    behind = list(takewhile(lambda line: not line.strip() or _is_of_body(line, depth), rows[row:]))
    used = re.compile(rf"\(\[?{argument[1]}\b|\breturn\b.*\b{argument[1]}\b")
    return any(map(used.search, behind)) and any(map(RETURNS.search, behind))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_of_body(line: str, depth: int) -> bool:
    """Whether a row still belongs to the function that holds a statement so deep."""
    return _depth(line) >= depth or (not re.match(r"\s*(def|class|@)", line) and _depth(line) > 0)


def _returns_nothing(cls: UserClass) -> Hit | None:
    """A `call` without a return in its text."""
    method = cls.method("call")
    if method is None or method.owner != cls.name or GIVES.search(method.whole.text):
        return None
    body = method.whole.text.partition("):")[2] or method.whole.text.partition(":\n")[2]
    if IDLE.match(body):
        return None
    message = f"`{cls.name}.call` returns nothing, so that what it computes is lost"
    return Hit(method.place, message, Severity.ERROR)


def _is_mentioned_once(cls: UserClass, name: str) -> bool:
    """Whether an attribute is set in the class and read nowhere in the file."""
    text = cls.place.statement.source.text
    mentions = re.findall(rf"(?:\.|['\"]){re.escape(name)}\b", text)
    return len(mentions) == 1


def _never_called(program: Program, model: Model, cls: UserClass) -> Iterator[tuple[Operation, Hit]]:
    """Layers of a model that its `call` never applies, and nothing else mentions."""
    applied = {node.operation.identity for graph in (model.graph, model.flat) for node in graph.nodes}
    for layer in model.layers:
        name, place = layer.variable, layer.place
        if layer.kind != "layer" or name is None or place is None or layer.identity in applied:
            continue
        if not layer.outputs and _is_mentioned_once(cls, name):
            yield layer, Hit(place, f"`{name}` ({layer.cls}) is made in `{cls.name}` and never called")


def _hits(program: Program) -> Iterator[Hit]:
    for act in program.acts:
        hit = _dropped(program, act) if act.kind is Deed.DROP else None
        if hit is not None:
            yield hit
    for cls in program.classes:
        hit = _returns_nothing(cls)
        if hit is not None:
            yield hit
    for model in program.models:
        cls_of = program.class_of(model.identity)
        if cls_of is not None and model.kind == "subclassed" and model.traced and model.complete:
            for _, hit in _never_called(program, model, cls_of):
                yield hit


@rule("KER404", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report layers that were meant to be in the model, once per place."""
    yield from once(_hits(program))
