"""Targets that are not of the shape of the output are refused, or silently broadcast against it.

Each output wants a target of its own shape, sample by sample. Crossentropies and metrics check it and raise;
the mean squared error and its kin subtract, and numpy's rules of broadcasting make (n, 1) against (n, 3) a
difference of (n, 3): the model trains, every unit on the same column, and nobody says so.

Asked of Keras 3.15: a missing or superfluous last axis of one is put right, so that (n,) goes with one unit.
`mse` of targets (n, 3) and one unit trains without a word, and so does (n, 1) against three units; (n,) against
three units raises in the first batch; `binary_crossentropy` raises ValueError on all of these. Inputs and
targets of different lengths raise "Data cardinality is ambiguous", lists of numbers "Unrecognized data type".

Bad:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X = np.random.rand(200, 10)
y = np.random.rand(200, 3)
model = Sequential()
model.add(Dense(32, input_dim=10, activation='relu'))
model.add(Dense(1))
model.compile(loss='mean_squared_error', optimizer='adam')
model.fit(X, y, epochs=5)  # KER809 warning: (200, 3)
```

Good:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X = np.random.rand(200, 10)
y = np.random.rand(200, 3)
model = Sequential()
model.add(Dense(32, input_dim=10, activation='relu'))
model.add(Dense(3))
model.compile(loss='mean_squared_error', optimizer='adam')
model.fit(X, y, epochs=5)
```

How to fix: give the last layer as many units as a sample has targets, return the whole sequence where every
step has one, flatten where a sample has only one, and see that an autoencoder ends in the size it began with.

See: https://keras.io/api/losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import Shape
from kerlint.model.data_facts import ArrayFact
from kerlint.model.facts import Program
from kerlint.probes import Holds, Probe, Property, Raises, Step

from ._compiles import head_name, head_place, related
from ._compiles import shown as written
from ._examples_target_shape_mismatch import BAD, GOOD
from ._fits import Fed, fed, single
from ._labels import shown
from ._once import once
from ._targets import Target, Verdict, judge, targets

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.TRAIN,
    (
        Raises("must have the same"),
        Raises("Dimensions must be equal"),
        Raises("cardinality"),
        Raises("Unrecognized data type"),
        Raises("must have rank"),
        Holds(Property.SHAPE_DIFFERS),
    ),
)


def _difference(shape: Shape, output: Shape) -> Shape:
    """The shape of the difference that broadcasting makes."""
    rank = max(len(shape), len(output))
    left = (1,) * (rank - len(shape)) + (None, *shape[1:])
    right = (1,) * (rank - len(output)) + (None, *output[1:])
    return tuple(one if other == 1 else other for one, other in zip(left, right, strict=True))


def _words(target: Target, verdict: Verdict) -> str:
    one, shape, output = target.fed, target.fact.shape or (), target.output or ()
    loss = "the loss" if target.pair.loss is None else written(target.pair.loss)
    start = f"{one.y_text} {'is' if one.are_arrays else 'gives targets'} {shown(shape)}"
    ends = f"{head_name(target.pair.head)} gives {shown(output)}"
    if verdict.silent:
        made = shown(_difference(shape, output))
        return f"{start} and {ends}: {loss} broadcasts both to {made} without a word"
    return f"{start} but {ends}: {loss} raises"


def _shapes(program: Program) -> Iterator[Hit]:
    for target in targets(program):
        verdict = None if target.fact.is_list and target.fed.are_arrays else judge(target)
        if verdict is None or verdict.kind != "shape" or target.fed.of_files:
            continue
        yield Hit(
            target.fed.y_place,
            _words(target, verdict),
            Severity.WARNING if verdict.silent else Severity.ERROR,
            Confidence.LIKELY if target.fact.is_likely else Confidence.CERTAIN,
            related((head_place(target.pair.head), f"gives {shown(target.output or ())}")),
        )


def _lengths(one: Fed) -> Iterator[Hit]:
    """As many targets as samples, and targets that Keras can read."""
    x, y = single(one.x), single(one.y)
    if y is None or not one.are_arrays:
        return
    if y.dtype == "str" and y.rank == 1 and not y.is_list:
        yield Hit(one.y_place, f"{one.y_text} holds strings: Keras raises on targets that are no numbers")
    if x is None or x.is_list or y.is_list or not is_size(x.count) or not is_size(y.count):
        return
    if x.count != y.count and _is_plain(x) and _is_plain(y):
        words = f"{one.x_text} has {x.count} samples and {one.y_text} {y.count}: Keras raises ValueError"
        if one.is_validation:
            words = f"{one.y_text} has {x.count} samples and {y.count} targets: Keras raises ValueError"
        yield Hit(one.y_place, words)


def _is_plain(fact: ArrayFact) -> bool:
    return bool(fact.shape) and not fact.is_likely


def _lists(program: Program, one: Fed) -> Iterator[Hit]:
    x, y = single(one.x), one.y
    if program.target != "keras3" or one.is_validation or not isinstance(y, ArrayFact) or not y.is_list:
        return
    if x is not None and not x.is_list:
        words = "is a list of numbers, which Keras 3 refuses as targets: make it an array"
        yield Hit(one.y_place, f"{one.y_text} {words}")


@rule("KER809", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report targets whose shape is not that of the output, once a place."""
    lengths = [hit for one in fed(program) for hit in (*_lengths(one), *_lists(program, one))]
    yield from once((*lengths, *_shapes(program)))
