"""A summary as text: Keras's own table, its totals in Keras's words, and what kerlint could not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kerlint.report.printable import one_line
from kerlint.summary.details import details
from kerlint.summary.drawn_table import drawn
from kerlint.summary.table import Row, Summary, Table
from kerlint.summary.wording import UNKNOWN, count_text, place, shapes_text, size_text

if TYPE_CHECKING:
    from kerlint.confirm.verify import Verification

CHAIN = (36, 27, 15)
GRAPH = (29, 25, 15, 26)
"""The widths of Keras's columns on a wide terminal, without and with the column of connections."""
_PARAMS = 2
MOST_ENDS = 20
"""Places where kerlint gave up that a text shows."""


def render(
    summary: Summary, folder: str, verification: Verification | None = None, *, verbose: bool = False
) -> str:
    """All tables one after the other; places are shown relative to `folder`."""
    parts = [_part(table, folder, verbose) for table in summary.models]
    notes = "".join(f"{line}\n" for line in notes_of(summary, folder, verification))
    return "\n".join([*parts, notes] if notes else parts)


def _part(table: Table, folder: str, verbose: bool) -> str:
    return _heading(table, folder) + table_text(table) + (details(table, folder) if verbose else "")


def _heading(table: Table, folder: str) -> str:
    bound = f"{table.variable}, " if table.variable else ""
    forms = f" (one of {table.forms} forms: a condition is not known)" if table.forms > 1 else ""
    return f"{one_line(bound)}{_kind(table)} at {place(table.location, folder)}{forms}\n"


def _kind(table: Table) -> str:
    return f"{table.cls} (subclassed)" if table.kind == "subclassed" else table.kind


def table_text(table: Table) -> str:
    """What Keras would print, with `?` for what is not known."""
    head = ["Layer (type)", "Output Shape", "Param #", "Connected to"]
    widths = CHAIN if table.is_chain else GRAPH
    rows = [_cells(row)[: len(widths)] for row in table.rows]
    name = one_line(table.name or UNKNOWN)
    frame = drawn(head[: len(widths)], rows, widths, _PARAMS)
    return f'Model: "{name}"\n{frame}' + "".join(f" {line}\n" for line in totals(table))


def _cells(row: Row) -> list[str]:
    name = one_line(f"{row.name or UNKNOWN} ({row.cls})")
    return [name, shapes_text(row.outputs), count_text(row.params), _connections(row)]


def _connections(row: Row) -> str:
    links = [f"{source.name or UNKNOWN}[{source.call}][{source.output}]" for source in row.sources]
    return one_line(", ".join(links)) or "-"


def totals(table: Table) -> Iterator[str]:
    """The three lines below a table, as `print_summary` in keras/src/utils/summary_utils.py has them."""
    trains, total = table.trainable_params, table.params
    rest = total - trains if total is not None and trains is not None else None
    more = 4 * table.counters
    for words, count, extra in (
        ("Total", total, more),
        ("Trainable", trains, 0),
        ("Non-trainable", rest, more),
    ):
        size = f" ({size_text(4 * count + extra)})" if count is not None and table.is_float32 else ""
        yield f"{words} params: {count_text(count)}{size}"


def notes_of(summary: Summary, folder: str, verification: Verification | None) -> list[str]:
    """What is not known, and what Keras says of what is."""
    verdicts = _verdicts(verification) if verification is not None else ()
    return [*_notes(summary, folder), *verdicts]


def _notes(summary: Summary, folder: str) -> Iterator[str]:
    for parameter in summary.missing:
        yield f"unknown: the parameter {parameter} was not given"
    told: set[str] = set()
    for table in summary.models:
        label = one_line(table.label)
        if not table.model.complete and label not in told:
            told.add(label)
            yield f"incomplete: not all of {label} is known"
        elif table.model.complete and _waits(table):
            yield f"unknown: nobody calls {label}: name it and tell what goes in with --input-shape"
    for label, options in _supposing(summary).items():
        yield f"likely: {label} supposes {', '.join(options)}"
    for end in summary.gave_up[:MOST_ENDS]:
        yield f"gave up at {place(end.location, folder)}: {one_line(end.reason)}"
    if len(summary.gave_up) > MOST_ENDS:
        yield f"gave up at {len(summary.gave_up) - MOST_ENDS} more places (--output-format json has all)"


def _supposing(summary: Summary) -> dict[str, list[str]]:
    """By the labels of models, the options of the program whose defaults were taken for them."""
    found: dict[str, list[str]] = {}
    for table in summary.models:
        for one in table.model.supposed:
            options = found.setdefault(one_line(table.label), [])
            options += [words for words in [one_line(one.words)] if words not in options]
    return found


def _waits(table: Table) -> bool:
    """Whether a model has layers and no input whose shape is known."""
    return bool(table.layers) and not any(shape is not None for shape in table.inputs)


def _verdicts(verification: Verification) -> Iterator[str]:
    """What Keras says of each table, a line a difference."""
    for verdict in verification.verdicts:
        start = f"Keras {verification.keras}: {one_line(verdict.table.label)}"
        if verdict.unbuilt is not None:
            yield f"{start} is not verified: {verdict.unbuilt}"
        elif verdict.differences:
            yield f"{start} disagrees, which is a defect of kerlint:"
            yield from (f"    {one_line(difference)}" for difference in verdict.differences)
        else:
            unknown = f", {verdict.open} are unknown to kerlint" if verdict.open else ""
            yield f"{start} agrees in {verdict.agreeing} cells{unknown}"
