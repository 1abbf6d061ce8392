"""An argument that Keras does not take is refused, or worse, swallowed.

A keyword with a slip of the pen, an argument of another class, one positional argument too many: Keras raises
`TypeError` or `ValueError: Unrecognized keyword arguments` when the line runs, which in a training script may
be after hours of preparation. `ReduceLROnPlateau` takes any keyword without a word, so that `patiance=3` leaves
the patience at 10.

The names are those of the Keras that the project is for (Keras 2 and 3 differ). Arguments that an earlier
Keras took are `removed-api`'s matter, those of optimizers `optimizer-legacy-argument`'s.

Bad:

```python
from keras import callbacks, layers

dense = layers.Dense(64, activaton="relu")  # KER409 error: Dense takes no `activaton`; did you mean `activation`
stop = callbacks.EarlyStopping(patience=3, restore_weights=True)  # KER409: did you mean `restore_best_weights`
slow = callbacks.ReduceLROnPlateau(patiance=3)  # KER409 warning: ReduceLROnPlateau ignores `patiance`
```

Good:

```python
from keras import callbacks, layers

dense = layers.Dense(64, activation="relu")
stop = callbacks.EarlyStopping(patience=3, restore_best_weights=True)
slow = callbacks.ReduceLROnPlateau(patience=3)
```

Good: what cannot be known, because the keywords come out of a dict from elsewhere.

```python
from config import OPTIONS
from keras import layers

dense = layers.Dense(64, **OPTIONS)
```

How to fix: use the name that the message proposes, or take the argument out.

Fix safety: unsafe; the nearest name is a guess, though a good one.

See: https://keras.io/api/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.keras_api import names, signatures
from kerlint.keras_api.former_arguments import is_former
from kerlint.model.call_sites import Argument, CallSite, Origin
from kerlint.model.facts import Program
from kerlint.model.guards import is_guarded
from kerlint.model.keywords import argument_place, renaming
from kerlint.places import Place
from kerlint.probes import Probe, Raises, Step

from ._examples_unexpected_argument import BAD, GOOD
from ._labels import is_called_by_name

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.CONSTRUCT,
    (
        Raises("unexpected keyword"),
        Raises("Unrecognized keyword"),
        Raises("not recognized"),
        Raises("positional"),
        Raises("multiple values"),
        Raises("not understood"),
    ),
)

SWALLOWING = ("keras.callbacks.ReduceLROnPlateau",)
"""Classes that take any keyword and do nothing with it."""
OWN_CLASS = ("cls(", "self.__class__(", "type(self)(")
NEAR = 0.6
KNOWN_SLIPS: Mapping[str, Mapping[str, str | None]] = {
    "keras.layers.Input": {"input_shape": "shape", "input_dim": "shape"},
    "keras.Input": {"input_shape": "shape", "input_dim": "shape"},
    "keras.Model.compile": {"metric": "metrics", "lr": None, "learning_rate": None},
    "keras.Model.fit": {"epoch": "epochs", "validation": "validation_data", "val_data": "validation_data"},
    "keras.layers.Dropout": {"p": "rate", "dropout": "rate"},
    "keras.callbacks.ReduceLROnPlateau": {"epsilon": "min_delta"},
    "keras.callbacks.EarlyStopping": {"restore_weights": "restore_best_weights"},
}
"""Slips that spelling alone would not lead back from; None where no name is near."""


def _short(symbol: str) -> str:
    """`Dense`, or `fit` for a method."""
    return symbol.rpartition(".")[2]


def _nearest(site: CallSite, name: str, target: str) -> str | None:
    slips = KNOWN_SLIPS.get(site.symbol, {})
    if name in slips:
        return slips[name]
    signature = signatures.signature(site.symbol, target)
    free = [
        each
        for each in (signature.keywords if signature is not None else ())
        if not (each in site.arguments and site.arguments[each].is_given)
    ]
    lowered = {each.lower(): each for each in free}
    found = get_close_matches(name.lower(), sorted(lowered), n=1, cutoff=NEAR)
    if found:
        return lowered[found[0]]
    inside = [each for each in free if set(name.split("_")) < set(each.split("_"))]
    return inside[0] if len(inside) == 1 else None


def _is_others_matter(symbol: str, name: str, target: str) -> bool:
    if names.category(symbol, target) == "optimizer":
        return True
    return target == "keras3" and is_former(symbol, name)


def _version(target: str) -> str:
    return "Keras 3" if target == "keras3" else "Keras 2"


def _positional(site: CallSite, argument: Argument, target: str) -> Hit | None:
    signature = signatures.signature(site.symbol, target)
    if signature is None or argument.origin is not Origin.WRITTEN:
        return None
    most = len(signature.positional)
    message = (
        f"{_short(site.symbol)} takes {most} positional argument{'s' * (most != 1)} at most: this is one more"
    )
    return Hit(argument.place or site.place, message)


def _twice(site: CallSite, argument: Argument) -> Hit | None:
    """A keyword that a positional argument gives already."""
    message = f"{_short(site.symbol)} gets `{argument.name}` twice, by position and by keyword: TypeError"
    return Hit(argument_place(site, argument), message)


def _keyword(site: CallSite, argument: Argument, target: str, *, swallowed: bool = False) -> Hit:
    near = _nearest(site, argument.name, target)
    what = "ignores" if swallowed else "takes no"
    cure = f"; did you mean `{near}`" if near is not None else ""
    end = "" if swallowed else f": {_version(target)} refuses the call"
    message = f"{_short(site.symbol)} {what} `{argument.name}`{cure}{end}"
    edit = renaming(site, argument, near) if near is not None else None
    fix = Suggestion(f"call it {near}", (edit,), safe=False) if edit is not None else None
    severity = Severity.WARNING if swallowed else Severity.ERROR
    return Hit(argument_place(site, argument), message, severity, fix=fix)


def _of_site(site: CallSite, target: str) -> Iterator[Hit]:
    for argument in site.unexpected:
        if argument.origin is Origin.UNPACKED and not site.exact:
            hit = None  # out of a dict that unknown code may have emptied
        elif argument.name.isdigit():
            hit = _positional(site, argument, target)
        elif argument.name in site.arguments and site.arguments[argument.name].is_given:
            hit = _twice(site, argument)
        elif _is_others_matter(site.symbol, argument.name, target):
            hit = None
        else:
            hit = _keyword(site, argument, target)
        if hit is not None:
            yield hit


def _swallowed(site: CallSite, target: str) -> Iterator[Hit]:
    signature = signatures.signature(site.symbol, target)
    for argument in site.arguments.values():
        known = signature is None or argument.name in signature or argument.name.isdigit()
        if not known and argument.origin is Origin.WRITTEN:
            yield _keyword(site, argument, target, swallowed=True)


def _is_by_subclass(place: Place) -> bool:
    """Whether a class method makes it of its own class: `cls(...)` is any subclass, with arguments of its own."""
    return any(caller.text.startswith(OWN_CLASS) for caller in place.chain)


@rule("KER409", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report arguments that the target's signature does not take."""
    for site in program.calls:
        if not site.symbol.startswith("keras."):
            continue
        hits = list(_of_site(site, program.target))
        if site.symbol in SWALLOWING:
            hits += _swallowed(site, program.target)
        for hit in hits:
            if is_called_by_name(site) and not is_guarded(hit.place) and not _is_by_subclass(hit.place):
                yield hit
