"""`--add-ignores`: write a suppression comment at every statement that has findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kerlint.directives import Directive, Scope, read_directives
from kerlint.findings import Edit, Finding, Location, Region
from kerlint.text.layout import Layout, Statement, read_layout, split_rows

NEVER = ("KER001", "KER002")
"""A syntax error is to be mended, a comment that is not needed to be removed."""


def with_ignores(data: bytes, filename: str, findings: Iterable[Finding]) -> bytes:
    """The file with comments that silence its findings; those of other files are left out.

    Raises kerlint.text.encoding.SourceError or kerlint.editing.files.CannotEdit for bytes that cannot be edited.
    """
    from kerlint.fix import apply_edits
    from kerlint.source import read

    source = read(data, filename)
    own = [finding for finding in findings if finding.location.filename == filename]
    cell_rows = [cell.start_row for cell in source.cells]
    edits = add_ignores(source.text, own, source.location, cell_rows)
    return apply_edits(data, filename, edits) if edits else data


def add_ignores(
    text: str,
    findings: Iterable[Finding],
    locate: Callable[[Region], Location],
    cell_rows: Sequence[int] = (),
) -> tuple[Edit, ...]:
    """The edits that silence these findings of one program with `# kerlint: ignore[...]` comments.

    A statement gets one comment, at the end of its first row with a finding where a comment can stand
    (not inside a string, not after a backslash), and codes are sorted; a list that is there already
    takes the new ones. Findings that a comment names already, and those outside any statement, give
    none. `locate` gives the place of a stretch of the program, `cell_rows` the rows at which notebook
    cells start.
    """
    layout = read_layout(text, cell_rows)
    wanted = _by_statement(layout, findings)
    if not wanted:
        return ()
    rows = split_rows(text)
    of_file: list[Directive] = []
    of_statement: dict[Statement | None, list[Directive]] = {}
    for directive in read_directives(layout):
        if directive.scope is Scope.FILE:
            of_file.append(directive)
        elif directive.scope is Scope.STATEMENT:
            of_statement.setdefault(directive.target, []).append(directive)
    edits = (
        _edit(layout, rows, [*of_file, *of_statement.get(statement, ())], statement, found)
        for statement, found in wanted.items()
    )
    return tuple(Edit(locate(region), content) for region, content in filter(None, edits))


def _by_statement(layout: Layout, findings: Iterable[Finding]) -> dict[Statement, list[Finding]]:
    wanted: dict[Statement, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.sort_key):
        statement = layout.statement_at(finding.location.program.start_row)
        if statement is not None and finding.code not in NEVER:
            wanted.setdefault(statement, []).append(finding)
    return wanted


def _edit(
    layout: Layout,
    rows: Sequence[str],
    speaking: Sequence[Directive],
    statement: Statement,
    findings: Sequence[Finding],
) -> tuple[Region, str] | None:
    """What to write where for one statement; None when its comments say it already."""
    missing = {item.code for item in findings if not any(_silences(other, item) for other in speaking)}
    if not missing:
        return None
    for directive in speaking:
        if directive.scope is Scope.STATEMENT and not directive.is_noqa:
            return _extended(directive, missing)
    row = _row(layout, statement, findings[0].location.program.start_row)
    if row is None:
        return None
    column = len(rows[row - 1].rstrip()) + 1
    return Region(row, column, row, column), f"  # kerlint: ignore[{', '.join(sorted(missing))}]"


def _silences(directive: Directive, finding: Finding) -> bool:
    return directive.bare or directive.names(finding.code, finding.name) >= 0


def _extended(directive: Directive, codes: Iterable[str]) -> tuple[Region, str]:
    """The list of the directive with more entries."""
    row, column = directive.comment.row, directive.comment.column
    start, end = directive.list_span
    entries = sorted({*directive.codes, *codes}, key=str.casefold)
    return Region(row, column + start, row, column + end), ", ".join(entries)


def _row(layout: Layout, statement: Statement, first: int) -> int | None:
    """The first row of the statement, from `first` on, at whose end a comment can be written."""
    return next((row for row in range(first, statement.last_row + 1) if row in layout.open_rows), None)
