"""A comparison as JSON: the contract of `kerlint diff --output-format json`."""

from __future__ import annotations

from typing import Any

from kerlint.diff.compare import Difference
from kerlint.diff.edits import as_data
from kerlint.diff.result import Diff, sentence
from kerlint.diff.settings import Setting
from kerlint.diff.steps import Step
from kerlint.diff.training import Side
from kerlint.diff.values import UNKNOWN, plain
from kerlint.report.json_text import dump
from kerlint.summary.json_text import shapes
from kerlint.summary.rows import known


def render(found: Diff, checked: dict[str, Any] | None = None) -> str:
    """The whole answer; `"?"` is anything unknown."""
    data: dict[str, Any] = {
        "left": _side(found.left),
        "right": _side(found.right),
        "equivalent": UNKNOWN_VERDICT if found.equivalent is None else found.equivalent,
        "differences": [_difference(one) for one in found.differences],
        "params": [_params(found.left), _params(found.right)],
        "consequences": list(found.consequences),
        "notes": list(found.notes),
        "unknown": list(found.doubts),
        "sentence": sentence(found),
        "edits": {"side": found.side, "edits": [as_data(edit) for edit in found.edits]},
    }
    if checked is not None:
        data["verify"] = checked
    return dump(data) + "\n"


UNKNOWN_VERDICT = "unknown"


def _side(side: Side) -> dict[str, Any]:
    model, where = side.model, side.location
    return {
        "name": UNKNOWN if model.name is None else model.name,
        "variable": model.variable,
        "class": model.cls,
        "filename": where.filename,
        "row": where.row,
        "cell": where.cell,
        "complete": model.complete,
    }


def _params(side: Side) -> Any:
    count = known(side.model.weigh().total)
    return UNKNOWN if count is None else count


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "left": _step(one.left),
        "right": _step(one.right),
        "argument": one.argument,
        "left_value": _value(one.left_setting),
        "right_value": _value(one.right_setting),
        "left_written": _origin(one.left_setting),
        "right_written": _origin(one.right_setting),
        "words": one.words,
    }


def _step(step: Step | None) -> dict[str, Any] | None:
    if step is None:
        return None
    where = step.operation.place.location if step.operation.place is not None else None
    return {
        "class": step.operation.cls,
        "name": step.name,
        "output_shape": shapes((step.shape,)),
        "params": UNKNOWN if step.params is None else step.params,
        "filename": where.filename if where is not None else None,
        "row": where.row if where is not None else None,
        "cell": where.cell if where is not None else None,
    }


def _value(setting: Setting | None) -> Any:
    return None if setting is None else plain(setting.value)


def _origin(setting: Setting | None) -> str | None:
    return None if setting is None else setting.origin
