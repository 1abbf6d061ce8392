"""Linting many files: what the cache knows is taken from it, what cannot concern Keras passes, the rest is work."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from itertools import chain, islice

from kerlint.cache import Cache, Visit, digest_of
from kerlint.findings import Report
from kerlint.guard import Lint, Task, lint_here
from kerlint.problems import Problem
from kerlint.resolve import Resolver
from kerlint.settings import LintSettings
from kerlint.source import concerns_keras

Work = Callable[[Iterable[Task]], Iterator[Report]]
"""Where linting happens: in this process, on worker processes, on a cluster."""


@dataclass(slots=True)
class Linting:
    """One pass over files (absolute paths)."""

    resolver: Resolver
    cache: Cache
    work: Work
    reports: list[Report] = field(default_factory=list)
    _pending: dict[str, tuple[bytes, LintSettings]] = field(default_factory=dict)

    def run(self, files: Iterable[str], advance: Callable[[], None]) -> None:
        """Lint the files; `advance` is called once for each that is done. Raises Problem for bad settings."""
        tasks = (task for path in files if (task := self._task_of(path, advance)) is not None)
        for report in self.work(tasks):
            digest, settings = self._pending.pop(report.filename)
            self.cache.put(report, digest, settings)
            self._done(report, advance)
        self.reports.sort(key=lambda report: report.filename)

    def _task_of(self, path: str, advance: Callable[[], None]) -> Task | None:
        """The file as a task, or None if it is done: known, irrelevant, or unreadable."""
        settings = self.resolver.settings(path)
        try:
            status = os.stat(path)
            visit = self.cache.last_visit(path, status)
            if visit is not None and self._is_known(path, visit, settings, advance):
                return None
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            self._done(Report(path, problem=_reason(error)), advance)
            return None
        visit = Visit(digest_of(data), concerns_keras(data))
        self.cache.visited(path, status, visit)
        if self._is_known(path, visit, settings, advance):
            return None
        self._pending[path] = (visit.digest, settings)
        return Task(data, path, settings)

    def _is_known(self, path: str, visit: Visit, settings: LintSettings, advance: Callable[[], None]) -> bool:
        if visit.concerned is False:
            self._done(Report(path, skipped=True), advance)
            return True
        report = self.cache.get(path, visit.digest, settings)
        if report is None:
            return False
        self._done(report, advance)
        return True

    def _done(self, report: Report, advance: Callable[[], None]) -> None:
        self.reports.append(report)
        advance()


def _reason(error: OSError) -> str:
    return " ".join((error.strerror or str(error)).split())


def local_work(load: Callable[[], Lint], jobs: int | None) -> Work:
    """Work on this machine: at most `jobs` processes (None: one a processor), or with 1 this process itself.

    `load` gives the lint function; it is called before workers start, so that they share what it imports.
    """

    def work(tasks: Iterable[Task]) -> Iterator[Report]:
        if jobs == 1:
            return _here(tasks, load)
        from kerlint.pool import cpu_count, lint_in_pool, local_executor

        workers = jobs or cpu_count()
        waiting = iter(tasks)
        first = list(islice(waiting, workers))
        if not first:
            return iter(())
        given = chain(first, waiting)
        return lint_in_pool(given, load(), len(first), local_executor)

    return work


def _here(tasks: Iterable[Task], load: Callable[[], Lint]) -> Iterator[Report]:
    """Lint in this process; the core is loaded only if there is a task."""
    for task in tasks:
        yield from lint_here([task], load())


def cluster_work(load: Callable[[], Lint], address: str) -> Work:
    """Work on the Dask cluster at `address`. Raises Problem if Dask is missing or nobody answers."""
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise Problem("--cluster needs Dask", remedy="pip install 'kerlint[cluster]'") from error
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise Problem(f"no Dask scheduler answers at {address}") from error

    def work(tasks: Iterable[Task]) -> Iterator[Report]:
        from kerlint.pool import lint_in_pool

        workers = max(1, sum(client.nthreads().values()))
        with client:
            yield from lint_in_pool(tasks, load(), workers, lambda _: client.get_executor(pure=False))

    return work
