"""Data that are not of the shape of a model's input are refused when training begins.

`input_shape` is the shape of one sample: the first axis of an array counts the samples and is not part of it.
A convolution over images wants their channels, a recurrent layer wants steps and features, and a model wants
a batch also where it is asked about one sample only.

Keras 3 (asked on 3.15) adds or drops a last axis of one, so that (n, 28, 28) goes into a model for (28, 28, 1).
Everything else raises `ValueError` in the first batch; a `Sequential` of layers that do not depend on it takes
another height, width or length in silence. Python lists are refused ("Unrecognized data type"), and so is a
shape that is a number, `Input(28)`.

Bad:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X = np.random.rand(100, 8)
y = np.random.randint(0, 2, 100)
model = Sequential()
model.add(Dense(12, input_dim=7, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(X, y, epochs=10)  # KER808 error: (100, 8)
```

Good:

```python
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

X = np.random.rand(100, 8)
y = np.random.randint(0, 2, 100)
model = Sequential()
model.add(Dense(12, input_dim=X.shape[1], activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(X, y, epochs=10)
```

How to fix: give `input_shape` the shape of one sample (`x.shape[1:]`), or the data the shape of the input:
`x[..., np.newaxis]` adds channels, `x[np.newaxis]` makes a batch of one, `dataset.batch(32)` batches.

Fix safety: safe; a comma makes the tuple that was meant, where Keras refuses the number.

See: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.keras_api.shapes import Shape
from kerlint.model.call_sites import Argument
from kerlint.model.data_facts import ArrayFact, PipelineFact
from kerlint.model.facts import Program
from kerlint.probes import Holds, Probe, Property, Raises, Step

from ._examples_input_shape_mismatch import BAD, GOOD
from ._fits import Fed, fed, single
from ._labels import shown
from ._once import once
from ._shapes import Clash, clash

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.TRAIN, (Raises("incompatible"), Raises("Invalid input shape"), Raises("Unrecognized data type"), Raises("Cannot convert"), Holds(Property.SHAPE_DIFFERS)))  # fmt: skip


def _arrays(one: Fed) -> Iterator[tuple[int, ArrayFact]]:
    """The arrays that go into each input."""
    count = len(one.model.inputs)
    only = single(one.x)
    if count == 1 and only is not None:
        yield 0, only
    elif count > 1 and isinstance(one.x, tuple) and len(one.x) == count:
        for index, data in enumerate(one.x):
            if isinstance(data, ArrayFact):
                yield index, data


def _given(one: Fed, fact: ArrayFact) -> str:
    shape = fact.shape or ()
    return f"{one.x_text} is {shown(shape)}" if one.are_arrays else f"{one.x_text} gives {shown(shape)}"


def _expected(one: Fed, index: int) -> str:
    shape = one.model.inputs[index].shape
    return "" if shape is None else shown(shape)


def _words(one: Fed, index: int, fact: ArrayFact, found: Clash) -> str:
    expected, shape = one.model.inputs[index].shape, fact.shape or ()
    given = _given(one, fact)
    if isinstance(one.whole, PipelineFact) and one.whole.batched is False:
        return f"{one.x_text} is not batched: {one.model.label} takes its first axis, {shown(shape)}, for samples"
    if expected is None:
        wanted = found.by.operation.cls if found.by is not None else "the first layer"
        return f"{given}, {len(shape)} axes; {wanted} takes other data, and Keras raises ValueError"
    if tuple(expected[1:]) == tuple(shape) and one.event.kind != "predict":
        return f"{given}, and input_shape counts its {shape[0]} samples: {one.model.label} expects {shown(expected)}"
    if tuple(expected[1:]) == tuple(shape):
        return f"{given}, one sample and no batch; {one.model.label} expects {shown(expected)}"
    if found.kind == "silent":
        return f"{given}, but {one.model.label} was declared for {shown(expected)}, which Keras 3 does not check here"
    return f"{given}, but {one.model.label} expects {shown(expected)}: Keras raises ValueError"


def _hits(program: Program, one: Fed) -> Iterator[Hit]:
    for index, fact in _arrays(one):
        if fact.is_list:
            if program.target == "keras3" and one.x_text:
                yield Hit(
                    one.x_place,
                    f"{one.x_text} is a list of numbers, which Keras 3 refuses as data: make it an array",
                )
            continue
        if fact.shape is None or one.of_files:
            continue
        found = clash(one.model, index, fact.shape, program.target)
        if found is None and _is_unbatched(one, index, fact.shape):
            found = Clash("rank", fact.shape)
        if found is not None:
            confidence = Confidence.LIKELY if fact.is_likely else Confidence.CERTAIN
            severity = Severity.WARNING if found.kind == "silent" else Severity.ERROR
            related = ((one.model.place, f"expects {_expected(one, index)}"),)
            yield Hit(one.x_place, _words(one, index, fact, found), severity, confidence, related)


def _is_unbatched(one: Fed, index: int, shape: Shape) -> bool:
    """Whether a pipeline gives single samples of the very shape of the input."""
    expected = one.model.inputs[index].shape
    is_single = isinstance(one.whole, PipelineFact) and one.whole.batched is False
    return is_single and expected is not None and len(expected) == len(shape) + 1 and len(shape) > 0


def _numbers(program: Program) -> Iterator[Hit]:
    """`Input(28)`, `Dense(4, input_shape=(28))`: a number where a shape belongs."""
    for site in program.calls:
        is_input = site.symbol in ("keras.Input", "keras.layers.InputLayer")
        for name in ("shape",) if is_input else ("input_shape", "batch_input_shape"):
            found = _argument(site.arguments.get(name), site.unexpected, name)
            if found is not None and type(found.value) is int and program.target == "keras3":
                yield Hit(
                    found.place or site.place,
                    f"{name}={found.value} is a number, not a shape: Keras 3 raises ValueError",
                    fix=_comma(found),
                )


def _argument(bound: Argument | None, others: tuple[Argument, ...], name: str) -> Argument | None:
    return bound or next((one for one in others if one.name == name), None)


def _comma(argument: Argument) -> Suggestion | None:
    """`28` or `(28)` as a tuple."""
    text, place = argument.text, argument.place
    if text is None or place is None:
        return None
    inside = text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text
    if not inside.replace("_", "").isalnum():
        return None
    return Suggestion("write the shape as a tuple", (place.replacing(f"({inside},)"),), safe=True)


@rule("KER808", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report data whose shape is not that of the input, once a place."""
    yield from once((*_numbers(program), *(hit for one in fed(program) for hit in _hits(program, one))))
