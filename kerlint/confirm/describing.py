"""What is known of data, as plain JSON from which the child makes stand-ins (`kerlint.confirm.synthetic`)."""

from __future__ import annotations

from typing import Any

from kerlint.keras_api.shapes import UnknownDim
from kerlint.model.data_facts import ArrayFact, Data, GeneratorFact, PipelineFact
from kerlint.python.values import Unknown


def described(data: Data) -> dict[str, Any] | None:
    """The description of data; None where too little is known for a stand-in."""
    if isinstance(data, ArrayFact):
        return _array(data)
    if isinstance(data, PipelineFact):
        return _pipeline(data)
    if isinstance(data, tuple):
        items = [described(item) for item in data]
        return None if None in items else {"kind": "tuple", "items": items}
    if isinstance(data, dict):
        parts = {key: described(item) for key, item in data.items()}
        return None if None in parts.values() else {"kind": "dict", "items": parts}
    assert data is None or isinstance(data, GeneratorFact)
    return None


def _array(fact: ArrayFact) -> dict[str, Any] | None:
    if fact.shape is None or any(isinstance(dim, UnknownDim | Unknown) for dim in fact.shape[1:]):
        return None
    first = [None if isinstance(dim, UnknownDim | Unknown) else dim for dim in fact.shape[:1]]
    labels = fact.labels
    return {
        "kind": "array",
        "shape": [*first, *fact.shape[1:]],
        "dtype": fact.dtype,
        "low": fact.low,
        "high": fact.high,
        "labels": labels and {"encoding": labels.encoding, "classes": labels.classes, "first": labels.first},
        "list": fact.is_list,
    }


def _pipeline(fact: PipelineFact) -> dict[str, Any] | None:
    element = described(fact.element)
    if element is None or fact.batched is None:
        return None
    count = fact.cardinality
    return {
        "kind": "pipeline",
        "element": element,
        "batched": fact.batched,
        "count": None if count is None or count == float("inf") else int(count),
    }
