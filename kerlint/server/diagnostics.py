"""Findings in the protocol's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lsprotocol import types
from pygls.uris import from_fs_path

from kerlint.catalog import Rule
from kerlint.findings import Finding, Location, Related, Severity
from kerlint.server.analysis import SYNTAX, Analysis
from kerlint.server.buffers import Part, Snapshot

SOURCE = "kerlint"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_UNUSED = frozenset({"KER002", "KER003"})
"""Rules on code that has no effect: editors fade it."""


class Translator:
    """Makes diagnostics of the findings of analyses."""

    def __init__(
        self, rules: Callable[[], Mapping[str, Rule]], part_of: Callable[[str], Part | None]
    ) -> None:
        self._rules = rules
        self._part_of = part_of

    def by_uri(
        self, analysis: Analysis, show_syntax_errors: bool = True
    ) -> dict[str, list[types.Diagnostic]]:
        """The diagnostics of each part of the snapshot, also of those that have none."""
        found: dict[str, list[types.Diagnostic]] = {part.uri: [] for part in analysis.snapshot.parts.values()}
        for finding in analysis.findings:
            part = analysis.snapshot.part(finding.location)
            if part is not None and (show_syntax_errors or finding.code != SYNTAX):
                found[part.uri].append(self.diagnostic(finding, part, analysis.snapshot))
        if analysis.problem is not None and found:
            next(iter(found.values())).append(_problem(analysis.problem))
        return found

    def diagnostic(self, finding: Finding, part: Part, snapshot: Snapshot) -> types.Diagnostic:
        """One finding."""
        rule = self._rules().get(finding.code)
        return types.Diagnostic(
            range=part.rows.range(finding.location.region),
            message=_message(finding),
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            code_description=None if rule is None else types.CodeDescription(rule.url),
            source=SOURCE,
            tags=[types.DiagnosticTag.Unnecessary] if finding.code in _UNUSED else None,
            related_information=list(self._related(finding.related, snapshot)) or None,
            data={"rule": finding.name, "confidence": str(finding.confidence)},
        )

    def _related(
        self, related: tuple[Related, ...], snapshot: Snapshot
    ) -> Iterator[types.DiagnosticRelatedInformation]:
        for one in related:
            if (place := self._place(one.location, snapshot)) is not None:
                yield types.DiagnosticRelatedInformation(place, one.message)

    def _place(self, location: Location, snapshot: Snapshot) -> types.Location | None:
        part = snapshot.part(location) or self._part_of(location.filename)
        if part is None:
            return None
        return types.Location(part.uri, part.rows.range(location.region))


def _message(finding: Finding) -> str:
    if finding.verdict is None:
        return finding.message
    return f"{finding.message} ({finding.verdict.status}: {finding.verdict.evidence})"


def _problem(words: str) -> types.Diagnostic:
    """What stands in the way of linting the whole text, at its first character."""
    start = types.Position(0, 0)
    return types.Diagnostic(
        types.Range(start, start), words, severity=types.DiagnosticSeverity.Information, source=SOURCE
    )


def uri_of(path: str) -> str:
    """The address of a file."""
    return from_fs_path(path) or path
