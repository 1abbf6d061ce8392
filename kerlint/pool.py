"""Spreading files over worker processes so that no file can harm another.

A file is one independent task: its bytes, its name and its settings go in, a `Report` of plain data
comes out, so any `concurrent.futures.Executor` serves. Files travel in small chunks. When a worker
process dies, the files that were under way are tried again, in the end one by one, until the one that
kills its worker is known; only that one is given up.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import Any, TypeVar

from kerlint.findings import Report
from kerlint.guard import SECONDS_PER_FILE, Lint, Task, guarded

T = TypeVar("T")
MakeExecutor = Callable[[int], Executor]

_CHUNK_FILES = 8
_CHUNK_BYTES = 64 * 1024


def cpu_count() -> int:
    """The number of processors this process may use, at least 1."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def lint_in_pool(
    tasks: Iterable[Task], lint: Lint, jobs: int, make: MakeExecutor, limit: float = SECONDS_PER_FILE
) -> Iterator[Report]:
    """Lint on `jobs` workers of executors made by `make(jobs)`; reports come as they are ready.

    `lint` must be importable in the workers. A file whose worker dies every time, alone too, gives a report
    with a problem.
    """
    for chunks_of, workers, width in ((_CHUNK_FILES, jobs, 2 * jobs), (1, jobs, jobs), (1, 1, 1)):
        stage = _Stage(lint, limit, workers, width, make)
        yield from stage.run(chunked(tasks, chunks_of, singles=4 * jobs))
        tasks = stage.lost
        if not tasks:
            return
    for task in tasks:
        yield Report(task.filename, problem="the worker process died on this file (crash or out of memory)")


def chunked(
    tasks: Iterable[Task], files: int, size: int = _CHUNK_BYTES, singles: int = 0
) -> Iterator[tuple[Task, ...]]:
    """Group tasks in order, at most `files` and about `size` bytes a group; the first `singles` stay alone.

    So a few files spread over all workers, and many cost little more than their work.
    """
    group: list[Task] = []
    weight = 0
    for task in tasks:
        group.append(task)
        weight += len(task.data)
        if len(group) >= files or weight >= size or singles > 0:
            yield tuple(group)
            group, weight, singles = [], 0, singles - 1
    if group:
        yield tuple(group)


class _Stage:
    """One pass over chunks of files; what was under way when a worker died is `lost`, the rest goes on."""

    def __init__(self, lint: Lint, limit: float, workers: int, width: int, make: MakeExecutor) -> None:
        self.lost: list[Task] = []
        self._work = (lint, limit)
        self._width = width
        self._workers = workers
        self._make = make
        self._running: dict[Future[tuple[Report, ...]], tuple[Task, ...]] = {}

    def run(self, chunks: Iterator[tuple[Task, ...]]) -> Iterator[Report]:
        """Lint all chunks, at most `width` under way; a broken executor is replaced by a new one."""
        executor = self._make(self._workers)
        try:
            while self._fill(executor, chunks):
                done = wait(self._running, return_when=FIRST_COMPLETED).done
                if any(isinstance(future.exception(), BrokenExecutor) for future in done):
                    done = wait(self._running).done
                    executor.shutdown()
                    executor = self._make(self._workers)
                for future in done:
                    yield from self._harvest(future)
        finally:
            _stop(executor, self._running)

    def _fill(self, executor: Executor, chunks: Iterator[tuple[Task, ...]]) -> bool:
        """Keep the workers busy; whether anything is under way.

        A chunk that a broken executor refuses counts as failed, so that `run` replaces the executor.
        """
        while len(self._running) < self._width and (chunk := next(chunks, None)) is not None:
            try:
                self._running[executor.submit(lint_chunk, chunk, *self._work)] = chunk
            except BrokenExecutor as error:
                failed: Future[tuple[Report, ...]] = Future()
                failed.set_exception(error)
                self._running[failed] = chunk
        return bool(self._running)

    def _harvest(self, future: Future[tuple[Report, ...]]) -> Iterator[Report]:
        """The reports of a finished chunk; its files are lost when the worker, or the way to it, failed."""
        chunk = self._running.pop(future)
        if future.exception() is None:
            yield from future.result()
        else:
            self.lost.extend(chunk)


def _stop(executor: Executor, unfinished: Iterable[Future[Any]]) -> None:
    """End an executor. What is unfinished (after an interrupt, a closed pipe) is not waited for."""
    for future in unfinished:
        if not future.cancel() and "multiprocessing" in sys.modules:
            import multiprocessing

            for process in multiprocessing.active_children():
                process.kill()
    executor.shutdown(wait=True)


def lint_chunk(chunk: Sequence[Task], lint: Lint, limit: float) -> tuple[Report, ...]:
    """What a worker does: lint each file of a chunk; never raises for a file."""
    from multiprocessing import parent_process

    is_worker = parent_process() is not None
    return tuple(guarded(task, lint, limit, hard=is_worker) for task in chunk)


def local_executor(workers: int) -> Executor:
    """A pool of processes on this machine.

    Forked where that is safe (Linux, no other threads), so that workers share what is imported already;
    started anew elsewhere. Where the platform has no semaphores to share, this process does the work.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    forks = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    try:
        return ProcessPoolExecutor(workers, mp_context=context, initializer=start_worker)
    except (ImportError, NotImplementedError, OSError):
        return _Here()


class _Here(Executor):
    """An executor without workers: a task is done when it is submitted."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run the task at once."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def start_worker() -> None:
    """Make a worker die at once and silently with Ctrl-C, or when its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
