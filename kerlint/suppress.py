"""Suppression: which findings the user's comments silence, and which comments silence nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum

from kerlint.catalog import Rule, catalog
from kerlint.directives import Directive, Scope, directives, may_hold_directives, read_directives
from kerlint.findings import Edit, Finding, Location, Region
from kerlint.frozen import record
from kerlint.problems import nearest
from kerlint.text.layout import Layout, Statement, read_layout, split_rows

__all__ = ["Reason", "UnusedDirective", "apply", "directives"]

_UNUSED_CODE, _UNUSED_NAME = "KER002", "unused-suppression"


class Reason(StrEnum):
    """Why a directive is reported."""

    UNUSED = "unused"
    """It names rules that ran and found nothing there."""
    UNKNOWN = "unknown"
    """It names no rule."""
    MALFORMED = "malformed"
    """It begins like a directive and is none."""


@record
class UnusedDirective:
    """A suppression comment that silences nothing, or entries of its list that do not.

    `edit` takes away the unused entries, or the whole comment with the blanks before it, or the whole
    row; None when the user has to decide (an entry may be a misspelt rule, or one of a newer kerlint).
    """

    location: Location
    text: str
    """The directive as written, without its reason."""
    codes: tuple[str, ...]
    """The entries that silence nothing; empty when bare or malformed."""
    reason: Reason
    hint: str | None = None
    """The nearest name, or how to write it."""
    edit: Edit | None = None
    whole_file: bool = False
    """Whether it speaks about the whole file."""

    @property
    def region(self) -> Region:
        """Where it stands, in program coordinates."""
        return self.location.program


Locate = Callable[[Region], Location]


def apply(
    text: str,
    findings: Sequence[Finding],
    rules_run: Collection[str],
    locate: Locate,
    known: Mapping[str, Rule] | None = None,
    cell_rows: Sequence[int] = (),
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[UnusedDirective, ...]]:
    """Split the findings of one program into kept and silenced, and tell which directives are unused.

    `text` is the program, `rules_run` the codes of the rules that ran on it, `locate` gives the place of
    a stretch of it (`Source.location`), `known` are the rules by code (the catalog, when not given), and
    `cell_rows` the rows at which notebook cells start. A finding is silenced at the statement where it
    starts. A bare directive is called unused only if every rule that is on by default ran.
    """
    if not may_hold_directives(text):
        return tuple(findings), (), ()
    layout = read_layout(text, cell_rows)
    found = read_directives(layout)
    if not found:
        return tuple(findings), (), ()
    ledger = _Ledger(layout, found)
    kept: list[Finding] = []
    silenced: list[Finding] = []
    for finding in findings:
        (silenced if ledger.silences(finding) else kept).append(finding)
    rules = catalog() if known is None else known
    audit = _Audit(split_rows(text), frozenset(cell_rows), rules, frozenset(rules_run), locate)
    return tuple(kept), tuple(silenced), tuple(_unused(ledger, audit))


class _Ledger:
    """The directives of a program, and which of their entries silenced something."""

    def __init__(self, layout: Layout, directives: tuple[Directive, ...]) -> None:
        self.directives = directives
        self.used: set[tuple[int, int]] = set()
        """(position of the directive, position in its list or -1 for a bare one)"""
        self._layout = layout
        self._of_file: list[int] = []
        self._of_statement: dict[Statement | None, list[int]] = {}
        self._of_row: dict[int, list[int]] = {}
        for position, directive in enumerate(directives):
            if directive.scope is Scope.FILE:
                self._of_file.append(position)
            elif directive.scope is Scope.STATEMENT:
                self._of_statement.setdefault(directive.target, []).append(position)
                self._of_row.setdefault(directive.comment.row, []).append(position)

    def silences(self, finding: Finding) -> bool:
        """Whether any directive silences the finding; every one that does counts as used."""
        hits = list(self.naming(finding.code, finding.name, finding.location.program.start_row, bare=True))
        self.used.update(hits)
        return bool(hits)

    def unused_entries(self, position: int) -> list[str]:
        """The entries of a directive that silenced nothing; `""` for a bare one."""
        directive = self.directives[position]
        if directive.bare:
            return [] if (position, -1) in self.used else [""]
        return [code for entry, code in enumerate(directive.codes) if (position, entry) not in self.used]

    def naming(self, code: str, name: str, row: int, bare: bool) -> Iterator[tuple[int, int]]:
        """The entries that speak about a rule at a row; bare directives only if `bare`."""
        for position in self._covering(row):
            directive = self.directives[position]
            if directive.bare and bare:
                yield position, -1
            entry = directive.names(code, name)
            if entry >= 0:
                yield position, entry

    def _covering(self, row: int) -> set[int]:
        """The directives that speak about the row: for its statement, the file, or just beside it."""
        statement = self._layout.statement_at(row)
        covering = {*self._of_file, *self._of_row.get(row, ())}
        if statement is not None:
            covering.update(self._of_statement.get(statement, ()))
        return covering


def _unused(ledger: _Ledger, audit: _Audit) -> Iterator[UnusedDirective]:
    """What is unused, but for what an entry naming unused-suppression itself silences; then such entries."""
    for position, directive in enumerate(ledger.directives):
        for report in audit.report(directive, ledger.unused_entries(position)):
            silencers = list(ledger.naming(_UNUSED_CODE, _UNUSED_NAME, report.region.start_row, bare=False))
            ledger.used.update(silencers)
            if not silencers:
                yield report
    for position, directive in enumerate(ledger.directives):
        own = [entry for entry in ledger.unused_entries(position) if _is_own(entry)]
        if own:
            yield from audit.report_entries(directive, own)


def _is_own(entry: str) -> bool:
    return entry.casefold() in (_UNUSED_CODE.casefold(), _UNUSED_NAME)


@record
class _Audit:
    """What is needed to call a directive unused, and to take it away."""

    rows: Sequence[str]
    cell_rows: frozenset[int]
    known: Mapping[str, Rule]
    rules_run: frozenset[str]
    locate: Locate

    def report(self, directive: Directive, unused: Sequence[str]) -> Iterator[UnusedDirective]:
        """The directive's faults, given its entries that silenced nothing: one report for each reason."""
        if directive.scope is Scope.NOTHING:
            yield self._of(directive, (), Reason.MALFORMED, directive.problem, None)
        elif directive.bare:
            if unused and not directive.is_noqa and self._all_ran():
                yield self._of(directive, (), Reason.UNUSED, None, self._without(directive, ()))
        elif not directive.codes:
            yield self._of(directive, (), Reason.UNUSED, None, self._without(directive, ()))
        else:
            yield from self.report_entries(directive, [entry for entry in unused if not _is_own(entry)])

    def report_entries(self, directive: Directive, entries: Sequence[str]) -> Iterator[UnusedDirective]:
        """The entries whose rule ran, and those that name no rule."""
        codes = {entry: self._code_of(entry) for entry in entries}
        unused = tuple(entry for entry in entries if codes[entry] in self.rules_run)
        unknown = tuple(entry for entry in entries if codes[entry] is None)
        if unused:
            edit = self._without(directive, unused)
            yield self._of(directive, unused, Reason.UNUSED, None, edit)
        if unknown:
            yield self._of(directive, unknown, Reason.UNKNOWN, self._nearest(unknown[0]), None)

    def _of(
        self,
        directive: Directive,
        codes: tuple[str, ...],
        reason: Reason,
        hint: str | None,
        edit: Edit | None,
    ) -> UnusedDirective:
        text = directive.comment.text[directive.start : directive.end]
        location, whole = self.locate(directive.region), directive.scope is Scope.FILE
        return UnusedDirective(location, text, codes, reason, hint, edit, whole)

    def _all_ran(self) -> bool:
        """Whether no rule that is on by default was left out: it might be what a bare directive is for."""
        return all(
            code in self.rules_run
            for code, rule in self.known.items()
            if rule.enabled and not rule.preview and rule.over == "program"
        )

    def _code_of(self, written: str) -> str | None:
        folded = written.casefold()
        for code, rule in self.known.items():
            if folded in (code.casefold(), rule.name.casefold()):
                return code
        return None

    def _nearest(self, written: str) -> str | None:
        return nearest(written, (name for code, rule in self.known.items() for name in (code, rule.name)))

    def _without(self, directive: Directive, unwanted: Sequence[str]) -> Edit:
        """The edit that takes away these entries, or all of the directive when none would be left."""
        row, column = directive.comment.row, directive.comment.column
        content = "" if directive.bare else directive.without(unwanted)
        if content:
            start, end = directive.list_span
            return Edit(self.locate(Region(row, column + start, row, column + end)), content)
        if directive.is_whole_row:
            return Edit(self.locate(self._whole_row(row)), "")
        start, end = directive.removal(self.rows[row - 1][: column - 1])
        return Edit(self.locate(Region(row, column + start, row, column + end)), "")

    def _whole_row(self, row: int) -> Region:
        """The row with one of its newlines, as long as that does not reach into another cell."""
        rows, cells = self.rows, self.cell_rows
        is_first = row == 1 or row in cells
        is_last = (
            row == len(rows) or row + 1 in cells or (bool(cells) and row + 1 == len(rows) and not rows[-1])
        )
        if not is_last:
            return Region(row, 1, row + 1, 1)
        if not is_first:
            return Region(row - 1, len(rows[row - 2]) + 1, row, len(rows[row - 1]) + 1)
        return Region(row, 1, row, len(rows[row - 1]) + 1)
