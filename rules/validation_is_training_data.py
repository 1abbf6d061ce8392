"""A model is validated on the data that it trains on.

The validation loss then says how well the model remembers, not how well it generalises: it falls for as long as
training goes on, early stopping never stops, and the best checkpoint is the one that learned by heart most.

The same holds for two parts of one folder that `..._dataset_from_directory` shuffles with two seeds: the parts
overlap. Keras (all versions, asked on 3.15) is silent about all of it.

Bad:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

x, y = np.random.rand(500, 8), np.random.rand(500, 1)
model = Sequential([Dense(16, activation='relu', input_shape=(8,)), Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, epochs=50, validation_data=(x, y))  # KER703 warning: is the training data
```

Good:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

x, y = np.random.rand(500, 8), np.random.rand(500, 1)
model = Sequential([Dense(16, activation='relu', input_shape=(8,)), Dense(1)])
model.compile('adam', 'mse')
model.fit(x[:400], y[:400], epochs=50, validation_data=(x[400:], y[400:]))
```

How to fix: hold rows out before training (`train_test_split`, `validation_split=0.2`, `subset="validation"`).

See: https://keras.io/guides/training_with_built_in_methods/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.call_sites import CallSite
from kerlint.model.data_facts import ArrayFact, Data, GeneratorFact, PipelineFact, Rows
from kerlint.model.facts import Program, Training
from kerlint.probes import Holds, Probe, Property, Step
from kerlint.python.values import Value

from ._examples_validation_is_training_data import BAD, GOOD

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.COMPILE, (Holds(Property.ITEMS_SHARED),))
FEW = 10
"""Samples with which a model is only tried out."""


def _first(data: Data) -> Data:
    return data[0] if isinstance(data, tuple) and data else data


def _share(left: Rows, right: Rows) -> str | None:
    """Which rows two arrays have in common for certain, in words."""
    if left.origin != right.origin:
        return None
    if left.split and right.split and (left.split, left.part) != (right.split, right.part):
        return None
    if not left.is_whole or not right.is_whole:
        return None
    if left == right:
        return "is the training data"
    if (left.split, left.part) != (right.split, right.part):
        whole = left if not left.split else right
        is_all = whole.start is None and whole.stop is None and not whole.split
        return "holds rows of the training data" if is_all and whole is left else None
    if left.start is None and left.stop is None:
        return "holds rows of the training data"
    if None in (left.start, left.stop, right.start, right.stop):
        return None
    assert left.start is not None and left.stop is not None
    assert right.start is not None and right.stop is not None
    first, last = max(left.start, right.start), min(left.stop, right.stop)
    return f"holds rows {first} to {last - 1} of the training data" if first < last else None


def _pipelines(left: PipelineFact, right: PipelineFact) -> str | None:
    if left.identity == right.identity:
        return "is the training data"
    known = next((index for index, step in enumerate(right.steps) if step.result == left.identity), None)
    later = (
        right.steps
        if left.identity == right.origin
        else right.steps[known + 1 :]
        if known is not None
        else ()
    )
    if later and all(step.kind in ("take", "cache", "prefetch", "batch") for step in later):
        return "is taken from the training data"
    if (
        left.source is not None
        and right.source is not None
        and not (left.has("take", "skip", "filter", "shard") or right.has("take", "skip", "filter", "shard"))
    ):
        return _directories(left.source, right.source)
    return None


def _directories(left: CallSite, right: CallSite) -> str | None:
    """Two readings of one folder without a split."""
    folder, other = left.value("directory"), right.value("directory")
    if left is right or not isinstance(folder, str) or folder != other:
        return None
    subset, held = left.value("subset"), right.value("subset")
    if {subset, held} == {"training", "validation"} and _is_drawn_anew(left, right):
        return "is split off with another seed, and holds files of the training data"
    same = (subset is None and held is None) or (isinstance(subset, str) and subset == held)
    return f"is read from the same folder as the training data, {folder!r}" if same else None


def _is_drawn_anew(left: CallSite, right: CallSite) -> bool:
    """Whether two readings shuffle the files with seeds of their own, before they take their parts.

    An `ImageDataGenerator` takes its parts by the order of the file names.
    """
    if not all(site.symbol.endswith("dataset_from_directory") for site in (left, right)):
        return False
    seeds = left.value("seed"), right.value("seed")
    shuffled = left.value("shuffle") is True and right.value("shuffle") is True
    return shuffled and all(isinstance(seed, int) for seed in seeds) and seeds[0] != seeds[1]


def _words(x: Data, held: Data) -> str | None:
    if isinstance(x, PipelineFact) and isinstance(held, PipelineFact):
        return _pipelines(x, held)
    if isinstance(x, GeneratorFact) and isinstance(held, GeneratorFact):
        if x.identity == held.identity:
            return "is the training data"
        return _directories(x.site, held.site) or _flows(x, held)
    left, right = _first(x), _first(held)
    if isinstance(left, ArrayFact) and isinstance(right, ArrayFact) and left.rows and right.rows:
        return _share(left.rows, right.rows)
    return None


def _flows(x: GeneratorFact, held: GeneratorFact) -> str | None:
    """`flow(x, y)` of the same arrays without a subset."""
    left, right = _first(x.element), _first(held.element)
    subsets: tuple[Value, Value] = (x.site.value("subset"), held.site.value("subset"))
    if subsets != (None, None) or not isinstance(left, ArrayFact) or not isinstance(right, ArrayFact):
        return None
    return _share(left.rows, right.rows) if left.rows and right.rows else None


def _is_said_twice(event: Training) -> bool:
    """Whether one name, attribute or slice is written for both, whatever it holds."""
    given, held = (event.site.argument(name) for name in ("x", "validation_data"))
    text, other = (argument.text if argument is not None else None for argument in (given, held))
    if not text or not other or "(" in text:
        return False
    return text in (other, other.lstrip("([").partition(",")[0].strip())


def _is_trial(event: Training) -> bool:
    x = _first(event.data.x) if event.data is not None else None
    return isinstance(x, ArrayFact) and isinstance(x.count, int) and x.count <= FEW


@rule("KER703", Severity.WARNING, about_learning=True)
def check(program: Program) -> Iterator[Hit]:
    """Report fits whose validation data are among the training data."""
    for event in program.trainings:
        if event.kind != "fit":
            continue
        data, confidence = event.data, Confidence.CERTAIN
        words = _words(data.x, data.validation) if data is not None else None
        if words is None and _is_said_twice(event):
            words, confidence = "is the training data", Confidence.LIKELY
        argument = event.site.argument("validation_data")
        if words is None or argument is None or argument.place is None:
            continue
        text = f"`{argument.text}`" if argument.text and len(argument.text) < 40 else "the validation data"
        severity = Severity.INFO if _is_trial(event) else Severity.WARNING
        yield Hit(
            argument.place,
            f"{text} {words}: the validation loss says nothing of new data",
            severity,
            confidence,
        )
