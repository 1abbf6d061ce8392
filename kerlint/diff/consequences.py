"""What follows from the differences: feature maps, parameters, how far the last map sees."""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.diff.compare import Comparison, differ
from kerlint.diff.fields import receptive_field
from kerlint.keras_api.shapes import Shape
from kerlint.model.facts import Model
from kerlint.python.values import Unknown
from kerlint.summary.wording import count_text, shape_text

SPATIAL = 3
"""The rank from which a shape is a feature map's: batch, place, channels."""


def consequences(left: Model, right: Model, found: Comparison) -> list[str]:
    """One line each, the gravest first."""
    return [*_errors(found), *_maps(found), *_params(left, right, found), *_fields(found)]


def _errors(found: Comparison) -> Iterator[str]:
    for chain in (found.left, found.right):
        for step in chain.steps:
            if step.node is not None and step.node.error is not None and step.owner is None:
                yield f"Keras cannot build {step.name}: {step.node.error}"
                break


def _maps(found: Comparison) -> Iterator[str]:
    """Where feature maps part, and what is left of them in the end."""
    pairs = [found.steps(pair) for pair in found.pairs]
    apart = [
        (left, right, left.shape, right.shape)
        for left, right in pairs
        if left is not None and right is not None and left.shape is not None and right.shape is not None
        if differ(left.shape, right.shape)
    ]
    if not apart:
        return
    left, _, mine, theirs = apart[0]
    yield f"output shapes part at {left.name}: {shape_text(mine)} against {shape_text(theirs)}"
    maps = [
        (one, mine, theirs) for one, _, mine, theirs in apart if min(len(mine), len(theirs)) > SPATIAL - 1
    ]
    if len(maps) > 1:
        last, mine, theirs = maps[-1]
        yield f"the last feature maps, of {last.name}, are {_extent(mine)} against {_extent(theirs)}"


def _extent(shape: Shape) -> str:
    return " x ".join(str(dim) for dim in shape[1:])


def _params(left: Model, right: Model, found: Comparison) -> Iterator[str]:
    """The totals, and the layer that makes most of the difference."""
    mine, theirs = left.weigh().total, right.weigh().total
    if isinstance(mine, Unknown) or isinstance(theirs, Unknown) or mine == theirs:
        return
    yield f"parameters: {count_text(mine)} against {count_text(theirs)}"
    pairs = [found.steps(pair) for pair in found.pairs]
    sized = [
        (abs(left.params - right.params), left.name, left.params, right.params)
        for left, right in pairs
        if left is not None and right is not None and left.params is not None and right.params is not None
    ]
    gap, name, one, other = max(sized, default=(0, "", 0, 0))
    if gap:
        yield f"most of it in {name}: {count_text(one)} against {count_text(other)}"


def _fields(found: Comparison) -> Iterator[str]:
    """The receptive fields of the last feature maps."""
    mine, theirs = receptive_field(found.left.steps), receptive_field(found.right.steps)
    if mine is not None and theirs is not None and mine != theirs:
        words = f"{_across(mine)} against {_across(theirs)}"
        yield f"each place of the last feature map sees {words} places of the input"


def _across(field: tuple[int, ...]) -> str:
    """`46` where all axes are equal, else `46 x 12`."""
    return str(field[0]) if len(set(field)) == 1 else " x ".join(map(str, field))
