"""Whether two models compute the same function up to initial weights and names: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.diff.compare import Comparison, differ
from kerlint.diff.steps import Chain
from kerlint.model.facts import Model
from kerlint.python.values import Unknown


def verdict(left: Model, right: Model, found: Comparison) -> tuple[bool | None, tuple[str, ...]]:
    """True, False or None (not known), and what stands in the way of knowing."""
    doubts = tuple(dict.fromkeys(_doubts(left, right, found)))
    differs = any(one.changes_function for one in found.differences)
    if not _is_whole(left, found.left) or not _is_whole(right, found.right):
        return (False if _certainly_differ(left, right) else None), doubts
    if differs or _weights_differ(left, right):
        return False, ()
    return (None if doubts else True), doubts


def _is_whole(model: Model, chain: Chain) -> bool:
    return (
        model.complete
        and not model.supposed
        and chain.is_known
        and not any(step.is_open for step in chain.steps)
    )


def _weights_differ(left: Model, right: Model) -> bool:
    mine, theirs = left.weigh(), right.weigh()
    return any(
        not isinstance(one, Unknown) and not isinstance(other, Unknown) and one != other
        for one, other in ((mine.total, theirs.total), (mine.trainable, theirs.trainable))
    )


def _certainly_differ(left: Model, right: Model) -> bool:
    """Whether what is known of two models suffices: another output, or another number of weights."""
    if left.supposed or right.supposed:
        return False
    mine, theirs = left.flat.outputs, right.flat.outputs
    if left.complete and right.complete and _weights_differ(left, right):
        return True
    return len(mine) == len(theirs) == 1 and any(
        one.shape is not None and other.shape is not None and differ(one.shape, other.shape)
        for one, other in zip(mine, theirs, strict=True)
    )


def _doubts(left: Model, right: Model, found: Comparison) -> Iterator[str]:
    for model, chain in ((left, found.left), (right, found.right)):
        if not chain.is_known:
            yield f"nobody calls {model.label}"
        elif not model.complete:
            yield f"not all of {model.label} is known"
        for one in model.supposed:
            yield f"{model.label} supposes {one.words}"
        for step in chain.steps:
            if step.is_open:
                yield f"what {step.name} does is not known"
        if chain.is_known and isinstance(model.weigh().total, Unknown):
            yield f"what goes into {model.label}, and so its weights, is not known"
        elif model.complete and chain.is_known and not _accounts_for(model, chain):
            yield f"{model.label} has weights outside its layers"
    for words in found.open:
        yield f"it is not known whether {words} are equal"


def _accounts_for(model: Model, chain: Chain) -> bool:
    """Whether the steps hold all weights of the model."""
    counts = {step.operation.identity: step.params for step in chain.steps if step.owner is None}
    total = model.weigh().total
    known = [count for count in counts.values() if count is not None]
    return not isinstance(total, Unknown) and len(known) == len(counts) and sum(known) == total
