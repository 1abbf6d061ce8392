"""A model that is given data: it is built by them when nobody built it before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.model.apply import call_layer, defines
from kerlint.model.data_facts import ArrayFact, Data, PipelineFact, TrainingData, parts_of
from kerlint.model.states import ModelState, TensorValue
from kerlint.python.arguments import Arguments

if TYPE_CHECKING:
    from kerlint.keras_api.shapes import Shape
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

OWN_STEPS = (
    "fit",
    "train_step",
    "test_step",
    "predict_step",
    "compute_loss",
    "evaluate",
    "predict",
    "make_train_function",
)
"""Methods by which a class takes its data in another way than Keras does."""


def fed(domain: KerasDomain, state: ModelState, data: TrainingData, place: Place) -> TrainingData:
    """The data as a model's training gets them; a subclassed model that was never called is called on them."""
    instance = state.instance
    if instance is None or any(defines(instance, name) for name in OWN_STEPS):
        return replace(data, is_plain=False)
    shape = _shape(data.x)
    if state.kind == "subclassed" and not state.calls and shape is not None:
        with domain.tracing(inside=True):
            call_layer(domain, instance, Arguments.of(TensorValue((None, *shape[1:]))), place)
    return data


def _shape(x: Data) -> Shape | None:
    """The shape of the one array that goes in, samples first; None when it is not known."""
    if isinstance(x, PipelineFact) and x.batched is not True:
        return None
    fact = x if isinstance(x, ArrayFact) else parts_of(x)[0]
    known = isinstance(fact, ArrayFact) and bool(fact.shape) and not fact.is_likely
    return fact.shape if known and isinstance(fact, ArrayFact) else None
