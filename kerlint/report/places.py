"""How the formats name files and places."""

from __future__ import annotations

import os.path

from kerlint.findings import Location
from kerlint.report.run import Run

STDIN_NAMES = frozenset({"-", "<stdin>"})


def absolute_path(run: Run, filename: str) -> str:
    """The file's absolute path; standard input keeps its name."""
    if filename in STDIN_NAMES:
        return filename
    return os.path.normpath(os.path.join(run.folder, filename))


def shown_path(run: Run, filename: str) -> str:
    """The path as people see it: relative inside the working folder, absolute outside."""
    path = absolute_path(run, filename)
    folder = run.folder.rstrip("/\\") + os.sep
    return path.removeprefix(folder)


def portable_path(run: Run, filename: str) -> str:
    """`shown_path` with forward slashes on every system."""
    return shown_path(run, filename).replace(os.sep, "/")


def place(run: Run, location: Location) -> str:
    """`path:row:column`, or `path:cell 3:row:column` in a notebook."""
    cell = "" if location.cell is None else f"cell {location.cell}:"
    return f"{shown_path(run, location.filename)}:{cell}{location.row}:{location.column}"


def file_row(location: Location) -> int:
    """The 1-based row in the file on disk, for formats that know no cells."""
    if location.file_row is not None:
        return location.file_row
    return location.row if location.cell is None else 1


def file_end_row(location: Location) -> int:
    """The last row in the file on disk.

    A notebook may keep a whole cell on one row of its JSON, so there it is the first row.
    """
    return location.region.end_row if location.cell is None else file_row(location)


def with_cell(message: str, location: Location) -> str:
    """The message, naming the cell and the row in it when the place is in a notebook."""
    if location.cell is None:
        return message
    return f"{message} (cell {location.cell}, row {location.row})"
