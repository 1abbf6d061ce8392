"""A model that was compiled with `loss="mse"` and saved to `.h5` cannot be loaded again.

The old format stores the loss by the string it was given, and Keras 3 takes `mse`, `mae`, `mape`, `msle`, `kld` and
`bce` for functions of its metrics when it reads them back. Saving works; the trained model is found to be locked
up when it is needed.

Keras 3 raises `ValueError: Could not deserialize 'keras.metrics.mse' because it is not a KerasSaveable subclass`
in `load_model`. Full names (`mean_squared_error`), loss objects, `.keras` files and `compile=False` work; Keras 2
reads all of them. An info where the file does not load the model itself.

Bad:

```python
from keras import Sequential, layers, models

model = Sequential([layers.Input((3,)), layers.Dense(1)])
model.compile("adam", loss="mse")
model.save("model.h5")
again = models.load_model("model.h5")  # KER903 error: load_model cannot read the loss 'mse' back
```

Good:

```python
from keras import Sequential, layers, models

model = Sequential([layers.Input((3,)), layers.Dense(1)])
model.compile("adam", loss="mse")
model.save("model.keras")
again = models.load_model("model.keras")
```

Good: what cannot be known, because the loss comes from elsewhere.

```python
from config import LOSS
from keras import Sequential, layers, models

model = Sequential([layers.Input((3,)), layers.Dense(1)])
model.compile("adam", loss=LOSS)
model.save("model.h5")
again = models.load_model("model.h5")
```

How to fix: save as `.keras`, or load with `compile=False` and compile again.

Fix safety: unsafe; a model that is loaded with `compile=False` has to be compiled before it trains.

See: https://keras.io/guides/serialization_and_saving/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.facts import Program, Training, exclude_each_other
from kerlint.model.guards import is_guarded
from kerlint.model.savings import Saving, ending_of
from kerlint.probes import Probe, Raises, Step

from ._examples_h5_alias_load import BAD, GOOD

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.SAVE, (Raises("Could not deserialize"),))

ALIASES = frozenset({"mse", "mae", "mape", "msle", "kld", "bce"})
LEGACY = (".h5", ".hdf5")


def _compile_before(program: Program, saving: Saving) -> Training | None:
    """The compile in force when a model is saved."""
    found = None
    for event in program.trainings:
        is_same = event.model == saving.model and event.kind == "compile"
        if is_same and not exclude_each_other(event.path, saving.path) and _is_before(program, event, saving):
            found = event
    return found


def _is_before(program: Program, event: Training, saving: Saving) -> bool:
    place = next((index for index, site in enumerate(program.calls) if site is event.site), None)
    return place is not None and place < saving.order


def _saved(program: Program) -> Iterator[tuple[Saving, str, str]]:
    """Models that are saved to the old format with a loss that cannot be read: the path and the loss."""
    for saving in program.savings:
        path = ending_of(saving.filepath)
        if saving.kind != "save" or saving.model is None or path is None or not path.endswith(LEGACY):
            continue
        event = _compile_before(program, saving)
        loss = event.site.value("loss") if event is not None else None
        if isinstance(loss, str) and loss.lower() in ALIASES:
            yield saving, path, loss


def _loads(program: Program, saved: Saving, path: str) -> list[Saving]:
    """The calls that read a file back as it was compiled."""
    found = []
    for one in program.savings:
        same = one.kind == "load" and ending_of(one.filepath) == path and one.order >= saved.order
        if same and one.site.value("compile") is True:
            found.append(one)
    return found


def _fix(load: Saving) -> Suggestion | None:
    edit = load.site.adding("compile", "False") if load.site.is_omitted("compile") else None
    return None if edit is None else Suggestion("load with compile=False", (edit,), safe=False)


def _hits(program: Program) -> Iterator[Hit]:
    for saved, path, loss in _saved(program):
        loads = _loads(program, saved, path)
        for load in loads:
            message = (
                f"load_model cannot read the loss '{loss}' back from {path[-40:]}: Keras 3 raises ValueError"
            )
            related = ((saved.site.place, f"saved with loss='{loss}' here"),)
            yield Hit(load.site.place, message, related=related, fix=_fix(load))
        if not loads and not any(one.kind == "load" for one in program.savings):
            message = f"loss='{loss}' cannot be read back from an .h5 file: save as .keras, or load with compile=False"
            yield Hit(saved.site.place, message, Severity.INFO)


@rule("KER903", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report models that are saved to the old format with the short name of a loss."""
    if program.target == "keras3":
        yield from (hit for hit in _hits(program) if not is_guarded(hit.place))
