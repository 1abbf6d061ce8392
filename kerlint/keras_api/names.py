"""One canonical name for everything in Keras, whatever the import path, and what kind of thing it names.

`tf.keras.layers.MaxPool2D`, `keras.src.layers.pooling.max_pooling2d.MaxPooling2D` and
`keras.layers.pooling.MaxPooling2D` are all `keras.layers.MaxPooling2D`. The public paths come from the
generated snapshot; the module paths of Keras 1 and 2 and the insides of the packages are read by rules, whose
exceptions the generator finds and stores.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from kerlint.keras_api.former_names import (
    FORMER_MODULES,
    FORMER_NAMES,
    PREFIXES,
    PRIVATE,
    PRIVATE_BACKEND,
    TENSORFLOW_SHORTCUTS,
)
from kerlint.keras_api.signatures import methods
from kerlint.keras_api.snapshot import DEFAULT_TARGET, Snapshot, load

COMPILE_METRICS: Final = frozenset({"accuracy", "acc", "crossentropy", "ce"})
"""Words that `compile` resolves by the output's and target's shape, before `keras.metrics.get` is asked."""

SINGULAR: Final = {
    "layers": "layer",
    "models": "model",
    "optimizers": "optimizer",
    "losses": "loss",
    "metrics": "metric",
    "callbacks": "callback",
    "initializers": "initializer",
    "regularizers": "regularizer",
    "constraints": "constraint",
    "activations": "activation",
    "applications": "application",
    "datasets": "dataset",
    "quantizers": "quantizer",
    "optimizers.schedules": "schedule",
}
BASES: Final = {
    "keras.Model": "model",
    "keras.optimizers.schedules.LearningRateSchedule": "schedule",
    "keras.optimizers.Optimizer": "optimizer",
    "keras.optimizers.legacy.Optimizer": "optimizer",
    "keras.losses.Loss": "loss",
    "keras.metrics.Metric": "metric",
    "keras.callbacks.Callback": "callback",
    "keras.initializers.Initializer": "initializer",
    "keras.regularizers.Regularizer": "regularizer",
    "keras.constraints.Constraint": "constraint",
    "keras.mixed_precision.LossScaleOptimizer": "optimizer",
    "keras.layers.Layer": "layer",
}
"""Base class to the category of all that derive from it. Layer is last: models and Keras 2's metrics are Layers."""
NOT_MODELS: Final = {"preprocess_input": "preprocessing", "decode_predictions": "utils"}
APART: Final = "legacy_tf_layers.base."
"""A module inside of Keras 2 whose classes only have the names of Keras's."""
LOOKUPS: Final = frozenset({"get", "serialize", "deserialize"})


@lru_cache(maxsize=65536)
def canonical(dotted: str, target: str = DEFAULT_TARGET) -> str:
    """The one name of what an import path names.

    Names outside Keras come back as they are, unknown members of Keras with `keras` as their package.
    A name that only the other generation has is normalised by its snapshot; `kind` still says None for it.
    `keras.optimizers.legacy.Adam` stays apart from `keras.optimizers.Adam`.
    """
    if "keras" not in dotted and not dotted.startswith("tensorflow."):
        return dotted
    return resolve(load(target), dotted, "keras2" if target == "keras3" else "keras3")


def resolve(snapshot: Snapshot, dotted: str, other: str | None = None) -> str:
    """`canonical` over a given snapshot; what it lacks is looked up in the `other` target's."""
    rest = _below_keras(dotted)
    if rest is None:
        return _shortcut(snapshot, dotted)
    if not rest:
        return "keras"
    if rest.removeprefix("src.").startswith(APART):
        return dotted
    if dotted.startswith(PRIVATE):
        exception = snapshot.tables.internal.get(rest)
        if exception is not None:
            return exception
        rest = rest.removeprefix("legacy.")
    found = _find(snapshot, rest) or (_find(load(other), rest) if other is not None else None)
    if f"{dotted}.".startswith(PRIVATE_BACKEND) and snapshot.tables.version.startswith("3."):
        if found is None or snapshot.is_module(found) or found.startswith("keras.ops."):
            return dotted
        return found if exists(found) else dotted
    if found is not None:
        return found
    owner, _, name = dotted.rpartition(".")
    return f"{resolve(snapshot, owner, other)}.{name}"


@cache
def _below_keras(dotted: str) -> str | None:
    for prefix in PREFIXES:
        if dotted.startswith(prefix) and dotted[len(prefix) : len(prefix) + 1] in ("", "."):
            return dotted[len(prefix) + 1 :]
    return None


def _shortcut(snapshot: Snapshot, dotted: str) -> str:
    package, _, rest = dotted.partition(".")
    if package == "tensorflow" and rest.partition(".")[0] in TENSORFLOW_SHORTCUTS:
        return snapshot.public(f"keras.{rest}") or dotted
    return dotted


def _find(snapshot: Snapshot, rest: str) -> str | None:
    """The canonical name for a path below `keras`, or None."""
    return snapshot.public(f"keras.{rest}") or _former(snapshot, rest) or _nearest(snapshot, rest)


def _former(snapshot: Snapshot, rest: str) -> str | None:
    """A module or a name of Keras 1 and 2 that moved."""
    module, _, name = rest.rpartition(".")
    kind = rest.partition(".")[0]
    renamed = FORMER_NAMES.get(rest) or FORMER_NAMES.get(f"{kind}.{name}")
    if renamed is not None:
        return snapshot.public(f"keras.{renamed}")
    moved = FORMER_MODULES.get(module)
    return snapshot.public(f"keras.{moved}.{name}") if moved else None


def _nearest(snapshot: Snapshot, rest: str) -> str | None:
    """A member of the nearest public module above: the modules between are the package's own business."""
    *modules, name = rest.split(".")
    for length in range(len(modules), 0, -1):
        found = snapshot.members(".".join(["keras", *modules[:length]])).get(name)
        if found is not None:
            return found
        if f"keras.{modules[0]}.{name}" in snapshot.hidden:
            return f"keras.{modules[0]}.{name}"
    if modules[:1] not in (["backend"], ["ops"]) and name[:1].isupper():
        return snapshot.camel_names.get(name)
    return None


def kind(canonical: str, target: str = DEFAULT_TARGET) -> str | None:
    """`class`, `function`, `module`, `constant`, or None when the library has no such thing."""
    snapshot = load(target)
    if canonical in snapshot.classes:
        return "class"
    if canonical in snapshot.functions:
        return "function"
    if snapshot.is_module(canonical):
        return "module"
    return "constant" if canonical in snapshot.constants else None


def members(module: str, target: str = DEFAULT_TARGET) -> Mapping[str, str]:
    """Public members of a canonical module, submodules too, to canonical names; empty when there is none."""
    return load(target).members(module)


def modules(target: str = DEFAULT_TARGET) -> frozenset[str]:
    """Every public module that can be imported, spelled with `keras` (some only through tensorflow: `exists`)."""
    return frozenset(load(target).tables.modules)


@lru_cache(maxsize=4096)
def bases(canonical: str, target: str = DEFAULT_TARGET) -> tuple[str, ...]:
    """The library's classes above a class, nearest first (its method resolution order without itself)."""
    entry = load(target).classes.get(canonical)
    return tuple(entry.bases.split()) if entry is not None else ()


def is_subclass(canonical: str, base: str, target: str = DEFAULT_TARGET) -> bool:
    """Whether a class is `base` or derives from it."""
    return canonical == base or base in bases(canonical, target)


@lru_cache(maxsize=4096)
def properties(canonical: str, target: str = DEFAULT_TARGET) -> frozenset[str]:
    """Names of a class's properties, inherited ones included. What `__init__` assigns is not among them."""
    classes = load(target).classes
    found = [
        entry.properties.split()
        for name in (canonical, *bases(canonical, target))
        if (entry := classes.get(name))
    ]
    return frozenset(name for names in found for name in names)


@lru_cache(maxsize=8192)
def category(canonical: str, target: str = DEFAULT_TARGET) -> str | None:
    """What sort of thing it is: `layer`, `model`, `optimizer`, `loss`, `metric`, `callback`, ...

    Classes go by their bases, the rest by their module: `activation`, `application` (model constructors
    only), `dataset`, `ops`, `random`, `utils`, `backend`, `preprocessing`, `saving`. None outside the library.
    """
    above = (canonical, *bases(canonical, target))
    for base, name in BASES.items():
        if base in above:
            return name
    if kind(canonical, target) is None:
        return None
    module, _, leaf = canonical.rpartition(".")
    if leaf in LOOKUPS:
        return "utils"
    if leaf in NOT_MODELS and module.startswith("keras.applications"):
        return NOT_MODELS[leaf]
    place = module.removeprefix("keras").removeprefix(".")
    top = place.partition(".")[0]
    return SINGULAR.get(place) or SINGULAR.get(top) or top or ("layer" if leaf == "Input" else "core")


def alias(category: str, text: str, target: str = DEFAULT_TARGET) -> str | None:
    """What Keras's `get()` of a category makes of a string, or None when it refuses it.

    `category` is one of activation, constraint, initializer, loss, metric, optimizer, regularizer. Optimizers
    are looked up without regard to case, as Keras does. `COMPILE_METRICS` are `compile`'s own words.
    """
    if category == "optimizer":
        text = text.lower()
    return aliases(category, target).get(text)


def aliases(category: str, target: str = DEFAULT_TARGET) -> Mapping[str, str]:
    """Every string that `get()` of a category takes, to the canonical name of what it gives."""
    return load(target).aliases.get(category, {})


@lru_cache(maxsize=8192)
def exists(dotted: str, target: str = DEFAULT_TARGET) -> bool | None:
    """Whether an import path works as spelled with the snapshot's version; None when it cannot be told.

    `keras.losses.mse` does not exist in Keras 3, `tensorflow.keras.losses.mse` does. Not judged are private and
    former packages (`keras.src`, `keras.api`, `tensorflow.python.keras`), private names and Keras 2's older
    modules.
    """
    snapshot = load(target)
    package, _, rest = dotted.partition(".")
    if package == "tensorflow" and rest.partition(".")[0] == "keras":
        dotted, absent = rest, "only_package"
    elif package == "keras" and rest.partition(".")[0] not in ("src", "api", "_tf_keras"):
        absent = "only_tensorflow" if target == "keras3" else ""
    else:
        return None
    if snapshot.public(dotted) is not None or dotted in snapshot.constants:
        return not (absent and snapshot.is_only(absent, dotted))
    owner, _, name = dotted.rpartition(".")
    above = snapshot.public(owner)
    if above in snapshot.classes:
        return True if name in methods(above, target) or name in properties(above, target) else None
    is_of_module = above not in snapshot.functions and owner not in snapshot.constants
    return False if target == "keras3" and is_of_module and "._" not in dotted else None
