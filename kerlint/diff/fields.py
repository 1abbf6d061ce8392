"""How far the last feature map of a model sees: its receptive field, also where paths branch."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kerlint.diff.settings import MERGES
from kerlint.diff.steps import ACTIVATION, Step

Field = tuple[tuple[int, Fraction], ...]
"""By axis: how many places of the input one place sees, and how many lie between two neighbours."""
_EACH_PLACE = (
    "batch_norm",
    "dropout_like",
    "noise",
    "activation",
    "padding",
    "cropping",
    "rescaling",
    "identity",
)
"""Traits of layers that work on each place by itself (or add and cut borders)."""
_MERGING = frozenset(MERGES.values()) | {"Average"}


def receptive_field(steps: Sequence[Step]) -> tuple[int, ...] | None:
    """How many places along each axis one place of the last feature map sees; None where that is not known."""
    rank = next((size for step in steps if (size := _rank(step))), 0)
    fields: list[Field | None] = []
    last: Field | None = None
    is_seen = False
    for step in steps:
        found = _after(step, fields, rank)
        fields.append(found)
        is_seen = is_seen or _is_windowed(step)
        if found is None and _is_windowed(step):
            return None
        last = found if found is not None and is_seen else last
    return tuple(int(size) for size, _ in last) if last is not None else None


def _rank(step: Step) -> int:
    window = _numbers(step, "kernel_size", "pool_size") if _is_windowed(step) else None
    return len(window) if window is not None else 0


def _is_windowed(step: Step) -> bool:
    operation = step.operation
    return step.owner is None and operation.has("conv", "pool") and not operation.has("global_pool")


def _after(step: Step, fields: Sequence[Field | None], rank: int) -> Field | None:
    """The field after a step; None when it is not known, or of no map any more."""
    start: Field = ((1, Fraction(1)),) * rank
    given = [fields[number] if number >= 0 else start for number in step.inputs]
    known = [one for one in given if one is not None]
    if not known or len(known) < len(given):
        return None
    field = tuple(_merged([one[axis] for one in known]) for axis in range(rank))
    if _is_windowed(step):
        return _seen_through(step, field)
    if step.operation.has("upsampling"):
        sizes = _numbers(step, "size")
        return None if sizes is None else _spread(field, sizes)
    is_plain = step.cls == ACTIVATION or step.cls in _MERGING or step.operation.has(*_EACH_PLACE)
    is_dense = step.operation.cls == "Dense" and step.shape is not None and len(step.shape) == rank + 2
    return field if is_plain or is_dense else None


def _merged(ways: Sequence[tuple[int, Fraction]]) -> tuple[int, Fraction]:
    """What one place sees along several ways: as much as along the widest."""
    return max(size for size, _ in ways), max(gap for _, gap in ways)


def _seen_through(step: Step, field: Field) -> Field | None:
    windows, strides = _numbers(step, "kernel_size", "pool_size"), _numbers(step, "strides")
    spread = _numbers(step, "dilation_rate") or (1,) * len(field)
    if windows is None or strides is None or not len(windows) == len(strides) == len(field) == len(spread):
        return None
    if step.operation.has("conv_transpose"):
        seen = tuple(
            (size + int((-(-window // stride) - 1) * gap), gap)
            for (size, gap), window, stride in zip(field, windows, strides, strict=True)
        )
        return _spread(seen, strides)
    return tuple(
        (size + int((window - 1) * dilation * gap), gap * stride)
        for (size, gap), window, stride, dilation in zip(field, windows, strides, spread, strict=True)
    )


def _spread(field: Field, sizes: tuple[int, ...]) -> Field | None:
    """The field after the map was made larger."""
    if len(sizes) != len(field):
        return None
    return tuple((size, gap / times) for (size, gap), times in zip(field, sizes, strict=True))


def _numbers(step: Step, *names: str) -> tuple[int, ...] | None:
    """The first of these arguments that there is, by axis."""
    for name in names:
        if name in step.settings:
            value = step.settings[name].value
            items = value if isinstance(value, tuple) else (value,)
            whole = [item for item in items if isinstance(item, int)]
            return tuple(whole) if whole and len(whole) == len(items) else None
    return None
