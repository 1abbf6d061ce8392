"""A dropout rate is the share that is dropped: a number from 0 up to, but not including, 1.

A rate of 1 drops everything: `Dropout(1.0)` outputs zeros in training, and nothing is learned. Who is used to
the `keep_prob` of TensorFlow 1 writes 0.9 and drops nine units of ten.

Keras 3 refuses rates below 0 and above 1 with a `ValueError`. It takes 1 silently, and for the `dropout` and
`recurrent_dropout` of recurrent layers anything: `LSTM(8, dropout=20)` trains on zeros.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense, Dropout

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dropout(20))  # KER503 error: Dropout takes a rate from 0 to 1, not 20
model.add(Dense(64, activation='relu'))
model.add(Dropout(0.9))  # KER503 warning: drops 90 % of its inputs
model.add(Dense(1))
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense, Dropout

model = Sequential()
model.add(Dense(64, input_dim=20, activation='relu'))
model.add(Dropout(0.2))
model.add(Dense(1))
```

Good: what cannot be known, as a rate that comes out of a configuration.

How to fix: write the share that is to be dropped, 0.2 to 0.5 as a rule.

See: https://keras.io/api/layers/regularization_layers/dropout/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.keras_api.traits import traits
from kerlint.model.call_sites import Argument, CallSite, Origin
from kerlint.model.facts import Program
from kerlint.probes import Holds, Probe, Property, Raises, Step

from ._examples_dropout_rate_invalid import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.CONSTRUCT,
    (
        Raises("between 0 and 1"),
        Raises("division by zero"),
        Holds(Property.DROPS_MOST),
        Holds(Property.CONSTANT_OUTPUT),
    ),
)

HIGH = 0.8
"""Rates above are seldom meant."""
RECURRENT = ("dropout", "recurrent_dropout")


def _rates(site: CallSite) -> Iterator[tuple[Argument, float]]:
    """The rates that are known numbers."""
    kinds = traits(site.symbol)
    wanted = ("rate",) if "dropout_like" in kinds else RECURRENT if {"recurrent", "cell"} & kinds else ()
    for name in wanted:
        argument = site.argument(name)
        if argument is not None and argument.is_given and isinstance(argument.value, int | float):
            yield argument, argument.value


def _verdict(cls: str, name: str, rate: float, target: str) -> tuple[str, Severity] | None:
    what = cls if name == "rate" else f"{name} of {cls}"
    if rate < 0 or rate > 1:
        refuses = name == "rate" and target == "keras3"
        outcome = "it raises ValueError" if refuses else "it trains on zeros or noise"
        return f"{what} takes a rate from 0 to 1, not {rate}: {outcome}", Severity.ERROR
    if rate == 1:
        return f"{what} with the rate {rate} drops everything: nothing is learned", Severity.ERROR
    if rate > HIGH:
        share = f"{rate * 100:g} %"
        return f"{what} drops {share} of its inputs: a rate is what is dropped, not kept", Severity.WARNING
    return None


def _hits(program: Program) -> Iterator[Hit]:
    for site in program.calls:
        for argument, rate in _rates(site):
            found = _verdict(site.symbol.rpartition(".")[2], argument.name, rate, program.target)
            if found is not None:
                place = argument.place if argument.origin is Origin.WRITTEN else None
                yield Hit(place or site.place, *found)


@rule("KER503", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report rates of dropout that are no share, or all."""
    yield from once(_hits(program))
