"""The third positional argument of a convolution is its strides: `Conv2D(32, 3, 3)` takes steps of three.

Keras 1 wanted the rows and columns of the kernel there. What its examples write for "a 3x3 kernel" is a 3x3
kernel with strides of 3 since Keras 2: the map shrinks to a ninth, most positions are never looked at, and the
network trains badly, or runs out of cells a few layers on.

Keras 3 and tf.keras say nothing; Keras 2.0 to 2.3 refused two integers after the filters for this reason.
`Conv3D(32, 3, 3, 3)`, where the third integer lands in `padding`, and kernels with a wrong number of extents
raise `ValueError`.

A warning where both integers are the same odd number; an error where the program has other marks of Keras 1.
Kernels and strides of 2, 4, 8... are left alone, for patches are cut like that, and so are strides below the
kernel (`Conv2D(64, 7, 2)`).

Bad:

```python
from keras import Sequential, layers

model = Sequential([
    layers.Input((28, 28, 1)),
    layers.Conv2D(32, 3, 3, activation="relu"),  # KER305 warning: a 3x3 kernel with strides of 3
    layers.Flatten(),
    layers.Dense(10),
])
```

Good:

```python
from keras import Sequential, layers

model = Sequential([
    layers.Input((28, 28, 1)),
    layers.Conv2D(32, (3, 3), activation="relu"),
    layers.Conv2D(64, 3, strides=3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
```

Good: what cannot be known, because the numbers come from elsewhere.

```python
from config import KERNEL, STEP
from keras import layers

conv = layers.Conv2D(32, KERNEL, STEP)
```

How to fix: write the kernel as a tuple, or name the strides if they are meant.

Fix safety: unsafe; the kernel stays, the strides become 1, which changes the network.

See: https://keras.io/api/layers/convolution_layers/convolution2d/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.keras_api.former_arguments import replacement
from kerlint.keras_api.traits import traits
from kerlint.model.call_sites import Argument, CallSite, Origin
from kerlint.model.facts import Program
from kerlint.model.guards import is_guarded
from kerlint.model.keywords import argument_place
from kerlint.probes import Given, Holds, Probe, Property, Raises, Resolves, Step

from ._examples_conv_positional_stride import BAD, GOOD

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.CONSTRUCT,
    (
        Resolves("strides", "kernel_size", Given.BY_POSITION),
        Holds(Property.WINDOW_WASTED),
        Raises("must be a tuple of"),
        Raises("padding"),
    ),
)

MEANT = re.compile(r"patch|stride|step|down|tubelet", re.IGNORECASE)
"""Names of numbers that are meant as strides."""
EXTENTS = re.compile(r"The `(kernel_size|pool_size)` argument must be a tuple of (\d) integers")
LEAST = 3


def _positional(site: CallSite, name: str) -> Argument | None:
    """An argument that is written by position."""
    argument = site.argument(name)
    if argument is None or argument.origin is not Origin.WRITTEN:
        return None
    return argument if argument_place(site, argument) == argument.place else None


def _number(argument: Argument | None) -> int | None:
    value = argument.value if argument is not None else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_of_keras_1(site: CallSite) -> bool:
    return any(replacement(site.symbol, argument.name) is not None for argument in site.unexpected)


def _fix(kernel: Argument, strides: Argument) -> Suggestion | None:
    if kernel.place is None or strides.place is None:
        return None
    first, second = kernel.place.replacing(f"({kernel.text}"), strides.place.replacing(f"{strides.text})")
    return Suggestion(f"write the kernel as ({kernel.text}, {strides.text})", (first, second), safe=False)


def _rows_and_columns(site: CallSite, *, is_old: bool) -> Hit | None:
    kernel, strides = _positional(site, "kernel_size"), _positional(site, "strides")
    rows, columns = _number(kernel), _number(strides)
    if kernel is None or strides is None or rows is None or columns is None:
        return None
    if MEANT.search(f"{kernel.text} {strides.text}"):
        return None
    is_equal = rows == columns >= LEAST and rows % 2 == 1
    is_wide = columns > rows and columns >= LEAST
    if not (is_equal or is_wide or (is_old and (rows, columns) != (1, 1))):
        return None
    name, shown = site.symbol.rpartition(".")[2], f"{kernel.text}, {strides.text}"
    message = (
        f"{name}(..., {shown}) is a {rows}x{rows} kernel with strides of {columns}; "
        f"a kernel of {rows}x{columns} is written ({shown})"
    )
    severity = Severity.ERROR if is_old else Severity.WARNING
    confidence = Confidence.CERTAIN if is_old else Confidence.LIKELY
    return Hit(strides.place or site.place, message, severity, confidence, fix=_fix(kernel, strides))


def _depth(site: CallSite) -> Hit | None:
    """`Conv3D(32, 3, 3, 3)`: the third number is given for the padding."""
    padding = _positional(site, "padding")
    number = _number(padding)
    if padding is None or padding.place is None or number is None:
        return None
    name = site.symbol.rpartition(".")[2]
    message = (
        f"{name} gets {number} for its padding here: Keras raises ValueError; write the kernel as a tuple"
    )
    return Hit(padding.place, message, Severity.ERROR)


def _convolutions(program: Program) -> Iterator[Hit]:
    sites = [site for site in program.calls if site.symbol.startswith("keras.layers.")]
    is_old = any(_is_of_keras_1(site) for site in sites)
    for site in sites:
        if "conv" not in traits(site.symbol):
            continue
        hit = _depth(site) or _rows_and_columns(site, is_old=is_old)
        if hit is not None:
            yield hit


def _extents(program: Program) -> Iterator[Hit]:
    """A kernel with the extents of another convolution: `Conv2D(8, (3, 3, 3))`."""
    for place, words in program.refusals:
        found = EXTENTS.match(words)
        seen = words.rpartition("=")[2]
        if found is not None and seen != "None":  # the default of a parameter that every caller gives
            wanted = "1 integer" if found[2] == "1" else f"{found[2]} integers"
            message = f"{found[1]} is {seen}, Keras wants {wanted} here and raises ValueError"
            yield Hit(place, message, Severity.ERROR)


@rule("KER305", Severity.WARNING, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report convolutions whose kernel is written as two integers."""
    for hit in (*_convolutions(program), *_extents(program)):
        if not is_guarded(hit.place):
            yield replace(hit, message=hit.message[:160])
