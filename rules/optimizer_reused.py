"""One optimizer object serves one set of variables, so a second model needs an optimizer of its own.

An optimizer keeps state for each variable that it trains: moments, and the number of steps taken. It is
built for the variables of the first training that it sees. A second model that is compiled with the same
object, a fresh model in each round of a loop, or a model that trains more layers than before, brings
variables that it does not know.

Keras 3 says nothing at `compile` and raises `ValueError: Unknown variable` at the second `fit`. Keras 2
from TensorFlow 2.11 on raises a `KeyError`. Up to TensorFlow 2.10, and with `optimizers.legacy`, it is
silent: the second model goes on with the step count of the first, Adam's bias correction is gone, and the
model learns worse than its twin for no visible reason.

Reported at the second use; an error where both trainings are seen, a warning where only the compiles are.

Bad:

```python
import numpy as np
import keras

x, y = np.random.rand(8, 3), np.random.rand(8, 1)
narrow = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
wide = keras.Sequential([keras.Input((3,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])

opt = keras.optimizers.Adam(0.01)
narrow.compile(optimizer=opt, loss="mse")
wide.compile(optimizer=opt, loss="mse")  # KER101 error: gets the Adam that already trains `narrow`
narrow.fit(x, y)
wide.fit(x, y)
```

Good: construct one where it is used, or let a function make them.

```python
import numpy as np
import keras

x, y = np.random.rand(8, 3), np.random.rand(8, 1)
narrow = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
wide = keras.Sequential([keras.Input((3,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])


def make_optimizer():
    return keras.optimizers.Adam(0.01)


narrow.compile(optimizer=make_optimizer(), loss="mse")
wide.compile(optimizer=make_optimizer(), loss="mse")
narrow.fit(x, y)
wide.fit(x, y)
```

Good: sharing that Keras allows. The second training may use a part of the variables of the first, and an
optimizer may be built for all of them beforehand. Where the models come from code that is not seen, their
variables may be such a part, and nothing is reported.

```python
import numpy as np
import keras
from mymodels import build_model

opt = keras.optimizers.Adam(0.01)
whole, part = build_model("whole"), build_model("part")
whole.compile(optimizer=opt, loss="mse")
part.compile(optimizer=opt, loss="mse")
```

How to fix: call the optimizer's class again in the second `compile`. To copy its settings but not its state,
`type(opt).from_config(opt.get_config())`.

Fix safety: the fix writes the construction again at the second compile, where all its arguments are
literals. It is unsafe, for the program trains differently afterwards (that is its purpose).

See: https://keras.io/api/optimizers/ and https://github.com/keras-team/keras-tuner/pull/818
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.call_sites import Origin
from kerlint.model.facts import LibraryObject, Program, Training, exclude_each_other
from kerlint.probes import Holds, Probe, Property, Raises, Step
from kerlint.python.values import is_constant

from ._bad_optimizer_reused import BAD
from ._good_optimizer_reused import GOOD
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.TRAIN,
    (
        Raises("Unknown variable", own=True),
        Raises("cannot recognize variable", own=True),
        Holds(Property.SHARED_OBJECT),
    ),
)

CONSEQUENCE = {
    "keras3": "Keras 3 raises ValueError at {}",
    "keras2": "{} goes on with its state and step count, or fails",
}

CANNOT_SERVE = {
    "keras3": "Keras 3 cannot train both with it",
    "keras2": "the one trained later goes on with the other's state, or fails",
}


def _kind(optimizer: LibraryObject) -> str:
    return optimizer.symbol.rpartition(".")[2]


def _label(event: Training) -> str:
    return event.model_label or "a model"


def _uses(program: Program, optimizer: LibraryObject) -> list[Training]:
    """The trainings that hold this very object, in order, each with the variables that it updates."""
    found = [
        event
        for event in program.trainings
        if event.optimizer is not None and event.optimizer.identity == optimizer.identity
    ]
    found.sort(key=lambda event: event.order)
    fixed = _as_first_trained if program.target == "keras3" else _as_compiled
    return [fixed(found, event) for event in found]


def _as_first_trained(uses: list[Training], event: Training) -> Training:
    """The training with the variables of the first one since the compile: Keras 3 makes its step then, and keeps it."""
    if event.model is None or not event.trains or event.kind == "apply_gradients":
        return event
    compiled = _compile_of(uses, event)
    since = (
        use
        for use in uses
        if use.model == event.model
        and use.trains
        and compiled.order < use.order < event.order
        and not exclude_each_other(use.path, event.path)
    )
    first = next(since, event)
    return event if first.variables is None else replace(event, variables=first.variables)


def _as_compiled(uses: list[Training], event: Training) -> Training:
    """The training with the variables that were trainable at its compile: Keras 2 fixes them there."""
    return replace(event, variables=_compile_of(uses, event).variables)


def _brings_new(event: Training, known: frozenset[int] | None) -> bool:
    """Whether it certainly trains something that an optimizer built for `known` has no state for."""
    return event.variables is not None and known is not None and not event.variables <= known


def _clashes(optimizer: LibraryObject, uses: list[Training]) -> Iterator[tuple[Training, Training]]:
    """Pairs of trainings of which the second brings variables that the first did not build it for."""
    trained = [event for event in uses if event.trains and event.variables]
    for second in trained:
        earlier = [event for event in trained if event.order < second.order]
        first = next((event for event in earlier if not exclude_each_other(event.path, second.path)), None)
        if first is not None and _brings_new(second, optimizer.built_for or first.variables):
            yield first, second


def _rounds(program: Program, optimizer: LibraryObject, uses: list[Training]) -> Iterator[Training]:
    """Trainings in a repeated body of a model that each round makes anew, unlike its optimizer."""
    if optimizer.repeated or optimizer.built_for:
        return
    for event in uses:
        model = program.model(event.model)
        fresh = model is not None and model.repeated and event.repeated
        if fresh and event.variables != frozenset() and (event.trains or _is_only_compiled(program, event)):
            yield event


def _is_only_compiled(program: Program, event: Training) -> bool:
    """Whether nothing is seen of the model but compiles: it is trained elsewhere."""
    return event.model is not None and all(
        other.kind == "compile" for other in program.trainings_of(event.model)
    )


def _is_trained(program: Program, event: Training) -> bool:
    return event.model is not None and any(other.trains for other in program.trainings_of(event.model))


def _compile_pairs(program: Program, uses: list[Training]) -> Iterator[tuple[Training, Training]]:
    """Compiles of two models with separate variables, each of which is trained, here or out of sight.

    Where both are trained here and nothing clashes, one was frozen after its compile: the GAN that does not
    train its discriminator in Keras 3 would clash if it did.
    """
    compiles = [event for event in uses if event.kind == "compile" and event.model is not None]
    for first, second in combinations(compiles, 2):
        if first.model == second.model or exclude_each_other(first.path, second.path):
            continue
        unseen = [event for event in (first, second) if _is_only_compiled(program, event)]
        seen = [event for event in (first, second) if _is_trained(program, event)]
        separate = _brings_new(second, first.variables) and _brings_new(first, second.variables)
        if separate and len(unseen) + len(seen) == 2 and first.variables and second.variables:
            yield first, second


def _compile_of(uses: list[Training], event: Training) -> Training:
    """The compile that gave the optimizer to the training's model; the training itself if none is seen."""
    before = [
        use for use in uses if use.kind == "compile" and use.model == event.model and use.order < event.order
    ]
    return before[-1] if before and event.model is not None else event


def _fix(optimizer: LibraryObject, use: Training) -> Suggestion | None:
    """Write the construction again in place of the argument, if it can stand anywhere."""
    argument = use.site.argument("optimizer")
    if use.kind != "compile" or argument is None or argument.place is None or argument.text is None:
        return None
    if any(argument.text == parameter.name for parameter in use.site.enclosing):
        return None
    written = [item for item in optimizer.site.arguments.values() if item.is_given]
    text = optimizer.site.place.text
    plain = all(item.origin is Origin.WRITTEN and is_constant(item.value) for item in written)
    if not plain or not optimizer.site.exact or "\n" in text or argument.text == text:
        return None
    edit = argument.place.replacing(text)
    title = f"construct another {_kind(optimizer)} for {_label(use)}"
    return None if edit is None else Suggestion(title, (edit,), safe=False)


def _consequence(program: Program, training: str) -> str:
    return CONSEQUENCE[program.target].format(training)


def _pair_message(program: Program, optimizer: LibraryObject, first: Training, second: Training) -> str:
    kind, new = _kind(optimizer), _label(second)
    outcome = _consequence(program, f"`{new}.{second.kind}`")
    if second.model is not None and first.model == second.model:
        return f"`{new}` now trains layers that the {kind} of its last training does not know; {outcome}"
    if second.kind == "apply_gradients":
        outcome = _consequence(program, "the second `apply_gradients`")
        return f"`apply_gradients` brings variables that this {kind} was not built for; {outcome}"
    earlier = f"`{_label(first)}`" if _label(first) != new else f"an earlier `{new}`"
    return f"`{new}.compile` gets the {kind} that already trains {earlier}; {outcome}"


def _round_message(program: Program, optimizer: LibraryObject, event: Training) -> str:
    kind = _kind(optimizer)
    model = program.model(event.model)
    outcome = _consequence(program, f"the second `{event.kind if event.trains else 'fit'}`")
    if model is not None and model.builder not in (None, "__init__"):
        return f"`{model.builder}` gives every model it makes one and the same {kind}; {outcome}"
    return f"every new `{_label(event)}` gets one {kind}, made before; {outcome}"


def _is_shared_place(first: Training, second: Training) -> bool:
    return first.place.key == second.place.key


def _hit(
    program: Program, optimizer: LibraryObject, uses: list[Training], pair: tuple[Training, Training]
) -> Hit:
    first, second = pair
    here, there = _compile_of(uses, second), _compile_of(uses, first)
    related = [(optimizer.place, f"this {_kind(optimizer)} is the one object")]
    if not _is_shared_place(there, here):
        related.append((there.place, f"first used here, for `{_label(there)}`"))
        message = _pair_message(program, optimizer, first, second)
    elif _label(first) != _label(second):
        message = _pair_message(program, optimizer, first, second)
    else:
        message = _round_message(program, optimizer, second)
    if here is not second:
        related.append((second.place, "this training brings the new variables"))
    return Hit(here.place, message, Severity.ERROR, related=tuple(related), fix=_fix(optimizer, here))


def _round_hit(program: Program, optimizer: LibraryObject, uses: list[Training], event: Training) -> Hit:
    here = _compile_of(uses, event)
    return Hit(
        here.place,
        _round_message(program, optimizer, event),
        Severity.ERROR if event.trains else Severity.WARNING,
        Confidence.LIKELY,
        related=((optimizer.place, f"this {_kind(optimizer)} is the one object"),),
        fix=_fix(optimizer, here),
    )


def _compile_hit(program: Program, optimizer: LibraryObject, first: Training, second: Training) -> Hit:
    kind = _kind(optimizer)
    related = ((optimizer.place, f"this {kind} is the one object"),)
    is_one_place = _is_shared_place(first, second)
    if is_one_place and _label(first) == _label(second):
        message = _round_message(program, optimizer, second)
    else:
        message = (
            f"`{_label(second)}.compile` gets the {kind} of `{_label(first)}`; {CANNOT_SERVE[program.target]}"
        )
    return Hit(
        second.place,
        message,
        Severity.WARNING,
        Confidence.LIKELY,
        related=related
        if is_one_place
        else (*related, (first.place, f"first used here, for `{_label(first)}`")),
        fix=_fix(optimizer, second),
    )


def _hits(program: Program, optimizer: LibraryObject) -> Iterator[Hit]:
    """All reuses of one object, the gravest first."""
    uses = _uses(program, optimizer)
    for pair in _clashes(optimizer, uses):
        yield _hit(program, optimizer, uses, pair)
    for event in _rounds(program, optimizer, uses):
        yield _round_hit(program, optimizer, uses, event)
    if optimizer.built_for is None:
        for first, second in _compile_pairs(program, uses):
            yield _compile_hit(program, optimizer, first, second)


@rule("KER101", Severity.ERROR, fixable=True, ordered=True)
def check(program: Program) -> Iterator[Hit]:
    """Report each place at which an optimizer object meets variables that it was not built for."""
    optimizers = (one for one in program.objects if one.category == "optimizer")
    yield from once(hit for optimizer in optimizers for hit in _hits(program, optimizer))
