"""What follows from the differences: feature maps, parameters, how far the last map sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerlint.diff.compare import Comparison, differ
from kerlint.diff.steps import Step
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
    """The receptive fields of the last feature maps of two plain chains."""
    mine, theirs = receptive_field(found.left.steps), receptive_field(found.right.steps)
    if mine is not None and theirs is not None and mine != theirs:
        yield f"each place of the last feature map sees {mine} against {theirs} places of the input"


def receptive_field(steps: Sequence[Step]) -> int | None:
    """How many places along the first axis one place of the last map sees; None where paths branch."""
    field, jump, seen = 1, 1, False
    for step in steps:
        if len(step.inputs) != 1:
            return None
        if not step.operation.has("conv", "pool") or step.operation.has("global_pool", "conv_transpose"):
            continue
        if step.owner is not None:
            continue
        window, stride, dilation = (_first(step, names) for names in _WINDOWS)
        if window is None or stride is None:
            return None
        field += (window - 1) * (dilation or 1) * jump
        jump *= stride
        seen = True
    return field if seen else None


_WINDOWS = (("kernel_size", "pool_size"), ("strides",), ("dilation_rate",))


def _first(step: Step, names: tuple[str, ...]) -> int | None:
    for name in names:
        setting = step.settings.get(name)
        if setting is not None:
            value = setting.value[0] if isinstance(setting.value, tuple) and setting.value else setting.value
            return value if isinstance(value, int) else None
    return None
