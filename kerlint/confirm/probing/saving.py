"""What a model that was saved and loaded lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, holds, named, unseen
from kerlint.confirm.recording import layers_of

PLAIN = (bool, int, float, str, tuple)
OWN_OF_KERAS = ("name", "built", "trainable", "supports_masking", "autocast")


def lost_on_loading(case: Case) -> Outcome:
    """An object of the flagged class whose plain attributes are others after it was saved and loaded."""
    loaded = [thing for thing in _loaded(case) if any(type(thing) is type(one) for one in case.of_class)]
    if not loaded:
        return unseen("nothing of the flagged class was loaded again")
    for thing in loaded:
        for saved in case.of_class:
            if type(saved) is not type(thing) or any(saved is one for one in loaded):
                continue
            for name, value in _plain(saved):
                now = vars(thing).get(name)
                if now != value:
                    return holds(f"{name} of {named(saved)} was {value!r}, and is {now!r} after loading")
    return unseen("what was loaded looks like what was saved")


def _loaded(case: Case) -> Iterator[Any]:
    for event in case.recording.events:
        if event.kind == "load_model" and event.result is not None:
            yield event.result
            yield from layers_of(event.result)


def _plain(thing: Any) -> Iterator[tuple[str, Any]]:
    for name, value in vars(thing).items():
        if not name.startswith("_") and name not in OWN_OF_KERAS and isinstance(value, PLAIN):
            yield name, value
