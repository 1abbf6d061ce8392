"""A model is trained or evaluated that was not compiled, or has nothing to minimise.

`fit`, `evaluate` and `train_on_batch` need the loss that `compile` sets; `predict` does not. A model that is built
or cloned anew is not compiled, also where its name was bound to a compiled one before. `compile()` without a loss
is not enough, unless layers add losses of their own.

Keras 3 raises `ValueError`: "You must call `compile()` before using the model.", and "No loss to compute" where
the loss is missing. Keras 2 raises `RuntimeError` for the first.

Bad:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(8, input_dim=4, activation='relu'))
model.add(Dense(1))
model.fit(np.random.rand(10, 4), np.random.rand(10, 1))  # KER110 error: `model` was not compiled
```

Good:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(8, input_dim=4, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(np.random.rand(10, 4), np.random.rand(10, 1))
```

Good: what cannot be known: a model that was given to code that is not seen, a loaded one.

How to fix: compile the model before, with a loss.

See: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.compiles import Compiled
from kerlint.model.facts import Model, Program, Training, exclude_each_other
from kerlint.model.guards import is_guarded
from kerlint.probes import Probe, Raises, Step
from kerlint.source import Place

from ._compiles import related
from ._examples_compile_missing import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.TRAIN,
    (Raises("You must call `compile()`", unaided=True), Raises("No loss to compute", unaided=True)),
)

NEEDING = ("fit", "train_on_batch", "evaluate")
FAILING = ("pytest.raises", "assertRaises")
"""Words in programs that mean to fail."""
OWN_WAYS = ("def compile(", "def fit(", "def train_step(")
"""Words in programs that compile and train in ways of their own."""
HARMLESS = re.compile(
    r"(Model|Sequential|plot_model|print|summary|len|type|isinstance|id|str|clone_model)\s*$"
)
COMPILING = re.compile(r"(?<!\bre)(?<!torch)\.compile\s*\(")


def _text(event: Training) -> str:
    return event.place.statement.source.text


def _loaded(program: Program) -> frozenset[Place]:
    """Where models come out of files: they may be compiled already."""
    return frozenset(
        call.place
        for call in program.calls
        if call.symbol.rpartition(".")[2] in ("load_model", "from_config")
    )


def _is_given_away(names: set[str], text: str) -> bool:
    """Whether the model's name is an argument of some call that may compile it."""
    for name in names:
        for found in re.finditer(
            rf"([\w.]+)\s*\((?:[^()\n]*,)?\s*(\w+\s*=\s*)?{re.escape(name)}\s*[,)]", text
        ):
            if not HARMLESS.search(found[1]):
                return True
    return False


def _between(model: Model, event: Training) -> str | None:
    """The rows from the model's construction to its training, if a function has it for itself all the while."""
    source, name = event.place.statement.source, event.model_label
    is_own = event.function is not None and model.builder == event.function and name is not None
    if not is_own or model.place.statement is not event.place.statement or model.kind == "subclassed":
        return None
    first, last = model.place.region.start_row, event.place.region.start_row
    rows = source.text.split("\n")[first - 1 : last]
    text = "\n".join(rows)
    is_local = name is not None and name.isidentifier() and rows[0].lstrip().startswith(f"{name} = ")
    return text if is_local and first < last else None


def _is_seen_whole(model: Model, event: Training) -> bool:
    """Whether no other code can have compiled the model."""
    if event.repeated or model.repeated:
        return False
    between = _between(model, event)
    if between is not None:
        return not (
            any(word in between for word in FAILING)
            or _is_given_away({str(event.model_label)}, between)
            or COMPILING.search(between)
        )
    text = _text(event)
    if any(word in text for word in (*FAILING, *OWN_WAYS)):
        return False
    if _is_given_away({name for name in (model.variable, model.builder) if name}, text):
        return False
    return COMPILING.search(text) is None or (event.function is None and "self." not in event.place.text)


def _was_compiled(program: Program, event: Training) -> bool:
    return any(
        other.kind == "compile"
        and other.order < event.order
        and not exclude_each_other(other.path, event.path)
        for other in program.trainings
        if other.model == event.model
    )


def _uncompiled(program: Program) -> Iterator[Hit]:
    told: set[int] = set()
    loaded = _loaded(program)
    for event in program.trainings:
        model = program.model(event.model) if event.kind in NEEDING else None
        if model is None or event.model in told or _was_compiled(program, event):
            continue
        if model.place in loaded or not _is_seen_whole(model, event) or is_guarded(event.place):
            continue
        told.add(model.identity)
        error = "RuntimeError" if program.target == "keras2" else "ValueError"
        method = event.site.symbol.rpartition(".")[2]
        yield Hit(
            event.place,
            f"`{event.model_label or model.label}` was not compiled: {method} raises {error}",
            Severity.WARNING if program.is_notebook else Severity.ERROR,
            related=related((model.place, "built here")),
        )


def _has_own_losses(model: Model) -> bool:
    """Whether layers may add losses: custom ones, and those with regularizers."""
    for node in model.flat.nodes:
        operation = node.operation
        if operation.kind != "layer" and operation.kind != "operation":
            return True
        if operation.cls == "ActivityRegularization" or operation.has("lambda", "wrapper"):
            return True
        arguments = () if operation.site is None else operation.site.arguments.values()
        if any(item.is_given and item.name.endswith("_regularizer") for item in arguments):
            return True
    return False


def _lossless(program: Program, compiled: Compiled) -> Iterator[Hit]:
    """A compile without a loss before a fit."""
    site, model = compiled.site, compiled.model
    omitted = site.is_omitted("loss") or (site.argument("loss") is not None and site.value("loss") is None)
    if not omitted or not model.connected or model.kind == "subclassed" or _has_own_losses(model):
        return
    events = [
        event for event in program.trainings_of(model.identity) if event.order > compiled.training.order
    ]
    needing = next((event for event in events if event.kind in ("compile", *NEEDING)), None)
    if needing is None or needing.kind == "compile" or "add_loss" in _text(needing):
        return
    if any(word in _text(needing) for word in (*FAILING, *OWN_WAYS)) or is_guarded(needing.place):
        return
    method = needing.site.symbol.rpartition(".")[2]
    yield Hit(
        site.place,
        f"`{model.label}` is compiled without a loss: {method} raises ValueError",
        related=related((needing.place, method)),
    )


@rule("KER110", Severity.ERROR, ordered=True)
def check(program: Program) -> Iterator[Hit]:
    """Report trainings of models that were not compiled, or not with a loss."""
    found = list(_uncompiled(program))
    for compiled in program.compiles if program.target == "keras3" else ():
        found += _lossless(program, compiled)
    yield from once(found)
