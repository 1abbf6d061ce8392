"""How the data of two trainings come: in what batches, how shuffled, as what numbers."""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.diff.compare import Difference
from kerlint.diff.settings import Setting
from kerlint.diff.values import Opaque
from kerlint.model.data_facts import ArrayFact, PipelineFact, PipelineStep, parts_of
from kerlint.model.facts import Training

BATCH = 32
"""What `fit` takes where nobody says."""


def compare_feeding(mine: Training, theirs: Training) -> Iterator[Difference]:
    """What differs, where one side feeds arrays and the other a pipeline, or a loop of its own."""
    if mine.kind == theirs.kind and (_pipeline(mine) is None) == (_pipeline(theirs) is None):
        return
    left, right = _told(mine), _told(theirs)
    for name in left:
        if name in right and left[name].value != right[name].value:
            yield Difference("fit", None, None, name, left[name], right[name])


def _pipeline(event: Training) -> PipelineFact | None:
    given = event.data.x if event.data is not None else None
    return event.looped or (given if isinstance(given, PipelineFact) else None)


def _told(event: Training) -> dict[str, Setting]:
    """What is known of the data, by words for it."""
    pipeline = _pipeline(event)
    found = _of_arrays(event) if pipeline is None else _of_pipeline(pipeline)
    data = pipeline if pipeline is not None else event.data.x if event.data is not None else None
    x = parts_of(data)[0] if pipeline is not None else data
    if isinstance(x, ArrayFact) and x.dtype is not None:
        found["numbers in x"] = Setting(Opaque(x.dtype, 0), "computed")
    return found


def _of_pipeline(pipeline: PipelineFact) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    batch, shuffle = _last(pipeline, "batch"), _last(pipeline, "shuffle")
    if batch is not None and pipeline.batch_size is not None:
        found["size of batches"] = Setting(pipeline.batch_size, "written", batch.site.place)
    if shuffle is None:
        found["shuffling"] = Setting(Opaque("none", 0), "default")
    else:
        given = shuffle.site.argument("buffer_size") or shuffle.site.argument("0")
        buffer = given.value if given is not None else None
        size = buffer if isinstance(buffer, int) else "?"
        found["shuffling"] = Setting(Opaque(f"within {size}", 0), "written", shuffle.site.place)
    return found


def _last(pipeline: PipelineFact, kind: str) -> PipelineStep | None:
    return next((step for step in reversed(pipeline.steps) if step.kind == kind), None)


def _of_arrays(event: Training) -> dict[str, Setting]:
    """What `fit` does with arrays."""
    if event.kind != "fit" or event.data is None or not isinstance(event.data.x, ArrayFact):
        return {}
    found: dict[str, Setting] = {}
    size, shuffle = event.site.argument("batch_size"), event.site.value("shuffle")
    if size is None or size.value is None:
        found["size of batches"] = Setting(BATCH, "default")
    elif isinstance(size.value, int):
        found["size of batches"] = Setting(size.value, str(size.origin), size.place)
    if isinstance(shuffle, bool):
        words = "of all" if shuffle else "none"
        found["shuffling"] = Setting(Opaque(words, 0), "default" if shuffle else "written")
    return found
