"""A model with a Python lambda in a `Lambda` layer is saved, and refused when it is loaded.

The file holds the bytecode of the function, which could do anything: Keras loads it on demand only, and only with
the Python that wrote it. A `Lambda` also hides its computation from `summary` and loses masks.

Keras 3 raises `ValueError: Requested the deserialization of a Lambda layer whose function is a Python lambda` in
`load_model`, for `.keras` and `.h5`, unless `safe_mode=False` is given; saving says nothing. Not reported are
models that are never saved whole, files that are loaded with `safe_mode=False`, and Keras 2.

Bad:

```python
from keras import Sequential, layers

model = Sequential([
    layers.Input((3,)),
    layers.Lambda(lambda x: x / 255.0),  # KER905 warning: load_model refuses the Python lambda of Lambda
    layers.Dense(1),
])
model.save("model.keras")
```

Good:

```python
from keras import Sequential, layers

model = Sequential([layers.Input((3,)), layers.Rescaling(1.0 / 255), layers.Dense(1)])
model.save("model.keras")
```

Good: what cannot be known, because the function comes from elsewhere.

```python
from functions import scale
from keras import Sequential, layers

model = Sequential([layers.Input((3,)), layers.Lambda(scale), layers.Dense(1)])
model.save("model.keras")
```

How to fix: a layer that does the same (`Rescaling`, `Reshape`), a layer class of your own, or a registered function.

See: https://keras.io/api/layers/core_layers/lambda/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.facts import Operation, Program
from kerlint.model.guards import is_guarded
from kerlint.probes import Probe, Raises, Step
from kerlint.python.values import FunctionValue

from ._examples_lambda_layer import BAD, GOOD
from ._labels import label
from ._saved import load_of, parts, saved_models

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.SAVE, (Raises("Requested the deserialization of a `Lambda` layer"),))


def _holds_lambda(operation: Operation) -> bool:
    if operation.symbol != "keras.layers.Lambda" or operation.site is None or operation.place is None:
        return False
    function = operation.site.value("function")
    return isinstance(function, FunctionValue) and function.name == "<lambda>"


def _is_trusted(program: Program) -> bool:
    """Whether the program loads what it trusts."""
    asked = any(site.symbol.endswith("enable_unsafe_deserialization") for site in program.calls)
    loads = [one.site for one in program.savings if one.kind == "load"]
    return asked or any(site.value("safe_mode") is False or not site.exact for site in loads)


@rule("KER905", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report Python lambdas in layers of models that are saved."""
    if program.target != "keras3" or _is_trusted(program):
        return
    for model, saving in saved_models(program):
        load = load_of(program, saving)
        for operation in parts(model):
            place = operation.place
            if place is None or not _holds_lambda(operation) or is_guarded(saving.site.place):
                continue
            related = [(saving.site.place, "saved here")]
            if load is not None:
                related.append((load.site.place, "refused here"))
            severity = Severity.WARNING if load is None else Severity.ERROR
            message = (
                f"load_model refuses the Python lambda of {label(operation)} in `{model.label}`: ValueError"
            )
            yield Hit(place, f"{message} unless safe_mode=False", severity, related=tuple(related))
