"""One `kerlint check` from request to output: gather, lint, edit or filter, render, and the exit status."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence

from kerlint.cache_folder import default_folder
from kerlint.findings import Report
from kerlint.guard import Task
from kerlint.problems import did_you_mean
from kerlint.replay import Record, record
from kerlint.shell.filters import Filter
from kerlint.shell.gather import Gathered, gather, is_left_out
from kerlint.shell.lint_run import Linting
from kerlint.shell.request import COMMANDS, Request
from kerlint.shell.results import finished, report_on
from kerlint.shell.session import Session, open_session
from kerlint.shell.terminal import Progress

STDIN_NAME = "<stdin>"
_WITH_CLOCK = ("junit",)
"""Formats that tell the time of the run, so that their output cannot stand for a later one."""


def check(request: Request) -> Record:
    """Do what is asked. Raises Problem when nothing can be done at all."""
    return check_in(open_session(request))


def check_in(session: Session) -> Record:
    """Do what the session's request asks, and close its cache. Raises Problem, as `check` does."""
    if session.request.confirms:
        from kerlint.confirm.environment import require_tensorflow

        require_tensorflow()
    try:
        return _check_stdin(session) if session.request.reads_stdin else _check_files(session)
    finally:
        session.cache.close()


def _check_files(session: Session) -> Record:
    request = session.request
    since = time.time_ns()
    gathered = gather(request.paths, session.resolver)
    session.problems += [("", _with_hint(problem)) for problem in gathered.problems]
    session.notes += gathered.notes
    session.read |= gathered.read
    if request.show_files:
        return finished(session, "".join(f"{session.shown(path)}\n" for path in gathered.files))
    if request.show_settings:
        from kerlint.shell.show_settings import settings_page

        return finished(session, settings_page(session.resolver, gathered.files))
    reports = _linted(session, gathered)
    if request.edits:
        from kerlint.shell.edit_run import edit_files

        return edit_files(session, reports)
    if request.write_baseline:
        return _baseline_written(session, reports)
    if request.add_ignores:
        from kerlint.shell.ignore_run import add_ignores_to_files

        return add_ignores_to_files(session, reports)
    result = report_on(session, reports)
    if request.is_plain and not session.problems:
        _remember(session, since, result)
    return result


def _baseline_written(session: Session, reports: Sequence[Report]) -> Record:
    """Accept what is found now; nothing is shown of it. `open_session` saw to it that there is a path."""
    path = session.project.config.baseline
    if path is not None:
        Filter(session).write_baseline(path, reports)
    return finished(session, "")


def _with_hint(problem: str) -> str:
    """The problem of a missing path; one that looks like a misspelt command is told so."""
    word = problem.partition(":")[0]
    hint = did_you_mean(word, COMMANDS) if word.isalpha() else None
    return f"{problem} ({hint.replace('mean', 'mean the command')})" if hint else problem


def _linted(session: Session, gathered: Gathered) -> Sequence[Report]:
    linting = Linting(session.resolver, session.cache, session.work())
    progress = Progress(len(gathered.files))
    try:
        linting.run(gathered.files, progress.advance)
    finally:
        progress.clear()
    session.add_problems(linting.reports)
    session.read.update(_read_for(linting.reports))
    return linting.reports


def _read_for(reports: Iterable[Report]) -> Iterator[str]:
    """The files of the reports, and what was imported from, with its folders: a module may come to be there."""
    for report in reports:
        yield report.filename
        for path in report.imports:
            yield from (path, os.path.dirname(path))


def _check_stdin(session: Session) -> Record:
    """Lint standard input under the name it was given; its bytes are all that is read."""
    request = session.request
    data = sys.stdin.buffer.read()
    filename = STDIN_NAME if request.stdin_filename is None else os.path.abspath(request.stdin_filename)
    path = os.path.join(session.folder, filename)
    if request.stdin_filename is not None and is_left_out(path, session.resolver):
        return finished(session, data if request.fix or request.fix_only else "")
    task = Task(data, filename, session.resolver.settings(path))
    if request.edits:
        from kerlint.shell.edit_run import edit_stdin

        return edit_stdin(session, task)
    reports = list(session.work()([task]))
    session.add_problems(reports)
    return report_on(session, reports, {filename: data})


def _remember(session: Session, since: int, result: Record) -> None:
    """Keep the output for the next run that is asked the same, if the cache is in its usual place."""
    if (
        session.output_format in _WITH_CLOCK
        or session.project.config.cache_dir
        or session.cache.connection is None
    ):
        return
    record(list(session.request.arguments), default_folder(), session.depends_on, since, result)
