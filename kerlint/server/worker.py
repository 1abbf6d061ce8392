"""The one thread that lints. What is newer wins: a job takes the place of an older one under the same key."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from kerlint.guard import INTERNAL_ERROR
from kerlint.problems import Problem
from kerlint.server import garbage

T = TypeVar("T")
IDLE_SECONDS = 1.0
"""After so long without work nobody types just now, and all garbage is collected."""
STACK_BYTES = 64 * 1024 * 1024
"""Evaluation recurses as deep as programs nest; threads have less room than a process on some systems."""


class _Job(Generic[T]):
    """Something to do; `stopped` once nobody wants it any more."""

    def __init__(self, work: Callable[[Callable[[], bool]], T]) -> None:
        self.work = work
        self.future: Future[T] = Future()
        self.stopped = False

    def stop(self) -> None:
        """Nobody wants the result."""
        self.stopped = True
        self.future.cancel()

    def run(self) -> None:
        """Do it. Whatever goes wrong is the job's result and never the thread's end."""
        if self.stopped or not self.future.set_running_or_notify_cancel():
            return
        work = self.work
        del self.work  # it holds the result before, and what it gives may hold this job
        try:
            result = work(lambda: self.stopped)
        except Problem as problem:
            self.future.set_exception(problem)
        except BaseException as error:  # noqa: BLE001 - a defect, or a panic of the native parser
            words = " ".join(f"{type(error).__name__}: {error}".split())[:500]
            self.future.set_exception(Problem(f"{INTERNAL_ERROR}{words}"))
        else:
            self.future.set_result(result)


class Worker:
    """Jobs in the order they came, each key at most once; done on a thread that ends with the process."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[object, _Job[Any]] = OrderedDict()
        self._running: tuple[object, _Job[Any]] | None = None
        self._changed = threading.Condition()
        before = threading.stack_size(STACK_BYTES)
        try:
            threading.Thread(target=self._serve, name="kerlint", daemon=True).start()
        finally:
            threading.stack_size(before)

    def submit(self, key: object, work: Callable[[Callable[[], bool]], T]) -> Future[T]:
        """Have something done soon; what waits or runs under the same key is given up.

        `work` is given a function that says whether it should stop. The result is cancelled then; an error
        is a Problem.
        """
        job = _Job(work)
        with self._changed:
            self._give_up(key)
            self._jobs[key] = job
            self._changed.notify()
        return job.future

    def give_up(self, key: object) -> None:
        """Do no more for this key."""
        with self._changed:
            self._give_up(key)

    def _give_up(self, key: object) -> None:
        waiting = self._jobs.pop(key, None)
        if waiting is not None:
            waiting.stop()
        if self._running is not None and self._running[0] == key:
            self._running[1].stop()

    def _serve(self) -> None:
        is_rested = True
        while True:
            job = self._next(None if is_rested else IDLE_SECONDS)
            if job is None:
                garbage.rest()
            else:
                job.run()
                with self._changed:
                    self._running = None
                if garbage.is_due():
                    garbage.tidy()
            is_rested = job is None

    def _next(self, seconds: float | None) -> _Job[Any] | None:
        """The next job; None if there was none for so long."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._jobs), seconds):
                return None
            self._running = self._jobs.popitem(last=False)
            return self._running[1]


def on_own_thread(work: Callable[[], T]) -> Future[T]:
    """Do something that waits for others; what is under way does not keep the process alive."""
    job = _Job(lambda _: work())
    threading.Thread(target=job.run, name="kerlint-waiting", daemon=True).start()
    return job.future
