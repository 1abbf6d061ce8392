"""Names, methods and arguments of Keras 1 and 2 that Keras 3 has no more.

Most programs on the web are written for an older Keras. TensorFlow brings Keras 3 since 2.16: modules such as
`keras.layers.core` and `keras.utils.np_utils`, most functions of `keras.backend`, methods such as
`fit_generator` and `predict_classes` and arguments such as `nb_epoch` are gone, and so is all of TensorFlow 1.

Keras 3 raises `ModuleNotFoundError` or `ImportError` for an import, `AttributeError` for a name or a method,
`TypeError` or `ValueError` for an argument. What exists through `tensorflow.keras` only is not reported there.
Nothing is reported for projects on Keras 2, nor inside `try` blocks and version tests. A name that is used
many times is reported where it is first used.

Bad:

```python
from keras.layers.core import Dense, Dropout  # KER408 error: keras.layers.core is gone from Keras 3: import Dense, Dropout from keras.layers
from keras.models import Sequential
from keras.utils import np_utils  # KER408: keras.utils.np_utils is gone from Keras 3: use keras.utils

y = np_utils.to_categorical([0, 1, 2])
model = Sequential([Dense(8, init="uniform"), Dropout(0.5), Dense(3, activation="softmax")])  # KER408: Dense calls `init` `kernel_initializer` now
model.compile("adam", "categorical_crossentropy")
model.fit([[0.0]] * 3, y, nb_epoch=3)  # KER408: fit calls `nb_epoch` `epochs` now
model.predict_classes([[0.0]])  # KER408: `predict_classes` is gone from models in Keras 3
```

Good:

```python
from keras.layers import Dense, Dropout
from keras.models import Sequential
from keras.utils import to_categorical

y = to_categorical([0, 1, 2])
model = Sequential([Dense(8, kernel_initializer="uniform"), Dropout(0.5), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit([[0.0]] * 3, y, epochs=3)
model.predict([[0.0]]).argmax(axis=-1)
```

Good: what cannot be known, because either may be installed.

```python
try:
    from keras.utils import np_utils
except ImportError:
    from keras import utils as np_utils
```

How to fix: use what the message names. `--fix` rewrites what only moved or was renamed.

Fix safety: safe where only a path or a name changes; unsafe where a star import is redirected.

See: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.keras_api import names
from kerlint.keras_api.former import is_gone, successor
from kerlint.keras_api.former_arguments import is_former, replacement
from kerlint.keras_api.former_members import FORMER_MEMBERS
from kerlint.model.attribute_uses import SHAPE, AttributeUse, call_of
from kerlint.model.call_sites import Argument, CallSite, Origin
from kerlint.model.facts import Program
from kerlint.model.guards import is_guarded
from kerlint.model.keywords import argument_place, removing, renaming
from kerlint.probes import Probe, Raises, Step

from ._examples_removed_api import BAD, GOOD
from ._labels import is_called_by_name

if TYPE_CHECKING:
    from kerlint.model.absent import AbsentName

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.CONSTRUCT,
    (
        Raises("No module named"),
        Raises("cannot import name"),
        Raises("has no attribute"),
        Raises("unexpected keyword"),
        Raises("Unrecognized keyword"),
        Raises("required positional argument"),
    ),
)

OTHER_VALUES = frozenset(
    """
    samples_per_epoch nb_val_samples val_samples consume_less dim_ordering forget_bias_init period nb_row
    nb_col atrous_rate
    """.split()  # noqa: SIM905
)
"""Arguments whose new name takes another value: they are not simply renamed."""
SPEED = ("workers", "use_multiprocessing", "max_queue_size", "max_q_size", "nb_worker", "pickle_safe")
"""Arguments that never changed what is computed."""
INSTEAD = {
    "batch_input_shape": "begin with Input(batch_shape=...)",
    "batch_size": "begin with Input(batch_size=...)",
    "input_length": "the length is the input's",
    "weights": "call set_weights after build",
    "sample_weight_mode": "give sample_weight of the target's shape",
    "show_accuracy": "compile with metrics=['accuracy']",
    "time_major": "transpose the input",
    "target_tensors": "give the targets to fit",
    "workers": "a PyDataset takes it",
    "use_multiprocessing": "a PyDataset takes it",
    "max_queue_size": "a PyDataset takes it",
    "write_grads": "",
    "class_mode": "the loss tells",
}
GENERATORS = {"fit_generator": "fit", "evaluate_generator": "evaluate", "predict_generator": "predict"}
LONGEST = 60


def _listed(found: tuple[str, ...]) -> str:
    text = ", ".join(found)
    return text if len(text) <= LONGEST else f"{found[0]} and {len(found) - 1} more names"


# Names


def _homes(name: AbsentName) -> set[str]:
    """Modules in which the imported names are found under their own names now; "" for those that are not."""
    homes = set()
    for each in name.imported:
        above = successor(name.dotted)
        module, _, leaf = successor(f"{name.dotted}.{each}").rpartition(".")
        if above and names.exists(f"{above}.{each}"):
            homes.add(above)
        else:
            homes.add(module if leaf == each and not is_gone(f"{module}.{leaf}") else "")
    return homes


def _absent_module(name: AbsentName) -> Hit:
    """`from keras.layers.core import Dense`."""
    what, homes = f"{name.dotted} is gone from Keras 3", _homes(name)
    if name.imported == ("*",):
        home = successor(name.dotted)
        edit = name.place.replacing(home) if home and " " not in home else None
        fix = Suggestion(f"import from {home}", (edit,), safe=False) if edit is not None else None
        return Hit(name.place, f"{what}: {f'use {home}' if home else 'nothing took its place'}", fix=fix)
    if len(homes) == 1 and (home := next(iter(homes))):
        fix = Suggestion(f"import from {home}", (name.place.replacing(home),), safe=True)
        return Hit(name.place, f"{what}: import {_listed(name.imported)} from {home}", fix=fix)
    found = [successor(f"{name.dotted}.{each}") for each in name.imported]
    found = [new for new in found if new] or [successor(name.dotted)]
    cure = f"use {_listed(tuple(found))}" if found[0] else "nothing took its place"
    return Hit(name.place, f"{what}: {cure}")


def _in_tensorflow(name: AbsentName) -> str:
    """The same name through `tensorflow.keras`, where that still has it."""
    other = f"tensorflow.{name.dotted}"
    return other if name.dotted.startswith("keras.") and names.exists(other) else ""


def _module_under_its_old_name(name: AbsentName, new: str) -> Suggestion | None:
    """`from keras.utils import np_utils` as `from keras import utils as np_utils`, if it has all that is used."""
    if name.whole is None or not name.members or names.kind(new.removeprefix("tensorflow.")) != "module":
        return None
    if not all(names.exists(f"{new}.{member}") for member in name.members):
        return None
    package, _, leaf = new.rpartition(".")
    text = f"{package} import {leaf} as {name.text}"
    return Suggestion(f"import {new}", (name.whole.replacing(text),), safe=True)


def _absent_name(name: AbsentName) -> Hit:
    """`from keras.utils import np_utils`, `K.mean`."""
    new, kept = successor(name.dotted) or successor(name.chain or name.dotted), _in_tensorflow(name)
    package = (
        "TensorFlow 2" if name.dotted.startswith("tensorflow.") and ".keras" not in name.dotted else "Keras 3"
    )
    spelled = name.dotted if name.is_import else name.text
    cures = [f"use {new}"] if new else []
    if kept and "backend" not in kept:
        cures.append("tensorflow.keras still has it")
    cure = "; ".join(cures) or "nothing took its place"
    return Hit(
        name.place,
        f"{spelled} is gone from {package}: {cure}",
        fix=_module_under_its_old_name(name, new) if name.is_import and new else None,
    )


def _names(program: Program) -> Iterator[Hit]:
    seen: set[str] = set()
    for name in program.absent_names:
        is_tensorflow = name.dotted.startswith("tensorflow.") and not name.dotted.startswith(
            "tensorflow.keras"
        )
        key = "tensorflow" if is_tensorflow and not name.is_import else name.dotted
        if name.is_import or key not in seen:
            seen.add(key)
            yield _absent_module(name) if name.imported else _absent_name(name)


# Methods and attributes


def _category(use: AttributeUse) -> str:
    if use.symbol == SHAPE:
        return "shape"
    return "model" if use.symbol == "keras.Model" else names.category(use.symbol) or ""


def _as_fit(use: AttributeUse, site: CallSite | None) -> Suggestion | None:
    """`fit_generator(...)` as `fit(...)`, where all its arguments are known to `fit`."""
    new = GENERATORS.get(use.name)
    if new is None or site is None or not site.exact or site.unexpected:
        return None
    given = [argument for argument in site.arguments.values() if argument.is_given]
    edits = [use.place.replacing(new)]
    if any(argument.origin is not Origin.WRITTEN for argument in given):
        return None
    dropped = [argument for argument in given if argument.name in SPEED]
    for argument in given:
        by_keyword = argument_place(site, argument) != argument.place
        if argument in dropped:
            edit = removing(site, argument) if len(dropped) == 1 else None
        elif argument.name == "generator":
            edit = renaming(site, argument, "x") if by_keyword else edits[0]
        else:
            edit = edits[0] if by_keyword else None
        if edit is None:
            return None
        if edit not in edits:
            edits.append(edit)
    return Suggestion(f"call {new}", tuple(edits), safe=True)


def _member(use: AttributeUse, program: Program) -> Hit:
    category = _category(use)
    new = FORMER_MEMBERS[category][use.name]
    cure = f"use {new}" if new else "nothing took its place"
    site = call_of(use, program.calls)
    fix = _as_fit(use, site)
    if use.name == "reset_states" and category == "metric":
        fix = Suggestion(f"call {new}", (use.place.replacing(new),), safe=True)
    message = f"`{use.name}` is gone from {category}s in Keras 3 (AttributeError): {cure}"
    return Hit(use.place, message, fix=fix)


def _members(program: Program) -> Iterator[Hit]:
    for use in program.attribute_uses:
        category = _category(use)
        if category in ("model", "layer", "metric", "shape") and not use.is_set:
            is_shape_of_model = category == "model" and use.name not in FORMER_MEMBERS["model"]
            if use.name in FORMER_MEMBERS[category] and not is_shape_of_model:
                yield _member(use, program)


# Arguments


def _argument(site: CallSite, argument: Argument) -> Hit:
    called, new = site.symbol.rpartition(".")[2], replacement(site.symbol, argument.name)
    place = argument_place(site, argument)
    if new is None:
        instead = INSTEAD.get(argument.name, "")
        cure = f" ({instead})" if instead else ""
        edit = removing(site, argument) if argument.name in SPEED else None
        fix = Suggestion("take it out", (edit,), safe=True) if edit is not None else None
        return Hit(
            place, f"{called} takes no `{argument.name}` any more{cure}: Keras 3 refuses the call", fix=fix
        )
    is_rename = argument.name not in OTHER_VALUES
    edit = renaming(site, argument, new) if is_rename else None
    fix = Suggestion(f"call it {new}", (edit,), safe=True) if edit is not None else None
    other = "" if is_rename else ", with another meaning"
    message = f"{called} calls `{argument.name}` `{new}` now{other}: Keras 3 refuses the old name"
    return Hit(place, message, fix=fix)


def _arguments(program: Program) -> Iterator[Hit]:
    for site in program.calls:
        if not site.unexpected or not site.symbol.startswith("keras."):
            continue
        if names.category(site.symbol) == "optimizer" or not is_called_by_name(site):
            continue
        for argument in site.unexpected:
            given = site.arguments.get(argument.name)
            is_twice = given is not None and given.is_given
            if not argument.name.isdigit() and not is_twice and is_former(site.symbol, argument.name):
                yield _argument(site, argument)


@rule("KER408", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report what Keras 3 has no more."""
    if program.target != "keras3":
        return
    yield from _names(program)
    for hit in (*_members(program), *_arguments(program)):
        if not is_guarded(hit.place):
            yield hit
