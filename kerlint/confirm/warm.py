"""Running requests in locked-down children of one warm process, from kerlint's own process.

The warm process starts with the first request and serves all that follow. If it dies, the request that was
longest under way pays for it with its outcome, and a new one takes the others; a second death ends the run.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from kerlint.confirm.paths import first_party
from kerlint.confirm.warm_process import Ready, WarmProcess
from kerlint.pool import cpu_count

SECONDS = 60.0
"""Wall time for a request that names none."""
_GRACE = 30.0
_MOST_MEMORY, _ORDINARY_MEMORY, _LEAST_MEMORY = 4 << 30, 2 << 30, 1 << 30
_DIED = "the warm process ended"

Request = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: an answer, or why there is none."""

    answer: dict[str, Any] | None
    failure: str | None
    seconds: float


@dataclass(slots=True)
class _Run:
    """The requests of one run: those that wait, and those under way, oldest first."""

    requests: Sequence[Request]
    waiting: deque[int]
    flying: list[int] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return not (self.waiting or self.flying)

    @property
    def seconds(self) -> float:
        """The longest time that a request under way may take."""
        return max((_seconds(self.requests[index]) for index in self.flying), default=0.0)


class Warm:
    """One warm process for a Keras package; a context manager. `runner` names the module that answers."""

    def __init__(
        self,
        package: str,
        runner: str = "kerlint.confirm.experiment",
        *,
        jobs: int | None = None,
        allow_unconfined: bool = False,
    ) -> None:
        self.package = package
        self.ready: Ready | None = None
        """What the process said of itself, after the first request."""
        self.process: WarmProcess | None = None
        self._arguments = [runner, *(["--allow-unconfined"] if allow_unconfined else [])]
        self._jobs = jobs or _jobs_that_fit()
        self._has_died = False
        self._is_given_up = False

    def give_up(self) -> None:
        """Answer no more requests, those under way neither; any thread may ask."""
        self._is_given_up = True
        if (process := self.process) is not None:
            process.interrupt()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop()

    def run(
        self, requests: Sequence[Request], advance: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[int, Outcome]]:
        """Answer requests, as each is done, with its place among them.

        A request may name `seconds` (wall time), `reads` (files of the project that it imports) and `folders`
        (where its imports start). Raises Problem when nothing can be run at all.
        """
        run = _Run(requests, deque(range(len(requests))))
        while not (run.is_over or self._is_given_up):
            for index, outcome in self._step(run):
                advance()
                yield index, outcome

    def _step(self, run: _Run) -> Iterator[tuple[int, Outcome]]:
        """Send what may be sent, and wait for one answer; of a dead process give what it costs."""
        process = self._started()
        is_alive = not self._is_given_up
        while is_alive and run.waiting and len(run.flying) < self._jobs:
            index = run.waiting.popleft()
            run.flying.append(index)
            is_alive = process.send(_message(index, run.requests[index], self._jobs))
        reply = process.line(run.seconds + _GRACE) if is_alive else None
        if reply is not None:
            run.flying.remove(reply["id"])
            yield reply["id"], Outcome(reply["answer"], reply["failure"], reply["seconds"])
            return
        if self._is_given_up:
            return
        self._stop()
        lost, rest = run.flying[:1], [*run.flying[1:], *run.waiting]
        if self._has_died:
            lost, rest = [*lost, *rest], []
        self._has_died = True
        run.flying, run.waiting = [], deque(rest)
        for index in lost:
            yield index, Outcome(None, _DIED, 0.0)

    def _started(self) -> WarmProcess:
        if self.process is None:
            self.process = WarmProcess(self.package, self._arguments)
            self.ready = self.process.stands()
        return self.process

    def _stop(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            process.stop()


def _seconds(request: Request) -> float:
    return float(request.get("seconds", SECONDS))


def _message(index: int, request: Request, jobs: int) -> dict[str, Any]:
    """A request as the warm process takes it."""
    reads, lists = first_party(request)
    seconds = _seconds(request)
    limits = {"memory": _memory(jobs), "seconds": int(2 * seconds) + 1}
    return {
        "id": index,
        "request": dict(request),
        "seconds": seconds,
        "reads": reads,
        "lists": lists,
        "limits": limits,
    }


def _jobs_that_fit() -> int:
    """A child for each processor, as far as each has memory for an ordinary model."""
    return max(1, min(cpu_count(), _free() // _ORDINARY_MEMORY))


def _memory(jobs: int) -> int:
    """The address space for one child: its part of what the machine has left."""
    return max(_LEAST_MEMORY, min(_MOST_MEMORY, _free() * 3 // 4 // jobs))


def _free() -> int:
    """The bytes of memory that are free."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            return next(int(line.split()[1]) << 10 for line in file if line.startswith("MemAvailable"))
    except (OSError, StopIteration):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
