"""`Resolves`: what an attribute of the flagged object came to, and how its call gave it."""

from __future__ import annotations

import ast
from inspect import Parameter, signature
from typing import Any

from kerlint.confirm.probing.case import Case, Outcome, fails, holds, named, unseen
from kerlint.confirm.recording import Made
from kerlint.probes import Given


def resolves(case: Case, attribute: str, to: str, given: str) -> Outcome:
    """An attribute of an object made by the flagged call that has this value."""
    found = unseen("no object of the flagged call was made")
    for made in case.subjects:
        found = _of(case, made, attribute, to, given)
        if found.status == "confirmed":
            return found
    return found


def _of(case: Case, made: Made, attribute: str, to: str, given: str) -> Outcome:
    thing = made.object
    if not hasattr(thing, attribute):
        return unseen(f"{named(thing)} has no {attribute}")
    value, wanted = getattr(thing, attribute), _wanted(thing, to)
    how = _how(case, made, attribute)
    told = f"{type(thing).__name__}.{attribute} resolved to {shown(value)}, {how}"
    if not _is_same(value, wanted):
        return fails(told)
    if given == Given.OMITTED and not how.startswith("written nowhere"):
        return fails(told)
    return fails(told) if given == Given.BY_POSITION and how != "given by position" else holds(told)


def _wanted(thing: Any, to: str) -> Any:
    if to.isidentifier() and to not in ("None", "True", "False"):
        return getattr(thing, to, to)
    return ast.literal_eval(to)


def _is_same(value: Any, wanted: Any) -> bool:
    name = getattr(value, "__name__", None)
    return bool(name == wanted) if isinstance(wanted, str) and name is not None else bool(value == wanted)


def shown(value: Any) -> str:
    """A value as a reader knows it: functions by name."""
    return str(getattr(value, "__name__", None) or repr(value))


def _how(case: Case, made: Made, attribute: str) -> str:
    if attribute not in made.arguments:
        return "written nowhere"
    if made.arguments[attribute] is None:
        return "written nowhere but as None"
    call = _call(case, made)
    position = _position(type(made.object), attribute)
    if call is not None and position is not None and len(call.args) > position:
        return "given by position"
    return "as written"


def _call(case: Case, made: Made) -> ast.Call | None:
    if made.region is None:
        return None
    row, column, end_row, end_column = made.region
    for node in ast.walk(ast.parse(case.recording.text)):
        if isinstance(node, ast.Call) and node.lineno == row and node.end_lineno == end_row:
            line = case.recording.text.split("\n")[row - 1].encode()
            last = case.recording.text.split("\n")[end_row - 1].encode()
            start = len(line[: node.col_offset].decode(errors="replace")) + 1
            end = len(last[: node.end_col_offset or 0].decode(errors="replace")) + 1
            if (start, end) == (column, end_column):
                return node
    return None


def _position(cls: type, name: str) -> int | None:
    parameters = [
        parameter.name
        for parameter in signature(cls).parameters.values()
        if parameter.kind is Parameter.POSITIONAL_OR_KEYWORD
    ]
    return parameters.index(name) if name in parameters else None
