"""A summary as JSON: the contract of `kerlint summary --output-format json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerlint.findings import Location
from kerlint.keras_api.shapes import Dim, Shape, UnknownDim
from kerlint.report.json_text import dump
from kerlint.summary.settings import UNKNOWN, settings_of
from kerlint.summary.table import End, Row, Summary, Table

if TYPE_CHECKING:
    from kerlint.confirm.verify import Verification


def render(summary: Summary, verification: Verification | None = None) -> str:
    """The whole summary; null is a free extent, "?" anything unknown."""
    found: dict[str, Any] = {
        "models": [_model(table) for table in summary.models],
        "gave_up": [_end(end) for end in summary.gave_up],
    }
    if verification is not None:
        found["verify"] = _verification(verification)
    return dump(found) + "\n"


def _model(table: Table) -> dict[str, Any]:
    operations = [row for row in (*table.rows, *table.others) if not row.is_layer]
    listed = frozenset(row.identity for row in (*table.layers, *operations))
    return {
        "name": _or_unknown(table.name),
        "variable": table.variable,
        "class": table.cls,
        "kind": table.kind,
        **_at(table.location),
        "complete": table.complete,
        "supposed": [
            {"option": one.option, "value": one.text, **_at(one.place.location)}
            for one in table.model.supposed
        ],
        "params": _or_unknown(table.params),
        "trainable_params": _or_unknown(table.trainable_params),
        "input_shape": shapes(table.inputs),
        "output_shape": shapes(table.outputs),
        "layers": [_row(row, listed) for row in table.layers],
        "operations": [_row(row, listed) for row in operations],
    }


def _verification(verification: Verification) -> dict[str, Any]:
    return {
        "keras": verification.keras,
        "error": verification.error,
        "models": [
            {
                "name": _or_unknown(verdict.table.name),
                "variable": verdict.table.variable,
                "agrees": None if verdict.unbuilt is not None else not verdict.differences,
                "differences": list(verdict.differences),
                "agreeing": verdict.agreeing,
                "unknown": verdict.open,
                "reason": verdict.unbuilt,
            }
            for verdict in verification.verdicts
        ],
    }


def _row(row: Row, listed: frozenset[int]) -> dict[str, Any]:
    """One row; what feeds it is named as far as it is listed itself."""
    feeding = [source for source in row.sources if source.identity in listed]
    made: dict[str, Any] = {
        "class": row.cls,
        "name": _or_unknown(row.name),
        "output_shape": shapes(row.outputs),
        "params": _or_unknown(row.params),
        "trainable_params": _or_unknown(row.trainable_params),
        "row": row.location.row if row.location is not None else None,
        "cell": row.location.cell if row.location is not None else None,
        "filename": row.location.filename if row.location is not None else None,
        "inbound": list(dict.fromkeys(_or_unknown(source.name) for source in feeding)),
        "config": {
            setting.name: {"value": setting.value, "origin": setting.origin}
            for setting in settings_of(row.operation)
        },
        "weights": [{"name": name, "shape": _shape(shape)} for name, shape in row.operation.weigh().shapes],
    }
    if row.inside:
        within = frozenset(inner.identity for inner in row.inside)
        made["inside"] = [_row(inner, within) for inner in row.inside]
    return made


def _end(end: End) -> dict[str, Any]:
    return {**_at(end.location), "reason": end.reason}


def _at(location: Location) -> dict[str, Any]:
    return {"filename": location.filename, "row": location.row, "cell": location.cell}


def _or_unknown(value: Any) -> Any:
    return UNKNOWN if value is None else value


def shapes(found: tuple[Shape | None, ...]) -> Any:
    """One shape as a list of extents, several as a list of those, none as unknown."""
    if not found:
        return UNKNOWN
    return _shape(found[0]) if len(found) == 1 else [_shape(shape) for shape in found]


def _shape(shape: Shape | None) -> Any:
    return UNKNOWN if shape is None else [_extent(dim) for dim in shape]


def _extent(dim: Dim) -> int | str | None:
    return UNKNOWN if isinstance(dim, UnknownDim) else dim
