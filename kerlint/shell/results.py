"""From reports to output: what baseline and changed lines leave of the findings, rendered, with the status."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence

from kerlint.catalog import Rule
from kerlint.findings import Report
from kerlint.problems import Problem
from kerlint.replay import Record
from kerlint.report import render
from kerlint.report.run import Details, Graphs, Run, no_graphs
from kerlint.shell.excerpts import line_reader
from kerlint.shell.filters import Filter
from kerlint.shell.output import encoded
from kerlint.shell.session import Session
from kerlint.shell.terminal import wants_colour, width

FINDINGS, PROBLEMS = 1, 2
_HUMAN = ("text", "concise")


def report_on(
    session: Session,
    reports: Sequence[Report],
    known: Mapping[str, bytes] | None = None,
    fixed: int = 0,
    filters: Filter | None = None,
) -> Record:
    """The output of a run over these reports. `known` are contents that are not those on disk."""
    contents = known or {}
    session.note_project_warnings()
    filters = filters or Filter(session)
    shown = filters.shown(reports, contents)
    filters.note_stale(reports, contents)
    if session.request.confirms:
        from kerlint.confirm.run import confirmed

        shown = confirmed(session, shown, contents)
    run = Run(
        findings=shown,
        checked=len(reports) - sum(report.problem is not None for report in reports),
        folder=session.folder,
        problems=tuple(session.problems),
        lines=line_reader(contents),
        graphs=_grapher(session, contents),
        rules=lambda: _rules(session),
        fail_on=session.project.fail_on,
        fixed=fixed,
        colour=wants_colour(session.request.colour, session.request.output_file is not None),
        width=width(),
        started=session.started,
        seconds=time.time() - session.started,
        details=_details(session, reports) if session.request.verbose else None,
    )
    fails = any(finding.severity.at_least(session.fail_on(finding.location.filename)) for finding in shown)
    return finished(session, _rendered(session, run), FINDINGS if fails else 0)


def _grapher(session: Session, contents: Mapping[str, bytes]) -> Graphs:
    """What draws models; the formats without graphs never import it."""
    if session.output_format != "html":
        return no_graphs
    from kerlint.summary.graphs import grapher

    return grapher(contents, session.request.overrides.config.target)


def _rules(session: Session) -> Mapping[str, Rule]:
    """The rules of all configurations of the run, by code."""
    found: dict[str, Rule] = {}
    for project in session.resolver.projects:
        found |= project.rules
    return dict(sorted(found.items()))


def _details(session: Session, reports: Sequence[Report]) -> Details:
    """What `--verbose` adds; what the cache did goes to standard error."""
    skipped = sum(report.skipped for report in reports)
    session.notes.append(
        f"kerlint: {len(reports)} files: {skipped} without Keras, {session.cache.hits} from the cache"
    )
    if session.cache.note:
        session.notes.append(f"kerlint: {session.cache.note}")
    seconds: dict[str, float] = {}
    for report in reports:
        for stage, spent in report.seconds.items():
            seconds[stage] = seconds.get(stage, 0.0) + spent
    gave_up = tuple(place for report in reports for place in report.gave_up)
    return Details(gave_up, seconds, sum(len(report.suppressed) for report in reports))


def _rendered(session: Session, run: Run) -> str:
    name = session.output_format
    if not session.request.statistics:
        return render(name, run)
    from kerlint.report import statistics

    if name not in (*_HUMAN, "json"):
        raise Problem(f"--statistics has no {name} format", remedy="one of text, concise, json")
    return statistics.render_json(run) if name == "json" else statistics.render(run)


def finished(session: Session, output: str | bytes, status: int = 0) -> Record:
    """The output where it belongs, with all complaints; problems outweigh any other status."""
    is_text = session.output_format in _HUMAN
    if isinstance(output, str):
        output = encoded(output) if is_text else output.encode("utf-8", "backslashreplace")
    if session.request.output_file:
        _write_file(session, session.request.output_file, output)
        output = b""
    if session.request.exit_zero:
        status = 0
    return Record(output, session.complaints(), PROBLEMS if session.problems else status)


def _write_file(session: Session, path: str, output: bytes) -> None:
    from kerlint.fix import write_atomically

    try:
        write_atomically(path, output)
    except OSError as error:
        session.problems.append((os.path.abspath(path), f"cannot be written: {error.strerror}"))
