"""`--confirm`: the findings of a run with verdicts, as the user asked to see them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from kerlint.catalog import catalog
from kerlint.confirm.plan import Plan, plan
from kerlint.confirm.settle import CONFIRMED, INCONCLUSIVE, REFUTED, Asked, Settler, counted
from kerlint.findings import Finding, Verdict
from kerlint.guard import INTERNAL_ERROR
from kerlint.model.recover import target_of
from kerlint.probes import Probe
from kerlint.report.printable import one_line
from kerlint.report.summary import count
from kerlint.shell.terminal import Progress
from kerlint.source import SourceError, read

if TYPE_CHECKING:
    from kerlint.shell.session import Session

_UNREAD = Verdict(INCONCLUSIVE, "the file cannot be read any more")
_UNPLANNED = Verdict(INCONCLUSIVE, "a defect of kerlint: no experiment could be planned")


def confirmed(
    session: Session, findings: Sequence[Finding], known: Mapping[str, bytes]
) -> tuple[Finding, ...]:
    """The findings to show, each with its verdict; `known` are contents that are not those on disk.

    A refuted finding is left out where what Keras raises or resolves is all that the rule claims; one about
    training that a single step did not show is kept. Raises Problem when nothing can be run.
    """
    began = time.monotonic()
    verdicts: dict[int, Verdict] = {}
    asked = list(_asked(session, findings, known, verdicts))
    request = session.request
    settler = Settler(session.cache, session.project.config.jobs, request.allow_unconfined)
    progress = Progress(len(asked), "experiments")
    try:
        progress.show()
        verdicts |= dict(settler.settle(asked, progress.advance))
    finally:
        progress.clear()
    judged = [
        msgspec.structs.replace(finding, verdict=verdicts.get(index, _UNPLANNED))
        for index, finding in enumerate(findings)
    ]
    shown = tuple(finding for finding in judged if is_shown(finding, request.only_confirmed))
    _note(session, judged, shown)
    if request.verbose:
        _note_cost(session, settler, len(asked), time.monotonic() - began)
    return shown


def _asked(
    session: Session, findings: Sequence[Finding], known: Mapping[str, bytes], verdicts: dict[int, Verdict]
) -> Iterator[Asked]:
    """What to run for the findings, file by file; verdicts that need no run go into `verdicts`."""
    numbered = list(enumerate(findings))
    for filename, group in groupby(numbered, lambda item: item[1].location.filename):
        positions, own = zip(*group, strict=True)
        try:
            planned = _plan(session, filename, own, known)
        except (OSError, SourceError):
            verdicts |= dict.fromkeys(positions, _UNREAD)
            continue
        except Exception as error:
            words = " ".join(f"{type(error).__name__}: {error}".split())
            session.problems.append((filename, f"{INTERNAL_ERROR}--confirm: {words}"))
            verdicts |= dict.fromkeys(positions, _UNPLANNED)
            continue
        verdicts |= {positions[index]: verdict for index, verdict in planned.settled.items()}
        for request in planned.requests:
            ids = [finding["id"] for finding in request["findings"]]
            yield Asked(request, {name: positions[int(name)] for name in ids})


def _plan(session: Session, filename: str, own: Sequence[Finding], known: Mapping[str, bytes]) -> Plan:
    settings = session.resolver.settings(filename)
    source = read(known[filename] if filename in known else _content(filename), filename)
    target = target_of(source, settings.target, settings.project_target)
    return plan(source, own, target=target, roots=settings.roots)


def _content(filename: str) -> bytes:
    with open(filename, "rb") as file:
        return file.read()


def is_shown(finding: Finding, only_confirmed: bool) -> bool:
    """Whether a finding with this verdict is told at all."""
    status = finding.verdict.status if finding.verdict else INCONCLUSIVE
    if only_confirmed:
        return status == CONFIRMED
    rule = catalog().get(finding.code)
    probe = rule.probe if rule is not None else None
    return not (status == REFUTED and isinstance(probe, Probe) and probe.is_decisive)


def _note(session: Session, judged: Sequence[Finding], shown: Sequence[Finding]) -> None:
    """One line that counts, and with `--verbose` one for each finding that is not shown."""
    counts = counted(finding.verdict for finding in judged if finding.verdict)
    if not counts:
        return
    words = ", ".join(f"{number} {status}" for status, number in counts.items())
    kept = set(map(id, shown))
    dropped = [finding for finding in judged if id(finding) not in kept]
    rest = f" ({len(dropped)} not shown)" if dropped else ""
    session.notes.append(f"kerlint: verdicts: {words}{rest}")
    if not session.request.verbose:
        return
    for finding in dropped:
        place = f"{session.shown(finding.location.filename)}:{finding.location.row}:{finding.location.column}"
        verdict = finding.verdict
        if verdict is not None:
            evidence = one_line(verdict.evidence)
            session.notes.append(
                f"kerlint: not shown: {place}: {finding.code} {one_line(finding.message)}:"
                f" {verdict.status}: {evidence}"
            )


def _note_cost(session: Session, settler: Settler, requests: int, seconds: float) -> None:
    for ready in settler.ready:
        session.notes.append(
            f"kerlint: Keras {ready.keras}, imported in {ready.seconds:.1f} s; walls around each child: {ready.walls}"
        )
    session.notes.append(
        f"kerlint: {count(requests, 'experiment')} in {seconds:.1f} s,"
        f" {settler.remembered} of them known from the cache"
    )
