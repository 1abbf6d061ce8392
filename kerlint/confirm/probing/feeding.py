"""What a model can be called on: what the program gives it, what its inputs say, or what its first layer takes."""

from __future__ import annotations

from typing import Any

from kerlint.confirm.inputs import inputs_of
from kerlint.confirm.recording import Recording
from kerlint.confirm.stubs import Stub


def inputs_for(recording: Recording, model: Any) -> Any:
    """What a model can be called on. Raises ValueError where nothing can be found that it takes."""
    given = given_to(recording, model)
    if given is not None:
        return given
    made = inputs_of(model)
    if made is None:
        raise ValueError(f"nothing says what {getattr(model, 'name', 'the model')} takes")
    return made


def given_to(recording: Recording, model: Any, most: int = 8) -> Any | None:
    """The first samples of what the program gives a model, as arrays."""
    for event in recording.events_of(model):
        data = event.arguments.get("inputs" if event.kind == "call" else "x")
        found = first_samples(data, most)
        if found is not None:
            return found
    return None


def first_samples(data: Any, most: int = 8) -> Any | None:
    """The first samples of arrays, or the inputs of the first batch of a dataset; None for anything else."""
    import numpy as np

    if isinstance(data, Stub):
        return None
    if isinstance(data, np.ndarray):
        return data[:most] if data.dtype != object and data.ndim else None
    if isinstance(data, list | tuple) and data and all(isinstance(item, np.ndarray) for item in data):
        return [item[:most] for item in data]
    if isinstance(data, dict) and data and all(isinstance(item, np.ndarray) for item in data.values()):
        return {key: item[:most] for key, item in data.items()}
    if hasattr(data, "element_spec"):
        batch = next(iter(data.take(1)), None)
        return batch[0] if isinstance(batch, tuple) else batch
    if hasattr(data, "shape") and hasattr(data, "numpy") and len(data.shape):
        return data[:most]
    return None
