"""The whole answer of a comparison."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kerlint.diff.compare import Comparison, Difference, compare_models
from kerlint.diff.consequences import consequences
from kerlint.diff.edits import Edit, edits
from kerlint.diff.equivalence import verdict
from kerlint.diff.training import Side, compare_training
from kerlint.summary.wording import UNKNOWN

MOST_GROUPS = 4
"""Differences that the last sentence names."""
SIDES = ("on the left", "on the right")


@dataclass(frozen=True, slots=True, eq=False)
class Diff:
    """Two models, compared."""

    left: Side
    right: Side
    comparison: Comparison
    equivalent: bool | None
    """None where something unknown stands in the way."""
    doubts: tuple[str, ...]
    differences: tuple[Difference, ...]
    consequences: tuple[str, ...]
    notes: tuple[str, ...]
    side: str | None = None
    """Which side `edits` are for."""
    edits: tuple[Edit, ...] = ()

    @property
    def is_equal(self) -> bool:
        """Whether nothing at all differs, training included."""
        return self.equivalent is True and not self.differences

    @property
    def labels(self) -> tuple[str, str]:
        """What the models are called."""
        mine, theirs = self.left.label, self.right.label
        return (mine, theirs) if mine != theirs else (f"{mine} (left)", f"{theirs} (right)")


def diff(left: Side, right: Side) -> Diff:
    """Compare two models with what their programs do with them."""
    found = compare_models(left.model, right.model)
    equivalent, doubts = verdict(left.model, right.model, found)
    trained = compare_training(left, right)
    edited = edits(found.differences)
    return Diff(
        left,
        right,
        found,
        equivalent,
        doubts,
        (*found.differences, *trained.differences),
        tuple(consequences(left.model, right.model, found)) if equivalent is not True else (),
        trained.notes,
        edited[0] if edited is not None else None,
        edited[1] if edited is not None else (),
    )


def sentence(found: Diff) -> str:
    """One sentence that a person can act on."""
    mine, theirs = found.labels
    if found.equivalent is True:
        rest = _groups([one for one in found.differences if not one.changes_function])
        if rest:
            return f"{mine} and {theirs} compute the same function, but differ in {rest}."
        tail = f" ({found.notes[0]})" if found.notes else ""
        return f"{mine} and {theirs} are the same up to initial weights and names{tail}."
    causes = _groups([one for one in found.differences if one.changes_function])
    if found.equivalent is None:
        seen = f"; seen so far: {causes}" if causes else ""
        return f"Whether {mine} and {theirs} are the same is not known: {'; '.join(found.doubts[:2])}{seen}."
    return f"{mine} and {theirs} are not the same: {causes or 'their weights differ'}.{_to_do(found)}"


def _to_do(found: Diff) -> str:
    if not found.edits:
        return ""
    label = found.labels[0 if found.side == "left" else 1]
    made = [f"{edit.text} in line {edit.location.row}" for edit in found.edits[:MOST_GROUPS]]
    more = f" and {len(found.edits) - MOST_GROUPS} more" if len(found.edits) > MOST_GROUPS else ""
    return f" To make them equal, write in {label}: {', '.join(made)}{more}."


def _groups(differences: list[Difference]) -> str:
    """Equal differences counted together."""
    counted = Counter(words_of(one) for one in differences)
    told = [f"{words} ({count} times)" if count > 1 else words for words, count in counted.items()]
    more = f" and {len(told) - MOST_GROUPS} more" if len(told) > MOST_GROUPS else ""
    return ", ".join(told[:MOST_GROUPS]) + more


def words_of(one: Difference, sides: tuple[str, str] = SIDES) -> str:
    """A difference in a few words, without the names of its layers; `sides` say where something is."""
    if one.words is not None:
        step = one.left or one.right
        return f"{step.name}: {one.words}" if step is not None else one.words
    if one.kind == "layer":
        return _layers(one, sides)
    mine = UNKNOWN if one.left_setting is None else repr(one.left_setting.value)
    theirs = UNKNOWN if one.right_setting is None else repr(one.right_setting.value)
    where = f" of {one.left.operation.cls}" if one.left is not None else ""
    return f"{one.argument}{where} {mine} against {theirs}"


def _layers(one: Difference, sides: tuple[str, str]) -> str:
    if one.left is not None and one.right is not None:
        return f"{one.left.operation.cls} against {one.right.operation.cls}"
    step, side = (one.left, sides[0]) if one.left is not None else (one.right, sides[1])
    assert step is not None
    what = step.settings["activation"].value if "activation" in step.settings else step.operation.cls
    return f"{what} only {side}"
