"""Which step of one model stands for which of the other, in order."""

from __future__ import annotations

from collections.abc import Sequence

from kerlint.diff.steps import Step
from kerlint.diff.values import Verdict, compare

Pair = tuple[int | None, int | None]
"""Indexes of a step on the left and on the right; None where there is none."""
EQUAL, SAME_CLASS, SAME_KIND = 20.0, 8.0, 3.0
KINDS = ("conv", "pool", "dense", "recurrent", "norm", "dropout_like", "merge", "embedding", "reshape")
MOST_CELLS = 1_500_000
"""Pairs that are weighed one by one; where there are more, only equal steps are paired."""


def align(left: Sequence[Step], right: Sequence[Step]) -> list[Pair]:
    """Pairs in order of both; equal heads and tails are matched first, for they are the most."""
    head = 0
    while head < min(len(left), len(right)) and left[head].key == right[head].key:
        head += 1
    tail = 0
    while tail < min(len(left), len(right)) - head and left[-1 - tail].key == right[-1 - tail].key:
        tail += 1
    middle = _weighed(left[head : len(left) - tail], right[head : len(right) - tail])
    shifted = [(_plus(one, head), _plus(other, head)) for one, other in middle]
    ends = [(len(left) - tail + index, len(right) - tail + index) for index in range(tail)]
    return [*((index, index) for index in range(head)), *shifted, *ends]


def _plus(index: int | None, head: int) -> int | None:
    return None if index is None else index + head


def _weighed(left: Sequence[Step], right: Sequence[Step]) -> list[Pair]:
    """The alignment of the greatest likeness, by dynamic programming over both sequences."""
    likeness = _Likeness(len(left) * len(right) > MOST_CELLS)
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            paired = likeness(left[i], right[j])
            alone = max(best[i + 1][j], best[i][j + 1])
            best[i][j] = max(alone, paired + best[i + 1][j + 1] if paired else 0.0)
    pairs: list[Pair] = []
    i = j = 0
    while i < len(left) and j < len(right):
        paired = likeness(left[i], right[j])
        if paired and best[i][j] == paired + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    pairs += [(index, None) for index in range(i, len(left))]
    return pairs + [(None, index) for index in range(j, len(right))]


class _Likeness:
    """How much two steps have in common; 0 for steps that are not to be paired."""

    def __init__(self, is_strict: bool) -> None:
        self.is_strict = is_strict
        self.known: dict[tuple[object, object], float] = {}

    def __call__(self, left: Step, right: Step) -> float:
        key = (left.key, right.key)
        if key not in self.known:
            self.known[key] = self._of(left, right)
        return self.known[key]

    def _of(self, left: Step, right: Step) -> float:
        if left.key == right.key:
            return EQUAL
        if self.is_strict:
            return 0.0
        if left.cls == right.cls:
            return SAME_CLASS + SAME_CLASS * _share(left, right)
        shared = [kind for kind in KINDS if left.operation.has(kind) and right.operation.has(kind)]
        return SAME_KIND if shared and left.owner is None and right.owner is None else 0.0


def _share(left: Step, right: Step) -> float:
    """The share of arguments that are equal."""
    names = left.settings.keys() | right.settings.keys()
    both = left.settings.keys() & right.settings.keys()
    equal = [
        name
        for name in both
        if compare(left.settings[name].value, right.settings[name].value) is Verdict.EQUAL
    ]
    return len(equal) / len(names) if names else 1.0
