"""One batch for a compiled model - what the program gives it, or something like that - and its gradients."""

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


def gradients_of(case: Case, model: Any) -> tuple[float, list[Any]]:
    """The loss of one batch, and the gradients of the trainable weights. Raises what the model raises."""
    import tensorflow as tf

    x, y = batch_of(case, model)
    with tf.GradientTape() as tape:
        predicted = model(x, training=True)
        loss = model.compute_loss(x=x, y=y, y_pred=predicted)
    weights = [getattr(weight, "value", weight) for weight in model.trainable_variables]
    found = tape.gradient(loss, [weight() if callable(weight) else weight for weight in weights])
    dense = [tf.convert_to_tensor(one) if one is not None else None for one in found]
    return float(loss), dense
