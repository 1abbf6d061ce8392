"""Keras 3 tells by the end of a file's name what to write, and refuses all but its own endings.

`save_weights` and `ModelCheckpoint(save_weights_only=True)` want `.weights.h5`, `save` and `ModelCheckpoint`
`.keras` (or `.h5`). What Keras 2 made of other names, TensorFlow checkpoints and SavedModel folders, Keras 3 writes
by `export` at most and does not read at all: `load_model` refuses folders.

Keras 3 raises `ValueError: The filename must end in .weights.h5`, `Invalid filepath extension for saving` or `File
format not supported` at the call, which for `save` may be after hours of training. `ModelCheckpoint` refuses
`.hdf5`, which `save` takes. Nothing is reported for Keras 2, which took any name.

Bad:

```python
from keras import Sequential, callbacks, layers

model = Sequential([layers.Input((3,)), layers.Dense(1)])
best = callbacks.ModelCheckpoint("best.hdf5")  # KER902 error: ModelCheckpoint wants a name that ends in .keras
model.save_weights("model.h5")  # KER902 error: save_weights wants a name that ends in .weights.h5
model.save("model")  # KER902 error: save wants a name that ends in .keras
```

Good:

```python
from keras import Sequential, callbacks, layers

model = Sequential([layers.Input((3,)), layers.Dense(1)])
best = callbacks.ModelCheckpoint("best.keras")
model.save_weights("model.weights.h5")
model.save("model.keras")
model.export("model")
```

Good: what cannot be known, because the name comes from elsewhere.

```python
from config import PATH
from keras import Sequential, layers

model = Sequential([layers.Input((3,)), layers.Dense(1)])
model.save_weights(PATH)
```

How to fix: write the ending that the message names, there and where the file is read.

Fix safety: unsafe; other programs may read the file by its name.

See: https://keras.io/guides/serialization_and_saving/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.call_sites import Argument, CallSite
from kerlint.model.facts import Program
from kerlint.model.guards import is_guarded
from kerlint.model.savings import ending_of
from kerlint.probes import Probe, Raises, Step

from ._examples_weights_suffix import BAD, GOOD

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.SAVE, (Raises("must end in"), Raises("Invalid filepath"), Raises("not supported")))

WEIGHTS = ".weights.h5"
MODELS = (".keras", ".h5", ".hdf5")
CHECKPOINT = "keras.callbacks.ModelCheckpoint"
READABLE = (".keras", ".h5", ".hdf5")
LITERAL = re.compile(r"""(['"])([^'"{}\\\n]+)\1""")
KNOWN_ENDING = re.compile(r"\.(?:h5|hdf5|hdf|keras|ckpt|tf|model|weights|pb)$", re.IGNORECASE)


def _wanted(site: CallSite, kind: str) -> tuple[tuple[str, ...], str] | None:
    """The endings that a call takes, and the one to propose; None where that cannot be told."""
    if kind == "save_weights":
        return (WEIGHTS,), WEIGHTS
    if kind in ("save", "load"):
        return MODELS, ".keras"
    weights_only = site.value("save_weights_only")
    if weights_only is True:
        return (WEIGHTS,), WEIGHTS
    return ((".keras", ".h5"), ".keras") if weights_only is False else None


def _renamed(path: str, ending: str) -> str:
    return KNOWN_ENDING.sub("", path.rstrip("/")).removesuffix(".weights") + ending


def _same(program: Program, path: str) -> Iterator[Argument]:
    """Other literals of the file that name the same file."""
    for saving in program.savings:
        argument = saving.filepath
        if argument is not None and argument.value == path:
            yield argument


def _fix(program: Program, argument: Argument, path: str, ending: str) -> Suggestion | None:
    edits = []
    for one in (argument, *_same(program, path)):
        found = LITERAL.fullmatch(one.text or "")
        if found is not None and one.place is not None:
            edit = one.place.replacing(f"{found[1]}{_renamed(path, ending)}{found[1]}")
            if edit not in edits:
                edits.append(edit)
    if not edits or LITERAL.fullmatch(argument.text or "") is None:
        return None
    return Suggestion(f"end the name in {ending}", tuple(edits), safe=False)


def _judged(program: Program, site: CallSite, kind: str) -> Hit | None:
    argument, wanted = site.argument("filepath"), _wanted(site, kind)
    path = ending_of(argument)
    if argument is None or not path or wanted is None:
        return None
    is_whole = isinstance(argument.value, str)
    if path.endswith(wanted[0]) or "://" in path or (not is_whole and "." not in path):
        return None
    called = "ModelCheckpoint" if kind == "checkpoint" else site.symbol.rpartition(".")[2]
    if kind == "load":
        message = f"{called} reads .keras and .h5 files only, not '{_short(path)}': Keras 3 raises ValueError"
        return Hit(argument.place or site.place, message, confidence=Confidence.LIKELY)
    message = (
        f"{called} wants a name that ends in {wanted[1]}, got '{_short(path)}': Keras 3 raises ValueError"
    )
    fix = _fix(program, argument, path, wanted[1]) if is_whole else None
    return Hit(argument.place or site.place, message, fix=fix)


def _short(path: str) -> str:
    return path if len(path) <= 40 else "..." + path[-37:]


def _format(site: CallSite) -> Hit | None:
    """`save(path, save_format="tf")`: only the name counts."""
    given = site.argument("save_format")
    if given is None or not given.is_given or given.value != "tf":
        return None
    message = (
        "save_format='tf' is gone: Keras 3 saves .keras and .h5; a SavedModel is written by model.export"
    )
    return Hit(given.place or site.place, message)


def _hits(program: Program) -> Iterator[Hit]:
    for saving in program.savings:
        if saving.kind in ("save", "save_weights", "load"):
            hit = _judged(program, saving.site, saving.kind)
            if hit is not None or (saving.kind == "save" and (hit := _format(saving.site)) is not None):
                yield hit
    for site in program.calls:
        if site.symbol == CHECKPOINT and (hit := _judged(program, site, "checkpoint")) is not None:
            yield hit


@rule("KER902", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report names of files that Keras 3 refuses."""
    if program.target == "keras3":
        yield from (hit for hit in _hits(program) if not is_guarded(hit.place))
