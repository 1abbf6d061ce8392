"""Code actions: quick fixes, comments that ignore a finding, and all safe fixes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from lsprotocol import types

from kerlint.catalog import catalog
from kerlint.editing.ignores import NEVER, add_ignores
from kerlint.findings import Applicability, Edit, Finding, Region
from kerlint.fix import open_document
from kerlint.probes import Probe
from kerlint.server.analysis import Analysis
from kerlint.server.buffers import Part, Snapshot
from kerlint.server.settings import ServerSettings
from kerlint.text.layout import read_layout

FIX_ALL = "source.fixAll.kerlint"
NOTEBOOK_FIX_ALL = "notebook.source.fixAll.kerlint"
CONFIRM = "kerlint.confirm"
QUICK_FIX = types.CodeActionKind.QuickFix.value
KINDS = (QUICK_FIX, FIX_ALL, NOTEBOOK_FIX_ALL)

Edits = dict[Part, list[types.TextEdit]]


@dataclass(frozen=True, slots=True)
class Offer:
    """One action that can be taken; `data` finds it again when the editor asks for its edits."""

    title: str
    kind: str
    act: str
    """`fix`, `ignore`, `confirm`, `all`."""
    finding: Finding | None = None
    preferred: bool | None = None

    def data(self, analysis: Analysis) -> dict[str, Any]:
        """What travels to the editor and back."""
        index = -1 if self.finding is None else analysis.findings.index(self.finding)
        snapshot = analysis.snapshot
        return {"uri": snapshot.uri, "revision": snapshot.revision, "act": self.act, "index": index}


def is_of(data: dict[str, Any], analysis: Analysis) -> bool:
    """Whether this can be the data of an offer on this analysis: clients may send anything."""
    act, index = data.get("act"), data.get("index")
    is_finding = isinstance(index, int) and 0 <= index < len(analysis.findings)
    return act == "all" or (act in ("fix", "ignore", "confirm") and is_finding)


def offers(
    analysis: Analysis, cell: int | None, asked: Region, only: Sequence[str] | None, settings: ServerSettings
) -> Iterator[Offer]:
    """The actions on a region of one part, of the kinds that are wanted."""
    if _wants(only, QUICK_FIX):
        found = [
            finding
            for finding in analysis.findings
            if _is_in(finding, analysis.snapshot, cell) and _touches(finding.location.region, asked)
        ]
        yield from (offer for finding in found for offer in _fixes(finding, settings))
        if settings.code_action.disable_rule_comment.enable:
            yield from _ignores(found, analysis)
        yield from (_confirming(finding) for finding in found if _has_probe(finding))
    kind = NOTEBOOK_FIX_ALL if analysis.snapshot.is_notebook and _is_named(only, "notebook") else FIX_ALL
    if settings.fix_all and _wants(only, kind) and any(map(is_safely_fixable, analysis.findings)):
        yield Offer("kerlint: Fix all that is safe to fix", kind, "all")


def _fixes(finding: Finding, settings: ServerSettings) -> Iterator[Offer]:
    fix = finding.fix
    if fix is None or not settings.code_action.fix_violation.enable:
        return
    title = f"kerlint ({finding.code}): {fix.title}"
    if fix.applicability is Applicability.SAFE:
        yield Offer(title, QUICK_FIX, "fix", finding, True)
    elif settings.unsafe_fixes:
        yield Offer(f"{title} (unsafe)", QUICK_FIX, "fix", finding)


def _ignores(findings: Sequence[Finding], analysis: Analysis) -> Iterator[Offer]:
    """A comment holds for the whole statement that it stands in, which is told where that has many lines."""
    source = analysis.source
    if not findings or source is None:
        return
    layout = read_layout(source.text, [cell.start_row for cell in source.cells])
    for finding in findings:
        statement = layout.statement_at(finding.location.program.start_row)
        if statement is not None and finding.code not in NEVER:
            extent = "line" if statement.first_row == statement.last_row else "statement"
            yield Offer(f"kerlint ({finding.code}): Ignore for this {extent}", QUICK_FIX, "ignore", finding)


def _confirming(finding: Finding) -> Offer:
    title = f"kerlint ({finding.code}): Confirm with TensorFlow, which runs this code"
    return Offer(title, QUICK_FIX, "confirm", finding)


def _has_probe(finding: Finding) -> bool:
    rule = catalog().get(finding.code)
    return finding.verdict is None and rule is not None and isinstance(rule.probe, Probe)


def is_safely_fixable(finding: Finding) -> bool:
    """Whether it has a fix that keeps what the program computes."""
    return finding.fix is not None and finding.fix.applicability is Applicability.SAFE


def _wants(only: Sequence[str] | None, kind: str) -> bool:
    """Whether a kind, or one that it is a kind of, is asked for."""
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") or not asked for asked in only)


def _is_named(only: Sequence[str] | None, start: str) -> bool:
    return any(asked.split(".")[0] == start for asked in only or ())


def _is_in(finding: Finding, snapshot: Snapshot, cell: int | None) -> bool:
    return finding.location.filename == snapshot.path and finding.location.cell == cell


def _touches(one: Region, other: Region) -> bool:
    """Whether two regions have a position in common, ends included; or a row, when one is empty."""
    if (other.start_row, other.start_column) == (other.end_row, other.end_column):
        return one.start_row <= other.start_row <= one.end_row
    return (one.start_row, one.start_column) <= (other.end_row, other.end_column) and (
        other.start_row,
        other.start_column,
    ) <= (one.end_row, one.end_column)


def edits_of(offer_data: dict[str, Any], analysis: Analysis) -> Edits | None:
    """The edits of a `fix` or an `ignore`; None when there are none to make."""
    finding = analysis.findings[offer_data["index"]]
    if offer_data["act"] == "fix":
        return _in_parts(finding.fix.edits if finding.fix is not None else (), analysis.snapshot)
    source = analysis.source
    if source is None:
        return None
    rows = [cell.start_row for cell in source.cells]
    return _in_parts(add_ignores(source.text, [finding], source.location, rows), analysis.snapshot)


def _in_parts(edits: Iterable[Edit], snapshot: Snapshot) -> Edits | None:
    found: Edits = {}
    for edit in edits:
        part = snapshot.part(edit.location)
        if part is None:
            return None
        found.setdefault(part, []).append(types.TextEdit(part.rows.range(edit.location.region), edit.content))
    return found or None


def rewritten(snapshot: Snapshot, data: bytes) -> Edits:
    """The edits that turn the parts of a snapshot into those of new bytes: one for each that differs."""
    document = open_document(data, snapshot.path)
    found: Edits = {}
    for cell, part in snapshot.parts.items():
        new = document.text(cell or 0)
        if new != part.text:
            found[part] = [_replacement(part, new)]
    return found


def _replacement(part: Part, new: str) -> types.TextEdit:
    """One edit from the first character that differs to the last."""
    old = part.text
    head = _common(old, new)
    head -= old[:head].endswith("\r")
    tail = min(_common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    tail -= "\r\n" in old[max(len(old) - tail - 1, 0) : len(old) - tail + 1]
    start, end = part.rows.at(head), part.rows.at(len(old) - tail)
    return types.TextEdit(types.Range(start, end), new[head : len(new) - tail])


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def workspace_edit(edits: Edits, versioned: bool) -> types.WorkspaceEdit:
    """The edits for a client, with the versions they are made for if it knows of them."""
    if not versioned:
        return types.WorkspaceEdit(changes={part.uri: list_ for part, list_ in edits.items()})
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(part.uri, part.version), list(list_)
            )
            for part, list_ in edits.items()
        ]
    )
