"""One hit a place: what several models, paths or data lead to is said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kerlint.catalog import Hit

if TYPE_CHECKING:
    from kerlint.places import Place


def once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits without those at a place that had one."""
    seen: set[Place] = set()
    for hit in hits:
        if hit.place not in seen:
            seen.add(hit.place)
            yield hit
