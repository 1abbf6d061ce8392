"""The whole answer of a comparison."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from kerlint.diff.compare import Comparison, Difference, compare_models
from kerlint.diff.consequences import consequences
from kerlint.diff.edits import Edit, edits, told
from kerlint.diff.equivalence import verdict
from kerlint.diff.training import Side, compare_training
from kerlint.summary.wording import UNKNOWN

MOST_GROUPS = 4
"""Differences that the last sentence names."""
MOST_DOUBTS = 2
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
    if forms := tuple(_one_of_many(side) for side in (left, right) if side.forms > 1):
        equivalent, doubts = None, (*forms, *doubts)
    trained = compare_training(left, right)
    edited = edits(found) if equivalent is False else None
    return Diff(
        left,
        right,
        found,
        equivalent,
        doubts,
        (*found.differences, *trained.differences),
        (*_first(found), *consequences(left.model, right.model, found)) if equivalent is not True else (),
        trained.notes,
        edited[0] if edited is not None else None,
        edited[1] if edited is not None else (),
    )


def _one_of_many(side: Side) -> str:
    return f"{side.label} has {side.forms} forms, of which one is compared: a condition is not known"


def sentence(found: Diff) -> str:
    """One sentence that a person can act on."""
    mine, theirs = found.labels
    aside = _groups(found, [one for one in found.differences if not one.changes_function])
    causes = _groups(found, [one for one in found.differences if one.changes_function])
    if found.equivalent is None:
        seen = f"; seen so far: {causes}" if causes else ""
        why = "; ".join(found.doubts[:MOST_DOUBTS])
        return f"Whether {mine} and {theirs} are the same is not known: {why}{seen}. --verify may tell."
    if found.equivalent is False:
        return f"{mine} and {theirs} are not the same: {causes or 'their weights differ'}.{_to_do(found)}"
    if aside:
        return f"{mine} and {theirs} compute the same function, but differ: {aside}."
    tail = f" ({found.notes[0]})" if found.notes else ""
    return f"{mine} and {theirs} are the same up to initial weights and names{tail}."


def to_do(found: Diff) -> list[str]:
    """The edits that make the models equal, in words."""
    side = found.left if found.side == "left" else found.right
    return told(found.edits, side.program.filename)


def _to_do(found: Diff) -> str:
    made = to_do(found)
    if not made:
        return ""
    label = found.labels[0 if found.side == "left" else 1]
    more = f" and {len(made) - MOST_GROUPS} more" if len(made) > MOST_GROUPS else ""
    texts = [
        text.removeprefix("write ") if before.startswith("write ") else text
        for before, text in pairwise(["", *made[:MOST_GROUPS]])
    ]
    return f" To make them equal, in {label}: {', '.join(texts)}{more}."


def _groups(found: Diff, differences: list[Difference]) -> str:
    """Equal differences counted together."""
    mine, theirs = found.labels
    counted = Counter(words_of(one, (f"in {mine}", f"in {theirs}")) for one in differences)
    groups = [f"{words} ({count} times)" if count > 1 else words for words, count in counted.items()]
    more = f" and {len(groups) - MOST_GROUPS} more" if len(groups) > MOST_GROUPS else ""
    return ", ".join(groups[:MOST_GROUPS]) + more


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


def _first(found: Comparison) -> list[str]:
    """Where the models part, in a line; none where nothing is known to."""
    causes = [one for one in found.differences if one.changes_function]
    if not causes:
        return []
    first = causes[0]
    names = [step.name for step in (first.left, first.right) if step is not None]
    where = f" at {' and '.join(names)}" if names and first.words is None else ""
    return [f"they part first{where}: {words_of(first)}"]
