"""Whether two models compute the same function up to initial weights and names: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerlint.diff.compare import Comparison, Difference, differ
from kerlint.diff.steps import ACTIVATION, Chain, Step
from kerlint.model.facts import Model
from kerlint.places import Place
from kerlint.python.values import Unknown

MOST_NAMES = 3
"""Operations that a doubt names."""


def verdict(left: Model, right: Model, found: Comparison) -> tuple[bool | None, tuple[str, ...]]:
    """True, False or None (not known), and what stands in the way of knowing."""
    doubts = tuple(dict.fromkeys(_doubts(left, right, found)))
    causes = [one for one in found.differences if one.changes_function]
    together = _computed_together(causes)
    if not _is_whole(left, found.left) or not _is_whole(right, found.right):
        return (False if _certainly_differ(left, right) else None), doubts
    if _weights_differ(left, right) or (causes and not together):
        return False, ()
    if together:
        return (False, ()) if _certainly_differ(left, right) else (None, (*doubts, together))
    return (None if doubts else True), doubts


def _computed_together(causes: Sequence[Difference]) -> str | None:
    """What bare operations of one side may add up to what the other side has; None where they cannot.

    A softmax, say, can be written with `exp` and a division: arithmetic is not followed that far.
    """
    if not all(map(_is_of_arithmetic, causes)):
        return None
    steps = [step for one in causes for step in (one.left, one.right) if step is not None]
    bare = [step.name for step in steps if _is_arithmetic(step)]
    if not bare or len(steps) < 2:
        return None
    more = f" and {len(bare) - MOST_NAMES} more" if len(bare) > MOST_NAMES else ""
    return f"what {', '.join(bare[:MOST_NAMES])}{more} compute together is not followed"


def _is_arithmetic(step: Step) -> bool:
    return step.operation.kind == "operation" and step.cls != ACTIVATION


def _is_of_arithmetic(one: Difference) -> bool:
    """Whether a difference may come from arithmetic that is spelled otherwise."""
    if one.argument is not None:
        return one.argument in (ACTIVATION, "inputs", "outputs")
    steps = [step for step in (one.left, one.right) if step is not None]
    return one.kind == "layer" and all(_is_arithmetic(step) or step.cls == ACTIVATION for step in steps)


def _is_whole(model: Model, chain: Chain) -> bool:
    return (
        model.complete
        and not model.supposed
        and not model.takers
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
    if left.supposed or right.supposed or _may_be_remade(left) or _may_be_remade(right):
        return False
    mine, theirs = left.flat.outputs, right.flat.outputs
    if left.complete and right.complete and _weights_differ(left, right):
        return True
    return len(mine) == len(theirs) == 1 and any(
        one.shape is not None and other.shape is not None and differ(one.shape, other.shape)
        for one, other in zip(mine, theirs, strict=True)
    )


def _may_be_remade(model: Model) -> bool:
    """Whether unknown code had it that may have changed its layers: a functional model's it cannot change."""
    return bool(model.takers) and model.kind != "functional"


def _doubts(left: Model, right: Model, found: Comparison) -> Iterator[str]:
    for model, chain in ((left, found.left), (right, found.right)):
        if not chain.is_known:
            yield f"nobody calls {model.label}"
        elif not model.complete:
            yield f"not all of {model.label} is known"
        for one in model.supposed:
            yield f"{model.label} supposes {one.words}"
        for place in model.takers:
            yield f"{model.label} is given to {_callee(place)}, which may change it"
        for step in chain.steps:
            if step.is_open:
                yield f"what {step.name} does is not known"
        if chain.is_known and isinstance(model.weigh().total, Unknown):
            yield f"what goes into {model.label}, and so its weights, is not known"
        elif model.complete and chain.is_known and not _accounts_for(model, chain):
            yield f"{model.label} has weights outside its layers"
    for words in found.open:
        yield f"it is not known whether {words} are equal"


def _callee(place: Place) -> str:
    """What is called at a place, as it is written, with where that is."""
    words = place.text.partition("(")[0].strip() or "unknown code"
    return f"{words} ({place.location.words})"


def _accounts_for(model: Model, chain: Chain) -> bool:
    """Whether the steps hold all weights of the model."""
    counts = {step.operation.identity: step.params for step in chain.steps if step.owner is None}
    total = model.weigh().total
    known = [count for count in counts.values() if count is not None]
    return not isinstance(total, Unknown) and len(known) == len(counts) and sum(known) == total
