"""The core: bytes in, findings out. Files, pools, caches and editors are shells on `lint_bytes`.

The stages run one way: read, gate, evaluate, rules, findings, suppression. Nothing here prints or exits,
and nothing about user code raises.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from kerlint.abroad import Abroad
from kerlint.catalog import Hit, Rule, catalog, load_local_rules
from kerlint.cell_order import in_doubt
from kerlint.findings import (
    Applicability,
    Confidence,
    Finding,
    Fix,
    GaveUp,
    Related,
    Report,
    RuleFailure,
    Severity,
)
from kerlint.frozen import record
from kerlint.source import SourceError, concerns_keras, read
from kerlint.suppress import UnusedDirective, apply
from kerlint.text.purpose import is_test

if TYPE_CHECKING:
    from kerlint.model.facts import Program
    from kerlint.model.suppositions import Leaning
    from kerlint.places import Place
    from kerlint.settings import LintSettings
    from kerlint.source import Source

MOST_RELATED = 6


def lint_bytes(data: bytes, filename: str, settings: LintSettings) -> Report:
    """Lint one file. Problems of the file as a whole are in `Report.problem`; user code never raises."""
    if not concerns_keras(data):
        return Report(filename, skipped=True)
    clock = _Clock()
    try:
        with clock.measure("read"):
            source = read(data, filename)
    except SourceError as error:
        return Report(filename, problem=str(error))
    with _paused_collector():
        return lint(source, settings, clock)


def lint(
    source: Source, settings: LintSettings, clock: _Clock | None = None, *, looks_abroad: bool = True
) -> Report:
    """Lint one source that was read: evaluate it, run the rules, apply its suppressions (see `judge`)."""
    from kerlint.loader import DiskLoader
    from kerlint.model.recover import recover, target_of

    clock = clock or _Clock()
    loader = DiskLoader(settings.roots)
    with clock.measure("evaluate"):
        target = target_of(source, settings.target, settings.project_target)
        program = recover(source, target=target, loader=loader)
    return judge(program, source, settings, clock, loader.files, looks_abroad=looks_abroad)


def judge(
    program: Program,
    source: Source,
    settings: LintSettings,
    clock: _Clock | None = None,
    imports: tuple[str, ...] = (),
    *,
    looks_abroad: bool = True,
    is_stopped: Callable[[], bool] = bool,
) -> Report:
    """Run the rules over what a source does, and apply its suppressions. Once it is stopped, some may lack.

    With `looks_abroad` what this file's calls do inside imported functions is told too.
    """
    from kerlint.model.suppositions import Leaning

    abroad = Abroad(settings, partial(lint, looks_abroad=False)) if looks_abroad else None
    rules = _rules(settings)
    bench = _Bench(source, settings, clock or _Clock(), Leaning(program), abroad)
    over_program = (rule for rule in rules if rule.over == "program" and not is_stopped())
    findings = [found for rule in over_program for found in bench.run(rule, program)]
    kept, silenced, unused = _suppress(source, findings, settings, rules)
    for rule in rules:
        if rule.over == "suppressions" and settings.report_unused_suppressions:
            kept += bench.run(rule, unused)
    return Report(
        filename=source.filename,
        findings=tuple(sorted(kept, key=lambda finding: finding.sort_key)),
        suppressed=tuple(silenced),
        gave_up=tuple(_gave_up(program.gave_up, source)),
        failures=tuple(bench.failures),
        seconds=dict(bench.clock.seconds),
        imports=tuple(sorted({*imports, *(abroad.imports if abroad is not None else ())})),
    )


@dataclass(slots=True)
class _Clock:
    """Wall time by stage and rule, in seconds."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def measure(self, name: str) -> Iterator[None]:
        """Add the time spent inside to `name`."""
        start = perf_counter()
        try:
            yield
        finally:
            self.add(name, start)

    def add(self, name: str, start: float) -> None:
        """Add the time since `start` to `name`."""
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start


@contextmanager
def _paused_collector() -> Iterator[None]:
    """Evaluation makes many objects and drops them together: collecting in between finds nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _rules(settings: LintSettings) -> list[Rule]:
    known: Mapping[str, Rule] = catalog()
    rules = [known[code] for code in settings.rules if code in known]
    for path in settings.local_rules:
        rules += [rule for rule in load_local_rules(path) if rule.code in settings.rules]
    return rules


@record
class _Bench:
    """One file's rules at work."""

    source: Source
    settings: LintSettings
    clock: _Clock
    leaning: Leaning
    abroad: Abroad | None
    failures: list[RuleFailure] = field(default_factory=list)

    def run(self, rule: Rule, subject: object) -> list[Finding]:
        """Run one rule. A crash is that rule's failure on this file; the others go on."""
        start = perf_counter()
        try:
            if rule.options is None:
                hits = list(rule.check(subject))
            else:
                hits = list(rule.check(subject, rule.make_options(self.settings.options.get(rule.code, {}))))
            if hits and rule.about_learning and is_test(self.source):
                hits = [replace(hit, severity=Severity.INFO) for hit in hits]
            leaning = self.leaning if rule.over == "program" else None
            found = self._findings(rule, [_as_sure(hit, leaning) for hit in hits])
            return in_doubt(found, self.source) if rule.ordered else found
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
            self.failures.append(RuleFailure(rule.code, self.source.filename, words))
            return []
        finally:
            self.clock.add(rule.code, start)

    def _findings(self, rule: Rule, hits: Iterable[Hit]) -> list[Finding]:
        """Findings of this file, one a place: the gravest, whatever path, call or model led to it."""
        placed: dict[object, Finding] = {}
        for hit in hits:
            finding = self._finding(rule, hit)
            if finding is not None:
                _keep_gravest(placed, hit.place, finding)
        best: dict[object, Finding] = {}
        for finding in placed.values():
            _keep_gravest(best, finding.location.program, finding)
        return list(best.values())

    def _finding(self, rule: Rule, hit: Hit) -> Finding | None:
        place, related = self._home(rule, hit)
        if place is None:
            return None
        chain = () if place is not hit.place else _chain(hit.place)
        override = self.settings.severities.get(rule.code)
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=Severity(override) if override else hit.severity or rule.severity,
            message=hit.message,
            location=place.location,
            confidence=hit.confidence,
            related=tuple(
                Related(where.location, words) for where, words in (*related, *hit.related, *chain)
            )[:MOST_RELATED],
            fix=_fix(hit) if place is hit.place else None,
        )

    def _home(self, rule: Rule, hit: Hit) -> tuple[Place | None, list[tuple[Place, str]]]:
        """Where to report a hit: its place, or for one in an imported file the call in this file that led there.

        What is all in an imported file is that file's own finding, and None here, unless only this file's call
        shows it. A suppression's place is a location and nothing else.
        """
        place = hit.place
        statement = getattr(place, "statement", None)
        if statement is None or statement.source is self.source:
            return place, []
        if any(where.statement.source is self.source for where, _ in hit.related) or self._brings(rule, hit):
            for caller in reversed(place.chain):
                if caller.statement.source is self.source:
                    return caller, [(place, "in this imported function")]
        return None, []

    def _brings(self, rule: Rule, hit: Hit) -> bool:
        """Whether it takes a call of this file to find a hit in an imported one, and it is worth telling."""
        return (
            self.abroad is not None
            and (hit.severity or rule.severity).rank >= Severity.WARNING.rank
            and any(caller.statement.source is self.source for caller in hit.place.chain)
            and not self.abroad.knows_itself(rule.code, hit.place)
        )


def _keep_gravest(best: dict[object, Finding], key: object, finding: Finding) -> None:
    known = best.get(key)
    if known is None or finding.severity.rank > known.severity.rank:
        best[key] = finding


def _as_sure(hit: Hit, leaning: Leaning | None) -> Hit:
    """The hit, no surer than the options that it leans on: then a fix may change what the program does."""
    if leaning is None or not leaning.leans((hit.place, *(place for place, _ in hit.related))):
        return hit
    fix = None if hit.fix is None else replace(hit.fix, safe=False)
    return replace(hit, confidence=Confidence.LIKELY, fix=fix)


def _chain(place: Place) -> list[tuple[Place, str]]:
    return [(caller, "called from here") for caller in reversed(getattr(place, "chain", ()))]


def _fix(hit: Hit) -> Fix | None:
    if hit.fix is None:
        return None
    edits = tuple(edit for part in hit.fix.edits for edit in part.edits())
    safety = Applicability.SAFE if hit.fix.safe else Applicability.UNSAFE
    return Fix(hit.fix.title, edits, safety)


def _suppress(
    source: Source, findings: list[Finding], settings: LintSettings, rules: list[Rule]
) -> tuple[list[Finding], list[Finding], tuple[UnusedDirective, ...]]:
    known = {**catalog(), **{rule.code: rule for rule in rules}}
    cell_rows = [cell.start_row for cell in source.cells]
    kept, silenced, unused = apply(source.text, findings, settings.rules, source.location, known, cell_rows)
    return list(kept), list(silenced), unused


def _gave_up(places: Iterable[tuple[Place, str]], source: Source) -> Iterator[GaveUp]:
    seen: set[tuple[object, str]] = set()
    for place, reason in places:
        if place.statement.source is source:
            location = place.location
            if (location, reason) not in seen:
                seen.add((location, reason))
                yield GaveUp(location, reason)
