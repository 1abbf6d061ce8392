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
from types import FrameType
from typing import Any, NamedTuple, TypeVar

from kerlint.findings import Report
from kerlint.settings import LintSettings

Lint = Callable[[bytes, str, LintSettings], Report]
T = TypeVar("T")
MakeExecutor = Callable[[int], Executor]

SECONDS_PER_FILE = 60.0
"""Wall time after which a file is given up."""
INTERNAL_ERROR = "internal error: "
"""How the problem of a file begins that shows a defect of kerlint itself."""
_GRACE = 5.0
"""Seconds that native code, which no exception reaches, may take beyond that before its process ends."""
_CHUNK_FILES = 16
_CHUNK_BYTES = 128 * 1024


class Task(NamedTuple):
    """One file to lint. The bytes travel too: what was hashed for the cache is what is linted."""

    data: bytes
    filename: str
    settings: LintSettings


class _OutOfTime(BaseException):
    """Raised inside a lint by the clock; no handler of ordinary exceptions stops it."""


def cpu_count() -> int:
    """The number of processors this process may use, at least 1."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def lint_here(tasks: Iterable[Task], lint: Lint, limit: float = SECONDS_PER_FILE) -> Iterator[Report]:
    """Lint file after file in this process; for profilers and debuggers (`--jobs 1`)."""
    for task in tasks:
        yield guarded(task, lint, limit)


def lint_in_pool(
    tasks: Iterable[Task], lint: Lint, jobs: int, make: MakeExecutor, limit: float = SECONDS_PER_FILE
) -> Iterator[Report]:
    """Lint on `jobs` workers of executors made by `make(jobs)`; reports come as they are ready.

    `lint` must be importable in the workers. A file whose worker dies every time, alone too, gives a report
    with a problem.
    """
    for chunk_files, workers, width in ((_CHUNK_FILES, jobs, 2 * jobs), (1, jobs, jobs), (1, 1, 1)):
        stage = _Stage(lint, limit, workers, width, make)
        yield from stage.run(chunked(tasks, chunk_files))
        tasks = stage.lost
        if not tasks:
            return
    for task in tasks:
        yield Report(task.filename, problem="the worker process died on this file (crash or out of memory)")


def chunked(tasks: Iterable[Task], files: int, size: int = _CHUNK_BYTES) -> Iterator[tuple[Task, ...]]:
    """Group tasks in order, at most `files` and about `size` bytes a group."""
    group: list[Task] = []
    weight = 0
    for task in tasks:
        group.append(task)
        weight += len(task.data)
        if len(group) >= files or weight >= size:
            yield tuple(group)
            group, weight = [], 0
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
            _stop(executor, hurry=bool(self._running))

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


def _stop(executor: Executor, hurry: bool) -> None:
    """End an executor; in a hurry (an interrupt, a closed pipe) its processes are not waited for."""
    if hurry and "multiprocessing" in sys.modules:
        import multiprocessing

        for process in multiprocessing.active_children():
            process.kill()
    executor.shutdown(wait=True, cancel_futures=True)


def lint_chunk(chunk: Sequence[Task], lint: Lint, limit: float) -> tuple[Report, ...]:
    """What a worker does: lint each file of a chunk; never raises for a file."""
    from multiprocessing import parent_process

    is_worker = parent_process() is not None
    return tuple(guarded(task, lint, limit, hard=is_worker) for task in chunk)


def guarded(task: Task, lint: Lint, limit: float, hard: bool = False) -> Report:
    """Lint one file; whatever goes wrong becomes a problem of that file.

    This is the one place where every exception is caught: a defect of kerlint, or a panic in the native
    parser (a BaseException), must not cost the run. With `hard`, a file stuck in native code ends the
    process, which only a worker may do.
    """
    try:
        with _Clock(limit, hard):
            return lint(task.data, task.filename, task.settings)
    except KeyboardInterrupt:
        raise
    except _OutOfTime:
        return Report(task.filename, problem=f"gave up after {limit:g} s")
    except BaseException as error:  # noqa: BLE001 - the seam described above
        words = " ".join(f"{type(error).__name__}: {error}".split())[:500]
        return Report(task.filename, problem=f"{INTERNAL_ERROR}{words}")


class _Clock:
    """A wall-time limit on the block under it, where the platform has one.

    The alarm works in the main thread only (signals reach no other); a worker of a cluster that runs tasks
    in threads has its own limits.
    """

    def __init__(self, limit: float, hard: bool) -> None:
        self._limit = limit
        self._hard = hard
        self._armed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    def __enter__(self) -> None:
        if self._armed:
            self._previous = signal.signal(signal.SIGALRM, _raise_out_of_time)
            signal.setitimer(signal.ITIMER_REAL, self._limit)
            if self._hard:
                _end_process_after(self._limit + _GRACE)

    def __exit__(self, *exception: object) -> None:
        if self._armed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._previous)
            if self._hard:
                _end_process_after(None)


def _raise_out_of_time(number: int, frame: FrameType | None) -> None:
    raise _OutOfTime


def _end_process_after(seconds: float | None) -> None:
    """Let faulthandler's watchdog, a native thread that needs no interpreter, end this process; None disarms."""
    import faulthandler

    faulthandler.cancel_dump_traceback_later()
    if seconds is not None:
        faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())


_nowhere_file: list[int] = []


def _nowhere() -> int:
    if not _nowhere_file:
        _nowhere_file.append(os.open(os.devnull, os.O_WRONLY))
    return _nowhere_file[0]


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
