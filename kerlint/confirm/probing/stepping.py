"""One batch for a compiled model: what the program gives it, or something like that."""

from __future__ import annotations

from typing import Any

from kerlint.confirm.made_up import example_for
from kerlint.confirm.probing.case import Case, named
from kerlint.confirm.probing.feeding import first_samples


def batch_of(case: Case, model: Any) -> tuple[Any, Any]:
    """Inputs and targets of one batch: the program's own, else made to suit the model's outputs and losses."""
    for event in case.trainings(model):
        x, y = first_samples(event.arguments.get("x")), first_samples(event.arguments.get("y"))
        if x is not None and y is not None:
            return x, y
        data: Any = event.arguments.get("x")
        if hasattr(data, "element_spec"):
            batch = next(iter(data.take(1)))
            return batch[0], batch[1]
    compiles = [event for event in case.recording.events_of(model) if event.kind == "compile"]
    made = example_for(model, compiles[-1].arguments.get("loss") if compiles else None)
    if made is None:
        raise ValueError(f"nothing says what {named(model)} takes")
    return made
