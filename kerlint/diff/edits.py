"""The fewest places to edit so that two models become equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kerlint.diff.compare import Comparison, Difference
from kerlint.diff.settings import Setting
from kerlint.diff.steps import ACTIVATION, Chain, Step
from kerlint.diff.values import OPEN, Made, Opaque, Verdict, compare, plain
from kerlint.findings import Location
from kerlint.places import Place

WRITE, ADD, DELETE, REPLACE = "write", "add", "delete", "replace"
QUIET = ("default", "unknown", "resolved from None")
"""Origins of what nobody wrote."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One act at one place: write an argument into a call, add a layer after it, delete or replace it."""

    action: str
    location: Location
    name: str
    """The layer that is edited, or after which one is added."""
    text: str
    """What to write; of what is deleted its name."""
    argument: str | None = None
    value: Any = None


def edits(found: Comparison) -> tuple[str, tuple[Edit, ...]] | None:
    """Which side to edit (`left` or `right`), and how; None where there is no plain way."""
    causes = [one for one in found.differences if one.changes_function]
    if not causes:
        return None
    aims = {"right": found.left, "left": found.right}
    whole = [side for side, aim in aims.items() if not _is_refused(aim)]
    sides = {side: _Side(found, side).edits(causes) for side in whole}
    ways = {side: made for side, made in sides.items() if made is not None}
    if not ways:
        return None
    side = min(ways, key=lambda name: (len(ways[name]), sum(one.action == DELETE for one in ways[name])))
    return side, ways[side]


def _is_refused(chain: Chain) -> bool:
    """Whether Keras cannot build it: nobody wants the other model to be like that."""
    return any(step.node is not None and step.node.error is not None for step in chain.steps)


class _Side:
    """The way to make one side equal to the other."""

    def __init__(self, found: Comparison, side: str) -> None:
        self.is_left = side == "left"
        self.chain, self.other = (found.left, found.right) if self.is_left else (found.right, found.left)
        pairs = found.pairs if self.is_left else [(other, one) for one, other in found.pairs]
        self.partner = {other: one for one, other in pairs if one is not None and other is not None}
        self.made: dict[tuple[Any, str, str], Edit] = {}
        self.touched: dict[tuple[Any, str, str], set[int]] = {}

    def edits(self, causes: Sequence[Difference]) -> tuple[Edit, ...] | None:
        """All edits, each once; None where one place would have to become two things."""
        for cause in causes:
            if not self._of(cause):
                return None
        return tuple(self.made.values()) if self._is_consistent() else None

    def _of(self, cause: Difference) -> bool:
        """Note the edit for one cause; False where there is none."""
        mine, theirs = (cause.left, cause.right) if self.is_left else (cause.right, cause.left)
        wanted = cause.left_setting if not self.is_left else cause.right_setting
        if cause.words is not None:
            return False
        if cause.kind == "argument" and mine is not None and cause.argument is not None:
            if mine.cls == ACTIVATION and mine.owner is None and mine.operation.cls != "Activation":
                return theirs is not None and self._replaced(mine, theirs)
            return self._written(mine, cause.argument, wanted)
        if cause.kind != "layer":
            return False
        if mine is not None and theirs is not None:
            return self._replaced(mine, theirs)
        if mine is not None:
            return mine.operation.is_layer and mine.owner is None and self._deleted(mine)
        return theirs is not None and self._added(theirs)

    def _written(self, step: Step, name: str, wanted: Setting | None) -> bool:
        if wanted is None or "." in name or step.operation.kind == "operation":
            return False
        if step.owner is not None and name != ACTIVATION:
            return False  # of an activation that has its name alone
        if wanted.value is OPEN or isinstance(wanted.value, Made | Opaque):
            return False
        return self._note(
            step, WRITE, name, step.name, f"{name}={wanted.value!r}", argument=name, value=wanted.value
        )

    def _replaced(self, step: Step, wanted: Step) -> bool:
        text = layer_text(wanted)
        return step.operation.is_layer and text is not None and self._note(step, REPLACE, "", step.name, text)

    def _deleted(self, step: Step) -> bool:
        return len(step.inputs) == 1 and self._note(step, DELETE, "", step.name, step.name)

    def _added(self, step: Step) -> bool:
        """Add what the other side has, after the layer that stands for the one it follows there."""
        text = layer_text(step)
        if step.owner is not None and step.owner not in self.partner:
            return True  # it comes with its layer
        if text is None or len(step.inputs) != 1:
            return False
        before = step.inputs[0]
        while before >= 0 and before not in self.partner and len(self.other.steps[before].inputs) == 1:
            before = self.other.steps[before].inputs[0]
        if before not in self.partner:
            return False
        anchor = self.chain.steps[self.partner[before]]
        active = anchor.activation
        if active is not None and active.value != "linear":
            return False  # it belongs between the layer and its activation
        return self._note(anchor, ADD, text, anchor.name, text)

    def _note(self, step: Step, action: str, what: str, name: str, text: str, **more: Any) -> bool:
        """Note an edit at the place of a step; False where it has no place, or another edit contradicts."""
        place = _place(step)
        if place is None:
            return False
        key = (place.key, action, what)
        edit = Edit(action, place.location, name, text, **more)
        known = self.made.setdefault(key, edit)
        self.touched.setdefault(key, set()).add(id(step))
        return known.text == text or (action == WRITE and compare(known.value, edit.value) is Verdict.EQUAL)

    def _is_consistent(self) -> bool:
        """Whether each edit is meant for all layers that are made at its place."""
        at: dict[Any, set[int]] = {}
        for step in self.chain.steps:
            place = _place(step)
            if place is not None and step.owner is None:
                at.setdefault(place.key, set()).add(id(step))
        steps = self.chain.steps
        owned = {id(step): id(steps[step.owner]) for step in steps if step.owner is not None}
        return all(
            {owned.get(one, one) for one in touched} == at.get(key[0])
            for key, touched in self.touched.items()
        )


def _place(step: Step) -> Place | None:
    return step.operation.place


def layer_text(step: Step) -> str | None:
    """A layer as one would write it; None for what is no layer, or not known in full."""
    if step.cls == ACTIVATION and not step.operation.is_layer:
        word = step.settings[ACTIVATION].value
        return f"Activation({word!r})" if len(step.settings) == 1 and isinstance(word, str) else None
    if step.owner is not None:
        return f"Activation({step.settings[ACTIVATION].value!r})"
    if step.operation.kind != "layer" or (step.cls != step.operation.cls and step.cls != ACTIVATION):
        return None
    if any("." in name for name in step.settings):
        return None  # it holds another layer
    given = {name: one for name, one in step.settings.items() if one.origin not in QUIET}
    if step.cls == ACTIVATION and step.operation.cls != "Activation":
        given.pop(ACTIVATION, None)
    if step.activation is not None and step.activation.origin not in QUIET:
        given[ACTIVATION] = step.activation
    if any(one.value is OPEN or isinstance(one.value, Made | Opaque) for one in given.values()):
        return None
    return f"{step.operation.cls}({', '.join(f'{name}={one.value!r}' for name, one in given.items())})"


def told(made: Sequence[Edit], home: str) -> list[str]:
    """The edits in words, those of one place together; places in other files than `home` name them."""
    grouped: dict[tuple[str, Location], list[Edit]] = {}
    for edit in made:
        grouped.setdefault((edit.action, edit.location), []).append(edit)
    return [_words(action, group, _where(location, home)) for (action, location), group in grouped.items()]


def _words(action: str, group: Sequence[Edit], where: str) -> str:
    texts = [edit.text for edit in group]
    if action == ADD:
        return f"add {', then '.join(texts)} after {group[0].name} in {where}"
    if action == REPLACE:
        return f"write {texts[0]} instead of {group[0].name} in {where}"
    return f"{action} {', '.join(texts)} in {where}"


def _where(location: Location, home: str) -> str:
    file = f" of {location.filename}" if location.filename != home else ""
    return f"{location.words}{file}"


def as_data(edit: Edit) -> dict[str, Any]:
    """An edit as JSON has it."""
    where = edit.location
    return {
        "action": edit.action,
        "filename": where.filename,
        "row": where.row,
        "cell": where.cell,
        "layer": edit.name,
        "text": edit.text,
        "argument": edit.argument,
        "value": plain(edit.value),
    }
