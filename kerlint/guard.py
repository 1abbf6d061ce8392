"""Linting one file so that nothing it does gets out: no exception, no endless loop.

This is what runs in every process that lints, a worker's or the main one.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import NamedTuple

from kerlint.findings import Report
from kerlint.settings import LintSettings

Lint = Callable[[bytes, str, LintSettings], Report]

SECONDS_PER_FILE = 60.0
"""Wall time after which a file is given up."""
INTERNAL_ERROR = "internal error: "
"""How the problem of a file begins that shows a defect of kerlint itself."""
_GRACE = 5.0
"""Seconds that native code, which no exception reaches, may take beyond that before its process ends."""


class Task(NamedTuple):
    """One file to lint. The bytes travel too: what was hashed for the cache is what is linted."""

    data: bytes
    filename: str
    settings: LintSettings


class _OutOfTime(BaseException):
    """Raised inside a lint by the clock; no handler of ordinary exceptions stops it."""


def lint_here(tasks: Iterable[Task], lint: Lint, limit: float = SECONDS_PER_FILE) -> Iterator[Report]:
    """Lint file after file in this process; for profilers and debuggers (`--jobs 1`)."""
    for task in tasks:
        yield guarded(task, lint, limit)


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
