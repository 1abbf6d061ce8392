"""The largest of one output is always the first: `argmax` gives 0 for every sample.

`np.argmax(model.predict(x), axis=1)` turns one probability a class into the class. A model for two classes with
one sigmoid unit gives one number a sample, and the index of the largest of one number is 0: every sample is
predicted to be of class 0, whatever the model learned.

Keras and numpy (all versions) are silent.

Bad:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X_test = np.random.rand(20, 8)
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
y_pred = np.argmax(model.predict(X_test), axis=1)  # KER706 error: is always 0
```

Good:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X_test = np.random.rand(20, 8)
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
y_pred = (model.predict(X_test) > 0.5).astype(int)
```

Good: the largest over all samples (`axis=0`, or no axis), and models of which the number of units cannot be known.

How to fix: compare a sigmoid's output with 0.5, a score with 0.

Fix safety: unsafe, for the program computes something else afterwards (it is its purpose). The fix compares with
0.5 behind a sigmoid and keeps the shape.

See: https://keras.io/api/models/model_training_apis/#predict-method
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.call_sites import Argument, CallSite, Origin
from kerlint.model.compiles import has_gaps
from kerlint.model.facts import Model, Program
from kerlint.model.heads import Head, heads
from kerlint.model.predictions import Prediction
from kerlint.places import Place
from kerlint.probes import Holds, Probe, Property, Step

from ._compiles import head_name, head_place, related
from ._examples_argmax_on_one_unit import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.CALL, (Holds(Property.CONSTANT_OUTPUT),))

MATRIX = 2


def _prediction(site: CallSite) -> tuple[Argument, Prediction] | None:
    for name in ("0", "x", "a", "input"):
        argument = site.arguments.get(name)
        if argument is not None and isinstance(argument.value, Prediction):
            return argument, argument.value
    return None


def _axis(site: CallSite) -> object:
    found = site.arguments.get("axis") or site.arguments.get("1")
    return None if found is None or not site.exact else found.value


def _only_head(program: Program, identity: int) -> tuple[Model, Head] | None:
    """The model and its one head, where all forms of the model have one unit."""
    models = [model for model in program.models if model.identity == identity]
    found = [heads(model) for model in models if not has_gaps(model)]
    if not models or len(found) < len(models) or any(len(one) != 1 or one[0].units != 1 for one in found):
        return None
    return models[-1], found[-1][0]


def _predicted(program: Program, given: Prediction, site: CallSite) -> Place | None:
    """The last `predict` of the model in an earlier row."""
    places = [event.place for event in program.trainings_of(given.model) if event.kind.startswith("predict")]
    before = [place for place in places if place.region.end_row < site.place.region.start_row]
    return before[-1] if before else None


def _runs_over_units(axis: object, head: Head) -> bool:
    shape = head.output.shape
    return axis == -1 or (axis == 1 and shape is not None and len(shape) == MATRIX)


def _fix(site: CallSite, argument: Argument, head: Head) -> Suggestion | None:
    if head.activation != "sigmoid" or not site.symbol.startswith("numpy."):
        return None
    if argument.text is None or argument.origin is not Origin.WRITTEN or "\n" in site.place.text:
        return None
    edit = site.place.replacing(f"({argument.text} > 0.5).astype(int).ravel()")
    return Suggestion("compare with 0.5", (edit,), safe=False)


def _hits(program: Program) -> Iterator[Hit]:
    for site in program.calls:
        given = _prediction(site) if site.symbol.rpartition(".")[2] == "argmax" else None
        found = _only_head(program, given[1].model) if given is not None else None
        if given is None or found is None or not _runs_over_units(_axis(site), found[1]):
            continue
        model, head = found
        yield Hit(
            site.place,
            f"argmax over the one output of `{model.label}`, {head_name(head)}, is always 0",
            confidence=Confidence.CERTAIN if model.connected else Confidence.LIKELY,
            related=related(
                (head_place(head), "one unit"), (_predicted(program, given[1], site), "predicted here")
            ),
            fix=_fix(site, given[0], head),
        )


@rule("KER706", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report the largest of one output."""
    yield from once(_hits(program))
