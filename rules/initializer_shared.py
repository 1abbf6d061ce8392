"""One initializer object gives equal weights to all layers of one shape.

A random initializer of Keras 3 draws its seed when it is constructed. Each call with the same shape gives the same
numbers: layers that share the object begin as copies of one another, as do layers whose initializers have the
same seed. An initializer given by name is constructed anew for each layer.

Keras 3 is silent (the documentation says so). Keras 2 draws anew in every call of an unseeded object, and warns.

Reported where two weights of the same shape come out of one unseeded object; an info where the object has a
seed, for then it was asked for.

Bad:

```python
import keras
from keras import layers

init = keras.initializers.RandomNormal(stddev=0.02)  # KER501 warning: gives Dense and Dense equal kernels
i = keras.Input((64,))
x = layers.Dense(64, activation="relu", kernel_initializer=init)(i)
x = layers.Dense(64, activation="relu", kernel_initializer=init)(x)
model = keras.Model(i, layers.Dense(1)(x))
```

Good:

```python
import keras
from keras import layers


def init():
    return keras.initializers.RandomNormal(stddev=0.02)


i = keras.Input((64,))
x = layers.Dense(64, activation="relu", kernel_initializer=init())(i)
x = layers.Dense(64, activation="relu", kernel_initializer=init())(x)
model = keras.Model(i, layers.Dense(1)(x))
```

Good: names, constants, a `SeedGenerator` as the seed, weights of different shapes, and shapes that cannot be
known.

How to fix: construct one for each layer, or give a name (`"he_normal"`), or a `keras.random.SeedGenerator` as
the seed.

See: https://keras.io/api/layers/initializers/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.facts import LibraryObject, Operation, Program
from kerlint.model.states import ObjectState
from kerlint.probes import Holds, Probe, Property, Step
from kerlint.python.values import Instance

from ._compiles import related
from ._examples_initializer_shared import BAD, GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.BUILD, (Holds(Property.EQUAL_WEIGHTS),))

FIXED = ("Zeros", "Ones", "Constant", "Identity", "IdentityInitializer", "STFT", "STFTInitializer")
WEIGHTS: Mapping[str, str] = {
    "kernel_initializer": "kernel",
    "recurrent_initializer": "recurrent_kernel",
    "embeddings_initializer": "embeddings",
}
"""Which weight an initializer is for."""

Use = tuple[Operation, str, tuple[object, ...]]


def _uses(program: Program) -> dict[int, list[Use]]:
    """By the identity of the initializer: the layers that have it, the weight, and its shape where it is known."""
    found: dict[int, list[Use]] = {}
    for operation in program.operations:
        if operation.kind != "layer" or operation.site is None or operation.has("wrapper"):
            continue
        for name, weight in WEIGHTS.items():
            argument = operation.site.argument(name)
            value = argument.value if argument is not None else None
            if isinstance(value, Instance) and isinstance(value.native, ObjectState):
                shape = dict(operation.weigh().shapes).get(weight)
                if shape and all(isinstance(extent, int) for extent in shape):
                    found.setdefault(value.native.serial, []).append((operation, weight, tuple(shape)))
    return found


def _twins(uses: list[Use]) -> tuple[Use, Use] | None:
    """Two weights of one shape."""
    known: dict[tuple[object, ...], Use] = {}
    for use in uses:
        first = known.setdefault(use[2], use)
        if first is not use and (first[0] is not use[0] or first[1] != use[1]):
            return first, use
    return None


def _name(operation: Operation) -> str:
    return f"`{operation.variable}`" if operation.variable else operation.cls


def _hit(item: LibraryObject, first: Use, second: Use, count: int) -> Hit:
    more = f" (of {count} weights)" if count > len((first, second)) else ""
    cls = item.symbol.rpartition(".")[2]
    return Hit(
        item.place,
        f"one {cls} object gives {_name(first[0])} and {_name(second[0])} equal {second[1]}s{more}",
        Severity.WARNING
        if item.site.is_omitted("seed") or item.site.value("seed") is None
        else Severity.INFO,
        related=related((first[0].place, "the first"), (second[0].place, "its copy")),
    )


def _hits(program: Program) -> Iterator[Hit]:
    uses = _uses(program)
    for item in program.objects:
        if item.category != "initializer" or item.symbol.rpartition(".")[2] in FIXED:
            continue
        seed = item.site.value("seed") if "seed" in item.site.arguments else None
        twins = _twins(uses.get(item.identity, []))
        if twins is not None and item.site.exact and (seed is None or isinstance(seed, int)):
            yield _hit(item, *twins, len(uses[item.identity]))


@rule("KER501", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report initializer objects of Keras 3 that give several weights the same numbers."""
    if program.target == "keras3":
        yield from once(_hits(program))
