"""`--add-ignores`: suppression comments for all present findings, written to the files."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kerlint.editing.files import CannotEdit
from kerlint.editing.ignores import add_ignores
from kerlint.findings import Finding, Report
from kerlint.fix import apply_edits, write_atomically
from kerlint.replay import Record
from kerlint.report.summary import count
from kerlint.shell.filters import Filter
from kerlint.shell.results import finished
from kerlint.shell.session import Session
from kerlint.source import read
from kerlint.text.encoding import SourceError


def add_ignores_to_files(session: Session, reports: Sequence[Report]) -> Record:
    """Silence every finding that would be shown; tells how many comments were written."""
    written = files = 0
    for filename, group in groupby(
        Filter(session).shown(reports, {}), lambda finding: finding.location.filename
    ):
        try:
            edits = _silence(filename, list(group))
        except (CannotEdit, SourceError) as error:
            session.problems.append((filename, f"no comments added: {error}"))
        except OSError as error:
            session.problems.append((filename, f"cannot be written: {error.strerror}"))
        else:
            written += edits
            files += edits > 0
    summary = f"Added {count(written, 'comment')} in {count(files, 'file')}\n"
    return finished(session, summary if written else "Nothing to suppress\n")


def _silence(filename: str, findings: Sequence[Finding]) -> int:
    """Write comments into one file; returns how many. Raises CannotEdit, SourceError or OSError."""
    with open(filename, "rb") as file:
        data = file.read()
    source = read(data, filename)
    edits = add_ignores(source.text, findings, source.location, [cell.start_row for cell in source.cells])
    if edits:
        write_atomically(filename, apply_edits(data, filename, edits))
    return len(edits)
