"""Everything that is open, and its linting: started after changes, the newest first, told when it is done."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from kerlint.findings import Finding
from kerlint.fix import fix_until_stable
from kerlint.linter import lint_bytes
from kerlint.server import garbage
from kerlint.server.analysis import Analysis, analyse, known_layers
from kerlint.server.buffers import Buffer, Part, Snapshot, TextBuffer
from kerlint.server.configs import Configs
from kerlint.server.insight import Insight
from kerlint.server.settings import ServerSettings
from kerlint.server.verdicts import carried, rechecked
from kerlint.server.worker import Worker

T = TypeVar("T")
LEAST_DELAY, MOST_DELAY = 0.005, 0.3
"""Seconds from a change to the start of its linting."""
QUICK = 0.15
"""A file that is linted in so many seconds is linted at once; others wait, the longer the more they cost."""
SETTLE_DELAY = 0.4
"""Seconds after the last change when a text of which only a part was linted is linted as a whole."""
DEPENDENT_DELAY = 0.5
"""Seconds that files wait which import what is being typed in."""


@dataclass(slots=True, eq=False)
class Open:
    """One buffer with what is known of it."""

    buffer: Buffer
    analysis: Analysis | None = None
    """The last one; of the present text if its revision is the buffer's."""
    shown: Analysis | None = None
    """The one whose diagnostics the editor has; older than `analysis` if only a save brings new ones."""
    times_shown: int = 0
    """Tells what clients know already from what is new."""
    due: bool = True
    """Whether the next analysis is to be shown."""
    timer: asyncio.TimerHandle | None = None
    submitted: int = -1
    waiting: list[asyncio.Future[Analysis]] = field(default_factory=list)
    """For the analysis of the present text."""
    waiting_for_first: list[asyncio.Future[Analysis]] = field(default_factory=list)
    """For what is known of it first."""
    published: set[str] = field(default_factory=set)
    """Addresses for which the editor was sent diagnostics."""
    _snapshot: Snapshot | None = None
    insights: tuple[Analysis, list[Insight]] | None = None

    def show(self, analysis: Analysis) -> Analysis:
        """Let the editor have the diagnostics of this analysis, which is handed back."""
        self.shown = analysis
        self.times_shown += 1
        return analysis

    @property
    def snapshot(self) -> Snapshot:
        """The buffer as it is now."""
        if self._snapshot is None or self._snapshot.revision != self.buffer.revision:
            self._snapshot = self.buffer.snapshot()
        return self._snapshot

    @property
    def has_first(self) -> bool:
        """Whether the analysis is of the present text, be it of a part."""
        return self.analysis is not None and self.analysis.snapshot.revision == self.buffer.revision

    @property
    def is_current(self) -> bool:
        """Whether the analysis is of all of the present text."""
        return self.analysis is not None and self.has_first and not self.analysis.is_quick

    def answer(self, analysis: Analysis) -> None:
        """Tell those who wait."""
        told, self.waiting_for_first = self.waiting_for_first, []
        if not analysis.is_quick:
            told += self.waiting
            self.waiting = []
        for future in told:
            if not future.done():
                future.set_result(analysis)


class Desk:
    """The open buffers. All its methods belong to the event loop's thread.

    `done` is told of each analysis that is to be shown, and whether it corrects one of the same text.
    """

    def __init__(
        self, configs: Configs, done: Callable[[Open, bool], None], notice: Callable[[list[str]], None]
    ) -> None:
        self.configs = configs
        self._done = done
        self._notice = notice
        self._worker = Worker()
        self._open: dict[str, Open] = {}

    def __iter__(self) -> Iterator[Open]:
        return iter(tuple(self._open.values()))

    def add(self, buffer: Buffer) -> Open:
        """Take a buffer on, and lint it."""
        self.remove(buffer.uri)
        self._open[buffer.uri] = opened = Open(buffer)
        self._start(opened)
        return opened

    def warm_up(self) -> None:
        """Have the linter ready before the first file is there."""
        self._worker.submit("warm up", lambda _: warm_up())

    def remove(self, uri: str) -> Open | None:
        """Forget a buffer, with what is under way for it."""
        opened = self._open.pop(uri, None)
        if opened is not None:
            self._cancel_timer(opened)
            for task in ("lint", "verdicts"):
                self._worker.give_up((task, uri))
            for future in (*opened.waiting, *opened.waiting_for_first):
                future.cancel()
        return opened

    def get(self, uri: str) -> Open | None:
        """The buffer with this address, or that has a cell with it."""
        found = self._open.get(uri)
        return found or next((one for one in self._open.values() if uri in one.buffer.uris), None)

    def part_of_file(self, path: str) -> Part | None:
        """The open document of a file."""
        for opened in self._open.values():
            if isinstance(opened.buffer, TextBuffer) and opened.buffer.path == path:
                return opened.snapshot.parts[None]
        return None

    def changed(self, opened: Open) -> None:
        """Lint a buffer that was changed, soon; and later those that import it."""
        last = opened.analysis.seconds if opened.analysis is not None else 0.0
        self._later(opened, min(max(last - QUICK, LEAST_DELAY), MOST_DELAY))
        for other in self.importing([opened.buffer.path]):
            if other is not opened:
                self._again(other, DEPENDENT_DELAY)

    def importing(self, paths: Iterable[str]) -> list[Open]:
        """The buffers whose findings lean on any of these files."""
        wanted = set(paths)
        return [one for one in self if one.analysis is not None and wanted & set(one.analysis.imports)]

    def reload(self, configs: Configs) -> None:
        """Lint everything anew under other settings."""
        self.configs = configs
        self.again(self)

    def again(self, those: Iterable[Open]) -> None:
        """Lint buffers anew that did not change themselves."""
        for opened in those:
            self._again(opened, LEAST_DELAY)

    def _again(self, opened: Open, delay: float) -> None:
        opened.buffer.revision += 1
        opened.due = True
        self._later(opened, delay)

    def _later(self, opened: Open, delay: float) -> None:
        self._cancel_timer(opened)
        self._worker.give_up(("lint", opened.buffer.uri))
        opened.timer = asyncio.get_running_loop().call_later(delay, self._start, opened)

    def _cancel_timer(self, opened: Open) -> None:
        if opened.timer is not None:
            opened.timer.cancel()
            opened.timer = None

    def _start(self, opened: Open) -> None:
        self._cancel_timer(opened)
        snapshot, before, configs = opened.snapshot, opened.analysis, self.configs
        may_be_quick = opened.due and not opened.waiting and not opened.has_first
        opened.submitted = snapshot.revision
        others = {
            other.buffer.path: other.snapshot.data
            for other in self
            if other is not opened and isinstance(other.buffer, TextBuffer)
        }

        def work(is_stopped: Callable[[], bool]) -> Analysis:
            settings = configs.settings(snapshot.path)
            if settings is None:
                return Analysis(snapshot)
            return analyse(snapshot, settings, before, others, is_stopped, may_be_quick=may_be_quick)

        self._submit(("lint", snapshot.uri), work, partial(self._linted, opened, snapshot))

    def _submit(
        self,
        key: object,
        work: Callable[[Callable[[], bool]], T],
        then: Callable[[Future[T]], None],
    ) -> None:
        loop = asyncio.get_running_loop()
        future = self._worker.submit(key, work)
        future.add_done_callback(lambda done: _call_if_open(loop, partial(then, done)))

    def _linted(self, opened: Open, snapshot: Snapshot, done: Future[Analysis]) -> None:
        self._notice(self.configs.take_notices())
        is_wanted = self._open.get(snapshot.uri) is opened and snapshot.revision == opened.buffer.revision
        if done.cancelled() or not is_wanted:
            return
        is_known = opened.analysis is not None
        error = done.exception()
        analysis = done.result() if error is None else Analysis(snapshot, problem=str(error))
        first = opened.analysis if opened.has_first else None
        is_news = first is None or (first.findings, first.problem) != (analysis.findings, analysis.problem)
        opened.analysis = analysis
        if opened.due and is_news:
            opened.show(analysis)
            self._done(opened, first is not None)
        elif opened.due:
            opened.shown = analysis
        if analysis.judged:
            self._submit(
                ("verdicts", snapshot.uri),
                lambda _: rechecked(analysis),
                partial(self._rechecked, opened, analysis),
            )
        opened.answer(analysis)
        self._worker.submit("collect", lambda _: garbage.tidy() if is_known else garbage.rest())
        if opened.waiting:
            self._start(opened)
        elif analysis.is_quick:
            self._later(opened, SETTLE_DELAY)

    def judged(self, opened: Open, analysis: Analysis) -> None:
        """Take on the verdicts of an analysis; if the text has changed meanwhile, those that go on with it."""
        last = opened.analysis
        if last is None or last.snapshot.revision == analysis.snapshot.revision:
            opened.analysis = analysis
        else:
            opened.analysis = replace(last, sound=analysis) if last.is_broken else carried(last, analysis)
        if opened.is_current:
            opened.show(opened.analysis)
            self._done(opened, False)
        else:
            self._later(opened, LEAST_DELAY)

    def _rechecked(self, opened: Open, analysis: Analysis, done: Future[Analysis | None]) -> None:
        """Take back the verdicts on what is no longer as it was when they were given."""
        if done.cancelled() or done.exception() is not None or opened.analysis is not analysis:
            return
        held = done.result()
        if held is not None:
            is_shown = opened.shown is analysis
            opened.analysis = held
            if is_shown:
                opened.show(held)
                self._done(opened, False)

    async def current(self, opened: Open) -> Analysis:
        """The analysis of the present text, when it is there."""
        if opened.analysis is not None and opened.is_current:
            return opened.analysis
        return await self._waited(opened, opened.waiting)

    async def first(self, opened: Open) -> Analysis:
        """What is known of the present text first; more may be known later."""
        if opened.analysis is not None and opened.has_first:
            return opened.analysis
        return await self._waited(opened, opened.waiting_for_first)

    async def _waited(self, opened: Open, waiting: list[asyncio.Future[Analysis]]) -> Analysis:
        future: asyncio.Future[Analysis] = asyncio.get_running_loop().create_future()
        waiting.append(future)
        is_settling = opened.timer is not None and opened.has_first
        if is_settling or (opened.timer is None and opened.submitted != opened.buffer.revision):
            self._start(opened)
        return await future

    async def insights(self, opened: Open) -> tuple[Analysis, list[Insight]]:
        """The analysis of the present text, and what is known of its layers."""
        analysis = await self.current(opened)
        if opened.insights is None or opened.insights[0] is not analysis:
            found = await self.on_worker(("insight", opened.buffer.uri), lambda _: known_layers(analysis))
            opened.insights = (analysis, found)
        return opened.insights

    async def fixed(self, opened: Open) -> tuple[Snapshot, bytes]:
        """The present text, and its bytes with all safe fixes applied. Raises Problem."""
        analysis = await self.current(opened)
        snapshot, settings = analysis.snapshot, analysis.settings
        if settings is None:
            return snapshot, snapshot.data

        def lint(data: bytes) -> tuple[Finding, ...]:
            return lint_bytes(data, snapshot.path, settings).findings

        def work(_: Callable[[], bool]) -> bytes:
            return fix_until_stable(snapshot.data, snapshot.path, lint).data

        return snapshot, await self.on_worker(("fix", snapshot.uri), work)

    async def on_worker(self, key: object, work: Callable[[Callable[[], bool]], T]) -> T:
        """What something gives that must be done on the linting thread. Raises Problem."""
        return await asyncio.wrap_future(self._worker.submit(key, work))


def warm_up() -> None:
    """Import what linting needs, by linting; what is imported stays, so the collector need not look at it."""
    settings = Configs(ServerSettings(), os.sep).settings(os.path.join(os.sep, "warm.py"))
    if settings is not None:
        lint_bytes(WARM, "warm.py", settings)
    garbage.rest()


WARM = b"import keras\nkeras.Sequential([keras.Input((4,)), keras.layers.Dense(2)]).compile(loss='mse')\n"


def _call_if_open(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Call on the event loop's thread, unless the server has ended meanwhile."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)
