"""What one `kerlint check` has at hand: the request, its settings, the cache, and where linting happens."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from kerlint.cache import Cache, open_cache
from kerlint.cache_folder import default_folder
from kerlint.findings import Report, Severity
from kerlint.guard import INTERNAL_ERROR, Lint
from kerlint.problems import Problem
from kerlint.report.places import STDIN_NAMES
from kerlint.resolve import Project, Resolver
from kerlint.shell.lint_run import Work, cluster_work, local_work
from kerlint.shell.request import Request

SELDOM = 300_000
"""New objects before the garbage collector runs: some 50 MB."""


def load_core() -> Lint:
    """The core, from bytes to findings; imported at the first file, for with it comes the parser.

    What is imported stays: the garbage collector need not look at it again, in workers neither. The facts of a
    file are dropped together, so that it comes for those of many files at a time.
    """
    import kerlint.model.recover  # noqa: F401 - the core imports it late; workers shall share it
    from kerlint.linter import lint_bytes

    gc.freeze()
    gc.set_threshold(SELDOM)
    gc.enable()
    return lint_bytes


@dataclass(slots=True)
class Session:
    """One run. `problems` are (filename or "", reason) pairs, `notes` lines for standard error."""

    request: Request
    resolver: Resolver
    project: Project
    """The settings of the run itself: format, jobs, cache, baseline."""
    cache: Cache
    folder: str = field(default_factory=os.getcwd)
    started: float = field(default_factory=time.time)
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    """Paths (absolute) that the output depends on, besides those the resolver read."""

    @property
    def output_format(self) -> str:
        """The format of the findings."""
        return self.project.config.output_format or "text"

    @property
    def depends_on(self) -> set[str]:
        """Paths (absolute) of which a change may change the output."""
        return self.read | self.resolver.read

    def work(self) -> Work:
        """Where linting happens. Raises Problem for a cluster that cannot be reached."""
        if self.request.cluster:
            return cluster_work(load_core, self.request.cluster)
        return local_work(load_core, self.project.config.jobs)

    def fail_on(self, filename: str) -> Severity:
        """The least severity that fails the run in this file."""
        folder = self.folder if filename in STDIN_NAMES else os.path.dirname(filename)
        return self.resolver.project(folder).fail_on

    def note_project_warnings(self) -> None:
        """Warn of what configuration files ask for and do not get."""
        for project in self.resolver.projects:
            self.notes += [f"kerlint: warning: {warning}" for warning in project.warnings]

    def complaints(self) -> str:
        """All that goes to standard error, a line each."""
        lines = [*self.notes, *(self._line(filename, reason) for filename, reason in self.problems)]
        return "".join(f"{line}\n" for line in lines)

    def shown(self, path: str) -> str:
        """A path (absolute) as the user knows it: relative inside the working folder."""
        return path.removeprefix(self.folder + os.sep)

    def add_problems(self, reports: Iterable[Report]) -> None:
        """Take up what could not be done with these files."""
        for report in reports:
            if report.problem:
                self.problems.append((report.filename, report.problem))
            for failure in report.failures:
                self.problems.append(
                    (report.filename, f"{INTERNAL_ERROR}rule {failure.code}: {failure.error}")
                )

    def _line(self, filename: str, reason: str) -> str:
        name = self.shown(filename)
        if reason.startswith(INTERNAL_ERROR) and name:
            return f"kerlint: internal error in {name}: {reason.removeprefix(INTERNAL_ERROR)}"
        return f"kerlint: {name}: {reason}" if name else f"kerlint: {reason}"


def open_session(request: Request) -> Session:
    """Read the settings that hold for the run itself and open its cache. Raises Problem for bad settings.

    They are those of the working folder, or where no configuration holds there, of the first path.
    """
    resolver = Resolver(request.overrides)
    project = resolver.project(os.getcwd())
    if not project.file.files and not request.reads_stdin:
        first = os.path.abspath(request.paths[0])
        project = resolver.project(first if os.path.isdir(first) else os.path.dirname(first))
    config = project.config
    if request.write_baseline and config.baseline is None:
        raise Problem("--write-baseline: where to?", remedy="add --baseline FILE")
    cache = Cache()
    if not (request.no_cache or request.reads_stdin):
        cache = open_cache(config.cache_dir or default_folder())
    return Session(request, resolver, project, cache)
