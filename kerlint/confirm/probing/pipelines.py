"""Data pipelines: items in two splits, order, repetition, and steps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.recording import Event, Spot, layers_of
from kerlint.confirm.stubs import Stub

MOST, FEW = 512, 4
USUAL_BATCH = 32
INFINITE = -1


def items_shared(case: Case) -> Outcome:
    """Training data that come up in the validation data, or items of one split in the other's next pass."""
    parts = [part for part in _parts(case) if hasattr(part, "element_spec")]
    if len(parts) > 1:
        return _mixed(parts[0], parts[1])
    found = unseen("no training with validation data was reached")
    for event in (*case.events, *case.related_events):
        validation = event.arguments.get("validation_data")
        if event.kind == "fit" and validation is not None:
            found = _same_data(event, validation)
            if found.status == "confirmed":
                return found
    return found


def _parts(case: Case) -> Iterator[Any]:
    """The values of the expressions at the related places, by the names that they were given to."""
    wanted = [place for place, _ in case.related]
    for node in ast.walk(ast.parse(case.recording.text)):
        if isinstance(node, ast.Assign) and any(_holds(node, place) for place in wanted):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id in case.recording.namespace:
                    yield case.recording.namespace[target.id]


def _holds(node: ast.Assign, place: Spot) -> bool:
    return node.lineno <= place[0] and place[2] <= (node.end_lineno or node.lineno)


def _mixed(one: Any, other: Any) -> Outcome:
    first, second = _items(one), _items(other)
    shared = first & _items(other) | second & _items(one)
    if len(first) < 2 or len(second) < 2:
        return unseen("the items of the splits cannot be told apart")
    told = f"{len(shared)} items of one split came up in the other in the next pass"
    return holds(told) if shared else fails(told)


def _items(dataset: Any) -> set[bytes]:
    import tensorflow as tf

    flat = dataset.take(MOST)
    return {b"".join(part.numpy().tobytes() for part in tf.nest.flatten(item)) for item in flat}


def _same_data(event: Event, validation: Any) -> Outcome:
    import numpy as np

    x = event.arguments.get("x")
    held = validation[0] if isinstance(validation, list | tuple) else validation
    what = f"the data of {named(event.model)}"
    if held is x:
        return holds(f"{what} and its validation data are one object")
    if isinstance(held, np.ndarray) and isinstance(x, np.ndarray):
        if np.shares_memory(held, x):
            return holds(f"{what} and its validation data share memory")
        return _same_rows(what, x, held)
    one, other = (getattr(thing, "directory", None) for thing in (x, held))
    if one is not None and one == other:
        subsets = [getattr(thing, "subset", None) for thing in (x, held)]
        if subsets[0] == subsets[1]:
            return holds(f"{what} and its validation data are read from {one}")
        return fails(f"{what} and its validation data are the subsets {subsets[0]} and {subsets[1]}")
    return unseen("the validation data cannot be compared with the training data")


def _same_rows(what: str, x: Any, held: Any) -> Outcome:
    mine, theirs = ({row.tobytes() for row in array[:MOST]} for array in (x, held))
    if len(theirs) < min(len(held), FEW) or x.shape[1:] != held.shape[1:]:
        return unseen("the samples cannot be told apart")
    shared = len(mine & theirs)
    told = f"{shared} of {len(theirs)} samples of the validation data are in {what}"
    return holds(told) if shared else fails(told)


def not_repeatable(case: Case) -> Outcome:
    """Validation images that are others in the next pass."""
    found = unseen("no validation data that can be read twice were reached")
    for event in (*case.events, *case.related_events):
        held = event.arguments.get("validation_data") if event.kind == "fit" else event.arguments.get("x")
        if held is None or not hasattr(held, "__getitem__") or isinstance(held, list | tuple | dict):
            continue
        found = _read_twice(held)
        if found.status == "confirmed":
            return found
    return found


def _read_twice(held: Any) -> Outcome:
    import numpy as np

    if hasattr(held, "shuffle"):
        held.shuffle = False
    one, other = (_images(held[0]) for _ in range(2))
    if one.shape == other.shape and np.array_equal(one, other):
        return fails("two passes over the validation data give the same images")
    return holds(f"two passes over {type(held).__name__} of the validation data give other images")


def _images(batch: Any) -> Any:
    import numpy as np

    return np.asarray(batch[0] if isinstance(batch, tuple) else batch)


def steps_differ(case: Case) -> Outcome:
    """Steps that the data does not have."""
    found = unseen("no training with a number of steps was reached")
    for event in (*case.events, *case.related_events):
        if event.kind not in ("fit", "evaluate", "predict"):
            continue
        batches = _batches(event)
        steps, epochs = event.arguments.get("steps_per_epoch"), event.arguments.get("epochs", 1)
        if isinstance(steps, float) and hasattr(case.recording.keras, "ops"):
            return holds(f"steps_per_epoch is the float {steps:g}, and Keras counts up to it")
        if batches is None or isinstance(steps, Stub):
            continue
        told = f"the data of {named(event.model)} has {'no end' if batches == INFINITE else f'{batches} batches'}"
        told += f", the training asks for {epochs} epochs of {steps} steps"
        wanted = steps * _passes(event, epochs) if isinstance(steps, int) else None
        is_wrong = (batches == INFINITE) if wanted is None else batches != INFINITE and wanted > batches
        if is_wrong:
            return holds(told)
        found = fails(told)
    return found


def _passes(event: Event, epochs: Any) -> int:
    """A dataset is read once for all epochs when steps are given; arrays and generators begin anew."""
    return epochs if hasattr(event.arguments.get("x"), "element_spec") and isinstance(epochs, int) else 1


def _batches(event: Event) -> int | None:
    x: Any = event.arguments.get("x")
    size = event.arguments.get("batch_size") or USUAL_BATCH
    if isinstance(x, Stub) or isinstance(size, Stub):
        return None
    if hasattr(x, "element_spec"):
        count = int(x.cardinality())
        return None if count < INFINITE else count
    if hasattr(x, "shape") and isinstance(size, int):
        return -(-int(x.shape[0]) // size)
    if hasattr(x, "__len__") and not isinstance(x, list | tuple | dict):
        return len(x)
    return None


def states_mixed(case: Case) -> Outcome:
    """A training of a stateful layer that shuffles its samples, or has batches of another size."""
    found = unseen("no training of a stateful layer was reached")
    for event in (*case.events, *case.related_events):
        for layer in layers_of(event.model) if event.kind in ("fit", "evaluate", "predict") else ():
            if not getattr(layer, "stateful", False):
                continue
            found = _mixes(event, layer)
            if found.status == "confirmed":
                return found
    return found


def _mixes(event: Event, layer: Any) -> Outcome:
    size = event.arguments.get("batch_size") or USUAL_BATCH
    kept = getattr(event.model, "input_shape", (None,))[0]
    shuffles = event.arguments.get("shuffle", True) is not False and event.trains
    told = f"{named(layer)} keeps states for {kept} samples, and the {event.kind} has batches of {size}"
    told += ", shuffled" if shuffles else ""
    return holds(told) if shuffles or kept not in (None, size) else fails(told)


def order_differs(case: Case) -> Outcome:
    """A generator that hands its samples out in another order than it has their names in."""
    found = unseen("no generator of the flagged place was reached")
    for thing in _generators(case):
        told = f"{type(thing).__name__}.shuffle is {thing.shuffle}"
        if thing.shuffle:
            return holds(f"{told}: its batches do not stand in the order of its file names")
        found = fails(told)
    return found


def _generators(case: Case) -> Iterator[Any]:
    """What predictions, or the flagged assignment, were made of."""
    for event in (*case.events, *case.related_events):
        thing = event.arguments.get("x")
        if isinstance(getattr(thing, "shuffle", None), bool):
            yield thing
