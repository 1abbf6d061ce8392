"""When the linting thread collects garbage: each collection stops all threads.

What an analysis leaves behind is full of cycles, ten thousand objects of them, so it must be collected; what
lives on (modules, trees of statements) is five times as much, and is looked through only when nobody types.
Therefore what lives is frozen, a collection after each analysis takes a few milliseconds, and the process
runs with Python's own collector off.
"""

from __future__ import annotations

import gc

MOST_OBJECTS = 60_000
"""Objects made and not freed since the last collection; with more, it is done whether anybody waits or not."""
ENOUGH_OBJECTS = 20_000
"""Objects worth a collection, which looks through what is alive too; a quick analysis makes a tenth of them."""


def tidy() -> None:
    """Collect what the last analyses left, if it is much: what was not there at the last rest is looked through."""
    if gc.get_count()[0] > ENOUGH_OBJECTS:
        gc.collect()


def is_due() -> bool:
    """Whether so much was made since the last collection that the next job has to wait for one."""
    return gc.get_count()[0] > MOST_OBJECTS


def rest() -> None:
    """Collect all garbage, and leave out what is alive now until the next rest."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
