"""The loss of a compiled model, and the gradients that it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.probing.stepping import gradients_of
from kerlint.confirm.probing.weights import trained

SMALLEST = 1e-12


def loss_not_finite(case: Case) -> Outcome:
    """A loss that is no number after the trainings of the program."""
    import numpy as np

    found = unseen("no training step of the flagged model was run")
    for event in trained(case):
        losses = list(_losses(event.history, event.result))
        if not losses:
            continue
        told = f"the loss of {named(event.model)} is {losses[-1]:g}"
        if not np.isfinite(losses).all():
            return holds(told)
        found = fails(told)
    return found


def _losses(history: dict[str, list[Any]], result: Any) -> Iterator[float]:
    for key, values in history.items():
        if key.endswith("loss"):
            yield from (float(value) for value in values)
    first = result[0] if isinstance(result, list | tuple) and result else result
    if isinstance(first, int | float) or hasattr(first, "dtype"):
        yield float(first)


def loss_without_gradient(case: Case) -> Outcome:
    """A loss that no trainable weight of the model changes."""
    import numpy as np

    found = unseen("no compiled model of the finding could be stepped")
    for model in case.models:
        if not getattr(model, "compiled", getattr(model, "_is_compiled", False)):
            continue
        loss, gradients = gradients_of(case, model)
        told = f"the loss of {named(model)} is {loss:g}"
        sizes = [float(np.abs(np.asarray(one)).max()) for one in gradients if one is not None]
        if not sizes or max(sizes) < SMALLEST:
            kind = "None" if not sizes else "0"
            return holds(f"{told}, and each of its {len(gradients)} gradients is {kind}")
        found = fails(f"{told}, and its largest gradient {max(sizes):.2g}")
    return found
