"""A callback that remembers the training of one model spoils that of the next.

A `ModelCheckpoint` with `save_best_only` keeps the best value it has seen. Given to the fit of a second model it
compares with the first one's: the second is saved only if it beats the first, and the file that is loaded for
it may hold the other model. Two checkpoints that write one file overwrite each other in the same way, and a
`CSVLogger` begins its file anew for every training.

Keras (all versions) is silent. `EarlyStopping` and `ReduceLROnPlateau` begin afresh in every fit and can be
shared.

Bad:

```python
import numpy as np
from keras import Sequential, callbacks, layers

x, y = np.zeros((8, 4)), np.zeros((8, 1))
small = Sequential([layers.Input((4,)), layers.Dense(1)])
large = Sequential([layers.Input((4,)), layers.Dense(8), layers.Dense(1)])
small.compile("adam", "mse")
large.compile("adam", "mse")
keep = callbacks.ModelCheckpoint("best.keras", save_best_only=True)
small.fit(x, y, validation_split=0.5, callbacks=[keep], verbose=0)
large.fit(x, y, validation_split=0.5, callbacks=[keep], verbose=0)  # KER704 warning: `keep`
```

Good:

```python
import numpy as np
from keras import Sequential, callbacks, layers

x, y = np.zeros((8, 4)), np.zeros((8, 1))
small = Sequential([layers.Input((4,)), layers.Dense(1)])
large = Sequential([layers.Input((4,)), layers.Dense(8), layers.Dense(1)])
for name, model in {"small": small, "large": large}.items():
    model.compile("adam", "mse")
    keep = callbacks.ModelCheckpoint(f"{name}.keras", save_best_only=True)
    model.fit(x, y, validation_split=0.5, callbacks=[keep], verbose=0)
```

kerlint is silent where the file is loaded between the two trainings, and where the path or the callbacks are
not known.

How to fix: make a callback, and a file name, for each model.

See: https://keras.io/api/callbacks/model_checkpoint/
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.facts import Program, exclude_each_other
from kerlint.model.fits import Callback, Fit
from kerlint.probes import Holds, Probe, Property, Step

PROBE = Probe(Step.EPOCH, (Holds(Property.STATE_KEPT),))

LOADS = (".load_weights", ".load_model")

BAD = {
    "a list of callbacks for both models": """
import numpy as np
from keras.models import Sequential, Model
from keras.layers import Dense, Input
from keras.callbacks import ModelCheckpoint

x, y = np.zeros((8, 4)), np.zeros((8, 1))
sequen = Sequential()
sequen.add(Dense(1, input_dim=4))
sequen.compile("sgd", "mse")
entry = Input((4,))
functional = Model(entry, Dense(1)(entry))
functional.compile("sgd", "mse")
checkpoint = ModelCheckpoint("weights.keras", monitor="loss", save_best_only=True, mode="min")
callbacks_list = [checkpoint]
sequen.fit(x, y, callbacks=callbacks_list, verbose=0)
functional.fit(x, y, callbacks=callbacks_list, verbose=0)  # KER704 warning: has the best value of `sequen`
""",
    "two checkpoints write one file": """
import numpy as np
from keras import Sequential, callbacks, layers

path = "best.keras"
x, y = np.zeros((8, 4)), np.zeros((8, 1))
first = Sequential([layers.Input((4,)), layers.Dense(1)])
second = Sequential([layers.Input((4,)), layers.Dense(1)])
first.compile("adam", "mse")
second.compile("adam", "mse")
keep_first = callbacks.ModelCheckpoint(path, monitor="loss", save_best_only=True)
keep_second = callbacks.ModelCheckpoint(path, monitor="loss", save_best_only=True)
first.fit(x, y, callbacks=[keep_first], verbose=0)
second.fit(x, y, callbacks=[keep_second], verbose=0)  # KER704 warning: 'best.keras'
""",
    "one checkpoint for all folds": """
import numpy as np
from keras import Sequential, callbacks, layers

x, y = np.zeros((9, 4)), np.zeros((9, 1))
keep = callbacks.ModelCheckpoint("fold.keras", monitor="loss", save_best_only=True)
for fold in range(3):
    model = Sequential([layers.Input((4,)), layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit(x, y, callbacks=[keep], verbose=0)  # KER704 warning: `keep`
""",
    "one log for two trainings": """
import numpy as np
from keras import Sequential, callbacks, layers

x, y = np.zeros((8, 4)), np.zeros((8, 1))
log = callbacks.CSVLogger("log.csv")
first = Sequential([layers.Input((4,)), layers.Dense(1)])
second = Sequential([layers.Input((4,)), layers.Dense(1)])
first.compile("adam", "mse")
second.compile("adam", "mse")
first.fit(x, y, callbacks=[log], verbose=0)
second.fit(x, y, callbacks=[log], verbose=0)  # KER704 warning: overwrites the log of `first`
""",
}

GOOD = {
    "callbacks that begin afresh": """
import numpy as np
from keras import Sequential, callbacks, layers

x, y = np.zeros((8, 4)), np.zeros((8, 1))
stop = [callbacks.EarlyStopping(monitor="loss"), callbacks.ReduceLROnPlateau(monitor="loss")]
for units in (1, 2):
    model = Sequential([layers.Input((4,)), layers.Dense(units), layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit(x, y, callbacks=stop, verbose=0)
""",
    "one model, trained on": """
import numpy as np
from keras import Sequential, callbacks, layers

x, y = np.zeros((8, 4)), np.zeros((8, 1))
keep = callbacks.ModelCheckpoint("best.keras", monitor="loss", save_best_only=True)
model = Sequential([layers.Input((4,)), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, callbacks=[keep], verbose=0)
model.fit(x, y, callbacks=[keep], verbose=0)
""",
    "each experiment loads its file before the next one writes it": """
import numpy as np
from keras import Sequential, callbacks, layers


def run(model):
    path = "run.weights.h5"
    keep = callbacks.ModelCheckpoint(path, monitor="loss", save_best_only=True, save_weights_only=True)
    model.compile("adam", "mse")
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), callbacks=[keep], verbose=0)
    model.load_weights(path)
    return model


run(Sequential([layers.Input((4,)), layers.Dense(1)]))
run(Sequential([layers.Input((4,)), layers.Dense(2), layers.Dense(1)]))
""",
    "a file for each epoch": """
import numpy as np
from keras import Sequential, callbacks, layers

keep = callbacks.ModelCheckpoint("net-{epoch}.keras")
for units in (1, 2):
    model = Sequential([layers.Input((4,)), layers.Dense(units), layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), callbacks=[keep], verbose=0)
""",
    "models that exclude each other": """
import sys
import numpy as np
from keras import Sequential, callbacks, layers

keep = callbacks.ModelCheckpoint("best.keras", monitor="loss", save_best_only=True)
if len(sys.argv) > 5:
    model = Sequential([layers.Input((4,)), layers.Dense(1)])
else:
    model = Sequential([layers.Input((4,)), layers.Dense(2), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), callbacks=[keep], verbose=0)
""",
    "paths from elsewhere": """
import numpy as np
from keras import Sequential, callbacks, layers
from settings import where

for units in (1, 2):
    model = Sequential([layers.Input((4,)), layers.Dense(units), layers.Dense(1)])
    model.compile("adam", "mse")
    keep = callbacks.ModelCheckpoint(where(units), monitor="loss", save_best_only=True)
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), callbacks=[keep], verbose=0)
""",
}


def _remembers(callback: Callback) -> bool:
    """Whether its state, or its file, outlasts a training."""
    site = callback.site
    if site is None:
        return False
    if callback.cls == "CSVLogger":
        return site.value("append") is False
    return callback.cls == "ModelCheckpoint" and site.value("save_best_only") is True


def _file(callback: Callback) -> str | None:
    """The one file that it writes."""
    name = "filename" if callback.cls == "CSVLogger" else "filepath"
    path = callback.site.value(name) if callback.site is not None else None
    return path if isinstance(path, str) and "{" not in path else None


def _is_loaded_between(program: Program, first: Fit, second: Fit) -> bool:
    sites = list(program.calls)
    places = [index for index, site in enumerate(sites) if site is first.site or site is second.site]
    between = sites[places[0] : places[-1]] if places else []
    return any(site.symbol.endswith(LOADS) for site in between)


def _hit(callback: Callback, first: Fit, second: Fit, *, is_shared: bool) -> Hit:
    name = f"`{callback.variable}`" if callback.variable else callback.cls
    if callback.cls == "CSVLogger":
        message = f"{name} overwrites the log of `{first.label}` with that of `{second.label}`"
    elif is_shared:
        message = f"{name} still has the best value of `{first.label}`: `{second.label}` is saved only if it beats it"
        if first.label == second.label:
            message = (
                f"{name} still has the best value of the model before: this one is saved only if it beats it"
            )
    else:
        message = f"`{second.label}` is saved to {_file(callback)!r}, over the best of `{first.label}`"
    confidence = Confidence.CERTAIN if is_shared else Confidence.LIKELY
    return Hit(
        second.site.place,
        message,
        confidence=confidence,
        related=((first.site.place, "the training before"),),
    )


@rule("KER704", Severity.WARNING, ordered=True)
def check(program: Program) -> Iterator[Hit]:
    """Report fits of a second model with a callback, or to a file, that belongs to a first one."""
    uses = [(one, fit) for fit in program.fits for one in fit.callbacks if _remembers(one)]
    for index, (callback, fit) in enumerate(uses):
        for earlier, before in uses[:index]:
            if before.model == fit.model or exclude_each_other(before.path, fit.path):
                continue
            is_shared = earlier.identity == callback.identity
            path = _file(callback)
            is_one_file = path is not None and path == _file(earlier) and earlier.cls == callback.cls
            if is_shared or (is_one_file and not _is_loaded_between(program, before, fit)):
                yield _hit(callback, before, fit, is_shared=is_shared)
                break
