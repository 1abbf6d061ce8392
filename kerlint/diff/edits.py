"""The fewest places to edit so that two models become equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kerlint.diff.compare import Difference
from kerlint.diff.steps import Setting, Step
from kerlint.diff.values import Made, Opaque, Verdict, compare, plain
from kerlint.findings import Location


@dataclass(frozen=True, slots=True)
class Edit:
    """Write `argument=value` into a call."""

    location: Location
    argument: str
    value: Any

    @property
    def text(self) -> str:
        """What to write."""
        return f"{self.argument}={self.value!r}"


def edits(differences: Sequence[Difference]) -> tuple[str, tuple[Edit, ...]] | None:
    """Which side to edit (`left` or `right`), and how; None where arguments alone do not do it."""
    causes = [one for one in differences if one.changes_function]
    if not causes or any(one.kind != "argument" for one in causes):
        return None
    found = {side: made for side in ("right", "left") if (made := _of(side, causes)) is not None}
    if not found:
        return None
    side = min(found, key=lambda name: len(found[name]))
    return side, found[side]


def _of(side: str, causes: Sequence[Difference]) -> tuple[Edit, ...] | None:
    """The edits of one side; None where one place would have to become two things."""
    made: dict[tuple[Any, str], Edit] = {}
    for cause in causes:
        step, value = _wanted(side, cause)
        if (
            step is None
            or value is None
            or step.operation.place is None
            or step.operation.kind == "operation"
        ):
            return None
        name = cause.argument or ""
        if "." in name or isinstance(value.value, Made | Opaque):
            return None
        edit = Edit(step.operation.place.location, name, value.value)
        known = made.setdefault((step.operation.place.key, name), edit)
        if compare(known.value, edit.value) is not Verdict.EQUAL:
            return None
    return tuple(made.values())


def _wanted(side: str, cause: Difference) -> tuple[Step | None, Setting | None]:
    if side == "left":
        return cause.left, cause.right_setting
    return cause.right, cause.left_setting


def as_data(edit: Edit) -> dict[str, Any]:
    """An edit as JSON has it."""
    where = edit.location
    return {
        "filename": where.filename,
        "row": where.row,
        "cell": where.cell,
        "argument": edit.argument,
        "value": plain(edit.value),
    }
