"""Optimizers of Keras 3 take no `lr` and ignore `decay`: what older code says is refused or has no effect.

`lr` became `learning_rate`, and the learning rate decays by a schedule of `keras.optimizers.schedules` only.
Code that was written before trains with another learning rate than it says, where it runs at all.

Keras 3 raises `ValueError: Argument(s) not recognized: {'lr': 0.1}`; it warns of `decay` and ignores it; an
assignment to `optimizer.lr` makes a new attribute that nobody reads, without a word; reading it, `minimize` and
`get_updates` raise `AttributeError`; `keras.optimizers.legacy` classes raise `ImportError`. Only one of
`clipnorm`, `clipvalue` and `global_clipnorm` may be given. Nothing is reported for projects on Keras 2.

Bad:

```python
from keras.optimizers import SGD, Adam

sgd = SGD(lr=0.01, momentum=0.9)  # KER112 error: SGD takes no `lr`, it is `learning_rate` now
adam = Adam(learning_rate=0.001, decay=1e-6)  # KER112 warning: Adam ignores `decay`
adam.lr = 0.0001  # KER112 error: `lr` is an attribute of Adam no more
```

Good:

```python
from keras.optimizers import SGD, Adam
from keras.optimizers.schedules import InverseTimeDecay

sgd = SGD(learning_rate=0.01, momentum=0.9)
adam = Adam(InverseTimeDecay(0.001, decay_steps=1, decay_rate=1e-6))
adam.learning_rate = 0.0001
```

Good: what cannot be known, because the keywords come from elsewhere.

```python
from config import OPTIONS
from keras.optimizers import SGD

sgd = SGD(**OPTIONS)
```

How to fix: write `learning_rate`; for `decay=d` give `InverseTimeDecay(rate, decay_steps=1, decay_rate=d)`.

Fix safety: safe for `lr` and other pure renames; unsafe where an argument that is ignored is taken out.

See: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.keras_api import names, signatures
from kerlint.keras_api.former_members import FORMER_MEMBERS
from kerlint.model.attribute_uses import AttributeUse
from kerlint.model.call_sites import Argument, CallSite, Origin
from kerlint.model.facts import Program
from kerlint.model.guards import is_guarded
from kerlint.model.keywords import argument_place, removing, renaming
from kerlint.probes import Holds, Probe, Property, Raises, Step, Warns

from ._examples_optimizer_legacy_argument import BAD, GOOD

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.CONSTRUCT,
    (
        Raises("not recognized"),
        Raises("Only one of"),
        Raises("no attribute"),
        Raises("legacy"),
        Warns("decay"),
        Holds(Property.SETTING_IGNORED),
        Holds(Property.MISPLACED),
    ),
)

RENAMED = {
    "lr": "learning_rate",
    "beta1": "beta_1",
    "beta2": "beta_2",
    "eps": "epsilon",
    "weight_decay_rate": "weight_decay",
    "clip_norm": "clipnorm",
    "clip_value": "clipvalue",
}
GONE = {
    "schedule_decay": "Nadam has a fixed one",
    "jit_compile": "give it to compile",
    "is_legacy_optimizer": "there are none",
    "clip": "use clipnorm or clipvalue",
}
CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")
LEGACY = "keras.optimizers.legacy."
WELL_KNOWN = ("Adam", "SGD", "RMSprop", "Nadam", "Adagrad", "Adadelta", "Ftrl", "AdamW")
FLAGS = {"nesterov": "momentum", "amsgrad": "epsilon"}
"""Flags that stand where Keras 2 had `decay`, to the argument before them."""


def _owners(name: str) -> list[str]:
    """Well-known optimizers that take the argument."""
    found = []
    for each in WELL_KNOWN:
        signature = signatures.signature(f"keras.optimizers.{each}")
        if signature is not None and name in signature:
            found.append(each)
    return found


def _near(site: CallSite, name: str) -> str | None:
    signature = signatures.signature(site.symbol)
    if signature is None:
        return None
    new = RENAMED.get(name)
    if new is not None:
        return new if new in signature else None
    found = get_close_matches(name, sorted(signature.keywords), n=1, cutoff=0.75)
    return found[0] if found and found[0] != "decay" else None


def _unknown(site: CallSite, argument: Argument) -> Hit:
    """An argument that the optimizer refuses."""
    name, optimizer, new = argument.name, site.symbol.rpartition(".")[2], _near(site, argument.name)
    place, owners = argument_place(site, argument), _owners(name)
    if new is not None:
        word = "it is" if name in RENAMED else "did you mean"
        tail = " now" if name == "lr" else ""
        message = f"{optimizer} takes no `{name}`, {word} `{new}`{tail}: Keras 3 raises ValueError"
        edit = renaming(site, argument, new)
        fix = Suggestion(f"call it {new}", (edit,), safe=name in RENAMED) if edit is not None else None
        return Hit(place, message, fix=fix)
    why = GONE.get(name) or (f"that is an argument of {owners[0]}" if owners else "")
    tail = f" ({why})" if why else ""
    return Hit(place, f"{optimizer} takes no `{name}`{tail}: Keras 3 raises ValueError")


def _ignored(site: CallSite, argument: Argument) -> Hit | None:
    """`decay`: it has no effect, which is what zero means."""
    optimizer, value = site.symbol.rpartition(".")[2], argument.value
    if value is None:
        return None
    edit = removing(site, argument)
    fix = Suggestion("take out what is ignored", (edit,), safe=value == 0) if edit is not None else None
    message = f"{optimizer} ignores `decay` in Keras 3: the learning rate stays as it is"
    if value == 0:
        return Hit(argument_place(site, argument), message, Severity.INFO, fix=fix)
    rate = argument.text or "d"
    cure = f"; give it InverseTimeDecay(rate, 1, {rate if len(rate) < 20 else 'd'})"
    return Hit(argument_place(site, argument), message + cure, Severity.WARNING, fix=fix)


def _clipped(site: CallSite) -> Hit | None:
    """More than one way of clipping."""
    given = [name for name in CLIPS if (found := site.argument(name)) is not None and found.is_given]
    given = [name for name in given if isinstance(site.value(name), int | float)]
    if len(given) < 2:
        return None
    optimizer = site.symbol.rpartition(".")[2]
    return Hit(
        site.place, f"{optimizer} takes one of {' and '.join(given)}, not both: Keras 3 raises ValueError"
    )


def _misplaced(site: CallSite) -> Iterator[Hit]:
    """A decay given by position, as Keras 2 had it, lands in a flag."""
    optimizer = site.symbol.rpartition(".")[2]
    for flag in FLAGS:
        argument = site.argument(flag)
        if argument is None or argument.origin is not Origin.WRITTEN or argument.place is None:
            continue
        is_rate = isinstance(argument.value, float)
        if is_rate and argument_place(site, argument) == argument.place:
            message = (
                f"{optimizer} takes {argument.text} for `{flag}` at this position: Keras 2 had `decay` here"
            )
            yield Hit(argument.place, message, Severity.WARNING)


def _construction(site: CallSite) -> Iterator[Hit]:
    if site.symbol.startswith(LEGACY):
        name = site.symbol.rpartition(".")[2]
        yield Hit(
            site.place, f"optimizers.legacy.{name} is gone: Keras 3 raises ImportError; use optimizers.{name}"
        )
        return
    for argument in site.unexpected:
        if not argument.name.isdigit() and argument.name not in site.arguments:
            yield _unknown(site, argument)
    decay = site.argument("decay")
    if decay is not None and decay.is_given and (hit := _ignored(site, decay)) is not None:
        yield hit
    if (hit := _clipped(site)) is not None:
        yield hit
    yield from _misplaced(site)


def _attribute(use: AttributeUse) -> Hit:
    """`optimizer.lr`, read or set."""
    optimizer, new = use.symbol.rpartition(".")[2], FORMER_MEMBERS["optimizer"][use.name]
    is_rename = use.name == "lr"
    fix = Suggestion(f"use {new}", (use.place.replacing(new),), safe=True) if is_rename else None
    what = f"`{use.name}` is an attribute of {optimizer} no more"
    if use.is_set:
        return Hit(use.place, f"{what}: Keras 3 keeps the value and ignores it; set {new}", fix=fix)
    return Hit(use.place, f"{what}: Keras 3 raises AttributeError; use {new}", fix=fix)


@rule("KER112", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report what optimizers of Keras 3 refuse or ignore."""
    if program.target != "keras3":
        return
    for site in program.calls:
        if names.category(site.symbol) == "optimizer" and site.symbol.startswith("keras.optimizers."):
            for hit in _construction(site):
                if not is_guarded(hit.place):
                    yield hit
    set_before: set[object] = set()
    for use in program.attribute_uses:
        is_known = use.name in FORMER_MEMBERS["optimizer"] and names.category(use.symbol) == "optimizer"
        if not is_known or is_guarded(use.place):
            continue
        key = (use.variable, use.name)
        if use.is_set:
            set_before.add(key)
        if use.is_set or key not in set_before:
            yield _attribute(use)
