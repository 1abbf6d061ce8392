"""Names: the ones Keras generates, and the ones users gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.class_names import auto_name
from kerlint.model.states import Counters
from kerlint.python.values import Value

if TYPE_CHECKING:
    from kerlint.python.trail import Trail


def generated(counters: Counters, trail: Trail, cls: str) -> str | None:
    """The next automatic name of a class, as Keras counts; None once the count is not known."""
    base = auto_name(cls)
    used: Value = counters.used.get(base, 0)
    trail.touch(counters)
    if not isinstance(used, int):
        return None
    counters.used[base] = used + 1
    return base if used == 0 else f"{base}_{used}"
