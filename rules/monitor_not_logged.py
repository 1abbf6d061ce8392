"""A callback that monitors a key which `fit` does not log never acts.

`EarlyStopping`, `ModelCheckpoint` and `ReduceLROnPlateau` look up their `monitor` (by default `val_loss`) in the
logs of each epoch: the loss, one key for each metric of `compile`, and the same with `val_` in front when
there is validation data. `monitor="val_acc"` beside `metrics=["accuracy"]` finds nothing.

Keras warns once an epoch and goes on: the training is never stopped, the best model never saved, the learning
rate never lowered. Keras 3 raises `ValueError` at the end of the first epoch where it also cannot tell whether
more is better, that is for every `monitor` that is neither the loss nor a metric of its own, unless `mode` is
given. A file name such as `best-{val_acc:.2f}.keras` raises `KeyError` (asked of keras 3.15 and tf_keras 2.21).

Also reported: a `mode` that contradicts what is monitored (`max` of a loss), one that Keras does not know, and
as infos a `patience` that no training outlasts and the training's own loss where validation data is at hand.

Bad:

```python
import numpy as np
from keras import Sequential, callbacks, layers

model = Sequential([layers.Input((4,)), layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
stop = callbacks.EarlyStopping(monitor="val_acc", patience=3)  # KER702 error: monitors `val_acc`
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), validation_split=0.25, epochs=20, callbacks=[stop])
```

Good:

```python
import numpy as np
from keras import Sequential, callbacks, layers

model = Sequential([layers.Input((4,)), layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
stop = callbacks.EarlyStopping(monitor="val_accuracy", patience=3)
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), validation_split=0.25, epochs=20, callbacks=[stop])
```

kerlint is silent where a metric, the validation data, a callback that may log, or the model's own training step
is not known.

How to fix: monitor a key that is logged, give `fit` validation data, and `mode` for metrics of your own.

Fix safety: safe. `val_acc` becomes `val_accuracy` (or the other way round) where exactly that is logged.

See: https://keras.io/api/callbacks/early_stopping/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.model.call_sites import CallSite
from kerlint.model.facts import Program
from kerlint.model.fits import Callback, Fit
from kerlint.model.logs import Logs, logs_of
from kerlint.places import Place
from kerlint.probes import Holds, Probe, Property, Raises, Step, Warns

from ._examples_monitor_not_logged import BAD, GOOD
from ._log_words import renamed

PROBE = Probe(
    Step.EPOCH,
    (
        Holds(Property.KEY_MISSING),
        Holds(Property.NEVER_ACTS),
        Raises("isn't able to automatically determine"),
        Raises("Failed to format this callback filepath"),
        Warns("is unknown, fallback to auto mode"),
    ),
)

CONSEQUENCES = {
    "EarlyStopping": "the training is never stopped",
    "ModelCheckpoint": "the model is never saved",
    "ReduceLROnPlateau": "the learning rate is never lowered",
}
MODES = ("auto", "min", "max")
RISING = frozenset({"acc", "accuracy", "auc", "AUC", "precision", "recall", "Precision", "Recall"})
"""Metrics that are better the higher they are."""
FIELD = re.compile(r"\{(\w+)[^{}]*\}")
ALWAYS = ("epoch", "batch")
"""What a checkpoint's file name may use besides the logs."""


def _place(site: CallSite, name: str) -> Place:
    """Where the argument is written, else the call."""
    argument = site.argument(name)
    return argument.place if argument is not None and argument.place is not None else site.place


def _fix(site: CallSite, monitor: str, logs: Logs) -> Suggestion | None:
    other, argument = renamed(monitor, logs), site.argument("monitor")
    text = argument.text if argument is not None else None
    if (
        other is None
        or argument is None
        or argument.place is None
        or text not in (f'"{monitor}"', f"'{monitor}'")
    ):
        return None
    edit = argument.place.replacing(f"{text[0]}{other}{text[0]}")
    return Suggestion(f"monitor `{other}`", (edit,), safe=True)


def _why(fit: Fit, monitor: str, logs: Logs) -> str:
    if monitor.startswith("val_") and logs.is_metric(monitor.removeprefix("val_")):
        return f"`{fit.label}.fit` gets no validation data"
    return f"`{fit.label}.fit` does not log it"


def _missing(callback: Callback, site: CallSite, fit: Fit, logs: Logs, target: str) -> Hit | None:
    """The monitor is not logged, or Keras 3 does not know which way it is better."""
    monitor, mode = site.value("monitor"), site.value("mode")
    if not isinstance(monitor, str) or not isinstance(mode, str):
        return None
    base, is_logged = monitor.removeprefix("val_"), logs.has(monitor)
    is_auto = target == "keras3" and mode not in ("min", "max")
    related = ((fit.site.place, "trains with it"),)
    place = _place(site, "monitor")
    if is_logged is True and is_auto and base in logs.undirected:
        message = f"{callback.cls} monitors `{monitor}` without a `mode`: Keras 3 cannot tell whether more is better and raises ValueError"
        return Hit(place, message, Severity.ERROR, related=related)
    if is_logged is not False:
        return None
    if is_auto and logs.is_metric(base) is False:
        consequence = "Keras 3 raises ValueError after the first epoch"
        severity = Severity.ERROR
    elif callback.cls == "ModelCheckpoint" and site.value("save_best_only") is not True:
        return None
    else:
        consequence = CONSEQUENCES[callback.cls]
        severity = Severity.ERROR if callback.cls == "ModelCheckpoint" else Severity.WARNING
    message = f"{callback.cls} monitors `{monitor}`, but {_why(fit, monitor, logs)}: {consequence}"
    return Hit(place, message, severity, related=related, fix=_fix(site, monitor, logs))


def _filename(callback: Callback, site: CallSite, fit: Fit, logs: Logs) -> Iterator[Hit]:
    path = site.value("filepath")
    if callback.cls != "ModelCheckpoint" or not isinstance(path, str):
        return
    for name in FIELD.findall(path):
        if name not in ALWAYS and logs.has(name) is False:
            message = f"the file name asks for `{name}`, which {fit.label}.fit does not log: KeyError after the first epoch"
            yield Hit(
                _place(site, "filepath"),
                message,
                Severity.ERROR,
                related=((fit.site.place, "trains with it"),),
            )


def _mode(callback: Callback, site: CallSite) -> Hit | None:
    monitor, mode = site.value("monitor"), site.value("mode")
    if not isinstance(monitor, str) or not isinstance(mode, str):
        return None
    place, base = _place(site, "mode"), monitor.removeprefix("val_")
    if mode not in MODES:
        return Hit(
            place,
            f"{callback.cls} does not know the mode {mode!r} and falls back to 'auto'",
            Severity.WARNING,
        )
    if mode == "max" and (base == "loss" or base.endswith("_loss")):
        worst = "the worst epoch" if callback.cls == "ModelCheckpoint" else "a falling loss"
        return Hit(
            place, f"{callback.cls} takes mode='max' of `{monitor}`: {worst} counts wrongly", Severity.WARNING
        )
    if mode == "min" and base in RISING:
        return Hit(
            place,
            f"{callback.cls} takes mode='min' of `{monitor}`, which is better the higher",
            Severity.WARNING,
        )
    return None


def _remarks(callback: Callback, site: CallSite, fit: Fit, logs: Logs) -> Iterator[Hit]:
    """What is no fault in itself."""
    monitor, patience, epochs = site.value("monitor"), site.value("patience"), fit.site.value("epochs")
    is_counted = callback.cls == "EarlyStopping" and isinstance(patience, int) and isinstance(epochs, int)
    if is_counted and patience >= epochs > 1:
        message = f"EarlyStopping waits {patience} epochs and the training has {epochs}: it never stops it"
        yield Hit(_place(site, "patience"), message, Severity.INFO)
    if isinstance(monitor, str) and logs.is_validated and logs.has(monitor) and logs.has(f"val_{monitor}"):
        message = (
            f"{callback.cls} monitors `{monitor}` of the training data although there is validation data"
        )
        yield Hit(_place(site, "monitor"), message, Severity.INFO)


def _hits(callback: Callback, fit: Fit, logs: Logs | None, target: str) -> Iterator[Hit]:
    site = callback.site
    if site is None or callback.cls not in CONSEQUENCES:
        return
    if logs is not None and (missing := _missing(callback, site, fit, logs, target)) is not None:
        yield missing
        return
    if (mode := _mode(callback, site)) is not None:
        yield mode
    if logs is not None:
        yield from _filename(callback, site, fit, logs)
        yield from _remarks(callback, site, fit, logs)


@rule("KER702", Severity.WARNING, fixable=True, ordered=True)
def check(program: Program) -> Iterator[Hit]:
    """Report what every fit that a callback is given to agrees on."""
    found: dict[tuple[int, object], list[Hit]] = {}
    fits: dict[int, set[int]] = {}
    for fit in program.fits:
        logs = logs_of(program, fit) if fit.callbacks else None
        for callback in fit.callbacks:
            fits.setdefault(callback.identity, set()).add(fit.order)
            for hit in _hits(callback, fit, logs, program.target):
                found.setdefault((callback.identity, hit.place.key), []).append(hit)
    for (identity, _), hits in found.items():
        if len(hits) >= len(fits[identity]):
            yield hits[0]


__all__ = ["BAD", "GOOD", "check"]
