"""A comparison as rows: a pair of steps in each, with what differs in it; runs of equal ones can be folded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kerlint.diff.compare import Comparison, Difference
from kerlint.diff.result import Diff
from kerlint.diff.steps import ACTIVATION, Step

CONTEXT = 1
"""Equal rows that are shown on either side of a difference."""
FEWEST = 3
"""Equal rows that are worth a fold."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """`mark` is `=` equal, `!` differs, `<` and `>` on one side only. `number` counts pairs from 0."""

    mark: str
    number: int
    left: Step | None
    right: Step | None
    differences: tuple[Difference, ...] = ()

    @property
    def told(self) -> tuple[Difference, ...]:
        """The differences that the two sides, standing there, do not tell by themselves."""
        is_lone = self.left is None or self.right is None
        return tuple(one for one in self.differences if not is_lone or one.argument or one.words)


@dataclass(frozen=True, slots=True)
class Fold:
    """A run of equal rows."""

    rows: tuple[Row, ...]


def rows(found: Diff) -> list[Row]:
    """All pairs in order; an activation stands in the row of the layer it is an argument of."""
    told = found.comparison
    numbers = {
        id(step): number
        for number, pair in enumerate(told.pairs)
        for step in told.steps(pair)
        if step is not None
    }
    homes = [_home(number, told, numbers) for number in range(len(told.pairs))]
    causes: dict[int, list[Difference]] = {}
    for one in found.differences:
        step = one.left or one.right
        if step is not None:
            causes.setdefault(homes[numbers[id(step)]], []).append(one)
    return [
        _row(number, *told.steps(pair), tuple(causes.get(number, ())))
        for number, pair in enumerate(told.pairs)
        if homes[number] == number
    ]


def _home(number: int, told: Comparison, numbers: Mapping[int, int]) -> int:
    """The pair in whose row a pair stands: what is an argument on all sides, in that of its layers."""
    chains = (told.left, told.right)
    steps = zip(told.steps(told.pairs[number]), chains, strict=True)
    owners = [
        numbers[id(chain.steps[step.owner])] if step.owner is not None else number
        for step, chain in steps
        if step is not None
    ]
    return owners[0] if len(set(owners)) == 1 else number


def _row(number: int, left: Step | None, right: Step | None, mine: tuple[Difference, ...]) -> Row:
    mark = "<" if right is None else ">" if left is None else "!" if mine else "="
    return Row(mark, number, left, right, mine)


def folded(found: Sequence[Row]) -> Iterator[Row | Fold]:
    """The rows with long runs of equal ones as one."""
    near = {
        index + step
        for index, row in enumerate(found)
        if row.mark != "="
        for step in range(-CONTEXT, CONTEXT + 1)
    }
    hidden: list[Row] = []
    for index, row in enumerate(found):
        if row.mark == "=" and index not in near:
            hidden.append(row)
            continue
        yield from _run(hidden)
        hidden = []
        yield row
    yield from _run(hidden)


def _run(hidden: list[Row]) -> Iterator[Row | Fold]:
    if len(hidden) < FEWEST:
        yield from hidden
    else:
        yield Fold(tuple(hidden))


def step_title(step: Step) -> tuple[str, str]:
    """The name and the class, with the activation that comes with it: `conv2d`, `Conv2D relu`."""
    if step.owner is not None:
        return str(step.settings[ACTIVATION].value), f"in {step.name}"
    active = step.activation.value if step.activation is not None else "linear"
    if step.cls == ACTIVATION and step.operation.cls == "Activation":
        active = step.settings[ACTIVATION].value
    return step.name, step.operation.cls if active == "linear" else f"{step.operation.cls} {active}"
